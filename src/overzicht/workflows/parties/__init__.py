"""The parties of the lists as other tools know them: FollowTheMoney entities, in data sets, on a day.

    datasets_of(shelf) -> {name: Dataset}            what may be asked: `default`, `all`, and every list
    parties_on(shelf, places, day) -> {place: PartyOnDay}
                                                     records that stand on their list on that day
    entity_of(party, same_as) -> dict                the party as a FollowTheMoney entity
    match_parties(desk, asked, scope, wanted)        a batch of examples, all through the engine at once
    search_parties(desk, asked, scope, wanted)       the words of a search box
    neighbours(…)                                    what a party is connected with

An entity is one record of one list; records of several lists are never melted together. `referents` names
the records that are known to be the same party.
"""
