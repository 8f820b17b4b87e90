"""`overzicht control compare`: one case under the Union's way and under the American entity list."""

import click

from overzicht.cli.commands import command
from overzicht.cli.options import Request, standard
from overzicht.exportcontrol.entitylist.compare import Comparison
from overzicht.workflows.licensing.comparison import compare_case


@command()
@click.argument("case_id")
@standard("as-of", "json")
def compare(request: Request, case_id: str) -> None:
    """Compare what the Union and the American entity list require of one stored case, with reasons."""
    comparison = compare_case(request.store, case_id, request.as_of)
    request.show(lambda: comparison, lambda: _lines(case_id, comparison))


def _lines(case_id: str, comparison: Comparison) -> list[str]:
    lines = [f"case {case_id}, as of {comparison.day}", f"European Union: {comparison.eu_says}"]
    lines.append(f"United States, Entity List: {comparison.us_says}")
    for party in comparison.listed:
        listed = f"{party.row_name}, listed: {party.listed} (score {party.score:.2f})"
        lines.append(f"  {party.role} {party.party}: {listed}")
        lines += [f"    {reason}" for reason in party.sentences]
        if party.rules is not None:
            lines.append(f"    licence requirement: {party.rules.requirement}")
            lines.append(f"    review policy: {party.rules.review_policy}")
        lines.append(
            f"    source: {party.citation.title}, {party.citation.place} {party.citation.address}".rstrip()
        )
    lines += [f"  {policy.sentence}; licence: {policy.licence}" for policy in comparison.policies]
    lines += [f"  owners: {party.statement}" for party in comparison.affiliates]
    return [*lines, "why they differ:", *(f"  {reason}" for reason in comparison.differences)]
