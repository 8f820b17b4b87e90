"""`overzicht control classify`: a product's facts along the provisions, in words or as JSON."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import yaml

from overzicht.cli.commands import command
from overzicht.cli.language import as_of_line, place_text, reworded, speak, spoken, translate, worded
from overzicht.cli.options import (
    PATH,
    Request,
    file_argument,
    lang_option,
    now,
    optional_as_of,
    standard,
    today,
)
from overzicht.cli.output import write_whole
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, InputFileError, UnknownNameError
from overzicht.evidence import text
from overzicht.subjects.control_list.classification.item import Item, answered
from overzicht.subjects.control_list.classification.result import (
    Classification,
    ConditionResult,
    EntryResult,
    PathResult,
)
from overzicht.subjects.control_list.classification.vocabulary import FactKind, FactSpec, vocabulary
from overzicht.subjects.control_list.classification.workflow import (
    Interviewee,
    ItemClassification,
    classification_json,
    classify_item,
    day_of_list,
    facts_asked,
    interview,
    read_item_file,
    save_classification,
)
from overzicht.subjects.control_list.path import is_within, lineage

SHOWN_MISSING = 12
DONT_KNOW = "?"
RELEASED = {
    ConditionResult.MET: text("released by {note} ({sentence}):"),
    ConditionResult.NOT_MET: text("not released by {note} ({sentence}):"),
    ConditionResult.UNKNOWN: text("not known whether released by {note} ({sentence}):"),
}


@dataclass(frozen=True, slots=True)
class Walk:
    """How to walk provisions: for which date or version, and what to do with the answers."""

    day: date | None
    version: str
    is_asking: bool
    save_answers: Path | None


@command()
@file_argument()
@optional_as_of("today")
@click.option("--version", default="", help="Version of the list, for example 2021, instead of a date.")
@click.option("--ask", "is_asking", is_flag=True, help="Ask for each missing fact; ? means unknown.")
@click.option("--save-answers", type=PATH, help="YAML file to write the answers to.")
@click.option("--quotes", is_flag=True, help="Quote also the notes and points of your copy of the list.")
@click.option("--no-keep", is_flag=True, help="Do not store the classification.")
@standard("by", "json", walk=Walk)
def classify(request: Request, file: Path, walk: Walk, *, quotes: bool, no_keep: bool) -> int:
    """Walk the provisions for a product: met, not met or unknown. Exit code 1: the result is open.

    FILE states the product's facts, each with its source. A fact that is not stated has no effect. The
    output names the missing facts, and each entry that could describe the product and is not decided. The
    result is open if a provision is unknown, or if none is met and such an entry remains.
    """
    if walk.day and walk.version:
        raise click.UsageError(translate("give --as-of or --version, not both"))
    item = read_item_file(file)
    day = day_of_list(request.store, walk.version) if walk.version else walk.day or request.as_of
    if walk.is_asking:
        person = Interviewee(request.actor, request.as_of, ask, _tell)
        result = interview(request.store, item, day, person)
    else:
        result = classify_item(request.store, item, day)
    number = None if no_keep else save_classification(request.store, result, actor=request.actor, at=now())
    if walk.save_answers is not None:
        _save(walk.save_answers, item, result.item, request.actor)
    request.show(lambda: classification_json(result), lambda: _lines(result, number, with_quotes=quotes))
    return EXIT_INCOMPLETE if result.classification.is_open else EXIT_OK


@command()
@click.argument("functions", nargs=-1, required=True)
@lang_option()
def template(functions: tuple[str, ...]) -> None:
    """Print a file to fill in: every fact that the rules ask for of a product with these functions."""
    unknown = sorted(set(functions) - set(vocabulary().functions))
    if unknown:
        raise UnknownNameError("function", unknown[0], tuple(vocabulary().functions))
    lines = [
        "id: my-product",
        "name: what it is called",
        f"functions: [{', '.join(functions)}]",
        "sources:",
        "  sheet: {title: the data sheet, address: 'https://…', date: 2026-01-31}",
        "facts:",
    ]
    for name in facts_asked(functions):
        spec = vocabulary().facts[name]
        unit = f", unit: {spec.unit}" if spec.unit else ""
        lines.append(f"  # {spoken(spec.text)} ({_hint(spec)})")
        lines.append(f"  - {{fact: {name}, value: unknown{unit}, source: sheet}}")
    click.echo("\n".join(lines))


def ask(name: str, spec: FactSpec) -> tuple[Any, str] | None:
    """Ask on the terminal for one fact, again until the answer has its form; None if it is not known."""
    hint = _hint(spec)
    while True:
        question = f"{spoken(spec.text)} [{name}] ({hint}, {DONT_KNOW} = {translate('unknown')})"
        typed: str = click.prompt(question, err=True).strip()
        if typed == DONT_KNOW:
            return None
        value, unit = _typed(typed, spec)
        try:
            answered(name, value, unit, by="-", day=today())
        except InputFileError as error:
            click.echo(f"  {reworded(error.reason)}: {reworded(error.fix)}", err=True)
        else:
            return value, unit


def _tell(message: str) -> None:
    click.echo("  " + speak("not taken: {reason}", reason=reworded(message)), err=True)


def _hint(spec: FactSpec) -> str:
    match spec.kind:
        case FactKind.YES_NO:
            return translate("yes/no")
        case FactKind.QUANTITY:
            if spec.unit:
                return speak("a number with a unit, such as 1 {unit}", unit=spec.unit)
            return translate("a number")
        case FactKind.CODES:
            return translate("codes, such as 5A001.f, 5A004.b")
        case _:
            hint = speak("one of {values}", values=", ".join(spec.values))
            several = speak("{hint}, more than one with commas", hint=hint)
            return several if spec.kind is FactKind.CHOICES else hint


def _typed(typed: str, spec: FactSpec) -> tuple[Any, str]:
    if spec.kind is FactKind.QUANTITY:
        value, _, unit = typed.partition(" ")
        return value, unit.strip()
    if spec.kind in {FactKind.CHOICES, FactKind.CODES}:
        return [part.strip() for part in typed.split(",") if part.strip()], ""
    return {"y": "yes", "n": "no", "j": "yes"}.get(typed.lower(), typed), ""


def _save(path: Path, before: Item, after: Item, actor: str) -> None:
    """Write the facts that were answered, in the form that a product's file has."""
    answers = [
        {
            "fact": fact.name,
            **_written(fact.shown, vocabulary().facts[fact.name]),
            "by": actor,
            "day": fact.citation.published,
        }
        for name, fact in after.facts.items()
        if name not in before.facts
    ]
    write_whole(path, yaml.safe_dump({"facts": answers}, allow_unicode=True, sort_keys=False))


