"""Measuring mentions against labels: a name counts when it overlaps a label of the same kind."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from statistics import NormalDist
from typing import Any

import yaml

from overzicht.subjects.questions.mentions import MentionKind, MentionSpan, RecognisedBy
from overzicht.subjects.questions.mentions.finding import find_spots, names_defined_in
from overzicht.subjects.questions.mentions.names import atoms_of
from overzicht.subjects.questions.model import Paper

GOLD = Path(__file__).parent / "gold"
FIRM, BODY, OPEN = "companies and products", "bodies", "not decided"
Label = tuple[str, str]  # a name as it stands, and what it is: FIRM, BODY or OPEN


@dataclass(slots=True)
class Score:
    """What was right, wrongly found and not found, with the cases; `add` counts one text."""

    right: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, where: str, labels: Sequence[Label], found: Sequence[Label]) -> None:
        """Count one text: each label meets at most one found name."""
        left = list(labels)
        for name, kind in found:
            met = next((one for one in left if one[1] == kind and (one[0] in name or name in one[0])), None)
            if met is None:
                self.wrong.append((where, name))
            else:
                left.remove(met)
                self.right += 1
        self.missed += [(where, name) for name, _ in left]

    @property
    def precision(self) -> str:
        """Share of what was found that is right."""
        return share(self.right, self.right + len(self.wrong))

    @property
    def recall(self) -> str:
        """Share of what is labelled that was found."""
        return share(self.right, self.right + len(self.missed))


def share(part: int, whole: int) -> str:
    """Return `0.993 (604 of 608; 0.983–0.997)`: the share and its 95% interval after Wilson."""
    if not whole:
        return "none"
    low, high = wilson(part, whole)
    return f"{part / whole:.3f} ({part:,} of {whole:,}; {low:.3f}–{high:.3f})"


def wilson(part: int, whole: int, level: float = 0.95) -> tuple[float, float]:
    """Return the score interval of a share (Wilson, 1927), both ends within 0 and 1."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    middle = (part + z * z / 2) / (whole + z * z)
    half = z * sqrt(part * (whole - part) / whole + z * z / 4) / (whole + z * z)
    return max(0.0, middle - half), min(1.0, middle + half)


def gold(name: str) -> Any:
    return yaml.safe_load((GOLD / f"mentions_{name}.yml").read_text(encoding="utf-8"))


def kind_of(kind: MentionKind | str) -> str:
    given = str(kind)
    return BODY if given == "body" else OPEN if given in ("open", "not decided") else FIRM


def found_in(spots: Iterable[MentionSpan]) -> list[Label]:
    return [(spot.surface, kind_of(spot.kind)) for spot in spots]


def is_held_out(number: str) -> bool:
    """Whether names of this set's title were kept out of the lists: an odd first digit of its SHA-256."""
    return int(hashlib.sha256(number.encode()).hexdigest()[0], 16) % 2 == 1


def labels_of(names: Sequence[str], bodies: Iterable[str]) -> list[Label]:
    known = set(bodies)
    return [(name, BODY if name in known else FIRM) for name in names]


def score_titles(titles: Mapping[str, str], *, corrected: bool, held_out: bool) -> dict[str, Score]:
    """Return the scores of the titles of one half, by kind."""
    data = gold("titles")
    more = data["corrected"] if corrected else {"bodies": [], "titles": {}}
    bodies = [*data["bodies"], *more["bodies"]]
    scores = {FIRM: Score(), BODY: Score(), OPEN: Score()}
    for number, title in titles.items():
        if is_held_out(number) is not held_out:
            continue
        names = [*data["titles"].get(number, ()), *more["titles"].get(number, ())]
        _add(scores, number, labels_of(names, bodies), found_in(find_spots(title, paper=title)))
    return scores


def least_recall(titles: Mapping[str, str]) -> dict[str, str]:
    """Return the recall of the held-out half as if the lists had no name that this half alone has, by kind.

    Such a name rests on general knowledge, of which nobody can show that it owes nothing to the titles.
    """
    data = gold("titles")
    bodies = {*data["bodies"], *data["corrected"]["bodies"]}
    names = {n: [*data["titles"].get(n, ()), *data["corrected"]["titles"].get(n, ())] for n in titles}
    known = {_key(one) for number, given in names.items() if not is_held_out(number) for one in given}
    totals, found = {FIRM: 0, BODY: 0}, {FIRM: 0, BODY: 0}
    for number, title in titles.items():
        if not is_held_out(number):
            continue
        for kind in totals:
            left = [spot for spot in find_spots(title, paper=title) if kind_of(spot.kind) == kind]
            for name in (one for one in names[number] if (BODY if one in bodies else FIRM) == kind):
                totals[kind] += 1
                met = next((s for s in left if name in s.surface or s.surface in name), None)
                if met is not None:
                    left.remove(met)
                    found[kind] += _key(name) in known or met.how not in (
                        RecognisedBy.KNOWN,
                        RecognisedBy.SENSE,
                    )
    return {kind: share(found[kind], totals[kind]) for kind in totals}


def _key(name: str) -> str:
    return "".join(atom.key for atom in atoms_of(name))


def score_documents(papers: Mapping[str, Paper], *, corrected: bool) -> dict[str, Score]:
    """Return the scores of the documents, by kind; each paper is read whole, as it is in a set."""
    data = gold("documents")
    scores = {FIRM: Score(), BODY: Score(), OPEN: Score()}
    for name, paper in papers.items():
        labels = data["documents"][name]
        more = data["corrected"].get(name, {}) if corrected else {}
        for place, spots in _spots(paper):
            names = {**labels.get("at", {}).get(place, {}), **more.get(place, {})}
            given = [one for one, times in names.items() for _ in range(times)]
            _add(scores, f"{name} {place}", labels_of(given, labels.get("bodies", ())), found_in(spots))
    return scores


def score_sentences() -> dict[str, Score]:
    """Return the scores of the sentences of our own, by kind."""
    scores = {FIRM: Score(), BODY: Score(), OPEN: Score()}
    for one in gold("sentences")["sentences"]:
        labels = [(label["name"], kind_of(label["kind"])) for label in one["mentions"]]
        _add(scores, one["id"], labels, found_in(find_spots(one["text"], paper=one["text"])))
    return scores


def _add(scores: dict[str, Score], where: str, labels: Sequence[Label], found: Sequence[Label]) -> None:
    for kind, score in scores.items():
        score.add(where, [one for one in labels if one[1] == kind], [one for one in found if one[1] == kind])


def _spots(paper: Paper) -> Iterator[tuple[str, list[MentionSpan]]]:
    texts = list(_texts(paper))
    whole = "\n".join(text for _, text in texts)
    told: dict[str, MentionSpan] = {}
    for _, text in texts:
        told = {**names_defined_in(text, find_spots(text, paper=whole, is_glued=True)), **told}
    for place, text in texts:
        yield place, find_spots(text, paper=whole, known_names=told, is_glued=True)


def _texts(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "title", paper.subject
    for question in paper.questions:
        yield f"question {', '.join(map(str, question.numbers))}", question.text
    for answer in paper.answers:
        yield f"answer {', '.join(map(str, answer.covers))}", answer.text
    for remark in paper.remarks:
        yield remark.title.lower() or "remark", remark.text
    for note in paper.notes:
        yield f"note {note.number}", note.text
