"""Evaluates conditions on stated facts with three values: one no decides `all`, one yes decides `any`.

Only the leaves that decide the answer or leave it unknown are kept.
"""

from dataclasses import dataclass, field

from overzicht.evidence import text
from overzicht.subjects.control_list.classification.item import Item
from overzicht.subjects.control_list.classification.options import option_words, stated_words
from overzicht.subjects.control_list.classification.result import (
    ConditionResult,
    EvaluatedCondition,
    Outcome,
    Release,
)
from overzicht.subjects.control_list.classification.rules import (
    LIMITS,
    ListDay,
    Node,
    ProvisionRule,
    RuleSet,
)
from overzicht.subjects.control_list.classification.vocabulary import vocabulary
from overzicht.subjects.control_list.path import ControlPath, is_within, parse_path
from overzicht.subjects.control_list.quantity import Quantity, read_quantity

OPPOSITE = {
    ConditionResult.MET: ConditionResult.NOT_MET,
    ConditionResult.NOT_MET: ConditionResult.MET,
    ConditionResult.UNKNOWN: ConditionResult.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class ProvisionResult:
    """A provision before and after its releases."""

    met: ConditionResult
    conditions: Outcome
    releases: tuple[Release, ...]


@dataclass
class Evaluator:
    """Evaluates provisions for one item and date, and caches the results."""

    rules: RuleSet
    item: Item
    at: ListDay
    _known: dict[ControlPath, ProvisionResult] = field(default_factory=dict)

    def provision(self, rule: ProvisionRule) -> ProvisionResult:
        """Return the answer for a provision; a release whose conditions are unknown leaves a met one open."""
        path = ControlPath(rule.path)
        if path not in self._known:
            self._known[path] = self._decide(rule)
        return self._known[path]

    def _decide(self, rule: ProvisionRule) -> ProvisionResult:
        counts = self.at.counts(rule.versions) if self.at.version else None
        if counts is not True:
            sentence = text("this provision is not in the list of {version}", version=self.at.version)
            leaf = (
                EvaluatedCondition(sentence, ConditionResult.NOT_MET)
                if counts is False
                else _not_known_on(self.at, rule.path)
            )
            return ProvisionResult(leaf.met, Outcome(leaf.met, (leaf,)), ())
        conditions, is_open = self._conditions(rule)
        if conditions.met is ConditionResult.NOT_MET:
            return ProvisionResult(ConditionResult.NOT_MET, conditions, ())
        every_release = (
            Release(release.at, release.note, release.text, self._release(release.when, release.versions))
            for release in self.rules.releases(rule)
            if self.at.counts(release.versions) is not False
        )
        releases = tuple(
            release for release in every_release if release.outcome.met is ConditionResult.MET or not is_open
        )
        answers = {release.outcome.met for release in releases}
        if ConditionResult.MET in answers:
            return ProvisionResult(ConditionResult.NOT_MET, conditions, releases)
        met = ConditionResult.UNKNOWN if ConditionResult.UNKNOWN in answers else conditions.met
        return ProvisionResult(met, conditions, releases)

    def _conditions(self, rule: ProvisionRule) -> tuple[Outcome, bool]:
        """Return the answer before releases, and whether it is open at the gate."""
        conditions = self.decide(rule.when)
        gate = self.decide(rule.gate) if rule.gate else None
        if gate is None or gate.met is ConditionResult.MET or conditions.met is ConditionResult.NOT_MET:
            return conditions, False
        return gate, gate.met is ConditionResult.UNKNOWN

    def _release(self, when: Node, versions: tuple[str, ...]) -> Outcome:
        if self.at.counts(versions) is None:
            return Outcome(ConditionResult.UNKNOWN, (_not_known_on(self.at, "the note"),))
        return self.decide(when)

    def decide(self, node: Node) -> Outcome:
        """Return the answer to a condition."""
        if node.fact:
            leaf = self._fact(node)
            return Outcome(leaf.met, (leaf,))
        if node.provision:
            return self._other(ControlPath(node.provision))
        if node.none_of:
            inner = self._any(node.none_of)
            return Outcome(OPPOSITE[inner.met], inner.leaves, inner.paths)
        return self._all(node.all) if node.all else self._any(node.any)

    def _all(self, nodes: tuple[Node, ...]) -> Outcome:
        return self._joined(nodes, decisive=ConditionResult.NOT_MET, otherwise=ConditionResult.MET)

    def _any(self, nodes: tuple[Node, ...]) -> Outcome:
        return self._joined(nodes, decisive=ConditionResult.MET, otherwise=ConditionResult.NOT_MET)

    def _joined(
        self, nodes: tuple[Node, ...], *, decisive: ConditionResult, otherwise: ConditionResult
    ) -> Outcome:
        outcomes: list[Outcome] = []
        for node in nodes:
            counts = self.at.counts(node.versions)
            if counts is None:
                outcomes.append(Outcome(ConditionResult.UNKNOWN, (_not_known_on(self.at, "a condition"),)))
            elif counts:
                outcomes.append(self.decide(node))
        answers = {outcome.met for outcome in outcomes}
        met = (
            decisive
            if decisive in answers
            else ConditionResult.UNKNOWN
            if ConditionResult.UNKNOWN in answers
            else otherwise
        )
        paths = tuple(dict.fromkeys(path for outcome in outcomes for path in outcome.paths))
        leaves = tuple(leaf for outcome in outcomes if outcome.met is met for leaf in outcome.leaves)
        return Outcome(met, leaves, paths)

    def _other(self, path: ControlPath) -> Outcome:
        rule = self.rules.provisions[path]
        decided = self.provision(rule)
        shown = {
            ConditionResult.MET: text("yes"),
            ConditionResult.NOT_MET: text("no"),
            ConditionResult.UNKNOWN: text("unknown"),
        }[decided.met]
        sentence = text("specified in {path} ({covers}): {answer}", path=path, covers=rule.text, answer=shown)
        leaf = EvaluatedCondition(sentence, decided.met)
        leaves = (
            *decided.conditions.leaves,
            *(x for release in decided.releases for x in release.outcome.leaves),
        )
        paths = (path, *note_places(path, decided.releases), *decided.conditions.paths)
        return Outcome(decided.met, (leaf, *leaves), paths)

    def _fact(self, node: Node) -> EvaluatedCondition:
        limits = node.limits
        written = limits.get("") or (self.at.value(limits) if limits else None)
        limit = read_quantity(written) if written else None
        if node.limits and limit is None:
            return _not_known_on(self.at, node.fact, node)
        asked_fact = vocabulary().facts[node.fact].text
        if limit is not None:
            sign = next(LIMITS[name] for name in LIMITS if getattr(node, name))
            question = text("{fact} {sign} {limit}", fact=asked_fact, sign=sign.value, limit=str(limit))
        elif node.only:
            question = text("{fact} (only: {words})", fact=asked_fact, words=option_words(node.only))
        else:
            words = node.one_of or node.includes or node.within
            question = (
                text("{fact} (one of: {words})", fact=asked_fact, words=option_words(words))
                if words
                else asked_fact
            )
        fact = self.item.facts.get(node.fact)
        if fact is None:
            return EvaluatedCondition(
                text("{asked}: not stated", asked=question), ConditionResult.UNKNOWN, node.fact, node.fact
            )
        value = fact.value
        if isinstance(value, Quantity) and limit is not None:
            name = next(name for name in LIMITS if getattr(node, name))
            holds = LIMITS[name].holds(value.value, limit.value)
        elif isinstance(value, bool):
            holds = value
        else:
            own_words = value if isinstance(value, frozenset) else frozenset((str(value),))
            if node.within:
                holds = any(_lies_in(word, outer) for word in own_words for outer in node.within)
            else:
                holds = (
                    own_words <= set(node.only)
                    if node.only
                    else bool(own_words & {*node.one_of, *node.includes})
                )
        met = ConditionResult.MET if holds else ConditionResult.NOT_MET
        answer = text("holds") if met is ConditionResult.MET else text("does not hold")
        if fact.reading:
            message = text(
                "{asked}: {answer}, stated {shown} ({how})",
                asked=question,
                answer=answer,
                shown=stated_words(fact),
                how=fact.reading,
            )
        else:
            message = text(
                "{asked}: {answer}, stated {shown}", asked=question, answer=answer, shown=stated_words(fact)
            )
        return EvaluatedCondition(message, met, node.fact, "", (fact.citation,))


def note_places(path: ControlPath, releases: tuple[Release, ...]) -> tuple[ControlPath, ...]:
    """Return the locations of notes, without those at or above the provision, which it already covers."""
    places = (parse_path(release.at) for release in releases if release.at)
    return tuple(dict.fromkeys(place for place in places if not is_within(path, place)))


def _not_known_on(at: ListDay, what: str, node: Node | None = None) -> EvaluatedCondition:
    if not at.version:
        sentence = text("no text of the list that we read covers {day}: {what}", day=at.day, what=what)
    elif node is not None:
        sentence = text(
            "the limit for {what} on {day} is unknown: it is {before} in the list of {version} and {after} "
            "in that of {following}; texts between them were not read",
            what=what,
            day=at.day,
            before=node.limits[at.version],
            version=at.version,
            after=node.limits[at.following],
            following=at.following,
        )
    else:
        sentence = text(
            "unknown whether {what} applied on {day}: the text in force on that date was not read",
            what=what,
            day=at.day,
        )
    return EvaluatedCondition(sentence, ConditionResult.UNKNOWN)


def _lies_in(code: str, outer: str) -> bool:
    if len(outer) == len("4D"):
        return code.startswith(outer)
    return is_within(parse_path(code), parse_path(outer))
