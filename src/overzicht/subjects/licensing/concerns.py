"""The applicant's due diligence in a licence case: red flags and downstream use about a receiving party."""

from datetime import date

from sqlalchemy import Connection

from overzicht.devices.vocabulary import without_company_form
from overzicht.entities import PartyQuery, Record, Statement
from overzicht.evidence import text
from overzicht.subjects.diligence import records as stored
from overzicht.subjects.diligence.folding import view_of
from overzicht.subjects.diligence.step_terms import RecordKind
from overzicht.subjects.diligence.working_file import Entry, FileView
from overzicht.subjects.licensing.denial_matching import MAYBE_FROM
from overzicht.subjects.licensing.gates.model import DiligenceConcern
from overzicht.subjects.licensing.matchers import matcher_over
from overzicht.subjects.licensing.model import Application, Role

KINDS = (RecordKind.RED_FLAG, RecordKind.DOWNSTREAM_USE)
APPLICANTS = (Role.EXPORTER, Role.BROKER)
LIST_ID = "due-diligence"


def concerns_of(connection: Connection, application: Application, day: date) -> tuple[DiligenceConcern, ...]:
    """Return the records until `day` that may concern a receiving party of the case, by file and number.

    Only working files of the applicant, and records that are not withdrawn and state something. The names
    are compared by the screening engine; a likely match counts, because a person answers.
    """
    applicants = {
        without_company_form(name)
        for role in APPLICANTS
        for party in application.of_role(role)
        for name in (party.name, *party.other_names)
    }
    heads = [
        head
        for head in stored.all_files(connection)
        if head.day <= day and without_company_form(head.name) in applicants
    ]
    entries = stored.entries_of(connection, [head.id for head in heads])
    views = [view_of(head, entries[head.id], day) for head in heads]
    named = {f"{view.id}/{entry.number}": entry for view in views for entry in _records(view)}
    concerns: list[DiligenceConcern] = []
    # the party of the case that each record may name, by the key of the record
    if not named:
        matches = {}  # without loading the engine
    else:
        records = [
            Record(key, "LegalEntity", (Statement("name", entry.party),), key) for key, entry in named.items()
        ]
        parties = [party for party in application.parties if party.role not in APPLICANTS]
        queries = [
            PartyQuery(id=f"{number}", names=(party.name, *party.other_names), schema=party.schema_)
            for number, party in enumerate(parties)
        ]
        results = matcher_over(LIST_ID, records).match(queries, as_of=day, lists=(LIST_ID,))
        parties_by_key: dict[str, str] = {}
        for own_party, candidates in zip(parties, results, strict=True):
            for match in candidates:
                if match.score >= MAYBE_FROM:
                    parties_by_key.setdefault(match.record_id, own_party.name)
        matches = {key: parties_by_key[key] for key in named if key in parties_by_key}
    for key, party in matches.items():
        entry = named[key]
        sentence = text(
            "due diligence entry {id} of {day} ({kind}) names {named}, in the case {party}",
            id=key,
            day=entry.day,
            kind=RecordKind(entry.kind).words,
            named=entry.party,
            party=party,
        )
        concerns.append(DiligenceConcern(key, sentence))
    return tuple(concerns)


def _records(view: FileView) -> list[Entry]:
    records = [entry for kind in KINDS for entry in view.recorded(kind.value)]
    return [entry for entry in records if entry.stands and entry.has_substance and entry.party]
