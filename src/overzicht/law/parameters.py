"""Dated parameters of law: the ownership threshold of a legal order on a date, with its source.

The numbers are in ``law/data/*.yaml``; the code has none. A value holds from its `since` (inclusive) to that
of the next value. Old values remain, so that a question about a past date gets the law of that date.
"""

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Annotated, Literal

from pydantic import Field, model_validator

from overzicht.dates import Holds
from overzicht.errors import UnknownNameError
from overzicht.evidence import Citation
from overzicht.evidence.packaged import ById, StrictModel, packaged_text, read_facts
from overzicht.evidence.source import Source
from overzicht.law.timeline import check_order, value_on

THRESHOLDS_FILE = "ownership-thresholds.yaml"


class ThresholdValue(StrictModel):
    """The rule in force from `since`: the share of a company that a listed owner must hold.

    `percent` (0 to 100) and `operator` give the threshold; `aggregate` whether the shares of several listed
    owners are added up. All three are None if there is no rule, or none was established. `unverified` names
    the fields without a source.
    """

    since: date | None
    in_force: Holds
    operator: Literal[">", ">="] | None
    percent: Annotated[Decimal, Field(ge=0, le=100)] | None
    aggregate: bool | None
    sources: tuple[str, ...] = Field(min_length=1)
    unverified: tuple[str, ...] = ()
    documentation: str = Field(min_length=20)

    @model_validator(mode="after")
    def _rule_in_force_is_complete(self) -> "ThresholdValue":
        parts = (self.operator, self.percent, self.aggregate)
        if self.in_force is Holds.YES and None in parts:
            raise ValueError("a value in force needs operator, percent and aggregate")
        if None in parts and parts != (None, None, None):
            raise ValueError("give operator, percent and aggregate, or set all three to null")
        return self

    @property
    def is_stated(self) -> bool:
        """Whether there is a threshold to compare with, in force or not."""
        return self.percent is not None

    def is_reached_by(self, share: Decimal) -> bool:
        """Return whether `share` (percent) reaches the threshold; False if none is stated."""
        if self.percent is None:
            return False
        return share > self.percent if self.operator == ">" else share >= self.percent


class Regime(StrictModel):
    """A legal order's ownership rule over time.

    `control_test` states whether control without ownership is a separate test. `control` and `effect`
    describe, in our own words, how control counts and what ownership causes. `last_value_still_valid_on` is
    the last date on which the newest value was checked.
    """

    id: str
    label: str
    label_nl: str
    last_value_still_valid_on: date
    cascade: Literal[True]  # no known legal order multiplies shares along a chain
    control_test: Literal["separate", "none"]
    control: str
    effect: str
    values: tuple[ThresholdValue, ...] = Field(min_length=1)
    sources: dict[str, Source]

    @model_validator(mode="after")
    def _values_are_in_order_and_sourced(self) -> "Regime":
        check_order(self.values)
        unknown = {key for value in self.values for key in value.sources} - set(self.sources)
        if unknown:
            raise ValueError(f"unknown source {', '.join(sorted(unknown))}")
        return self

    @property
    def code(self) -> str:
        """The id as people write it: `EU`, `OFAC`."""
        return self.id.upper()

    def on(self, day: date) -> ThresholdValue:
        """Return the value in force on `day`; before every known start, the value without one."""
        return value_on(self.values, day)

    def cite(self, value: ThresholdValue) -> tuple[Citation, ...]:
        """Return the citations of a value, in the order of the file."""
        return tuple(self.sources[key].cite(f"law: {self.id}", key) for key in value.sources)


@cache
def ownership_regimes() -> dict[str, Regime]:
    """Return the packaged ownership rules by id; PackagedFactError if not valid."""
    return read_regimes(packaged_text("overzicht.law", f"data/{THRESHOLDS_FILE}"))


def ownership_regime(name: str) -> Regime:
    """Return one packaged ownership rule; UnknownNameError lists the known ones."""
    regimes = ownership_regimes()
    if name not in regimes:
        raise UnknownNameError("ownership regime", name, tuple(sorted(regimes)))
    return regimes[name]


class _File(StrictModel):
    id: str = ""
    regimes: ById[Regime]


def read_regimes(raw: str) -> dict[str, Regime]:
    """Return the regimes of a YAML text, by id; raises PackagedFactError naming the place."""
    return dict(sorted(read_facts(_File, THRESHOLDS_FILE, raw).regimes.items()))
