"""Answers to a set of questions from the loaded data: every fact cited, every judgement left to a person.

1. `sets` finds the set: loaded papers give the words, the shipped file the facts.
2. `recognise` reads each question: the kinds of question, the parties, places and devices.
3. `meant` finds the parties that a question means without a name, by their conduct.
4. `gather` collects findings of the other workflows, layer by layer (`layers`: the user's store, and one with
   the shipped evidence and the invented bodies). A resolver gets nothing else.
5. `resolvers` choose, by kind of question, the findings that answer it, and state the gaps.

A kind of question is added by its patterns in `data/patterns.yml` and its line in `resolvers.RESOLVERS`; a
source of findings by its function in `gather.GATHERERS`.
"""
