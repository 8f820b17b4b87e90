"""eForms: UBL 2.3 notices of the Publications Office's SDK, in use since 2023.

*Domain*: https://docs.ted.europa.eu/eforms/latest/.
*Oddities*. Parties are once in an extension and are pointed at by ids; a contract points at a tender, which
points at a tendering party and a lot. Languages and countries have three letters.
"""

from collections.abc import Iterator

from lxml import etree

from overzicht.sources.inventories.xml import first_text, local_name, named, whole_text
from overzicht.subjects.tenders.notice import (
    Body,
    Contract,
    Notice,
    Passage,
    country_code,
    day_of,
    two_letters,
)

ROOTS = (
    "PriorInformationNotice",
    "ContractNotice",
    "ContractAwardNotice",
    "BusinessRegistrationInformationNotice",
)
ADDRESS = "https://ted.europa.eu/en/notice/-/detail/{number}"
TEXTS = ("Name", "Description", "Note")


def read_eforms(root: etree._Element) -> Notice:
    """Return the notice of a file; ValueError if nothing is bought in it."""
    projects = list(_projects(root))
    if not projects:
        raise ValueError("nothing is bought in it")
    organisations = {}
    for company in named(root, "Company"):
        name = next((whole_text(e) for e in named(company, "Name") if _parent(e) == "PartyName"), "")
        country = first_text(company, "IdentificationCode")
        for identifier in named(company, "ID"):
            if _parent(identifier) == "PartyIdentification" and name:
                organisations[whole_text(identifier)] = Body(name, country_code(country))
    published = first_text(root, "NoticePublicationID")
    language = two_letters(_child_text(root, "NoticeLanguageCode"))
    buyers = tuple(organisations[item] for item in _buyer_ids(root) if item in organisations)
    texts_of_lots = []
    for lot, project in projects:
        for name in TEXTS:
            texts = [child for child in project if local_name(child) == name]
            own = [e for e in texts if two_letters(e.get("languageID", "")) == language]
            words = "\n".join(whole_text(element) for element in own or texts)
            if words:
                texts_of_lots.append(Passage(f"lot {lot}, {name}" if lot else name, words, lot))
    passages = tuple(texts_of_lots)
    contracts: list[Contract] = []
    result = next(named(root, "NoticeResult"), None)
    if result is not None:
        parts = {name: _by_id(result, name) for name in ("LotTender", "TenderingParty", "SettledContract")}
        for number, contract in parts["SettledContract"].items():
            tenders = [parts["LotTender"].get(item) for item in _ids(contract, "LotTender")]
            present = [tender for tender in tenders if tender is not None]
            parties = [parts["TenderingParty"].get(p) for t in present for p in _ids(t, "TenderingParty")]
            ids = [item for party in parties if party is not None for item in _ids(party, "Tenderer")]
            suppliers = tuple(organisations[item] for item in dict.fromkeys(ids) if item in organisations)
            lots = tuple(dict.fromkeys(lot for tender in present for lot in _ids(tender, "TenderLot")))
            if suppliers:
                contracts.append(
                    Contract(
                        f"contract {number}", suppliers, day_of(_child_text(contract, "IssueDate")), lots
                    )
                )
    return Notice(
        number=published or _child_text(root, "ID"),
        title=next((item.words for item in passages if item.place.endswith("Name")), ""),
        buyers=buyers,
        passages=passages,
        contracts=tuple(contracts),
        cpv=tuple(dict.fromkeys(whole_text(e) for e in named(root, "ItemClassificationCode"))),
        kind=_child_text(root, "NoticeTypeCode"),
        language=language,
        country=next((item.country for item in buyers if item.country), ""),
        published=day_of(first_text(root, "PublicationDate") or _child_text(root, "IssueDate")),
        address=ADDRESS.format(number=published) if published else "",
    )


def _projects(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """Yield (lot, project): what all is about, then each lot."""
    for child in root:
        if local_name(child) == "ProcurementProject":
            yield "", child
        elif local_name(child) == "ProcurementProjectLot":
            lot = _child_text(child, "ID")
            yield from ((lot, item) for item in child if local_name(item) == "ProcurementProject")


def _buyer_ids(root: etree._Element) -> list[str]:
    collected = []
    for contracting in (child for child in root if local_name(child) == "ContractingParty"):
        for party in (child for child in contracting if local_name(child) == "Party"):
            for identification in (child for child in party if local_name(child) == "PartyIdentification"):
                collected.append(_child_text(identification, "ID"))
    return list(dict.fromkeys(collected))


def _by_id(result: etree._Element, name: str) -> dict[str, etree._Element]:
    return {_child_text(child, "ID"): child for child in result if local_name(child) == name}


def _ids(element: etree._Element, name: str) -> list[str]:
    return [_child_text(child, "ID") for child in element if local_name(child) == name]


def _child_text(element: etree._Element, name: str) -> str:
    return next((whole_text(child) for child in element if local_name(child) == name), "")


def _parent(element: etree._Element) -> str:
    parent = element.getparent()
    return local_name(parent) if parent is not None else ""
