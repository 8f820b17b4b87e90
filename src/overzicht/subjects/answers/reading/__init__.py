"""Reading of questions: clauses become typed queries by the rules and words of `data/lexicon.yml`.

`lexicon` has the words, `names` finds the parties that a text names, `days` its dates, `uses` the use that it
describes; `grammar` puts them together.
"""
