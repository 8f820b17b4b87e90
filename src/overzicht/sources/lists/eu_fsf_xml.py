"""The XML layout 1.1: elements to entries, refusing what the official schema does not have."""

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from overzicht.grouping import by_key
from overzicht.sources.lists.eu_fsf_persons import DETAIL_KINDS, NAMESPACE, Detail, Entry
from overzicht.sources.lists.interface import EntryFaultError
from overzicht.sources.strict import Row, UnknownFieldError

ENTITY = f"{{{NAMESPACE}}}sanctionEntity"
MOST_ATTRIBUTES = 100  # of one element; the schema has fewer than twenty
ROOT = f"{{{NAMESPACE}}}export"
# The classification repeats the subject type; the other fields of an act say how it came about. The official
# code list of subject types has these two only.
_SUBJECTS = {("person", "P"), ("enterprise", "E")}


@dataclass(frozen=True, slots=True)
class _Act:
    number: str
    published: str
    address: str
    programme: str = ""


def read_entity(element: etree._Element, ignored: Counter[str]) -> Entry:
    """Return the entry of one `sanctionEntity` element; EntryFaultError or UnknownFieldError on a fault."""
    fields = _fields(element)
    logical_id = fields.take("logicalId")
    children = _children(element, {"regulation", "subjectType", *DETAIL_KINDS})
    regulation = _one(children, "regulation")
    regulation_fields = _fields(regulation)
    parts = _children(regulation, {"publicationUrl", "corrigendum"})
    for name in ("regulationType", "organisationType", "entryIntoForceDate", "logicalId"):
        if regulation_fields.take_if_there(name):
            ignored[f"regulation@{name}"] += 1
    ignored["regulation/corrigendum"] += len(parts.get("corrigendum", []))
    ignored["regulation/remark"] += len(_remarks(regulation))
    act = _Act(
        number=regulation_fields.take("numberTitle"),
        published=regulation_fields.take("publicationDate"),
        address=(parts["publicationUrl"][0].text or "").strip() if "publicationUrl" in parts else "",
        programme=regulation_fields.take("programme"),
    )
    regulation_fields.finish()
    subject_fields = _fields(_one(children, "subjectType"))
    pair = subject_fields.take("code"), subject_fields.take("classificationCode")
    subject_fields.finish()
    if pair not in _SUBJECTS:
        raise EntryFaultError(f"subject type {pair[0]!r} with classification {pair[1]!r} is not known")
    details: list[Detail] = []
    for kind in DETAIL_KINDS:
        for child in children.get(kind, []):
            known = {"regulationSummary", "contactInfo"} if kind == "address" else {"regulationSummary"}
            detail_children = _children(child, known)
            detail_fields = _fields(_one(detail_children, "regulationSummary"))
            published = detail_fields.take("publicationDate")
            detail_fields.ignore(("regulationType", "numberTitle", "publicationUrl"), Counter())
            detail_fields.finish()
            contacts: list[tuple[str, str]] = []
            for detail_child in detail_children.get("contactInfo", []):
                detail_fields = _fields(detail_child)
                detail_pair = detail_fields.take("key"), detail_fields.take("value")
                detail_fields.finish()
                contacts.append(detail_pair)
            details.append(
                Detail(
                    kind=kind,
                    fields=_fields(child),
                    remarks=_remarks(child),
                    act_published=published,
                    contacts=tuple(contacts),
                )
            )
    entry = Entry(
        place=f"sanctionEntity logicalId {logical_id}",
        logical_id=logical_id,
        reference=fields.take_if_there("euReferenceNumber"),
        un_id=fields.take_if_there("unitedNationId"),
        designated=fields.take_if_there("designationDate"),
        designation_details=fields.take_if_there("designationDetails"),
        delisted=fields.take_if_there("delistingDate"),
        subject=pair[0],
        remarks=_remarks(element),
        act_number=act.number,
        act_published=act.published,
        act_address=act.address,
        programme=act.programme,
        details=tuple(details),
    )
    fields.finish()
    return entry


def _fields(element: etree._Element) -> Row:
    name = _name(element)
    if len(element.attrib) > MOST_ATTRIBUTES:  # reading them takes quadratic time
        raise UnknownFieldError([f"{len(element.attrib):,} attributes of {name}"])
    return Row(
        name, {key if isinstance(key, str) else key.decode(): value for key, value in element.attrib.items()}
    )


def _name(element: etree._Element) -> str:
    name = etree.QName(element)
    if name.namespace != NAMESPACE:
        raise UnknownFieldError([str(element.tag)])
    return name.localname


def _children(element: etree._Element, known: set[str]) -> dict[str, list[etree._Element]]:
    by_name = by_key((_name(child), child) for child in element.iterchildren(tag=etree.Element))
    unknown = set(by_name) - known - {"remark", "additionalInformation"}
    if unknown:
        raise UnknownFieldError([f"{_name(element)}/{name}" for name in unknown])
    return by_name


def _one(children: dict[str, list[etree._Element]], name: str) -> etree._Element:
    elements = children.get(name, [])
    if len(elements) != 1:
        raise EntryFaultError(f"it has {len(elements)} {name} elements, exactly one is expected")
    return elements[0]


def _remarks(element: etree._Element) -> tuple[str, ...]:
    texts = [child.text or "" for child in element.iterchildren(f"{{{NAMESPACE}}}remark")]
    for child in element.iterchildren(f"{{{NAMESPACE}}}additionalInformation"):
        fields = _fields(child)
        texts.append(f"{fields.take('key')}: {fields.take('value')}")
        fields.finish()
    return tuple(text for text in texts if text.strip())
