"""Reads the Canadian list as XML: the layout since 2021 with listing dates, and the one before without.

*Domain*: persons, bodies and ships named in regulations under the Special Economic Measures Act and the
Justice for Victims of Corrupt Foreign Officials Act.
*Caveats*: entries have no number, so the id is the country of the regulation, the schedule and the item. The
country is never that of the party. A cell may contain several other names.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from rigour.names import remove_org_types

from overzicht.dates import LegalDate, Period, read_iso_date
from overzicht.entities import Listing, Record
from overzicht.sources.interface import ListFileRefusedError, Sample, SourceFile
from overzicht.sources.lists.interface import EntryFaultError, Layout, ReadReport
from overzicht.sources.lists.list_values import Statements, collapse, is_han, partial_date
from overzicht.sources.lists.us_features import name_key
from overzicht.sources.strict import UnknownFieldError, first_root, iterate_children, leaf_fields

_LABEL = r"(?:^|[,(]?\s)[A-Z][a-z]+ ?:\s*"  # "Arabic: ..." opens a further name
_HARD = re.compile(rf"(?<!\s)\s*(?:;|\n)\s*|{_LABEL}")
_SLASH = re.compile(r"(?<!\s)\s+/\s*|/\s+")
_COMMA = re.compile(r",\s+")
_BRACKETS = re.compile(r"\([^()]*\)")


def split_aliases(cell: str, *, is_person: bool) -> tuple[str, ...]:
    """Return the names of a cell; a comma or slash splits it only if each side is a whole name.

    For a person, one word may be a surname ("Surname, Given name"), so the text stays whole. For a body, a
    legal form ("Works, LLC") belongs to the name.
    """
    names: dict[str, None] = {}
    for run in _HARD.split(cell):
        for name in _divided(run, _SLASH, is_person):
            names |= dict.fromkeys(_divided(name, _COMMA, is_person))
    return tuple(names)


def is_whole(name: str) -> bool:
    """Return whether a text can be a whole name of a person: two words or more, or Chinese characters."""
    return any(" " in part for part in _COMMA.split(name)) or is_han(name)


def _divided(run: str, separator: re.Pattern[str], is_person: bool) -> list[str]:
    parts = [part for item in separator.split(run) if (part := collapse(item).strip(" ,"))]
    if not is_person:
        joined: list[str] = []
        for part in parts:
            if joined and (_is_legal_form(part) or _is_legal_form(joined[-1])):
                joined[-1] = f"{joined[-1]}, {part}"
            else:
                joined.append(part)
        return joined
    return parts if all(" " in part or is_han(part) for part in parts) else [collapse(run).strip(" ,")]


@lru_cache(maxsize=4096)
def _is_legal_form(text: str) -> bool:
    return not remove_org_types(text.casefold().strip(' .,()"')).strip(" .,")


def languages_of(name: str) -> tuple[str, ...]:
    """Return both halves of "English name/Nom français"; empty unless one slash parts two runs of words."""
    hidden = _BRACKETS.sub(lambda match: match[0].replace("/", "\0"), name)
    halves = [collapse(half).replace("\0", "/") for half in hidden.split("/")]
    return tuple(halves) if len(halves) == 2 and all(" " in half for half in halves) else ()


LIST_ID = "ca-sema"
SINCE_2021, UNTIL_2021 = Layout("xml-since-2021"), Layout("xml-until-2021")
MEASURE = "Dealings prohibited"
_ROOT = "data-set"
_TAGS = {  # what each layout calls a body, a birth date and a title
    SINCE_2021.id: ("EntityOrShip", "DateOfBirthOrShipBuildDate", "TitleOrShip"),
    UNTIL_2021.id: ("Entity", "DateOfBirth", "Title"),
}


def recognise(sample: Sample) -> Layout | None:
    """Return the layout of a `data-set` whose first record has the fields of the list."""
    root = first_root(sample.head)
    first = sample.head.partition(b"</record>")[0]
    if root is None or root.tag != _ROOT or b"<Country>" not in first or b"<Item>" not in first:
        return None
    return SINCE_2021 if b"<DateOfListing>" in first else UNTIL_2021


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per entry, in file order."""
    number = 0
    for number, element in enumerate(iterate_children(source, _ROOT, depth=1), start=1):
        place = f"record {number}"
        with report.record(place):
            if element.tag != "record":
                raise UnknownFieldError([str(element.tag)])
            fields = leaf_fields(element)
            body_tag, born_tag, title_tag = _TAGS[layout.id]
            country, schedule = (
                collapse(fields.take_if_there("Country")),
                collapse(fields.take_if_there("Schedule")),
            )
            item, ship = (
                collapse(fields.take_if_there("Item")),
                collapse(fields.take_if_there("ShipIMONumber")),
            )
            if not country or not item:
                raise EntryFaultError("it lacks its country or its item")
            last, first = (collapse(fields.take_if_there(tag)) for tag in ("LastName", "GivenName"))
            body = collapse(fields.take_if_there(body_tag))
            if bool(last) == bool(body) or (body and first):
                raise EntryFaultError("it must name either a person or a body, and names both or neither")
            schema = "Person" if last else "Vessel" if ship else "LegalEntity"
            out = Statements(schema)
            _add_names(last, first, body, out)
            for alias in split_aliases(fields.take_if_there("Aliases"), is_person=schema == "Person"):
                out.add("alias" if schema != "Person" or is_whole(alias) else "weakAlias", alias)
            if re.fullmatch(r"\d{7}", ship):
                out.add("imoNumber", f"IMO{ship}", original=ship)
            elif ship:
                raise EntryFaultError(f"the number of the ship {ship!r} does not have seven digits")
            # Add "1972", "1972-08" or a day, or several with "or" between; other words become a note
            prop = "buildDate" if schema == "Vessel" else "birthDate"
            printed = collapse(fields.take_if_there(born_tag))
            days = [partial_date(part) for part in re.split(r"(?<!\s)\s+or\s+", printed, flags=re.IGNORECASE)]
            if printed and not all(days):
                out.note(f"Date of birth: {printed}")
            else:
                for day in filter(None, days):
                    out.add(prop, day, original=printed if printed != day else "", label="Date of birth")
            out.add("type" if schema == "Vessel" else "title", fields.take_if_there(title_tag), label="Title")
            listed = fields.take_if_there("DateOfListing") if layout == SINCE_2021 else ""
            if layout == SINCE_2021 and not listed:
                raise EntryFaultError("it has no DateOfListing")
            fields.finish()
            regime = collapse(country.split(" / ")[0])
            key = "-".join(filter(None, (_slug(regime), _slug(schedule), "item", _slug(item))))
            period = Period(LegalDate(read_iso_date(listed))) if listed else Period()
            act = ", ".join(filter(None, (f"schedule {schedule}" if schedule else "", f"item {item}")))
            record_id = f"{LIST_ID}-{key}"
            listing = Listing(record_id, LIST_ID, MEASURE, period, programme=country, act=act)
            record = Record(record_id, schema, out.all(), f"{place} ({regime}, {act})", (listing,))
            report.first(record.id, "its country, schedule and item occur earlier in the file")
            yield record
    if not number:
        raise ListFileRefusedError(source.filename, "it holds no record", fix="fetch it again")


def _slug(text: str) -> str:
    return name_key(text).replace(" ", "-")


def _add_names(last: str, first: str, body: str, out: Statements) -> None:
    if body:
        out.add("name", body)
        for half in languages_of(body):
            out.add("alias", half, original=body)
        return
    out.add("name", " ".join(filter(None, (first, last))))
    out.add("firstName", first)
    out.add("lastName", last)
