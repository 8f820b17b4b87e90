"""The numbers of the citations: the same in every format, evidence first, places in the inputs after it."""

from collections.abc import Iterable, Iterator

from overzicht.evidence import Citation, Reason, unique
from overzicht.reports.overview_report import OverviewReport

Key = tuple[str, str, str, str]


class NumberedCitations:
    """Citations once each, numbered from 1 in their order."""

    def __init__(self, citations: Iterable[Citation]) -> None:
        self.all = unique(citations)
        self._numbers: dict[Key, int] = {c.key: number for number, c in enumerate(self.all, start=1)}

    def number(self, citation: Citation) -> int:
        """Return the number of a citation; KeyError for another one."""
        return self._numbers[citation.key]

    def numbers(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """Return the numbers of some citations, ascending, without duplicates."""
        return tuple(sorted({self.number(citation) for citation in citations}))


class CitationIndex(NumberedCitations):
    """Every citation of a report once, in a fixed order, numbered from 1.

    `evidence` are the citations of findings; `places` are only the places of devices in an input (a finding
    on the device cites those as well). Without `with_places` these are only counted.
    """

    def __init__(self, report: OverviewReport, *, with_places: bool = True) -> None:
        self.evidence = evidence_of(report)
        known = {citation.key for citation in self.evidence}
        cited = (c for device in report.devices for c in device.citations if c.key not in known)
        self.places = tuple({c.key: c for c in cited}.values()) if with_places else ()
        self.place_count = len(self.places) if with_places else len({hash(c.key) for c in cited})
        super().__init__((*self.evidence, *self.places))


class StreamedCitations:
    """The citations of a report whose places get their numbers as devices are written, after the evidence.

    The numbers are those of `CitationIndex`, if the devices are written in their order.
    """

    def __init__(self, report: OverviewReport) -> None:
        self.evidence = evidence_of(report)
        self._numbers = {c.key: number for number, c in enumerate(self.evidence, start=1)}
        self._places: dict[Key, int] = {}
        self._last = len(self._numbers)
        self.places: list[tuple[int, Citation]] = []  # with their numbers

    def number(self, citation: Citation) -> int:
        """Return the number of a citation, a new one for a place that was not met yet."""
        key = citation.key
        known = self._numbers.get(key) or self._places.get(key)
        if known is None:
            known = self._places[key] = self._last = self._last + 1
            self.places.append((known, citation))
        return known

    def forget_places(self) -> None:
        """Give a place that comes again another number: it is in another file."""
        self._places.clear()
        self.places.clear()


def evidence_of(report: OverviewReport) -> tuple[Citation, ...]:
    """Return the citations of findings in a fixed order, without the places of devices in an input."""
    rested_on = {citation.key: citation for citation in _rested_on(report)}
    reasons = (reason for finding in report.findings for reason in finding.reasons)
    cited = {c.key: c for c in (*_of_reasons(reasons), *report.citations) if c.key not in rested_on}
    if cited:
        for device in report.devices:
            for place in device.citations:
                cited.pop(place.key, None)
    return (*rested_on.values(), *cited.values())


def _rested_on(report: OverviewReport) -> Iterator[Citation]:
    supplied = (listing for supplier in report.suppliers for listing in supplier.listings)
    for listing in (*report.listings, *supplied):
        yield listing.citation
        yield from _of_reasons(listing.reasons)
    yield from (edge.citation for edge in report.ownership)
    for regime in report.regimes:
        yield regime.citation
        yield from _of_reasons(regime.reasons)
    yield from (maker.reply_citation for maker in report.makers if maker.reply_citation)
    yield from _of_reasons(reason for device in report.devices for reason in device.reasons)
    for row in report.vulnerabilities:
        yield row.citation
        yield from _of_reasons(row.reasons)


def _of_reasons(reasons: Iterable[Reason]) -> Iterator[Citation]:
    """Yield the citations of reasons; devices with equal traces share theirs, which are read once."""
    for reason in {id(reason): reason for reason in reasons}.values():
        yield from reason.citations
