"""What pages of others show of licence cases: those with a party among theirs."""

from overzicht.kit.operation import ALL
from overzicht.names.normal import name_key
from overzicht.store.accounts import Role
from overzicht.subjects.licensing.case_list import all_cases
from overzicht.subjects.makers.page_parts import PagePart
from overzicht.subjects.makers.profile import MakerFacts
from overzicht.web.context import PageContext


def cases_of_party(context: PageContext, facts: MakerFacts) -> PagePart | None:
    """Return the cases with a party of this name, and those that cannot be read; None without the role."""
    if not context.may(Role.EDITOR):
        return None
    keys = {name_key(name.name) for name in facts.card.names} if facts.card else {name_key(facts.name)}
    part = all_cases(context, ALL)
    cases = [
        case
        for case in part.rows
        if any(
            name_key(name) in keys
            for party in case.application.parties
            for name in (party.name, *party.other_names)
        )
    ]
    return PagePart("_cases_of_party.html", {"cases": cases, "problems": part.problems})
