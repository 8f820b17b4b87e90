"""Denials that meet a case: end-user or consignee, other spellings, owners; a namesake is told apart."""

from datetime import date
from functools import cache
from typing import Any

import pytest
from licensing_tools import application, denial, raw

from overzicht.entities import PartyMatcher
from overzicht.subjects.licensing.denial_matching import (
    LIST_ID,
    DenialMatch,
    MatchKind,
    match_denials,
    party_records,
)
from overzicht.subjects.licensing.denial_model import Denial
from overzicht.subjects.licensing.matchers import matcher_over

DAY = date(2026, 3, 20)


def met(parties: list[dict[str, Any]], held: Denial | None = None, **fields: Any) -> list[DenialMatch]:
    one = held or denial()
    data = {"parties": [raw("camera")["parties"][0], *parties], "end_use": {"description": "x"}, **fields}
    return list(match_denials(application(**data), [one], matcher_over(LIST_ID, party_records([one])), DAY))


def kinds(*args: Any, **fields: Any) -> list[MatchKind]:
    return [one.kind for one in met(*args, **fields)]


@pytest.mark.parametrize(
    "party",
    [
        {"role": "end_user", "name": "Vostochnyy Glaz LLC"},
        {"role": "end_user", "name": "ООО Восточный глаз"},
        {"role": "consignee", "name": "Oude Tussenhandel B.V."},
        {"role": "end_user", "name": "Oude Tussenhandel BV"},  # the consignee there is the end-user here
        {"role": "end_user", "name": "Something New", "other_names": ["Vostochnyy Glaz LLC"]},
        {"role": "end_user", "name": "Something New", "identifiers": {"registrationNumber": "050140001234"}},
        {"role": "end_user", "name": "New Shop", "owners": [{"name": "Vostochnyy Glaz LLC", "share": "60"}]},
    ],
)
def test_the_same_party_under_another_name_or_role_is_a_hit(party: dict[str, Any]) -> None:
    assert kinds([party]) == [MatchKind.HIT]


@pytest.mark.parametrize(
    "party",
    [
        {
            "role": "end_user",
            "name": "Vostochnyy Glaz LLC",
            "identifiers": {"registrationNumber": "990140009999"},
        },
    ],
)
def test_a_person_judges_a_namesake_with_its_own_number(party: dict[str, Any]) -> None:
    (found,) = met([party])
    assert found.kind is MatchKind.POSSIBLE
    assert "another party by its number" in " ".join(map(str, found.reasons))


def test_an_owner_without_majority_is_only_possible() -> None:
    party = {
        "role": "end_user",
        "name": "New Shop",
        "owners": [{"name": "Vostochnyy Glaz LLC", "share": "20-40"}],
    }
    assert kinds([party]) == [MatchKind.POSSIBLE]


def test_the_refused_buyers_owner_opening_a_new_shop_is_met() -> None:
    data = raw("denial")
    data["parties"][0]["owners"] = [{"name": "Ivanov Trading", "share": "100"}]
    held = Denial.model_validate(data)
    assert kinds([{"role": "end_user", "name": "Ivanov Trading"}], held) == [MatchKind.HIT]


def test_a_refused_buyer_in_another_role_is_possible() -> None:
    parties = [{"role": "agent", "name": "Vostochnyy Glaz LLC"}, {"role": "end_user", "name": "X Y Z"}]
    assert kinds(parties) == [MatchKind.POSSIBLE]


@pytest.mark.parametrize(
    "fields",
    [
        {"parameters": [{"name": "frame rate", "value": 60, "unit": "Hz"}]},
        {"parameters": []},
        {"code": "6A003.b.4.a"},
        {"code": "6A002.a.3.f"},
        {"code": "6D003.c"},
        {"code": "6E001"},
        {"quantity": {"amount": 1, "unit": "pieces"}},
        {"description": "a better camera", "commodity_code": "90318000"},
        {"code": None, "not_listed": True, "commodity_code": "90318000"},
    ],
)
def test_a_refused_buyer_who_asks_for_a_better_camera_is_never_dismissed(fields: dict[str, Any]) -> None:
    item = {**raw("camera")["items"][0], **fields}
    (kind,) = kinds([{"role": "end_user", "name": "Vostochnyy Glaz LLC"}], items=[item])
    assert kind in {MatchKind.HIT, MatchKind.POSSIBLE}


