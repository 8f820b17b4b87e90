"""Mutations of samples for the readers, and what counts as a fault; shared by the tests and bench/fuzz.py."""

import gzip
import io
import random
import re
import signal
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from math import inf
from pathlib import Path

from invented_lists import ofac_consolidated_set
from lxml import etree

from overzicht.errors import OverzichtError
from overzicht.isolation import ReaderFaultError, trust_input
from overzicht.sources.controllists.definitions import read_definition_file
from overzicht.sources.controllists.reader import read_control_file
from overzicht.sources.inventories.formats.reader import format_readers
from overzicht.sources.inventories.registry import kinds, read_inventory, recognise_inventory
from overzicht.sources.inventories.tenders.readers import read_notices
from overzicht.sources.lists.registry import READERS as LISTS
from overzicht.sources.lists.registry import WITHOUT_READER, recognised, records_of
from overzicht.sources.partylists import read_party_file
from overzicht.sources.questions.registry import read_questions
from overzicht.workflows.law.files import read_uses
from overzicht.workflows.register.publishing import read_published
from overzicht.workflows.register.statements import read_rows

SECONDS_PER_100_KB = 2.0
SAMPLE_BYTES = 4_000
LARGEST_SAMPLE = 200_000_000  # bytes of the largest file whose start is a sample
OWN = "tests"  # folder with files that tests of readers wrote
HOSTILE = (
    *(word.encode() for word in (
        "", " ", "0", "-1", "9" * 400, "1e999", "NaN", "null", "true", "{}", "[]", '"', "'", "<", ">", "&",
        "&#0;", "&amp;", "<o:p>", "\\ud800", "\x00", "\ufeff", ";", ",", "\t", "\r", "\n\n", "%s", "{0}", "{",
        "2024-02-30", "31-31-31", "0000-00-00", "0001-01-01", "9999-12-31", "20240230", "(" * 500, "[" * 500,
        " " * 500, "a" * 5000, "<a>" * 50, '{"a":' * 50, "١٢", "½", "=1+1", "://", "http://", "..", "/",
        "00:00:00:00:00:00", "ff:ff", "-0-", "n/a",
    )),
    b"\xff", b"\xed\xa0\x80",
)  # fmt: skip
TOKEN = re.compile(rb"[A-Za-z0-9_.:/+-]+")
FORMATS = "formats"
DESCRIBED = frozenset(reader.kind for reader in format_readers())
FORESEEN = ("nested too deeply", "not valid Unicode")


