"""The doors of casework: parties of a licence case, makers that a tender names, and reconciliation."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from oracle.asking import Product
from oracle.claims import LISTED, NOT_CHECKED, NOT_LISTED, POSSIBLE, SILENT, Claim, answer_of
from oracle.doors import BEFORE, report_claims
from oracle.statements import Party

BATCH = 25
BINDING = (  # the sentences on the lists that bind the authority
    (LISTED, re.compile(r" is listed on (?P<lists>[^:]+)$")),
    (POSSIBLE, re.compile(r" is possibly listed on (?P<lists>[^:]+): ")),
    (NOT_LISTED, re.compile(r" is not listed on (?P<lists>[^:]+)$")),
    (NOT_CHECKED, re.compile(r": not checked; no loaded version of (?P<lists>.+) covers")),
)
OTHERS = re.compile(
    r" is (?P<answer>(?:possibly )?listed) on (?P<list>\S+), which (?:does not bind|also binds) here$"
)
CAMERAS = "35125300"  # CPV


def licence_case(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    """Yield what the screening of a case says when it is submitted; of lists that do not bind, hits only."""
    case = f"audit-{day}"
    file = product.work / f"{case}.json"
    file.write_text(json.dumps(_application(case, parties), ensure_ascii=False), encoding="utf-8")
    product.run("licence", "new", file, "--as-of", BEFORE)
    product.run("licence", "submit", case, "--as-of", day)
    reply = product.json("licence", "show", case, "--as-of", day, "--json")
    _, *rows = reply["screening"]["parties"]
    for party, row in zip(parties, rows, strict=True):
        assert row["party"] == party.ask
        others = filter(None, map(OTHERS.search, row["others"]))
        values = {found["list"]: answer_of(found["answer"]) for found in others}
        for value, pattern in BINDING:
            if found := pattern.search(row["binding"]["says"]):
                values |= dict.fromkeys(found["lists"].split(", "), value)
        for each in product.lists:
            value = values.get(each["list"], SILENT)
            yield Claim("answer", "licence", party.id, each["list"], day, value)


def _application(case: str, parties: Sequence[Party]) -> dict[str, Any]:
    exporter = {"role": "exporter", "name": "Voorbeeld Uitvoer B.V.", "country": "NL", "address": "Straat 1"}
    others = [
        {
            "role": "consignee" if number else "end_user",
            "name": party.ask,
            "country": "KZ",
            "address": "Abay street 1",
            "schema": party.kind,
        }
        for number, party in enumerate(parties)
    ]
    item = {
        "line": 1,
        "description": "thermal camera",
        "code": "6A003.b.4.b",
        "list_version": "2025-11-15",
        "classified_by": "A. Voorbeeld",
        "quantity": {"amount": 1, "unit": "pieces"},
        "value": {"amount": 1, "currency": "EUR"},
        "origin": "NL",
    }
    statement = {"signed_by": parties[0].ask, "signed_on": BEFORE}
    places = dict.fromkeys(("country_of_consignment", "located_in", "customs_state", "issuing_state"), "NL")
    return {
        "id": case,
        "kind": "individual",
        "authority": "Office",
        "destination": "KZ",
        "contract_date": BEFORE,
        "parties": [exporter, *others],
        "items": [item],
        "end_use": {"description": "watching a border", "statement": statement},
        **places,
    }


def tender_overview(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    """Yield what an overview of notices says of the makers in them; planned devices are not counted."""
    named = [party for party in parties if party.maker]
    file = product.work / "tenders.json"
    file.write_text(json.dumps(_notices(named), ensure_ascii=False), encoding="utf-8")
    for claim in report_claims(product, named, day, "tender overview", ("overview", file)):
        if claim.kind != "count":
            yield claim


def _notices(parties: Sequence[Party]) -> dict[str, Any]:
    council = {"id": "b", "name": "Council", "roles": ["buyer"], "address": {"country": "GB"}}
    releases = [
        {
            "ocid": party.id,
            "id": party.id,
            "date": f"{BEFORE}T00:00:00Z",
            "tag": ["tender"],
            "language": "en",
            "initiationType": "tender",
            "parties": [council],
            "buyer": {"id": "b", "name": "Council"},
            "tender": {
                "id": party.id,
                "title": "Town centre cameras",
                "description": f"Forty dome cameras, brand {party.brand}, or equivalent.",
                "items": [{"id": "1", "classification": {"scheme": "CPV", "id": CAMERAS}}],
            },
        }
        for party in parties
    ]
    return {
        "uri": "https://example.org/releases",
        "version": "1.1",
        "publishedDate": f"{BEFORE}T00:00:00Z",
        "publisher": {"name": "Portal"},
        "releases": releases,
    }


def reconciliation(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    """Yield the lists on which the candidates for each party are said to stand, each with its name."""
    for start in range(0, len(parties), BATCH):
        some = parties[start : start + BATCH]
        queries = {party.id: {"query": party.ask, "type": party.kind, "limit": 50} for party in some}
        reply = product.client.post(
            "/reconcile", data={"queries": json.dumps(queries)}, params={"as-of": day}
        )
        assert reply.status_code == 200, (reply.status_code, reply.text[:300])
        for party, result in reply.json().items():
            yield Claim("searched", "/reconcile", party, "", day)
            for candidate in result["result"]:
                for title, list_id in product.titles.items():
                    if f" · {title}: " in f" · {candidate['description']}":
                        name = (candidate["name"],)
                        yield Claim("searched", "/reconcile", party, list_id, day, LISTED, name)
