"""TED XML (R2.0.8 and R2.0.9), as the Publications Office gave notices until 2024.

*Domain*: https://ted.europa.eu, https://op.europa.eu/en/web/eu-vocabularies/e-procurement.
*Oddities*. The same form is in the file in its own language and sometimes in translations; the original
counts. Namespaces differ per release, so elements go by their local names.
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

ROOT = "TED_EXPORT"
LOTS = ("OBJECT_DESCR", "F_BLK_LOT", "ANNEX_B", "LOT_DESCR")
LEFT_OUT = ("REVIEW", "APPEAL", "PROCEDURE", "LEGAL", "ADDRESS", "CHANGES")  # these parts name no goods
BUYERS = ("CONTRACTING_BODY", "CONTRACTING_AUTHORITY", "CONTRACTING_ENTITY", "AUTHORITY_ENTITY")
CONTACTS = ("FURTHER_INFO", "PARTICIPATION", "SPECIFICATIONS_AND_ADDITIONAL_DOCUMENTS")  # where to write to
SUPPLIERS = ("CONTRACTOR", "ECONOMIC_OPERATOR_NAME_ADDRESS", "WINNER")
AWARDS = ("AWARD_CONTRACT", "AWARD_OF_CONTRACT", "MODIFICATIONS_CONTRACT", "RESULTS")


def read_ted(root: etree._Element) -> Notice:
    """Return the notice of a file; ValueError where it holds no form."""
    section = next(named(root, "FORM_SECTION"), None)
    forms = [e for e in section if local_name(e) and e.get("LG")] if section is not None else []
    original = [e for e in forms if e.get("CATEGORY") == "ORIGINAL"]
    if not forms:
        raise ValueError("it holds no form")
    form = (original or forms)[0]
    language = two_letters(first_text(root, "LG_ORIG") or form.get("LG", ""))
    country = country_code(next((e.get("VALUE", "") for e in named(root, "ISO_COUNTRY")), ""))
    # every text of paragraphs, except those on reviews and addresses
    matches: list[Passage] = []
    for element in form.iter():
        name = local_name(element)
        if not any(local_name(child) == "P" for child in element):
            continue
        above = [local_name(item) for item in element.iterancestors()]
        if any(part.startswith(LEFT_OUT) for part in (name, *above)):
            continue
        lot = _lot(element)
        words = "\n".join(whole_text(child) for child in element if local_name(child) == "P").strip()
        if words:
            matches.append(Passage(f"lot {lot}, {name}" if lot else name, words, lot))
    passages = tuple(matches)
    titles = [item.words for item in passages if item.place.endswith(("TITLE", "TITLE_CONTRACT"))]
    return Notice(
        number=first_text(root, "NO_DOC_OJS") or root.get("DOC_ID", ""),
        title=titles[0] if titles else _translated(root, language),
        buyers=_buyers(root, form, country),
        passages=passages,
        contracts=tuple(_contracts(form)),
        cpv=tuple(
            dict.fromkeys(
                e.get("CODE", "") for name in ("ORIGINAL_CPV", "CPV_CODE") for e in named(root, name)
            )
        ),
        kind=first_text(root, "TD_DOCUMENT_TYPE"),
        language=language,
        country=country,
        published=day_of(first_text(root, "DATE_PUB")),
        address=_address(root, language),
    )


def _lot(element: etree._Element) -> str:
    """Return the number of the lot that an element is in; empty if it is about all."""
    for above in element.iterancestors():
        if local_name(above) in LOTS:
            number = first_text(above, "LOT_NO") or first_text(above, "LOT_NUMBER")
            return number or above.get("ITEM", "")
    return ""


def _contracts(form: etree._Element) -> Iterator[Contract]:
    for name in AWARDS:
        for number, award in enumerate(named(form, name), start=1):
            suppliers = _suppliers(award)
            lots = tuple(dict.fromkeys(t for e in named(award, "LOT_NO") if (t := whole_text(e))))
            if suppliers:
                day = day_of(
                    first_text(award, "DATE_CONCLUSION_CONTRACT") or first_text(award, "CONTRACT_AWARD_DATE")
                )
                yield Contract(f"{name} {award.get('ITEM', number)}", suppliers, day, lots)


def _suppliers(award: etree._Element) -> tuple[Body, ...]:
    collected: dict[str, Body] = {}
    for name in SUPPLIERS:
        for element in named(award, name):
            for official in named(element, "OFFICIALNAME"):
                country = next((e.get("VALUE", "") for e in named(element, "COUNTRY")), "")
                collected.setdefault(whole_text(official), Body(whole_text(official), country_code(country)))
    return tuple(body for body in collected.values() if body.name)


def _buyers(root: etree._Element, form: etree._Element, country: str) -> tuple[Body, ...]:
    names = [
        whole_text(official)
        for official in named(form, "OFFICIALNAME")
        if any(local_name(above).startswith(BUYERS) for above in official.iterancestors())
        and not any(local_name(above).endswith(CONTACTS) for above in official.iterancestors())
    ]
    names = names or [whole_text(item) for item in named(root, "AA_NAME")]
    return tuple(Body(name, country) for name in dict.fromkeys(names) if name)


def _translated(root: etree._Element, language: str) -> str:
    titles = {e.get("LG", "").lower(): first_text(e, "TI_TEXT") for e in named(root, "ML_TI_DOC")}
    return titles.get(language) or titles.get("en", "")


def _address(root: etree._Element, language: str) -> str:
    collected = {e.get("LG", "").lower(): whole_text(e) for e in named(root, "URI_DOC")}
    return collected.get(language) or next(iter(collected.values()), "")
