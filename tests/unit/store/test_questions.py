"""Papers and index kept with their versions, joined to their sets, and searched, on both databases."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from question_tools import INVENTED, NOON, add, given

from overzicht.errors import UnknownNameError
from overzicht.store.database import Store
from overzicht.store.log import verify_log
from overzicht.subjects.questions import papers_records as questions
from overzicht.subjects.questions.papers.registry import read_given, read_questions
from overzicht.subjects.questions.sets import State
from overzicht.subjects.questions.showing import all_sets, overdue, search, show_set

DAY = date(2031, 12, 1)


def test_readings_of_one_paper_become_one_and_the_official_text_leads(store: Store) -> None:
    add(store, "2031Z00417.txt", "ah-900417.metadata.xml", "ah-tk-20302031-1812.xml")
    with store.reading() as connection:
        found = show_set(connection, "2031Z00417", DAY)
    assert [one.paper.key for one in found.papers] == ["kv-tk-2031Z00417", "ah-tk-20302031-1812"]
    answering = found.answering
    assert answering is not None
    assert [answer.covers for answer in answering.answers] == [(1,), (2, 3), (4,)]
    assert not answering.answers[1].derived  # the official text says it itself
    assert "ah-900417" in answering.ids
    assert answering.is_edited is False
    assert found.topics == ("economie douane", "Financiën | Douane")
    assert len(found.papers[1].others) == 2


@pytest.mark.parametrize("name", ["2031Z00417", "ah-tk-20302031-1812", "AH-900417", "kv-tk-2031Z00417"])
def test_a_set_is_found_by_any_of_its_names(store: Store, name: str) -> None:
    add(store, "2031Z00417.txt", "ah-900417.metadata.xml")
    with store.reading() as connection:
        assert show_set(connection, name, DAY).number == "2031Z00417"


def test_a_second_time_changes_nothing(store: Store) -> None:
    files = ("2031Z00417.txt", "zaken.json", "index.csv", "ah-tk-20302031-1655.pdf.txt")
    add(store, *files)
    again = add(store, *files[:1], *files[3:])
    assert [(one.kept.new_papers, one.kept.changed_papers) for one in again] == [(0, 0), (0, 0)]
    assert again[0].kept.known_papers == 2
    with store.reading() as connection:
        verify_log(connection)


def test_a_changed_paper_is_a_version_beside_the_old(store: Store) -> None:
    first = read_questions(INVENTED / "2031Z00417.txt").papers
    text = (INVENTED / "2031Z00417.txt").read_text(encoding="utf-8").replace("zeven", "negen")
    second = read_given(given(text, "2031Z00417.txt")).papers
    with store.writing("tester", NOON) as tx:
        questions.keep_papers(tx, first)
        kept = questions.keep_papers(tx, second)
    assert (kept.changed_papers, kept.known_papers) == (1, 1)
    with store.reading() as connection:
        versions = questions.papers_of(connection, "2031Z00417", all_versions=True)
        assert [one.is_current for one in versions if one.paper.key.startswith("ah")] == [False, True]
        assert search(connection, ["negen"], DAY, 5)[1] == 1
        assert search(connection, ["zeven"], DAY, 5)[1] == 0
    with store.writing("tester", NOON) as tx:
        questions.keep_papers(tx, first)
    with store.reading() as connection:
        assert search(connection, ["zeven"], DAY, 5)[1] == 1
        assert len(questions.papers_of(connection, "2031Z00417", all_versions=True)) == 3


def test_a_changed_row_of_the_index_is_a_version_and_the_title_is_searched_anew(store: Store) -> None:
    entries = read_questions(INVENTED / "index.csv").entries
    renamed = tuple(
        replace(one, subject="Drones langs wegen") if "600" in one.number else one for one in entries
    )
    with store.writing("tester", NOON) as tx:
        questions.keep_entries(tx, entries, "a" * 64)
        kept = questions.keep_entries(tx, renamed, "b" * 64)
        assert (kept.new_entries, kept.changed_entries, kept.known_entries) == (0, 1, 2)
    with store.reading() as connection:
        assert search(connection, ["camera"], DAY, 5)[1] == 0
        found, _ = search(connection, ["drone"], DAY, 5)
    assert [(one.set.number, one.place) for one in found] == [("2031Z00600", "title")]


def test_a_paper_without_a_set_number_joins_the_one_set_that_agrees(store: Store) -> None:
    add(store, "ah-tk-20302031-1655.pdf.txt")
    with store.reading() as connection:
        assert show_set(connection, "ah-tk-20302031-1655", DAY).number == "ah-tk-20302031-1655"
    add(store, "index.csv")
    with store.reading() as connection:
        found = show_set(connection, "ah-tk-20302031-1655", DAY)
    assert found.number == "2031Z00417"
    assert found.timing.notice == date(2031, 3, 24)


def test_papers_are_never_joined_by_title_alone(store: Store) -> None:
    text = (INVENTED / "index.csv").read_text(encoding="utf-8").replace("2031-03-03", "2031-03-04")
    entries = read_given(given(text, "index.csv")).entries
    with store.writing("tester", NOON) as tx:
        questions.keep_entries(tx, entries, "a" * 64)
    add(store, "ah-tk-20302031-1655.pdf.txt")
    with store.reading() as connection:
        assert show_set(connection, "ah-tk-20302031-1655", DAY).number == "ah-tk-20302031-1655"


def test_two_sets_that_agree_are_none(store: Store) -> None:
    text = (INVENTED / "index.csv").read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if line.startswith("2031Z00417"))
    twice = read_given(given(f"{text}{line.replace('2031Z00417', '2031Z00418')}\n", "index.csv")).entries
    with store.writing("tester", NOON) as tx:
        questions.keep_entries(tx, twice, "a" * 64)
    add(store, "ah-tk-20302031-1655.pdf.txt")
    with store.reading() as connection:
        assert show_set(connection, "ah-tk-20302031-1655", DAY).number == "ah-tk-20302031-1655"


def test_a_set_as_known_on_a_day(store: Store) -> None:
    add(store, "zaken.json", "2031Z00417.txt")
    with store.reading() as connection:
        states = {
            day: show_set(connection, "2031Z00417", date.fromisoformat(day)).state
            for day in ("2031-03-10", "2031-03-24", "2031-05-02", "2031-06-10")
        }
        assert list(states.values()) == [State.OPEN, State.POSTPONED, State.ANSWERED, State.CORRECTED]
        later = show_set(connection, "2031Z00417", DAY)
        assert later.timing.days == 60  # counted to the first answer
        assert str(later.timing.extended_due) == "2031-04-14"
        assert show_set(connection, "2031Z00500", DAY).state is State.WITHDRAWN
        with pytest.raises(UnknownNameError, match="asked on 2031-03-03"):
            show_set(connection, "2031Z00417", date(2031, 3, 2))
        with pytest.raises(UnknownNameError, match="2031Z99999"):
            show_set(connection, "2031Z99999", DAY)


def test_what_the_index_deleted_is_in_no_list(store: Store) -> None:
    add(store, "zaken.json")
    with store.reading() as connection:
        assert [one.number for one in all_sets(connection, DAY)] == ["2031Z00417", "2031Z00500"]


def test_overdue_counts_what_it_cannot_tell(store: Store) -> None:
    add(store, "index.csv")
    with store.reading() as connection:
        in_time = overdue(connection, date(2031, 6, 20))
        late = overdue(connection, date(2031, 7, 20))
    assert ([one.number for one in in_time.late], in_time.in_time) == ([], 1)
    assert ([one.number for one in late.late], late.in_time) == (["2031Z00600"], 0)
    assert (late.finished_unknown, late.undated) == (1, 1)


def test_search_ranks_folds_and_shows_where(store: Store) -> None:
    add(store, "index.csv", "2031Z00417.txt", "ah-tk-20302031-1812.xml", "kv-tk-2031Z00417.html")
    with store.reading() as connection:
        for asked, place in (
            (["scanner", "DOUANE"], "question 2"),
            (["Rontgen"], "question 1"),
            (["luchthaven"], "question 2"),
            (["krant.example"], "note 1"),
        ):
            found, total = search(connection, asked, DAY, 5)
            assert [one.set.number for one in found] == ["2031Z00417"], asked
            assert (total, found[0].place) == (1, place), asked
        cameras, _ = search(connection, ["cam*"], DAY, 5)
        assert [one.set.number for one in cameras] == ["2031Z00600"]
        assert search(connection, ["douane", "drone"], DAY, 5) == ([], 0)
        assert search(connection, ["!!"], DAY, 5) == ([], 0)
        assert search(connection, ["scanner"], date(2031, 3, 2), 5) == ([], 0)  # not yet asked


def test_good_files_are_kept_beside_bad_ones(store: Store, tmp_path: Path) -> None:
    from overzicht.subjects.questions.taking import add_files  # noqa: PLC0415

    folder = tmp_path / "papers" / "below"
    folder.mkdir(parents=True)
    for name in ("2031Z00417.txt", "error-page.html"):
        (folder / name).write_bytes((INVENTED / name).read_bytes())
    (folder / ".hidden").write_text("no paper", encoding="utf-8")
    loaded = add_files(store, [tmp_path / "papers"], "tester", NOON)
    assert [result.filename for result in loaded.stored] == ["2031Z00417.txt"]
    (refusal,) = loaded.refused
    assert refusal.filename == "error-page.html"
    assert "address that does not exist" in refusal.error.message
    assert "fetch it again" in refusal.error.fix
    with store.reading() as connection:
        assert [found.number for found in all_sets(connection, DAY)] == ["2031Z00417"]
    kept = [path for path in (tmp_path / "snapshots").rglob("*") if path.is_file()]
    assert len(kept) == 1
    assert add_files(store, [folder / "error-page.html"], "tester", NOON).stored == ()


def test_a_folder_without_a_file_is_refused(store: Store, tmp_path: Path) -> None:
    from overzicht.errors import InputFileError  # noqa: PLC0415
    from overzicht.subjects.questions.taking import add_files  # noqa: PLC0415

    (tmp_path / "empty").mkdir()
    with pytest.raises(InputFileError, match="there is no file in this folder"):
        add_files(store, [tmp_path / "empty"], "tester", NOON)


def test_a_review_is_withdrawn_and_never_changed(store: Store) -> None:
    from overzicht.errors import UnknownNameError  # noqa: PLC0415
    from overzicht.evidence import text  # noqa: PLC0415
    from overzicht.subjects.questions import reviews_records as reviews  # noqa: PLC0415
    from overzicht.subjects.questions.reviews import Decision, Part, SentenceReview  # noqa: PLC0415

    drafted = text("{maker} is listed since {day}.", maker="Zo & Zo", day=DAY)
    first = SentenceReview(
        "set-1", 3, Part.FACTS, "0a1b2c3d4e5f", Decision.ACCEPT, drafted, "", "2031-12-01", ""
    )
    with store.writing("A. Tester", NOON) as tx:
        old = reviews.add_review(tx, first)
        new = reviews.add_review(tx, replace(first, decision=Decision.STRIKE, reason="wrong"))
    with store.reading() as connection:
        (kept,) = reviews.reviews_of(connection, "set-1")
        assert reviews.reviews_of(connection, "set-2") == []
    assert (kept.id, kept.decision, kept.drafted, kept.actor) == (new, Decision.STRIKE, drafted, "A. Tester")
    with store.writing("A. Tester", NOON) as tx:
        reviews.withdraw_review(tx, "set-1", new)
    with store.reading() as connection:
        assert [item.id for item in reviews.reviews_of(connection, "set-1")] == [old]
    with pytest.raises(UnknownNameError), store.writing("A. Tester", NOON) as tx:
        reviews.withdraw_review(tx, "set-1", new)
