"""Shared parts of the American lists: labelled facts, birth dates, countries and the Treasury's names.

OFAC writes facts in its remarks ("Passport 1091875 (Egypt)"); the Consolidated Screening List repeats them in
its `ids` column. `data/us_features.yml` maps each label to FollowTheMoney properties.
"""

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from overzicht.dates import MONTHS, read_written_date
from overzicht.entities import Record, Statement
from overzicht.entities.schemata import schemata
from overzicht.errors import UnreadableDateError
from overzicht.names.territories import territory_called
from overzicht.safeyaml import read_packaged_yaml
from overzicht.sources.lists.interface import EntryFaultError, ReadReport

NOTES = "notes"
ID_HEX = 12  # 48 bits: among a million names of one list a chance meeting is one in five hundred


@cache
def labels() -> dict[str, tuple[str, ...]]:
    """Return label → candidate properties, best first; an empty tuple means that the fact is a note."""
    text = resources.files(__package__).joinpath("data", "us_features.yml").read_text(encoding="utf-8")
    loaded = read_packaged_yaml(text)
    return {label: tuple(candidates) for label, candidates in loaded.items()}


def split_label(item: str) -> tuple[str, str]:
    """Return (label, rest) for "Passport 1091875"; ("", item) for an unknown label; drops "alt."."""
    text = item.removeprefix("alt. ")
    words = text.split(" ")
    for count in range(min(len(words), 14), 0, -1):
        label = " ".join(words[:count])
        if label in labels():
            return label, " ".join(words[count:]).strip()
    return "", item


def feature(label: str, value: str, schema: str, original: str) -> Statement:
    """Return the statement for a labelled fact; a note with the original text where no property fits."""
    types = schemata().get(schema, {})
    for prop in labels().get(label, ()):
        if prop not in types:
            continue
        type_name = types[prop]
        if type_name == "country":
            cleaned = country_code(value)
        elif type_name == "gender":
            cleaned = value.lower() if value.lower() in {"male", "female"} else ""
        elif type_name == "date":
            dates = _partial_dates(value)
            cleaned = dates[0] if len(dates) == 1 else ""
        elif prop == "imoNumber":
            digits = value.removeprefix("IMO").strip()
            cleaned = f"IMO{digits}" if re.fullmatch(r"\d{7}", digits) else ""
        else:
            cleaned = value
        if cleaned:
            return Statement(prop, cleaned, original=original if original != cleaned else "")
    return Statement(NOTES, original)


@lru_cache(maxsize=2_000)
def country_code(text: str) -> str:
    """Return the lower-case ISO code of a country's name or code, or an empty text if it is unknown."""
    cleaned = text.strip().removeprefix("Region:").strip()
    turned = " ".join(reversed(cleaned.split(", ", 1)))  # "CHINA, PEOPLE'S REPUBLIC OF"
    for form in (cleaned, turned, cleaned.split(", ")[0]):
        territory = territory_called(form) if form else None
        if territory is not None and territory.ftm_country is not None:
            return str(territory.ftm_country)
    return ""


def _partial_dates(text: str) -> tuple[str, ...]:
    parts = text.strip().split(" to ")
    dates: list[str] = []
    for part in parts:
        cleaned = re.sub(r"^(?:circa|c\.|approximately)\s+", "", part.strip(), flags=re.IGNORECASE)
        month = re.fullmatch(r"([A-Za-z]+) ((?:18|19|20)\d\d)", cleaned)
        if re.fullmatch(r"(?:18|19|20)\d\d(-\d\d(-\d\d)?)?", cleaned):
            dates.append(cleaned)
        elif month is not None and month[1].lower() in MONTHS:
            dates.append(f"{month[2]}-{MONTHS[month[1].lower()]:02d}")
        else:
            try:
                dates.append(read_written_date(cleaned).isoformat())
            except UnreadableDateError:
                dates.append("")
    return tuple(dates) if all(dates) and len(dates) <= 2 else ()  # a range has two ends


def birth_dates(text: str) -> Iterable[Statement]:
    """Yield the birth dates of a text; a form that we do not know becomes a note, never a guess."""
    dates = _partial_dates(text)
    if not dates:
        yield Statement(NOTES, f"Date of birth: {text}")
    for value in dates:
        yield Statement("birthDate", value, original=text if text != value else "")


def person_name(text: str, prop: str = "name") -> tuple[Statement, ...]:
    """Return the statements for a person's name, "LAST, First" turned round; the first is `prop`."""
    last, comma, first = text.partition(", ")
    if not comma or not last or not first:
        return (Statement(prop, text),)
    whole = Statement(prop, f"{first} {last}", original=text)
    return (whole, Statement("firstName", first), Statement("lastName", last)) if prop == "name" else (whole,)


def name_key(text: str) -> str:
    """Return letters and digits of a name in lower case, for ids that survive changes of punctuation."""
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def stable_hash(*parts: str) -> str:
    """Return a short hash of the parts, the same in every run and on every machine."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:ID_HEX]


def with_own_id(record: Record, report: ReadReport) -> Record:
    """Return the record, with a longer id if another record of the file has its id.

    One name may occur twice in a list (two addresses, orders or countries); the same row twice raises
    EntryFaultError.
    """
    content = stable_hash(repr(record.statements), repr(record.listings))
    report.first(content, f"{record.caption!r} occurs twice in the file")
    with suppress(EntryFaultError):
        report.first(record.id, "")
        return record
    own = f"{record.id}-{content[:6]}"
    return replace(record, id=own, listings=tuple(replace(listing, id=own) for listing in record.listings))


def unique(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return the statements with a value, each property and value once, in order."""
    kept: dict[tuple[str, str], Statement] = {}
    for statement in statements:
        if statement.value:
            kept.setdefault((statement.prop, statement.value), statement)
    return tuple(kept.values())


def listing_day(label: str, value: str, programmes: Iterable[str]) -> tuple[str, date] | None:
    """Return (programme, day) for "Listing Date (CMIC)" if a programme starts with that word, else None.

    Raises UnreadableDateError for an invalid day.
    """
    match = re.fullmatch(r"Listing Date \(([^)]+)\):?", label)
    if match is None:
        return None
    for programme in programmes:
        if programme == match[1] or programme.startswith(f"{match[1]}-"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
                return programme, read_written_date(value)
            try:
                return programme, date.fromisoformat(value)
            except ValueError as error:
                raise UnreadableDateError(value, "the calendar has no such day") from error
    return None


def country_of_address(address: str) -> str:
    """Return the country code that ends an address ("…, Urumqi, CN"); empty when none does."""
    last = address.rsplit(", ", 1)[-1].strip()
    return country_code(last) if re.fullmatch(r"[A-Z]{2}", last) else ""
