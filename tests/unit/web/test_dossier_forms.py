import pytest
from dossier_tools import entry, report

from overzicht.subjects.dossiers.fields import changes_of, entry_of
from overzicht.subjects.dossiers.forms import (
    FORMS,
    Input,
    changed_fields,
    entry_fields,
    report_fields,
    values_of,
)
from overzicht.subjects.dossiers.model import MODELS, Claim, EntryKind, Report, Step

STEP = {
    "kind": "talk",
    "day": "2025-04-01",
    "forum.en": "Town hall",
    "parties": "us\r\nAcme",
    "what.nl": "sprak",
}


def test_every_field_of_a_form_is_one_of_its_entry() -> None:
    for kind, fields in FORMS.items():
        known = set(MODELS[kind].model_fields) | (
            set(Report.model_fields) if kind is EntryKind.CLAIM else set()
        )
        assert {field.name for field in fields} <= known, kind
        needed = {name for name, field in MODELS[kind].model_fields.items() if field.is_required()}
        assert needed - {"id", "reports"} <= {field.name for field in fields}, kind


def test_a_form_gives_an_entry_and_one_language_stands_for_both() -> None:
    step = entry_of(EntryKind.STEP, "talk", entry_fields(EntryKind.STEP, STEP))
    assert isinstance(step, Step)
    assert (step.what.en, step.what.nl, step.forum.nl) == ("sprak", "sprak", "Town hall")
    assert [each.en for each in step.parties] == ["us", "Acme"]
    assert step.not_later_than is False


@pytest.mark.parametrize("kind", list(EntryKind))
def test_a_form_that_is_sent_back_unchanged_changes_nothing(kind: EntryKind) -> None:
    more: dict[EntryKind, dict[str, object]] = {
        EntryKind.CLAIM: {"reports": [report("The Paper", "2025-01-10", "paper")]},
        EntryKind.RESPONSE: {"claim": "deed", "source": "paper"},
        EntryKind.REPLY: {"source": "paper", "claims": ["deed", "other"]},
        EntryKind.PRESENCE: {"source": "paper"},
        EntryKind.STEP: {"responsible": {"en": "the mayor", "nl": "de burgemeester"}, "not_later_than": True},
    }
    kept = entry(kind.value, id="e", **more.get(kind, {}))
    sent = {
        name: value.replace("\n", "\n" if name == "claims" else "\r\n")
        for name, value in values_of(kept, kind).items()
    }
    assert changed_fields(kept, kind, sent) == {}


def test_what_a_form_changes_is_all_that_changes() -> None:
    kept = entry("step", id="talk", not_later_than=True)
    sent = {**values_of(kept, EntryKind.STEP), "day": "2025-04-02", "what.nl": "zei niets", "reference": "7"}
    del sent["not_later_than"]  # a browser leaves out what is not ticked
    given = changed_fields(kept, EntryKind.STEP, sent)
    assert given == {"day": "2025-04-02", "what.nl": "zei niets", "reference": "7", "not_later_than": "false"}
    changes = changes_of(kept, EntryKind.STEP, given)
    assert changes["what"] == {"en": "said so", "nl": "zei niets"}


def test_a_report_is_added_to_a_claim_by_its_own_fields() -> None:
    kept = entry("claim", id="deed", reports=[report("The Paper", "2025-01-10", "paper")])
    assert isinstance(kept, Claim)
    sent = {**values_of(kept, EntryKind.CLAIM), "by.en": "Other", "day": "2025-01-11", "source": "other"}
    changes = changes_of(kept, EntryKind.CLAIM, changed_fields(kept, EntryKind.CLAIM, sent))
    assert [each["source"] for each in changes["reports"]] == ["paper", "other"]
    assert all(not field.required for field in report_fields())
    assert {field.input for field in report_fields()} >= {Input.SOURCE, Input.DAY}
