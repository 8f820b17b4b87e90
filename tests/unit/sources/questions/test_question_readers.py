"""Each form of paper, on invented papers in its layout, with what goes wrong in it."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from question_tools import INVENTED, given, word_file

from overzicht.errors import InputFileError
from overzicht.sources.files import DamagedArchiveError
from overzicht.subjects.questions.labels import Side
from overzicht.subjects.questions.model import (
    BlockKind,
    FlagCode,
    Layout,
    Paper,
    PaperKind,
    RoleKind,
)
from overzicht.subjects.questions.papers.interface import NotAPaperError
from overzicht.subjects.questions.papers.registry import read_given, read_questions


def read(name: str) -> Paper:
    return read_questions(INVENTED / name).papers[-1]


def codes(paper: Paper) -> list[FlagCode]:
    return [flag.code for flag in paper.flags]


# Official text


def test_the_official_text_is_read_whole() -> None:
    paper = read("ah-tk-20302031-1812.xml")
    assert (paper.key, paper.kind, paper.session) == ("ah-tk-20302031-1812", PaperKind.ANSWER, "2030-2031")
    assert (paper.dates.asked_on, paper.dates.received) == (date(2031, 3, 3), date(2031, 5, 2))
    assert paper.see_also == ("ah-tk-20302031-1655", "ah-tk-20302031-1656")
    assert paper.supplements == ("2031Z00311",)
    assert [answer.covers for answer in paper.answers] == [(1,), (2, 3), (4,)]
    table = paper.answers[1].blocks[2]
    assert (table.kind, table.text) == (BlockKind.TABLE, "Haven\t4\nLuchthaven\t3")
    listing = paper.answers[2].blocks[0]
    assert (listing.kind, listing.text) == (BlockKind.LIST, "a. De huur is niet bekend.\nb. De koop evenmin.")


def test_a_note_used_again_is_one_note_with_two_uses() -> None:
    paper = read("ah-tk-20302031-1812.xml")
    assert [(use.note, use.side, use.index) for use in paper.uses] == [
        (1, Side.QUESTION, 0), (1, Side.QUESTION, 2), (2, Side.ANSWER, 1),
    ]  # fmt: skip
    assert [note.number for note in paper.notes] == [1, 2]
    assert paper.notes[0].urls == ("https://krant.example/scanners",)


def test_an_element_that_is_not_known_keeps_its_text_and_is_flagged() -> None:
    paper = read("ah-tk-20302031-1812.xml")
    assert [(flag.code, flag.where) for flag in paper.flags] == [(FlagCode.UNKNOWN_ELEMENT, "kader")]
    assert paper.answers[2].blocks[1].text == "Zie ook het antwoord op vraag 2."


def test_marks_in_lists_and_tables_are_kept_with_their_offsets() -> None:
    note = '<noot id="n{0}" type="voet"><noot.nr>{0}</noot.nr><noot.al>noot</noot.al></noot>'
    text = (
        "<kamervragen><vraag><nr>Vraag 1</nr><lijst><li><li.nr>-</li.nr><al>een</al></li><li><al>twee"
        + note.format(1)
        + "</al></li></lijst><table><row><entry>a</entry><entry>b"
        + note.format(2)
        + "</entry></row></table></vraag></kamervragen>"
    )
    paper = read_given(given(text, "kv-tk-2031Z00900.xml")).papers[0]
    assert [block.text for block in paper.questions[0].blocks] == ["- een\ntwee", "a\tb"]
    assert [(use.note, use.block, use.offset) for use in paper.uses] == [(1, 0, 10), (2, 1, 3)]


def test_the_older_root_is_read_too() -> None:
    text = (
        "<vraagdoc><omschr>Vragen van het lid Voorbeeld (ABC) aan de Minister van Financiën over scanners "
        "(ingezonden 3 maart 2001).</omschr><omschr>Antwoord van Minister Fictief (Financiën) "
        "(ontvangen 4 april 2001).</omschr><vraag><nummer>1</nummer><al>Waar?</al></vraag>"
        "<reactie><nummer>1</nummer><al>Hier.</al></reactie><toelicht><al>Meer tekst.</al></toelicht>"
        "</vraagdoc>"
    )
    paper = read_given(given(text, "ah-tk-20002001-7.xml")).papers[0]
    assert paper.answers[0].covers == (1,)
    assert (paper.dates.asked_on, paper.dates.received) == (date(2001, 3, 3), date(2001, 4, 4))
    assert (paper.remarks[0].title, paper.remarks[0].text) == ("Toelichting", "Meer tekst.")


def test_a_mark_before_its_note_a_note_in_the_heading_and_a_label_as_a_paragraph() -> None:
    note = '<noot id="{0}" type="voet"><noot.nr>{1}</noot.nr><noot.al>{2}</noot.al></noot>'
    text = (
        "<kamervragen><kamervraagomschrijving>Vragen van het lid V (ABC) aan de Minister van F over scanners"
        + note.format("h", 1, "kop")
        + " (ingezonden 3 maart 2031).</kamervraagomschrijving><vraag><al>Vraag 1</al><al>Waar?"
        + '<nootref refid="later"/></al></vraag><vraag><al>Vraag 2</al><al>Hoe?'
        + note.format("later", "*", "noot")
        + "</al></vraag></kamervragen>"
    )
    paper = read_given(given(text, "kv-tk-2031Z00900.xml")).papers[0]
    assert (paper.subject, paper.numbers) == ("scanners", (1, 2))
    assert [(one.number, one.text) for one in paper.notes] == [(1, "kop"), (2, "noot")]
    assert [(use.note, use.index, use.block, use.offset) for use in paper.uses] == [
        (2, 0, 0, 5),
        (2, 1, 0, 4),
    ]
    assert not paper.flags


def test_xml_of_something_else_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="<staatscourant> holds no questions"):
        read_given(given("<staatscourant><al>x</al></staatscourant>", "stcrt.xml"))


def test_entities_are_refused() -> None:
    text = '<!DOCTYPE k [<!ENTITY a "aaaa">]><kamervragen><vraag><al>&a;</al></vraag></kamervragen>'
    with pytest.raises(InputFileError, match="entities"):
        read_given(given(text, "bomb.xml"))


# Metadata


def test_metadata_describe_a_paper_without_its_text() -> None:
    paper = read("ah-900417.metadata.xml")
    assert paper.ids == ("ah-tk-20302031-1812", "ah-900417")
    assert (paper.kind, paper.sets, paper.is_edited) == (PaperKind.ANSWER, ("2031Z00417",), False)
    assert paper.dates.asked_on is None  # `31-02-2031` is no day
    assert paper.dates.available == date(2044, 5, 2)  # put online years later, which is no day of answering
    assert [role.name for role in paper.roles if role.kind is RoleKind.ANSWERER] == ["C. Fictief"]


@pytest.mark.parametrize(
    ("title", "kind", "meant"),
    [
        ("Uitstel beantwoording vragen van het lid X", "Mededeling", PaperKind.NOTICE),
        ("Nader antwoord op vragen van het lid X", "Antwoord", PaperKind.FURTHER),
        ("Vragen van het lid X ingetrokken", "Mededeling", PaperKind.WITHDRAWAL),
    ],
)
def test_metadata_tell_notice_further_answer_and_withdrawal_apart(
    title: str, kind: str, meant: PaperKind
) -> None:
    text = (INVENTED / "ah-900417.metadata.xml").read_text(encoding="utf-8")
    old = "Antwoord op vragen van de leden Voorbeeld en Testman over bagagescanners van Voorbeeld Röntgen"
    changed = text.replace(old, title).replace('content="Antwoord"', f'content="{kind}"')
    assert read_given(given(changed, "metadata.xml")).papers[0].kind is meant


def test_an_old_set_number_of_another_form_is_kept() -> None:
    text = (
        (INVENTED / "ah-900417.metadata.xml").read_text(encoding="utf-8").replace("2031Z00417", "2009D25439")
    )
    assert read_given(given(text, "metadata.xml")).papers[0].sets == ("2009D25439",)


# Page


def test_a_page_gives_marks_by_their_anchors() -> None:
    paper = read("kv-tk-2031Z00417.html")
    assert (paper.key, paper.sets, paper.subject) == (
        "kv-tk-2031Z00417", ("2031Z00417",), "bagagescanners van Voorbeeld Röntgen",
    )  # fmt: skip
    assert paper.questions[0].text == "Kent u het bericht over scanners van Voorbeeld Röntgen?"
    assert [(use.note, use.index) for use in paper.uses] == [(1, 0), (2, 0), (2, 1)]
    assert codes(paper) == [FlagCode.NOT_PUBLIC]


def test_the_error_page_of_the_site_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="an address that does not exist"):
        read("error-page.html")


def test_another_page_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="no questions or answers"):
        read_given(given("<!DOCTYPE html><html><body><p>Welkom</p></body></html>", "x.html"))


# Plain text


def test_printed_text_without_furniture_and_with_its_notes() -> None:
    paper = read("ah-tk-20302031-1655.pdf.txt")
    assert (paper.key, paper.kind) == ("ah-tk-20302031-1655", PaperKind.NOTICE)
    assert [question.text for question in paper.questions] == [
        "Kent u het bericht over scanners van Voorbeeld Röntgen?",
        "Hoeveel scanners van dit bedrijf gebruikt de Douane? Zijn er in 2031 meer gekocht?",
        "Worden deze vervangen?",
    ]
    assert paper.notes[0].urls == ("https://krant.example/scanners",)  # broken at a line end
    assert [(use.note, use.index) for use in paper.uses] == [(1, 0), (2, 1), (1, 2), (2, 2)]
    assert paper.remarks[0].title == "Mededeling"
    assert not paper.flags


def test_unedited_text_gets_its_id_from_number_and_day() -> None:
    paper = read("unedited-answer.txt")
    assert (paper.key, paper.sets, paper.session) == ("ah-tk-20302031-1812", ("2031Z00417",), "2030-2031")
    assert [answer.covers for answer in paper.answers] == [(1,), (2, 3)]
    assert [(use.note, use.side) for use in paper.uses] == [(1, Side.QUESTION), (2, Side.ANSWER)]
    assert codes(paper) == [FlagCode.NO_HEADING]


def test_bare_numbers_and_bare_answers() -> None:
    head = "AH 7\n2031Z00001\nAntwoord van minister X (Y) (ontvangen 2 mei 2031)\n\n"
    text = f"{head}1\nWaar?\n\nAntwoord\nHier.\n\n2\nHoe?\n"
    paper = read_given(given(f"{text}\nAntwoord\nZo.\n")).papers[0]
    assert [answer.covers for answer in paper.answers] == [(1,), (2,)]
    assert codes(paper) == [FlagCode.BARE_NUMBERS, FlagCode.NO_HEADING]


def test_questions_without_any_number_are_counted_and_flagged() -> None:
    text = (
        "2031Z00002\n\n(ingezonden 3 maart 2031)\n\nVragen van het lid Voorbeeld (ABC) "
        "aan de minister van Financiën over scanners\n\nWaar staan zij?\n\nHoeveel zijn het? 1)\n\n"
        "1) Bijlage onderhands meegezonden\n"
    )
    paper = read_given(given(text)).papers[0]
    assert (paper.key, paper.numbers) == ("kv-tk-2031Z00002", (1, 2))
    assert codes(paper) == [FlagCode.UNNUMBERED, FlagCode.NOT_PUBLIC]


def test_oral_questions_are_a_kind_of_their_own() -> None:
    text = (
        "Tweede Kamer der Staten-Generaal2\nVergaderjaar 2030–2031 Vragen gesteld door de leden der Kamer\n"
        "2031Z00003\nMondelinge vragen van het lid V (ABC) aan de Minister van Financiën over scanners "
        "(ingezonden 3 maart 2031)\nkv-tk-2031Z00003\n"
    )
    paper = read_given(given(text)).papers[0]
    assert (paper.kind, paper.flags) == (PaperKind.ORAL, ())


def test_a_number_in_the_text_is_no_mark_unless_a_note_has_it() -> None:
    lines = (INVENTED / "ah-tk-20302031-1655.pdf.txt").read_text(encoding="utf-8")
    text = lines.replace(
        "Worden deze vervangen?\n1, 2", "Worden deze vervangen wegens CO2?\n2. Of later\n65 keer"
    )
    paper = read_given(given(text)).papers[0]
    assert paper.questions[2].text == "Worden deze vervangen wegens CO2? 2. Of later 65 keer"


def test_text_that_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="no line of it is the heading"):
        read_given(given("Beste mensen,\nhierbij de stukken.\n"))


def test_a_mark_of_an_encoding_that_is_not_kept_to() -> None:
    with pytest.raises(InputFileError, match="says that it is utf-8-sig and is not"):
        read_given(given(b"\xef\xbb\xbf\x80 Vragen van", "x.txt"))


# Letters


def test_a_letter_with_real_footnotes_and_a_list_of_notes() -> None:
    title = (
        "Antwoorden van de minister van Financiën mede namens de minister van Defensie op Kamervragen van "
        "de leden Voorbeeld en Testman (beiden ABC) over scanners"
    )
    paragraphs = [
        "7 april 2031", "In antwoord op uw brief van 3 maart 2031, nr. 2031Z00417, deel ik u mede dat", title,
        "Vraag 1", "Waar staan zij? 1)", "Vraag 2", "Hoeveel?",
        "Antwoord op vragen 1, en 2", "Zeven{3}, zie mijn antwoord op vraag 1).", "#Krant, 1 maart 2031",
    ]  # fmt: skip
    paper = read_given(given(word_file(paragraphs, {3: "Kamerstuk 31 999, nr. 12"}), "brief.docx")).papers[0]
    assert (paper.sets, paper.origin.layout) == (("2031Z00417",), Layout.LETTER)
    assert paper.answers[0].covers == (1, 2)
    assert (paper.dates.asked_on, paper.dates.issued) == (date(2031, 3, 3), date(2031, 4, 7))
    assert [(note.number, note.text) for note in paper.notes] == [
        (1, "Krant, 1 maart 2031"), (2, "Kamerstuk 31 999, nr. 12"),
    ]  # fmt: skip
    assert [(use.note, use.side, use.offset) for use in paper.uses] == [
        (1, Side.QUESTION, 15), (2, Side.ANSWER, 5),
    ]  # fmt: skip
    offices = [(role.kind, role.office) for role in paper.roles if role.office]
    assert offices == [
        (RoleKind.ADDRESSEE, "minister, Financiën"), (RoleKind.ADDRESSEE, "minister, Defensie"),
        (RoleKind.ANSWERER, "minister, Financiën"), (RoleKind.ON_BEHALF, "minister, Defensie"),
    ]  # fmt: skip


def test_a_question_whose_answer_has_no_label_is_flagged_and_not_guessed() -> None:
    paragraphs = ["Antwoorden van de minister van X op vragen van het lid Y (Z) over W", "Vraag 1", "Hoe?",
                  "Antwoord op vraag 1", "Zo.", "Vraag 2", "Waar?", "Dat weet ik niet."]  # fmt: skip
    paper = read_given(given(word_file(paragraphs), "brief.docx")).papers[0]
    assert [(flag.code, flag.where) for flag in paper.flags if flag.code is not FlagCode.HEADING] == [
        (FlagCode.QUESTION_WITHOUT_ANSWER, "2")
    ]


@pytest.mark.parametrize("cut", [10, 200])
def test_a_broken_word_file(cut: int) -> None:
    with pytest.raises(DamagedArchiveError, match="not a complete Word file"):
        read_given(given(word_file(["Vraag 1"])[:cut], "brief.docx"))


def test_a_letter_without_questions_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="opens a question"):
        read_given(given(word_file(["Geachte voorzitter,"]), "brief.docx"))


# Derived text


def test_the_pointer_that_a_site_writes_is_joined_and_marked_as_derived() -> None:
    questions, answer = read_questions(INVENTED / "2031Z00417.txt").papers
    assert (questions.key, answer.key) == ("kv-tk-2031Z00417", "ah-tk-20302031-1812")
    assert [(one.covers, one.derived) for one in answer.answers] == [((1,), ()), ((2, 3), (3,)), ((4,), ())]
    assert all("Zie antwoord" not in one.text for one in answer.answers)
    assert codes(questions) == codes(answer) == [FlagCode.DERIVED]


def test_note_numbers_of_both_papers_do_not_meet() -> None:
    questions, answer = read_questions(INVENTED / "2031Z00417.txt").papers
    assert [(use.note, use.index) for use in questions.uses] == [(1, 0), (2, 3)]
    assert [(use.note, use.index) for use in answer.uses] == [(2, 1)]


# Open data


def test_open_data_give_entries_and_papers_with_days() -> None:
    reading = read_questions(INVENTED / "zaken.json")
    entry = reading.entries[0]
    assert (entry.asked_on, entry.term, entry.is_finished) == (date(2031, 3, 3), date(2031, 3, 24), True)
    assert [(role.kind, role.name, role.party) for role in entry.roles] == [
        (RoleKind.SUBMITTER, "A. Voorbeeld", "ABC"), (RoleKind.CO_SUBMITTER, "B. Testman", "DEF"),
        (RoleKind.ADDRESSEE, "C. Fictief", ""),
    ]  # fmt: skip
    assert [(paper.key, paper.kind) for paper in reading.papers] == [
        ("kv-tk-2031Z00417", PaperKind.QUESTIONS), ("ah-tk-20302031-1655", PaperKind.NOTICE),
        ("ah-tk-20302031-1812", PaperKind.ANSWER), ("ah-tk-20302031-2290", PaperKind.FURTHER),
        ("2031D02101", PaperKind.WITHDRAWAL),
    ]  # fmt: skip
    assert reading.entries[2].is_deleted


def test_json_of_something_else_is_no_paper() -> None:
    with pytest.raises(NotAPaperError, match="no object of it is a Zaak"):
        read_given(given('{"value": [{"a": 1}]}', "x.json"))


def test_cut_off_json_says_so() -> None:
    with pytest.raises(InputFileError, match="not valid JSON"):
        read_given(given('{"value": [{"Nummer": ', "x.json"))


def test_a_packed_table_and_a_wrong_number_in_it(tmp_path: Path) -> None:
    path = tmp_path / "index.csv.gz"
    path.write_bytes(gzip.compress((INVENTED / "index.csv").read_bytes()))
    entries = read_questions(path).entries
    assert [entry.number for entry in entries] == ["2031Z00417", "2031Z00600", "2031Z00601"]
    assert entries[2].asked_on is None
    wrong = (INVENTED / "index.csv").read_text(encoding="utf-8").replace("2031Z00601", "31Z1")
    with pytest.raises(NotAPaperError, match="'31Z1' in line 4 is not a set number"):
        read_given(given(wrong, "index.csv"))
    with pytest.raises(NotAPaperError, match="columns are missing: vergaderjaar"):
        read_given(given("nummer,gestart_op\n", "index.csv"))
