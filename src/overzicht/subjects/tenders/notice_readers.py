"""The readers of notices: what a notice that buys surveillance names of makers and models is a sighting."""

import re
from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from lxml import etree

from overzicht.devices import Sighting, Trace
from overzicht.errors import InputFileError, UnknownNameError
from overzicht.evidence import Snapshot, text
from overzicht.evidence.account import LeftOut
from overzicht.isolation import Limits, in_child
from overzicht.sources.interface import Sample
from overzicht.sources.inventories.encoding import as_utf8
from overzicht.sources.inventories.interface import (
    InventoryProblem,
    InventoryReader,
    InventoryResult,
    ReadingOptions,
)
from overzicht.sources.inventories.origin import Origin, traces_of
from overzicht.sources.inventories.xml import local_name, parse_document, starts_as_xml
from overzicht.subjects.register.contract_parties import (
    AWARDED,
    CONTRACT_DAY,
    COUNTRY,
    NOTICE,
    SUPPLIER,
)
from overzicht.subjects.tenders import eforms, ocds, ted
from overzicht.subjects.tenders.naming import Mention, is_surveillance, mentions_in
from overzicht.subjects.tenders.notice import Notice

MAX_BYTES = 200_000_000  # a year of a country's OCDS packages; a notice in XML is some kilobytes
TENDER = "tender"  # the status of a sighting in a notice without a contract
_OCID = re.compile(rb'"ocid"\s*:\s*"')


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice with what it names; `is_surveillance` is False if nothing was looked for in it.

    There is one sighting for each mention, in the same order.
    """

    notice: Notice
    is_surveillance: bool
    mentions: tuple[Mention, ...]
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class ReadNotices:
    """All that a file of notices gave, and what of it could not be read."""

    kind: str
    snapshot: Snapshot
    notices: tuple[ReadNotice, ...]
    problems: tuple[InventoryProblem, ...] = ()


class NoticeReader(InventoryReader):
    """Reads one form of notices."""

    may_be_empty = True  # most notices buy something else

    @abstractmethod
    def notices(self, origin: Origin) -> Iterator[Notice | InventoryProblem]:
        """Yield each notice of a file, or why it cannot be read."""

    def read_notices(self, origin: Origin) -> ReadNotices:
        """Return the notices with what they name."""
        parts = list(self.notices(origin))
        matches: list[ReadNotice] = []
        for item in parts:
            if isinstance(item, Notice):
                mentions = mentions_in(item)
                sightings = tuple(_sighting(origin, item, mention, n) for n, mention in enumerate(mentions))
                matches.append(ReadNotice(item, is_surveillance(item), mentions, sightings))
        notices = tuple(matches)
        problems = tuple(item for item in parts if isinstance(item, InventoryProblem))
        return ReadNotices(self.kind, origin.snapshot, notices, problems)

    def read(self, origin: Origin, options: ReadingOptions) -> InventoryResult:
        """Return a sighting per mention; records are the mentions, and the notices without one."""
        del options
        result = self.read_notices(origin)
        sightings = tuple(sighting for item in result.notices for sighting in item.sightings)
        about = sum(item.is_surveillance for item in result.notices)
        remark = text(
            "{about} of {total} notices buy surveillance; a notice names what is or may be bought, and "
            "seldom says how many",
            about=about,
            total=len(result.notices),
        )
        silent = [item.notice for item in result.notices if not item.sightings]
        return InventoryResult(
            self.kind,
            origin.snapshot,
            sightings,
            len(sightings) + len(silent) + len(result.problems),
            remarks=(remark,),
            left_out=tuple(
                LeftOut(notice.place, text("A notice that names no device"), notice.title)
                for notice in silent
            ),
            unread=result.problems,
        )


def _sighting(origin: Origin, notice: Notice, mention: Mention, number: int) -> Sighting:
    """Return what a notice names as a sighting, cited at its place and by its public address, if any."""
    contract = mention.contract
    suppliers = "; ".join(item.name for item in contract.suppliers) if contract else ""
    extra = {
        NOTICE: notice.number,
        "title": notice.title,
        COUNTRY: notice.country,
        SUPPLIER: suppliers,
        CONTRACT_DAY: contract.day.isoformat() if contract and contract.day else "",
        "published": notice.published.isoformat() if notice.published else "",
        "CPV": ", ".join(notice.cpv),
        "language": notice.language,
        "address": notice.address,
        "named as": "supplier" if mention.is_supplier else "",
    }
    return Sighting(
        id=origin.sighting_id(f"{mention.place}, mention {number}"),
        citation=replace(origin.cite(mention.place), address=notice.address),
        traces=traces_of(
            (
                (Trace.BRAND, mention.brand),
                *((Trace.MODEL, model) for model in mention.models),
                (Trace.DESCRIPTION, mention.sentence),
            )
        ),
        label=notice.number,
        organisation="; ".join(item.name for item in notice.buyers),
        kind=mention.kind,
        status=AWARDED if contract else TENDER,
        bought=contract.day if contract else None,
        extra={name: value for name, value in extra.items() if value},
    )


class _XmlNotices(NoticeReader):
    """Notices of one XML document each."""

    roots: ClassVar[tuple[str, ...]]

    def recognise(self, sample: Sample) -> bool:
        """Return whether the first tag is one of this form's."""
        if not starts_as_xml(sample.head):
            return False
        first = re.search(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)", sample.head)
        return first is not None and first[1].decode("ascii", "replace") in self.roots

    def notices(self, origin: Origin) -> Iterator[Notice | InventoryProblem]:
        """Yield the one notice of the file; InputFileError for another file."""
        root = parse_document(origin.read_bytes(), origin.filename)
        if local_name(root) not in self.roots:
            raise InputFileError(origin.filename, f"the file is not of the kind: {self.title}")
        try:
            yield self.notice(root)
        except ValueError as error:
            raise InputFileError(
                origin.filename, f"the notice is incomplete: {error}", fix="fetch the notice again"
            ) from error

    @abstractmethod
    def notice(self, root: etree._Element) -> Notice:
        """Return the notice; ValueError if it is incomplete."""


