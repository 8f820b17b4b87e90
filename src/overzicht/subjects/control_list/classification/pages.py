"""Classification of a product: its functions first, then one fact at a time, stated by a person.

Nothing is saved between the steps: the form contains the stated facts, as the text of a product's file.
"""

from dataclasses import dataclass
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Depends, File, Form, UploadFile
from starlette.responses import HTMLResponse

from overzicht.errors import InputFileError, OverzichtError
from overzicht.identifiers.slug import slug
from overzicht.store.accounts import Role
from overzicht.subjects.control_list.classification.page_words import control_words
from overzicht.subjects.control_list.classification.result import ConditionResult
from overzicht.subjects.control_list.classification.vocabulary import FactKind, vocabulary
from overzicht.subjects.control_list.classification.workflow import (
    ItemClassification,
    classify_item,
    item_of,
    missing_facts,
    save_classification,
    walk,
)
from overzicht.web.auth import PageReader
from overzicht.web.clock import now, today
from overzicht.web.context import PageContext
from overzicht.web.fields import Key, Line
from overzicht.web.problems import NotAllowedError
from overzicht.web.uploads import harmless
from overzicht.workflows.typed_files import load_text

router = APIRouter(prefix="/classify")
FACTS_PER_STEP = 6
MAX_ITEM = 200_000
FORM = "product"  # name of the form in error messages
Values = Annotated[list[Line] | None, Form(max_length=200)]


@dataclass(frozen=True, slots=True)
class ProductForm:
    """The first form: a name and functions, or a file. `item` is the product's file in later steps."""

    name: Annotated[Line, Form()] = ""
    function: Annotated[list[Key] | None, Form(max_length=20)] = None
    file: Annotated[UploadFile | None, File()] = None
    item: Annotated[str, Form(max_length=MAX_ITEM)] = ""

    def text(self) -> str:
        """Return the text of the product's file, or of one with only the name and functions."""
        if self.item:
            return self.item
        if self.file is not None and self.file.filename:
            raw = self.file.file.read(MAX_ITEM + 1)
            title = harmless(self.file.filename) or FORM
            if len(raw) > MAX_ITEM:
                raise InputFileError(title, f"larger than {MAX_ITEM} bytes")
            try:
                return raw.decode("utf-8")
            except UnicodeDecodeError as error:
                raise InputFileError(title, "not valid UTF-8 text") from error
        if not self.function:
            raise InputFileError(FORM, "it has no function", fix="tick at least one function of the product")
        name = self.name.strip()
        data = {"id": slug(name) or FORM, "name": name, "functions": self.function or [], "facts": []}
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


@dataclass(frozen=True, slots=True)
class AnswersForm:
    """The stated facts: `chosen` are `fact=word`; the other three lists belong together by position."""

    chosen: Values = None
    fact: Values = None
    value: Values = None
    unit: Values = None

    def stated(self, by: str) -> list[dict[str, Any]]:
        """Return the stated facts as in a product's file; empty fields are left out."""
        signed = {"by": by, "day": today()}
        options: dict[str, list[str]] = {}
        for choice in self.chosen or ():
            fact, _, word = choice.partition("=")
            if word:
                options.setdefault(fact, []).append(word)
        facts = [{"fact": fact, "value": _value(fact, words), **signed} for fact, words in options.items()]
        for fact, value, unit in zip(self.fact or (), self.value or (), self.unit or (), strict=False):
            if value.strip():
                number = {"unit": unit.strip()} if unit.strip() else {}
                facts.append({"fact": fact, "value": _value(fact, [value.strip()]), **number, **signed})
        return facts


@dataclass(frozen=True, slots=True)
class CriteriaForm:
    """Answers to criteria of an entry: `criterion` and `value` belong together by position."""

    criterion: Values = None
    value: Values = None

    def stated(self, by: str) -> list[dict[str, Any]]:
        """Return the answers as in a product's file; empty fields are left out."""
        pairs = zip(self.criterion or (), self.value or (), strict=False)
        return [_answer_row(key, value.strip(), by) for key, value in pairs if value.strip()]


