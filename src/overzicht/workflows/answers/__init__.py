"""Answering a set of questions from what is loaded: every fact cited, every judgement left to a person.

The way of an answer (`drafting`)::

    answer_set(store, number, choices: AnswerChoices, as_of) -> AnswerReport (`reports.answers.model`)
        AnswerChoices(example=None, file=None); the store is only read
    known_sets(connection, as_of) -> tuple[SetLine, ...]                     (`sets`) shipped and loaded sets

1. `sets` finds the set: loaded papers give the words, the shipped file what they say as facts.
2. `recognise` reads each question: which kinds of question it holds, about whom, where, which devices.
3. `meant` says whom a question means that names nobody, by what is said of parties and not by where they are.
4. `gather` asks the other workflows for findings, layer by layer (`layers`: the user's store, and one
   with what ships: evidence, and invented bodies); nothing else reaches a resolver.
5. `resolvers` choose, by kind of question, the findings that answer it, and say what is missing.

A kind of question is added by its patterns in `data/patterns.yml` and its line in `resolvers.RESOLVERS`; a
source of findings by its function in `gather.GATHERERS`.
"""