class TedReader(_XmlNotices):
    """Reads TED XML."""

    kind = "ted-xml"
    title = "procurement notice in TED XML"
    roots = (ted.ROOT,)

    def notice(self, root: etree._Element) -> Notice:
        """Return the notice of a file."""
        return ted.read_ted(root)


class EformsReader(_XmlNotices):
    """Reads eForms."""

    kind = "eforms"
    title = "procurement notice in eForms (UBL)"
    roots = eforms.ROOTS

    def notice(self, root: etree._Element) -> Notice:
        """Return the notice of a file."""
        return eforms.read_eforms(root)


class OcdsReader(NoticeReader):
    """Reads OCDS releases, records and packages."""

    kind = "ocds"
    title = "procurement notices in OCDS (JSON)"

    def recognise(self, sample: Sample) -> bool:
        """Return whether the sample is JSON with the id of a contracting process."""
        return sample.head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[") and bool(
            _OCID.search(sample.head)
        )

    def notices(self, origin: Origin) -> Iterator[Notice | InventoryProblem]:
        """Yield a notice per contracting process."""
        for release in ocds.read_ocds(origin):
            if release.fault:
                place = release.place or "document"
                yield InventoryProblem(place, text("It cannot be read: {why}", why=release.fault))
            else:
                yield ocds.notice_of(release)


NOTICE_READERS: tuple[NoticeReader, ...] = (TedReader(), EformsReader(), OcdsReader())


@in_child(Limits())
def read_notices(path: Path, kind: str | None = None) -> ReadNotices:
    """Return the notices of a file; InputFileError for another file, UnknownNameError for no kind."""
    known = {reader.kind: reader for reader in NOTICE_READERS}
    if kind is not None and kind not in known:
        raise UnknownNameError("kind of notice", kind, tuple(known))
    origin = Origin(path, max_bytes=MAX_BYTES)
    sample = origin.file.sample()
    sample = Sample(sample.filename, as_utf8(sample.head))
    fitting = [known[kind]] if kind else [item for item in NOTICE_READERS if item.recognise(sample)]
    if not fitting:
        raise InputFileError(
            path.name,
            "this is not a procurement notice that can be read",
            fix=f"give one of: {'; '.join(reader.title for reader in NOTICE_READERS)}",
        )
    return fitting[0].read_notices(origin)
