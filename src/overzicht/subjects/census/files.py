"""Readers of the files of a census: rolls, changes, control totals, second lists and statements.

**Domain**: registers of public bodies, such as the Dutch Register van Overheidsorganisaties or a list of UK
councils, as CSV with a header. **Caveats**: columns have other names in each country, see `ROLL_COLUMNS`; an
end is the first day without the body.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overzicht.dates import read_iso_date, read_legal_date
from overzicht.errors import InputFileError, UnreadableDateError
from overzicht.identifiers.slug import slug
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.subjects.census.claims import Claim, stated_day
from overzicht.subjects.census.roll import Body, BodyEvent, EventKind
from overzicht.subjects.census.totals import ControlTotal, ListedName

MAX_BYTES = 200_000_000
MOST_ROWS = 500_000
ROLL_COLUMNS: Mapping[str, tuple[str, ...]] = {  # field of a body: the headers that it may have, in order
    "name": ("name", "official-name", "naam", "body"),
    "names": ("names", "other-names", "aliases", "abbreviation", "andere-namen", "afkorting"),
    "kind": ("kind", "local-authority-type-name", "type", "soort"),
    "country": ("country", "land"),
    "region": ("province", "region", "provincie", "regio"),
    "size": ("inhabitants", "pop-2020", "population", "size", "inwoners"),
    "parent": ("parent", "ministry", "county-la"),
    "start": ("start", "start-date", "from"),
    "end": ("end", "end-date", "until"),
    "successor": ("successor", "replaced-by"),
    "source": ("source",),
}
CODE_COLUMNS: Mapping[str, str] = {  # header of a column of codes: the scheme
    "tooi": "tooi", "code": "code", "local-authority-code": "la", "gss-code": "gss", "oin": "oin",
    "rsin": "rsin", "kvk": "kvk", "wikidata": "wikidata",
}  # fmt: skip
Row = tuple[str, dict[str, str]]  # its place, and its values by header
SUM_KIND = "sum"


@dataclass(frozen=True, slots=True)
class ReadRoll:
    """The rows of a roll, and the scheme of its first code."""

    bodies: tuple[Body, ...]
    scheme: str


@in_child(Limits())
def read_roll(path: Path, country: str) -> ReadRoll:
    """Return the bodies of a file; `country` is that of rows without one. Raises InputFileError."""
    rows = list(_rows(path, (ROLL_COLUMNS["name"],)))
    headers = rows[0][1].keys()
    schemes = [CODE_COLUMNS[header] for header in CODE_COLUMNS if header in headers]
    bodies = tuple(_body(row, path.name, place, country) for place, row in rows)
    return ReadRoll(bodies, schemes[0] if schemes else "")


def _body(row: Mapping[str, str], file: str, place: str, country: str) -> Body:
    values = {name: _first(row, headers) for name, headers in ROLL_COLUMNS.items()}
    own_country = (values["country"] or country).upper()
    codes = tuple((scheme, row[header]) for header, scheme in CODE_COLUMNS.items() if row.get(header))
    if not re.fullmatch("[A-Z]{2}", own_country):
        raise InputFileError(
            file, "the country is missing", record=place, fix="give --country, for example NL"
        )
    if not values["name"]:
        raise InputFileError(
            file, "the name is missing", record=place, fix="fill in the name or remove the row"
        )
    has_id = "body" in row and any(row.get(header) for header in ("name", "official-name", "naam"))
    own = row["body"] if has_id else f"{own_country.lower()}:{codes[0][1] if codes else slug(values['name'])}"
    successors = re.split(r"[;| ]+", values["successor"])
    return Body(
        id=own[:120],
        name=values["name"][:300],
        kind=(values["kind"] or "body")[:80],
        country=own_country,
        codes=codes,
        names=tuple(filter(None, (part.strip()[:300] for part in re.split("[;|]", values["names"])))),
        region=values["region"][:80],
        size=_number(values["size"], file, place),
        parent=values["parent"][:120],
        start=_day(values["start"], file, place),
        end=_day(values["end"], file, place),
        successors=tuple(code for code in successors if code),
        source=values["source"][:500],
    )


@in_child(Limits())
def read_changes(path: Path) -> tuple[BodyEvent, ...]:
    """Return the changes of bodies in a file: date, kind, old_code, old_name, new_code, new_name."""
    events = []
    for place, row in _rows(path, (("date",), ("kind",), ("old_code",), ("new_code",))):
        day = _day(row["date"], path.name, place)
        kinds = [kind.value for kind in EventKind]
        if day is None or row["kind"] not in kinds:
            reason = "the date is missing" if day is None else f"{row['kind']!r} is not a kind of change"
            raise InputFileError(path.name, reason, record=place, fix=f"kinds: {', '.join(kinds)}")
        names = {name: row.get(name, "") for name in ("old_code", "new_code", "old_name", "new_name")}
        events.append(BodyEvent(day, EventKind(row["kind"]), **names))
    return tuple(events)


@in_child(Limits())
def read_totals(path: Path) -> tuple[ControlTotal, ...]:
    """Return the control totals of a file: kind, day, number, and perhaps until and source."""
    totals = []
    for place, row in _rows(path, (("kind",), ("day", "date"), ("number",))):
        day = _day(_first(row, ("day", "date")), path.name, place)
        number = _number(row["number"], path.name, place)
        if day is None or number is None:
            raise InputFileError(path.name, "the day or the number is missing", record=place)
        until = _day(row.get("until", ""), path.name, place)
        totals.append(ControlTotal(row["kind"], day, number, until, row.get("source", "")))
    return tuple(totals)


@in_child(Limits())
def read_second_list(path: Path, scheme: str) -> tuple[ListedName, ...]:
    """Return the codes and names of a second list; its codes are of `scheme`."""
    headers = tuple(header for header, own in CODE_COLUMNS.items() if own == scheme)
    needed = (headers or ("code",), ROLL_COLUMNS["name"])
    return tuple(ListedName(_first(row, needed[0]), _first(row, needed[1])) for _, row in _rows(path, needed))


@in_child(Limits())
def read_claims(path: Path) -> tuple[Claim, ...]:
    """Return the statements of a file as claims about bodies that nobody has matched; makers as written."""
    needed = (("body",), ("country",), ("date",), ("answer",), ("source",))
    claims: list[Claim] = []
    for place, row in _rows(path, needed):
        file = path.name
        try:
            day = read_legal_date(stated_day(row["date"])).day
        except UnreadableDateError as error:
            raise InputFileError(file, error.message, record=place, fix=error.fix) from error
        least, most = (_number(row.get(name, ""), file, place) for name in ("least", "most"))
        if least is not None and most is not None and least > most:
            raise InputFileError(
                file, f"the number is {least} to {most}", record=place, fix="exchange the two"
            )
        words = " ".join(row.get("maker", "").split())
        makers = [part.strip() for part in re.split(r" (?:or|of) |[,;/]", words)]
        claims.append(
            Claim(
                number=_number(row.get("number", ""), file, place) or int(place.removeprefix("row ")),
                body_id="",
                name=row["body"][:300],
                country=row["country"][:2].upper(),
                day=day,
                answer=row["answer"][:40],
                makers=tuple(part for part in makers if part and not part.startswith("(")),
                least=least,
                most=most,
                as_stated=row.get("as_said", "")[:200],
                kind=row.get("device", "")[:80],
                status=row.get("status", "")[:200],
                group=row.get("group", "")[:80],
                stated_by=row.get("said_by", "")[:120],
                source=row["source"][:1000],
                is_sum=row.get("kind") == SUM_KIND,
                body_kind="" if row.get("kind") == SUM_KIND else row.get("kind", "")[:80],
            )
        )
    return tuple(claims)


def _first(row: Mapping[str, str], headers: Sequence[str]) -> str:
    return next((row[header] for header in headers if row.get(header)), "")


def _rows(path: Path, needed: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Yield the filled rows of a CSV file; each group of headers needs one of its own in the file."""
    file = LocalFile(path, max_bytes=MAX_BYTES)
    is_empty = True
    with file.open() as stream:
        lines = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
        try:
            reader = csv.DictReader(lines, strict=True)
            headers = [(header or "").strip() for header in reader.fieldnames or ()]
            missing = [" or ".join(group) for group in needed if not set(group) & set(headers)]
            if missing:
                reason = f"it lacks the columns {', '.join(missing)}"
                raise InputFileError(
                    path.name, reason, fix="add the columns to the first row of the CSV file"
                )
            reader.fieldnames = headers
            for number, row in enumerate(reader, start=2):
                if number > MOST_ROWS:
                    raise InputFileError(
                        path.name, f"it has more than {MOST_ROWS} rows", fix="divide the file"
                    )
                values = {name: (row.get(name) or "").strip() for name in headers}
                if any(values.values()):
                    is_empty = False
                    yield f"row {number}", values
        except (UnicodeDecodeError, csv.Error) as error:
            reason = f"not valid CSV in UTF-8: {error}"
            raise InputFileError(path.name, reason, fix="export it as CSV in UTF-8") from error
    if is_empty:
        raise InputFileError(path.name, "it has no rows", fix="give a CSV file with a header and rows")


def _day(written: str, file: str, place: str) -> date | None:
    """Return a date, None for one before 1940: a census needs no such start or end."""
    if not written or re.fullmatch(r"(?:1[0-8]\d\d|19[0-3]\d)-\d\d-\d\d", written):
        return None
    try:
        return read_iso_date(written)
    except UnreadableDateError as error:
        raise InputFileError(file, error.message, record=place, fix=error.fix) from error


def _number(written: str, file: str, place: str) -> int | None:
    if not written:
        return None
    if not re.fullmatch(r"\d{1,12}(?:\.0+)?", written):
        reason = f"{written!r} is not a whole number"
        raise InputFileError(file, reason, record=place, fix="write digits only, for example 1250")
    return int(written.partition(".")[0])
