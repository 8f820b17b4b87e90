"""Readers of files from outside with their samples, and what counts as a fault."""

import random
import re
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from math import inf
from pathlib import Path

from fuzz_mutations import mutated
from fuzz_samples import OWN, SAMPLE_BYTES, files_of, sample_folder
from invented_lists import ofac_consolidated_set

from overzicht.errors import OverzichtError
from overzicht.isolation import ReaderFaultError, trust_input
from overzicht.sources.inventories.formats.format_reader import format_readers
from overzicht.sources.inventories.registry import kinds, read_inventory, recognise_inventory
from overzicht.sources.lists.registry import READERS as LISTS
from overzicht.sources.lists.registry import WITHOUT_READER, recognised, records_of
from overzicht.sources.partylists import read_party_file
from overzicht.subjects.control_list.sources.definitions import read_definitions
from overzicht.subjects.control_list.sources.list_file import read_control_list
from overzicht.subjects.diligence.law_files import MOST_USES, read_uses
from overzicht.subjects.questions.papers.registry import read_paper
from overzicht.subjects.register.publishing import read_published
from overzicht.subjects.register.statements import read_rows
from overzicht.subjects.tenders.notice_readers import read_notices

SECONDS_PER_100_KB = 2.0
FORMATS = "formats"
DESCRIBED = frozenset(reader.kind for reader in format_readers())
ELSEWHERE = {
    "ftm": ("lists/opensanctions-ftm*/**/*",),
    "uk": ("lists/uk-*/*",),
    "us-cisa-kev": ("vulnerabilities/known*",),
    "cve": ("vulnerabilities/cve/*",),
    "csaf": ("vulnerabilities/csaf/*",),
}
FORESEEN = ("nested too deeply", "not valid Unicode")


@dataclass(frozen=True)
class Reader:
    """A reader under test; `samples` yields the names and bytes of files that it reads.

    `modules` are the modules that read its files, below `overzicht`; a package stands for all in it, and
    `module:function` for a function in it.
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


@cache
def _inventories(folder: Path) -> dict[str, list[tuple[str, bytes]]]:
    """Return the samples of inventories by kind; formats that only differ in their description are one."""
    samples: dict[str, list[tuple[str, bytes]]] = {}
    with tempfile.TemporaryDirectory() as made:
        patterns = ("devices/inputs-*/**/*", "devices/exports/**/*", "examples/**/*", "fixtures/tenders/*",
                    f"{OWN}/**/*")  # fmt: skip
        for name, data in files_of(folder, *patterns):
            path = Path(made) / name
            path.write_bytes(data)
            with suppress(OverzichtError), trust_input():
                kind = recognise_inventory(path).kind
                samples.setdefault(FORMATS if kind in DESCRIBED else kind, []).append((name, data))
    return samples


def _of_kind(kind: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    yield from _inventories(folder).get(kind, [])


def _of_list(list_id: str, folder: Path) -> Iterator[tuple[str, bytes]]:
    where = ELSEWHERE.get(list_id, (f"lists/{list_id}*/**/*",))
    for name, data in files_of(folder, *where, f"{OWN}/**/*"):
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


def _reader(
    name: str, read: Callable[[Path], object], modules: Sequence[str], *patterns: str, **written: bytes
) -> Reader:
    """Return a reader with samples in files, and those that are written here by name."""

    def samples(folder: Path) -> Iterator[tuple[str, bytes]]:
        yield from written.items()
        yield from files_of(folder, *patterns)

    return Reader(name, read, samples, tuple(modules))


USE = b"  - {id: a, title: A, act: use, actor: {name: N, kind: public body, country: NL}, place: NL}\n"


INVENTORY_MODULES = {
    FORMATS: ("formats.description", "formats.reader", "formats.tree", "formats.lines"),
    "nmap-xml": ("nmap.reader", "nmap.xml_scan", "nmap.host"),
    "nmap-text": ("nmap.text_scan",),
    "hikvision-isapi": ("answers.isapi",),
    "dahua-dhip": ("answers.dahua",),
    "onvif": ("answers.onvif",),
    "geojson": ("geojson",),
    "ted-xml": ("tenders.ted", "tenders.naming"),
    "eforms": ("tenders.eforms", "tenders.naming"),
    "ocds": ("tenders.ocds", "tenders.naming"),
    "switch-text": ("switches",),
    "table": ("tables",),
    "tree": ("formats.tree",),
    "text": ("formats.lines",),
    "snmp": ("snmp.reader",),
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
            ("sources.inventories.tenders.readers",),
            "devices/inputs-tenders/**/*",
            "fixtures/tenders/*",
        ),
        _reader(
            "questions", lambda path: read_paper(path.name, path.read_bytes()), ("sources.questions",),
            "kamervragen/[hjox]*/*", "kamervragen/docx/*", "fixtures/questions/*", f"{OWN}/**/*",
        ),
        _reader(
            "control list",
            partial(read_control_list, force=True),
            [f"sources.controllists.{name}" for name in CONTROL],
            "exportcontrol/*.json*",
            f"{OWN}/**/*.json",
        ),
        _reader(
            "definitions",
            partial(read_definitions, force=True),
            ("sources.controllists.definitions",),
            "exportcontrol/*.txt",
            f"{OWN}/**/*.txt",
        ),
        _reader(
            "parties", read_party_file, ("sources.partylists",),
            "devices/inputs-registers/*.csv", "examples/**/*.csv", f"{OWN}/parties/*",
        ),
        _reader(
            "statements", read_rows, ("subjects.register.statements:_rows",),
            "devices/inputs-registers/*statements*.csv",
        ),
        _reader(
            "uses", read_uses, [f"workflows.law.files:{name}" for name in ("uses_of", "_records", "_load")],
            "examples/law/*",
            repeated=b"uses:\n" + 2 * USE,
            alias=b"uses:\n  - &use {id: a}\n  - *use\n",
            many=b"uses:\n" + (MOST_USES + 1) * b"  - {}\n",
        ),
        _reader(
            "published register", read_published,
            [f"subjects.register.publishing:{name}" for name in ("parse_published", "_first")],
            f"{OWN}/**/*.json",
        ),
    )
}  # fmt: skip
__all__ = ["OWN", "READERS", "Report", "attempt", "fuzz", "mutated", "sample_folder", "trust_input"]
