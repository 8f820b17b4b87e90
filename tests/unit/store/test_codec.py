"""Records as JSON: nothing is lost on the way there and back (property)."""

import json
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities import Listing, Record, Statement
from overzicht.store.codec import record_from_json, record_to_json

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LEGAL_DATES = st.builds(
    LegalDate, st.dates(date(1940, 1, 1), date(2099, 1, 1)), st.sampled_from(DateBasis), WORDS
)
PERIODS = st.builds(Period, st.none() | LEGAL_DATES, st.none() | LEGAL_DATES)
STATEMENTS = st.builds(Statement, WORDS, WORDS, WORDS, WORDS, PERIODS)
LISTINGS = st.builds(Listing, WORDS, WORDS, WORDS, PERIODS, WORDS, WORDS, WORDS, WORDS)
RECORDS = st.builds(
    Record, WORDS, WORDS, st.lists(STATEMENTS, max_size=3).map(tuple), WORDS,
    st.lists(LISTINGS, max_size=3).map(tuple),
)  # fmt: skip


@given(RECORDS)
def test_a_record_comes_back_equal(record: Record) -> None:
    assert record_from_json(json.loads(json.dumps(record_to_json(record)))) == record
