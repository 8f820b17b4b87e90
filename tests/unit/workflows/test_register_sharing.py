"""Public statements and published registers, from file to file."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from ask_tools import asked_by

from overzicht.errors import InputFileError
from overzicht.evidence import Text
from overzicht.evidence.actor import Actor
from overzicht.register.merging import Level, merge
from overzicht.store.database import Store
from overzicht.subjects.register import organisations, statements
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.publishing import parse_published, publish, read_published

DAY = date(2026, 3, 1)
ACT = Actor(DAY, "jan", datetime(2026, 6, 1, 12, tzinfo=UTC))


@pytest.fixture
def store(tmp_path: Path, database_url: str) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home", database_url)
    yield opened
    opened.close()


def test_statements_are_kept_once_with_their_source_and_shown_against_each_other(
    store: Store, project_root: Path
) -> None:
    path = project_root / "examples/registers/uitspraken.csv"
    found = statements.store_statements(store, path, ACT)
    assert (found.added, found.known, found.problems) == (4, 0, ())
    assert (statements.store_statements(store, path, ACT).added, len(found.organisations)) == (0, 3)
    views = {view.statement.id: view for view in statements.list_statements(store, DAY)}
    town = [view for view in views.values() if view.statement.organisation_id == "gemeente-voorbeeldstad"]
    assert [view.contradicts for view in town] == [(2,), (1,)]
    assert town[0].statement.citation.address == "https://raad.voorbeeldstad.example/antwoorden/12"
    assert town[0].statement.file.place == "row 2"
    assert town[0].statement.stated_on == date(2025, 11, 30)
    statements.withdraw(asked_by(store, ACT), town[1].statement.id)
    again = statements.list_statements(store, DAY, "gemeente-voorbeeldstad")
    assert [view.contradicts for view in again] == [(), ()]
    assert statements.list_statements(store, date(2025, 11, 29)) == ()


@pytest.mark.shared
def test_the_statements_of_real_bodies(store: Store, shared_data: Path) -> None:
    path = shared_data / "devices/inputs-registers/public_body_statements.csv"
    found = statements.store_statements(store, path, ACT)
    assert (found.added, found.problems, len(found.organisations)) == (14, (), 10)
    views = statements.list_statements(store, DAY)
    hague = [view for view in views if view.statement.organisation_id == "gemeente-den-haag"]
    ranges = [(view.statement.at_least, view.statement.at_most) for view in hague]
    assert ranges == [(131, 131), (134, None)]
    assert [view.differs for view in hague] == [(hague[1].statement.id,), (hague[0].statement.id,)]
    assert sum(bool(view.differs or view.contradicts) for view in views) == 2


def test_a_row_without_a_date_is_told_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "public_body,source_address,source_date\nA,https://a.example,soon\nB,https://b.example,2025\n"
    )
    found = statements.store_statements(store, path, ACT)
    assert (found.added, [problem.place for problem in found.problems]) == (1, ["row 2"])
    path.write_text("public_body,maker_named\nA,B\n")
    with pytest.raises(InputFileError, match="lacks the columns source_address, source_date"):
        statements.store_statements(store, path, ACT)


def inventory(store: Store, folder: Path, name: str, count: int) -> None:
    organisations.add_organisation(store, NewOrganisation(name), ACT)
    path = folder / f"{name}.csv"
    rows = [f"C-{n},Annke,C800,44:19:B6:00:{len(name):02X}:{n:02X},SECRET{n:04}" for n in range(count)]
    path.write_text("\n".join(["Nummer,Merk,Model,MAC,Serienummer", *rows]))
    view = importing.preview_import(store, path, ImportChoices(name), ACT)
    importing.accept_import(store, view.import_.id, ACT)


def test_three_registers_are_published_and_merged(store: Store, tmp_path: Path) -> None:
    files = []
    for name, count, level in (("Aa", 3, Level.COUNTS), ("Bbb", 4, Level.MODELS), ("Cccc", 5, Level.FULL)):
        inventory(store, tmp_path, name, count)
        files.append(tmp_path / f"{name}.json")
        content = json.dumps(publish(store, name, level, ACT))
        assert "44:19:B6" not in content
        assert "SECRET" not in content
        files[-1].write_text(content)
    merged = merge([read_published(path) for path in files])
    assert (merged.totals["total"], merged.makers, merged.models_of) == (12, {"hikvision": 12}, 2)
    assert [(row["model"], row["devices"]) for row in merged.models] == [("C800", 9)]
    assert [len(member.unknown) for member in merged.members] == [3, 2, 1]


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"form": "overzicht-register", "version": 9}', "\xff", '{"form": 1}']
)
def test_what_is_no_published_register_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(InputFileError, match="not a valid published register"):
        read_published(path)


@pytest.mark.parametrize(
    "sentence",
    [
        {"template": "{count} are missing", "values": {}},
        {
            "template": "{en}",
            "values": {"en": "said in English alone"},
        },  # the Dutch of it asks for another value
    ],
)
def test_a_sentence_that_lacks_its_values_is_refused(
    store: Store, tmp_path: Path, sentence: dict[str, object]
) -> None:
    inventory(store, tmp_path, "Aa", 1)
    data = publish(store, "Aa", Level.COUNTS, ACT)
    data["unknown"] = [sentence]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data))
    with pytest.raises(InputFileError, match="not a valid published register"):
        read_published(path)


DEEP: dict[str, object] = {"template": "x", "values": {}}
for _ in range(40):
    DEEP = {"template": "{a}{a}", "values": {"a": {"text": DEEP}}}


@pytest.mark.parametrize(
    "change",
    [
        {"unknown": [{"template": "{a:>999999999}", "values": {"a": "x"}}]},
        {"unknown": [{"template": "{a.__class__}", "values": {"a": "x"}}]},
        {"unknown": [{"template": "{a!r}", "values": {"a": "x"}}]},
        {"unknown": [DEEP]},
        {"unknown": [{"template": "{a}", "values": {"a": 10**400}}]},
        {"makers": [{"maker": "axis", "name": "Axis", "devices": 2**63}]},
        {"makers": [{"maker": "\ud800", "name": "Axis", "devices": 1}]},
        {"makers": [{"maker": "a\x00", "name": "Axis", "devices": 1}]},
        {"counts": {"total": -1}},
        {"organisation": {"id": "a", "name": "\x00"}},
    ],
    ids=str,
)
def test_a_register_of_a_stranger_cannot_fill_the_memory_or_stop_the_store(
    store: Store, tmp_path: Path, change: dict[str, object]
) -> None:
    inventory(store, tmp_path, "Aa", 1)
    content = {**publish(store, "Aa", Level.COUNTS, ACT), **change}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content, default=Text.to_json))
    with pytest.raises(InputFileError, match="not a valid published register"):
        parse_published(path.read_bytes(), "a.json")
    path.write_bytes(b"[" * 100_000)
    with pytest.raises(InputFileError, match="not a valid published register"):
        parse_published(path.read_bytes(), "a.json")


def test_a_statement_may_leave_out_all_but_the_day(store: Store, tmp_path: Path) -> None:
    inventory(store, tmp_path, "Aa", 1)
    data = publish(store, "Aa", Level.COUNTS, ACT)
    data["statements"] = [{"said": "2025-11", "of_our_own": "x"}]
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data))
    (said,) = read_published(path).statements
    assert said == {
        "said": "2025-11", "maker_named": "", "quantity": "", "kind": "", "status": "", "address": "",
    }  # fmt: skip
    data["statements"] = [{"quantity": "3"}]
    path.write_text(json.dumps(data))
    with pytest.raises(InputFileError, match=r"not a valid published register: statements\.0\.said"):
        read_published(path)
