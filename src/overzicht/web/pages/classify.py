"""Classifying a product: its functions, then one fact after the other, answered by a person on the page.

Nothing is kept on the way: what was stated travels in the form itself, as the text of a product's file.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import HTMLResponse

from overzicht.errors import InputFileError, OverzichtError
from overzicht.exportcontrol.classification.result import ConditionResult
from overzicht.exportcontrol.classification.vocabulary import FactKind, vocabulary
from overzicht.reports.i18n import Words
from overzicht.safeyaml import read_yaml
from overzicht.store.accounts import Role
from overzicht.web.api.models.shared import Key, Line
from overzicht.web.asof import OnPage
from overzicht.web.auth import Reader
from overzicht.web.clock import now, today
from overzicht.web.licence_words import control_words
from overzicht.web.page import render, words_of
from overzicht.web.problems import NotAllowedError
from overzicht.web.service import Here, Service
from overzicht.web.uploads import harmless
from overzicht.workflows.accounts import Principal
from overzicht.workflows.classification import ItemClassification, classify_item, item_of, keep, wanted_facts

router = APIRouter(prefix="/classify")
ASKED_AT_ONCE = 6
LONGEST_ITEM = 200_000
FORM = "product"  # how faults name what was filled in here


@dataclass(frozen=True, slots=True)
class Answers:
    """What was answered on the page: `chosen` are `fact=word`, the others lie side by side."""

    chosen: tuple[str, ...]
    facts: tuple[str, ...]
    values: tuple[str, ...]
    units: tuple[str, ...]

    def stated(self, by: str) -> list[dict[str, Any]]:
        """Return the answers as the facts of a product's file; what was left open is in none."""
        signed = {"by": by, "day": today()}
        words: dict[str, list[str]] = {}
        for each in self.chosen:
            fact, _, word = each.partition("=")
            if word:
                words.setdefault(fact, []).append(word)
        found = [{"fact": fact, "value": _value(fact, given), **signed} for fact, given in words.items()]
        for fact, value, unit in zip(self.facts, self.values, self.units, strict=False):
            if value.strip():
                number = {"unit": unit.strip()} if unit.strip() else {}
                found.append({"fact": fact, "value": _value(fact, [value.strip()]), **number, **signed})
        return found


def _value(fact: str, given: list[str]) -> Any:
    spec = vocabulary().facts.get(fact)
    if spec is not None and spec.kind is FactKind.CODES:
        return [part.strip() for part in given[0].split(",") if part.strip()]
    return given if spec is not None and spec.kind is FactKind.CHOICES else given[0]


@router.get("", response_class=HTMLResponse)
def begin(request: Request, _who: Reader, day: OnPage) -> HTMLResponse:
    """Ask what the product is."""
    del day
    return render(request, "classify.html", functions=_functions(words_of(request)), found=None, fault=None)


@router.post("", response_class=HTMLResponse)
def classify(  # noqa: PLR0913, PLR0917 - one parameter per value of the form
    request: Request,
    here: Here,
    who: Reader,
    day: OnPage,
    name: Annotated[Line, Form()] = "",
    function: Annotated[list[Key] | None, Form(max_length=20)] = None,
    file: Annotated[UploadFile | None, File()] = None,
    item: Annotated[str, Form(max_length=LONGEST_ITEM)] = "",
    chosen: Annotated[list[Line] | None, Form(max_length=200)] = None,
    fact: Annotated[list[Line] | None, Form(max_length=200)] = None,
    value: Annotated[list[Line] | None, Form(max_length=200)] = None,
    unit: Annotated[list[Line] | None, Form(max_length=200)] = None,
    kept: Annotated[bool, Form(alias="keep")] = False,
) -> HTMLResponse:
    """Classify with what is stated so far, and ask for what is missing; with `keep` the answer is kept."""
    given = item or _given(name, function or [], file)
    answers = Answers(*(tuple(each or ()) for each in (chosen, fact, value, unit)))
    fault: OverzichtError | None = None
    try:
        written = _with_answers(given, answers.stated(who.name or "reader"))
        found = classify_item(here.store, item_of(written, FORM), day.day)
    except OverzichtError as error:
        if not item:
            return _again(request, error)
        fault, written = error, given  # what contradicts the rest is not taken
        found = classify_item(here.store, item_of(given, FORM), day.day)
    number = _keep(here, who, found) if kept and fault is None else None
    words = words_of(request)
    return render(
        request,
        "classify.html",
        found=found,
        item=written,
        fault=fault,
        number=number,
        asked=_asked(found, words),
        groups=[(met, found.classification.with_answer(met)) for met in ConditionResult],
        may_keep=who.may(Role.EDITOR),
        **control_words(words),
    )


def _again(request: Request, error: OverzichtError) -> HTMLResponse:
    functions = _functions(words_of(request))
    return render(request, "classify.html", status=422, functions=functions, found=None, fault=error)


def _given(name: str, functions: list[str], file: UploadFile | None) -> str:
    """Return the product's file that was sent, or one with name and functions alone."""
    if file is not None and file.filename:
        raw = file.file.read(LONGEST_ITEM + 1)
        title = harmless(file.filename) or FORM
        if len(raw) > LONGEST_ITEM:
            raise InputFileError(title, f"larger than {LONGEST_ITEM} bytes")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputFileError(title, "it is no text in UTF-8") from error
    data = {"id": "product", "name": name.strip(), "functions": functions, "facts": []}
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _with_answers(written: str, stated: list[dict[str, Any]]) -> str:
    """Return the text of a product's file with more facts in it; unchanged where nothing was answered."""
    if not stated:
        return written
    item_of(written, FORM)  # says what is wrong with it
    data = read_yaml(written)
    data["facts"] = [*(data.get("facts") or []), *stated]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _keep(here: Service, who: Principal, found: ItemClassification) -> int:
    if not who.may(Role.EDITOR):
        raise NotAllowedError(Role.EDITOR.value)
    return keep(here.store, found, actor=who.name, at=now())


def _functions(words: Words) -> list[tuple[str, str]]:
    return [(name, words.either(each.en, each.nl)) for name, each in vocabulary().functions.items()]


def _asked(found: ItemClassification, words: Words) -> list[dict[str, Any]]:
    """Return the facts to ask for next: name, kind, unit, values and the words of the question."""
    specs = [(name, vocabulary().facts[name]) for name in wanted_facts(found.classification)[:ASKED_AT_ONCE]]
    return [
        {
            "name": name,
            "kind": spec.kind.value,
            "unit": spec.unit,
            "values": spec.values,
            "asks": words.either(spec.en, spec.nl),
        }
        for name, spec in specs
    ]
