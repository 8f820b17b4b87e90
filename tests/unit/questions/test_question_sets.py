"""Sets: which case is which (one test for each), their days, and figures with too few to say."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from question_tools import INVENTED, answered

from overzicht.dates import Holds
from overzicht.subjects.questions.build import asks_for_a_manner
from overzicht.subjects.questions.days import median_of, timing
from overzicht.subjects.questions.facts import party_of, term
from overzicht.subjects.questions.figures import figures_of, ministry_of
from overzicht.subjects.questions.model import (
    Dates,
    Entry,
    FlagCode,
    Paper,
    PaperKind,
    Role,
    RoleKind,
)
from overzicht.subjects.questions.papers.registry import read_questions
from overzicht.subjects.questions.people import people_of
from overzicht.subjects.questions.sets import QuestionSet, SetKind, State, assemble
from overzicht.subjects.questions.words import fold

ASKED, DAY = date(2031, 3, 3), date(2031, 12, 1)


def paper(kind: PaperKind, received: date | None, key: str = "", **fields: object) -> Paper:
    made = replace(
        answered(((1,), "Ja.")),
        kind=kind,
        key=key or f"ah-tk-20302031-{kind.value}",
        dates=Dates(ASKED, received),
    )
    return replace(made, **fields)  # type: ignore[arg-type]


def set_of(*papers: Paper, entry: Entry | None = None, as_of: date = DAY) -> QuestionSet:
    return assemble("2031Z00417", entry, papers, as_of)


# Cases


def test_a_notice_is_no_answer_and_moves_the_day() -> None:
    found = set_of(paper(PaperKind.NOTICE, date(2031, 3, 24)), as_of=date(2031, 4, 10))
    assert (found.state, found.timing.days) == (State.POSTPONED, None)
    assert found.timing.extended_due == date(2031, 4, 14)
    assert found.timing.is_late is Holds.NO


def test_a_notice_that_came_too_late_moves_nothing() -> None:
    found = set_of(paper(PaperKind.NOTICE, date(2031, 3, 25)), paper(PaperKind.ANSWER, date(2031, 4, 10)))
    assert found.timing.extended_due is None
    assert found.timing.is_late is Holds.YES


def test_a_further_answer_corrects_and_days_count_from_the_first() -> None:
    first = Role(RoleKind.ANSWERER, "Een", office="minister, A")
    other = Role(RoleKind.ANSWERER, "Ander", office="minister, B")
    found = set_of(
        paper(PaperKind.NOTICE, date(2031, 3, 24)),
        paper(PaperKind.FURTHER, date(2031, 6, 10), roles=(other,)),
        paper(PaperKind.ANSWER, date(2031, 5, 2), roles=(first,)),
    )
    assert (found.state, found.timing.days) == (State.CORRECTED, 60)
    assert [joined.paper.kind for joined in found.papers] == [
        PaperKind.NOTICE,
        PaperKind.ANSWER,
        PaperKind.FURTHER,
    ]
    assert found.of_role(RoleKind.ANSWERER) == (first,)


def test_who_is_asked_and_who_answers_are_two_roles() -> None:
    asked = [Role(RoleKind.ADDRESSEE, office=f"minister, {name}", order=n) for n, name in enumerate("AB")]
    given = [
        Role(RoleKind.ANSWERER, name, office=f"minister, {name}", order=n) for n, name in enumerate("ABC")
    ]
    behalf = Role(RoleKind.ON_BEHALF, office="minister, D")
    found = set_of(paper(PaperKind.ANSWER, date(2031, 5, 2), roles=(*asked, *given, behalf)))
    assert [
        len(found.of_role(kind)) for kind in (RoleKind.ADDRESSEE, RoleKind.ANSWERER, RoleKind.ON_BEHALF)
    ] == [2, 3, 1]
    assert ministry_of(found) == "A"


def test_the_derived_site_names_those_asked_and_not_those_who_answered() -> None:
    found = assemble("2031Z00417", None, read_questions(INVENTED / "2031Z00417.txt").papers, DAY)
    assert [role.name for role in found.of_role(RoleKind.ADDRESSEE)] == ["Cor Fictief"]
    assert found.of_role(RoleKind.ANSWERER) == ()


def test_a_set_that_adds_to_another_names_it() -> None:
    added = paper(PaperKind.QUESTIONS, None, supplements=("2031Z00311", "2031Z00417"))
    assert set_of(added).supplements == ("2031Z00311",)


def test_unedited_and_edited_are_one_paper() -> None:
    unedited = paper(PaperKind.ANSWER, date(2031, 5, 2), "ah-900417", is_edited=False, ids=("ah-900417",))
    edited = paper(
        PaperKind.ANSWER, date(2031, 5, 2), "ah-tk-20302031-9", ids=("ah-tk-20302031-9", "ah-900417")
    )
    found = set_of(unedited, edited)
    assert [joined.paper.key for joined in found.papers] == ["ah-tk-20302031-9"]
    assert set(found.papers[0].paper.ids) == {"ah-900417", "ah-tk-20302031-9"}


def test_a_withdrawn_set_is_withdrawn() -> None:
    assert set_of(paper(PaperKind.WITHDRAWAL, date(2031, 4, 1))).state is State.WITHDRAWN


def test_oral_and_senate_are_kinds_of_their_own() -> None:
    assert set_of(paper(PaperKind.ORAL, None)).kind is SetKind.ORAL
    assert set_of(paper(PaperKind.ANSWER, DAY, "ah-ek-20302031-1")).kind is SetKind.SENATE


def test_finished_by_the_index_is_a_state_of_its_own() -> None:
    entry = Entry("2031Z00417", "Scanners", ASKED, is_finished=True)
    assert set_of(entry=entry).state is State.FINISHED
    later = paper(PaperKind.ANSWER, date(2031, 5, 2))
    assert set_of(later, entry=entry, as_of=date(2031, 4, 1)).state is State.OPEN  # the paper gives the day
    assert set_of(later, entry=entry).state is State.ANSWERED


@pytest.mark.parametrize(
    ("text", "manner"),
    [
        ("Kunt u deze vragen één voor één en binnen een week beantwoorden?", True),
        ("Bent u bereid deze vragen ieder afzonderlijk te beantwoorden?", True),
        ("Kunt u deze vragen beantwoorden? Waar staan de scanners?", False),
        ("Kunt u de scanners vervangen?", False),
    ],
)
def test_a_question_about_the_manner_of_answering_is_no_open_substance(text: str, manner: bool) -> None:
    assert asks_for_a_manner(text) is manner


def test_questions_without_any_answer_are_not_flagged_as_unanswered() -> None:
    questions = read_questions(INVENTED / "kv-tk-2031Z00417.html").papers[0]
    assert FlagCode.QUESTION_WITHOUT_ANSWER not in [flag.code for flag in questions.flags]


# Persons


def people(*roles: Role, entry: tuple[Role, ...]) -> list[tuple[str, str]]:
    index = Entry("2031Z00417", "Scanners", ASKED, roles=entry)
    found = set_of(paper(PaperKind.ANSWER, date(2031, 5, 2), "ah-tk-20302031-9", roles=roles), entry=index)
    return [(one.name, one.source) for one in people_of(found)]


def test_a_surname_is_the_end_of_a_name_of_the_same_set() -> None:
    indexed = (
        Role(RoleKind.SUBMITTER, "Martijn van Voorbeeld (M.J.)"),
        Role(RoleKind.CO_SUBMITTER, "Bo Helvoort"),
    )
    asked = Role(RoleKind.SUBMITTER, "Van Voorbeeld", "ABC")
    assert people(asked, entry=indexed) == [("Martijn van Voorbeeld (M.J.)", "index")]
    assert people(Role(RoleKind.SUBMITTER, "Anders", "ABC"), entry=indexed) == [("", "")]


def test_an_office_is_a_person_only_where_both_stand_alone() -> None:
    office = Role(RoleKind.ADDRESSEE, office="minister, Financiën")
    other = Role(RoleKind.ADDRESSEE, office="minister, Defensie")
    one = (Role(RoleKind.ADDRESSEE, "Cor Fictief"),)
    assert people(office, entry=one) == [("Cor Fictief", "index")]
    assert people(office, other, entry=one) == [("", ""), ("", "")]
    assert people(office, entry=(*one, Role(RoleKind.ADDRESSEE, "Dee Verzonnen"))) == [("", "")]


# Days


@pytest.mark.parametrize(
    ("days", "late"),
    [(0, Holds.NO), (21, Holds.NO), (22, Holds.UNKNOWN), (42, Holds.UNKNOWN), (43, Holds.YES)],
)
def test_without_papers_a_notice_may_have_moved_the_day(days: int, late: Holds) -> None:
    found = timing(ASKED, [ASKED + timedelta(days=days)], [], DAY, papers_seen=False)
    assert (found.is_late, found.has_notice) == (late, Holds.UNKNOWN)


def test_without_a_day_of_asking_nothing_is_known() -> None:
    found = timing(None, [DAY], [], DAY, papers_seen=True)
    assert (found.days, found.due, found.is_late) == (None, None, Holds.UNKNOWN)


def test_what_is_not_verified_about_the_term_is_said() -> None:
    assert (term().days, term().extended) == (21, 42)
    assert len(term().unverified) == 3


def test_a_median_needs_ten() -> None:
    assert median_of(range(9)).days is None
    assert (median_of(range(10)).count, median_of(range(10)).days) == (10, 4.5)


# Figures


def test_figures_group_a_ministry_that_is_printed_in_several_ways() -> None:
    def one(number: int, ministry: str) -> QuestionSet:
        role = Role(RoleKind.ANSWERER, "X", office=f"minister, {ministry}")
        answer = paper(
            PaperKind.ANSWER, ASKED + timedelta(days=number), f"ah-tk-20302031-{number}", roles=(role,)
        )
        return assemble(f"2031Z{number:05}", None, [answer], DAY)

    names = ["Welzijn en Sport", "Welzijn enSport", "welzijn en sport"] * 4
    found = figures_of([one(10 + n, name) for n, name in enumerate(names)], DAY)
    assert [(row.name, row.days.count, row.days.days, row.late) for row in found.ministries] == [
        ("Welzijn en Sport", 12, 15.5, 0)
    ]
    assert found.classes == ((0, 21, 12), (22, 42, 0), (43, 90, 0), (91, None, 0))
    assert (found.sets, found.answered, found.days.days) == (12, 12, 15.5)


def test_figures_of_nothing() -> None:
    found = figures_of([], DAY)
    assert (found.sets, found.days.days, found.ministries) == (0, None, ())


# Words and names


@pytest.mark.parametrize(
    "forms",
    [("camera", "Camera’s", "camera's", "cameras"), ("vraag", "vragen"), ("bedrijf", "bedrijven"),
     ("huis", "huizen"), ("lens", "lenzen"), ("Röntgen", "rontgen"), ("drone", "drones"),
     ("luchthaven", "luchthavens"), ("SCANNER", "scanners")],
)  # fmt: skip
def test_forms_of_a_word_meet(forms: tuple[str, ...]) -> None:
    assert len({fold(form) for form in forms}) == 1


@pytest.mark.parametrize(
    ("one", "other"), [("2310", "2311"), ("minister", "ministerie"), ("hik", "hikvision")]
)
def test_other_words_do_not(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_parties_in_full_and_in_short() -> None:
    assert party_of("Nieuw Sociaal Contract") == "NSC"
    assert party_of("GL-PvdA") == "GroenLinks-PvdA"
    assert party_of("Partij X") == "Partij X"


# The seed


@pytest.mark.shared
def test_the_seed_comes_out_complete(shared_data: Path) -> None:
    papers = read_questions(shared_data / "kamervragen" / "2020Z25656.txt").papers
    found = assemble("2020Z25656", None, papers, date(2021, 4, 13))
    asking, answering = found.asking, found.answering
    assert asking is not None
    assert answering is not None
    assert asking.numbers == tuple(range(1, 16))
    assert [answer.covers for answer in answering.answers] == [
        (1,),
        (2,),
        (3, 4, 5),
        *((n,) for n in range(6, 16)),
    ]
    assert answering.answers[2].derived == (4, 5)
    assert (found.state, found.timing.days) == (State.ANSWERED, 112)
    assert (found.timing.due, found.timing.is_late, found.timing.has_notice) == (
        date(2021, 1, 12),
        Holds.YES,
        Holds.NO,
    )
    assert [joined.paper.key for joined in found.papers] == ["kv-tk-2020Z25656", "ah-tk-20202021-2310"]
    assert [(r.name, r.party) for r in found.of_role(RoleKind.SUBMITTER)] == [("Martijn van Helvert", "CDA")]
    minister = found.of_role(RoleKind.ADDRESSEE)[0]
    assert (minister.name, minister.office) == ("Stef Blok", "minister, buitenlandse zaken")
    assert found.subject == "Chinese surveillanceapparatuur"
    assert found.topics == ("openbare orde en veiligheid organisatie en beleid",)
    assert [(use.note, asking.questions[use.index].numbers) for use in asking.uses] == [(1, (1,)), (2, (10,))]
    assert [(use.note, answering.answers[use.index].covers) for use in answering.uses] == [(2, (6,))]
