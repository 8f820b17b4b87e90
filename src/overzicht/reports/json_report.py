"""The overview as JSON, by the published schema `overview.schema.json`.

Sentences are given in both languages, so the file is the same whoever asks; ids, numbers and the words of
enumerations are for machines and never translated. A citation is given once, under `citations`, and a reason
once, under `reasons`; elsewhere their numbers are given. The citations of one input share its description.
Devices with the same answer on their maker share a finding. Each item of a list has its own line.
"""

import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import chain, islice
from operator import attrgetter
from typing import Any

from overzicht.evidence import Citation, Finding, Reason, Text, text
from overzicht.progress import watched
from overzicht.reports.citations import StreamedCitations
from overzicht.reports.findings import maker_finding, maker_finding_id
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.overview_report import SCHEMA_VERSION, DeviceRow, OverviewReport

SCHEMA_ID = "urn:overzicht:schema:overview:1"
PART_SCHEMA_ID = "urn:overzicht:schema:overview-part:1"
DEVICES_IN_A_FILE = 100_000  # about 60 MB; a report with more has files of its own for them
WRITING = text("Writing devices")
# Left out of an item if there is nothing to say; a large inventory would consist of them.
OPTIONAL = frozenset({
    "organisation", "product_line", "bought", "status", "undecided", "conflicts", "identity",  # of a device
    "firmware", "latitude", "longitude", "vulnerabilities",
    "address", "published", "retrieved",  # of a citation
})  # fmt: skip

MOST_SHARED = (
    1_000  # values of devices whose JSON is kept; values that differ in each device would fill memory
)
EMPTY = ("", (), None)
_SCALARS = frozenset({str, int, float, bool, type(None)})

_line = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quoted = json.encoder.encode_basestring
_DEVICE_KEYS = tuple((f"{_line(field.name)}:", field.name in OPTIONAL) for field in fields(DeviceRow))
_device_values = attrgetter(*(field.name for field in fields(DeviceRow)))
_document = attrgetter(*(field.name for field in fields(Citation) if field.name != "place"))


def schema() -> dict[str, Any]:
    """Return the published JSON Schema (draft 2020-12) of the report."""
    published: dict[str, Any] = json.loads(
        files("overzicht.reports").joinpath("overview.schema.json").read_text(encoding="utf-8")
    )
    return published


def render_json(report: OverviewReport, lang: Language = Language.EN) -> "JsonReport":
    """Return the report as JSON; `lang` changes nothing, both languages are always given."""
    del lang
    return JsonReport(report)


class JsonReport(Iterable[str]):
    """The report as JSON, in pieces: the text of many devices is larger than they are.

    Read as it is, it is one text. As files it is several, if it has more than `DEVICES_IN_A_FILE` devices.
    """

    def __init__(self, report: OverviewReport) -> None:
        self._report = report

    def __iter__(self) -> Iterator[str]:
        """Yield the whole report, a line at a time."""
        writing = _Writing(self._report)
        return writing.report(writing.devices(watched(self._report.devices, WRITING)), None)

    def files(self, name: str) -> Iterator[tuple[str, Iterable[str]]]:
        """Yield the name and content of each file, the one called `name` last.

        Its content states the hashes of the others, so that each must be read to its end before the next.
        """
        count = len(self._report.devices)
        if count <= DEVICES_IN_A_FILE:
            yield name, self
            return
        writing = _Writing(self._report)
        devices = iter(watched(self._report.devices, WRITING))
        parts: list[dict[str, Any]] = []
        for number, start in enumerate(range(0, count, DEVICES_IN_A_FILE), start=1):
            part = f"{name.removesuffix('.json')}.devices-{number:04}.json"
            of_part = min(DEVICES_IN_A_FILE, count - start)
            content = _Digested(writing.part(number, islice(devices, of_part)))
            yield part, content
            parts.append({"file": part, "devices": of_part, **content.digest})
        yield name, writing.report(iter(()), parts)


