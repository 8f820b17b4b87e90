"""Requirements of Article 11 for a transfer inside the Union.

**What the law says.** Annex IV items need an authorisation between member states too. A state may require one
for other listed items that continue to a place outside. Papers of listed items must state the control.

**What we check.** The codes of the items against Annex IV.

**What we cannot see.** Whether the state requires one under Article 11(2): an officer decides.
"""

from overzicht.dates import Holds
from overzicht.evidence import Text, text
from overzicht.exportcontrol.licensing.authorisations import general_authorisations
from overzicht.exportcontrol.licensing.model import Application

Asked = tuple[str, str, Text, Holds]
"""Number and rule of a step, what it says, and the result."""


def inside_steps(case: Application) -> tuple[Asked, ...]:
    """Return the steps of a transfer inside the Union."""
    codes = [item.code for item in case.items if item.code]
    if not codes:
        unclassified = any(not item.not_listed for item in case.items)
        sentence = text("an item is not classified") if unclassified else text("no item is listed")
        return (("1a", "annex-iv", sentence, Holds.UNKNOWN if unclassified else Holds.NO),)
    papers = text("for {codes}", codes=", ".join(codes))
    onward = text("not stated: the final destination and the requirement of the state; an officer decides")
    return (
        ("1a", "annex-iv", *_annex_iv(codes)),
        ("1b", "onward", onward, Holds.UNKNOWN),
        ("1c", "papers", papers, Holds.YES),
    )


def _annex_iv(codes: list[str]) -> tuple[Text, Holds]:
    general = general_authorisations()
    answers = {code: general.in_annex_iv(code) for code in codes}
    listed = [code for code, answer in answers.items() if answer is Holds.YES]
    unsure = [code for code, answer in answers.items() if answer is Holds.UNKNOWN]
    if listed:
        return text("in Annex IV: {codes}", codes=", ".join(listed)), Holds.YES
    if unsure:
        return text("in Annex IV only in part, read it: {codes}", codes=", ".join(unsure)), Holds.UNKNOWN
    return text("not in Annex IV: {codes}", codes=", ".join(codes)), Holds.NO
