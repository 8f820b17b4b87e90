"""The letter of a decision as sections, in one language: one content for the page and the Word document."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from overzicht.evidence import text
from overzicht.law.export_rules import export_rules
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.sections import Document, Section
from overzicht.subjects.licensing.gates.model import Certainty, GateAnswer, Outcome
from overzicht.subjects.licensing.model import Application, Item, Party, Role, Transaction
from overzicht.subjects.licensing.objection_letter import OBJECTION_TITLE, objection_sections
from overzicht.subjects.licensing.states import Status
from overzicht.subjects.licensing.terms import STATE, objection_term
from overzicht.subjects.licensing.views import CaseDocument, DecisionText, DocumentKind

TITLE = text("Decision on an export authorisation")
ASSESSED = frozenset({Status.GRANTED, Status.GRANTED_WITH_CONDITIONS, Status.DENIED})
EXPORTS = frozenset({Transaction.EXPORT, Transaction.INTANGIBLE})


def letter_sections(document: CaseDocument, lang: Language) -> tuple[Section, ...]:
    """Return the sections of the letter; without a decision, one that says so."""
    words, decision = words_for(lang), document.decision
    if decision is None:
        return (
            Section(words.text("The decision"), (words.text("There is no decision yet."),)),
            _goods(document.application, words),
        )
    case = document.application
    head = tuple(words.say(label) for label in (text("Role"), text("Name"), text("Address"), text("Numbers")))
    rows = tuple(
        (
            words.say(party.role.words),
            party.name,
            ", ".join(filter(None, (party.address, _country(party.country, words)))),
            ", ".join(map(" ".join, numbers_of(party))),
        )
        for party in case.parties
    )
    basis: list[str] = []
    case = document.application
    applicants = (*case.of_role(Role.EXPORTER), *case.of_role(Role.BROKER))
    basis.append(
        words.text(
            "To {exporter}: your application {id} was decided on {day}. The outcome: {outcome}.",
            exporter=", ".join(party.name for party in applicants),
            id=case.id,
            day=decision.decided_on,
            outcome=Status(decision.outcome).words,
        )
    )
    if document.filed_on is not None:
        basis.append(words.text("The authority received your application on {day}.", day=document.filed_on))
    basis.append(words.text("Kind of case: {kind}.", kind=case.transaction.words))
    if decision.outcome == Status.PROHIBITED.value:
        basis.append(words.text("The law prohibits this export. The authority cannot give a licence for it."))
    if decision.outcome == Status.NOT_NEEDED.value:
        basis.append(
            words.text(
                "This export does not need a licence, as long as the facts in the application are true."
            )
        )
    if decision.valid_until is not None:
        basis.append(
            words.text(
                "Valid until {day} in the whole customs territory of the Union.", day=decision.valid_until
            )
        )
        basis.append(words.text("Each shipment is written off from the quantities below."))
    basis.append(
        words.text(
            "Decided by {who} for {authority}. The decision was not automated.",
            who=decision.by,
            authority=case.authority,
        )
    )
    attachments: list[str] = []
    for kind, name, sha256 in document.attachments:
        attachments.append(words.text("{kind}: {name}, sha256 {hash}", kind=kind, name=name, hash=sha256))
    sections = (
        Section(words.text("The decision"), tuple(basis)),
        Section(words.text("Parties"), rows=(head, *rows)),
        _goods(document.application, words),
        Section(words.text("Reasons"), (decision.reasons,)),
        Section(words.text("Legal basis"), points=tuple(_basis(document, words))),
        Section(words.text("Points that were not established"), points=tuple(_open(document, words))),
        Section(words.text("Conditions"), points=decision.conditions),
        Section(words.text("Attachments"), points=tuple(attachments)),
        Section(words.text("Objection"), tuple(_objection(document, decision, words))),
    )
    return tuple(entry for entry in sections if not entry.is_empty)


def _country(code: str | None, words: Words) -> str:
    return f"{words.country(code)} ({code})" if code else ""


def numbers_of(party: Party) -> list[tuple[str, str]]:
    """Return the kind and the value of each number of a party."""
    numbers = [("EORI", party.eori), ("RSIN", party.rsin), *sorted(party.identifiers.items())]
    return [(kind, value) for kind, value in numbers if value]


def _goods(case: Application, words: Words) -> Section:
    labels = (
        text("Line"),
        text("Description"),
        text("Control list number"),
        text("Commodity code"),
        text("Quantity"),
        text("Value"),
    )
    rows = [
        (
            str(item.line),
            item.description,
            item.code or words.text("not listed"),
            item.commodity_code,
            quantity_of(item, words),
            value_of(item, words),
        )
        for item in case.items
    ]
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for item in case.items:
        if item.value is not None:
            sums[item.value.currency] += item.value.amount
    totals = tuple(
        words.text("Total value: {value}.", value=f"{currency} {words.number(float(total))}")
        for currency, total in sorted(sums.items())
    )
    destination = words.text("Destination: {country}.", country=_country(case.destination, words))
    use = case.end_use.description if case.end_use else ""
    stated = (words.text("End-use as stated in the application: {use}.", use=use.rstrip(".")),) if use else ()
    head = tuple(map(words.say, labels))
    return Section(words.text("Items"), (destination, *stated, *totals), rows=(head, *rows))


def quantity_of(item: Item, words: Words) -> str:
    """Return the quantity of an item with its unit."""
    return f"{words.number(float(item.quantity.amount))} {item.quantity.unit}"


def value_of(item: Item, words: Words) -> str:
    """Return the value of an item with its currency; empty if it is not stated."""
    return f"{item.value.currency} {words.number(float(item.value.amount))}" if item.value else ""


def _basis(document: CaseDocument, words: Words) -> Iterator[str]:
    """Yield the articles of the decision itself, then the answer of each gate that is known and not clear."""
    is_export = document.application.transaction in EXPORTS
    if is_export and document.decision and Status(document.decision.outcome) in ASSESSED:
        rules = export_rules(document.decision.decided_on)
        power, grounds = rules.rules["apply"], rules.rules["decision"]
        yield words.text(
            "The authority decides under Article {power} and assesses the grounds of Article {grounds} "
            "of Regulation {regulation}.",
            power=power.article,
            grounds=grounds.article,
            regulation=rules.regulation,
        )
    for answer in document.gates.answers:
        is_known = answer.outcome not in {Outcome.CLEAR, Outcome.NOT_KNOWN}
        if is_known or answer.lifted_by:
            yield _cited(answer, words)


def _open(document: CaseDocument, words: Words) -> Iterator[str]:
    """Yield the unknown answers of the gates."""
    for answer in document.gates.answers:
        if answer.outcome is Outcome.NOT_KNOWN:
            yield _cited(answer, words)


def _cited(answer: GateAnswer, words: Words) -> str:
    sentence = text("{says} ({outcome})", says=answer.sentence, outcome=answer.outcome.words)
    if answer.certainty is Certainty.READ:
        reason = sentence
    else:
        reason = text("{says} (unverified: {mark})", says=sentence, mark=answer.certainty.words)
    return words.say(reason) + "".join(
        f" [{'; '.join(filter(None, (c.title, c.place, c.address)))}]" for c in answer.citations
    )


def _objection(document: CaseDocument, decision: DecisionText, words: Words) -> Iterator[str]:
    case = document.application
    if case.issuing_state != STATE:
        yield words.text(
            "How and until when an objection can be made is a matter of national law; the authority "
            "adds it to this letter."
        )
        return
    due = objection_term(decision.decided_on, document.day).due
    yield words.text(
        "You can object to this decision until {day}: six weeks from the day after it was sent to you "
        "(Algemene wet bestuursrecht 6:7 and 6:8).",
        day=due,
    )
    yield words.text(
        "Send a signed letter to {authority}. State your name and address, the date, the number {id}, "
        "and your reasons (6:4 and 6:5).",
        authority=case.authority,
        id=case.id,
    )
    yield words.text("The decision stays in force during the objection (6:16).")


def letter(kind: DocumentKind, document: CaseDocument, lang: Language) -> Document:
    """Return a letter as a document of sections: of the decision, or about the objection."""
    case, words = document.application, words_for(lang)
    is_objection = kind is DocumentKind.OBJECTION
    title = words.say(OBJECTION_TITLE if is_objection else TITLE)
    sections = objection_sections(document, lang) if is_objection else letter_sections(document, lang)
    lead = (f"{case.authority}, {case.issuing_state}",)
    return Document(f"{title} {case.id}", lead, sections, document.day, document.version, lang)
