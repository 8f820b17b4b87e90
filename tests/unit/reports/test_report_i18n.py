"""Dutch and English: days, numbers, shares, and a catalogue that holds every message there is."""

import re
import string
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import pytest
import update_catalogue
from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.catalog import Message
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from overzicht.dates import DateBasis, LegalDate
from overzicht.devices import DeviceKind
from overzicht.evidence import Answer, Confidence, answers, in_both, text
from overzicht.reports import vocabulary
from overzicht.reports.i18n import GROUPED_FROM, Language, Words, words_for
from overzicht.sources.inventories.registry import kinds

EN, NL = words_for("en"), words_for("nl")
LOCALES = {EN: Locale("en", "GB"), NL: Locale("nl", "NL")}
PERCENT_FIELD = re.compile(r"%\((\w+)\)s")


def test_every_kind_of_inventory_has_a_word() -> None:
    assert set(kinds()) <= set(vocabulary.INPUT_KINDS)


def test_days_and_numbers_follow_the_language() -> None:
    day = date(2021, 4, 13)
    assert (EN.day(day), NL.day(day), NL.day(None)) == ("13 April 2021", "13 april 2021", "")
    assert (EN.number(12345), NL.number(12345), NL.number(2021)) == ("12,345", "12.345", "2021")
    assert (EN.number(36.08), NL.number(36.08)) == ("36.08", "36,08")


@pytest.mark.parametrize("words", [EN, NL], ids=["en", "nl"])
@given(st.datetimes(), st.integers() | st.floats(-1e20, 1e20), st.integers(1, 50), st.integers(50, 10**6))
def test_days_numbers_and_percentages_are_those_of_the_locale(
    words: Words, moment: datetime, number: float, count: int, total: int
) -> None:
    locale = LOCALES[words]
    assert words.day(moment.date()) == format_date(moment.date(), "long", locale)
    assert words.moment(moment) == format_datetime(moment, "d MMM y HH:mm", locale=locale)
    is_grouped = abs(number) >= GROUPED_FROM
    assert words.number(number) == format_decimal(number, locale=locale, group_separator=is_grouped)
    if 0.01 <= count / total <= 0.99:
        assert words.part(count, total) == format_percent(count / total, locale=locale)


@pytest.mark.parametrize(
    ("value", "english", "dutch"),
    [
        (LegalDate(date(2021, 3, 22)), "22 March 2021", "22 maart 2021"),
        (
            LegalDate(date(2021, 3, 22), DateBasis.DERIVED, "act"),
            "22 March 2021 (derived)",
            "22 maart 2021 (afgeleid)",
        ),
        (
            LegalDate(date(2021, 3, 22), DateBasis.NOT_LATER_THAN),
            "not later than 22 March 2021",
            "uiterlijk 22 maart 2021",
        ),
        (None, "date unknown", "datum onbekend"),
    ],
)
def test_legal_dates_say_how_they_are_known(value: LegalDate | None, english: str, dutch: str) -> None:
    assert (EN.legal_date(value), NL.legal_date(value)) == (english, dutch)


@pytest.mark.parametrize(
    ("low", "high", "english", "dutch"),
    [
        (36.08, 36.08, "36.08%", "36,08%"),
        (25, 50, "25–50%", "25–50%"),
        (0, 0, "0%", "0%"),
        (None, None, "share unknown", "aandeel onbekend"),
    ],
)
def test_shares(low: float | None, high: float | None, english: str, dutch: str) -> None:
    assert (EN.share(low, high), NL.share(low, high)) == (english, dutch)


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [(0, 0, ""), (0, 9, "0%"), (1, 1000, "<1%"), (1, 3, "33%"), (3, 3, "100%"), (999, 1000, ">99%")],
)
def test_parts_are_never_rounded_to_none_or_all(count: int, total: int, expected: str) -> None:
    assert EN.part(count, total) == expected


def test_sentences_inside_sentences_are_translated_too() -> None:
    outer = text("The inventory says {words}: {kind}", words="warmtebeeld", kind=text("thermal camera"))
    assert NL.say(outer) == "De inventaris zegt warmtebeeld: warmtebeeldcamera"
    assert EN.say(outer) == "The inventory says warmtebeeld: thermal camera"


def test_a_text_given_in_both_languages_needs_no_catalogue() -> None:
    sentence = text("{party} stands on {title}", party="Alpha", title=in_both(en="the list", nl="de lijst"))
    assert EN.say(sentence) == "Alpha stands on the list"
    assert NL.say(sentence).endswith(" de lijst")


def test_an_unknown_template_stays_english() -> None:
    assert NL.say(text("never translated {x}", x=3)) == "never translated 3"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'de'"):
        words_for("de")


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (answers.ANSWERS, Answer),
        (answers.LISTING_ANSWERS, Answer),
        (vocabulary.ANSWER_MEANINGS, Answer),
        (vocabulary.CONFIDENCES, Confidence),
        (vocabulary.CONFIDENCE_MEANINGS, Confidence),
        (vocabulary.KINDS, DeviceKind),
    ],
)
def test_every_value_of_an_enumeration_has_its_word(table: dict[str, object], values: type[StrEnum]) -> None:
    assert set(table) == set(values)


def test_a_word_that_is_not_ours_stands_as_it_is() -> None:
    assert NL.say(vocabulary.word(vocabulary.RELATIONS, "trustee {x}")) == "trustee {x}"


def test_the_catalogue_holds_just_the_messages_of_the_code() -> None:
    used = update_catalogue.used_messages()
    have = {message.id for message in update_catalogue.read_catalogue() if message.id}
    assert sorted(map(str, used - have)) == [], "run tools/update_catalogue.py and translate"
    assert sorted(map(str, have - used)) == [], "run tools/update_catalogue.py"


def test_every_message_is_translated_with_its_fields() -> None:
    messages = [message for message in update_catalogue.read_catalogue() if message.id]
    assert [m.id for m in messages if m.fuzzy] == []
    wrong = [m.id for m in messages for said, put in pairs(m) if not put or fields(said) != fields(put)]
    assert wrong == []


def pairs(message: Message) -> Iterator[tuple[str, str]]:
    said: Any = message.id
    put: Any = message.string
    if message.pluralizable:
        yield from zip(said, put, strict=True)
    else:
        yield said, put


def fields(template: str) -> set[str]:
    if template == "{nl}":  # the one template that takes the other field: `in_both`
        return {"en"}
    if "%(" in template:
        return set(PERCENT_FIELD.findall(template))
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_english_needs_no_catalogue() -> None:
    assert [words_for(lang).say(text("found")) for lang in Language] == ["found", "gevonden"]
