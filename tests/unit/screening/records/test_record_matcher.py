"""The record matcher on records as lists have them, with their mess."""

from dataclasses import replace

import numpy as np
import pytest

from overzicht.errors import PackagedFactError
from overzicht.screening import policy
from overzicht.screening.policy import Band, Bands, record_bands
from overzicht.screening.records.features import RECORD_FEATURES, record_columns
from overzicht.screening.records.matcher import OTHER_KIND_SCORE, RecordMatcher, packaged_record_scorer
from overzicht.screening.records.party_record import PartyRecord

SHIP = PartyRecord(
    schema="Vessel", names=("MAYLO",), aliases=("Alhani", "Delvina"), identifiers=(("imoNumber", "9331153"),)
)
RENAMED = PartyRecord(schema="Vessel", names=("Ocean Pearl",), identifiers=(("imoNumber", "IMO 9331153"),))
PERSON = PartyRecord(
    schema="Person", names=("Nazir Ahmad JAMALEDDINE",), birth_dates=("1962",), countries=("sy",)
)
SAME_PERSON = PartyRecord(
    schema="Person", names=("JAMAL EDDIN Nazir Ahmed",), birth_dates=("1962-01-02",), countries=("sy",)
)
OTHER_PERSON = replace(SAME_PERSON, birth_dates=("1931-05-06",), countries=("mx",))
COMPANY = PartyRecord(schema="Company", names=("Zhejiang Dahua Technology Co., Ltd.",), countries=("cn",))


@pytest.fixture(scope="module")
def matcher() -> RecordMatcher:
    return RecordMatcher()


def test_a_ship_under_another_name_is_known_by_its_number(matcher: RecordMatcher) -> None:
    found = matcher.compare(SHIP, RENAMED)
    assert found.band == Band.MATCH
    assert any("9331153" in str(reason.text) and not reason.against for reason in found.reasons)


def test_another_number_outweighs_an_equal_name(matcher: RecordMatcher) -> None:
    other = replace(SHIP, identifiers=(("imoNumber", "9079092"),))
    found = matcher.compare(SHIP, other)
    assert found.score < 0.5
    assert any(reason.against and "imoNumber" in str(reason.text) for reason in found.reasons)


def test_a_person_with_a_like_name_and_another_birth_year_is_somebody_else(matcher: RecordMatcher) -> None:
    same, other = matcher.score([PERSON, PERSON], [SAME_PERSON, OTHER_PERSON])
    assert same > 0.9
    assert other < 0.5
    reasons = [str(reason.text) for reason in matcher.compare(PERSON, OTHER_PERSON).reasons if reason.against]
    assert "the birth dates differ: 1962 and 1931-05-06" in reasons
    assert "the countries differ: sy and mx" in reasons


def test_a_person_is_no_ship_whatever_the_name(matcher: RecordMatcher) -> None:
    ship = PartyRecord(schema="Vessel", names=PERSON.names)
    assert matcher.score([PERSON], [ship])[0] == OTHER_KIND_SCORE
    assert matcher.compare(PERSON, ship).band == Band.NO_MATCH


def test_a_translated_company_is_found_by_its_meaning(matcher: RecordMatcher) -> None:
    one = PartyRecord(schema="Company", names=("三菱材料株式会社",), countries=("jp",))
    two = PartyRecord(schema="Company", names=("Mitsubishi Materials Corporation",), countries=("jp",))
    assert matcher.score([one], [two])[0] > 0.5


def test_a_number_in_a_name_tells_two_plants_apart(matcher: RecordMatcher) -> None:
    one = PartyRecord(schema="Company", names=("20 Aviation Repair Plant JSC",), countries=("ru",))
    two = PartyRecord(schema="Company", names=("325 Aviation Repair Plant JSC",), countries=("ru",))
    assert matcher.score([one], [two])[0] < matcher.score([one], [one])[0] / 2


def test_weak_names_count_less(matcher: RecordMatcher) -> None:
    strong = PartyRecord(schema="Person", names=("Abu Hassan", "Xaver Quint"))
    weak = replace(strong, names=("Xaver Quint",), weak_names=("Abu Hassan",))
    asked = PartyRecord(schema="Person", names=("Abu Hassan",))
    assert matcher.score([asked], [weak])[0] < matcher.score([asked], [strong])[0]
    assert any("weak name" in str(reason.text) for reason in matcher.compare(asked, weak).reasons)


def test_records_without_names_match_by_number_alone(matcher: RecordMatcher) -> None:
    empty, numbered = (
        PartyRecord(schema="Company"),
        PartyRecord(schema="Company", identifiers=(("leiCode", "529900AXTG9RNXDTOE94"),)),
    )
    nothing, number = matcher.score([empty, numbered], [COMPANY, numbered])
    assert nothing < 0.5 < number
    assert matcher.compare(empty, empty).band == Band.NO_MATCH


def test_no_pairs_give_no_scores_and_uneven_ones_are_refused(matcher: RecordMatcher) -> None:
    assert matcher.score([], []).shape == (0,)
    with pytest.raises(ValueError, match="zip"):
        matcher.score([COMPANY], [])


def test_a_batch_scores_as_single_pairs_do(matcher: RecordMatcher) -> None:
    left, right = [SHIP, PERSON, COMPANY, PERSON], [RENAMED, SAME_PERSON, COMPANY, OTHER_PERSON]
    alone = [matcher.score([a], [b])[0] for a, b in zip(left, right, strict=True)]
    assert np.array_equal(matcher.score(left, right), alone)


def test_every_column_has_its_place() -> None:
    columns, _ = record_columns([(SHIP, RENAMED)])
    assert columns.shape == (1, len(RECORD_FEATURES))
    assert packaged_record_scorer().columns == tuple(feature.name for feature in RECORD_FEATURES)


def test_bands_meet_at_their_limits() -> None:
    limits = Bands(0.1, 0.9)
    assert [limits.of(score) for score in (0.0999, 0.1, 0.8999, 0.9)] == [
        Band.NO_MATCH, Band.UNSURE, Band.UNSURE, Band.MATCH
    ]  # fmt: skip
    with pytest.raises(ValueError, match="rise"):
        Bands(0.9, 0.1)


def test_the_packaged_policy_has_the_bands_of_records_and_names_what_lacks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert 0 < record_bands().unsure_from < 0.5 < record_bands().match_from
    for faulty in (
        {"records": {"unsure": [0.9]}, "names": {"possible": 0.3}},
        {"records": {"unsure": [0.1, 0.9]}},
    ):
        monkeypatch.setattr(policy, "read_packaged_yaml", lambda _, faulty=faulty: faulty)
        with pytest.raises(PackagedFactError, match="threshold"):
            policy.read_policy.__wrapped__()
