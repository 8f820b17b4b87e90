import pytest
from dossier_tools import ACT, begin, correct, entry, whole

from overzicht.store.database import Store
from overzicht.subjects.dossiers.fields import (
    changes_of,
    entry_of,
    free_id,
    head_of,
    names_of_fields,
    typed_changes,
)
from overzicht.subjects.dossiers.model import Claim, EntryKind, EntryText, Step
from overzicht.subjects.dossiers.records import DossierError

STEP = {"kind": "talk", "day": "2025-04-01", "forum": "Town hall", "parties": "us; Acme", "what": "spoke"}


def test_several_values_are_parted_by_semicolons_or_lines() -> None:
    for typed in ("us; Acme", "us\nAcme", " us ;\n; Acme;"):
        step = entry_of(EntryKind.STEP, "step-1", {**STEP, "parties": typed})
        assert isinstance(step, Step)
        assert [each.en for each in step.parties] == ["us", "Acme"]


def test_one_language_of_a_text_can_be_given() -> None:
    step = entry_of(EntryKind.STEP, "step-1", {**STEP, "what.nl": "sprak"})
    assert isinstance(step, Step)
    assert step.what == EntryText(en="spoke", nl="sprak")
    assert changes_of(step, EntryKind.STEP, {"what.en": "talked"}) == {
        "what": {"en": "talked", "nl": "sprak"}
    }


def test_a_claim_takes_its_first_report_and_a_correction_adds_one() -> None:
    given = {"what": "It did it.", "about": "acme", "by": "The Paper", "day": "2025-01-10", "source": "paper"}
    claim = entry_of(EntryKind.CLAIM, "deed", given)
    assert isinstance(claim, Claim)
    assert claim.reports[0].source == "paper"
    more = changes_of(claim, EntryKind.CLAIM, {"by": "Other", "day": "2025-01-11", "source": "other"})
    assert [report["source"] for report in more["reports"]] == ["paper", "other"]


def test_a_value_may_be_yaml() -> None:
    given = {"what": "{en: did it, nl: deed het}", "about": "[acme, hikvision]",
             "reports": "[{by: Paper, day: 2025-01-10, source: paper}]"}  # fmt: skip
    claim = entry_of(EntryKind.CLAIM, "deed", given)
    assert isinstance(claim, Claim)
    assert (claim.about, claim.what.nl) == (("acme", "hikvision"), "deed het")


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({**STEP, "day": "spring"}, "is not a date"),
        ({**STEP, "colour": "red"}, "colour: there is no such field"),
        ({}, "day: it is missing"),
        ({**STEP, "what": "{"}, "not YAML or JSON"),
        ({**STEP, "what": "x" * 30_000}, "longer than"),
        ({**STEP, "kind": "chat"}, "kind: it is not a valid value; use 'talk'"),
    ],
)
def test_what_is_wrong_is_named_with_the_fields_there_are(given: dict[str, str], reason: str) -> None:
    with pytest.raises(DossierError, match=reason):
        entry_of(EntryKind.STEP, "step-1", given)


def test_every_kind_tells_its_fields() -> None:
    assert {"by", "day", "source", "what", "about"} <= set(names_of_fields(EntryKind.CLAIM))
    assert all("id" not in names_of_fields(kind) for kind in EntryKind)


def test_an_id_is_made_that_no_entry_has(store: Store) -> None:
    begin(store, entry("step", id="step-1"), entry("step", id="step-3"))
    assert free_id(store, "acme", EntryKind.STEP) == "step-2"
    assert free_id(store, "acme", EntryKind.SOURCE) == "source-1"


def test_typed_changes_correct_what_is_kept(store: Store) -> None:
    begin(store, *whole())
    correct(store, "acme", "talk", {"day": "2025-04-02", "what.nl": "sprak"}, ACT, "the minutes")
    assert typed_changes(store, "acme", "nothing", {"day": "2025-04-02"}) == {}


def test_a_head_that_is_wrong_is_named() -> None:
    with pytest.raises(DossierError, match="id: "):
        head_of({"id": "No Id", "about": "acme", "title": "Acme"})
