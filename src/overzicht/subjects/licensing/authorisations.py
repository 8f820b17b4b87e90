"""Union general export authorisations: which fit a case, and what excludes the others.

**What the law says.** Annex II, sections A to H: each authorisation covers codes and destinations. It does
not apply after certain notices to, knowledge of, or acts by the exporter (Article 12(1)(d), 12(6)).

**What we check.** The codes of all listed items against included and excluded codes (Section I, Annex IV),
the destination on the date, and each knock-out that is stated as a fact. A fact that is not stated leaves the
answer open.

**What we cannot see.** Conditions on the transaction (repair, fair, group): an officer confirms them. Annex
IV is narrower than Annex I for some codes, and the answer is then open.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated

from pydantic import Field, computed_field

from overzicht.dates import Holds
from overzicht.evidence import Citation, Text, text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.evidence.packaged import ById, LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.source import Source
from overzicht.subjects.control_list.path import covered_by
from overzicht.subjects.licensing.destination import destination
from overzicht.subjects.licensing.model import Application, FactName, Item

SOFTWARE_AND_TECHNOLOGY = ("D", "E")


class _AllBut(StrictModel):
    named: tuple[str, ...]
    authorisation: str


class GeneralAuthorisation(LocalizedText):
    """One of EU001 to EU008: what it covers, where, and what knocks it out.

    `since` is its first day, `before` its annex to Regulation 428/2009 (empty if it had none). `added` and
    `removed` are the first days of destinations that came or went later.
    """

    id: str = ""
    since: date
    before: str = ""
    include: tuple[str, ...] = ()
    include_partly: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    exclude_groups: tuple[str, ...] = ()
    exclude_groups_but: str = ""
    kinds: tuple[str, ...] = ()
    without_section_i: bool = False
    destinations: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    all_destinations_but: _AllBut | None = None
    added: dict[str, date] = Field(default_factory=dict)
    removed: dict[str, date] = Field(default_factory=dict)
    knock_outs: tuple[FactName, ...]
    conditions: LocalizedText | None = None
    registration: str
    first_use: str

    def covers(self, country: str, day: date) -> bool:
        """Return whether `country` was among its named destinations on `day`."""
        is_named = country in self.destinations or country in self.removed
        return is_named and self.added.get(country, self.since) <= day < self.removed.get(country, date.max)


class _AnnexIV(StrictModel):
    codes: tuple[str, ...]
    narrower: tuple[str, ...]
    categories: tuple[str, ...]


class GeneralAuthorisations(StrictModel):
    """All of them, with the codes that general authorisations leave out."""

    id: str
    last_value_still_valid_on: date
    recast_on: date
    unverified: tuple[str, ...]
    sources: dict[str, Source]
    section_i: tuple[str, ...]
    annex_iv: _AnnexIV
    authorisations: ById[GeneralAuthorisation]

    def in_annex_iv(self, code: str) -> Holds:
        """Return whether a code is in Annex IV; unknown if the annex is narrower than the code."""
        if covered_by(code, self.annex_iv.codes) is Holds.YES:
            return Holds.YES
        narrower = covered_by(code, self.annex_iv.narrower) is not Holds.NO
        is_partly = covered_by(code, self.annex_iv.codes) is Holds.UNKNOWN
        return Holds.UNKNOWN if narrower or is_partly or code[0] in self.annex_iv.categories else Holds.NO

    def in_section_i(self, code: str) -> Holds:
        """Return whether a code is in Section I of Annex II, which takes in Annex IV."""
        own = covered_by(code, self.section_i)
        if own is Holds.YES:
            return Holds.YES
        fourth = self.in_annex_iv(code)
        return fourth if fourth is not Holds.NO else own

    def cite(self, name: str, day: date) -> Citation:
        """Return the citation of an authorisation in the regulation in force on `day`."""
        if day < self.recast_on:
            place = f"{self.authorisations[name].before}, {name}"
            return self.sources["earlier"].cite(f"law: {self.id}", place)
        return self.sources["regulation"].cite(f"law: {self.id}", f"Annex II, {name}")


@cache
def general_authorisations() -> GeneralAuthorisations:
    """Return the packaged authorisations, read once; PackagedFactError where the file is wrong."""
    return packaged_facts(GeneralAuthorisations, __package__, "general-authorisations.yaml")


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether an authorisation fits: YES, NO (see `knocked_out_by`) or UNKNOWN (see `open_points`)."""

    authorisation: Annotated[GeneralAuthorisation, HIDDEN]
    answer: Holds
    knocked_out_by: tuple[Text, ...]
    open_points: tuple[Text, ...]
    citation: Citation

    @computed_field
    @property
    def id(self) -> str:
        """The id of the authorisation, such as EU001."""
        return self.authorisation.id


