"""`overzicht control interview`: an entry walked from its text, with the answers of a person."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from overzicht.cli.commands import command
from overzicht.cli.language import error_text, speak, translate, worded
from overzicht.cli.options import PATH, Request, optional_as_of, standard
from overzicht.cli.output import write_whole
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, OverzichtError
from overzicht.evidence import Citation
from overzicht.subjects.control_list.classification.interview import answer_of
from overzicht.subjects.control_list.classification.item import Item, read_item
from overzicht.subjects.control_list.classification.result import (
    ConditionResult,
    CriterionResult,
    EntryResult,
    ItemAnswer,
)
from overzicht.subjects.control_list.classification.workflow import entry_json, read_item_file, walk
from overzicht.subjects.control_list.classify_terminal import Walk

DONT_KNOW = "?"
YES_NO = {"y": "yes", "yes": "yes", "j": "yes", "n": "no", "no": "no"}


@command()
@click.argument("entry")
@click.option(
    "--item", "file", type=PATH, help="Product file, with `answers` to criteria and facts for the rules."
)
@click.option("--ask", "is_asking", is_flag=True, help="Ask each criterion that is needed; ? means unknown.")
@click.option("--save-answers", type=PATH, help="YAML file to write the answers to.")
@click.option("--version", default="", help="Version: 2021, 2025-11-15, or a hash.")
@optional_as_of("today")
@standard("by", "json", parameters=Walk)
def interview(request: Request, entry: str, parameters: Walk, file: Path | None) -> int:
    """Walk one entry from its text: each criterion is a question in its own words. Exit code 1: it is open.

    An answer is yes, no, or a quantity such as `12 W`, which is compared with the limit in the words. Without
    --ask, the command prints the criteria with their answers. Put the saved `answers` in the product file.
    """
    before = read_item_file(file) if file else _nothing(entry)
    on = parameters.day or request.as_of
    result, opened = walk(request.store, entry, before, parameters.version, on)
    item, skipped = before, set[str]()
    while parameters.is_asking and (open_now := [c for c in result.needed if c.key not in skipped]):
        answer = _ask(open_now[0], request)
        if answer is None:
            skipped.add(open_now[0].key)
            continue
        try:
            changed = replace(item, answers={**item.answers, answer.key: answer})
            result, opened = walk(request.store, entry, changed, parameters.version, on)
            item = changed
        except OverzichtError as error:
            click.echo("  " + speak("not taken: {reason}", reason=error_text(error)), err=True)
    if parameters.save_answers is not None:
        rows = [_row(answer) for key, answer in item.answers.items() if key not in before.answers]
        write_whole(parameters.save_answers, yaml.safe_dump({"answers": rows}, sort_keys=False))
    request.show(
        lambda: {"list": str(opened.version), **entry_json(result, with_criteria=True)},
        lambda: _lines(result, str(opened.version)),
    )
    return EXIT_INCOMPLETE if result.met is ConditionResult.UNKNOWN else EXIT_OK


def _nothing(entry: str) -> Item:
    """Return a product without facts and answers."""
    return read_item({"id": "item", "name": entry, "functions": ["other"], "facts": []}, "item")


def _ask(criterion: CriterionResult, request: Request) -> ItemAnswer | None:
    limits = ", ".join(str(limit) for limit in criterion.thresholds)
    hint = speak("yes, no or {sign}", sign=DONT_KNOW)
    if limits:
        hint = speak("yes, no, {sign} or a quantity; limit {limits}", sign=DONT_KNOW, limits=limits)
    citation = Citation(
        source="answer", title=request.actor, place=criterion.key, published=request.as_of, official=False
    )
    while True:
        typed: str = click.prompt(f"{criterion.key}: {criterion.words}\n  ({hint})", err=True).strip()
        try:
            return answer_of(criterion.key, YES_NO.get(typed.lower(), typed), "", citation)
        except OverzichtError as error:
            click.echo(f"  {error_text(error)}", err=True)


def _row(answer: ItemAnswer) -> dict[str, Any]:
    value, _, unit = answer.shown.partition(" ")
    day = answer.citation.published
    quantity = {"unit": unit} if unit else {}
    return {
        "criterion": answer.key,
        "value": value,
        **quantity,
        "by": answer.citation.title,
        "day": date(day.year, day.month, day.day) if day else None,  # a new object: YAML names shared ones
    }


def _lines(result: EntryResult, version: str) -> list[str]:
    head = speak(
        "{path}, list of {version}: {result}", path=result.path, version=version, result=_result(result.met)
    )
    lines = [head, f"  {worded(result.covers)}", ""]
    for criterion in result.criteria:
        stated = f" [{criterion.answer.shown}, {criterion.answer.citation.title}]" if criterion.answer else ""
        limits = "".join(f"\n      {speak('limit {limit}', limit=limit)}" for limit in criterion.thresholds)
        mark = translate("ask") if criterion.is_needed else _result(criterion.met)
        lines.append(f"{mark:8} {criterion.key}: {criterion.words}{limits}{stated}")
    if result.needed:
        count = len(result.needed)
        lines += ["", speak("open: {count} criteria can still change the result (--ask)", count=count)]
    return lines


def _result(met: ConditionResult) -> str:
    return translate("open") if met is ConditionResult.UNKNOWN else str(worded(met))
