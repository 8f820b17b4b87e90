"""The rules: provisions as trees of conditions in our own words, each with the notes that release from it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeVar

from pydantic import Field, model_validator

from overzicht.errors import PackagedFactError
from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts, packaged_names
from overzicht.evidence.source import Source
from overzicht.subjects.control_list.classification.vocabulary import FactKind, vocabulary
from overzicht.subjects.control_list.path import ControlPath, parse_path, sort_key
from overzicht.subjects.control_list.quantity import Comparison, read_quantity

T = TypeVar("T")

FOLDER = "overzicht.subjects.control_list"


@dataclass(frozen=True, slots=True)
class ListDay:
    """A date relative to the versions of the list behind the rules.

    `version` is the newest one on or before the date, or empty; `following` is the next one, or empty.
    `is_exact` is False if an act changed the list between `version` and the date and was not read. A value
    that differs in `following` is then unknown.
    """

    day: date
    version: str
    following: str = ""
    is_exact: bool = True

    def value(self, by_version: Mapping[str, T]) -> T | None:
        """Return the value on the date, or None if it is unknown."""
        if self.version not in by_version:
            return None
        value = by_version[self.version]
        if not self.is_exact and self.following and by_version[self.following] != value:
            return None
        return value

    def counts(self, versions: tuple[str, ...]) -> bool | None:
        """Return whether something in these versions applies on the date, or None if unknown."""
        if not versions:
            return True
        names = {name for name in (self.version, self.following) if name}
        return self.value({name: name in versions for name in names})


Limit = str | dict[str, str]  # `9 Hz`, or by version of the list: {"2021": 29 WT, "2025-11-15": 70 WT}
LIMITS = {
    "above": Comparison.ABOVE,
    "at_least": Comparison.AT_LEAST,
    "below": Comparison.BELOW,
    "at_most": Comparison.AT_MOST,
}


class Node(StrictModel):
    """A condition: exactly one of `all`, `any`, `none_of`, `provision` or `fact` with its required value.

    A fact alone must be yes. `versions` are the versions of the list with this condition; empty means all.
    `within` requires a code in one of these provisions; `only` allows no other words than these.
    """

    all: tuple["Node", ...] = ()
    any: tuple["Node", ...] = ()
    none_of: tuple["Node", ...] = ()
    provision: str = ""
    fact: str = ""
    above: Limit | None = None
    at_least: Limit | None = None
    below: Limit | None = None
    at_most: Limit | None = None
    one_of: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    versions: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_one_condition(self) -> "Node":
        kinds = [bool(part) for part in (self.all, self.any, self.none_of, self.provision, self.fact)]
        if sum(kinds) != 1:
            raise ValueError("a condition is exactly one of all, any, none_of, provision, fact")
        if self.fact:
            self._check_fact()
        elif len(self.tests) > 0:
            raise ValueError("only a fact is tested")
        if self.provision:
            parse_path(self.provision)
        return self

    def _check_fact(self) -> None:
        spec = vocabulary().facts.get(self.fact)
        if spec is None:
            raise ValueError(f"no fact {self.fact!r} in the vocabulary")
        fitting = {
            FactKind.YES_NO: ((),),
            FactKind.CHOICE: (("one_of",),),
            FactKind.CHOICES: (("includes",), ("only",)),
            FactKind.CODES: (("within",),),
            FactKind.QUANTITY: tuple((name,) for name in LIMITS),
        }
        if self.tests not in fitting[spec.kind]:
            raise ValueError(f"{self.fact} is a {spec.kind}; it cannot be tested by {self.tests or 'yes'}")
        unknown = {*self.one_of, *self.includes, *self.only} - set(spec.values)
        if unknown:
            raise ValueError(f"{self.fact} knows no {', '.join(sorted(unknown))}")
        for limit in self.limits.values():
            if read_quantity(limit).unit != spec.unit:
                raise ValueError(f"{self.fact} is counted in {spec.unit or 'a bare number'}, not as {limit}")

    @property
    def tests(self) -> tuple[str, ...]:
        """Names of the tests on the fact; empty if it must be yes."""
        names = (*LIMITS, "one_of", "includes", "only", "within")
        return tuple(name for name in names if getattr(self, name))

    @property
    def limits(self) -> dict[str, str]:
        """The limit by version, under an empty name where it is the same in all; empty without one."""
        limit: Limit | None = next((getattr(self, name) for name in LIMITS if getattr(self, name)), None)
        if limit is None:
            return {}
        return {"": limit} if isinstance(limit, str) else limit

    @property
    def children(self) -> tuple["Node", ...]:
        """The conditions inside."""
        return (*self.all, *self.any, *self.none_of)

    def walk(self) -> Iterator["Node"]:
        """Yield the condition and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()


class ReleaseRule(LocalizedText):
    """A note that excludes an item: its location, its title there, and its conditions.

    `at` is empty for a note without a provision, such as the General Technology Note.
    """

    at: str = ""
    note: str
    when: Node
    versions: tuple[str, ...] = ()


