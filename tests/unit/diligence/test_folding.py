"""What was written into a working file, and how it stands on a day: a person's numbers, nothing lost."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, text
from overzicht.subjects.diligence.file_entries import (
    DiligenceError,
    EntryKind,
    NewJudgement,
    NewRecord,
    RecordedEntry,
    RiskMap,
    StepFact,
    stated,
)
from overzicht.subjects.diligence.folding import view_of
from overzicht.subjects.diligence.mapping import MapPlace, map_places
from overzicht.subjects.diligence.step_terms import ActionState, RiskKind, Step
from overzicht.subjects.diligence.working_file import FileHead, FileView, Risk

HEAD = FileHead("stad", "stad", "Stad", "", date(2026, 1, 1), "jan", "2026-01-01T12:00:00+00:00")
SOURCE = Citation("a-list", "A list", "entry 1", "https://list.example/1")


def day(number: int) -> date:
    return date(2026, 1, number)


def finding(
    kind: FindingKind, subject: str, says: str, answer: Answer = Answer.FOUND, **more: str
) -> Finding:
    reasons = (Reason(text("it says so"), Confidence.HIGH, (SOURCE,)),)
    values = {name: value for name, value in more.items() if name != "object"}
    return Finding(f"{kind}-{says}", kind, subject, answer, text(says, **values), day(1),
                   object=more.get("object", ""), reasons=reasons)  # fmt: skip


def own(maker: str, devices: int = 3) -> MapPlace:
    says = finding(FindingKind.MAKER, "stad", f"has {maker}", object=maker)
    return MapPlace(RiskKind.OWN_USE, maker, text("use of {maker}", maker=maker), devices, says)


LISTED = finding(FindingKind.LISTING, "hik", "stands on a list")
HELD = finding(
    FindingKind.OWNERSHIP, "hik", "{owner} holds {asset}", object="cetc", owner="CETC", asset="Hik"
)


def a_map(*findings: Finding, makers: Sequence[str] = ("hik", "axis")) -> dict[str, Any]:
    return RiskMap(map_places([own(maker) for maker in makers], findings)).to_json()


class Pen:
    """Writes entries one after the other."""

    def __init__(self) -> None:
        self.written: list[RecordedEntry] = []

    def write(self, kind: EntryKind, on: int, payload: dict[str, Any], **more: Any) -> int:
        number = len(self.written) + 1
        self.written.append(RecordedEntry(number, kind, day(on), payload, "jan", "", **more))
        return number

    def map(self, on: int, *findings: Finding, makers: Sequence[str] = ("hik", "axis")) -> int:
        return self.write(EntryKind.MAP, on, a_map(*findings, makers=makers))

    def judge(self, on: int, risk: str, levels: tuple[int, int, int, int]) -> int:
        scale, scope, irremediability, likelihood = levels
        said = stated(
            NewJudgement, scale=scale, scope=scope, irremediability=irremediability, likelihood=likelihood,
            involvement="linked", leverage="some", reason="because of this", likelihood_reason="and of that",
        )  # fmt: skip
        return self.write(EntryKind.JUDGEMENT, on, said.model_dump(mode="json"), risk=risk)

    def action(self, on: int, risk: str, due: int, kind: str = "prevent") -> int:
        payload = {"risk": risk, "kind": kind, "what": "do it", "owner": "ann", "due": day(due).isoformat()}
        return self.write(EntryKind.ACTION, on, payload, risk=risk)

    def track(self, on: int, about: int, state: str) -> int:
        return self.write(EntryKind.PROGRESS, on, {"state": state, "note": ""}, about=about)

    def withdraw(self, on: int, about: int) -> int:
        return self.write(EntryKind.WITHDRAWAL, on, {"reason": "a mistake"}, about=about)

    def view(self, on: int) -> FileView:
        return view_of(HEAD, self.written, day(on))


@pytest.fixture
def pen() -> Pen:
    made = Pen()
    made.map(1, LISTED, HELD)
    return made


def risk(view: FileView, risk_id: str) -> Risk:
    found = view.risk(risk_id)
    assert found is not None
    return found


def test_a_map_has_own_use_and_every_owner_and_cites_its_findings(pen: Pen) -> None:
    view = pen.view(1)
    assert [each.id for each in view.risks] == ["own-use:hik", "own-use:axis", "owner:cetc"]
    assert risk(view, "own-use:hik").citations == (SOURCE,)
    assert str(risk(view, "owner:cetc").title) == "CETC, owner of Hik"
    assert [each.id for each in view.unjudged] == ["own-use:hik"]


def test_a_listing_of_an_owner_is_shown_at_the_maker_too() -> None:
    listed = finding(FindingKind.OWNER_LISTING, "cetc", "the owner stands on a list")
    maker, _, owner = map_places([own("hik"), own("axis")], [HELD, listed])
    assert listed in maker.findings
    assert listed in owner.findings


def test_owners_in_a_circle_end() -> None:
    back = finding(
        FindingKind.OWNERSHIP, "cetc", "{owner} holds {asset}", object="hik", owner="Hik", asset="CETC"
    )
    found = map_places([own("hik")], [HELD, back])
    assert [each.id for each in found] == ["own-use:hik", "owner:cetc"]


def test_nobody_judged_means_no_severity_and_the_greatest_part_counts(pen: Pen) -> None:
    assert risk(pen.view(1), "own-use:hik").severity is None
    assert risk(pen.view(1), "own-use:hik").priority is None
    pen.judge(2, "own-use:hik", (1, 4, 2, 2))
    assert risk(pen.view(2), "own-use:hik").severity == 4
    assert risk(pen.view(2), "own-use:hik").priority == (4, 2)
    assert risk(pen.view(1), "own-use:hik").judgement is None


def test_severity_goes_before_likelihood(pen: Pen) -> None:
    pen.judge(2, "own-use:axis", (3, 1, 1, 4))
    pen.judge(2, "own-use:hik", (4, 1, 1, 1))
    assert [each.id for each in pen.view(2).judged] == ["own-use:hik", "own-use:axis"]


def test_a_newer_judgement_replaces_and_a_withdrawal_brings_the_older_back(pen: Pen) -> None:
    first = pen.judge(2, "own-use:hik", (1, 1, 1, 1))
    second = pen.judge(3, "own-use:hik", (2, 2, 2, 2))
    now = risk(pen.view(3), "own-use:hik")
    assert now.judgement is not None
    assert (now.judgement.number, [each.number for each in now.earlier]) == (second, [first])
    pen.withdraw(4, second)
    later = risk(pen.view(4), "own-use:hik")
    assert later.judgement is not None
    assert later.judgement.number == first
    assert later.earlier[0].withdrawn is not None
    assert later.earlier[0].withdrawn.reason == "a mistake"
    assert risk(pen.view(3), "own-use:hik") == now


def test_a_judgement_is_marked_when_the_map_says_something_else(pen: Pen) -> None:
    pen.judge(2, "own-use:hik", (1, 1, 1, 1))
    pen.map(3, LISTED, HELD)
    same = risk(pen.view(3), "own-use:hik").judgement
    assert same is not None
    assert not same.is_outdated
    pen.map(4, LISTED, HELD, finding(FindingKind.CLAIM, "hik", "somebody claims it"))
    changed = risk(pen.view(4), "own-use:hik").judgement
    assert changed is not None
    assert changed.is_outdated


def test_what_leaves_the_map_stays_in_the_file(pen: Pen) -> None:
    pen.judge(2, "own-use:hik", (3, 3, 3, 3))
    pen.map(5, makers=("axis",))
    gone = risk(pen.view(5), "own-use:hik")
    assert (gone.is_found, gone.seen, gone.severity) == (False, day(1), 3)
    assert pen.view(5).risks[-1] in {gone, risk(pen.view(5), "owner:cetc")}
    assert risk(pen.view(4), "own-use:hik").is_found


def test_actions_are_overdue_until_done_and_a_withdrawn_step_does_not_count(pen: Pen) -> None:
    number = pen.action(2, "own-use:hik", due=5)
    assert pen.view(5).overdue == ()
    assert [each.number for each in pen.view(6).overdue] == [number]
    done = pen.track(6, number, "done")
    assert pen.view(6).overdue == ()
    pen.withdraw(7, done)
    (action,) = pen.view(7).actions
    assert (action.status, action.is_overdue(day(7))) == (ActionState.OPEN, True)
    assert action.history[0].withdrawn is not None
    pen.withdraw(8, number)
    assert pen.view(8).overdue == ()
    assert len(pen.view(8).actions) == 1


def test_a_person_adds_a_risk_and_takes_it_back(pen: Pen) -> None:
    number = pen.write(EntryKind.RISK, 2, stated(NewRecord, what="a camera at the mosque").model_dump())
    added = risk(pen.view(2), f"added:{number}")
    assert (str(added.title), added.needs_judgement) == ("a camera at the mosque", True)
    pen.withdraw(3, number)
    assert not risk(pen.view(3), f"added:{number}").is_found


def test_each_step_says_what_there_is_and_what_is_missing(pen: Pen) -> None:
    said = {line.step: [str(each) for each in line.sentences] for line in pen.view(1).steps}
    assert list(said) == list(Step)
    assert said[Step.POLICY] == ["No policy is recorded.", "Not recorded: contract clause."]
    assert said[Step.MAP][1] == "Judged: 0; waiting for a judgement: 1."
    content = stated(NewRecord, what="a rule for buying cameras", source="decision 3")
    number = pen.write(EntryKind.POLICY, 2, content.model_dump())
    assert str(pen.view(2).steps[0].sentences[0]) == "Records of policy: 1."
    pen.withdraw(3, number)
    assert str(pen.view(3).steps[0].sentences[0]) == "No policy is recorded."
    assert pen.view(3).recorded("policy")[0].withdrawn is not None


def test_a_judged_risk_without_an_action_is_named(pen: Pen) -> None:
    pen.judge(2, "own-use:hik", (3, 3, 3, 3))
    assert [each.id for each in pen.view(2).unplanned] == ["own-use:hik"]
    number = pen.action(3, "own-use:hik", due=9)
    assert pen.view(3).unplanned == ()
    pen.track(4, number, "dropped")
    assert [each.id for each in pen.view(4).unplanned] == ["own-use:hik"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"scale": 0}, "scale"),
        ({"likelihood": 5}, "likelihood"),
        ({"reason": "  "}, "reason"),
        ({"likelihood_reason": ""}, "likelihood_reason"),
        ({"leverage": "huge"}, "leverage"),
        ({"score": 3}, "score"),
    ],
)
def test_a_judgement_without_levels_or_reasons_is_refused(changes: dict[str, Any], field: str) -> None:
    values = {"scale": 1, "scope": 1, "irremediability": 1, "likelihood": 1, "involvement": "cause",
              "leverage": "none", "reason": "because", "likelihood_reason": "because"}  # fmt: skip
    with pytest.raises(DiligenceError, match=f"^{field}: "):
        stated(NewJudgement, **{**values, **changes})


def test_an_address_that_no_browser_should_open_is_refused() -> None:
    with pytest.raises(DiligenceError, match="address"):
        stated(NewRecord, what="a rule", address="javascript:alert(1)")


def test_a_map_is_read_back_as_it_was_written() -> None:
    made = RiskMap(
        map_places([own("hik")], [LISTED]), (StepFact(Step.TRACK, LISTED),), "run-1", (text("a note"),)
    )
    assert RiskMap.from_json(made.to_json()) == made


@pytest.mark.parametrize(
    ("what", "source", "counts"),
    [
        ("asdf", "decision 3", False),
        ("asdf asdf asdf asdf", "decision 3", False),
        ("a b c d e", "decision 3", False),
        ("a rule for buying cameras", "", False),
        ("a rule for buying cameras", "decision 3", True),
    ],
)
def test_a_record_counts_only_with_several_words_and_a_source(
    pen: Pen, what: str, source: str, *, counts: bool
) -> None:
    pen.write(EntryKind.POLICY, 2, stated(NewRecord, what=what, source=source).model_dump())
    sentences = [str(sentence) for sentence in pen.view(2).steps[0].sentences]
    assert ("Records of policy: 1." in sentences) is counts
    assert any(line.startswith("Records that do not count: 1.") for line in sentences) is not counts


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (EntryKind.CONTRACT_CLAUSE, 0),
        (EntryKind.RED_FLAG, 1),
        (EntryKind.STAKEHOLDERS, 1),
        (EntryKind.DOWNSTREAM_USE, 1),
        (EntryKind.DISENGAGEMENT, 2),
        (EntryKind.GRIEVANCE, 5),
    ],
)
def test_each_step_asks_for_its_records(pen: Pen, kind: EntryKind, step: int) -> None:
    def missing(day: int) -> set[str]:
        return {str(line) for line in pen.view(day).steps[step].sentences if "Not recorded" in str(line)}

    before = missing(1)
    content = stated(NewRecord, what="the buyer refuses an end-use statement", source="letter of 2 March")
    pen.write(kind, 2, content.model_dump())
    assert len(missing(2)) == len(before) - 1
