"""Claims about makers and their own statements, from dossiers and maker cards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from overzicht.dates import read_legal_date
from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Answer, Confidence, Finding, FindingKind, Reason, Text, finding_id, text
from overzicht.store.database import Store
from overzicht.subjects.dossiers import showing


@dataclass(frozen=True, slots=True)
class MakerStatements:
    """The findings, each with the maker as its subject, and notes on claims that were not checked."""

    findings: tuple[Finding, ...]
    notes: tuple[Text, ...]


def said_of(store: Store, makers: Sequence[str], as_of: date) -> MakerStatements:
    """Return claims about makers, responses, and the makers' own statements, from all dossiers and cards.

    Without any dossier the claims are *not checked*.
    """
    has_dossiers = bool(showing.list_dossiers(store, as_of))
    claims = showing.claims_about_each(store, makers, as_of)
    replies = showing.replies_of_each(store, makers, as_of)
    findings: list[Finding] = []
    for maker in makers:
        statements = [sentence for claim in claims[maker] for sentence in claim.sentences]
        statements += [reply.finding for reply in replies[maker]]
        findings += (replace(finding, subject=maker) for finding in statements)
        if not claims[maker]:
            name = load_knowledge().makers[maker].trade_name
            answer, statement = Answer.NOT_CHECKED, text("claims about {maker} were not checked", maker=name)
            if has_dossiers:
                answer = Answer.NOT_FOUND
                statement = text("the dossiers contain no claim about {maker}", maker=name)
            no_claim = Finding(
                id=finding_id(FindingKind.CLAIM, maker, answer.value, as_of.isoformat()),
                kind=FindingKind.CLAIM,
                subject=maker,
                answer=answer,
                statement=statement,
                as_of=as_of,
            )
            findings.append(no_claim)
        # the maker's own statement on its card, unless the document has a later date
        card = load_knowledge().makers[maker]
        if card.reply is not None:
            source = card.sources[card.reply.source]
            dated = card.reply.date or source.date
            if not (dated and read_legal_date(dated).day > as_of):
                citation = source.cite(f"maker-card:{card.id}", "reply")
                findings.append(
                    Finding(
                        id=finding_id(FindingKind.REPLY, maker, *citation.key),
                        kind=FindingKind.REPLY,
                        subject=maker,
                        answer=Answer.FOUND,
                        statement=text(
                            "{maker} itself: {summary}", maker=card.trade_name, summary=card.reply.summary
                        ),
                        as_of=as_of,
                        confidence=Confidence.HIGH if citation.official else Confidence.MEDIUM,
                        reasons=(
                            Reason(text("stated by {source}", source=citation.title), citations=(citation,)),
                        ),
                    )
                )
    note = text("Claims were not checked, because there is no dossier. Add one with `overzicht dossier`.")
    return MakerStatements(tuple(findings), () if has_dossiers else (note,))
