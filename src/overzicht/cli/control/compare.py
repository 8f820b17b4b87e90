"""`overzicht control compare`: one case under the Union's way and under the American entity list."""

import click

from overzicht.cli.options import Request, opened_store, standard
from overzicht.exportcontrol.entitylist.compare import Comparison
from overzicht.workflows.licensing.comparison import compare_case


@click.command()
@click.argument("case_id")
@standard("as-of", "json")
def compare(request: Request, case_id: str) -> None:
    """Compare what the Union and the American entity list require of one stored case, with reasons.

    Example: overzicht control compare NL-2026-0001 --as-of 2026-07-23
    """
    with opened_store() as store:
        comparison = compare_case(store, case_id, request.as_of)
    request.show(lambda: comparison, lambda: _lines(case_id, comparison))


def _lines(case_id: str, comparison: Comparison) -> list[str]:
    lines = [f"case {case_id}, as of {comparison.day}", f"European Union: {comparison.eu_says}"]
    lines.append(f"United States, Entity List: {comparison.us_says}")
    for one in comparison.listed:
        lines.append(
            f"  {one.role} {one.party}: {one.row_name}, listed: {one.listed} (score {one.score:.2f})"
        )
        lines += [f"    {reason}" for reason in one.sentences]
        if one.rules is not None:
            lines.append(f"    licence requirement: {one.rules.requirement}")
            lines.append(f"    review policy: {one.rules.review_policy}")
        lines.append(
            f"    source: {one.citation.title}, {one.citation.place} {one.citation.address}".rstrip()
        )
    lines += [f"  {policy.sentence}; licence: {policy.licence}" for policy in comparison.policies]
    lines += [f"  owners: {one.statement}" for one in comparison.affiliates]
    return [*lines, "why they differ:", *(f"  {reason}" for reason in comparison.differences)]
