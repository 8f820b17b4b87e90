"""Laws of answers: a source that goes takes its sentences along, and what the register counts is told."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answer_tools import NOW, SEED, act_on, draft, facts_of, fresh_store, one_that
from ask_tools import asked_by
from dossier_tools import withdraw
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete
from thorough import a_part

from overzicht.register.terms import LifecycleState
from overzicht.store import schema
from overzicht.store.database import Store
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import AnswerReport, Sentence
from overzicht.subjects.dossiers.importing import ensure_examples
from overzicht.subjects.register import devices, organisations, statements
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation

Told = dict[tuple[int, str, tuple[tuple[str, ...], ...]], Sentence]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AnswerReport]:
    """A home with the shipped dossiers in its own store, and its answer; both are only read."""
    home = tmp_path_factory.mktemp("answered") / "home"
    store = fresh_store(home)
    ensure_examples(store, act_on(NOW))
    report = draft(store, NOW)
    store.close()
    return home, report


def told(report: AnswerReport) -> Told:
    """Return the sentences by question, text and sources: with other sources it is another sentence."""
    return {
        (one.number, str(fact.text), tuple(sorted(citation.key for citation in fact.citations))): fact
        for one in report.questions
        for fact in one.all_facts
    }


def sources_of(sentence: Sentence) -> set[str]:
    return {citation.source for citation in sentence.citations}


def places_of(sentence: Sentence) -> set[tuple[str, ...]]:
    return {citation.key for citation in sentence.citations}


def meant_in(report: AnswerReport) -> set[str]:
    return {text.split(" is meant")[0] for text in facts_of(report.question(7)) if " is meant" in text}


def check_only_its_sentences_went(before: AnswerReport, after: AnswerReport, source: str) -> None:
    """What cites the source is gone and all else stays; new is only a sentence over several, made again.

    Sentences about a party of whom nothing else is said go as a whole: the set no longer means it.
    """
    old, new = told(before), told(after)
    citing = {key for key, sentence in old.items() if source in sources_of(sentence)}
    unmeant = meant_in(before) - meant_in(after)
    assert citing, source
    assert not [key for key in new if source in sources_of(new[key])]
    gone = old.keys() - new.keys() - citing
    assert not {key for key in gone if not any(name in key[1] for name in unmeant)}, source
    several = [places_of(old[key]) for key in citing if len(old[key].citations) > 1]
    for key in new.keys() - old.keys():
        assert unmeant or any(places_of(new[key]) < known for known in several), (source, key)


@pytest.mark.slow
def test_a_withdrawn_document_takes_exactly_its_sentences_along(
    answered: tuple[Path, AnswerReport], tmp_path: Path
) -> None:
    home, before = answered
    cited = sorted({source for fact in told(before).values() for source in sources_of(fact)})
    documents = [source for source in cited if source.startswith("dossier:") and "voorbeeld-" not in source]
    assert len(documents) > 20
    for number, source in enumerate(a_part(documents, 3)):
        copy = tmp_path / str(number)
        shutil.copytree(home, copy)
        dossier, _, entry = source.removeprefix("dossier:").partition("/")
        store = Store.unmigrated(copy)
        try:
            withdraw(store, dossier, entry, act_on(NOW), "to see what rests on it")
            after = draft(store, NOW)
        finally:
            store.close()
            shutil.rmtree(copy)
        check_only_its_sentences_went(before, after, source)


@pytest.mark.sampled(4)
@pytest.mark.parametrize("record", ["eu-fsf-128226", "eu-fsf-128231", "eu-fsf-128236", "eu-fsf-128241"])
def test_a_listing_that_goes_changes_only_the_sentence_that_cites_it(
    answered: tuple[Path, AnswerReport], tmp_path: Path, record: str
) -> None:
    home, before = answered
    shutil.copytree(home, tmp_path / "home")
    store = Store.unmigrated(tmp_path / "home")
    try:
        with store.writing("tester", act_on(NOW).at) as tx:
            gone = delete(schema.record).where(schema.record.c.record_id == record)
            assert tx.connection.execute(gone).rowcount == 1
        after = draft(store, NOW)
    finally:
        store.close()
    old, new = told(before), told(after)
    ((number, text, _),) = old.keys() - new.keys()
    assert number == 15
    assert "4 persons and 1 bodies" in text
    one_that([text for _, text, _ in new.keys() - old.keys()], "3 persons and 1 bodies")


HEADER = "Nummer,Merk,Model,MAC,Locatie,Aantal\n"


def own_register(home: Path, rows: str) -> Store:
    store = fresh_store(home)
    organisations.add_organisation(store, NewOrganisation("Gemeente Eigenstad"), act_on(date(2026, 1, 1)))
    path = home / "lijst.csv"
    path.write_text(HEADER + rows, encoding="utf-8")
    day = act_on(date(2026, 2, 1))
    view = importing.preview_import(store, path, ImportChoices("gemeente-eigenstad"), day)
    importing.accept_import(store, view.import_.id, day)
    return store


def total_told(store: Store) -> str:
    report = draft(store, NOW, SEED, AnswerChoices())
    assert not any("Voorbeeld" in text for text in facts_of(report.question(13))), (
        "an example beside own data"
    )
    return one_that(facts_of(report.question(13)), "In all")


@pytest.mark.slow
@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hikvision=st.integers(1, 500), dahua=st.integers(1, 500), unknown=st.integers(1, 500))
def test_the_count_of_answer_13_is_that_of_the_register(
    tmp_path_factory: pytest.TempPathFactory, hikvision: int, dahua: int, unknown: int
) -> None:
    rows = (
        f",Hikvision,DS-2CD2143G2-I,,Stadhuis,{hikvision}\n,Dahua,IPC-HDW2831T-AS-S2,,Stadhuis,{dahua}\n"
        f",onbekend,,,Loods,{unknown}\n"
    )
    store = own_register(tmp_path_factory.mktemp("count") / "home", rows)
    try:
        said = total_told(store)
    finally:
        store.close()
    assert f"number: {hikvision + dahua} (" in said
    assert f"Hikvision {hikvision}" in said
    assert f"Dahua {dahua}" in said
    assert f"of unknown make: {unknown}." in said


@pytest.fixture
def two(tmp_path: Path) -> Iterator[Store]:
    rows = "C-1,Hikvision,DS-2CD2143G2-I,,Stadhuis,1\nC-2,Annke,C800,44:19:B6:00:00:03,Zwembad,1\n"
    store = own_register(tmp_path / "home", rows)
    yield store
    store.close()


@pytest.mark.slow
def test_a_device_that_goes_is_counted_no_more_in_answer_13(two: Store) -> None:
    assert "number: 2 (Hikvision 2); under another brand: 1; replaced: 0; taken away: 0" in total_told(two)
    (device,) = devices.find_devices(two, "C-2", NOW)
    devices.set_life(two, device, LifecycleState.REMOVED, act_on(date(2026, 3, 1)), reason="taken down")
    assert "number: 1 (Hikvision 1); under another brand: 0; replaced: 0; taken away: 1" in total_told(two)


@pytest.mark.slow
def test_a_withdrawn_statement_takes_its_sentences_along(two: Store, tmp_path: Path) -> None:
    path = tmp_path / "uitspraken.csv"
    path.write_text(
        "public_body,country,maker_named,quantity,device_kind,use_or_place,status,source_address,source_date\n"
        "Gemeente Eigenstad,NL,Hikvision,12,camera,,in use,https://raad.example/1,2026-01\n"
        "Gemeente Eigenstad,NL,Hikvision,0,camera,,not used,https://courant.example/2,2026-01\n",
        encoding="utf-8",
    )
    statements.store_statements(two, path, act_on(date(2026, 2, 2)))
    before = draft(two, NOW)
    first = min(view.statement.id for view in statements.list_statements(two, NOW))
    statements.withdraw(asked_by(two, act_on(NOW)), first)
    after = draft(two, NOW)
    old, new = told(before), told(after)
    citing = {
        key for key, fact in old.items()
        if any(citation.address == "https://raad.example/1" for citation in fact.citations)
    }  # fmt: skip
    assert old.keys() - new.keys() == citing
    assert any("cannot both be true" in text for _, text, _ in citing)
    assert not new.keys() - old.keys()
    one_that([text for _, text, _ in new], "The register contradicts the statement on Gemeente Eigenstad")
