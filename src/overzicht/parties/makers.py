"""Known parties: makers and their owners, with all names and numbers of their cards."""

from collections.abc import Mapping
from dataclasses import replace

from overzicht.entities import PartyQuery
from overzicht.identifiers import wallet
from overzicht.names.latin import expect_words
from overzicht.names.normal import PERSON_SCHEMATA, exact_key, name_key
from overzicht.parties.card_facts import KnownFacts, known_facts
from overzicht.parties.party import KnownParty
from overzicht.parties.variants import whole_names


def known_parties() -> Mapping[str, KnownParty]:
    """Return every party of the maker cards, and every party with a certain name in another script, by id."""
    return _facts().parties


def recorded_differences() -> Mapping[str, tuple[str, ...]]:
    """Return for each exact name the names that a card states, with a source, to be of other parties."""
    return _facts().differences


def _facts() -> KnownFacts:
    facts = known_facts()
    expect_words(facts.han)
    return facts


def identified(query: PartyQuery) -> PartyQuery:
    """Return a query with all names and numbers of the party that it names, and the names of other parties.

    A query for a person or for an unknown party keeps its own names and numbers. It gets no id: the engine
    takes a party with an id as one whose names are all known. A name in another script without a source adds
    tentative names, and a short name in brackets (`Lens Works (LW)`) may be left out. A name that is the
    address of a wallet is a number too.
    """
    wallets = (("cryptoAddress", address) for name in query.names if (address := wallet.normalize(name)))
    query = replace(query, identifiers=tuple(dict.fromkeys((*query.identifiers, *wallets))))
    apart = dict.fromkeys(query.not_the_same_as)
    for name in query.names:
        apart.update(dict.fromkeys(recorded_differences().get(exact_key(name), ())))
    query = replace(query, not_the_same_as=tuple(apart))
    party = known_parties().get(query.party_id) or _named(query)
    if party is None:
        if query.schema in PERSON_SCHEMATA:
            return replace(query, party_id="")
        # also the names without a short name in brackets, as entries of lists have
        names = tuple(dict.fromkeys(whole for name in query.names for whole in whole_names(name)))
        keys = [key for name in query.names for key in (exact_key(name), name_key(name))]
        meant = (name for key in keys for name in _facts().meanings.get(key, ()))
        tentative = tuple(dict.fromkeys((*query.tentative_names, *meant)))
        return replace(query, names=names, tentative_names=tentative, party_id="")
    known = party.query
    return replace(
        query,
        names=tuple(dict.fromkeys((*query.names, *known.names))),
        identifiers=tuple(dict.fromkeys((*query.identifiers, *known.identifiers))),
        not_the_same_as=tuple(dict.fromkeys((*apart, *known.not_the_same_as))),
        party_id=party.id,
    )


def party_called(name: str) -> KnownParty | None:
    """Return the known party with this id or name; None if there is none."""
    return known_parties().get(name) or _named(PartyQuery("name", (name,), schema="Organization"))


def _named(query: PartyQuery) -> KnownParty | None:
    if query.schema in PERSON_SCHEMATA:
        return None
    apart = set(map(exact_key, query.not_the_same_as))
    for name in query.names:
        for key in (exact_key(name), name_key(name)):
            party = known_parties().get(_facts().ids.get(key, ""))
            is_apart = party is not None and any(exact_key(own) in apart for own in party.query.names)
            if party is not None and not is_apart:
                return party
    return None
