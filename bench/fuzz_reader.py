"""Readers under atheris: a corpus of each that grows by coverage, and the branches that they reach.

usage: python bench/fuzz_reader.py grow|measure NAME… --samples FOLDER --out FOLDER [--inputs N] [--seed N]
An input is the name of a file, a line end, and its bytes. `grow` keeps each input that reaches a new branch
in OUT/NAME/corpus, and the faults in OUT/NAME/report.json; it continues an earlier run. `measure`
reads the corpus under coverage.py, and writes the branches of each function to OUT/NAME/branches.json.
"""

import argparse
import ast
import gc
import hashlib
import json
import os
import pkgutil
import random
import sys
import tempfile
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
    """Grow or measure the corpora of readers, each in a copy of a process that has imported them."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=("grow", "measure"))
    options.add_argument("names", nargs="+")
    options.add_argument("--samples", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--inputs", type=int, default=20_000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    run = _grow if given.task == "grow" else _measure
    library = import_module("atheris" if given.task == "grow" else "coverage")
    if given.task == "grow":
        with library.instrument_imports(include=["overzicht.sources"], enable_loader_override=False):
            fuzzing = _reading_modules()
    else:
        library = library.Coverage(branch=True, include=["*/overzicht/*"], data_file=None)
        library.start()
        fuzzing = _reading_modules()
    gc.freeze()  # modules are not garbage; a third of the time would go into looking at them
    for name in given.names:
        out = given.out / name.replace(" ", "-")
        (out / "corpus").mkdir(parents=True, exist_ok=True)
        if (pid := os.fork()) == 0:
            run(library, fuzzing, fuzzing.READERS[name], out, given)
            os._exit(0)
        os.waitpid(pid, 0)
    return 0


def _grow(atheris: Any, fuzzing: Any, reader: Any, out: Path, given: argparse.Namespace) -> None:
    """Run atheris until the number of inputs is reached; it ends the process."""
    samples = sorted(reader.samples(given.samples))
    for name, data in samples:
        content = _joined(name, data)
        (out / "corpus" / hashlib.sha1(content).hexdigest()).write_bytes(content)  # noqa: S324
    report = _report(fuzzing, reader, out)
    report.samples = len(samples)
    if report.inputs >= given.inputs:
        return
    folder = Path(tempfile.mkdtemp())
    for name, data in samples[:1]:  # imports are not part of the time
        fuzzing.attempt(reader, folder, name, data, fuzzing.Report(reader.name))

    def attempt(content: bytes) -> None:
        name, data = _parted(content)
        fuzzing.attempt(reader, folder, name, data, report)
        report.inputs += 1
        if report.inputs >= given.inputs or report.inputs % REPORT_EVERY == 0:
            (out / REPORT).write_text(json.dumps(vars(report), indent=1), encoding="utf-8")
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
    with fuzzing.trust_input():
        atheris.Setup([sys.argv[0], *flags, str(out / "corpus")], attempt, custom_mutator=mutate)
        atheris.Fuzz()


def _report(fuzzing: Any, reader: Any, out: Path) -> Any:
    """Return the report of an earlier run, or an empty one."""
    earlier = out / REPORT
    values = json.loads(earlier.read_text(encoding="utf-8")) if earlier.exists() else {"reader": reader.name}
    return fuzzing.Report(**values)


def _reading_modules() -> Any:
    """Import every module that can take part in reading, and return the readers under test."""
    import overzicht.sources  # noqa: PLC0415 - inside the instrumentation

    for module in pkgutil.walk_packages(overzicht.sources.__path__, "overzicht.sources."):
        import_module(module.name)
    return import_module("fuzzing")


def _measure(watch: Any, fuzzing: Any, reader: Any, out: Path, given: argparse.Namespace) -> None:
    """Read the corpus, and write the branches of the modules that were entered: those taken, and all."""
    report = _report(fuzzing, reader, out)
    samples = sorted(reader.samples(given.samples))
    report.samples = len(samples)
    with fuzzing.trust_input(), tempfile.TemporaryDirectory() as folder:
        for name, data in [*samples, *_corpus(out)]:
            fuzzing.attempt(reader, Path(folder), name, data, report)
    watch.stop()
    own = {owner.partition(":")[0] for owner in reader.modules}
    modules = {}
    for file in sorted(watch.get_data().measured_files()):
        if _module(file).startswith(("sources.", *own)):
            modules |= _branches(watch._analyze(file), file)  # noqa: SLF001 - the library has no other way
    content = json.dumps({"modules": modules, "report": vars(report)}, indent=1)
    (out / "branches.json").write_text(content, encoding="utf-8")


def _branches(analysis: Any, file: str) -> dict[str, dict[str, Any]]:
    """Return the branches of the functions of a module, as `module:function`."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    missing = analysis.missing_branch_arcs()
    branches: dict[str, dict[str, Any]] = {}
    for line, (count, _) in analysis.branch_stats().items():
        name = next((f.name for f in functions if f.lineno <= line <= (f.end_lineno or 0)), "")
        part = branches.setdefault(f"{_module(file)}:{name}", {"branches": 0, "missing": []})
        part["branches"] += count
        part["missing"] += [(line, end) for end in sorted(missing.get(line, ()))]
    return branches


def _corpus(out: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted((out / "corpus").iterdir()):
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