@dataclass(frozen=True)
class Reader:
    """A reader under test; `samples` yields the names and bytes of files that it reads.

    `modules` are the modules of this reader alone, below `overzicht`; a package stands for all in it.
    `together` are files that are read as one, through the first of them.
    """

    name: str
    read: Callable[[Path], object]
    samples: Callable[[Path], Iterator[tuple[str, bytes]]]
    modules: tuple[str, ...] = ()
    together: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Report:
    """Outcome for one reader; `faults` are distinct faults with an input that shows each."""

    reader: str
    inputs: int = 0
    samples: int = 0
    read: int = 0
    slowest: float = 0.0
    outcomes: int = 0
    faults: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return one line, and a line for each fault."""
        head = (
            f"{self.reader}: {self.inputs} inputs of {self.samples} samples, {self.read} read, "
            f"{self.outcomes} outcomes, slowest {self.slowest:.2f} s, {len(self.faults)} faults"
        )
        return "\n".join([head, *(f"  {fault}: {shown}" for fault, shown in self.faults.items())])


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """Return a mutation of a file; one that is packed is mutated inside."""
    if data.startswith(b"PK\x03\x04") and chance.random() < 0.9:
        with suppress(zipfile.BadZipFile, RuntimeError, ValueError, zlib.error, EOFError):
            return _mutated_archive(data, other, chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        data = chance.choice(MUTATORS)(data, other, chance)
    return data[: 4 * SAMPLE_BYTES]


def _mutated_archive(data: bytes, other: bytes, chance: random.Random) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    name = chance.choice([name for name in members if name.endswith((".xml", ".rels"))] or sorted(members))
    members[name] = mutated(members[name], other, chance)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return made.getvalue()


def _token(data: bytes, _: bytes, chance: random.Random) -> bytes:
    spots = [match.span() for match in TOKEN.finditer(data)]
    if not spots:
        return data + chance.choice(HOSTILE)
    start, end = chance.choice(spots)
    return data[:start] + chance.choice(HOSTILE) + data[end:]


def _copy_token(data: bytes, other: bytes, chance: random.Random) -> bytes:
    words: list[bytes] = TOKEN.findall(other) or [b"x"]
    spots = [match.span() for match in TOKEN.finditer(data)] or [(0, 0)]
    start, end = chance.choice(spots)
    return data[:start] + chance.choice(words) + data[end:]


def _insert(data: bytes, _: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(HOSTILE) + data[at:]


def _flip(data: bytes, _: bytes, chance: random.Random) -> bytes:
    if not data:
        return b"\x80"
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + 1 :]


def _pieces(data: bytes) -> list[bytes]:
    return re.split(rb"(?<=\n)|(?=<)|(?<=[{}\[\],;])", data)


def _remove(data: bytes, _: bytes, chance: random.Random) -> bytes:
    pieces = _pieces(data)
    at, count = chance.randrange(len(pieces)), chance.choice((1, 1, 2, 5))
    return b"".join(pieces[:at] + pieces[at + count :])


def _repeat(data: bytes, _: bytes, chance: random.Random) -> bytes:
    pieces = _pieces(data)
    at = chance.randrange(len(pieces))
    end = min(len(pieces), at + chance.choice((1, 2, 5, 20)))
    return b"".join(pieces[:end] + pieces[at:end] * chance.choice((1, 1, 3, 30)) + pieces[end:])


def _swap(data: bytes, _: bytes, chance: random.Random) -> bytes:
    pieces = _pieces(data)
    first, last = chance.randrange(len(pieces)), chance.randrange(len(pieces))
    pieces[first], pieces[last] = pieces[last], pieces[first]
    return b"".join(pieces)


def _splice(data: bytes, other: bytes, chance: random.Random) -> bytes:
    pieces, others = _pieces(data), _pieces(other)
    at, start = chance.randrange(len(pieces) + 1), chance.randrange(len(others))
    return b"".join(pieces[:at] + others[start : start + chance.choice((1, 3, 10))] + pieces[at:])


def _cut(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _wide(data: bytes, _: bytes, chance: random.Random) -> bytes:
    return data.decode("latin-1").encode(chance.choice(("utf-16", "utf-8-sig", "utf-32", "utf-16-be")))


MUTATORS = (
    *(_token,) * 4, *(_copy_token, _insert, _remove, _repeat) * 2, _flip, _swap, _splice, _cut, _wide
)  # fmt: skip


def fuzz(reader: Reader, inputs: int, seed: int, folder: Path, seconds: float = inf) -> Report:
    """Return the outcome of this number of mutated inputs; the same seed and samples give the same inputs.

    An input with a new outcome (an error by its words, or a count of records) is mutated further. `seconds`
    of processor time end it.
    """
    chance = random.Random(f"{reader.name} {seed}")  # noqa: S311 - no secret
    corpus = list(reader.samples(folder))
    report = Report(reader.name, samples=len(corpus))
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as made, trust_input():
        for name, data in corpus[:1]:  # imports are not part of the time
            attempt(reader, Path(made), name, data, Report(reader.name))
        start = time.process_time()
        for number in range(inputs if corpus else 0):
            if time.process_time() - start > seconds:
                break
            name, data = chance.choice(corpus)
            if number >= report.samples:
                data = mutated(data, chance.choice(corpus)[1], chance)
            else:
                name, data = corpus[number]
            outcome = attempt(reader, Path(made), name, data, report)
            outcomes[outcome] += 1
            if outcomes[outcome] == 1 and len(data) < 2 * SAMPLE_BYTES:
                corpus.append((name, data))
    report.inputs, report.outcomes = sum(outcomes.values()), len(outcomes)
    return report


def attempt(reader: Reader, folder: Path, name: str, data: bytes, report: Report) -> str:
    """Read a file with this name and content, add what happens to the report, and return it in words."""
    files = (reader.together if name in reader.together else {}) | {name or "unnamed": data}
    for other, content in files.items():
        (folder / other).write_bytes(content)
    path = folder / next(iter(files))
    start = time.process_time()
    fault = ""
    try:
        with _alarm(10):
            outcome = f"read {_size(reader.read(path))}"
            report.read += 1
    except ReaderFaultError as error:
        outcome = error.reason
        fault = "" if any(words in error.reason for words in FORESEEN) else error.reason
    except OverzichtError as error:
        outcome = re.sub(r"\d+|['\"“].*?['\"”]", "#", error.message)[:120]
    except Exception as error:
        outcome = fault = f"{type(error).__name__}: {error}"[:200]
    seconds = time.process_time() - start
    for other in files:
        (folder / other).unlink()
    report.slowest = max(report.slowest, seconds)
    if seconds > SECONDS_PER_100_KB * max(1.0, len(data) / 100_000):
        fault = fault or f"{seconds:.1f} s for {len(data)} bytes"
    if fault and len(report.faults) < 50:
        report.faults.setdefault(fault, repr(data[:300]))
    return outcome


@contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    def late(*_: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _size(result: object) -> int:
    for name in ("sightings", "papers", "notices", "queries", "devices"):
        if hasattr(result, name):
            return len(getattr(result, name) or ())
    return len(result) if isinstance(result, list | tuple) else 1


def sample_folder(shared: Path, root: Path, folder: Path) -> Path:
    """Fill a folder with links to the real files in `shared` and those of the project; returns it.

    A folder `tests` in it may hold files that tests of readers wrote.
    """
    for name in ("devices", "lists", "kamervragen", "exportcontrol"):
        (folder / name).symlink_to((shared / name).resolve())
    for name in ("examples", "tests/fixtures"):
        (folder / Path(name).name).symlink_to((root / name).resolve())
    return folder


def shortened(path: Path) -> bytes:
    """Return the start of a file as a whole one: rows of a table, elements of a document."""
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
        data = file.read(20 * SAMPLE_BYTES)
    if len(data) <= SAMPLE_BYTES or data.startswith(b"PK"):
        return data if len(data) < 20 * SAMPLE_BYTES else b""
    if data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"<"):
        root = etree.fromstring(data[:SAMPLE_BYTES], etree.XMLParser(recover=True, huge_tree=False))
        return b"" if root is None else etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return data[: data.rfind(b"\n", 0, SAMPLE_BYTES) + 1] or data[:SAMPLE_BYTES]


def _files(folder: Path, *patterns: str) -> Iterator[tuple[str, bytes]]:
    paths = sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
    seen = set()
    for path in paths:
        if path.suffix in {".md", ".toml"} or path.stat().st_size > LARGEST_SAMPLE:
            continue
        if (data := shortened(path)) and data not in seen:
            seen.add(data)
            yield path.name.removesuffix(".gz"), data


@cache
def _inventories(folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Return the samples of inventories by kind; formats that only differ in their description are one."""
    samples: dict[str, list[tuple[str, bytes]]] = {}
    with tempfile.TemporaryDirectory() as made:
        patterns = ("devices/inputs-*/**/*", "devices/exports/**/*", "examples/**/*", f"{OWN}/**/*")
        for name, data in _files(folder, *patterns):
            path = Path(made) / name
            path.write_bytes(data)
            with suppress(OverzichtError), trust_input():
                kind = recognise_inventory(path).kind
                samples.setdefault(FORMATS if kind in DESCRIBED else kind, []).append((name, data))
    return samples


