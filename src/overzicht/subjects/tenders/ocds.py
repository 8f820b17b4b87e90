"""OCDS: releases and records of the Open Contracting Data Standard, 1.0 and 1.1, through `ocdskit`.

*Domain*: https://standard.open-contracting.org. One release, one record, a package of either, or one of these
per line. Releases of one process (one `ocid`) are merged; a record's compiled release counts as it is.
*Oddities*. In 1.0 parties are where they act; `ocdskit` brings them to the form of 1.1. A party without a
country in its address has that of its region, else none. Some publishers lose line ends (`rn`) and encodings.
"""

import json
import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from overzicht.errors import InputFileError, MissingExtraError
from overzicht.sources.inventories.answers.json_values import as_text, load_json
from overzicht.sources.inventories.origin import Origin
from overzicht.subjects.tenders.notice import (
    Body,
    Contract,
    Notice,
    Passage,
    country_code,
    day_of,
    two_letters,
)

MAX_DEPTH = 40
_OLDEST = "1.0"
_PARTS_OF_BRITAIN = ("ENG", "SCT", "WLS", "NIR")
_NUTS = re.compile(
    r"([A-Z]{2})[0-9A-Z]{1,3}"
)  # a region of the European statistics, which begins with a country


@dataclass(frozen=True, slots=True)
class Release:
    """A release, or what several of one process come to; `fault` says why it could not be read."""

    place: str
    data: Mapping[str, Any]
    fault: str = ""


def read_ocds(origin: Origin) -> Iterator[Release]:
    """Yield one release per contracting process; InputFileError, or MissingExtraError without `tenders`."""
    grouped: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for place, data in _released(origin):
        if isinstance(data, dict) and isinstance(data.get("ocid"), str):
            grouped[data["ocid"]].append((place, data))
        else:
            yield Release(place, {}, "it is not a release: it has no ocid")
    for stored in grouped.values():
        place, first = stored[0]
        if len(stored) == 1:
            merged = Release(place, first)
        else:
            from ocdsmerge import Merger  # noqa: PLC0415 - comes with ocdskit
            from ocdsmerge.exceptions import OCDSMergeError  # noqa: PLC0415

            try:  # without rules of a schema: lists go by the ids in them, and nothing is fetched
                data = Merger(merge_rules={}).create_compiled_release([dict(entry) for _, entry in stored])
            except (OCDSMergeError, AttributeError, KeyError, RecursionError, TypeError, ValueError) as error:
                merged = Release(place, {}, f"its {len(stored)} releases cannot be merged ({error})")
            else:
                merged = Release(place, data)
        yield merged


def _released(origin: Origin) -> Iterator[tuple[str, Any]]:
    """Yield every release with its place; of a record the compiled one, where it has that."""
    for place, document in _documents(origin):
        # a document in the form of 1.1; as it is where it is in that, or in no form at all
        try:
            from ocdskit.upgrade import upgrade_10_11  # noqa: PLC0415 - an extra
            from ocdskit.util import get_ocds_minor_version  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingExtraError("reading OCDS notices", "tenders") from error
        if not isinstance(document, dict):
            whole = document
        else:
            try:
                if get_ocds_minor_version(document) != _OLDEST:
                    whole = document
                else:
                    whole = upgrade_10_11(json.loads(json.dumps(document), object_pairs_hook=OrderedDict))
            except (AttributeError, KeyError, RecursionError, TypeError, ValueError):
                whole = document  # what is not as the standard has it is judged field by field
        for name, item in _items(whole):
            where = ", ".join(part for part in (place, name) if part)
            compiled = item.get("compiledRelease") if isinstance(item, dict) else None
            if isinstance(compiled, dict):
                yield where, compiled
            elif isinstance(item, dict) and isinstance(item.get("releases"), list):
                yield from ((f"{where}, release {n}", entry) for n, entry in enumerate(item["releases"], 1))
            else:
                yield where, item


def _documents(origin: Origin) -> Iterator[tuple[str, Any]]:
    """Yield the JSON document of a file, or that of each of its lines."""
    try:
        yield "", load_json(origin)
    except InputFileError as error:
        lines = origin.read_bytes().decode("utf-8", errors="replace").splitlines()
        stored = [(n, line) for n, line in enumerate(lines, 1) if line.strip()]
        parsed = []
        for n, line in stored:
            try:
                value_read = json.loads(line)
            except (ValueError, RecursionError):
                value_read = None
            parsed.append((n, value_read))
        if sum(value is not None for _, value in parsed) < 2:
            raise error from None
        yield from ((f"line {number}", value) for number, value in parsed)


