"""An entry of the list as both layouts give it: the entity, its last act, and its details."""

from dataclasses import dataclass

from overzicht.sources.strict import Row

NAMESPACE = "http://eu.europa.ec/fpi/fsd/export"
DETAIL_KINDS = ("nameAlias", "citizenship", "birthdate", "address", "identification")


@dataclass(frozen=True, slots=True)
class Detail:
    """One name, citizenship, birth date, address or document of an entity, as printed.

    `fields` are the attributes by XML name. `act_published` is the publication date of the cited act, ISO.
    `contacts` are pairs of kind (PHONE, FAX, EMAIL, WEB) and value.
    """

    kind: str
    fields: Row
    remarks: tuple[str, ...] = ()
    act_published: str = ""
    contacts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One `sanctionEntity`. Days are ISO texts as printed; what the source leaves out is empty.

    `act_*` describe the last act that changed the entry, which is not the one that listed it.
    """

    place: str
    logical_id: str
    reference: str
    un_id: str
    designated: str
    designation_details: str
    delisted: str
    subject: str
    remarks: tuple[str, ...]
    act_number: str
    act_published: str
    act_address: str
    programme: str
    details: tuple[Detail, ...]