class _Digested(Iterable[str]):
    """Pieces of a file, and the hash and size of those that were read."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = pieces
        self._hash, self._bytes = hashlib.sha256(), 0

    def __iter__(self) -> Iterator[str]:
        for piece in self._pieces:
            content = piece.encode()
            self._hash.update(content)
            self._bytes += len(content)
            yield piece

    @property
    def digest(self) -> dict[str, str | int]:
        return {"bytes": self._bytes, "sha256": self._hash.hexdigest()}


class _Writing:
    """The writing of one report; its parts share the numbers of reasons, findings and citations."""

    def __init__(self, report: OverviewReport) -> None:
        self._report = report
        self._citations = StreamedCitations(report)
        self._shared = _Shared(self._citations)
        self._findings = _SharedFindings(report.as_of, self._shared)

    def devices(self, rows: Iterable[DeviceRow]) -> Iterator[str]:
        """Yield the devices as JSON."""
        return (_device(row, self._shared, self._findings) for row in rows)

    def part(self, number: int, rows: Iterable[DeviceRow]) -> Iterator[str]:
        """Yield a file with some of the devices, and their places in the inputs."""
        head = {"schema": PART_SCHEMA_ID, "schema_version": SCHEMA_VERSION, "run_id": self._report.run_id}
        yield f'{_line(head | {"part": number})[:-1]},\n"devices":'
        yield from _lines(self.devices(rows))
        yield ',\n"citations":'
        yield from _listed(self._shared.places())
        self._citations.forget_places()
        yield "\n}\n"

    def report(self, devices: Iterator[str], parts: Sequence[Mapping[str, Any]] | None) -> Iterator[str]:
        """Yield the report with these devices, or the names of the parts that have them."""
        sign = "{"
        head: dict[str, Any] = {
            "schema": SCHEMA_ID,
            "schema_version": SCHEMA_VERSION,
            "counts": self._report.counts | self._report.vulnerability_counts,
        }
        for name, value in (head | _fields(self._report)).items():
            if name in {"later", "citations", "plans"}:
                continue  # it is among the counts; they come last; they have their own command
            yield f"{sign}\n{_line(name)}:"
            if name == "devices":
                yield from _lines(devices)
            elif name == "findings":
                yield from _lines(chain(tuple(self._findings.all), map(self._findings.other, value)))
            elif isinstance(value, tuple):
                yield from _listed(map(self._shared.plain, value))
            else:
                yield _line(self._shared.plain(value))
            sign = ","
        if parts is not None:
            yield f"{sign}\n{_line('parts')}:"
            yield from _listed(parts)
        yield f"{sign}\n{_line('reasons')}:"
        yield from _listed(self._shared.reasons())
        yield f"{sign}\n{_line('citations')}:"
        yield from _listed(chain(self._shared.evidence(), self._shared.places()))
        yield "\n}\n"


def _listed(items: Iterable[Any]) -> Iterator[str]:
    """Yield a list that is a direct part of the report, a line for each item."""
    return _lines(map(_line, items))


def _lines(items: Iterable[str]) -> Iterator[str]:
    """Yield items that are JSON already as a list, a line for each."""
    sign = "["
    for item in items:
        yield f"{sign}\n{item}"
        sign = ","
    yield "[]" if sign == "[" else "]"


def _device(device: DeviceRow, shared: "_Shared", findings: "_SharedFindings") -> str:
    """Return a device as JSON, with the number of its finding and the id that the finding has for it."""
    parts = []
    for (key, is_optional), item in zip(_DEVICE_KEYS, _device_values(device), strict=True):
        if item.__class__ is str:  # fast: most fields
            if item or not is_optional:
                parts.append(key + _quoted(item))
        elif item or not is_optional or item not in EMPTY:
            parts.append(key + shared.json(item))
    number, finding_id = findings.of(device)
    parts.append(f'"finding":{number},"finding_id":{_quoted(finding_id)}')
    return f"{{{','.join(parts)}}}"


class _SharedFindings:
    """Findings without duplicates: devices with equal answers on their maker share the first."""

    def __init__(self, as_of: date, shared: "_Shared") -> None:
        self.all: list[str] = []  # as JSON
        self._as_of, self._shared = as_of, shared
        self._numbers: dict[object, int] = {}
        self._by_identity: dict[object, int] = {}  # of the reasons, which the report keeps

    def of(self, device: DeviceRow) -> tuple[int, str]:
        """Return the number of the finding on a device, and the id that the finding has for it."""
        key = (
            id(device.reasons),
            device.maker_id,
            device.brand if device.is_relabelled or not device.maker_id else "",
            bool(device.maker_id or device.brand or device.model or device.mac),
            device.undecided,
            device.confidence,
            device.conflicts,
        )
        number = self._by_identity.get(key)
        if number is None:
            number = self._by_identity[key] = self._number(maker_finding(device, self._as_of))
        return number, maker_finding_id(device, self._as_of)

    def _number(self, finding: Finding) -> int:
        # the last reason is the row of the device, which the device itself cites
        reasons = tuple(map(self._shared.number, finding.reasons[:-1]))
        key = (finding.object, finding.answer, finding.statement, finding.confidence, reasons)
        if key not in self._numbers:
            self._numbers[key] = len(self.all) + 1
            self.all.append(self._json(finding, reasons, {"id", "subject"}))
        return self._numbers[key]

    def other(self, finding: Finding) -> str:
        """Return a finding on a party as JSON."""
        self.all.append(self._json(finding, tuple(map(self._shared.number, finding.reasons)), set()))
        return self.all[-1]

    def _json(self, finding: Finding, reasons: Sequence[int], left_out: Collection[str]) -> str:
        values = {
            name: self._shared.plain(value)
            for name, value in _fields(finding).items()
            if name != "reasons" and name not in left_out
        }
        return _line({"number": len(self.all) + 1, **values, "reasons": list(reasons)})


class _Shared:
    """Values as plain data; reasons and citations by their numbers."""

    def __init__(self, index: StreamedCitations) -> None:
        self._index = index
        self._sentences: dict[Text, dict[str, str]] = {}
        self._numbers: dict[Reason, int] = {}
        self._by_identity: dict[int, int] = {}  # of reasons that devices share; the report keeps them
        self._json: dict[object, str] = {}  # of values that devices share
        self._writers: dict[type[Any], Callable[[Any], Any]] = {
            Text: self._sentence,
            Reason: self.number,
            Citation: index.number,
        }

    def evidence(self) -> Iterator[dict[str, Any]]:
        """Yield every citation of the evidence with its number."""
        for number, citation in enumerate(self._index.evidence, start=1):
            yield {"number": number, **self.of_fields(citation, OPTIONAL)}

    def places(self) -> Iterator[dict[str, Any]]:
        """Yield the places of devices with their numbers; of those in an input, only the first in full."""
        documents: dict[tuple[object, ...], int] = {}
        for number, citation in self._index.places:
            first = documents.setdefault(_document(citation), number)
            if first == number:
                yield {"number": number, **self.of_fields(citation, OPTIONAL)}
            else:
                yield {"number": number, "place": citation.place, "document": first}

    def reasons(self) -> Iterator[dict[str, Any]]:
        """Yield every reason that was referred to, with its number."""
        for reason, number in self._numbers.items():
            yield {"number": number, **self.of_fields(reason)}

    def of_fields(self, value: Any, optional: Collection[str] = ()) -> dict[str, Any]:
        """Return a frozen value as plain data by its fields, without the optional ones that are empty."""
        plain = self.plain
        return {
            name: plain(item)
            for name in _names(value.__class__)
            if (item := getattr(value, name)) not in EMPTY or name not in optional
        }

    def plain(self, value: Any) -> Any:
        """Return a value as JSON has it."""
        kind = value.__class__
        if kind in _SCALARS:
            return value
        if kind is tuple:
            return [self.plain(item) for item in value]
        write = self._writers.get(kind) or self._writers.setdefault(kind, self._writer(kind))
        return write(value)

    def json(self, value: Any) -> str:
        """Return a value of a device as JSON; other values than texts and citations are shared."""
        kind = value.__class__
        if kind is str:
            return _quoted(value)
        if kind is date:
            return f'"{value.isoformat()}"'
        if kind is tuple:
            if not value:
                return "[]"
            if value[0].__class__ is Citation:
                return f"[{','.join([str(self._index.number(citation)) for citation in value])}]"
            key: object = id(value)  # the report keeps it
        else:
            key = (kind, value)
        written = self._json.get(key)
        if written is None:
            written = _line(self.plain(value))
            if len(self._json) < MOST_SHARED:
                self._json[key] = written
        return written

    def _writer(self, kind: type[Any]) -> Callable[[Any], Any]:
        """Return what writes the values of a type."""
        if issubclass(kind, Enum):
            return lambda value: value.value
        if issubclass(kind, date):
            return date.isoformat
        if issubclass(kind, Mapping):
            return lambda value: {key: self.plain(value[key]) for key in sorted(value)}
        return self.of_fields

    def number(self, reason: Reason) -> int:
        """Return the number of a reason, the same for an equal one."""
        number = self._by_identity.get(id(reason))
        if number is None:
            known = len(self._numbers)
            number = self._numbers.setdefault(reason, known + 1)
            if number <= known:  # devices share it
                self._by_identity[id(reason)] = number
        return number

    def _sentence(self, sentence: Text) -> dict[str, str]:
        if sentence not in self._sentences:
            self._sentences[sentence] = {lang.value: words_for(lang).say(sentence) for lang in Language}
        return self._sentences[sentence]


@cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of the fields of a frozen value."""
    return tuple(field.name for field in fields(kind))


def _fields(value: Any) -> dict[str, Any]:
    """Return a frozen value by its fields."""
    return {name: getattr(value, name) for name in _names(value.__class__)}