def fits(case: Application, day: date) -> tuple[Fit, ...]:
    """Return for each general authorisation whether it fits all listed items of the case on `day`.

    Empty if no item is listed; an authorisation that did not exist on `day` is left out.
    """
    general = general_authorisations()
    listed = [item for item in case.items if item.code]
    existing = [known for known in general.authorisations.values() if day >= known.since]
    return tuple(_fit(general, known, case, listed, day) for known in existing) if listed else ()


def _fit(
    general: GeneralAuthorisations,
    authorisation: GeneralAuthorisation,
    case: Application,
    listed: list[Item],
    day: date,
) -> Fit:
    against: list[Text] = []
    unsure: list[Text] = []
    _destination(general, authorisation, case, day, (against, unsure))
    for item in listed:
        points = (against, unsure)
        code = item.code or ""
        if authorisation.kinds and code[1] not in SOFTWARE_AND_TECHNOLOGY:
            against.append(text("{code} is neither software nor technology", code=code))
        if authorisation.include:
            _sort(covered_by(code, authorisation.include), points, included=True, code=code)
            if covered_by(code, authorisation.include_partly) is Holds.YES:
                unsure.append(text("{code} is covered in part only", code=code))
        if code[1] in authorisation.exclude_groups:
            if authorisation.exclude_groups_but and code[1] == "D":
                unsure.append(text("{code}: only software that the demonstration needs", code=code))
            else:
                against.append(text("{code} is left out as software or technology", code=code))
        _sort(covered_by(code, authorisation.exclude), points, included=False, code=code)
        if authorisation.without_section_i:
            _sort(general.in_section_i(code), points, included=False, code=code)
    for name in (FactName.EXPORTER_BARRED, *authorisation.knock_outs):
        stated = case.fact(name).answer
        if stated == "yes":
            against.append(text("knocked out: {fact}", fact=name.words))
        elif stated == "unknown" and name is not FactName.EXPORTER_BARRED:
            unsure.append(text("not stated: {fact}", fact=name.words))
    if authorisation.conditions is not None and case.fact(FactName.CONDITIONS_MET).answer != "yes":
        unsure.append(text("an officer must confirm: {conditions}", conditions=authorisation.conditions.text))
    if day < general.recast_on and case.fact(FactName.CONDITIONS_MET).answer != "yes":
        unsure.append(
            text(
                "an officer must confirm that {annex} of Regulation 428/2009 names items and destination",
                annex=authorisation.before,
            )
        )
    if authorisation.registration == "required" and case.fact(FactName.REGISTERED).answer != "yes":
        unsure.append(text("registration before the first use is not stated"))
    answer = Holds.NO if against else Holds.UNKNOWN if unsure else Holds.YES
    return Fit(authorisation, answer, tuple(against), tuple(unsure), general.cite(authorisation.id, day))


Points = tuple[list[Text], list[Text]]


def _destination(
    general: GeneralAuthorisations,
    authorisation: GeneralAuthorisation,
    case: Application,
    day: date,
    points: Points,
) -> None:
    against, unsure = points
    country, place = case.destination, destination(case, day)
    if place.holds is Holds.YES:
        against.append(text("the destination {country} is inside the Union", country=country))
        return
    if place.holds is Holds.UNKNOWN:
        unsure.append(place.sentence)
    if authorisation.all_destinations_but is not None:
        partner = general.authorisations[authorisation.all_destinations_but.authorisation]
        if country in authorisation.all_destinations_but.named or partner.covers(country, day):
            against.append(text("the destination {country} is left out", country=country))
        else:
            unsure.append(text("not for destinations under an arms embargo or other Union measures"))
    elif authorisation.covers(country, day):
        pass
    elif country in authorisation.removed and day >= authorisation.removed[country]:
        sentence = text("{country} was removed on {day}", country=country, day=authorisation.removed[country])
        if f"{authorisation.id}.removed.{country}.until" not in general.unverified:
            removed = sentence
        else:
            removed = text(
                "{says}; the exact day is unverified ({act})",
                says=sentence,
                act=general.sources["russia"].title,
            )
        against.append(removed)
    elif place.place is not None and place.place.id in authorisation.territories:
        unsure.append(
            text(
                "the text names French overseas territories; an officer decides whether {country} is one",
                country=country,
            )
        )
    else:
        against.append(text("the destination {country} is not among its destinations", country=country))


def _sort(answer: Holds, points: Points, *, included: bool, code: str) -> None:
    against, unsure = points
    if answer is Holds.UNKNOWN:
        unsure.append(text("{code} is not specific enough; classify the item further", code=code))
    elif included and answer is Holds.NO:
        against.append(text("{code} is not among its items", code=code))
    elif not included and answer is Holds.YES:
        against.append(text("{code} is left out", code=code))
