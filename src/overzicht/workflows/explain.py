"""Why: every finding on a device or a party of a run, and on whom these lead to."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from overzicht.evidence import Answer, Finding, FindingKind
from overzicht.identifiers import mac
from overzicht.store.runs import findings_of, subjects_called

LEADS_ON = (FindingKind.MAKER, FindingKind.OWNERSHIP)  # their object is the next party to explain
ORDER = (FindingKind.MAKER, FindingKind.LISTING, FindingKind.OWNERSHIP, FindingKind.OWNER_LISTING)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the chain: a subject of the run and all findings on it; empty when nothing is known of it."""

    subject: str
    findings: tuple[Finding, ...]


def named_subjects(connection: Connection, run_id: str, name: str) -> list[str]:
    """Return the subjects of a run that go by a name, or by a MAC address in any notation; none: empty."""
    found = subjects_called(connection, run_id, name)
    address = mac.normalize(name)
    if not found and address is not None:
        found = subjects_called(connection, run_id, address)
    return found


def chain(connection: Connection, run_id: str, subjects: Sequence[str]) -> list[Link]:
    """Return the findings on the subjects, then on their makers, then on all owners, each party once."""
    links: list[Link] = []
    waiting = list(dict.fromkeys(subjects))
    seen = set(waiting)
    while waiting:
        subject = waiting.pop(0)
        found = sorted(findings_of(connection, run_id, [subject]), key=_order)
        if found:
            links.append(Link(subject, tuple(found)))
        for finding in found:
            if finding.kind in LEADS_ON and finding.object and finding.object not in seen:
                seen.add(finding.object)
                waiting.append(finding.object)
    return links


def _order(finding: Finding) -> tuple[int, bool, str]:
    kind = ORDER.index(finding.kind) if finding.kind in ORDER else len(ORDER)
    return kind, finding.answer is not Answer.FOUND, finding.id
