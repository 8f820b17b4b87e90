"""One reader under atheris: a corpus that grows by coverage, and the branches that it reaches.

usage: python bench/fuzz_reader.py grow|measure NAME --samples FOLDER --out FOLDER [--inputs N] [--seed N]
An input is the name of a file, a line end, and its bytes. `grow` keeps each input that reaches a new branch
in OUT/corpus, and the faults in OUT/report.json; it goes on where an earlier run stopped. `measure` reads
the corpus under coverage.py, and prints the branches of each module and the faults as JSON.
"""

import argparse
import hashlib
import json
import os
import pkgutil
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
LARGEST = 30_000  # bytes of an input
FLAGS = (  # of libFuzzer: the time and the memory are watched here
    f"-max_len={LARGEST}", "-len_control=0", "-timeout=100000", "-rss_limit_mb=0", "-detect_leaks=0",
    "-verbosity=0", "-reload=0",
)  # fmt: skip
REPORT = "report.json"
REPORT_EVERY = 500


def main() -> int:
    """Grow or measure the corpus of one reader."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=("grow", "measure"))
    options.add_argument("name")
    options.add_argument("--samples", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    (given.out / "corpus").mkdir(parents=True, exist_ok=True)
    (_grow if given.task == "grow" else _measure)(given)
    return 0


def _grow(given: argparse.Namespace) -> None:
    """Run atheris until the number of inputs is reached; it ends the process."""
    import atheris  # noqa: PLC0415 - not installed everywhere

    with atheris.instrument_imports(include=["overzicht.sources"], enable_loader_override=False):
        fuzzing = _reading_modules()
    reader = fuzzing.READERS[given.name]
    samples = sorted(reader.samples(given.samples))
    for name, data in samples:
        content = _joined(name, data)
        (given.out / "corpus" / hashlib.sha1(content).hexdigest()).write_bytes(content)  # noqa: S324
    earlier = given.out / REPORT
    report = fuzzing.Report(given.name, samples=len(samples))
    if earlier.exists():
        report = fuzzing.Report(**json.loads(earlier.read_text(encoding="utf-8")))
    folder = Path(tempfile.mkdtemp())
    for name, data in samples[:1]:  # imports are not part of the time
        fuzzing.attempt(reader, folder, name, data, fuzzing.Report(given.name))
    limits = fuzzing.trust_input()
    limits.__enter__()

    def attempt(content: bytes) -> None:
        name, data = _parted(content)
        fuzzing.attempt(reader, folder, name, data, report)
        report.inputs += 1
        if report.inputs >= given.inputs or report.inputs % REPORT_EVERY == 0:
            (given.out / REPORT).write_text(json.dumps(vars(report), indent=1), encoding="utf-8")
        if report.inputs >= given.inputs:
            os._exit(0)

    def mutate(content: bytes, largest: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - no secret
        name, data = _parted(content)
        if not name:
            name, data = chance.choice(samples)
        elif chance.random() < 0.1:
            data = atheris.Mutate(data, min(largest, len(data) + 64))
        else:
            data = fuzzing.mutated(data, chance.choice(samples)[1], chance)
        return _joined(name, data)[:largest]

    flags = [f"-seed={given.seed + report.inputs}", *FLAGS]
    atheris.Setup([sys.argv[0], *flags, str(given.out / "corpus")], attempt, custom_mutator=mutate)
    atheris.Fuzz()


def _reading_modules() -> Any:
    """Import every module that can take part in reading, and return the readers under test."""
    import overzicht.sources  # noqa: PLC0415 - inside the instrumentation

    for module in pkgutil.walk_packages(overzicht.sources.__path__, "overzicht.sources."):
        import_module(module.name)
    return import_module("fuzzing")


def _measure(given: argparse.Namespace) -> None:
    """Read the corpus, and print the branches of the modules that were entered: those taken, and all."""
    import coverage  # noqa: PLC0415 - not installed everywhere

    watch = coverage.Coverage(branch=True, include=["*/overzicht/*"], data_file=None)
    watch.start()
    fuzzing = import_module("fuzzing")
    reader = fuzzing.READERS[given.name]
    start = time.process_time()
    with fuzzing.trust_input(), tempfile.TemporaryDirectory() as folder:
        report = fuzzing.Report(given.name)
        for name, data in _corpus(given, reader):
            fuzzing.attempt(reader, Path(folder), name, data, report)
    watch.stop()
    modules = {}
    for file in sorted(watch.get_data().measured_files()):
        if not _module(file).startswith(("sources.", *reader.modules)):
            continue
        analysis = watch._analyze(file)  # noqa: SLF001 - the library has no other way
        missing = {str(line): sorted(ends) for line, ends in analysis.missing_branch_arcs().items()}
        numbers = analysis.numbers
        modules[_module(file)] = {
            "taken": numbers.n_executed_branches, "branches": numbers.n_branches, "missing": missing
        }  # fmt: skip
    print(json.dumps({"modules": modules, "faults": report.faults, "seconds": time.process_time() - start}))


def _corpus(given: argparse.Namespace, reader: Any) -> Iterator[tuple[str, bytes]]:
    yield from sorted(reader.samples(given.samples))
    for path in sorted((given.out / "corpus").iterdir()):
        yield _parted(path.read_bytes())


def _module(file: str) -> str:
    return file.rpartition("/overzicht/")[2].removesuffix(".py").replace("/", ".")


def _joined(name: str, data: bytes) -> bytes:
    return name.encode() + b"\n" + data


def _parted(content: bytes) -> tuple[str, bytes]:
    name, _, data = content.partition(b"\n")
    with suppress(UnicodeDecodeError):
        return name.decode(), data
    return "", data


if __name__ == "__main__":
    sys.exit(main())
