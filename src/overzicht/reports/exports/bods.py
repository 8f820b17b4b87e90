"""Owners of the manufacturers, in the Beneficial Ownership Data Standard 0.4.

https://standard.openownership.org/en/0.4.0/. Each manufacturer with a known owner is the subject of a network
of its own, as the standard asks: an owner of two is described twice. A share that no source gives is absent.
A date is absent if its source gives only the month or the year, which the details then have. The source of
a stake and its address are in each relationship statement.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from overzicht.dates import read_iso_date
from overzicht.errors import UnreadableDateError
from overzicht.evidence.territories import territory_names
from overzicht.grouping import by_key
from overzicht.register.merging import Level
from overzicht.reports.exports.device_values import filled, json_list, uuid_of, web_address
from overzicht.reports.i18n import Language
from overzicht.reports.overview_report import OverviewReport, OwnershipEdge

VERSION = "0.4"
ENTITY_TYPES: Mapping[str, str] = {"Company": "registeredEntity", "PublicBody": "stateBody"}
OTHER_ENTITY = "legalEntity"
PERSON = "Person"
SHAREHOLDERS = ("shareholder", "controlling shareholder")  # as maker cards name the relation


def render_bods(report: OverviewReport, language: Language, level: Level | None) -> Iterator[str]:
    """Yield the statements as one list: for each subject its parties, then its relationships."""
    del language, level  # no sentence of ours, and no device, is in it
    return json_list(_statements(report))


def _statements(report: OverviewReport) -> Iterator[dict[str, Any]]:
    by_asset = by_key((edge.asset_id, edge) for edge in report.ownership)
    countries = {maker.maker_id: maker.country for maker in report.makers}
    described: set[str] = set()
    for subject in sorted(by_asset, key=lambda asset: (asset not in countries, asset)):
        if subject in described and subject not in countries:
            continue  # an owner of a manufacturer is in the network of that manufacturer
        # the stakes in a party and in its direct and indirect owners; circles end
        edges: list[OwnershipEdge] = []
        waiting, seen = [subject], {subject}
        while waiting:
            for edge in by_asset.get(waiting.pop(0), ()):
                edges.append(edge)
                if edge.owner_id not in seen:
                    seen.add(edge.owner_id)
                    waiting.append(edge.owner_id)
        described.update(edge.asset_id for edge in edges)
        network = _Network(subject, report, countries)
        yield from network.parties(edges)
        yield from (network.relationship(edge) for edge in edges)


class _Network:
    """Statements about the owners of one subject."""

    def __init__(self, subject: str, report: OverviewReport, countries: Mapping[str, str]) -> None:
        self._subject = subject
        self._report = report
        self._countries = countries

    def parties(self, edges: Iterable[OwnershipEdge]) -> Iterator[dict[str, Any]]:
        """Yield a statement for each party, the subject first."""
        parties: dict[str, tuple[str, str]] = {}
        for edge in edges:
            parties.setdefault(edge.asset_id, (edge.asset_name, edge.asset_schema))
            parties.setdefault(edge.owner_id, (edge.owner_name, edge.owner_schema))
        for party_id, (name, schema) in parties.items():
            is_person = schema == PERSON
            details = self._person(name) if is_person else self._entity(party_id, name, schema)
            yield self._statement("person" if is_person else "entity", self._record(party_id), details, {})

    def _person(self, name: str) -> dict[str, Any]:
        return {"isComponent": False, "personType": "knownPerson", "names": [{"fullName": name}]}

    def _entity(self, party_id: str, name: str, schema: str) -> dict[str, Any]:
        code = self._countries.get(party_id, "").upper()
        return filled(
            {
                "isComponent": False,
                "entityType": {"type": ENTITY_TYPES.get(schema, OTHER_ENTITY)},
                "name": name,
                "jurisdiction": {"name": territory_names("en").get(code, code), "code": code} if code else {},
                "identifiers": [{"id": party_id, "schemeName": "Overzicht"}],
            }
        )

    def relationship(self, edge: OwnershipEdge) -> dict[str, Any]:
        """Return the statement of one stake by one source."""
        has_share = edge.min_percent is not None
        dates = [f"{name} {value}" for name, value in (("since", edge.since), ("until", edge.until)) if value]
        words = edge.relation.casefold().replace("_", " ")
        if "ultimate" in words or "indirect" in words:
            directness = "indirect"
        else:
            directness = "direct" if "direct" in words else "unknown"
        if edge.min_percent is None or edge.max_percent is None:
            share = {}
        elif edge.min_percent == edge.max_percent:
            share = {"exact": edge.min_percent}
        else:
            share = {"minimum": edge.min_percent, "maximum": edge.max_percent}
        interest = filled(
            {
                "type": "shareholding" if has_share or edge.relation in SHAREHOLDERS else "unknownInterest",
                "directOrIndirect": directness,
                "share": share,
                "startDate": _day(edge.since),
                "endDate": _day(edge.until),
                "details": ". ".join(part for part in (edge.relation, *dates, edge.note) if part),
            }
        )
        details = {
            "isComponent": False,
            "subject": self._record(edge.asset_id),
            "interestedParty": self._record(edge.owner_id),
            "interests": [interest],
        }
        record = uuid_of("relationship", self._subject, edge.asset_id, edge.owner_id, *edge.citation.key)
        stated = edge.citation.published or edge.citation.retrieved or self._report.as_of
        citation = edge.citation
        source = filled(
            {
                "description": ", ".join(part for part in (citation.title, citation.place) if part),
                "url": web_address(citation.address),
                "retrievedAt": citation.retrieved.isoformat() if citation.retrieved else "",
            }
        )
        return self._statement("relationship", record, details, source, stated.isoformat())

    def _statement(
        self, kind: str, record: str, details: Mapping[str, Any], source: Mapping[str, Any], stated: str = ""
    ) -> dict[str, Any]:
        as_of = self._report.as_of.isoformat()
        statement = {
            "statementDate": min(stated or as_of, as_of),
            "declarationSubject": self._record(self._subject),
            "recordId": record,
            "recordType": kind,
            "recordStatus": "new",
            "recordDetails": details,
            "publicationDetails": {
                "publicationDate": as_of,
                "bodsVersion": VERSION,
                "publisher": {"name": f"Overzicht {self._report.version}"},
            },
            "source": source,
        }
        return filled({"statementId": uuid_of("statement", repr(statement)), **statement})

    def _record(self, party_id: str) -> str:
        return uuid_of("record", self._subject, party_id)


def _day(stated: str) -> str:
    """Return a whole date; empty for a month, a year, a range or nothing: the standard has no such dates."""
    try:
        return read_iso_date(stated).isoformat()
    except UnreadableDateError:
        return ""
