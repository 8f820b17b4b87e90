"""The forms of an answer: Word, HTML, JSON and lines, with every sentence, mark and source in them."""

import io
import json
import zipfile
from datetime import date

import pytest
from docx import Document
from lxml import etree, html

from overzicht.evidence import Citation, in_both, text
from overzicht.reports.answers.lines import answer_lines
from overzicht.reports.answers.model import (
    AnsweredQuestion,
    AnswerReport,
    FirstKind,
    FirstLine,
    Origin,
    Sentence,
)
from overzicht.reports.answers.page import render_answer
from overzicht.reports.answers.word_document import render_docx
from overzicht.reports.i18n import Language, words_for
from overzicht.views.serialiser import json_text

PAPER = Citation("questions:x", "ah-1", "answer 1", "https://example.org/ah-1", published=date(2026, 1, 2))
YES = FirstLine(FirstKind.YES, text("Yes: reports recorded on this: {count}.", count=2))
UNKNOWN = FirstLine(
    FirstKind.UNKNOWN, text("Unknown: no report on this is recorded; a dossier would hold it.")
)
FILE = Citation("inventory", "lijst <b>.csv", snapshot="a" * 64, official=False)


def report() -> AnswerReport:
    says = Sentence(text("{maker} is listed on {law} since {since}.", maker="Zo & Zo <i>", law="de lijst",
                         since=date(2021, 3, 22)), (PAPER, FILE))  # fmt: skip
    invented = Sentence(text("{says}.", says="Gemeente Voorbeeld heeft er 3"), (FILE,), Origin.INVENTED)
    then = Sentence(in_both(en="It was known.", nl="Het was bekend."), (PAPER,))
    first = AnsweredQuestion(
        1, in_both(en="Is it known?", nl="Is het bekend?\x0b"), ("known-report",), YES, (says,), (invented,),
        then,
        (text("Whether it is desirable."),), (text("No data: nothing that is loaded answers this."),),
    )  # fmt: skip
    again = AnsweredQuestion(
        2, in_both(en="Again?", nl="Nog eens?"), ("known-report",), YES, (says,), (invented,), None, (), (), 1
    )
    empty = AnsweredQuestion(3, in_both(en="And?", nl="En?"), (), UNKNOWN, (), (), None, (), ())
    return AnswerReport(
        "2026Z00001", in_both(en="A set", nl="Een set"), date(2026, 2, 1), "1.0", False, False,
        (text("Asked by {whom} on {day}.", whom="A", day=date(2026, 1, 1)),), (), (first, again, empty),
    )  # fmt: skip


def test_the_word_document_opens_and_has_the_form_of_an_answer() -> None:
    content = render_docx(report(), Language.NL)
    document = Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if p.style.name.startswith(("Heading", "Title"))]
    assert headings[:4] == [
        "Conceptantwoord op 2026Z00001: Een set",
        "Vraag 1",
        "Antwoord 1",
        "Eerder antwoord",
    ]
    words = "\n".join(p.text for p in document.paragraphs)
    assert "Zo & Zo <i> is vermeld op de lijst sinds 22 maart 2021. [1] [2]" in words
    assert "Gemeente Voorbeeld heeft er 3. (voorbeeld) [2]" in words
    assert "Het antwoord is gelijk aan dat op vraag 1." in words
    assert "Ja: aantal berichten hierover: 2." in words
    assert "Bijlage: meer feiten" in words
    assert "[1] ah-1, antwoord 1, https://example.org/ah-1, 2 januari 2026" in words
    assert document.core_properties.created.date() == date(2026, 2, 1)
    assert document.core_properties.language == "nl-NL"


def test_every_part_of_the_word_document_is_sound_xml_and_equal_each_time() -> None:
    content = render_docx(report(), Language.EN)
    assert content == render_docx(report(), Language.EN)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(parts.read(name))
        assert b'w:lang w:val="en-GB"' in parts.read("word/styles.xml")


def test_the_page_is_escaped_and_leads_from_a_sentence_to_its_source() -> None:
    page = html.fromstring(render_answer(report(), Language.NL))
    assert page.get("lang") == "nl"
    assert not page.xpath("//i")
    (sentence,) = page.xpath("//section[.//h2[@id='q1']]/ul[@class='oz-answer__facts']/li[1]")
    assert "Zo & Zo <i> is vermeld op de lijst" in sentence.text_content()
    targets = [link.get("href") for link in sentence.iter("a")]
    assert targets == ["#c1", "#c2"]
    assert all(page.get_element_by_id(target[1:]) is not None for target in targets)
    assert "voorbeeld" in page.text_content()
    assert "default-src 'none'" in page.xpath("//meta[@http-equiv]")[0].get("content")


def test_the_json_has_the_shape_that_is_promised() -> None:
    data = json.loads(json_text(report(), words_for(Language.NL).say))
    assert data["language"] == "nl"
    first, _, empty = data["questions"]
    assert list(first) == [
        "number", "question", "kinds", "first", "facts", "more", "answered_then", "judgement", "missing",
        "same_as",
    ]  # fmt: skip
    assert first["first"] == {"kind": "yes", "text": "Ja: aantal berichten hierover: 2.", "value": ""}
    assert first["more"][0]["origin"] == "invented"
    assert first["facts"][0]["citations"][0]["published"] == "2026-01-02"
    assert first["answered_then"]["text"] == "Het was bekend."
    assert empty["facts"] == []
    assert empty["answered_then"] is None


@pytest.mark.parametrize(("lang", "words"), [(Language.EN, "a judgement"), (Language.NL, "een oordeel")])
def test_the_lines_name_each_part(lang: Language, words: str) -> None:
    lines = list(answer_lines(report(), words_for(lang)))
    assert any(line.strip().startswith(words) for line in lines)
    assert lines[-1].startswith("[2] lijst <b>.csv, sha256 aaaaaaaaaaaa")
