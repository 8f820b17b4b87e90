"""TED XML (R2.0.8 and R2.0.9), as the Publications Office gave notices until 2024.

*Domain*: https://ted.europa.eu, https://op.europa.eu/en/web/eu-vocabularies/e-procurement.
*Oddities*. The same form stands in the file in its own language and sometimes in translations; the original
counts. Namespaces differ per release, so elements go by their local names.
"""

from collections.abc import Iterator
from datetime import date

from lxml import etree

from overzicht.sources.inventories.tenders.notice import (
    Body,
    Contract,
    Notice,
    Passage,
    country_code,
    two_letters,
)
from overzicht.sources.inventories.xml import local_name, named

ROOT = "TED_EXPORT"
LOTS = ("OBJECT_DESCR", "F_BLK_LOT", "ANNEX_B", "LOT_DESCR")
LEFT_OUT = ("REVIEW", "APPEAL", "PROCEDURE", "LEGAL", "ADDRESS", "CHANGES")  # no goods are told there
BUYERS = ("CONTRACTING_BODY", "CONTRACTING_AUTHORITY", "CONTRACTING_ENTITY", "AUTHORITY_ENTITY")
CONTACTS = ("FURTHER_INFO", "PARTICIPATION", "SPECIFICATIONS_AND_ADDITIONAL_DOCUMENTS")  # where to write to
SUPPLIERS = ("CONTRACTOR", "ECONOMIC_OPERATOR_NAME_ADDRESS", "WINNER")
AWARDS = ("AWARD_CONTRACT", "AWARD_OF_CONTRACT", "MODIFICATIONS_CONTRACT", "RESULTS")


def read_ted(root: etree._Element) -> Notice:
    """Return the notice of a file; ValueError where it holds no form."""
    form = _form(root)
    language = two_letters(_text(root, "LG_ORIG") or form.get("LG", ""))
    country = country_code(next((e.get("VALUE", "") for e in named(root, "ISO_COUNTRY")), ""))
    passages = tuple(_passages(form))
    titles = [each.words for each in passages if each.place.endswith(("TITLE", "TITLE_CONTRACT"))]
    return Notice(
        number=_text(root, "NO_DOC_OJS") or root.get("DOC_ID", ""),
        title=titles[0] if titles else _translated(root, language),
        buyers=_buyers(root, form, country),
        passages=passages,
        contracts=tuple(_contracts(form)),
        cpv=tuple(dict.fromkeys(
            e.get("CODE", "") for name in ("ORIGINAL_CPV", "CPV_CODE") for e in named(root, name)
        )),
        kind=_text(root, "TD_DOCUMENT_TYPE"), language=language, country=country,
        published=_day(_text(root, "DATE_PUB")), address=_address(root, language),
    )  # fmt: skip


def _form(root: etree._Element) -> etree._Element:
    section = next(named(root, "FORM_SECTION"), None)
    forms = [e for e in section if local_name(e) and e.get("LG")] if section is not None else []
    original = [e for e in forms if e.get("CATEGORY") == "ORIGINAL"]
    if not forms:
        raise ValueError("it holds no form")
    return (original or forms)[0]


def _passages(form: etree._Element) -> Iterator[Passage]:
    """Yield every text of paragraphs, but for those on reviews and addresses."""
    for element in form.iter():
        name = local_name(element)
        if not any(local_name(child) == "P" for child in element):
            continue
        above = [local_name(each) for each in element.iterancestors()]
        if any(part.startswith(LEFT_OUT) for part in (name, *above)):
            continue
        lot = _lot(element)
        words = "\n".join(_whole(child) for child in element if local_name(child) == "P").strip()
        if words:
            yield Passage(f"lot {lot}, {name}" if lot else name, words, lot)


def _lot(element: etree._Element) -> str:
    """Return the number of the lot that an element stands in; empty where it is about all."""
    for above in element.iterancestors():
        if local_name(above) in LOTS:
            number = _text(above, "LOT_NO") or _text(above, "LOT_NUMBER")
            return number or above.get("ITEM", "")
    return ""


def _contracts(form: etree._Element) -> Iterator[Contract]:
    for name in AWARDS:
        for number, award in enumerate(named(form, name), start=1):
            suppliers = _suppliers(award)
            lots = tuple(dict.fromkeys(t for e in named(award, "LOT_NO") if (t := _whole(e))))
            if suppliers:
                day = _day(_text(award, "DATE_CONCLUSION_CONTRACT") or _text(award, "CONTRACT_AWARD_DATE"))
                yield Contract(f"{name} {award.get('ITEM', number)}", suppliers, day, lots)


def _suppliers(award: etree._Element) -> tuple[Body, ...]:
    found: dict[str, Body] = {}
    for name in SUPPLIERS:
        for element in named(award, name):
            for official in named(element, "OFFICIALNAME"):
                country = next((e.get("VALUE", "") for e in named(element, "COUNTRY")), "")
                found.setdefault(_whole(official), Body(_whole(official), country_code(country)))
    return tuple(body for body in found.values() if body.name)


def _buyers(root: etree._Element, form: etree._Element, country: str) -> tuple[Body, ...]:
    names = [
        _whole(official)
        for official in named(form, "OFFICIALNAME")
        if any(local_name(above).startswith(BUYERS) for above in official.iterancestors())
        and not any(local_name(above).endswith(CONTACTS) for above in official.iterancestors())
    ]
    names = names or [_whole(each) for each in named(root, "AA_NAME")]
    return tuple(Body(name, country) for name in dict.fromkeys(names) if name)


def _translated(root: etree._Element, language: str) -> str:
    titles = {e.get("LG", "").lower(): _text(e, "TI_TEXT") for e in named(root, "ML_TI_DOC")}
    return titles.get(language) or titles.get("en", "")


def _address(root: etree._Element, language: str) -> str:
    found = {e.get("LG", "").lower(): _whole(e) for e in named(root, "URI_DOC")}
    return found.get(language) or next(iter(found.values()), "")


def _text(root: etree._Element, name: str) -> str:
    return next((_whole(element) for element in named(root, name)), "")


def _whole(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _day(value: str) -> date | None:
    """Return a day as 20220304 or 2022-03-04; None for anything else."""
    try:
        return date.fromisoformat(value[:10]) if value else None
    except ValueError:
        return None
