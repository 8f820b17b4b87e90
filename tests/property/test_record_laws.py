"""Laws of the record matcher that hold for every pair of records."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from overzicht.screening.records.matcher import RecordMatcher
from overzicht.screening.records.party_record import PartyRecord

WORDS = (
    "arvo",
    "Beltane",
    "Shipping",
    "華為",
    "技术",
    "Иванов",
    "II",
    "(Corvin)",
    "LLC",
    "7",
    "Hassan",
    "al",
    "Abu",
)
NAMES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join), max_size=3).map(
    tuple
)
NUMBERS = st.sampled_from(
    [("imoNumber", "9331153"), ("imoNumber", "IMO 9079092"), ("leiCode", "529900AXTG9RNXDTOE94"),
     ("passportNumber", "N 011612445"), ("idNumber", "011612445"), ("innCode", "6161021690"),
     ("taxNumber", "000000")]
)  # fmt: skip
RECORDS = st.builds(
    PartyRecord,
    schema=st.sampled_from(["Person", "Company", "Vessel", "LegalEntity"]),
    names=NAMES,
    aliases=NAMES,
    weak_names=NAMES,
    birth_dates=st.lists(st.sampled_from(["1966", "1966-08-17", "1970-01-01", "?"]), max_size=2).map(tuple),
    countries=st.lists(st.sampled_from(["ru", "cn", "nl"]), max_size=2).map(tuple),
    addresses=st.lists(st.sampled_from(["Main Street 1, Moscow", "Moscow"]), max_size=1).map(tuple),
    identifiers=st.lists(NUMBERS, max_size=2).map(tuple),
)
MATCHER = RecordMatcher()


@settings(max_examples=120)
@given(RECORDS, RECORDS)
def test_the_order_of_two_records_does_not_count_and_the_same_gives_the_same(
    one: PartyRecord, two: PartyRecord
) -> None:
    forth, back, again = MATCHER.score([one, two, one], [two, one, two])
    assert forth == back == again
    assert 0.0 <= forth <= 1.0


@settings(max_examples=120)
@given(RECORDS, RECORDS, NUMBERS)
def test_a_number_that_agrees_never_lowers_the_score(
    one: PartyRecord, two: PartyRecord, number: tuple[str, str]
) -> None:
    more = [replace(record, identifiers=(*record.identifiers, number)) for record in (one, two)]
    before, after = MATCHER.score([one, more[0]], [two, more[1]])
    assert after >= before


@settings(max_examples=60)
@given(RECORDS, RECORDS)
def test_every_score_has_reasons_where_both_have_a_name(one: PartyRecord, two: PartyRecord) -> None:
    found = MATCHER.compare(one, two)
    assert found.band == MATCHER.bands.of(found.score)
    assert found.reasons or not (one.named() and two.named())


@settings(max_examples=60)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_compared_without_failing(one: str, two: str, number: str) -> None:
    left = PartyRecord(
        names=(one,), identifiers=(("idNumber", number),), birth_dates=(number,), addresses=(two,)
    )
    right = PartyRecord(
        names=(two,), identifiers=(("imoNumber", number),), countries=(number,), addresses=(one,)
    )
    assert 0.0 <= MATCHER.score([left], [right])[0] <= 1.0
