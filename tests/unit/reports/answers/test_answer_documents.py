"""The forms of an answer: Word, HTML, JSON and lines, with every sentence, mark and source in them."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from answer_samples import report
from docx import Document
from docx.text.paragraph import Paragraph
from lxml import etree, html

from overzicht.evidence import text
from overzicht.reports.i18n import Language, words_for
from overzicht.subjects.answers.answer_lines import answer_lines
from overzicht.subjects.answers.letter import letter
from overzicht.subjects.answers.open_document import render_odt
from overzicht.subjects.answers.page import render_answer
from overzicht.subjects.answers.word_document import render_docx
from overzicht.subjects.questions.papers.interface import QuestionFile
from overzicht.subjects.questions.papers.open_text import open_document_lines
from overzicht.views.serialiser import json_text


def style_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return str(paragraph.style.name)


def test_the_word_document_opens_and_has_the_form_of_an_answer() -> None:
    content = render_docx(report(), Language.NL)
    document = Document(io.BytesIO(content))
    headings = [p.text for p in document.paragraphs if style_of(p).startswith("Heading")]
    assert headings[:3] == ["Vraag 1", "Antwoord 1", "Eerder antwoord"]
    assert headings[-2:] == ["Vraag 1", "Bronnen"]
    assert document.core_properties.title == "Conceptantwoord op 2026Z00001: Een set"
    assert [p.text for p in document.paragraphs][:9] == [
        "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
        "Postbus 20018",
        "2500 EA DEN HAAG",
        "Datum: 1 februari 2026",
        "Betreft: Beantwoording van vragen: Een set",
        "Onze referentie: concept",
        "Uw referentie: 2026Z00001",
        "Geachte voorzitter,",
        "Gesteld door A op 1 januari 2026.",
    ]
    (first,) = [p for p in document.paragraphs if p.text == "Ja: aantal berichten hierover: 2."][:1]
    assert first.runs[0].bold
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


def test_the_open_document_has_the_same_paragraphs_as_the_word_document() -> None:
    content = render_odt(report(), Language.NL)
    assert content == render_odt(report(), Language.NL)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.namelist()[0] == "mimetype"
        assert parts.infolist()[0].compress_type == zipfile.ZIP_STORED
        for name in parts.namelist()[1:]:
            etree.fromstring(parts.read(name))
    lines = [line.text for line in open_document_lines(QuestionFile("a.odt", content, ""))]
    word = [
        " ".join(line.split())
        for p in Document(io.BytesIO(render_docx(report(), Language.NL))).paragraphs
        for line in p.text.split("\n")
    ]
    assert lines == [line for line in word if line]


def test_a_set_of_another_parliament_goes_to_whoever_asked() -> None:
    other = replace(report(), number="E-000435/2025", asked_by="A. Voorbeeld", put_to="Commission")
    lines = ["".join(run.text for run in p.runs) for p in letter(other, words_for(Language.EN))]
    assert lines[0] == "To A. Voorbeeld"
    assert "The Commission," in lines


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
        "same_as", "earlier",
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


def test_a_fact_and_a_gap_are_shown_once_and_later_questions_refer_to_them() -> None:
    given = report()
    first, again, empty = given.questions
    other = replace(first.more[0], origin=first.facts[0].origin)
    later = replace(
        empty,
        facts=(first.facts[0], other),
        missing=(*first.missing, text("{says}.", says="Its own")),
    )
    given = replace(given, questions=(first, replace(again, missing=first.missing), later))
    shown = given.shown
    assert (shown[1].facts, shown[1].facts_at, shown[1].gaps) == (first.facts, (), first.missing)
    assert (shown[2].facts, shown[2].facts_at, shown[2].more, shown[2].gaps_at) == ((), (), (), ())
    assert (shown[3].facts, shown[3].facts_at, shown[3].gaps, shown[3].gaps_at) == ((other,), (1,), (), (1,))
    assert shown[3].more_gaps == later.missing[1:]
    lines = "\n".join(answer_lines(given, words_for(Language.NL)))
    page = html.fromstring(render_answer(given, Language.NL)).text_content()
    letters = "\n".join(run.text for each in letter(given, words_for(Language.NL)) for run in each.runs)
    for form in (lines, page, letters):
        assert form.count("Zo & Zo <i> is vermeld op de lijst") == 1
        assert form.count("Zie ook de feiten bij vraag 1.") == 1
        assert form.count("Zie vraag 1.") == 1
