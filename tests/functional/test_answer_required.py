"""The facts that an answer to 2020Z25656 must give, question by question, on a fresh home and on two days."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from answer_tools import BEFORE, NOON, NOW, SEED, THEN, draft, facts_of, fresh_store, one_that

from overzicht.evidence import text as said
from overzicht.reports.i18n import Language, words_for
from overzicht.subjects.answers.answer_lines import answer_lines
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import FACTS_SHOWN, AnsweredQuestion, AnswerReport, Origin
from overzicht.subjects.lists.loading import Choices, add_list_file
from overzicht.subjects.questions.taking import add_files

SOURCES = said("Sources")
Ask = Callable[[int], AnsweredQuestion]
DAYS = {"then": THEN, "now": NOW, "before": BEFORE}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, AnswerReport]]:
    store = fresh_store(tmp_path_factory.mktemp("answers") / "home")
    yield {name: draft(store, day) for name, day in DAYS.items()}
    store.close()


@pytest.fixture(params=["then", "now"])
def day(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def ask(reports: dict[str, AnswerReport], day: str) -> Ask:
    return reports[day].question


def test_every_fact_is_cited_and_every_question_is_there(reports: dict[str, AnswerReport]) -> None:
    for report in reports.values():
        assert [one.number for one in report.questions] == list(range(1, 16))
        assert all(fact.citations for one in report.questions for fact in one.all_facts)
        assert all(one.all_facts for one in report.questions)
        assert all(one.kinds for one in report.questions)


def test_every_question_has_a_short_first_line_and_at_most_five_facts(
    reports: dict[str, AnswerReport],
) -> None:
    for report in reports.values():
        for one in report.questions:
            assert len(words_for(Language.NL).say(one.first.text).split()) <= 25
            assert len(one.facts) <= FACTS_SHOWN


def test_a_draft_is_short_before_its_annex(reports: dict[str, AnswerReport]) -> None:
    for report in reports.values():
        body = "\n".join(answer_lines(report, words_for(Language.NL))).split("\nBronnen\n")[0]
        assert len(re.sub(r"\[\d+\]", "", body).split()) <= 2_000


@pytest.mark.shared
def test_a_draft_of_the_loaded_paper_is_short_too(shared_data: Path, tmp_path: Path) -> None:
    store = fresh_store(tmp_path / "home")
    add_files(store, [shared_data / "kamervragen" / f"{SEED}.txt"], "tester", NOON)
    loaded = draft(store, NOW, choices=AnswerChoices())
    store.close()
    assert loaded.is_full_text
    for language in Language:
        text = "\n".join(answer_lines(loaded, words_for(language)))
        body = text.split(f"\n{words_for(language).say(SOURCES)}\n")[0]
        assert body != text
        assert len(re.sub(r"\[\d+\]", "", body).split()) <= 2_000


def test_the_published_answer_is_no_evidence_for_its_draft(reports: dict[str, AnswerReport]) -> None:
    for report in reports.values():
        for one in report.questions:
            assert not any(
                all("ah-tk-20202021-2310" in cited.address for cited in fact.citations) for fact in one.facts
            )
        marks = {fact.origin for one in report.questions for fact in one.more}
        assert report is reports["before"] or Origin.ANSWER in marks


def test_what_was_answered_then_is_told_from_its_day_on(reports: dict[str, AnswerReport]) -> None:
    assert all(one.answered_then is None for one in reports["before"].questions)
    for name in ("then", "now"):
        told = [one.answered_then for one in reports[name].questions]
        assert all(each is not None and each.citations[0].title == "ah-tk-20202021-2310" for each in told)
    assert any("after 112 days" in str(line) for line in reports["then"].heading)


def test_question_1_the_report_and_its_sources(ask: Ask) -> None:
    facts = facts_of(ask(1))
    assert ask(1).kinds == ("known-report",)
    for source in ("IPVM reported", "The Washington Post reported", "NU.nl reported"):
        one_that(facts, source, "Uighur")
    one_that(facts, "all rest on one original")
    assert {c.address.split("/")[2] for f in ask(1).all_facts for c in f.citations} >= {"ipvm.com"}


def test_question_2_confirmed_by_whom(ask: Ask) -> None:
    facts = facts_of(ask(2))
    one_that(facts, "The Dutch cabinet could not confirm this from its own information")
    one_that(facts, "Huawei confirmed", "no more than a test")
    one_that(facts, "Status of the claim", "confirmed by one and contradicted by another")
    assert [str(each) for each in ask(2).judgement] == [
        "The value of the report. The facts only state its authors and confirmations."
    ]


@pytest.mark.parametrize("number", [3, 4])
def test_questions_3_and_4_instruments_and_who_is_bound(ask: Ask, number: int) -> None:
    facts = facts_of(ask(number))
    one_that(facts, "Racial Discrimination", "is likely violated", "Whom it binds: the states that are party")
    one_that(facts, "Racial Discrimination", "why:", "China (CN) is a party to ICERD")
    one_that(facts, "Universal Declaration", "a declaration, not a treaty")
    one_that(facts, "Civil and Political Rights", "has not ratified it")
    one_that(facts, "face recognition as such is not a violation")


def test_question_5_the_company_under_wto_who_un_charter_and_oecd(ask: Ask) -> None:
    facts = facts_of(ask(5))
    one_that(facts, "World Trade Organization", "no requirements for products", "not companies")
    one_that(facts, "World Health Organization", "no rule", "not companies")
    one_that(facts, "Charter of the United Nations", "Whom it binds: the member states", "not companies")
    one_that(facts, "OECD Guidelines", "no government of the countries concerned has adhered")
    one_that(facts, "OECD", "why:", "China (CN) is not a member of the OECD")
    one_that(facts, "UN Guiding Principles", "all enterprises")
    assert all("used by Chinese authorities" not in each for each in facts)


def test_question_5_the_ai_act_joins_in_when_it_applies(reports: dict[str, AnswerReport]) -> None:
    one_that(facts_of(reports["then"].question(5)), "AI Act", "did not apply on 2021-04-13")
    assert not any(
        "did not apply" in each for each in facts_of(reports["now"].question(5)) if "AI Act" in each
    )


def test_question_6_the_statement_and_dated_contacts(ask: Ask) -> None:
    facts = facts_of(ask(6))
    one_that(facts, "Huawei Nederland stated", "not put into use")
    one_that(facts, "2021-02-25", "Officials spoke with Huawei")
    one_that(facts, "Courtesy", "goes against its policy")


@pytest.mark.parametrize(
    ("number", "places"), [(7, ("Netherlands", "Poland")), (8, ("Netherlands", "Poland"))]
)
def test_questions_7_and_8_companies_active_here_and_in_the_union(
    ask: Ask, number: int, places: tuple[str, ...]
) -> None:
    facts = facts_of(ask(number))
    for name in ("Hikvision", "Dahua", "Huawei"):
        one_that(facts, f"{name} is meant, because of this claim")
        one_that(facts, f"{name} is listed on") if name != "Huawei" else None
    one_that(facts, "Huawei Technologies Coöperatief U.A.", "Netherlands")
    one_that(facts, "Hikvision Poland", "Poland")
    assert all(any(place in each for each in facts) for place in places)
    assert any("the loaded data do not show that it is active" in str(each) for each in ask(number).missing)


def test_question_9_then_under_428_2009(reports: dict[str, AnswerReport]) -> None:
    facts = facts_of(reports["then"].question(9))
    one_that(facts, "On 2021-04-13 Regulation (EC) 428/2009 applies")
    one_that(facts, "428/2009", "no list of parties")
    one_that(facts, "By contrast, the American Entity List", "whatever the goods")
    one_that(facts, "Hikvision is listed on the American Entity List since 2019-10-09")
    assert not any("2021/821" in each for each in facts)


def test_question_9_now_under_2021_821_with_the_difference(reports: dict[str, AnswerReport]) -> None:
    facts = facts_of(reports["now"].question(9))
    one_that(facts, "On 2026-11-26 Regulation (EU) 2021/821 applies")
    one_that(facts, "on 2021-04-13, Regulation (EC) 428/2009 applied", "replaced it on 2021-09-09")
    one_that(facts, "New since then", "cyber-surveillance", "Article 5")
    one_that(facts, "New since then", "national list", "Article 10")
    one_that(facts, "By contrast, the American Entity List")
    one_that(facts, "Uniview is listed on the American Entity List since 2024-12-11")


def test_question_10_temperature_cameras_in_the_register(ask: Ask, day: str) -> None:
    facts = facts_of(ask(10))
    one_that(facts, "Deutsche Welle reported", "temperature cameras of Hikvision")
    count = {"then": 3, "now": 1}[day]
    one_that(
        facts,
        "Voorbeeldinstelling van de Unie has",
        f"{count} devices of the kind temperature camera",
        "Hikvision",
    )


def test_question_11_the_evidence_and_its_status(ask: Ask) -> None:
    facts = facts_of(ask(11))
    one_that(facts, "IPVM reported", "internment camps")
    one_that(facts, "rest on 2 originals")
    one_that(facts, "The Dutch cabinet could not confirm this", "no view of where")
    one_that(facts, "Status of the claim", "internment camps", "not confirmed")


def test_question_12_replaced_or_not_and_who_decides(ask: Ask, day: str) -> None:
    facts = facts_of(ask(12))
    if day == "then":
        one_that(facts, "has replaced none of its 3 devices of the kind temperature camera")
    else:
        one_that(facts, "replaced 1, taken away 1, still there 1")
    one_that(facts, "pointed out the vulnerabilities", "institutions of the European Union")


@pytest.mark.parametrize("number", [13, 14])
def test_questions_13_and_14_counts(ask: Ask, day: str, number: int) -> None:
    facts = facts_of(ask(number))
    total, by_maker, replaced = {
        "then": (6, "Hikvision 4, Dahua 2", 0),
        "now": (5, "Hikvision 4, Dahua 1", 1),
    }[day]
    one_that(
        facts, "bodies in the Netherlands in the register: 3", "of these makers: 2;",
        f"number: {total} ({by_maker})",
        "under another brand: 1", f"replaced: {replaced};", "of unknown make: 10",
    )  # fmt: skip
    one_that(facts, "These two statements on Gemeente Voorbeelddorp cannot both be true: 7", "9")
    one_that(facts, "The register contradicts the statement on Waterschap Voorbeeld", "it counts 2 devices")
    invented = [fact for fact in ask(number).all_facts if "Voorbeeld" in str(fact.text)]
    assert len(invented) > 5
    assert {fact.origin for fact in invented} == {Origin.INVENTED}


def test_question_14_what_is_expected_of_companies(ask: Ask) -> None:
    facts = facts_of(ask(14))
    one_that(facts, "OECD Guidelines", "applies")
    one_that(facts, "UN Guiding Principles", "applies")
    assert [str(each) for each in ask(14).judgement] == ["The limits to set."]


UNION = "EU consolidated financial sanctions list"


def test_question_15_the_union_lists_four_persons_and_one_entity(ask: Ask, day: str) -> None:
    said = one_that(facts_of(ask(15)), UNION)
    assert f"On {DAYS[day]}" in said
    assert "4 persons and 1 bodies or companies, since 2021-03-22" in said
    for name in ("CHEN Mingguo", "WANG Junzheng", "WANG Mingshan", "ZHU Hailun", "Public Security Bureau"):
        assert name in said


def test_question_15_on_the_day_before_the_union_lists_none_and_others_have_their_own_days(
    reports: dict[str, AnswerReport],
) -> None:
    facts = facts_of(reports["before"].question(15))
    assert "has none of the 5 persons, bodies and companies" in one_that(facts, UNION)
    assert "2 persons and 1 bodies" in one_that(facts, "OFAC", "the first since 2020-07-09")
    one_that(facts, "Entity List (law text)", "the first since 2019-10-09")


def test_question_15_steps_in_the_forums(ask: Ask) -> None:
    facts = facts_of(ask(15))
    for parts in (
        ("2020-12-16", "access to Xinjiang"),
        ("2020-12-23", "Human rights"),
        ("2021-03-22", "Council", "four persons and one entity"),
        ("Human Rights Council",),
        ("35 570 V, nr. 43",),
        ("35 570 V, nr. 53",),
        ("21 501-20, nr. 1596",),
        ("ILO",),
    ):
        one_that(facts, *parts)


def test_lists_that_are_not_loaded_are_told_as_not_checked(ask: Ask) -> None:
    missing = [str(each) for each in ask(15).missing]
    one_that(missing, UNION, "was not checked as a whole")
    one_that(missing, "United Nations Security Council", "no version of this list is loaded")


def test_the_number_of_the_paper_names_the_set_too(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = fresh_store(tmp_path_factory.mktemp("by-paper") / "home")
    try:
        assert draft(store, THEN, "ah-tk-20202021-2310").number == SEED
    finally:
        store.close()


def test_both_databases_give_the_same_answer(
    tmp_path: Path, database_url: str, reports: dict[str, AnswerReport]
) -> None:
    store = fresh_store(tmp_path / "home", database_url)
    try:
        assert draft(store, THEN) == reports["then"]
    finally:
        store.close()


@pytest.mark.slow
@pytest.mark.shared
def test_the_lists_themselves_give_the_same_five_and_keep_those_whose_reason_they_leave_out(
    shared_data: Path, tmp_path: Path
) -> None:
    store = fresh_store(tmp_path / "home")
    full = "20210302-FULL-1_1(xsd).xml.gz"
    try:
        for file in (shared_data / "lists/eu-fsf" / full, shared_data / "lists/us-ofac/20210310-sdn.xml.gz"):
            add_list_file(store, file, Choices(), actor="tester", at=NOON)
        then, before = (facts_of(draft(store, day).question(15)) for day in (THEN, BEFORE))
    finally:
        store.close()
    assert "4 persons and 1 bodies or companies, since 2021-03-22" in one_that(then, UNION)
    assert "has none of the 5" in one_that(before, UNION)
    ofac = one_that(before, "OFAC")
    assert "Hailun ZHU" in ofac
    assert "Mingshan WANG" in ofac
    assert "Mingguo CHEN" not in ofac
