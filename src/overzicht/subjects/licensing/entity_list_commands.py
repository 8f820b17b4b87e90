"""`overzicht control compare`: one case under the Union's way and under the American entity list."""

import click

from overzicht.cli.commands import command
from overzicht.cli.language import as_of_line, place_text, speak, translate, worded
from overzicht.cli.options import Request, standard
from overzicht.subjects.licensing.compare import Comparison
from overzicht.subjects.licensing.comparison import compare_case


@command()
@click.argument("case_id")
@standard("as-of", "json")
def compare(request: Request, case_id: str) -> None:
    """Compare what the Union and the American entity list require of one stored case, with reasons."""
    comparison = compare_case(request.store, case_id, request.as_of)
    request.show(lambda: comparison, lambda: _lines(case_id, comparison))


def _lines(case_id: str, comparison: Comparison) -> list[str]:
    lines = [
        as_of_line(speak("case {id}", id=case_id), comparison.day),
        speak("European Union: {statement}", statement=comparison.eu_says),
        speak("United States, Entity List: {statement}", statement=comparison.us_says),
    ]
    for party in comparison.listed:
        listed = speak(
            "{name}, listed: {answer} (score {score})",
            name=party.row_name,
            answer=party.listed,
            score=f"{party.score:.2f}",
        )
        lines.append(f"  {worded(party.role)} {party.party}: {listed}")
        lines += [f"    {worded(reason)}" for reason in party.sentences]
        if party.rules is not None:
            requirement, policy = party.rules.requirement, party.rules.review_policy
            lines.append("    " + speak("licence requirement: {requirement}", requirement=requirement))
            lines.append("    " + speak("review policy: {policy}", policy=policy))
        citation = party.citation
        source = f"{translate(citation.title)}, {place_text(citation.place)} {citation.address}".rstrip()
        lines.append("    " + speak("source: {source}", source=source))
    lines += [
        "  " + speak("{statement}; licence: {licence}", statement=policy.sentence, licence=policy.licence)
        for policy in comparison.policies
    ]
    lines += [
        "  " + speak("owners: {statement}", statement=party.statement) for party in comparison.affiliates
    ]
    reasons = (f"  {worded(reason)}" for reason in comparison.differences)
    return [*lines, translate("why they differ:"), *reasons]
