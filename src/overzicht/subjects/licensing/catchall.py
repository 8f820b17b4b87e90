"""The catch-alls: duties for items that no list names (Articles 4, 5, 9 and 10).

**What the law says.** If the authority *informs* the exporter, an authorisation is required. An exporter that
is *aware* must notify the authority and wait. *Suspicion* counts only if national law says so. A national
measure applies directly. Military end-use counts only with an arms embargo (Article 4(1)(b)). Article 5
(new in 2021) requires a cyber-surveillance item (Article 2(20)): six conditions, all of them.

**What we check.** The stated facts of the case, each duty separately. An unknown condition leaves the duty
open, and the missing fact is named.

**What we cannot see.** Whether the exporter should have known.
"""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import computed_field

from overzicht.dates import Holds, all_hold, any_holds
from overzicht.evidence import Text, text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.law.export_rules import Duty, export_rules
from overzicht.subjects.licensing.authorisations import general_authorisations
from overzicht.subjects.licensing.model import Application, FactName

AskedQuestion = tuple[str, str, Text, Holds]
"""Number and rule of a step, what it says, and the result."""


def inside_steps(case: Application) -> tuple[AskedQuestion, ...]:
    """Return the steps of a transfer inside the Union."""
    codes = [item.code for item in case.items if item.code]
    if not codes:
        unclassified = any(not item.not_listed for item in case.items)
        sentence = text("an item is not classified") if unclassified else text("no item is listed")
        return (("1a", "annex-iv", sentence, Holds.UNKNOWN if unclassified else Holds.NO),)
    papers = text("for {codes}", codes=", ".join(codes))
    onward = text("not stated: the final destination and the requirement of the state; an officer decides")
    general = general_authorisations()
    answers = {code: general.in_annex_iv(code) for code in codes}
    listed = [code for code, answer in answers.items() if answer is Holds.YES]
    unsure = [code for code, answer in answers.items() if answer is Holds.UNKNOWN]
    if listed:
        annex_iv = (text("in Annex IV: {codes}", codes=", ".join(listed)), Holds.YES)
    elif unsure:
        annex_iv = (
            text("partly in Annex IV, check the text: {codes}", codes=", ".join(unsure)),
            Holds.UNKNOWN,
        )
    else:
        annex_iv = (text("not in Annex IV: {codes}", codes=", ".join(codes)), Holds.NO)
    return (
        ("1a", "annex-iv", *annex_iv),
        ("1b", "onward", onward, Holds.UNKNOWN),
        ("1c", "papers", papers, Holds.YES),
    )


CYBER_CONDITIONS = (
    FactName.DUAL_USE,
    FactName.SPECIALLY_DESIGNED,
    FactName.COVERT,
    FactName.NATURAL_PERSONS,
    FactName.HANDLES_DATA,
    FactName.FROM_ICT_SYSTEMS,
)


@dataclass(frozen=True, slots=True)
class DutyAnswer:
    """Whether a duty applies; `missing` are the facts that would decide an unknown answer."""

    duty: Annotated[Duty, HIDDEN]
    answer: Holds
    facts: tuple[FactName, ...]
    missing: tuple[FactName, ...] = ()

    @computed_field
    @property
    def id(self) -> str:
        """The id of the duty."""
        return self.duty.id

    @computed_field
    @property
    def article(self) -> str:
        """The article that it follows from."""
        return self.duty.article

    @computed_field
    @property
    def does(self) -> str:
        """What it asks for: `authorise`, `notify` or `national`."""
        return self.duty.does


def duties(case: Application, day: date) -> tuple[DutyAnswer, ...]:
    """Return every duty of the catch-alls with its answer for the case on `day`, in the order of the law.

    Only the duties of the regulation in force on `day`; empty before Regulation 428/2009.
    """
    rules = export_rules(day)
    if not rules.applies_on(day):
        return ()
    duty_answers: list[DutyAnswer] = []
    for name, tree in CONDITIONS.items():
        if name in rules.duties:
            duty = rules.duties[name]
            answers = [any_holds([_all_stated(case, facts) for facts in group]) for group in tree]
            facts = tuple(dict.fromkeys(name for group in tree for facts in group for name in facts))
            holds = all_hold(answers)
            if holds is not Holds.UNKNOWN:
                duty_answers.append(DutyAnswer(duty, holds, facts))
                continue
            missing = tuple(
                name
                for group, answer in zip(tree, answers, strict=True)
                if answer is Holds.UNKNOWN
                for name in dict.fromkeys(name for facts in group for name in facts)
                if case.fact(name).answer == "unknown"
            )
            duty_answers.append(DutyAnswer(duty, Holds.UNKNOWN, facts, missing))
    return tuple(duty_answers)


# A duty holds when every group holds; a group holds when one of its alternatives does, and that holds when
# all its facts are stated "yes". The first fact is the trigger of the duty.
Alternatives = tuple[tuple[FactName, ...], ...]
ART4_USES: Alternatives = (
    (FactName.CBRN_USE,),
    (FactName.MILITARY_END_USE, FactName.ARMS_EMBARGO),
    (FactName.UNLAWFUL_MILITARY_PARTS,),
)
CYBER: Alternatives = (CYBER_CONDITIONS,)
CONDITIONS: dict[str, tuple[Alternatives, ...]] = {
    "art4-informed": (((FactName.INFORMED_ART4,),),),
    "art4-aware": (((FactName.AWARE_ART4,),), ART4_USES),
    "art4-suspicion": (((FactName.SUSPICION_ART4,),), ((FactName.NATIONAL_LAW_ON_SUSPICION,),)),
    "art5-informed": (((FactName.INFORMED_ART5,),),),
    "art5-aware": (((FactName.AWARE_ART5,),), CYBER, ((FactName.RIGHTS_VIOLATION_USE,),)),
    "art5-suspicion": (((FactName.SUSPICION_ART5,),), ((FactName.NATIONAL_LAW_ON_SUSPICION,),), CYBER),
    "art9-measure": (((FactName.NATIONAL_LIST_ART9,),),),
    "art10-informed": (((FactName.INFORMED_ART10,),), ((FactName.OTHER_STATES_LIST_ART10,),)),
}


def _all_stated(case: Application, facts: tuple[FactName, ...]) -> Holds:
    return all_hold([Holds(case.fact(name).answer) for name in facts])
