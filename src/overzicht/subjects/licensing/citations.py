"""What licensing cites of the control list: the codes of cases, and the uses of general authorisations."""

from collections.abc import Iterator

from sqlalchemy import Connection

from overzicht.subjects.control_list.citing import CitingRecord
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.licensing.authorisation_use_records import list_uses
from overzicht.subjects.licensing.case_records import list_cases
from overzicht.subjects.licensing.states import Status

# A suspended authorisation may become valid again and a draft may be submitted: both depend on the list.
CLOSED = frozenset({Status.DENIED, Status.WITHDRAWN, Status.ANNULLED, Status.REVOKED, Status.EXPIRED})


def licence_citations(connection: Connection) -> Iterator[CitingRecord]:
    """Yield the code of every classified line of every licence case; closed cases are marked as such."""
    for case in list_cases(connection):
        for item in case.application.items:
            if item.code:
                yield CitingRecord(
                    case.application.id, "licence", parse_path(item.code), is_open=case.status not in CLOSED
                )


def use_citations(connection: Connection) -> Iterator[CitingRecord]:
    """Yield the provision of every use of a general authorisation; ended ones are marked as closed."""
    for use in list_uses(connection):
        yield CitingRecord(use.id, f"use of {use.authorisation}", use.path, is_open=use.ended is None)
