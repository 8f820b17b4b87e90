"""Make the weights of the learned reading of questions from the labelled phrases, and measure it.

`python tools/train_reading.py` writes the weights, and `--check` only compares them. `--cross` prints how
well the phrases of each author are read with those of the others, and `--measure FILE` those of a file.
"""

import argparse
import io
import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overzicht.subjects.answers.reading import weights as learned
from overzicht.subjects.answers.reading.grammar import Earlier, read_question
from overzicht.subjects.answers.reading.query import Reading
from overzicht.subjects.answers.reading.weights import LABELS, Plain, signs

ROOT = Path(__file__).resolve().parent.parent
PHRASES = ROOT / "tools" / "reading_phrases"
WEIGHTS = ROOT / "src" / "overzicht" / "subjects" / "answers" / learned.WEIGHTS
TODAY = date(2026, 1, 1)  # for relative dates in phrases: only that they are dates counts
RIDGE, ROUNDS = 2e-5, 400
FEWEST = 2  # phrases with a sign
STEPS = 127
MOST_APART = 0.02  # a change of the readers of names moves a few weights
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase as its author labelled it, and as the rules read it."""

    author: str
    labels: frozenset[str]
    text: str
    signs: dict[str, float]


@dataclass(frozen=True, slots=True)
class Given:
    """A line of a file: the words, and what they ask by their author."""

    text: str
    labels: frozenset[str]


def given_in(path: Path) -> list[Given]:
    """Return the lines of a file."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Given(line["text"], frozenset([*line["relations"], line["frame"]]) - {"question"}) for line in lines
    ]


def read_phrases(paths: Iterable[Path]) -> list[Phrase]:
    """Return the phrases of some files, each the work of one author."""
    return [
        Phrase(path.stem, given.labels, given.text, _signs(given.text))
        for path in paths
        for given in given_in(path)
    ]


def _signs(words: str) -> dict[str, float]:
    reading = read_question(1, words, earlier=Earlier(today=TODAY, is_by_rules=True))
    plains = [clause.plain for clause in reading.clauses]
    whole = Plain(
        tuple(word for plain in plains for word in plain.words),
        tuple(word for plain in plains for word in plain.of_lists),
    )
    cues = {cue for clause in reading.clauses for cue in clause.cues}
    return signs(whole, cues, {query.relation.value for query in reading.queries})


def trained(phrases: Sequence[Phrase]) -> tuple[list[str], Array]:
    """Return the signs and their weights, with a last row that is always added.

    A logistic regression per label, with a ridge; accelerated steps on the weights of the phrases.
    """
    often = Counter(sign for phrase in phrases for sign in phrase.signs)
    names = sorted(sign for sign, count in often.items() if count >= FEWEST)
    given = np.stack([_row(phrase.signs, names_at) for names_at in [_places(names)] for phrase in phrases])
    wanted = np.array([[label in phrase.labels for label in LABELS] for phrase in phrases], np.float64)
    alike = given @ given.T
    longest = float(np.linalg.eigvalsh(alike)[-1]) / (4 * len(phrases)) + RIDGE
    now = ahead = np.zeros_like(wanted)
    pace = 1.0
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-(alike @ ahead)))
        then = ahead - ((likely - wanted) / len(phrases) + RIDGE * ahead) / longest
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        now, ahead, pace = then, then + (pace - 1) / faster * (then - now), faster
    return names, (given.T @ now).astype(np.float32)