def _written(shown: str, spec: FactSpec) -> dict[str, Any]:
    value, unit = _typed(shown, spec)
    return {"value": value, "unit": unit} if unit else {"value": value}


def _lines(classified: ItemClassification, number: int | None, *, with_quotes: bool) -> list[str]:
    result = classified.classification
    head = as_of_line(f"{result.name} ({result.item})", result.day)
    version = str(result.version) if result.version else translate("no version")
    lines = [speak("{head}, list of {version}", head=head, version=version)]
    lines += [speak("note: {caution}", caution=caution) for caution in result.cautions]
    for met in (ConditionResult.MET, ConditionResult.UNKNOWN, ConditionResult.NOT_MET):
        for result_path in result.with_answer(met):
            lines += _path_lines(result_path, worded(met).upper(), with_quotes=with_quotes)
    lines += _conclusion(classified)
    if number is not None:
        lines.append(speak("kept as classification {name}", name=f"{result.item}#{number}"))
    return lines


def _path_lines(result: PathResult, title: str, *, with_quotes: bool) -> list[str]:
    if result.released_by:
        title = speak("{result}, released by {note}", result=title, note=result.released_by.note)
    lines = ["", f"{result.path}  {title}: {worded(result.covers)}"]
    facts = (f"    {worded(leaf.sentence)}{_source(leaf.citations)}" for leaf in result.conditions.leaves)
    lines += dict.fromkeys(facts)  # several provisions that it points to may fail on one fact
    for release in result.releases:
        released = RELEASED[release.outcome.met].filled(note=release.note, sentence=release.sentence)
        lines.append(f"    {spoken(released)}")
        lines += [
            f"      {worded(leaf.sentence)}{_source(leaf.citations)}" for leaf in release.outcome.leaves
        ]
    if result.reading:
        lines.append("    " + speak("how it is read: {reading}", reading=result.reading))
    return [*lines, *_quoted(result, with_quotes=with_quotes)]


