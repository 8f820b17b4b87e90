"""Run the `console` blocks of the documentation, compare them with what is printed, or write it into them.

    python tools/console_blocks.py           run all blocks; write the new output where it differs
    python tools/console_blocks.py --check   write nothing; end with 1 and show what differs
    python tools/console_blocks.py --dutch   run nothing; copy the blocks of English pages to Dutch ones

In a block a line `$ overzicht …` or `$ make …` is run; what follows is what it prints, up to the next `$`.
A line `…` in the output stands for any number of lines. Days, hashes and ids are not compared. `make test`
is not run but asked what it would do; its output is written by hand. Every document starts with an empty
home, in a folder that looks like the checkout. A guide that says "This guide continues [another](page.md)"
starts with the home that the commands of that guide leave behind. A page in `docs/nl` gets the blocks of its
English version.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from preloaded import running

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    Path("README.md"),
    Path("docs/tutorial/first-overview.md"),
    Path("docs/tutorial/compliance-officer.md"),
    Path("docs/tutorial/licensing-officer.md"),
    Path("docs/tutorial/run-a-round.md"),
    Path("docs/how-to/classify-a-product.md"),
    Path("docs/how-to/classify-with-open-questions.md"),
    Path("docs/how-to/same-party.md"),
    Path("docs/how-to/run-the-service.md"),
    Path("docs/how-to/do-due-diligence.md"),
    Path("docs/how-to/judge-risks.md"),
    Path("docs/how-to/report-due-diligence.md"),
    Path("docs/how-to/keep-the-register.md"),
    Path("docs/how-to/plan-replacements.md"),
    Path("docs/how-to/merge-registers.md"),
    Path("docs/how-to/hand-on-the-data.md"),
    Path("docs/how-to/read-parliamentary-questions.md"),
    Path("docs/how-to/find-mentions.md"),
    Path("docs/how-to/read-tenders.md"),
    Path("docs/how-to/answer-questions.md"),
    Path("docs/how-to/answer-your-own-questions.md"),
    Path("docs/how-to/assess-a-use.md"),
    Path("docs/how-to/describe-a-use.md"),
    Path("docs/how-to/keep-a-dossier.md"),
    Path("docs/how-to/write-a-dossier.md"),
)
CONTINUES = re.compile(r"^This guide continues \[[^\]]+\]\(([^)]+)\)", re.MULTILINE)
BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
LINKED = (
    "Makefile", "examples", "tools", "pyproject.toml", "requirements.lock", "requirements-dev.lock",
    "setup.py", "kernels", "src",
)  # fmt: skip
STAMPS = {"STAMP": "installed", "DEV_STAMP": "installed-dev"}  # make takes what they stand for as done
ELISION = "…"
PROGRAMS = ("overzicht", "make")
MASKS = (
    (re.compile(r"\b\d{4}-\d{2}-\d{2}(T[\d:+]+)?"), "DAY"),
    (re.compile(r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b"), "DAY"),
    (re.compile(r"\bmaker-device-[0-9a-f]{16}-[0-9a-f]{8}\b"), "maker-device-ID"),
    (re.compile(r"\b(run|maker|listing|ownership|legal-effect|device)-[0-9a-f]{10,}\b"), r"\1-ID"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "HASH"),
    (re.compile(r"\b[\d,]+ records\b"), "NUMBER records"),  # a list that was fetched, which grows
)


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a block and the output that the document gives; `line` is its place, from 0."""

    line: int
    command: str
    output: tuple[str, ...]

    @property
    def is_runnable(self) -> bool:
        """Whether it is one of our commands."""
        return self.command.split()[0] in PROGRAMS


def steps_in(text: str) -> list[Step]:
    """Return the steps of all `console` blocks of a document, in order."""
    steps: list[Step] = []
    is_inside = False
    for number, line in enumerate(text.splitlines()):
        if line.startswith("```"):
            is_inside = line.strip() == "```console"
        elif is_inside and line.startswith("$ "):
            steps.append(Step(number, line[2:], ()))
        elif is_inside and steps:
            last = steps[-1]
            steps[-1] = Step(last.line, last.command, (*last.output, line))
    return steps


