"""Names in texts: what is one, what is none, which meaning, and what a text tells of firms nobody knows."""

from dataclasses import replace
from datetime import date

import pytest
from question_tools import answered

from overzicht.devices.knowledge import load_maker_cards
from overzicht.errors import PackagedFactError
from overzicht.subjects.questions.mentions import (
    Attribution,
    MentionKind,
    RecognisedBy,
    Reply,
    facts,
    find_spots,
    mentions_of,
)
from overzicht.subjects.questions.mentions.names import name_index, spellings_of
from overzicht.subjects.questions.mentions.sentences import sentence_after, sentence_at
from overzicht.subjects.questions.model import Block, Question
from overzicht.subjects.questions.sets import assemble

DAY = date(2031, 12, 1)


def surfaces(text: str, **given: object) -> list[str]:
    return [spot.surface for spot in find_spots(text, **given)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is hikvision bekend?", []),  # a name has a capital
        ("Hikvision-camera's en HIKVISION", ["Hikvision", "HIKVISION"]),
        ("De camera's van Tp-link", ["Tp-link"]),
        ("Coca Cola en Coca-Cola", ["Coca Cola", "Coca-Cola"]),
        ("De consortia en ensor, ns, Ns", []),  # up to four letters count in their own case
        ("V&VN en NS&Co", []),
        ("Zie https://www.shell.nl/Shell en www.KPN.com", []),
        ("HEMA en Hema", ["HEMA", "Hema"]),
        ("ABN AMRO Bank", ["ABN AMRO"]),  # the longest name counts
        ("Société Nestlé, Nestle", ["Nestlé", "Nestle"]),
    ],
)
def test_known_names(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


def test_offsets_are_those_of_the_text() -> None:
    text = "Zie 🎥 van Dahua en van Huawei."
    for spot in find_spots(text):
        assert text[spot.start : spot.end] == spot.surface
    assert surfaces(text) == ["Dahua", "Huawei"]


def test_a_word_glued_by_a_pdf_is_read_only_where_that_may_be() -> None:
    assert surfaces("Er is datShell en NVWAis en TikTok160", is_glued=True) == ["Shell", "NVWA", "TikTok"]
    assert surfaces("Er is datShell en NVWAis en TikTok160") == []
    assert surfaces("MacShell en onShell", is_glued=True) == []


def test_the_nearest_words_decide_before_those_of_the_paper() -> None:
    prison = "Het personeel van DJI in de gevangenissen klaagt."
    drones = "De drones van DJI vliegen niet."
    paper = f"{prison} {drones}"
    assert [s.kind for s in find_spots(prison, paper=paper)] == [MentionKind.BODY]
    assert [s.kind for s in find_spots(drones, paper=paper)] == [MentionKind.COMPANY]
    open_one = find_spots("Wat zegt DJI?", paper=f"Wat zegt DJI? {paper}")[0]
    assert (open_one.kind, len(open_one.senses), open_one.maker) == (MentionKind.OPEN, 2, "")
    assert find_spots("Wat zegt DJI?", paper=f"Wat zegt DJI? {prison}")[0].kind is MentionKind.BODY


@pytest.mark.parametrize(
    "text",
    [
        "De heer Shell vroeg dit.",
        "Mevrouw Hans Bosch is camera's gaan verkopen.",
        "Het lid Philips vroeg iets.",
    ],
)
def test_people_are_no_companies(text: str) -> None:
    assert surfaces(text) == []


@pytest.mark.parametrize(
    ("text", "expected", "how"),
    [
        ("De zaak van Nachtuil Techniek B.V. loopt.", "Nachtuil Techniek B.V.", RecognisedBy.FORM),
        ("Chemiefabrikant Zwavelbol lekte.", "Zwavelbol", RecognisedBy.CUE),
        ("Kent u het bedrijf ‘Lichtvlok’?", "Lichtvlok", RecognisedBy.CUE),
        ("Dat is toen Plastifer failliet ging niet gevraagd.", "Plastifer", RecognisedBy.CUE),
    ],
)
def test_firms_that_nobody_knows(text: str, expected: str, how: RecognisedBy) -> None:
    found = find_spots(text)
    assert [(spot.surface, spot.how) for spot in found] == [(expected, how)]


@pytest.mark.parametrize(
    "text",
    ["Het bedrijf Nederland groeit.", "De BV Nederland groeit.", "Het werkbedrijf Zonnestraal sluit.",
     "De MEOS-app Proactief werkt.", "Het bedrijf De Kamer."],
)  # fmt: skip
def test_what_is_no_firm(text: str) -> None:
    assert surfaces(text) == []


def test_what_one_place_tells_counts_in_the_whole_set() -> None:
    paper = answered(((1,), "Dat weet ik niet. Lichtvlok antwoordde niet."), ((2,), "Ja, de EC doet dat."))
    texts = ("Kent u het bedrijf Lichtvlok?", "Doet de Europese Commissie (EC) dat?")
    questions = tuple(Question(f"Vraag {n}", (n,), (Block(text),)) for n, text in enumerate(texts, start=1))
    one = assemble("2031Z00001", None, [replace(paper, questions=questions, subject="Iets")], DAY)
    told = [(m.place.label, m.spot.surface, m.stance, m.reply) for m in mentions_of(one)]
    assert told == [
        ("question 1", "Lichtvlok", Attribution.ALLEGATION, Reply.STATEMENT),
        ("question 2", "Europese Commissie", Attribution.ALLEGATION, Reply.STATEMENT),
        ("question 2", "EC", Attribution.ALLEGATION, Reply.STATEMENT),
        ("answer 1", "Lichtvlok", Attribution.STATEMENT, None),
        ("answer 2", "EC", Attribution.STATEMENT, None),
    ]


def test_sentences_end_where_sentences_do() -> None:
    text = "Het bedrijf X B.V. leverde. Dat klopt, aldus dhr. Jansen! En nr. 5?"
    assert sentence_at(text, 3, 6) == "Het bedrijf X B.V. leverde."
    assert sentence_after(text, 3, 6) == "Dat klopt, aldus dhr. Jansen!"
    assert sentence_after(text, len(text) - 2, len(text)) == ""


def test_spellings_lead_to_makers_and_names() -> None:
    assert {"Hikvision", "HIKMICRO", "EZVIZ"} <= set(spellings_of(maker="hikvision"))
    assert "Ring" in spellings_of(maker="ring")
    assert set(spellings_of("SZ DJI Technology")) == {"SZ DJI Technology", "DJI"}
    assert spellings_of("Niemand") == ("Niemand",)


def test_the_packaged_names_hold_together() -> None:
    """Every maker of a sense has a card, and a known name with senses is one of its own meanings."""
    cards = load_maker_cards()
    meanings = {one.name: {sense.means for sense in one.senses} for one in facts.ambiguous()}
    for one in facts.ambiguous():
        assert all(sense.maker in cards for sense in one.senses if sense.maker), one.name
        assert all(source.startswith("https://") for source in one.sources), one.name
    for known, _ in facts.companies():
        assert known.name in meanings.get(known.name, {known.name}), known.name
        assert len(known.name) > 1
    assert len(name_index().names) > 700


def test_a_wrong_fact_names_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = facts.AmbiguousName(
        name="Q", senses=(facts.Sense(id="a", kind="body", means="Q"),), otherwise="b", sources=("https://q",)
    )
    monkeypatch.setattr(facts, "_load", lambda *_: facts._Senses(names=(wrong,)))
    with pytest.raises(PackagedFactError, match="senses"):
        facts.ambiguous.__wrapped__()
