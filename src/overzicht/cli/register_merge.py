"""`overzicht register publish` and `merge`: sharing a register, and one overview of several."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from overzicht.cli.options import as_of_option, by_option, json_option, now, opened_store
from overzicht.cli.overview import write_whole
from overzicht.register.merging import Level, MergedOverview, merge
from overzicht.workflows.licensing.act import Act
from overzicht.workflows.register.publishing import publish as make_published
from overzicht.workflows.register.publishing import read_published

SHOWN_MODELS = 20
HEADLINES = (
    ("total", "devices"), ("listed", "of makers on an official list"),
    ("listed_relabelled", "of these under another brand"), ("relabelled", "under another brand in all"),
    ("unknown", "of an unknown or undecided maker"), ("replaced", "replaced"),
    ("not_seen", "not seen any more"),
)  # fmt: skip


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--organisation", required=True, help="Whose register, with all below it: an id or a name.")
@click.option(
    "--level",
    type=click.Choice([each.value for each in Level]),
    default="counts",
    show_default=True,
    help="How much is shared: counts, models too, or every device without its addresses.",
)
@as_of_option
@by_option
def publish(file: Path, organisation: str, level: str, as_of: date, actor: str) -> None:
    """Write an organisation's register to FILE (JSON) for others, as far as it likes to share.

    MAC and network addresses and serial numbers are never in it.
    """
    with opened_store() as (store, _):
        data = make_published(store, organisation, Level(level), Act(as_of, actor, now()))
    write_whole(file, f"{json.dumps(data, ensure_ascii=False, indent=2)}\n".encode())
    click.echo(f"{file}: {data['counts']['total']} devices of {data['organisation']['name']}, level {level}")


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the overview as JSON.")
@json_option
def merge_(files: tuple[Path, ...], out: Path | None, as_json: bool) -> None:
    """Combine published registers into one overview, without counting anything twice."""
    merged = merge([read_published(path) for path in files])
    told = json.dumps(merged_json(merged), ensure_ascii=False, indent=2)
    if out is not None:
        write_whole(out, f"{told}\n".encode())
        click.echo(str(out), err=True)
    click.echo(told if as_json else "\n".join(_lines(merged)))


def merged_json(merged: MergedOverview) -> dict[str, Any]:
    """Return a merged overview as JSON."""
    return {
        "first_day": merged.first_day.isoformat(),
        "last_day": merged.last_day.isoformat(),
        "totals": dict(merged.totals),
        "makers": [
            {"maker": maker, "name": merged.maker_names.get(maker, ""), "devices": count}
            for maker, count in merged.makers.items()
        ],
        "kinds": dict(merged.kinds),
        "models": list(merged.models),
        "models_of": merged.models_of,
        "statements": list(merged.statements),
        "organisations": [
            {
                "id": each.published.organisation, "name": each.published.name,
                "as_of": each.published.as_of.isoformat(), "level": each.published.level.value,
                "file": each.published.file, "sha256": each.published.sha256, "counts": each.counts,
                "numbers": dict(each.published.counts), "note": str(each.note) if each.note else "",
                "unknown": [str(text) for text in each.unknown],
            }
            for each in merged.members
        ],
        "notes": [str(note) for note in merged.notes],
    }  # fmt: skip


def _lines(merged: MergedOverview) -> list[str]:
    counting = sum(member.counts for member in merged.members)
    lines = [f"{counting} organisations, {_days(merged.first_day, merged.last_day)}"]
    lines += [f"  {merged.totals.get(name, 0)} {words}" for name, words in HEADLINES]
    makers = [f"{merged.maker_names.get(m, 'unknown')} {count}" for m, count in merged.makers.items()]
    lines.append(f"makers: {', '.join(makers)}")
    lines.append(f"kinds: {', '.join(f'{kind} {count}' for kind, count in merged.kinds.items())}")
    if merged.models:
        lines.append(f"models, of {merged.models_of} of {counting} organisations:")
        lines += [
            f"  {row['devices']}  {row['brand']} {row['model']}" for row in merged.models[:SHOWN_MODELS]
        ]
    for member in merged.members:
        one = member.published
        state = f"{one.counts.get('total', 0)} devices" if member.counts else f"does not count: {member.note}"
        lines.append(f"{one.name} ({one.as_of}, {one.level}): {state}")
        lines += [f"  unknown: {text}" for text in member.unknown]
    lines += [
        f"said of {row['name']} in {row['said']}: {row['quantity']} {row['maker_named']} ({row['status']}), "
        "beside the counts"
        for row in merged.statements
    ]
    return [*lines, *(str(note) for note in merged.notes)]


def _days(first: date, last: date) -> str:
    return f"as of {first}" if first == last else f"as of days from {first} to {last}"
