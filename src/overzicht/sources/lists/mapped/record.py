"""Records of the parties of a mapped list: statements in the FollowTheMoney vocabulary, and the listing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from overzicht.dates import DateBasis, LegalDate, Period, read_legal_date
from overzicht.entities import Listing, Record, Statement
from overzicht.errors import UnreadableDateError
from overzicht.sources.lists.list_values import Statements, properties_of
from overzicht.sources.lists.mapped import list_words as words
from overzicht.sources.lists.mapped.mapping import ListMapping
from overzicht.sources.lists.mapped.party import Party
from overzicht.sources.lists.us_features import name_key, stable_hash

EARLIEST = "the earliest of the days of listing that the list gives"
LATEST = "the latest of the end days that the list gives"
LAST_DAY = "the day after the last day that the list gives"
BIRTH = ("birthDate", "incorporationDate", "buildDate")
MEASURES = {"naming": "Listed", "mixed": "Listed", "register": "Registered"}


@dataclass(slots=True)
class RecordMaker:
    """Makes the records of one file; remembers the ids, so that each record has its own."""

    mapping: ListMapping
    _ids: dict[str, str] = field(default_factory=dict)

    def make(self, party: Party) -> Record | None:
        """Return the record of a party; None if the same party, word for word, is in the file before.

        ValueError if another party has its record number.
        """
        schema = words.schema_of(party.kind) or "LegalEntity"
        statements = self._statements(party, schema)
        content = stable_hash(
            repr(statements), repr(sorted(party.texts.items())), repr(sorted(party.days.items()))
        )
        record_id = self._id(party, content)
        if not record_id:
            return None
        listing = self._listing(party, record_id)
        return Record(record_id, schema, statements, party.place, (listing,))

    def _id(self, party: Party, content: str) -> str:
        """Return the id of a party: of its number on the list, or of its name; empty if it is repeated."""
        list_id = self.mapping.header.id
        if party.record_id:
            name = f"{list_id}-{party.record_id}"
        elif party.names:
            name = f"{list_id}-{stable_hash(name_key(party.names[0]) or party.names[0], *party.birth)}"
        else:
            name = f"{list_id}-{party.numbers[0].value}"
        for own in (name, f"{name}-{content[:6]}"):
            if own not in self._ids:
                self._ids[own] = content
                return own
            if self._ids[own] == content:
                return ""
            if party.record_id:
                raise ValueError(
                    f"the record id {party.record_id!r} is that of another record of the file; "
                    "give `group` under `records` if such records are one party"
                )
        return ""

    def _statements(self, party: Party, schema: str) -> tuple[Statement, ...]:
        out = Statements(schema)
        known = properties_of(schema)
        values: list[tuple[str, Sequence[str], str]] = [
            ("name", party.names[:1], ""),
            ("alias", party.names[1:], ""),
            ("previousName", party.previous_names, ""),
            ("weakAlias", party.weak_names, ""),
            (next((prop for prop in BIRTH if prop in known), BIRTH[0]), party.birth, "Date of birth"),
            ("nationality" if "nationality" in known else "country", party.nationalities, "Nationality"),
            ("country" if "country" in known else "flag", party.countries, "Country"),
            ("address", party.texts.get("addresses", ()), "Address"),
            *((prop, texts, "") for prop, texts in party.properties.items()),
        ]
        for number in party.numbers:
            if number.kind == "wallet" and schema != "CryptoWallet":
                out.note(f"Wallet: {number.value}")
            else:
                known = properties_of(schema)
                prop = next((name for name in words.number_properties(number.kind) if name in known), "")
                value = number.value
                if prop == "imoNumber" and value.isdigit():
                    value = f"IMO{value}"
                if prop:
                    out.add(
                        prop, value, original=f"{number.label} {number.value}".strip() if number.label else ""
                    )
                else:
                    out.note(f"{number.label or number.kind}: {value}")
        for prop, texts, label in values:
            for text in texts:
                out.add(prop, text, label=label)
        for text in (*party.texts.get("notes", ()), *party.left):
            out.note(text)
        return out.all()

    def _listing(self, party: Party, record_id: str) -> Listing:
        header, texts = self.mapping.header, party.texts
        return Listing(
            id=record_id,
            list_id=header.id,
            measure="; ".join(texts.get("measure", ()))
            or MEASURES.get(header.effect, header.effect.capitalize()),
            period=period_of(party),
            programme="; ".join(texts.get("programme", ())),
            act="; ".join(texts.get("act", ())),
            act_address=next(iter(texts.get("act_address", ())), ""),
            reason="; ".join(texts.get("reason", ())),
        )


def period_of(party: Party) -> Period:
    """Return the dates of a listing; of several that the list gives, the earliest start and latest end."""
    start = _chosen(party.days.get("listed", ()), EARLIEST, is_first=True)
    end = _chosen(party.days.get("until", ()), LATEST, is_first=False)
    last = _chosen(party.days.get("last_day", ()), LATEST, is_first=False)
    if last is not None and (end is None or last.day >= end.day):
        end = LegalDate(last.day + timedelta(days=1), DateBasis.DERIVED, LAST_DAY)
    return Period(start, None if party.is_endless else end)


def _chosen(days: Sequence[str], rule: str, *, is_first: bool) -> LegalDate | None:
    read: list[LegalDate] = []
    for day in days:
        try:
            read.append(read_legal_date(day))
        except UnreadableDateError:
            continue
    if not read:
        return None
    read.sort(key=lambda legal: (legal.day, legal.rule))
    chosen = read[0] if is_first else read[-1]
    if len({legal.day for legal in read}) > 1 and chosen.basis is DateBasis.STATED:
        return LegalDate(chosen.day, DateBasis.DERIVED, rule)
    return chosen
