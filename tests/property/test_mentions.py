"""Laws of mentions that hold for any text: spans are those of the text, apart, and always the same."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from overzicht.subjects.questions.mentions import Place, find_spots
from overzicht.subjects.questions.mentions.finding import names_defined_in
from overzicht.subjects.questions.mentions.in_sets import Piece, confirms_nothing, mention_in
from overzicht.subjects.questions.mentions.sentences import sentence_bounds
from overzicht.subjects.questions.page_view import paragraphs_of

NAMES = [
    "Hikvision", "Shell", "DJI", "NS", "X", "de Nederlandsche Bank", "Bergen op Zoom", "Nevel B.V.", "(AP)",
    "het bedrijf Lichtvlok", "datShell", "F-16’s", "bedrijf", "niet bevestigen", "\n", ". ", "? ", "🎥",
    "İ", "ß",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), max_size=25).map(" ".join)


@given(TEXTS, st.booleans())
def test_a_spot_is_a_span_of_its_text_and_spots_are_apart(text: str, is_glued: bool) -> None:
    spots = find_spots(text, paper=text, is_glued=is_glued)
    assert all(text[spot.start : spot.end] == spot.surface and spot.surface for spot in spots)
    assert all(a.end <= b.start for a, b in pairwise(spots))
    assert spots == find_spots(text, paper=text, is_glued=is_glued)


@given(TEXTS)
def test_what_a_text_tells_is_found_in_it_again(text: str) -> None:
    """Reading a text again with what it told itself finds no less."""
    first = find_spots(text, paper=text)
    again = find_spots(text, paper=text, known_names=names_defined_in(text, first))
    assert {(s.start, s.end) for s in first} <= {(s.start, s.end) for s in again}


@given(TEXTS, st.data())
def test_a_sentence_holds_its_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = sentence_bounds(text, start, end)
    assert 0 <= first <= start <= end <= last <= len(text)


@given(TEXTS)
def test_a_page_shows_the_text_and_nothing_else(text: str) -> None:
    spots = find_spots(text, paper=text)
    shown = "\n".join("".join(each.text for each in line) for line in paragraphs_of(text, spots))
    assert shown == text


@given(TEXTS)
def test_a_quote_is_short_and_one_line(text: str) -> None:
    for spot in find_spots(text, paper=text):
        quote = mention_in(Piece(Place("p", "answer", (1,)), text), spot).quote
        assert len(quote) <= 300
        assert "\n" not in quote


@given(st.dates(min_value=date(2000, 1, 1)), TEXTS)
def test_no_text_breaks_what_tells_a_non_confirmation(day: date, text: str) -> None:
    assert confirms_nothing(f"{day} {text}") in (True, False)
