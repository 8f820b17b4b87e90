"""Checks of a roll: control totals that are known from elsewhere, and a second list of the same bodies."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from overzicht.evidence import Text, text
from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.evidence.source import Document
from overzicht.subjects.census.roll import Body, Roll


@dataclass(frozen=True, slots=True)
class ControlTotal:
    """A number of bodies of a kind on a date; it holds until `until`, or from the date on if that is None."""

    kind: str
    day: date
    number: int
    until: date | None = None
    source: str = ""

    def days(self, as_of: date) -> Iterator[date]:
        """Yield the dates on which a roll must have this number of bodies."""
        yield self.day
        last = as_of if self.until is None else min(as_of, self.until)
        if last > self.day:
            yield last


class _Total(StrictModel):
    country: str
    kind: str
    day: date
    number: int
    source: str
    until: date | None = None


class _Totals(StrictModel):
    sources: dict[str, Document]
    totals: tuple[_Total, ...]


@cache
def known_totals(country: str) -> tuple[ControlTotal, ...]:
    """Return the control totals of a country that ship with the product; none for most."""
    facts = packaged_facts(_Totals, "overzicht.subjects.census", "data/totals.yml")
    return tuple(
        ControlTotal(total.kind, total.day, total.number, total.until, facts.sources[total.source].address)
        for total in facts.totals
        if total.country == country
    )


@dataclass(frozen=True, slots=True)
class TotalCheck:
    """A control total on a date, the number in the roll, and the bodies whose end has no successor."""

    total: ControlTotal
    day: date
    number: int
    suspects: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both numbers are equal."""
        return self.number == self.total.number

    @property
    def statement(self) -> Text:
        """The check in a sentence."""
        sentence = text(
            "{kind} on {day}: {number} in the roll, {total} by the control total",
            kind=self.total.kind,
            day=self.day,
            number=self.number,
            total=self.total.number,
        )
        if not self.suspects or self.agrees:
            return sentence
        names = ", ".join(self.suspects)
        return text("{check}; these end without a successor: {names}", check=sentence, names=names)


def check_totals(roll: Roll, totals: Sequence[ControlTotal], as_of: date) -> tuple[TotalCheck, ...]:
    """Return the checks of all totals on their dates until `as_of`, in order.

    A start date that the source does not state cannot be checked for the past, so a kind without ended
    bodies is compared only on `as_of`.
    """
    checks = []
    for total in sorted(totals, key=lambda total: (total.kind, total.day)):
        own = [body for body in roll.bodies if body.kind == total.kind]
        suspects = [b for b in own if b.end and b.end > total.day and not b.successors]
        for day in total.days(as_of):
            number = sum(body.exists_on(day) for body in own)
            names = tuple(f"{b.name} ({b.end})" for b in sorted(suspects, key=lambda b: b.name))
            checks.append(TotalCheck(total, day, number, names))
    return tuple(checks)


@dataclass(frozen=True, slots=True)
class ListedName:
    """A body in a second list: its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Comparison of a roll with a second list of the same bodies, by code.

    `renamed` has code, own name and the name in the other list. `collisions` are those of its codes whose own
    name belongs to another code in the second list: the name of one body has the codes of another.
    """

    shared: int
    renamed: tuple[tuple[str, str, str], ...]
    collisions: tuple[str, ...]
    only_second: tuple[str, ...]
    only_first: tuple[str, ...]


def reconcile(roll: Roll, scheme: str, second: Sequence[ListedName], day: date) -> Reconciliation:
    """Return the comparison; `scheme` names the codes that both lists have.

    Bodies that ended before `day` are not missed in the second list.
    """
    own = {code: body for body in roll.bodies for name, code in body.codes if name == scheme}
    others = {row.code: row.name for row in second}
    shared = sorted(own.keys() & others.keys())
    renamed = tuple(
        (code, own[code].name, others[code]) for code in shared if not _is_same_name(own[code], others[code])
    )
    codes: dict[str, set[str]] = defaultdict(set)
    for row in second:
        codes[_listed(row.name)].add(row.code)
    return Reconciliation(
        shared=len(shared),
        renamed=renamed,
        collisions=tuple(code for code, name, _ in renamed if codes[_listed(name)] - {code}),
        only_second=tuple(sorted(others.keys() - own.keys())),
        only_first=tuple(sorted(code for code in own.keys() - others.keys() if own[code].exists_on(day))),
    )


def with_other_names(roll: Roll, scheme: str, second: Reconciliation) -> Roll:
    """Return a roll whose bodies also have their names in a second list, apart from its collisions."""
    others = {code: name for code, _, name in second.renamed if code not in second.collisions}
    return Roll(
        tuple(
            replace(
                body,
                names=(
                    *body.names,
                    *(others[code] for name, code in body.codes if name == scheme and code in others),
                ),
            )
            for body in roll.bodies
        )
    )


def _is_same_name(body: Body, name: str) -> bool:
    return _listed(name) in map(_listed, (body.name, *body.names))


def _listed(name: str) -> str:
    """Return a name without the word for its kind that one list writes before it and another does not."""
    return re.sub(r"^(?:gemeente|provincie|waterschap) ", "", name.casefold().strip())