def _answer_row(key: str, value: str, by: str) -> dict[str, Any]:
    number, _, unit = value.partition(" ")
    quantity = {"unit": unit.strip()} if unit.strip() else {}
    return {"criterion": key, "value": number, **quantity, "by": by, "day": today()}


def _value(fact: str, words: list[str]) -> Any:
    spec = vocabulary().facts.get(fact)
    if spec is not None and spec.kind is FactKind.CODES:
        return [part.strip() for part in words[0].split(",") if part.strip()]
    return words if spec is not None and spec.kind is FactKind.CHOICES else words[0]


@router.get("", response_class=HTMLResponse)
def begin(context: PageReader) -> HTMLResponse:
    """Ask for the name and the functions of the product."""
    words = context.words
    functions = [(name, words.either(spec.en, spec.nl)) for name, spec in vocabulary().functions.items()]
    return context.render("classify.html", functions=functions, found=None, fault=None)


@router.post("", response_class=HTMLResponse)
def classify(
    context: PageReader,
    product: Annotated[ProductForm, Depends()],
    answers: Annotated[AnswersForm, Depends()],
    *,
    save: Annotated[bool, Form(alias="keep")] = False,
) -> HTMLResponse:
    """Classify with the stated facts, and ask for missing ones; with `keep` the classification is saved."""
    fault: OverzichtError | None = None
    try:
        text = original = product.text()
        text = _with_rows(original, "facts", answers.stated(context.principal.name or "reader"))
        result = classify_item(context.store, item_of(text, FORM), context.day)
    except OverzichtError as error:
        if not product.item:
            raise
        fault, text = error, original  # a fact that contradicts the others is not added
        result = classify_item(context.store, item_of(original, FORM), context.day)
    number = _save(context, result) if save and fault is None else None
    return context.render(
        "classify.html",
        found=result,
        item=text,
        fault=fault,
        number=number,
        asked=_questions(context, result),
        groups=[(answer, result.classification.with_answer(answer)) for answer in ConditionResult],
        may_keep=context.may(Role.EDITOR),
        met_code=next((p.path for p in result.classification.with_answer(ConditionResult.MET)), ""),
        **control_words(context.words),
    )


@router.post("/entries/{entry}", response_class=HTMLResponse)
def interview(
    context: PageReader,
    entry: Key,
    product: Annotated[ProductForm, Depends()],
    answers: Annotated[CriteriaForm, Depends()],
) -> HTMLResponse:
    """Walk one entry from its text, and ask for the criteria that can still change its result."""
    fault: OverzichtError | None = None
    before = product.text()
    text = _with_rows(before, "answers", answers.stated(context.principal.name or "reader"))
    try:
        walked, opened = walk(context.store, entry, item_of(text, FORM), "", context.day)
    except OverzichtError as error:
        fault, text = error, before  # an answer that does not fit is not added
        walked, opened = walk(context.store, entry, item_of(before, FORM), "", context.day)
    return context.render(
        "interview.html",
        walked=walked,
        opened=opened,
        item=text,
        fault=fault,
        asked=walked.needed[:FACTS_PER_STEP],
        **control_words(context.words),
    )


def _with_rows(text: str, name: str, rows: list[dict[str, Any]]) -> str:
    """Return the text of a product's file with more rows under `name`: facts or answers."""
    if not rows:
        return text
    item_of(text, FORM)  # reports what is wrong with it
    data = load_text(text, FORM)
    data[name] = [*(data.get(name) or []), *rows]
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _save(context: PageContext, result: ItemClassification) -> int:
    if not context.may(Role.EDITOR):
        raise NotAllowedError(Role.EDITOR.value)
    return save_classification(context.store, result, actor=context.principal.name, at=now())


def _questions(context: PageContext, result: ItemClassification) -> list[dict[str, Any]]:
    """Return the next facts to ask for: name, provisions that wait for it, kind, unit, values, question."""
    missing = list(missing_facts(result).items())[:FACTS_PER_STEP]
    return [
        {
            "name": name,
            "paths": paths,
            "kind": spec.kind.value,
            "unit": spec.unit,
            "values": spec.values,
            "asks": context.words.either(spec.en, spec.nl),
        }
        for name, paths, spec in ((name, paths, vocabulary().facts[name]) for name, paths in missing)
    ]
