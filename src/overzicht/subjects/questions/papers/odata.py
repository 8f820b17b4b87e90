"""Tweede Kamer OData: `Zaak` objects with actors and documents, in a page, a list or lines of JSON.

Caveats: `GestartOp` is local midnight with an offset, so its local date counts. A person may occur twice.
`Status` has no meaning. A document without text is still a paper with a kind and a date.
"""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from overzicht.errors import InputFileError
from overzicht.subjects.questions.identifiers import SET_NUMBER, address_of, appendix_id_of
from overzicht.subjects.questions.model import (
    Dates,
    Entry,
    Family,
    Layout,
    Paper,
    PaperKind,
    Role,
    RoleKind,
)
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile, Reading
from overzicht.subjects.questions.papers.metadata import tolerant_day

_ROLES = {
    "Indiener": RoleKind.SUBMITTER,
    "Medeindiener": RoleKind.CO_SUBMITTER,
    "Gericht aan": RoleKind.ADDRESSEE,
}
_KINDS = {
    "Schriftelijke vragen": PaperKind.QUESTIONS,
    "Mondelinge vragen": PaperKind.ORAL,
    "Antwoord schriftelijke vragen": PaperKind.ANSWER,
    "Antwoord schriftelijke vragen (nader)": PaperKind.FURTHER,
    "Mededeling (uitstel antwoord)": PaperKind.NOTICE,
}


def read_odata(given: QuestionFile) -> Reading:
    """Return the entries (and papers, where documents are expanded) of OData answers."""
    entries: list[Entry] = []
    papers: list[Paper] = []
    try:
        text = given.data.decode("utf-8-sig")
        try:
            loaded = json.loads(text)
        except json.JSONDecodeError:
            loaded = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:  # not UTF-8, no JSON, a number of too many digits, too deep
        raise InputFileError(
            given.filename, f"it is not valid JSON in UTF-8 ({error})", fix="download it again"
        ) from error
    if isinstance(loaded, dict):
        loaded = loaded.get("value", [loaded])
    objects = (zaak for zaak in loaded if isinstance(zaak, dict)) if isinstance(loaded, list) else iter(())
    for zaak in objects:
        if SET_NUMBER.fullmatch(str(zaak.get("Nummer", ""))) is None or "Onderwerp" not in zaak:
            continue
        finished = zaak.get("Afgedaan")
        entries.append(
            Entry(
                number=str(zaak["Nummer"]),
                subject=" ".join(str(zaak.get("Onderwerp") or "").split()),
                asked_on=_day(zaak.get("GestartOp")),
                session=str(zaak.get("Vergaderjaar") or ""),
                is_finished=finished if isinstance(finished, bool) else None,
                term=_day(zaak.get("Termijn")),
                roles=_roles(zaak),
                guid=str(zaak.get("Id") or ""),
                is_deleted=zaak.get("Verwijderd") is True,
            )
        )
        documents = zaak.get("Document")
        for document in documents if isinstance(documents, list) else ():
            kind = _KINDS.get(str(document.get("Soort")), PaperKind.UNKNOWN)
            subject = str(document.get("Onderwerp") or "").lower()
            if str(document.get("Soort")) == "Mededeling" and (
                "ingetrokken" in subject or "intrekk" in subject
            ):
                kind = PaperKind.WITHDRAWAL
            number = str(document.get("DocumentNummer") or "")
            if kind is PaperKind.UNKNOWN or not number or document.get("Verwijderd") is True:
                continue
            is_questions = kind in (PaperKind.QUESTIONS, PaperKind.ORAL)
            versions = document.get("DocumentVersie")
            external = [
                str(v.get("ExterneIdentifier") or "")
                for v in (versions if isinstance(versions, list) else ())
            ]
            set_number = str(zaak["Nummer"])
            packed = appendix_id_of(str(document.get("Aanhangselnummer") or ""))
            own = f"kv-tk-{set_number}" if is_questions else packed
            ids = tuple(dict.fromkeys(paper_id for paper_id in (own, *external, number) if paper_id))
            day = _day(document.get("Datum"))
            put = _day(zaak.get("GestartOp"))
            paper = Paper(
                key=ids[0],
                family=Family.QUESTIONS if is_questions else Family.APPENDIX,
                kind=kind,
                origin=given.origin(Layout.ODATA, address_of(ids[0])),
                ids=ids,
                sets=(set_number,),
                session=str(zaak.get("Vergaderjaar") or ""),
                dates=Dates(asked_on=put, received=None if is_questions else day, issued=day),
            )
            papers.append(paper)
    if not entries:
        raise NotAPaperError(given.filename, "no object of it is a Zaak of written questions")
    return Reading(tuple(papers), tuple(entries))


def _day(value: object) -> date | None:
    return tolerant_day(str(value)[:10]) if value else None


def _roles(zaak: dict[str, Any]) -> tuple[Role, ...]:
    actors = zaak.get("ZaakActor")
    if isinstance(actors, list):
        given: list[tuple[str, str, str, str]] = []
        for actor in actors:
            if isinstance(actor, dict):
                function = str(actor.get("Functie") or "")
                is_office = function.lower().startswith(("minister", "staatssecretaris"))
                title, _, ministry = function.partition(" van " if " van " in function else " voor ")
                office = f"{title.lower()}, {ministry}" if ministry else title.lower()
                party = str(actor.get("ActorFractie") or "")
                given.append(
                    (
                        str(actor.get("Relatie") or ""),
                        str(actor.get("ActorNaam") or ""),
                        party,
                        office if is_office else "",
                    )
                )
    else:  # a dump that has resolved the actors to names by relation
        by_relation = zaak.get("_actoren")
        given = [
            (relation, str(name), "", "")
            for relation, names in (by_relation.items() if isinstance(by_relation, dict) else ())
            for name in names
        ]
    return roles_of(given)


def roles_of(given: Iterable[tuple[str, str, str, str]]) -> tuple[Role, ...]:
    """Return roles of (relation, name, party, office) without duplicates, submitters first."""
    once = dict.fromkeys(actor for actor in given if actor[0] in _ROLES and actor[1])
    ordered = sorted(once, key=lambda actor: list(_ROLES).index(actor[0]))
    roles: list[Role] = []
    for relation, name, party, office in ordered:
        kind = _ROLES[relation]
        order = sum(role.kind is kind for role in roles)
        roles.append(Role(kind, name, party, office, order))
    return tuple(roles)
