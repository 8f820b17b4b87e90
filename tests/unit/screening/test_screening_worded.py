"""Parties by the words of their names, letter for letter."""

from datetime import date

import pytest

from overzicht.entities import Band, PartyQuery
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty

PARTIES = (
    IndexedParty("a-1", "Company", ("Bluefern Optics Co., Ltd.", "Bluefern"), "list-a"),
    IndexedParty("a-2", "Person", ("Mara Bluefield",), "list-a"),
    IndexedParty("b-1", "Organization", ("Optics of the North",), "list-b"),
    IndexedParty("b-2", "Organization", ("杭州光学",), "list-b"),
)


@pytest.fixture(scope="module")
def engine() -> ScreeningEngine:
    return ScreeningEngine.of(PARTIES)


@pytest.mark.parametrize(
    ("asked", "is_prefix", "found"),
    [
        ("bluefern", False, {"a-1"}),
        ("BLUEFERN, optics", False, {"a-1"}),
        ("optics", False, {"a-1", "b-1"}),
        ("blue", False, set()),
        ("blue", True, {"a-1", "a-2"}),
        ("mara blue", True, {"a-2"}),
        ("blue mara", True, set()),  # only the last word may be unfinished
        ("optics quill", True, set()),
        ("hangzhou", True, {"b-2"}),
        ("", False, {"a-1", "a-2", "b-1", "b-2"}),
        ("!?", False, set()),
    ],
)
def test_all_words_must_be_there(
    engine: ScreeningEngine, asked: str, is_prefix: bool, found: set[str]
) -> None:
    assert {record_id for _, record_id in engine.with_words(asked, is_prefix=is_prefix)} == found


def test_only_the_lists_asked_are_searched(engine: ScreeningEngine) -> None:
    assert engine.with_words("optics", lists=["list-b"]) == [("list-b", "b-1")]
    assert engine.with_words("", lists=[]) == []


def test_an_index_without_parties_has_no_words() -> None:
    assert ScreeningEngine.of([]).with_words("optics") == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Charity Association", True),
        ("The Charity", True),
        ("Charities Association", False),
        ("Subcharity Association", False),
        ("Charityx Association", False),
        ("Association of 2charity", False),
    ],
)
def test_a_word_for_a_kind_of_body_is_found_as_a_whole_word_of_the_text(name: str, found: bool) -> None:
    parties = [
        IndexedParty(id_, "Organization", (text,), "a")
        for id_, text in zip("abc", ("Ulv", name, "Ost"), strict=True)
    ]
    (matches,) = ScreeningEngine.of(parties).match(
        [PartyQuery("q", ("Charity",))], as_of=date(2026, 1, 1), possible=0.9
    )
    assert [match.record_id for match in matches] == (["b"] if found else [])


@pytest.mark.parametrize(
    ("listed", "asked", "found"),
    [
        ("Bluefern Optics Export", "Blue Fern Optics", True),
        ("Blufern Optics Export", "Blu Fern Optics", False),  # seven letters
        ("Optics Bluefern Export", "Optics Blue Fern", True),
        ("Tmk Optics", "TMK", True),
        ("Rulven Tarrow Mosken Aldin", "RTMA", True),
        ("Rulven Tarrow Mosken Aldin Company", "RTMA", True),
        ("Rulven Tarrow Mosken Aldin", "Rtma", False),
        ("Rulven Tarrow Mosken", "RTM", False),  # three letters are those of many names
        ("Rulven Tarrow", "RT", False),
    ],
)
def test_two_words_may_be_one_long_word_and_initials_a_name(listed: str, asked: str, found: bool) -> None:
    engine = ScreeningEngine.of([IndexedParty("a", "Company", (listed,), "a")])
    query = PartyQuery("q", (asked,), "Company")
    (matches,) = engine.match([query], as_of=date(2026, 1, 1), possible=0.99)
    assert bool(matches) is found


