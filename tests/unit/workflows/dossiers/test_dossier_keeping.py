from dataclasses import replace
from datetime import date, timedelta

import pytest
from ask_tools import asked_by
from dossier_tools import ACT, add_entry, begin, correct, entry, whole, withdraw

from overzicht.errors import UnknownNameError
from overzicht.kit.operation import Upload
from overzicht.store.database import Store
from overzicht.store.moving.checking import check_store
from overzicht.subjects.dossiers import operations
from overzicht.subjects.dossiers.records import DossierError
from overzicht.subjects.dossiers.showing import show_dossier

TODAY = date(2026, 11, 25)
LATER = replace(ACT, name="Sam", at=ACT.at + timedelta(days=2))


def test_a_corrected_entry_shows_what_it_said_before(store: Store) -> None:
    begin(store, *whole())
    correct(store, "acme", "talk", {"day": "2025-04-02"}, LATER, "the minutes say the 2nd")
    view = show_dossier(store, "acme", TODAY)
    (talk,) = [step for step in view.steps if step.id == "talk"]
    assert talk.on.day == date(2025, 4, 2)
    assert [(old.number, old.actor, old.changed) for old in talk.earlier] == [(1, "Noor", ("day",))]
    assert str(talk.earlier[0].sentence) == "2025-04-01: said so"
    before = show_dossier(store, "acme", TODAY, known_on=ACT.day)
    assert [step.on.day for step in before.steps if step.id == "talk"] == [date(2025, 4, 1)]


def test_a_withdrawn_entry_stays_to_be_read_and_counts_no_more(store: Store) -> None:
    begin(store, *whole())
    withdraw(store, "acme", "reply", LATER, "it was not theirs")
    view = show_dossier(store, "acme", TODAY)
    assert view.line.replies == 0
    (gone,) = view.withdrawn
    assert (gone.entry_id, gone.actor, gone.reason, gone.number) == ("reply", "Sam", "it was not theirs", 2)
    with pytest.raises(DossierError, match="was withdrawn by Sam"):
        correct(store, "acme", "reply", {"by": "Acme Ltd"}, LATER, "still")
    with pytest.raises(DossierError, match="entry reply already exists"):
        add_entry(store, "acme", entry("reply", id="reply", source="acme-site"), LATER)


def test_an_entry_needs_its_source_and_claim_first(store: Store) -> None:
    begin(store, *whole())
    with pytest.raises(DossierError, match="there is no source 'nowhere'"):
        add_entry(store, "acme", entry("step", id="s", source="nowhere"), ACT)
    with pytest.raises(DossierError, match="there is no claim 'talk'"):
        add_entry(store, "acme", entry("response", id="s", claim="talk", source="paper"), ACT)
    withdraw(store, "acme", "paper", ACT, "false")
    with pytest.raises(DossierError, match="source 'paper' was withdrawn"):
        add_entry(store, "acme", entry("step", id="s", source="paper"), ACT)


def test_a_correction_says_why_and_changes_something(store: Store) -> None:
    begin(store, *whole())
    with pytest.raises(DossierError, match="needs a reason"):
        correct(store, "acme", "talk", {"day": "2025-04-02"}, ACT, "  ")
    with pytest.raises(DossierError, match="nothing would change"):
        correct(store, "acme", "talk", {"day": "2025-04-01"}, ACT, "why not")
    with pytest.raises(DossierError, match="is not a date"):
        correct(store, "acme", "talk", {"day": "spring"}, ACT, "why not")
    with pytest.raises(DossierError, match="the id of an entry cannot change"):
        correct(store, "acme", "talk", {"id": "chat"}, ACT, "why not")
    with pytest.raises(UnknownNameError, match="there is no entry of dossier acme 'chat'"):
        withdraw(store, "acme", "chat", ACT, "why not")
    with pytest.raises(UnknownNameError, match="there is no dossier 'other'"):
        withdraw(store, "other", "chat", ACT, "why not")


def test_the_bytes_of_a_document_are_kept_and_cited(store: Store, tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "answer.pdf"
    file.write_bytes(b"the answer")
    digest = operations.document(asked_by(store, ACT), Upload(file.name, file.read_bytes())).sha256
    begin(store, entry("source", id="answer", address="", read=None, sha256=digest),
          entry("reply", id="reply", source="answer"))  # fmt: skip
    (reply,) = show_dossier(store, "acme", TODAY).replies
    assert reply.finding.citations[0].snapshot == digest
    assert "is stored" in str(reply.finding.reasons[0].text)
    assert not check_store(store).faults


def test_a_dossier_begins_once(store: Store) -> None:
    begin(store)
    with pytest.raises(DossierError, match="already exists"):
        begin(store)


def test_every_act_stands_in_the_log(store: Store) -> None:
    from overzicht.store.log import read_entries  # noqa: PLC0415

    begin(store, entry("source", id="paper"))
    withdraw(store, "acme", "paper", ACT, "false")
    with store.reading() as connection:
        actions = [each.action for each in reversed(read_entries(connection))]
    assert actions == ["new dossier", "dossier add source", "dossier withdraw source"]