def _of_kind(kind: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    yield from _inventories(folder).get(kind, [])


def _of_list(list_id: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    where = {"ftm": "opensanctions-ftm"}.get(list_id, list_id)
    patterns = (f"lists/{where}*/**/*", f"{OWN}/**/*", *(("lists/uk-*/*",) if list_id == "uk" else ()))
    for name, data in _files(folder, *patterns):
        with tempfile.TemporaryDirectory() as made:
            path = Path(made) / name
            path.write_bytes(data)
            with suppress(OverzichtError), trust_input():
                recognised(path, list_id)
                yield name, data


def _read_list(list_id: str, path: Path) -> list[object]:
    """Return the records of a list in the layout that its name and content show."""
    _, layout = recognised(path, list_id)
    records: list[object] = list(records_of(path, list_id, layout))
    return records


def _list_reader(list_id: str) -> Reader:
    modules = (f"sources.lists.{list_id.replace('-', '_')}",)
    together = ofac_consolidated_set(entries=9) if list_id == "us-ofac" else {}

    def samples(folder: Path) -> Iterator[tuple[str, bytes]]:
        yield from together.items()
        yield from _of_list(list_id, folder)

    return Reader(f"list {list_id}", partial(_read_list, list_id), samples, modules, together)


def _inventory_reader(kind: str) -> Reader:
    read = read_inventory if kind == FORMATS else partial(read_inventory, kind=kind)
    modules = tuple(f"sources.inventories.{name}" for name in INVENTORY_MODULES[kind])
    return Reader(f"inventory {kind}", read, partial(_of_kind, kind), modules)


def _reader(name: str, read: Callable[[Path], object], modules: Sequence[str], *patterns: str) -> Reader:
    return Reader(name, read, lambda folder: _files(folder, *patterns), tuple(modules))


INVENTORY_MODULES = {
    FORMATS: ("formats.description", "formats.reader"),
    "nmap-xml": ("nmap.reader", "nmap.xml_scan", "nmap.scripts", "nmap.host"),
    "nmap-text": ("nmap.text_scan",),
    "hikvision-isapi": ("answers.isapi",),
    "dahua-dhip": ("answers.dahua",),
    "onvif": ("answers.onvif",),
    "geojson": ("geojson",),
    "ted-xml": ("tenders.ted",),
    "eforms": ("tenders.eforms",),
    "ocds": ("tenders.ocds",),
    "table": ("tables",),
    "tree": ("formats.tree",),
    "text": ("formats.lines",),
}
CONTROL = ("reader", "whole_form", "rows_form", "repair")
READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        *(_inventory_reader(kind) for kind in (FORMATS, *kinds()) if kind not in DESCRIBED),
        *(_list_reader(list_id) for list_id in LISTS if list_id not in WITHOUT_READER),
        _reader(
            "notices",
            read_notices,
            ("sources.inventories.tenders.readers", "sources.inventories.tenders.naming"),
            "devices/inputs-tenders/**/*",
        ),
        _reader(
            "questions", read_questions, ("sources.questions",),
            "kamervragen/[hjox]*/*", "kamervragen/docx/*", "fixtures/questions/*", f"{OWN}/**/*",
        ),
        _reader(
            "control list",
            partial(read_control_file, force=True),
            [f"sources.controllists.{name}" for name in CONTROL],
            "exportcontrol/*.json*",
            f"{OWN}/**/*.json",
        ),
        _reader(
            "definitions",
            partial(read_definition_file, force=True),
            ("sources.controllists.definitions",),
            "exportcontrol/*.txt",
            f"{OWN}/**/*.txt",
        ),
        _reader(
            "parties", read_party_file, ("sources.partylists",),
            "devices/inputs-registers/*.csv", "examples/**/*.csv", f"{OWN}/test_party*/**/*",
        ),
        _reader(
            "statements", read_rows, ("workflows.register.statements",),
            "devices/inputs-registers/*statements*.csv",
        ),
        _reader("uses", read_uses, ("workflows.law.files",), "examples/law/*"),
        _reader(
            "published register", read_published, ("workflows.register.publishing",), "examples/registers/*"
        ),
    )
}  # fmt: skip
__all__ = ["OWN", "READERS", "Report", "attempt", "fuzz", "mutated", "sample_folder", "trust_input"]
