from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from overzicht.subjects.makers.card_checks import CardFolders, CardProblem, check_cards

TODAY = date(2026, 11, 25)
FOLDERS = ("makers", "relabelling", "lists", "starter", "names")
SOURCE = {"title": "A page", "address": "https://example.org/page", "date": "2020-05", "read": TODAY}


def a_maker(id_: str = "acme", **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "checked": TODAY,
        "country": "nl",
        "names": [{"name": f"{id_.title()} B.V.", "kind": "legal", "source": "page"}],
        "sources": {"page": SOURCE},
        **more,
    }


def a_rule(**more: Any) -> dict[str, Any]:
    return {"pattern": r"AC-\d{4}", "kind": "camera", "examples": ["AC-1234"], "source": "page", **more}


def a_statement(**more: Any) -> dict[str, Any]:
    return {
        "id": "brand-acme-1",
        "brand": "Brand",
        "maker": "acme",
        "relation": "oem_relabel",
        "confidence": "low",
        "source": "page",
        **more,
    }


def a_relabelling(*statements: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"checked": TODAY, "statements": list(statements), "sources": {"page": SOURCE}, **more}


def an_entry(**more: Any) -> dict[str, Any]:
    listing = {
        "id": "listing-1",
        "measure": "Entity List",
        "since": date(2019, 10, 9),
        "reason": "Named for reasons that stand here in our own words.",
    }
    return {
        "id": "us-ofac-1",
        "schema": "Company",
        "names": [{"name": "Acme B.V."}],
        "listings": [listing],
        "place": "entry 1",
        "source": "page",
        **more,
    }


