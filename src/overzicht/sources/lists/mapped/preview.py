"""Parties of a file as a mapping reads them, a line each, before anything is stored."""

from dataclasses import dataclass

from overzicht.sources.lists.mapped.party import Party


@dataclass(frozen=True, slots=True)
class PartyLine:
    """A party as a mapping reads it. Days are as the list gives them: a day, a month or a year.

    `aliases` are all other names, previous ones too. `until` is the end as the list gives it: the first day
    without the listing, or the last day with it.
    """

    name: str
    aliases: tuple[str, ...]
    previous_names: tuple[str, ...]
    kind: str
    birth: tuple[str, ...]
    listed: str
    until: str
    ids: tuple[str, ...]
    numbers: tuple[tuple[str, str], ...]
    countries: tuple[str, ...]
    programme: str
    record_id: str
    place: str

    @classmethod
    def of(cls, party: Party) -> "PartyLine":
        """Return a party as a line."""
        ends = party.days.get("until") or party.days.get("last_day") or ()
        return cls(
            name=next(iter(party.names), ""),
            aliases=party.aliases,
            previous_names=party.previous_names,
            kind=party.kind,
            birth=party.birth,
            listed=min(party.days.get("listed", ()), default=""),
            until="" if party.is_endless else max(ends, default=""),
            ids=tuple(dict.fromkeys(number.value for number in party.numbers)),
            numbers=tuple((number.kind, number.value) for number in party.numbers),
            countries=tuple(dict.fromkeys((*party.countries, *party.nationalities))),
            programme="; ".join(party.texts.get("programme", ())),
            record_id=party.record_id,
            place=party.place,
        )
