"""One content for every form of a view: lines, page, Word and OpenDocument text."""

import io
import re
import zipfile
from datetime import date

import pytest

from overzicht.cli.documents import document_lines, section_lines, spaced_lines, titled_lines
from overzicht.evidence import Citation, text
from overzicht.reports.document_files import document_html
from overzicht.reports.html.document import page_environment
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.open_document import document_odt
from overzicht.reports.sections import Document, Entry, Section, Tag
from overzicht.reports.word import document_docx

DAY = date(2026, 3, 20)
ACT = Citation(source="act", title="An invented act", place="Article 1", address="https://example.org/act")
GATES = Section(
    text("gates:"),
    id="gates",
    entries=(
        Entry(
            "an embargo",
            "G2",
            Tag(text("unknown"), "warning"),
            (text("on {day}", day=DAY),),
            ("source: An invented act",),
            (ACT,),
            ("only on a page",),
        ),
        Entry("not weighed"),
    ),
    columns=(text("gate"), text("answer"), text("reason and source")),
    close=("closed",),
    result=(Entry("shut", tag=Tag(text("no"))),),
    indent=3,
)
CONFIDENTIAL = Section("denials:", entries=(Entry("of another state", "D-1", key="D-1"),), reader="officer")
COUNTS = Section("Counts", ("a paragraph",), ("a point",), (("What", "Number"), ("cameras", "12")))
EMPTY = Section(text("notices:"), id="notices")
CASE = Document(text("as of {day}", day=DAY), ("lead",), (GATES, CONFIDENTIAL, COUNTS, EMPTY), DAY)


def dutch(document: Document) -> Document:
    return Document(document.title, document.lead, document.sections, document.day, "", Language.NL)


def test_lines_of_a_terminal_have_notes_and_sources_and_end_with_what_follows() -> None:
    assert document_lines(CASE) == [
        "as of 2026-03-20", "  lead",
        "gates:", "  G2 unknown: an embargo", "     on 2026-03-20", "     source: An invented act",
        "  not weighed", "  closed",
        "denials:", "  D-1 : of another state",
        "Counts", "  a paragraph", "  - a point", "  What     Number", "  cameras  12",
    ]  # fmt: skip


def test_lines_with_space_between_sections_word_days_as_a_reader_writes_them() -> None:
    lines = spaced_lines(CASE, words_for("nl").say)
    assert lines[:5] == ["stand van 20 maart 2026", "lead", "", "poorten:", "G2 onbekend: an embargo"]
    assert section_lines(COUNTS, str)[-1] == "cameras  12"


def test_an_empty_section_and_one_without_a_head_have_no_title() -> None:
    assert titled_lines(EMPTY) == []
    assert titled_lines(Section("Counts", ("one",), is_headed=False)) == ["  one"]


@pytest.mark.parametrize(
    ("roles", "titles"), [("", ["Gates", "Counts"]), ("officer", ["Gates", "Denials", "Counts"])]
)
def test_a_page_shows_the_sections_that_its_reader_may_read(roles: str, titles: list[str]) -> None:
    shown = CASE.shown(words_for("en").say, lambda role: role == roles)
    assert [section.heading for section in shown] == titles


def page(section: Section, lang: Language) -> str:
    template = page_environment(lang).from_string(
        '{% import "_sections.html" as d with context %}{% macro cite(one) %}[{{ one.title }}]{% endmacro %}'
        "{% call(entry) d.body(part, cite) %}<form>{{ entry.key }}</form>{% endcall %}"
        '{{ d.table(part, "t-1", "caption") }}'
    )
    return template.render(part=section.worded(words_for(lang).say))


def test_a_page_has_tables_with_heads_and_the_citations_themselves() -> None:
    shown = page(GATES, Language.NL)
    for part in (
        'scope="col"',
        'scope="row">G2</th>',
        "onbekend",
        "20 maart 2026",
        "[An invented act]",
        "only on a page",
    ):
        assert part in shown
    for part in ("source: An invented act", "closed", "<form>G2"):
        assert part not in shown
    assert shown.index("shut") < shown.index("an embargo")
    assert "<form>D-1</form>" in page(CONFIDENTIAL, Language.EN)
    assert 'scope="row">cameras</th>' in page(COUNTS, Language.EN)


def test_an_entry_is_text_on_a_page() -> None:
    assert "&lt;b&gt;" in page(Section("x", entries=(Entry("<b>"),)), Language.EN)


def test_every_form_has_the_same_sections() -> None:
    document = dutch(CASE)
    word = zipfile.ZipFile(io.BytesIO(document_docx(document))).read("word/document.xml")
    open_text = zipfile.ZipFile(io.BytesIO(document_odt(document))).read("content.xml")
    forms = ["\n".join(spaced_lines(document, words_for("nl").say)), document_html(document)]
    forms += [re.sub("<[^>]+>", "", content.decode()) for content in (word, open_text)]
    for form in forms:
        places = [
            form.casefold().index(part) for part in ("poorten", "an embargo", "denials", "counts", "cameras")
        ]
        assert places == sorted(places)
        assert "20 maart 2026" in form
    assert all("[An invented act, Article 1, https://example.org/act]" in form for form in forms[1:])