def test_three_letters_are_first_letters_if_a_list_has_them_as_a_name() -> None:
    parties = [
        IndexedParty("a", "Company", ("Rulven Tarrow Mosken",), "a"),
        IndexedParty("b", "Company", ("RTM",), "b"),
    ]
    query = PartyQuery("q", ("RTM",), "Company")
    (matches,) = ScreeningEngine.of(parties).match([query], as_of=date(2026, 1, 1), possible=0.99)
    assert {match.record_id for match in matches} == {"a", "b"}


def test_one_english_word_does_not_find_a_translated_name() -> None:
    engine = ScreeningEngine.of([IndexedParty("a", "Company", ("北京知道创宇信息技术有限公司",), "a")])
    (matches,) = engine.match([PartyQuery("q", ("Aware",), "Company")], as_of=date(2026, 1, 1), possible=0.3)
    assert matches == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("QZX Europe B.V.", True),
        ("QZX (Nederland) BV", True),
        ("QZX Polska", True),
        ("Rulven QZX UK Ltd", False),  # the listed name has one word, this has another one too
        ("Tarrow Mosken Deutschland GmbH", True),
        ("Tarrow Deutschland GmbH", False),  # the listed name has another word
        ("Holding Netherlands B.V.", False),  # no company is meant by a word for a group
        ("Nederland Europe", False),
    ],
)
def test_a_listed_name_with_a_place_may_be_its_branch(name: str, found: bool) -> None:
    parties = (
        IndexedParty("a-1", "Company", ("QZX", "Qiru Zanvel Xolt Co., Ltd."), "list-a"),
        IndexedParty("a-2", "Company", ("Tarrow Mosken Ltd",), "list-a"),
        IndexedParty("a-3", "Company", ("Holding",), "list-a"),
        *(IndexedParty(f"b-{n}", "Company", (f"QZX {n}",), "list-b") for n in ("Mordal", "Rekvin", "Talsun")),
    )
    query = PartyQuery("", (name,), schema="Company")
    (matches,) = ScreeningEngine.of(parties).match([query], as_of=date(2026, 1, 1), possible=0.43)
    own = [match for match in matches if match.list_id == "list-a"]
    assert [match.band for match in own] == [Band.POSSIBLE] * found


@pytest.mark.parametrize(
    ("listed", "asked", "sentence"),
    [
        ("Tmk Optics", "TMK", "Tmk Optics has the distinctive words of TMK"),
        (
            "Bluefern Optics Export",
            "Blue Fern Optics",
            "Bluefern Optics Export has the words of Blue Fern Optics, two of them as one",
        ),
        (
            "Tarrow Metals Export",
            "Tarrow Group",
            "Tarrow Metals Export has the words of Tarrow Group, except the word for a group",
        ),
        ("QZX", "QZX Europe B.V.", "QZX is QZX Europe B.V. without the place"),
        (
            "Charity Association",
            "Charity",
            "the text Charity Association contains the words of Charity",
        ),
        (
            "Bureau of Rulven's Tarrow",
            "Rulven",
            "Bureau of Rulven's Tarrow has the words of Rulven, the last one as a possessive",
        ),
        ("Rulven Tarrow Mosken Aldin", "RTMA", "RTMA may be the first letters of Rulven Tarrow Mosken Aldin"),
        (
            "新疆建设兵团公安局",
            "Xinjiang Public Security Bureau",
            "新疆建设兵团公安局 has the words of Xinjiang Public Security Bureau, read aloud or translated",
        ),
        (
            "杭州松鼠望远镜大学股份有限公司",
            "Squirrel Telescope",
            "杭州松鼠望远镜大学股份有限公司 has the words of Squirrel Telescope, read aloud or translated",
        ),
    ],
)
def test_the_reason_tells_how_the_words_were_found(listed: str, asked: str, sentence: str) -> None:
    engine = ScreeningEngine.of([IndexedParty("a", "Company", (listed,), "a")])
    query = PartyQuery("q", (asked,), "Company")
    ((match,),) = engine.match([query], as_of=date(2026, 1, 1), possible=0.99)
    assert str(match.reasons[0].text) == sentence
