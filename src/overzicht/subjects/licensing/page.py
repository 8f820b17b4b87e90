"""The documents of a licence case as HTML: own style and content policy, no script, nothing fetched."""

from collections.abc import Callable
from operator import attrgetter
from typing import Any

from overzicht.evidence import text
from overzicht.evidence.answers import HOLDS
from overzicht.evidence.worded_enum import words_of
from overzicht.law.export_rules import export_rules
from overzicht.law.territory import union_territory
from overzicht.reports.html.document import ONE_COLUMN, Page
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.licensing.letter import letter_sections, numbers_of, quantity_of, value_of
from overzicht.subjects.licensing.model import Application, Item, Role
from overzicht.subjects.licensing.objection_letter import objection_sections
from overzicht.subjects.licensing.states import Status
from overzicht.subjects.licensing.views import CaseDocument, DocumentKind

TEMPLATES = {
    DocumentKind.APPLICATION: "application_letter.html",
    DocumentKind.DECISION: "decision_letter.html",
    DocumentKind.ANNEX_III: "annex_iii.html",
    DocumentKind.OBJECTION: "objection_letter.html",
}
STATUSES = words_of(Status)
KINDS = {
    "individual": text("individual authorisation"),
    "global": text("global authorisation"),
    "large_project": text("large project authorisation"),
}


def render_document(kind: DocumentKind, document: CaseDocument, lang: Language) -> str:
    """Return the document as one HTML page."""
    page = Page(TEMPLATES[kind], "overzicht.subjects.licensing", _spoken, ONE_COLUMN)
    content: dict[str, Any] = {"regulation": export_rules(document.day).regulation}
    if kind is DocumentKind.DECISION:
        content["sections"] = letter_sections(document, lang)
    elif kind is DocumentKind.OBJECTION:
        content["sections"] = objection_sections(document, lang)
    elif kind is DocumentKind.ANNEX_III:
        content["annex"] = annex_fields(document, words_for(lang))
    return page.render(lang, document.version, document=document, case=document.application, **content)


def annex_fields(document: CaseDocument, words: Words) -> list[tuple[str, list[str]]]:
    """Return the fields of Annex III A with their values; an empty list is a field that is not filled."""
    case = document.application
    decision, exporters = document.decision, case.of_role(Role.EXPORTER)
    place = union_territory().special.get(case.territory)
    destination = (
        f"{case.destination}: {place.names[0]} ({words.say(place.text)})" if place else case.destination
    )
    return [
        (words.say(label), values)
        for label, values in (
            (text("Exporter"), _parties(case, Role.EXPORTER)),
            (text("Identification number"), [": ".join(pair) for p in exporters for pair in numbers_of(p)]),
            (text("Expiry date"), _one(words.day(decision.valid_until if decision else case.expiry))),
            (text("Contact point"), [p.contact for p in exporters if p.contact]),
            (text("Consignee"), _parties(case, Role.CONSIGNEE)),
            (text("Issuing authority"), [f"{case.authority} ({case.issuing_state})"]),
            (text("Agent or representative"), _parties(case, Role.AGENT)),
            (text("Country of consignment"), _one(case.country_of_consignment)),
            (text("End-user"), _parties(case, Role.END_USER)),
            (text("Member state where the items are"), _one(case.located_in)),
            (text("Member state of the customs procedure"), _one(case.customs_state)),
            (text("Country of final destination"), [destination]),
            (text("Description of the items"), _per_line(case, attrgetter("description"))),
            (text("Country of origin"), _per_line(case, attrgetter("origin"))),
            (text("Commodity code"), _per_line(case, attrgetter("commodity_code"))),
            (text("CAS number"), _per_line(case, attrgetter("cas"))),
            (text("Control list number"), _per_line(case, attrgetter("code"))),
            (text("Currency and value"), _per_line(case, lambda item: value_of(item, words))),
            (text("Quantity"), _per_line(case, lambda item: quantity_of(item, words))),
            (text("End-use"), _one(case.end_use.description if case.end_use else "")),
            (text("Date of the contract"), _one(words.day(case.contract_date))),
            (text("Customs export procedure"), _one(case.customs_procedure)),
        )
    ]


def _one(value: str | None) -> list[str]:
    return [value] if value else []


def _parties(case: Application, role: Role) -> list[str]:
    parts = [(party.name, party.address, party.country or "") for party in case.of_role(role)]
    return [", ".join(filter(None, part)) for part in parts]


def _per_line(case: Application, read: Callable[[Item], str | None]) -> list[str]:
    values = [(item.line, read(item)) for item in case.items]
    return [f"{line}: {value}" for line, value in values if value]


def _spoken(words: Words) -> dict[str, Any]:
    return {
        "either": lambda fact: words.either(fact.en, fact.nl),
        **tellers(
            words,
            {
                "status_word": STATUSES,
                "result_word": HOLDS,
                "kind_word": KINDS,
            },
        ),
    }