class Scratch:
    """A folder that looks like the checkout, with an empty home; commands run there."""

    def __init__(
        self, folder: Path, extra: Mapping[str, str] | None = None, program: Path | None = None
    ) -> None:
        """Make the folder look so; `program` is the folder of another `overzicht`."""
        self.folder = folder
        for name in LINKED:
            (folder / name).symlink_to(ROOT / name)
        self._bin = Path(sys.executable).parent
        for stamp in STAMPS.values():
            (folder / stamp).touch()
        # A mirror may be given to try the step that fetches; nothing else of the caller's settings counts,
        # nor that `make` called us: a second one would print the folder that it enters.
        kept = {
            name: value
            for name, value in os.environ.items()
            if name == "OVERZICHT_MIRROR" or not name.startswith(("OVERZICHT_", "MAKE", "MFLAGS"))
        }
        path = ":".join([*([str(program)] if program else []), str(self._bin), os.environ["PATH"]])
        self._environment = {
            **kept, "OVERZICHT_HOME": str(folder / "home"), "PATH": path,
            "PYTHONUNBUFFERED": "1", **(extra or {}),
        }  # fmt: skip

    def run(self, command: str) -> list[str]:
        """Return the lines that a command prints, errors among them."""
        if command.startswith("make"):
            # The environment that runs this is set up already; make need not do it again.
            command += f" BIN={self._bin} " + " ".join(f"{name}={file}" for name, file in STAMPS.items())
        if command.startswith("make test"):
            command += " --dry-run"  # the tests do not run themselves
        done = subprocess.run(
            ["bash", "-c", command], cwd=self.folder, env=self._environment, text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.stdout.rstrip("\n").splitlines()


def masked(line: str) -> str:
    """Return a line with what changes from day to day, or from machine to machine, taken out."""
    for pattern, word in MASKS:
        line = pattern.sub(word, line)
    return line.rstrip()


def fits(documented: tuple[str, ...], printed: list[str]) -> bool:
    """Return whether the documented output equals the printed one, except masked and omitted parts."""
    expected, actual = [masked(line) for line in documented], [masked(line) for line in printed]
    head, *others = _parts(expected)
    if not others:
        return expected == actual
    at, tail = len(head), others.pop()
    if actual[:at] != head or (tail and actual[-len(tail) :] != tail):
        return False
    last = len(actual) - len(tail)
    for part in others:
        places = range(at, last - len(part) + 1)
        place = next((start for start in places if actual[start : start + len(part)] == part), None)
        if place is None:
            return False
        at = place + len(part)
    return at <= last


def _parts(lines: list[str]) -> list[list[str]]:
    """Return the lines between those that stand for any number of lines."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == ELISION:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


def shortened(documented: tuple[str, ...], printed: list[str]) -> list[str]:
    """Return the printed output with as many lines at both ends as the document shows.

    What a document shows between two lines `…` is chosen by hand: such an output is left as it is.
    """
    if ELISION not in documented:
        return printed
    if documented.count(ELISION) > 1:
        return list(documented)
    cut = documented.index(ELISION)
    tail = len(documented) - cut - 1
    return [*printed[:cut], ELISION, *(printed[-tail:] if tail else [])]


def continued_by(path: Path) -> Path | None:
    """Return the guide whose commands must run before those of a guide; None if it needs no other."""
    link = CONTINUES.search((ROOT / path).read_text(encoding="utf-8"))
    return (ROOT / path.parent / link[1]).resolve().relative_to(ROOT) if link else None


def prepare(path: Path, scratch: Scratch) -> None:
    """Run the commands of the guides that a guide continues."""
    before = continued_by(path)
    if before is not None:
        prepare(before, scratch)
        for step in steps_in((ROOT / before).read_text(encoding="utf-8")):
            if step.is_runnable:
                scratch.run(step.command)


def faults(path: Path, scratch: Scratch) -> Iterator[tuple[Step, list[str]]]:
    """Yield each step of a document whose output is not as documented, with what it prints."""
    prepare(path, scratch)
    for step in steps_in((ROOT / path).read_text(encoding="utf-8")):
        if not step.is_runnable:
            continue
        printed = scratch.run(step.command)
        if step.command.startswith("make test"):
            if not any("pytest" in line for line in printed):
                yield step, printed
        elif not fits(step.output, printed):
            yield step, printed


def rewrite(path: Path, differences: list[tuple[Step, list[str]]]) -> None:
    """Put what is printed in the place of what the document gives."""
    lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
    for step, printed in sorted(differences, key=lambda pair: -pair[0].line):
        start = step.line + 1
        lines[start : start + len(step.output)] = shortened(step.output, printed)
    (ROOT / path).write_text("\n".join(lines) + "\n", encoding="utf-8")


def with_blocks_of(text: str, original: str) -> str:
    """Return a translated page with the fenced blocks of the original, in order."""
    blocks = iter(BLOCK.findall(original))
    return BLOCK.sub(lambda block: next(blocks, block[0]), text)


def copy_to_dutch() -> None:
    """Give each Dutch page the blocks of its English version."""
    for dutch in sorted((ROOT / "docs/nl").rglob("*.md")):
        original = (ROOT / "docs" / dutch.relative_to(ROOT / "docs/nl")).read_text(encoding="utf-8")
        dutch.write_text(with_blocks_of(dutch.read_text(encoding="utf-8"), original), encoding="utf-8")


def main(arguments: list[str]) -> int:
    code = 0
    if "--dutch" in arguments:
        copy_to_dutch()
        return code
    for path in DOCUMENTS:
        with tempfile.TemporaryDirectory() as folder, running() as program:
            differences = list(faults(path, Scratch(Path(folder), program=program)))
        for step, printed in differences:
            print(f"{path}:{step.line + 1}: {step.command}")
            if "--check" in arguments:
                print("\n".join(f"    {line}" for line in printed))
        if differences and "--check" in arguments:
            code = 1
        elif differences:
            rewrite(path, differences)
    if "--check" not in arguments:
        copy_to_dutch()
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
