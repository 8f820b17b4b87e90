"""Answers to a set of questions from the loaded data: every fact cited, every judgement left to a person.

1. `sets` and `papers` find the set: papers give the words, the shipped file the facts.
2. `reading` reads each question as typed queries: relation, parties, lists, laws, place and date.
3. `meant` finds the parties that a question means without a name, by their conduct.
4. `gather` collects findings of the other workflows, layer by layer (`layers`: the user's store, and one with
   the shipped evidence and the invented bodies).
5. `resolving` answers each query: the first line, the facts and the gaps.
6. `reviewing` records what a person decides on each sentence of the draft.

A relation is added by its words in `data/lexicon.yml` and its line in `resolving.relations.RESOLVERS`; a
source of findings by its function in `gather.GATHERERS`.
"""
