"""Laws of updating an index: whatever the changes, it is the index that a build of all parties gives."""

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import (
    IndexedParty,
    build_arrays,
    build_index,
    mark_number,
    marks,
    update_index,
    updated_arrays,
)
from overzicht.screening.index.layout import IndexArrays, current, read

NAMES = (
    "Arvo Beltane", "Corvin Dusmar", "Корвин Дусмар", "Eldren Fanzul Trading GmbH",
    "杭州埃尔德伦科技有限公司", "Gortham & Hildemar Co., Ltd.", "Jorvik 7", "Al-Jorvik J. Beltane",
    "ООО Гортам", "Beltane International Trading", "كورفين دوسمار", "", "…",
)  # fmt: skip
PARTY = st.builds(
    IndexedParty,
    id=st.sampled_from([f"p-{number}" for number in range(8)]),
    schema=st.sampled_from(["Person", "Company", "LegalEntity"]),
    names=st.lists(st.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
    list_id=st.sampled_from(["list-a", "list-b", "list-c"]),
    weak_names=st.lists(st.sampled_from(NAMES), max_size=1).map(tuple),
    identifiers=st.sampled_from([(), (("leiCode", "LEI7"),)]),
    birth_dates=st.sampled_from([(), ("1961-04-02",)]),
    mark=st.sampled_from(["", "wording 1", "wording 2"]),
)
PUTS = st.lists(PARTY, max_size=4)
REMOVED = st.sets(st.tuples(st.sampled_from(["list-a", "list-b"]), st.sampled_from(["p-0", "p-1", "p-2"])))
STEPS = st.lists(st.tuples(PUTS, REMOVED), min_size=1, max_size=4)


def applied(
    held: dict[tuple[str, str], IndexedParty], puts: list[IndexedParty], removed: set[tuple[str, str]]
) -> tuple[dict[tuple[str, str], IndexedParty], list[IndexedParty]]:
    """Return what is held after a step, and its changes with each party once."""
    last = {(party.list_id, party.id): party for party in puts}
    left = {key: party for key, party in held.items() if key not in removed}
    return {**left, **last}, list(last.values())


def assert_equal_arrays(one: IndexArrays, other: IndexArrays) -> None:
    for field in ("words", "names", "keys", "postings", "name_texts", "party_ids", "details", "parties"):
        for name, array in getattr(one, field)._asdict().items():
            same = getattr(getattr(other, field), name)
            assert array.dtype == same.dtype, f"{field}.{name}"
            assert array.tolist() == same.tolist(), f"{field}.{name}"
    assert (one.lists, one.forms) == (other.lists, other.forms)


@settings(max_examples=150)
@given(PUTS, STEPS)
def test_any_changes_come_to_what_a_build_of_all_gives(
    first: list[IndexedParty], steps: list[tuple[list[IndexedParty], set[tuple[str, str]]]]
) -> None:
    held, changed = applied({}, first, set())
    index = build_arrays(changed)
    for puts, removed in steps:
        held, changed = applied(held, puts, removed)
        index = updated_arrays(index, changed, removed)
        assert_equal_arrays(index, build_arrays(held.values()))
        assert marks(index) == {key: mark_number(party.mark) for key, party in held.items()}


@settings(max_examples=15)
@given(PUTS, STEPS)
def test_files_answers_and_scores_are_those_of_a_build_of_all(
    first: list[IndexedParty], steps: list[tuple[list[IndexedParty], set[tuple[str, str]]]]
) -> None:
    schemata = ["Person" if "Corvin" in name else "Company" for name in NAMES]
    held, changed = applied({}, first, set())
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        build_index(changed, root / "grown")
        for puts, removed in steps:
            held, changed = applied(held, puts, removed)
            update_index(root / "grown", changed, removed)
        built = build_index(list(held.values())[::-1], root / "built")
        assert current(root / "grown").name == built.name
        grown, whole = ScreeningEngine(read(current(root / "grown"))), ScreeningEngine(read(built))
        ids, scores = grown.best(NAMES, schemata)
        expected_ids, expected = whole.best(NAMES, schemata)
        assert ids == expected_ids
        assert scores.tolist() == expected.tolist()