def _quoted(result: PathResult, *, with_quotes: bool) -> list[str]:
    """Return the words of the provision and above it; with `with_quotes` also points below, and notes."""
    chain = lineage(result.path)
    shown = [q for q in result.quotes if with_quotes or (not q.heading and q.path in chain)]
    return [f"    > {' '.join(part for part in (q.path, q.heading) if part)}: {q.words}" for q in shown]


def _source(citations: tuple[Any, ...]) -> str:
    return "".join(
        f" [{translate(c.title)}{f', {place_text(c.place)}' if c.place else ''}]" for c in citations
    )


def _met_names(result: Classification) -> list[str]:
    """Return the provisions that are met, and the entries that are met by answers to their text."""
    paths: list[str] = [path.path for path in result.with_answer(ConditionResult.MET)]
    return paths + [
        entry.path
        for entry in result.entries
        if entry.met is ConditionResult.MET and not any(is_within(path, entry.path) for path in paths)
    ]


def _open_line(entry: EntryResult) -> str:
    if not entry.criteria:
        return speak("open: {path} (its text is not loaded: overzicht control update FILE)", path=entry.path)
    count = len(entry.needed)
    criteria = translate("1 criterion") if count == 1 else speak("{count} criteria", count=count)
    command = f"overzicht control interview {entry.path} --item FILE --ask"
    return speak("open: {path}, {criteria}: {command}", path=entry.path, criteria=criteria, command=command)


def _conclusion(classified: ItemClassification) -> list[str]:
    result = classified.classification
    met, unknown = result.with_answer(ConditionResult.MET), result.with_answer(ConditionResult.UNKNOWN)
    none = translate("none")
    lines = ["", speak("met: {names}", names=", ".join(_met_names(result)) or none)]
    if unknown:
        names = ", ".join(result.missing[:SHOWN_MISSING]) or none
        if len(result.missing) > SHOWN_MISSING:
            names = speak("{names} and {count} more", names=names, count=len(result.missing) - SHOWN_MISSING)
        lines.append(speak("unknown: {names}", names=", ".join(path.path for path in unknown)))
        lines.append(speak("missing facts: {names}", names=names))
    lines += [speak("not named by the list: {name}", name=name) for name in result.unlisted]
    lines += [_open_line(entry) for entry in result.open_entries]
    if not result.is_open and not met:
        decided = ", ".join(entry.path for entry in result.entries) or none
        lines.append(
            speak(
                "nothing met: every entry that the stated functions name is decided ({names})", names=decided
            )
        )
    lines.append(
        speak(
            "walked: provisions with rules {provisions}, entries {entries}; find others with overzicht "
            "control search, and name them with `entries`",
            provisions=len(result.results),
            entries=len(result.entries),
        )
    )
    if result.unused:
        lines.append(speak("facts that no rule asks for: {names}", names=", ".join(result.unused)))
    for question in result.routes:
        head = speak("Article {article}: {sentence}", article=question.article, sentence=question.sentence)
        lines.append(f"{head} [{worded(question.answer)}]")
        lines.append("    " + speak("because {reason}", reason=question.because))
    return lines
