"""The report of two pages: the conclusion first, equal in every format, never longer than two pages."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any, cast
from xml.etree import ElementTree as ET

import docx
import pypdf
import pytest
import report_factory

from overzicht.evidence import text
from overzicht.register.merging import Level
from overzicht.reports.document_files import document_html
from overzicht.reports.handover.content import MOST_PAGES, handover
from overzicht.reports.i18n import Language
from overzicht.reports.interface import Format, render
from overzicht.reports.overview_report import OverviewReport, PlanRow

PLAN = PlanRow("Stadhuis vervangen", "jansen", date(2027, 1, 1), text("{total} to replace", total=7))
SECTIONS = {
    Language.EN: [
        "Conclusion", "Counts of devices",
        "Listings, their start, and whether they bind us", "What is planned",
        "What is unknown", "Sources",
    ],
    Language.NL: [
        "Conclusie", "Aantallen apparaten",
        "Vermeldingen, sinds wanneer, en of die ons binden", "Wat is gepland",
        "Wat is onbekend", "Bronnen",
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def report() -> OverviewReport:
    return replace(report_factory.large_report(), plans=(PLAN,) * 30)


def rendered(report: OverviewReport, form: Format, level: Level | None = None) -> bytes:
    content = render(report, form, Language.NL, level)
    assert isinstance(content, bytes)
    return content


@pytest.mark.parametrize("lang", Language)
def test_the_conclusion_is_first_and_nothing_is_cut_in_silence(
    report: OverviewReport, lang: Language
) -> None:
    document = handover(report, lang)
    assert [section.title for section in document.sections] == SECTIONS[lang]
    assert len(document.sections[0].points) == len(report.conclusions)
    plans = document.sections[3].points
    assert len(plans) == 13
    assert "18" in str(plans[-1])
    binding = [row[-1] for row in document.sections[2].rows[1:]]
    assert binding == sorted(binding, key=lambda word: word not in {"yes", "ja"})
    counts = dict(cast("tuple[tuple[str, str], ...]", document.sections[1].rows[1:]))
    assert counts["In use or not seen" if lang is Language.EN else "In gebruik of niet gezien"] == str(
        report.device_count
    )


def test_each_party_and_list_is_one_row_with_its_first_day(report: OverviewReport) -> None:
    rows = handover(report, Language.EN, longest=10_000).sections[2].rows[1:]
    current = {(row.party_name, str(row.list_title)) for row in report.listings if row.is_current}
    assert len(rows) == len({(row.party_id, row.list_id) for row in report.listings if row.is_current})
    assert {(str(name).rpartition(" (")[0], title) for name, title, *_ in rows} == current


def test_the_pdf_has_tags_a_profile_and_two_pages(report: OverviewReport) -> None:
    content = rendered(report, Format.PDF)
    assert content == rendered(report, Format.PDF)
    read = pypdf.PdfReader(io.BytesIO(content))
    assert len(read.pages) <= MOST_PAGES
    root: Any = read.trailer["/Root"]
    assert root["/StructTreeRoot"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    metadata = read.xmp_metadata
    assert metadata is not None
    assert re.search(rb"pdfaid:part=?.?>?\"?2", content)
    assert re.search(rb'pdfuaid:part="1"', content)
    assert content.count(b"</rdf:RDF>") == 1
    assert metadata.dc_title
    assert [str(intent.get_object()["/S"]) for intent in root["/OutputIntents"]] == ["/GTS_PDFA1"]
    pages: list[Any] = list(read.pages)
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile2", "/FontFile3"} & descriptor.get_object().keys() for descriptor in described)
    words = "".join(page.extract_text() for page in read.pages)
    assert words.index("Conclusie") < words.index("Bronnen")
    assert report_factory.MARKUP not in document_html(handover(report, Language.NL))


def test_word_and_open_document_have_the_same_words(report: OverviewReport) -> None:
    document = handover(report, Language.NL)
    made = docx.Document(io.BytesIO(rendered(report, Format.DOCX)))
    headings = [line.text for line in made.paragraphs if line.style and line.style.name == "Heading 1"]
    assert headings == SECTIONS[Language.NL]
    assert [len(table.rows) for table in made.tables] == [len(s.rows) for s in document.sections if s.rows]
    with zipfile.ZipFile(io.BytesIO(rendered(report, Format.ODT))) as package:
        content = ET.fromstring(package.read("content.xml"))  # noqa: S314 - our own file
        assert package.namelist()[0] == "mimetype"
    name = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}%s"
    titles = ["".join(each.itertext()) for each in content.iter(name % ("text", "h"))]
    assert titles == [document.title, *SECTIONS[Language.NL]]
    rows = list(content.iter(name % ("table", "table-row")))
    assert len(rows) == sum(len(section.rows) for section in document.sections)


@pytest.mark.parametrize("level", Level)
def test_no_level_shows_a_device_an_input_or_the_name_of_a_plan(report: OverviewReport, level: Level) -> None:
    read = pypdf.PdfReader(io.BytesIO(rendered(report, Format.PDF, level)))
    words = "".join(page.extract_text() for page in read.pages)
    for secret in (PLAN.title, PLAN.owner, *(entry.filename for entry in report.inputs)):
        assert secret not in words