class Cards:
    """A folder of cards that a test fills, and what the check says of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in FOLDERS:
            (root / name).mkdir()

    def write(self, name: str, content: Any) -> None:
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content if isinstance(content, str) else yaml.safe_dump(content), encoding="utf-8")

    def check(self, today: date = TODAY) -> list[CardProblem]:
        folders = CardFolders(*(self.root / name for name in FOLDERS))
        return check_cards(today, folders)

    def reasons(self) -> list[str]:
        return [problem.reason for problem in self.check()]


@pytest.fixture
def cards(tmp_path: Path) -> Cards:
    return Cards(tmp_path)


def test_the_packaged_cards_are_sound() -> None:
    assert check_cards(date(2026, 11, 28)) == []


def test_sound_cards_have_no_problem(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker(models=[a_rule()]))
    cards.write("relabelling/acme.yml", a_relabelling(a_statement(models=["BR-"])))
    cards.write(
        "starter/us-ofac.yml",
        {"list_id": "us-ofac", "checked": TODAY, "entries": [an_entry()], "sources": {"page": SOURCE}},
    )
    assert cards.check() == []


def test_a_problem_names_card_place_and_reason(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker(country="Netherlands", colour="red"))
    shown = [str(problem) for problem in cards.check()]
    assert [line.partition(": ")[0] for line in shown] == [
        "makers/acme.yml, colour",
        "makers/acme.yml, country",
    ]


def test_one_wrong_card_does_not_hide_the_others(cards: Cards) -> None:
    cards.write("makers/acme.yml", "names: [")
    cards.write("makers/bravo.yml", "- a list")
    cards.write("makers/other.yml", a_maker("delta"))
    assert [(problem.card, problem.reason[:11]) for problem in cards.check()] == [
        ("makers/acme.yml", "not valid Y"),
        ("makers/bravo.yml", "it has no f"),
        ("makers/other.yml", "it is 'delt"),
    ]


def test_an_example_that_does_not_match_is_a_problem(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker(models=[a_rule(examples=["XX-1234"])]))
    assert "does not match its own example 'XX-1234'" in cards.reasons()[0]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("(AC", "does not compile"),
        (r"(AC-\d+)+", "repeats a repetition"),
        ("(AC)?", "matches the empty text"),
    ],
)
def test_a_pattern_must_compile_and_be_safe(cards: Cards, pattern: str, words: str) -> None:
    cards.write("makers/acme.yml", a_maker())
    cards.write("relabelling/acme.yml", a_relabelling(a_statement(models=[pattern])))
    (problem,) = cards.check()
    assert problem.place == "statements[0].models[0]"
    assert words in problem.reason


def test_a_broken_pattern_of_a_model_rule_is_reported_and_raises_nothing(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker(models=[a_rule(pattern="(AC")]))
    assert any("does not compile" in reason for reason in cards.reasons())


def test_sources_must_be_there_and_be_used(cards: Cards) -> None:
    names = [{"name": "Acme B.V.", "kind": "legal", "source": "elsewhere"}]
    cards.write("makers/acme.yml", a_maker(names=names))
    assert [(problem.place, problem.reason) for problem in cards.check()] == [
        ("names[0]", "there is no source 'elsewhere'"),
        ("sources.page", "no fact uses this source"),
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"checked": date(2026, 11, 26)}, "2026-11-26 is in the future"),
        ({"sources": {"page": {**SOURCE, "read": date(2026, 11, 26)}}}, "after the card was checked"),
        ({"sources": {"page": {**SOURCE, "date": "2027"}}}, "after it was read"),
    ],
)
def test_dates_cannot_lie_in_the_future(cards: Cards, more: dict[str, Any], reason: str) -> None:
    cards.write("makers/acme.yml", a_maker(**more))
    assert any(reason in found for found in cards.reasons())


def test_a_fact_cannot_be_dated_after_the_day_of_the_check(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker())
    cards.write("relabelling/acme.yml", a_relabelling(a_statement(since="2027", stated="2026-12")))
    assert sorted(cards.reasons()) == [
        "since 2027 is after the date on which the card was checked",
        "stated 2026-12 is after the date on which the card was checked",
    ]


def test_a_period_cannot_end_before_it_starts(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker())
    cards.write("relabelling/acme.yml", a_relabelling(a_statement(since="2021-06", until="2020")))
    assert cards.reasons() == ["it ends in 2020, before it starts in 2021-06"]


def test_a_card_that_nobody_checked_for_long_is_a_problem(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker())
    assert cards.check(date(2027, 12, 30)) == []  # 400 days
    (problem,) = cards.check(date(2027, 12, 31))
    assert "401 days ago" in problem.reason


def test_a_legal_name_a_registrant_and_an_identifier_belong_to_one_card(cards: Cards) -> None:
    same: dict[str, Any] = {
        "names": [{"name": "Same Name B.V.", "kind": "legal", "source": "page"}],
        "mac_registrants": [{"name": "SAME NAME", "source": "page"}],
        "identifiers": [{"kind": "leiCode", "value": "00000000000000000000", "source": "page"}],
    }
    cards.write("makers/acme.yml", a_maker(**same))
    cards.write("makers/bravo.yml", a_maker("bravo", **same))
    found = cards.check()
    assert {problem.card for problem in found} == {"makers/bravo.yml"}
    assert [problem.reason.partition(" '")[0] for problem in found] == [
        "the MAC registrant",
        "the identifier",
        "the legal name",
    ]


def test_two_cards_may_share_a_trade_name(cards: Cards) -> None:
    name = {"name": "Shared", "kind": "trade", "source": "page"}
    for id_ in ("acme", "bravo"):
        card = a_maker(id_)
        card["names"].append(name)
        cards.write(f"makers/{id_}.yml", card)
    assert cards.check() == []


def test_an_owner_with_the_id_of_a_card_goes_by_a_name_on_that_card(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker())
    inner = {"id": "acme", "name": "Someone Else N.V.", "source": "page"}
    outer = {"id": "holding", "name": "Holding N.V.", "source": "page", "owners": [inner]}
    cards.write("makers/bravo.yml", a_maker("bravo", owners=[outer]))
    assert [(problem.card, problem.place) for problem in cards.check()] == [
        ("makers/bravo.yml", "owners.acme")
    ]


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"maker": "nobody"}, "there is no maker card 'nobody'"),
        ({"maker": "", "undecided": ["acme", "nobody"]}, "there is no maker card 'nobody'"),
        ({"undecided": ["acme"]}, "it has both `maker` and `undecided`; give one of them"),
        ({"maker": ""}, "it has no maker, which only a hint may lack, not oem_relabel"),
    ],
)
def test_a_statement_must_point_at_cards(cards: Cards, more: dict[str, Any], reason: str) -> None:
    cards.write("makers/acme.yml", a_maker())
    cards.write("relabelling/acme.yml", a_relabelling(a_statement(**more)))
    assert cards.reasons() == [reason]


def test_a_hint_may_leave_the_maker_unnamed(cards: Cards) -> None:
    cards.write("relabelling/x.yml", a_relabelling(a_statement(maker="", relation="shared_firmware")))
    assert cards.check() == []


def test_a_statement_without_an_address_counts_low(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker())
    cards.write("relabelling/acme.yml", a_relabelling(a_statement(address_missing=True, confidence="medium")))
    assert any("cannot be opened counts low" in reason for reason in cards.reasons())


def test_statement_ids_are_unique_within_and_across_files(cards: Cards) -> None:
    cards.write("makers/acme.yml", a_maker())
    cards.write("relabelling/one.yml", a_relabelling(a_statement(), a_statement()))
    cards.write("relabelling/two.yml", a_relabelling(a_statement()))
    assert [problem.card for problem in cards.check()] == ["relabelling/one.yml", "relabelling/two.yml"]


def test_a_list_card_needs_a_reader_and_its_id(cards: Cards) -> None:
    cards.write("lists/no_such_list.yml", {"id": "no-such-list"})
    cards.write("lists/un_sc.yml", {"id": "un"})
    found = {(problem.card, problem.reason) for problem in cards.check()}
    assert ("lists/no_such_list.yml", "no list is registered under this name") in found
    assert ("lists/un_sc.yml", "it is 'un', but the reader is registered as 'un-sc'") in found


def test_starter_listings_are_of_a_list_that_we_read(cards: Cards) -> None:
    cards.write(
        "starter/no-list.yml",
        {
            "list_id": "no-list",
            "checked": TODAY,
            "entries": [an_entry(id="no-list-1")],
            "sources": {"page": SOURCE},
        },
    )
    assert cards.reasons() == ["there is no list 'no-list'"]


@pytest.mark.parametrize(("since", "wrong"), [("2021-01-01", True), ("2022-01-01", False)])
def test_owners_that_hold_more_than_the_whole_together_are_a_fault(
    cards: Cards, since: str, wrong: bool
) -> None:
    first = {"id": "one", "name": "One", "min_percent": 60, "max_percent": 60, "source": "page",
             "since": "2020-01-01", "until": "2022-01-01"}  # fmt: skip
    second = {**first, "id": "two", "name": "Two", "since": since, "until": ""}
    cards.write("makers/acme.yml", a_maker(owners=[first, second]))
    said = ["the owners of acme have 120.0 percent together on 2021-01-01"] if wrong else []
    assert cards.reasons() == said


def test_names_in_other_scripts_are_checked_too(cards: Cards) -> None:
    name = {"name": "Акме", "lang": "rus", "certainty": "read", "source": "page"}
    party = {"id": "acme", "latin": ["Acme B.V."], "names": [name]}
    content = {"checked": TODAY, "parties": [party], "sources": {"page": SOURCE}}
    cards.write("names/names.yml", content)
    assert cards.check() == []
    cards.write("names/names.yml", {**content, "parties": [party, party]})
    assert any("occur twice" in reason for reason in cards.reasons())
