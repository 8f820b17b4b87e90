"""What is said of makers and what they say themselves: claims and replies of dossiers, and of maker cards."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import read_legal_date
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, Text, finding_id, text
from overzicht.store.database import Store
from overzicht.workflows.dossiers import showing


@dataclass(frozen=True, slots=True)
class MakerStatements:
    """The findings, each with the maker as its subject, and what could not be checked."""

    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]


def said_of(store: Store, makers: Sequence[str], as_of: date) -> MakerStatements:
    """Return claims about makers, answers to them, and the makers' own statements, of all dossiers and cards.

    Where no dossier is kept, claims are *not checked*: nothing can be said of there being none.
    """
    is_kept = bool(showing.list_dossiers(store, as_of))
    findings: list[Finding] = []
    for maker in makers:
        findings += _of_dossiers(store, maker, as_of) if is_kept else [_not_checked(maker, as_of)]
        findings += _of_card(maker, as_of)
    note = text("Claims were not checked: no dossier is kept. `overzicht dossier` keeps them.")
    return MakerStatements(tuple(findings), () if is_kept else (note,))


def _of_dossiers(store: Store, maker: str, as_of: date) -> Iterator[Finding]:
    claims = showing.claims_about(store, maker, as_of)
    for claim in claims:
        yield from (replace(sentence, subject=maker) for sentence in claim.sentences)
    for reply in showing.replies(store, maker, as_of):
        yield replace(reply.finding, subject=maker)
    if not claims:
        yield _answer(
            maker,
            as_of,
            Answer.NOT_FOUND,
            text("the dossiers at hand hold no claim about {maker}", maker=_name(maker)),
        )


def _not_checked(maker: str, as_of: date) -> Finding:
    return _answer(
        maker, as_of, Answer.NOT_CHECKED, text("claims about {maker} were not checked", maker=_name(maker))
    )


def _answer(maker: str, as_of: date, answer: Answer, statement: Text) -> Finding:
    return Finding(
        id=finding_id(FindingKind.CLAIM, maker, answer.value, as_of.isoformat()),
        kind=FindingKind.CLAIM,
        subject=maker,
        answer=answer,
        statement=statement,
        as_of=as_of,
    )


def _of_card(maker: str, as_of: date) -> Iterator[Finding]:
    """Yield the maker's own side as its card gives it, unless the document is of a later day."""
    card = load_knowledge().makers[maker]
    if card.reply is None:
        return
    source = card.sources[card.reply.source]
    said = card.reply.date or source.date
    if said and read_legal_date(said).day > as_of:
        return
    citation = source.cite(f"maker-card:{card.id}", "reply")
    yield Finding(
        id=finding_id(FindingKind.REPLY, maker, *citation.key),
        kind=FindingKind.REPLY,
        subject=maker,
        answer=Answer.FOUND,
        statement=text("{maker} itself: {summary}", maker=card.trade_name, summary=card.reply.summary),
        as_of=as_of,
        confidence=Confidence.HIGH if citation.official else Confidence.MEDIUM,
        reasons=(Reason(text("so says {source}", source=citation.title), citations=(citation,)),),
    )


def _name(maker: str) -> str:
    return load_knowledge().makers[maker].trade_name