def test_another_item_class_is_no_hit() -> None:
    item = {**raw("camera")["items"][0], "code": "5A001.f"}
    assert kinds([{"role": "end_user", "name": "Vostochnyy Glaz LLC"}], items=[item]) == [MatchKind.RULED_OUT]


def test_a_person_judges_a_namesake_with_another_birth_date() -> None:
    data = raw("denial")
    data["parties"] = [
        {"role": "end_user", "name": "Jan Jansen", "schema": "Person", "birth_date": "1970-01-01"}
    ]
    held = Denial.model_validate(data)
    party = {"role": "end_user", "name": "Jansen, Jan", "schema": "Person"}
    assert kinds([{**party, "birth_date": "1980-05-05"}], held) == [MatchKind.POSSIBLE]
    assert kinds([{**party, "birth_date": "1970-01-01"}], held) == [MatchKind.HIT]


def test_a_states_own_denial_needs_no_consultation_with_itself() -> None:
    assert kinds([{"role": "end_user", "name": "Vostochnyy Glaz LLC"}], denial(issuing_state="DE")) == []


@pytest.mark.parametrize("country", ["KZ", "NL", "CN", None])
def test_the_country_of_a_party_changes_nothing(country: str | None) -> None:
    assert kinds([{"role": "end_user", "name": "Vostochnyy Glaz LLC", "country": country}]) == [MatchKind.HIT]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Vostochny Glaz", [MatchKind.HIT]),
        ("OOO Vostochnyj Glas", [MatchKind.HIT]),
        ("Zapadnyy Glaz LLC", []),
        ("Vostochnyy Bereg LLC", []),
        ("Eastern Trading House", []),
    ],
)
def test_other_spellings_are_met_and_other_names_are_not(name: str, expected: list[MatchKind]) -> None:
    assert kinds([{"role": "end_user", "name": name}]) == expected


SPELLINGS = (
    "Vostochnyy Glaz LLC", "VOSTOCHNYY GLAZ", "vostochnyy glaz ooo", "Vostochny Glaz", "Vostochniy Glaz LLC",
    "Vostochnyj Glaz", "Vostochnyi Glaz Ltd", "OOO Vostochnyj Glas", "Vostotchnyy Glaz LLC",
    "Vostochnyy-Glaz",
    "Vostochnyy  Glaz, L.L.C.", "LLC \"Vostochnyy Glaz\"", "Glaz Vostochnyy", "Востoчный Глаз",
    "ООО ВОСТОЧНЫЙ ГЛАЗ",
    "ООО «Восточный Глаз»", "Vostochnyy Glaz Limited Liability Company",
)  # fmt: skip
LINES: tuple[dict[str, Any], ...] = (
    {}, {"parameters": []}, {"code": "6A003.b.4.a"}, {"code": "6A003"}, {"code": "6A002.a.3.f"},
    {"code": None, "not_listed": True, "description": "thermal camera"},
    {"quantity": {"amount": 5000, "unit": "pieces"}},
)  # fmt: skip


@cache
def _matcher_of_the_example() -> PartyMatcher:
    return matcher_over(LIST_ID, party_records([denial()]))


@pytest.mark.parametrize("name", SPELLINGS)
def test_no_spelling_and_no_line_of_the_family_is_dismissed_by_the_machine(name: str) -> None:
    held, matcher = denial(), _matcher_of_the_example()
    for role in ("end_user", "consignee", "intermediary"):
        for line in LINES:
            parties = [raw("camera")["parties"][0], {"role": role, "name": name}]
            item = {**raw("camera")["items"][0], **line}
            case = application(parties=parties, items=[item], end_use={"description": "x"})
            (match,) = match_denials(case, [held], matcher, DAY)
            assert match.kind is not MatchKind.RULED_OUT, (role, line)
