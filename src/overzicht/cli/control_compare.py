"""`overzicht control compare`: one case under the Union's way and under the American entity list."""

from datetime import date

import click

from overzicht.cli.options import as_of_option, json_option, json_text, opened_store
from overzicht.exportcontrol.entitylist.compare import Comparison
from overzicht.workflows.licensing.comparison import compare_case


@click.command()
@click.argument("case_id")
@as_of_option
@json_option
def compare(case_id: str, as_of: date, as_json: bool) -> None:
    """Show what the Union and the American entity list ask of one kept case, and why they differ.

    Example: overzicht control compare NL-2026-0001 --as-of 2026-07-23
    """
    with opened_store() as (store, _):
        found = compare_case(store, case_id, as_of)
    if as_json:
        click.echo(json_text(found))
        return
    click.echo("\n".join(_lines(case_id, found)))


def _lines(case_id: str, found: Comparison) -> list[str]:
    lines = [f"case {case_id}, as of {found.day}", f"European Union: {found.eu_says}"]
    lines.append(f"United States, Entity List: {found.us_says}")
    for one in found.listed:
        lines.append(
            f"  {one.role} {one.party}: {one.row_name}, listed: {one.listed} (score {one.score:.2f})"
        )
        lines += [f"    {reason}" for reason in one.says]
        if one.rules is not None:
            lines.append(f"    licence requirement: {one.rules.requirement}")
            lines.append(f"    review policy: {one.rules.review_policy}")
        lines.append(
            f"    source: {one.citation.title}, {one.citation.place} {one.citation.address}".rstrip()
        )
    lines += [f"  {policy.says}; licence: {policy.licence}" for policy in found.policies]
    lines += [f"  owners: {one.statement}" for one in found.affiliates]
    return [*lines, "why they differ:", *(f"  {reason}" for reason in found.differences)]
