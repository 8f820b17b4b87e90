"""Any text at all as a name, listed and asked for: nothing may fail, and nothing may take long.

usage: python bench/fuzz_names.py [--inputs 100000] [--seed 1] [--out FOLDER]
The inputs: any code points (halves of surrogate pairs and controls too), chains of combining signs, signs
that turn the direction of reading, emoji, one script or many, 100,000 characters, nothing, and listed names
with any of these put in. Each is taken apart and asked for; one in ten is listed, and asked for among the
listed. What bounds the time is counted (characters read, words kept, letters per word, names found); the
clock is only shown.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from overzicht.entities import PartyQuery
from overzicht.names.analysis import MAX_CHARACTERS, MAX_WORDS, analyse
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2026, 1, 1)
LISTED = (
    ("Person", "OLVARSKI, Mirwan Tedoz"), ("Person", "Мирван Олварски"), ("Person", "مروان تدوز"),
    ("Company", "Quillbrook Optics Co., Ltd."), ("Company", "杭州比维德技术股份有限公司"),
    ("Company", "חברת קווילברוק בע״מ"), ("Company", "ООО Квилбрук"),
    ("Company", "クイルブルック株式会社"), ("Vessel", "NORTHERN KESTREL 7"),
)  # fmt: skip
SCHEMATA = ("Person", "Company", "LegalEntity", "Vessel", "Thing", "")
SCRIPTS = (
    (0x61, 0x7A), (0xC0, 0x24F), (0x370, 0x3FF), (0x400, 0x52F), (0x591, 0x5F4), (0x600, 0x6FF),
    (0x900, 0xDFF), (0xE00, 0xFFF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17FF),
    (0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF),
    (0xFF00, 0xFFEF), (0x1D400, 0x1D7FF), (0x20000, 0x2A6DF),
)  # fmt: skip
ODD = (
    (0x300, 0x36F), (0x200B, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069), (0xFE00, 0xFE0F),
    (0xE0020, 0xE007F),
)  # fmt: skip
LONGEST_WORD = 40  # letters of a word that are kept
MOST = 10
Maker = Callable[[random.Random], str]


def _any(rng: random.Random) -> str:
    return "".join(chr(rng.randrange(0x110000)) for _ in range(rng.randrange(1, 40)))


def _surrogates(rng: random.Random) -> str:
    return (
        "".join(chr(rng.randrange(0xD800, 0xE000)) for _ in range(rng.randrange(1, 9)))
        + rng.choice(LISTED)[1]
    )


def _controls(rng: random.Random) -> str:
    return "".join(chr(rng.choice((*range(32), *range(127, 160)))) + rng.choice("ab ") for _ in range(20))


def _chain(rng: random.Random) -> str:
    return rng.choice("aeиقア杭") + "".join(_from(rng, ODD) for _ in range(rng.randrange(1, 600)))


def _script(rng: random.Random) -> str:
    first, last = rng.choice(SCRIPTS)
    return "".join(
        chr(rng.randint(first, last)) if rng.random() < 0.85 else " " for _ in range(rng.randrange(1, 60))
    )


def _mixed(rng: random.Random) -> str:
    return "".join(
        _from(rng, SCRIPTS) if rng.random() < 0.8 else rng.choice(" .-&'/")
        for _ in range(rng.randrange(1, 60))
    )


def _emoji(rng: random.Random) -> str:
    return "\u200d".join(chr(rng.randrange(0x1F300, 0x1FAFF)) for _ in range(rng.randrange(1, 20)))


def _long(rng: random.Random) -> str:
    kind = rng.choice(
        (
            "a",
            "ab ",
            "株式会社",
            "ﷺ",
            "a" * 50 + " ",
            "１２3 ",
            rng.choice(LISTED)[1] + " ",
            "\u0301",
            "\u202e",
        )
    )
    return kind * (100_000 // len(kind))


def _disturbed(rng: random.Random) -> str:
    name = list(rng.choice(LISTED)[1])
    for _ in range(rng.randrange(1, 8)):
        odd = rng.choice((_from(rng, ODD), _from(rng, SCRIPTS), chr(rng.randrange(0x110000)), " ", "."))
        name.insert(rng.randrange(len(name) + 1), odd)
    return "".join(name)


def _spaces(rng: random.Random) -> str:
    return "".join(rng.choice("\u3000\u00a0\t\n\u2028 \x0b\x1c\ufeff") for _ in range(rng.randrange(30)))


def _from(rng: random.Random, ranges: tuple[tuple[int, int], ...]) -> str:
    return chr(rng.randint(*rng.choice(ranges)))


MAKERS: dict[str, tuple[Maker, int]] = {  # what an input is, and how often of a hundred
    "any": (_any, 20), "surrogates": (_surrogates, 8), "controls": (_controls, 6), "combining": (_chain, 10),
    "script": (_script, 16), "mixed": (_mixed, 14), "emoji": (_emoji, 5), "long": (_long, 1),
    "disturbed": (_disturbed, 17), "spaces": (_spaces, 3),
}  # fmt: skip


def inputs(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Yield (kind of input, text), the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311
    kinds = [kind for kind, (_, share) in MAKERS.items() for _ in range(share)]
    for _ in range(count):
        kind = rng.choice(kinds)
        yield kind, MAKERS[kind][0](rng)


def ask(engine: ScreeningEngine, text: str, schema: str) -> None:
    """Take a text apart and ask for it; AssertionError where a limit is passed or a score is none."""
    found = analyse(text, is_person=schema == "Person")
    hold(len(found.words) <= MAX_WORDS, "words", text)
    hold(all(len(word.text) <= LONGEST_WORD for word in found.words), "the length of a word", text)
    hold(all(word.text.isascii() and word.text.isalnum() for word in found.words), "plain letters", text)
    hold(found == analyse(text[:MAX_CHARACTERS], is_person=schema == "Person"), "characters read", text)
    (matches,) = engine.match([PartyQuery("q", (text,), schema)], as_of=DAY, threshold=0.0, most=MOST)
    hold(len(matches) <= MOST, "matches", text)
    hold(all(0.0 <= match.score <= 1.0 for match in matches), "scores", text)


def hold(is_so: bool, what: str, text: str) -> None:
    """Raise an AssertionError that names what is amiss and with which input."""
    if not is_so:
        raise AssertionError(f"{what}: {text[:200]!a}")


def fuzz(seed: int, count: int) -> dict[str, Any]:
    """Ask for `count` inputs and list a tenth of them; return the counts and, to be shown, the seconds."""
    listed = [IndexedParty(f"p-{k}", schema, (name,), "list") for k, (schema, name) in enumerate(LISTED)]
    engine = ScreeningEngine.of(listed)
    for schema, name in LISTED:  # compiled code and tables are loaded before the clock starts
        ask(engine, name, schema)
    rng = random.Random(seed)  # noqa: S311
    kinds: Counter[str] = Counter()
    slowest: dict[str, float] = {}
    batch: list[str] = []
    started = time.perf_counter()
    for kind, text in inputs(seed, count):
        start = time.perf_counter()
        ask(engine, text, rng.choice(SCHEMATA))
        slowest[kind] = max(slowest.get(kind, 0.0), time.perf_counter() - start)
        kinds[kind] += 1
        if rng.random() < 0.1:
            batch.append(text)
        if len(batch) == 500:
            list_and_ask(listed, batch)
            batch = []
    list_and_ask(listed, batch)
    seconds = time.perf_counter() - started
    return {
        "inputs": sum(kinds.values()),
        "kinds": dict(sorted(kinds.items())),
        "seconds": round(seconds, 1),
        "slowest_ms": {kind: round(1000 * most, 2) for kind, most in sorted(slowest.items())},
    }


def list_and_ask(listed: list[IndexedParty], texts: list[str]) -> None:
    """Put texts on a list as names, and ask for each."""
    odd = [IndexedParty(f"odd-{k}", "Company", (text,), "odd", (text[::-1],)) for k, text in enumerate(texts)]
    engine = ScreeningEngine.of([*listed, *odd])
    queries = [PartyQuery(str(k), (text,), "Company") for k, text in enumerate(texts)]
    answers = engine.match(queries, as_of=DAY, threshold=0.0)
    hold(len(answers) == len(queries), "answers", "")
    for text, matches in zip(texts, answers, strict=True):
        hold(all(0.0 <= match.score <= 1.0 for match in matches), "scores", text)


def main() -> None:
    """Run the bench."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench")
    asked = parser.parse_args()
    found = fuzz(asked.seed, asked.inputs)
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "fuzz_names.json").write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(f"# Any text as a name\n\n{found['inputs']:,} inputs, none failed, {found['seconds']} s in all\n")
    print("| kind | inputs | slowest, ms |\n| --- | --- | --- |")
    for kind, count in found["kinds"].items():
        print(f"| {kind} | {count:,} | {found['slowest_ms'][kind]} |")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