def _places(names: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def _row(given: dict[str, float], places: dict[str, int]) -> NDArray[np.float64]:
    row = np.zeros(len(places) + 1)
    row[-1] = 1
    for sign, share in given.items():
        if sign in places:
            row[places[sign]] = share
    return row


def packed(names: Sequence[str], values: Array) -> bytes:
    """Return the file of the weights: whole steps of a scale per label."""
    scale = (np.abs(values).max(axis=0) / STEPS).astype(np.float32)
    steps = np.round(values / scale).astype(np.int8)
    content = io.BytesIO()
    text = np.frombuffer("\n".join(names).encode(), dtype=np.uint8)
    np.savez_compressed(content, signs=text, steps=steps, scale=scale)
    return content.getvalue()


def share_apart(phrases: Sequence[Phrase]) -> float:
    """Return the share of weights that differ from those of the file by more than two steps."""
    names, values = trained(phrases)
    stored = learned.read_weights(WEIGHTS.read_bytes())
    rows = _places(names)
    both = [name for name in names if name in stored.rows]
    apart = values[[rows[name] for name in both]] - stored.values[[stored.rows[name] for name in both]]
    steps = np.abs(values).max(axis=0) / STEPS
    alone = len({*names} ^ {*stored.rows}) * len(LABELS)
    return float(((np.abs(apart) > 2.5 * steps).sum() + alone) / (apart.size + alone))


@dataclass(slots=True)
class Figures:
    """Counts of phrases: with a right relation, with the exact relations, and with wrong ones only."""

    phrases: int = 0
    right: int = 0
    exact: int = 0
    wrong: int = 0

    def add(self, wanted: set[str], found: set[str]) -> None:
        """Add a phrase; one without a relation is right when none is found."""
        self.phrases += 1
        self.right += bool(wanted & found) if wanted else not found
        self.exact += wanted == found
        self.wrong += bool(found) and not wanted & found

    def __str__(self) -> str:
        shares = (f"{name} {100 * count / self.phrases:.1f} %" for name, count in
                  (("right", self.right), ("exact", self.exact), ("wrong", self.wrong)))  # fmt: skip
        return f"{self.phrases} phrases: {', '.join(shares)}"


def measured(phrases: Sequence[Phrase], *, is_by_rules: bool) -> dict[str, Figures]:
    """Return the figures of the reading by all phrases (empty key) and by label."""
    figures: dict[str, Figures] = {"": Figures()}
    for phrase in phrases:
        reading = read_question(1, phrase.text, earlier=Earlier(today=TODAY, is_by_rules=is_by_rules))
        found = _found(reading)
        wanted = set(phrase.labels) - {learned.JUDGEMENT, learned.OUTSIDE}
        for key in ("", *phrase.labels):
            figures.setdefault(key, Figures()).add(wanted, found)
    return figures


def _found(reading: Reading) -> set[str]:
    return {relation.value for relation in reading.relations}


def print_figures(name: str, phrases: Sequence[Phrase]) -> None:
    """Print the figures of the rules alone and of the joined reading."""
    rules, joined = (measured(phrases, is_by_rules=alone) for alone in (True, False))
    print(f"{name}, rules alone: {rules['']}")
    print(f"{name}, joined:      {joined['']}")
    for label in LABELS:
        if label in rules:
            print(f"  {label:<16} {rules[label].right}/{rules[label].phrases} -> {joined[label].right}")


def use_weights_of(phrases: Sequence[Phrase]) -> None:
    """Read with the weights of some phrases, as they would be stored."""
    learned.use_weights(learned.read_weights(packed(*trained(phrases))))


def cross(phrases: Sequence[Phrase]) -> None:
    """Print the figures of each author, read with weights of the phrases of the others."""
    for author in sorted({phrase.author for phrase in phrases}):
        use_weights_of([phrase for phrase in phrases if phrase.author != author])
        print_figures(author, [phrase for phrase in phrases if phrase.author == author])


def main(arguments: Sequence[str] | None = None) -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare the stored weights")
    parser.add_argument("--cross", action="store_true", help="measure each author with the others")
    parser.add_argument("--measure", type=Path, metavar="FILE", help="measure the phrases of a file")
    chosen = parser.parse_args(arguments)
    if chosen.measure:
        return print_figures(chosen.measure.stem, read_phrases([chosen.measure]))
    phrases = read_phrases(sorted(PHRASES.glob("*.jsonl")))
    if chosen.cross:
        return cross(phrases)
    if chosen.check:
        share = share_apart(phrases)
        return f"{share:.1%} of weights differ: run tools/train_reading.py" if share > MOST_APART else None
    WEIGHTS.write_bytes(packed(*trained(phrases)))
    return None


if __name__ == "__main__":
    sys.exit(main())
