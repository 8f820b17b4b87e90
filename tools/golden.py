"""Golden outputs: what the product prints and serves, as text files, to compare before and after a change.

python tools/golden.py store FOLDER [--checkout DIR]   run the product of a checkout, a file for each output
python tools/golden.py compare OLD NEW                 print what differs; exit code 1 if anything does

The product is the one in `.venv` of the checkout. It is asked by its commands and over HTTP only, so an older
commit answers as well. What is asked is in `golden.yml`, all invented. The clock is moved to one time (by
a small library, made with `cc`), so the day of a run makes no difference. Times of day, ids that are drawn by
chance, hashes of what has a time, tokens, paths and ports are replaced by words: a value that occurs twice in
a file keeps its number, so two runs of one commit are equal.
"""

import argparse
import difflib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import preloaded
import yaml

ROOT = Path(__file__).resolve().parent.parent
ASKED = Path(__file__).with_suffix(".yml")
WORKERS = 2
LONGEST = 300  # seconds of a command
MOST_LINES = 60  # of a difference that is printed
LANGUAGES = ("en", "nl")
TOWARDS_A_GRANT = frozenset({"text", "duty", "restraint", "classification"})  # questions to which yes is good
PARTS_OF_HELP = ("", "Options:", "Example:")  # where no commands are named
ROLES = ("reader", "editor", "officer", "admin")
CLOCK = r"""
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
static long moved(void) {
    static long by; static int known;
    if (!known) { char *text = getenv("GOLDEN_MOVED"); by = text ? atol(text) : 0; known = 1; }
    return by;
}
int clock_gettime(clockid_t clock, struct timespec *at) {
    int result = (int)syscall(SYS_clock_gettime, clock, at);
    if (!result && clock == CLOCK_REALTIME) at->tv_sec += moved();
    return result;
}
time_t time(time_t *at) {
    struct timespec now; clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
int gettimeofday(struct timeval *at, void *zone) {
    struct timespec now; clock_gettime(CLOCK_REALTIME, &now);
    (void)zone; at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000;
    return 0;
}
"""
# What differs from run to run, and the word for it. A word with {} gets a number, one for each value.
CHANCE = (
    (re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"), r"\1 <time>"),
    (re.compile(r"(?<![\w:.-])(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?![\w:]|\.\d)"), "<time>"),
    (re.compile(r"(?<=[A-Z][a-z]{2}, )\d\d [A-Z][a-z]{2} \d{4} <time> GMT"), "<time>"),
    (
        re.compile(r"(?:(?<=newest )|(?<=nieuwste )|(?<=\"hash\": \")|(?<=\"log_head\": \"))[0-9a-f]{64}"),
        "<hash {}>",
    ),
    # of returns of the census, which are signed by keys that are drawn
    (re.compile(r"(?<=\"round\": \"waterrijk\",\n    \"sha256\": \")[0-9a-f]{64}"), "<hash {}>"),
    (re.compile(r"(?:(?<=/jobs/)|(?<=\"id\": \"))[0-9a-f]{16}(?=[/\"\s])"), "<id {}>"),
    (re.compile(r"\boverzicht_[\w-]{20,}"), "<token {}>"),
    (re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"), "<id {}>"),
    (re.compile(r"\b\d+(?:[.,]\d+)? (?:ms|s|seconds?|seconden|seconde)\b"), "<seconds>"),
)


@dataclass
class Outputs:
    """The folder of the outputs, and what is replaced in all of them: values with their words."""

    folder: Path
    known: dict[str, str] = field(default_factory=dict)
    taken: set[Path] = field(default_factory=set)

    def write(self, part: str, name: str, text: str) -> None:
        """Write an output as `part/name.txt`; a name that is taken gets a number."""
        slug = re.sub(r"[^\w.=&-]+", "_", name).strip("_")[:90] or "start"
        path, number = self.folder / part / f"{slug}.txt", 1
        while path in self.taken:
            number += 1
            path = self.folder / part / f"{slug}~{number}.txt"
        self.taken.add(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.plain(text).rstrip("\n") + "\n", encoding="utf-8")

    def plain(self, text: str) -> str:
        """Return a text without what differs from run to run."""
        for value in sorted(self.known, key=len, reverse=True):
            text = text.replace(value, self.known[value])
        for pattern, word in CHANCE:
            text = numbered(text, pattern, word) if "{}" in word else pattern.sub(word, text)
        return text


def numbered(text: str, pattern: re.Pattern[str], word: str) -> str:
    """Replace each match by a word with the number of the value, in the order in which values first occur.

    >>> numbered("b a b", re.compile("[ab]"), "<{}>")
    '<1> <2> <1>'
    """
    numbers: dict[str, int] = {}
    return pattern.sub(lambda match: word.format(numbers.setdefault(match[0], len(numbers) + 1)), text)


def readable(text: str) -> str:
    """Return JSON with a line for each value, in its own order; any other text as it is."""
    try:
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    except ValueError:
        return text


@dataclass(frozen=True)
class Product:
    """The product of a checkout: its program, a folder to work in, and the environment that it runs in."""

    program: Path
    folder: Path
    environment: Mapping[str, str]

    def run(self, words: Sequence[str], lang: str = "en") -> subprocess.CompletedProcess[str]:
        """Run a command in the folder, with the state in `home` of the folder."""
        return subprocess.run(
            [self.program, *words],
            cwd=self.folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
            timeout=LONGEST,
            env={**self.environment, "OVERZICHT_LANG": lang, "OVERZICHT_HOME": str(self.home)},
        )  # fmt: skip

    @property
    def home(self) -> Path:
        """The folder of the state."""
        return self.folder / "home"


def transcript(words: Sequence[str], done: subprocess.CompletedProcess[str]) -> str:
    """Return a command with its exit code, output and messages."""
    messages = f"--- messages\n{done.stderr}" if done.stderr else ""
    return (
        f"$ overzicht {shlex.join(words)}\nexit code {done.returncode}\n{readable(done.stdout)}\n{messages}"
    )


# Help


def store_helps(product: Product, outputs: Outputs) -> None:
    """Store `--help` of the program, of each group and of each command, by what the help of groups names."""
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        names = waiting.pop()
        done = {lang: product.run([*names, "--help"], lang) for lang in LANGUAGES}
        for lang in LANGUAGES:
            text = transcript([*names, "--help"], done[lang])
            outputs.write(f"help/{lang}", " ".join(names) or "overzicht", text)
        if "COMMAND [ARGS]" in done["en"].stdout:
            waiting += [(*names, name) for name in command_names(done["en"].stdout)]


def command_names(text: str) -> list[str]:
    """Return the names of the commands in the help of a group: those under its headings, after the options.

    >>> command_names("Options:\\n  -h, --help  Show.\\n\\nLook:\\n  runs   List.\\n         More.\\n")
    ['runs']
    """
    names, heading = [], ""
    for line in text.splitlines():
        if line and not line.startswith(" "):
            heading = line
        elif (found := re.match(r"  ([a-z][a-z-]*)(?:  |$)", line)) and heading not in PARTS_OF_HELP:
            names.append(found[1])
    return names


# Commands over a filled store


def fill(product: Product, outputs: Outputs, steps: Sequence[str], *, as_json: bool) -> Path:
    """Fill a store, each step an output; returns a copy of the folder, with `values.json`."""
    values: dict[str, str] = {}
    for step in steps:
        command, _, kept = step.partition(" => ")
        words = [word.format(**values) for word in shlex.split(command)]
        if words[0] == "answer":
            answer_questions(product, *words[1:])
            continue
        done = product.run(words + ["--json"] * bool(kept or (as_json and has_json(product, words))))
        outputs.write("fill/json" if as_json else "fill/en", command, transcript(words, done))
        for each in filter(None, kept.split("; ")):
            name, _, path = each.partition(": ")
            values[name] = value_at(json.loads(done.stdout), path)
    (product.folder / "values.json").write_text(json.dumps(values), encoding="utf-8")
    return shutil.copytree(product.folder, product.folder.with_name(f"{product.folder.name}-filled"))


def store_commands(product: Product, outputs: Outputs, asked: Mapping[str, Any], form: str) -> None:
    """Read a filled store, then change it, in one form: English or Dutch text, or JSON; each is an output."""
    values = json.loads((product.folder / "values.json").read_text(encoding="utf-8"))
    refused = asked["refused"] if form in LANGUAGES else []  # a refusal has no JSON
    for command in (*asked["read"], *refused, *asked["change"]):
        words = [word.format(**values) for word in shlex.split(command)]
        if form == "json":
            if not has_json(product, words):
                continue
            words.append("--json")
        done = product.run(words, form if form in LANGUAGES else LANGUAGES[0])
        outputs.write(f"commands/{form}", command, transcript(words, done))


def answer_questions(product: Product, case: str, day: str) -> None:
    """Answer the open questions of the gates of a licence case towards a grant, until none is left."""
    asked: set[str] = set()
    while True:
        shown = product.run(["licence", "gates", case, "--as-of", day, "--json"])
        questions = [one["open_question"] for one in json.loads(shown.stdout)["answers"]]
        keys = dict.fromkeys(question["key"] for question in questions if question)
        if keys.keys() <= asked:
            return
        for key in (key for key in keys if key not in asked):
            reply = "yes" if key.partition(":")[0] in TOWARDS_A_GRANT else "no"
            product.run(
                ["licence", "confirm", case, key, reply, "--source", "an invented note", "--as-of", day]
            )
        asked |= keys.keys()


WITH_JSON: dict[str, bool] = {}


def has_json(product: Product, words: Sequence[str]) -> bool:
    """Return whether a command has the option `--json`, by its help."""
    names: list[str] = []
    for word in words:
        if word.startswith("-") or not re.fullmatch("[a-z-]+", word) or len(names) == 3:
            break
        names.append(word)
    key = " ".join(names)
    if key not in WITH_JSON:
        WITH_JSON[key] = "--json" in product.run([*names, "--help"]).stdout
    return WITH_JSON[key]


def value_at(data: Any, path: str) -> str:
    """Return the value at a path of keys and places.

    `*` is the first part that has the rest of the path, and `?key=value` the first with that value.

    >>> value_at({"rows": [{"ok": None}, {"ok": {"key": 5}}]}, "rows.*.ok.key")
    '5'
    >>> value_at([{"kind": "a"}, {"kind": "b", "n": 2}], "?kind=b.n")
    '2'
    """
    name, _, rest = path.partition(".")
    if not name:
        return str(data)
    if name == "*" or name.startswith("?"):
        key, _, wanted = name[1:].partition("=")
        for part in data:
            try:
                if name == "*" or part[key] == wanted:
                    return value_at(part, rest)
            except (KeyError, TypeError, IndexError):
                continue
        raise KeyError(path)
    return value_at(data[int(name)] if isinstance(data, list) else data[name], rest)


# All


def store(folder: Path, checkout: Path) -> None:
    """Store the outputs of the product of a checkout in a folder, which is emptied first."""
    import golden_service  # noqa: PLC0415 - it needs what is above

    asked = yaml.safe_load(ASKED.read_text(encoding="utf-8"))
    shutil.rmtree(folder, ignore_errors=True)
    outputs = Outputs(folder)
    with tempfile.TemporaryDirectory(prefix="golden-") as scratch:
        base = Path(scratch).resolve()
        environment = moved_clock(base, datetime.fromisoformat(asked["clock"]))
        outputs.known |= {
            str(checkout.resolve()): "<checkout>",
            str(ROOT): "<checkout>",
            str(Path.home()): "<home>",
        }
        with preloaded.running(checkout / ".venv/bin/python", environment) as programs:
            program = programs / "overzicht"
            products = {form: Product(program, base / form, environment) for form in (*LANGUAGES, "json")}
            for form in ("en", "json"):
                prepared(base / form)
            version = products["en"].run(["--version"]).stdout.split()[-1]
            outputs.known |= {version: "<version>", **{str(base / form): "<folder>" for form in products}}

            def in_form(form: str) -> None:
                if form == "nl":
                    shutil.copytree(base / "en-filled", base / form)
                else:
                    fill(products[form], outputs, asked["fill"], as_json=form == "json")
                store_commands(products[form], outputs, asked, form)

            with ThreadPoolExecutor(WORKERS) as pool:
                tasks = [pool.submit(in_form, form) for form in ("en", "json")]
                tasks += [pool.submit(store_helps, products["en"], outputs), pool.submit(in_form, "nl")]
                for task in tasks:
                    task.result()
        filled = Product(checkout.resolve() / ".venv/bin/overzicht", base / "en-filled", environment)
        golden_service.store_service(filled, outputs, asked)


def prepared(folder: Path) -> Path:
    """Return a new folder with the examples and the inputs."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    shutil.copytree(ROOT / "tests/fixtures/golden", folder / "inputs")
    return folder


def moved_clock(folder: Path, start: datetime) -> dict[str, str]:
    """Return an environment in which the clock of a program is at `start` now, and runs on."""
    source, library = folder / "clock.c", folder / "clock.so"
    source.write_text(CLOCK, encoding="utf-8")
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True)
    inherited = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ}
    return {
        **inherited,
        "LD_PRELOAD": str(library), "GOLDEN_MOVED": str(round(start.timestamp() - time.time())),
        "LANG": "C.UTF-8", "TZ": "UTC", "COLUMNS": "80", "LOGNAME": "noor", "PYTHONHASHSEED": "0",
        "OVERZICHT_SUBJECTS": "all",  # whatever was stored before an output
    }  # fmt: skip


def compare(old: Path, new: Path) -> bool:
    """Print the files that one folder lacks and what differs in the others; return whether anything does."""
    before, after = names_of(old), names_of(new)
    for name in sorted(before - after):
        print(f"gone: {name}")
    for name in sorted(after - before):
        print(f"new: {name}")
    changed = [
        name for name in sorted(before & after) if (old / name).read_bytes() != (new / name).read_bytes()
    ]
    for name in changed:
        print(f"changed: {name}")
    for name in changed:
        lines = list(difference(old / name, new / name, name))
        print("", *lines[:MOST_LINES], sep="\n")
        if len(lines) > MOST_LINES:
            print(f"… {len(lines) - MOST_LINES} lines more")
    print(f"{len(before)} outputs, {len(after)} now; {len(changed)} differ", file=sys.stderr)
    return bool(changed or before ^ after)


def names_of(folder: Path) -> set[str]:
    """Return the outputs in a folder, which has some."""
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}
    if not names:
        raise SystemExit(f"{folder} has no outputs; store them first")
    return names


def difference(old: Path, new: Path, name: str) -> Iterator[str]:
    """Yield the lines of a unified difference of two outputs."""
    before, after = (path.read_text(encoding="utf-8").splitlines() for path in (old, new))
    yield from difflib.unified_diff(before, after, f"old/{name}", f"new/{name}", n=2, lineterm="")


def main() -> None:
    parser = argparse.ArgumentParser(description="Golden outputs of the product.")
    parts = parser.add_subparsers(dest="part", required=True)
    storing = parts.add_parser("store", help="run the product of a checkout, write a file for each output")
    storing.add_argument("folder", type=Path)
    storing.add_argument("--checkout", type=Path, default=ROOT)
    comparing = parts.add_parser("compare", help="print what differs")
    comparing.add_argument("old", type=Path)
    comparing.add_argument("new", type=Path)
    arguments = parser.parse_args()
    if arguments.part == "compare":
        sys.exit(int(compare(arguments.old, arguments.new)))
    began = time.monotonic()
    store(arguments.folder, arguments.checkout)
    count = len(names_of(arguments.folder))
    print(f"{count} outputs in {arguments.folder}, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
