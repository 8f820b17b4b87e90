"""Explanation of a run: the findings about a device or party, and about the parties that these lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from overzicht.evidence import Answer, Finding, FindingKind
from overzicht.identifiers import mac
from overzicht.store.runs import findings_of, subjects_called

LEADS_ON = (FindingKind.MAKER, FindingKind.OWNERSHIP)  # the object of these is the next party to explain
ORDER = (FindingKind.MAKER, FindingKind.LISTING, FindingKind.OWNERSHIP, FindingKind.OWNER_LISTING)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain: a subject of the run and all findings about it."""

    subject: str
    findings: tuple[Finding, ...]


def named_subjects(connection: Connection, run_id: str, name: str) -> list[str]:
    """Return the subjects of a run that have a name, or a MAC address in any notation."""
    address = mac.normalize(name)
    return subjects_called(connection, run_id, name) or (
        subjects_called(connection, run_id, address) if address is not None else []
    )


def chain(connection: Connection, run_id: str, subjects: Sequence[str]) -> list[Link]:
    """Return the findings about the subjects, then about their makers and all owners, each party once."""
    links: list[Link] = []
    queue = list(dict.fromkeys(subjects))
    for subject in queue:  # which grows
        if findings := sorted(findings_of(connection, run_id, [subject]), key=_order):
            links.append(Link(subject, tuple(findings)))
        for finding in findings:
            if finding.kind in LEADS_ON and finding.object and finding.object not in queue:
                queue.append(finding.object)
    return links


def _order(finding: Finding) -> tuple[int, bool, str]:
    kind = ORDER.index(finding.kind) if finding.kind in ORDER else len(ORDER)
    return kind, finding.answer is not Answer.FOUND, finding.id
