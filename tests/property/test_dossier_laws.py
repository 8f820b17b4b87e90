"""Laws of dossiers: withdrawing a source takes away exactly the sentences that cite it, on any day."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from dossier_tools import ACT, begin, claims_about, replies_of, whole, withdraw
from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.evidence import Finding
from overzicht.store.database import Store
from overzicht.subjects.dossiers.importing import ensure_examples
from overzicht.subjects.dossiers.model import Entry, EntryKind, SourceDocument
from overzicht.subjects.dossiers.showing import list_dossiers, show_dossier, steps

INVENTED = [each.id for each in whole() if isinstance(each, SourceDocument)]


@pytest.fixture(scope="module")
def examples() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        ensure_examples(store, ACT)
        yield store
        store.close()


def sentences(store: Store, dossier_id: str, day: date) -> dict[str, Finding]:
    return {found.id: found for found in show_dossier(store, dossier_id, day).sentences}


def cites(found: Finding, source: str) -> bool:
    return any(cited.source.endswith(f"/{source}") for cited in found.citations)


@settings(max_examples=25)
@given(
    st.lists(st.sampled_from(INVENTED), unique=True, min_size=1),
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
)
def test_withdrawing_sources_removes_exactly_what_cites_them(gone: list[str], day: date) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        begin(store, *whole())
        before = sentences(store, "acme", day)
        for source in gone:
            withdraw(store, "acme", source, ACT, "it was not so")
        after = sentences(store, "acme", day)
        store.close()
    expected = {key for key, found in before.items() if not any(cites(found, each) for each in gone)}
    assert after.keys() == expected
    assert all(after[key].statement == before[key].statement for key in expected)


@pytest.mark.parametrize("dossier_id", ["dahua", "hikvision", "huawei", "xinjiang"])
def test_it_holds_for_every_source_of_the_shipped_dossiers(dossier_id: str) -> None:
    day = date(2026, 11, 26)
    with tempfile.TemporaryDirectory() as folder:
        store = Store.open(Path(folder))
        ensure_examples(store, ACT)
        standing = sentences(store, dossier_id, day)
        for view in show_dossier(store, dossier_id, day).sources:
            source = view.document.id
            expected = {key for key, found in standing.items() if not cites(found, source)}
            withdraw(store, dossier_id, source, ACT, "to see what rests on it")
            left = sentences(store, dossier_id, day)
            assert left.keys() == expected, source
            standing = left
        assert standing == {}
        store.close()


@pytest.mark.slow
@settings(max_examples=60)
@given(day=st.dates(date(2018, 1, 1), date(2026, 12, 31)))
def test_nothing_of_a_later_day_is_shown(examples: Store, day: date) -> None:
    for line in list_dossiers(examples, day):
        view = show_dossier(examples, line.id, day, listing_days=(day,))
        assert all(moment.when.day <= day for moment in view.timeline)
        assert line.claims == len(view.claims)
        assert line.steps == len(view.steps)
    assert all(step.on.day <= day for step in steps(examples, day))
    assert all(reply.on.day <= day for reply in replies_of(examples, "huawei", day))
    assert all(claim.when.day <= day for claim in claims_about(examples, "huawei", day))


def test_every_sentence_cites_one_document_and_every_document_can_be_opened(examples: Store) -> None:
    for line in list_dossiers(examples, date(2026, 11, 26)):
        view = show_dossier(examples, line.id, date(2026, 11, 26))
        assert not view.without_source
        for found in view.sentences:
            assert len(found.citations) == 1
            assert found.citations[0].address.startswith("http")
        cited = {found.citations[0].source.rpartition("/")[2] for found in view.sentences}
        originals = {title for claim in view.claims for title in claim.originals}
        for source in view.sources:  # a document that nothing cites and nothing repeats does not belong here
            assert source.document.id in cited or source.document.title in originals


def test_every_shipped_entry_says_it_in_both_languages() -> None:
    from overzicht.subjects.dossiers.importing import _entries, _Importer, example_files  # noqa: PLC0415
    from overzicht.workflows.typed_files import load_text  # noqa: PLC0415

    for name, raw in example_files():
        taking = _Importer(name, name)
        found: list[Entry] = [entry for _, entry in _entries(load_text(raw, name), taking)]
        assert not taking.problems
        assert {type(each).__name__ for each in found} >= {"SourceDocument", "Claim", "Reply"}
        for each in found:
            for said in (getattr(each, "what", None), getattr(each, "forum", None)):
                assert said is None or said.en != said.nl
    assert {kind.value for kind in EntryKind} >= {"source", "presence"}