def _items(document: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(document, dict):
        yield "", document
        return
    for name in ("records", "releases"):
        stored = document.get(name)
        if isinstance(stored, list) and "ocid" not in document:
            yield from ((f"{name[:-1]} {number}", entry) for number, entry in enumerate(stored, 1))
            return
    yield "", document


def notice_of(release: Release) -> Notice:
    """Return a release as a notice; a field of another kind than the standard has counts as absent."""
    data = release.data
    tender = _dict(data.get("tender"))
    parties = {as_text(p.get("id")): p for p in _dicts(data.get("parties"))}
    buyers = _bodies([data.get("buyer")], parties) or _with_role(parties, "buyer", "procuringEntity")
    matches: list[Passage] = []
    matches.extend(_texts("tender", tender))
    for name, lot in _numbered("tender/lots", tender.get("lots")):
        matches.extend(_texts(name, lot, lot=as_text(lot.get("id"))))
    for name, item in _numbered("tender/items", tender.get("items")):
        matches.extend(_texts(name, item, lot=as_text(item.get("relatedLot"))))
    for part in ("awards", "contracts"):
        for name, entry in _numbered(part, data.get(part)):
            lots = [as_text(value) for value in _list(entry.get("relatedLots"))]
            own = lots[0] if len(lots) == 1 else ""
            matches.extend(_texts(name, entry, lot=own))
            for inner, item in _numbered(f"{name}/items", entry.get("items")):
                matches.extend(_texts(inner, item, lot=as_text(item.get("relatedLot")) or own))
    passages = tuple(matches)
    holders = (*_dicts(data.get("awards")), tender)
    documents = [doc for holder in holders for doc in _dicts(holder.get("documents"))]
    notices = [d for d in documents if as_text(d.get("documentType")).endswith("Notice")]
    address = next((url for d in notices if (url := as_text(d.get("url"))).startswith("http")), "")
    contracts: list[Contract] = []
    signed = {as_text(c.get("awardID")): c for c in _dicts(data.get("contracts"))}
    for award_name, award in _numbered("awards", data.get("awards")):
        suppliers = _bodies(_list(award.get("suppliers")), parties)
        if not suppliers or as_text(award.get("status")) in ("cancelled", "unsuccessful"):
            continue
        contract = signed.get(as_text(award.get("id")), {})
        day = day_of(as_text(contract.get("dateSigned"))) or day_of(as_text(award.get("date")))
        lot_names = tuple(as_text(lot) for lot in _list(award.get("relatedLots")))
        contracts.append(Contract(award_name, suppliers, day, lot_names))
    return Notice(
        number=as_text(data.get("ocid")),
        title=as_text(tender.get("title")) or as_text(data.get("title")),
        buyers=buyers,
        passages=passages,
        contracts=tuple(contracts),
        cpv=tuple(dict.fromkeys(_cpv(data))),
        kind=", ".join(map(as_text, _list(data.get("tag")))),
        language=two_letters(as_text(data.get("language"))),
        country=next((entry.country for entry in buyers if entry.country), ""),
        published=day_of(as_text(data.get("date"))),
        address=address,
        place=release.place,
    )


def _texts(place: str, holder: Mapping[str, Any], *, lot: str = "") -> Iterator[Passage]:
    for name in ("title", "description"):
        if words := as_text(holder.get(name)):
            yield Passage(f"{place}/{name}", words, lot)


def _bodies(referred: Sequence[Any], parties: Mapping[str, Mapping[str, Any]]) -> tuple[Body, ...]:
    grouped = {}
    for entry in map(_dict, referred):
        party = parties.get(as_text(entry.get("id")), entry)
        name = as_text(entry.get("name")) or as_text(party.get("name"))
        if name:
            grouped[name] = Body(name, _country(party))
    return tuple(grouped.values())


def _with_role(parties: Mapping[str, Mapping[str, Any]], *roles: str) -> tuple[Body, ...]:
    return tuple(
        Body(as_text(party.get("name")), _country(party))
        for party in parties.values()
        if as_text(party.get("name")) and set(map(as_text, _list(party.get("roles")))) & set(roles)
    )


def _country(party: Mapping[str, Any]) -> str:
    address = _dict(party.get("address"))
    given = as_text(address.get("country")) or as_text(address.get("countryName"))
    if given.upper() in _PARTS_OF_BRITAIN:
        return "gb"
    region = _NUTS.fullmatch(as_text(address.get("region")))
    return country_code(given) or (country_code(region[1]) if region else "")


def _cpv(value: Any, depth: int = 0) -> Iterator[str]:
    """Yield the codes of every classification in the scheme CPV, anywhere in a release."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        if as_text(value.get("scheme")).upper() == "CPV" and value.get("id"):
            yield as_text(value["id"])
        for entry in value.values():
            yield from _cpv(entry, depth + 1)
    elif isinstance(value, list):
        for entry in value:
            yield from _cpv(entry, depth + 1)


def _numbered(name: str, value: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, entry in enumerate(_list(value)):
        if isinstance(entry, dict):
            yield f"{name}/{number}", entry


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[Mapping[str, Any]]:
    return [entry for entry in _list(value) if isinstance(entry, dict)]
