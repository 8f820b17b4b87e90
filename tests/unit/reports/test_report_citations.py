"""The numbers of citations: evidence first, and where a device merely stands in an inventory after it."""

from dataclasses import replace

import report_factory

from overzicht.evidence import Answer, Finding, FindingKind, Reason, text
from overzicht.reports.citations import CitationIndex


def test_the_row_of_a_device_is_a_place_also_where_a_finding_cites_it() -> None:
    report = report_factory.small_report()
    device = report.devices[0]
    seen = Reason(text("the inventory states this about the device"), citations=device.citations)
    own = Reason(text("said elsewhere"), citations=(report_factory.cite("elsewhere", "page 1"),))
    finding = Finding(
        "f", FindingKind.MAKER, device.id, Answer.FOUND, text("made by it"), report.as_of, reasons=(seen, own)
    )
    index = CitationIndex(replace(report, findings=(finding,)))
    assert device.citations[0] in index.places
    assert own.citations[0] in index.evidence
    assert len(index.places) == len(report.devices)
    assert index.number(device.citations[0]) == len(index.evidence) + 1


def test_a_row_that_a_reason_rests_on_is_evidence() -> None:
    report = report_factory.small_report()
    first, *others = report.devices
    first = replace(first, reasons=(Reason(text("it says so"), citations=first.citations),))
    index = CitationIndex(replace(report, devices=(first, *others)))
    assert first.citations[0] in index.evidence
    assert first.citations[0] not in index.places
