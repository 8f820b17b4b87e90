from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from dossier_tools import ACT, begin, correct, withdraw

from overzicht.errors import InputFileError
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.moving.checking import check_store
from overzicht.store.moving.transfer import export_store, load_store
from overzicht.subjects.dossiers.importing import ensure_examples, import_file
from overzicht.subjects.dossiers.showing import list_dossiers, show_dossier

TODAY = date(2026, 11, 25)
HEAD = "dossier: {id: acme, about: acme, title: Acme}\n"
GOOD = """sources:
  - {id: paper, title: The paper, address: "https://paper.example/1", date: 2025-01, read: 2026-11-20}
steps:
  - {id: talk, kind: talk, day: 2025-04-01, forum: a talk, parties: [us, Acme], what: spoke, source: paper}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "acme.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_begins_a_dossier_and_a_second_reading_changes_nothing(store: Store, tmp_path: Path) -> None:
    first = import_file(store, write(tmp_path, HEAD + GOOD), ACT)
    again = import_file(store, write(tmp_path, HEAD + GOOD), ACT)
    assert (first.added, first.changed, first.known, first.problems) == (2, 0, 0, ())
    assert (again.added, again.changed, again.known) == (0, 0, 2)
    assert not list_dossiers(store, TODAY)[0].is_example


def test_a_changed_file_is_a_correction_beside_the_old(store: Store, tmp_path: Path) -> None:
    import_file(store, write(tmp_path, HEAD + GOOD), ACT)
    found = import_file(store, write(tmp_path, HEAD + GOOD.replace("2025-04-01", "2025-04-02")), ACT)
    assert (found.changed, found.known) == (1, 1)
    (talk,) = show_dossier(store, "acme", TODAY).steps
    assert (talk.on.day, len(talk.earlier)) == (date(2025, 4, 2), 1)


def test_what_a_person_corrected_or_withdrew_stays_so(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + GOOD)
    import_file(store, path, ACT)
    correct(store, "acme", "talk", {"day": "2025-04-03"}, ACT, "the minutes")
    withdraw(store, "acme", "paper", ACT, "false")
    assert import_file(store, path, ACT).known == 2
    view = show_dossier(store, "acme", TODAY)
    assert [each.entry_id for each in view.withdrawn] == ["paper"]
    assert [each.entry_id for each in view.without_source] == ["talk"]
    other = import_file(store, write(tmp_path, HEAD + GOOD.replace("The paper", "Another paper")), ACT)
    assert [str(each.reason) for each in other.problems] == ["paper was withdrawn by Noor on 2026-11-25"]


@pytest.mark.parametrize(
    ("row", "place", "reason"),
    [
        ("  - {id: b, title: B, address: x, read: 2026-01-01}", "sources 2 (b)", "address: "),
        ("  - {title: A title, address: 'https://a.example'}", "sources 2", "id: it is missing"),
        ("  - 7", "sources 2", "it has no fields"),
        (
            "  - {id: paper, title: Again, address: 'https://a.example', read: 2026-01-01}",
            "sources 2 (paper)", "the id paper occurs twice in the file",
        ),
    ],
)  # fmt: skip
def test_good_entries_load_beside_a_bad_one(
    store: Store, tmp_path: Path, row: str, place: str, reason: str
) -> None:
    found = import_file(store, write(tmp_path, HEAD + GOOD.replace("steps:", f"{row}\nsteps:")), ACT)
    assert found.added == 2
    ((problem),) = found.problems
    assert problem.place == place
    assert reason in str(problem.reason)


def test_an_entry_that_names_what_is_not_there_is_told(store: Store, tmp_path: Path) -> None:
    found = import_file(store, write(tmp_path, HEAD + GOOD.replace("source: paper", "source: nowhere")), ACT)
    assert found.added == 1
    assert "there is no source 'nowhere' in dossier acme" in str(found.problems[0].reason)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[]", "it has no head"),
        ("dossier: 3", "it has no head"),
        (HEAD + "claim: []", "unknown part claim"),
        ("dossier: {id: A b, about: acme, title: Acme}", "id: "),
        ("a: [", "not YAML or JSON"),
        ("dossier: !!python/object/apply:os.system [ls]", "not YAML or JSON"),
    ],
)
def test_a_file_of_another_kind_is_refused(store: Store, tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(InputFileError, match=reason):
        import_file(store, write(tmp_path, text), ACT)
    assert list_dossiers(store, TODAY) == ()


def test_a_section_that_is_no_list_is_told(store: Store, tmp_path: Path) -> None:
    found = import_file(store, write(tmp_path, HEAD + GOOD + "claims: {a: 1}\n"), ACT)
    assert [(each.place, str(each.reason)) for each in found.problems] == [("claims", "it is not a list")]


def test_another_head_is_left_as_it_was(store: Store, tmp_path: Path) -> None:
    begin(store)
    found = import_file(store, write(tmp_path, HEAD + GOOD), ACT)
    assert found.added == 2
    assert "has another head" in str(found.problems[0].reason)


def test_the_shipped_dossiers_come_in_once_and_leave_ones_own_alone(store: Store, tmp_path: Path) -> None:
    import_file(store, write(tmp_path, HEAD.replace("acme", "huawei") + GOOD), ACT)
    first = {each.dossier_id: each for each in ensure_examples(store, ACT)}
    assert first.keys() == {"dahua", "hikvision", "huawei", "xinjiang"}
    assert first["huawei"].added == 0
    assert "one of your own" in str(first["huawei"].problems[0].reason)
    again = ensure_examples(store, ACT)
    assert sum(each.added + each.changed for each in again) == 0
    assert {line.id: line.is_example for line in list_dossiers(store, TODAY)} == {
        "dahua": True, "hikvision": True, "huawei": False, "xinjiang": True,
    }  # fmt: skip
    assert all(line.completeness.is_complete for line in list_dossiers(store, TODAY) if line.is_example)


def test_dossiers_move_whole_into_another_store_and_are_verified(store: Store, tmp_path: Path) -> None:
    ensure_examples(store, ACT)
    later = Actor(TODAY, "Sam", replace(ACT).at + timedelta(days=1))
    withdraw(store, "huawei", "kpn", later, "too old")
    export_store(store, tmp_path / "whole.zip")
    other = Store.open(tmp_path / "other")
    load_store(other, tmp_path / "whole.zip")
    assert not check_store(other).faults
    assert show_dossier(other, "huawei", TODAY) == show_dossier(store, "huawei", TODAY)
    other.close()


def test_both_databases_keep_the_same_dossiers(tmp_path: Path, database_url: str) -> None:
    opened = Store.open(tmp_path / "home", database_url)
    ensure_examples(opened, ACT)
    correct(opened, "huawei", "kpn", {"since": "2019-04-20"}, ACT, "the day of the message")
    withdraw(opened, "huawei", "polska", ACT, "another company")
    view = show_dossier(opened, "huawei", TODAY)
    assert [each.entry_id for each in view.withdrawn] == ["polska"]
    assert len(view.entries) == 31
    assert not check_store(opened).faults
    opened.close()