class GeneralRelease(ReleaseRule):
    """A note for a group of entries; `title` are words of the title that it has among the general notes."""

    title: str


class ProvisionRule(LocalizedText):
    """A provision: its scope in our own words, the functions that it applies to, and its conditions.

    `gate` is checked first: while it is unknown, no other fact is reported as missing. Empty `functions`
    means every item; `for_equipment` leaves out items that are only software or technology. `general` names
    releases in the general notes. `reading` explains our interpretation.
    """

    path: str
    functions: tuple[str, ...] = ()
    for_equipment: bool = False
    gate: Node | None = None
    when: Node
    releases: tuple[ReleaseRule, ...] = ()
    general: tuple[str, ...] = ()
    reading: LocalizedText | None = None
    versions: tuple[str, ...] = ()
    mode: Literal["executable", "interview"] = "executable"

    @model_validator(mode="after")
    def _names_known_functions(self) -> "ProvisionRule":
        unknown = sorted(set(self.functions) - set(vocabulary().functions))
        if unknown:
            raise ValueError(f"{self.path}: unknown functions {', '.join(unknown)}")
        if parse_path(self.path) != self.path:
            raise ValueError(f"{self.path} is not written as a path")
        return self


class RuleFile(StrictModel):
    """A file of rules."""

    provisions: tuple[ProvisionRule, ...] = Field(min_length=1)


class ReadVersion(StrictModel):
    """A version of the list whose text the rules were read from."""

    name: str
    source: Source


class GeneralFile(StrictModel):
    """`general.yaml`: the versions that were read, and the notes that hold for whole groups of entries."""

    versions: tuple[ReadVersion, ...] = Field(min_length=1)
    releases: dict[str, GeneralRelease]


class RuleSet:
    """All rules by path, in the order of the list; checked to name only each other, without circles."""

    def __init__(self, general: GeneralFile, provisions: tuple[ProvisionRule, ...]) -> None:
        ordered = sorted(provisions, key=lambda rule: sort_key(parse_path(rule.path)))
        self.provisions = {ControlPath(rule.path): rule for rule in ordered}
        self.versions = tuple(version.name for version in general.versions)
        self.sources = {version.name: version.source for version in general.versions}
        self._general = general.releases
        if len(self.provisions) != len(provisions):
            raise PackagedFactError("rules", "a provision occurs twice")
        for rule in ordered:
            unknown = set(rule.general) - set(self._general)
            if unknown:
                raise PackagedFactError("rules", f"no general notes {sorted(unknown)}", place=rule.path)
            for node in self.nodes(rule):
                named = set(node.versions) | (set(node.limits) - {""})
                if named - set(self.versions) or (
                    named and node.limits and set(node.limits) - {""} != set(self.versions)
                ):
                    raise PackagedFactError(
                        "rules", f"a limit names not the versions {self.versions}", place=rule.path
                    )
                if node.provision and ControlPath(node.provision) not in self.provisions:
                    raise PackagedFactError("rules", f"no rule for {node.provision}", place=rule.path)
            self._check_circles(rule, ())

    def releases(self, rule: ProvisionRule) -> tuple[ReleaseRule, ...]:
        """Return the notes that release from a provision: its own, then the general ones."""
        return (*rule.releases, *(self._general[name] for name in rule.general))

    def titles(self, rule: ProvisionRule) -> tuple[str, ...]:
        """Return words of the titles of the general notes that release from a provision, distinct."""
        return tuple(dict.fromkeys(self._general[name].title for name in rule.general))

    def nodes(self, rule: ProvisionRule) -> Iterator[Node]:
        """Yield every condition of a provision and of its releases."""
        for root in (
            *([rule.gate] if rule.gate else []),
            rule.when,
            *(release.when for release in self.releases(rule)),
        ):
            yield from root.walk()

    def facts(self, rule: ProvisionRule) -> set[str]:
        """Return the facts that a provision asks for, with those of the provisions it points to."""
        facts: set[str] = set()
        for node in self.nodes(rule):
            if node.fact:
                derived = vocabulary().facts[node.fact].derived
                facts |= {node.fact, *(name for pair in (derived.pairs if derived else ()) for name in pair)}
            if node.provision:
                facts |= self.facts(self.provisions[ControlPath(node.provision)])
        return facts

    def _check_circles(self, rule: ProvisionRule, above: tuple[str, ...]) -> None:
        if rule.path in above:
            raise PackagedFactError("rules", f"a circle: {' > '.join((*above, rule.path))}")
        for node in self.nodes(rule):
            if node.provision:
                self._check_circles(self.provisions[ControlPath(node.provision)], (*above, rule.path))


@cache
def rule_set() -> RuleSet:
    """Return the packaged rules, read once; PackagedFactError where they are wrong."""
    general = packaged_facts(GeneralFile, FOLDER, "data/classification/general.yaml")
    paths = packaged_names(FOLDER, "data/classification/rules")
    read = [packaged_facts(RuleFile, FOLDER, path) for path in paths]
    return RuleSet(general, tuple(rule for file in read for rule in file.provisions))
