"""The dated rules of the dual-use regulation: whole, in order, and refused where they are not."""

from datetime import date, timedelta

import pytest
import yaml

from overzicht.dates import Holds
from overzicht.errors import PackagedFactError, UnknownNameError
from overzicht.evidence.packaged import packaged_text, read_facts
from overzicht.law.export_rules import RULES_FILE, ExportRules, export_rules
from overzicht.law.territory import union_territory


@pytest.mark.parametrize(
    ("name", "days", "extension", "readings", "start", "articles"),
    [
        ("art14-objection", 10, 30, ("added", "total"), date(2009, 8, 27), ("11(1)", "14(1)")),
        ("art14-security-talks", 10, None, (), date(2009, 8, 27), ("11(2)", "14(2)")),
        ("art16-consultation", 10, 30, ("added", "total"), date(2009, 8, 27), ("13(5)", "16(5)")),
        ("art21-customs-hold", 10, 30, ("total",), date(2009, 8, 27), ("16(4)", "21(4)")),
        ("art5-review-by-others", 30, 30, ("added",), date(2021, 9, 9), ("5(5)", "5(5)")),
    ],
)
def test_deadlines_the_day_before_and_the_day_of(
    name: str,
    days: int,
    extension: int | None,
    readings: tuple[str, ...],
    start: date,
    articles: tuple[str, str],
) -> None:
    deadline = export_rules().deadline(name)
    assert deadline.on(start - timedelta(days=1)).in_force is Holds.NO
    for value in (deadline.on(start), deadline.on(date(2021, 9, 9))):
        assert (value.working_days, value.extension, value.readings) == (days, extension, readings)
    days_of_law = (date(2021, 9, 8), date(2021, 9, 9))
    assert tuple(deadline.in_regulation_of(day).article for day in days_of_law) == articles


def test_the_regulation_of_the_day() -> None:
    assert [export_rules(day).regulation for day in (date(2021, 9, 8), date(2021, 9, 9))] == [
        "428/2009", "2021/821",
    ]  # fmt: skip
    earlier = export_rules(date(2021, 4, 13))
    assert not earlier.applies_on(date(2009, 8, 26))
    assert earlier.applies_on(date(2009, 8, 27))
    assert set(earlier.duties) == {"art4-informed", "art4-aware", "art4-suspicion", "art9-measure"}
    assert set(earlier.rules) == set(export_rules().rules)
    assert earlier.cite("13(5)").title == "Regulation (EC) No 428/2009"
    assert earlier.records.years == 3  # Article 20(3); five years since 2021


def test_the_words_of_the_earlier_regulation_are_in_both_languages() -> None:
    earlier, worded = export_rules(date(2021, 4, 13)), 0
    for part in ("deadlines", "rules", "criteria", "duties"):
        for key, rule in getattr(export_rules(), part).items():
            if rule.before is not None:
                then = getattr(earlier, part)[key]
                words = rule.before if rule.before.en else rule
                assert (then.en, then.nl, then.article) == (words.en, words.nl, rule.before.article)
                worded += bool(rule.before.en)
    assert worded


def test_every_article_that_was_not_read_is_marked() -> None:
    earlier = export_rules(date(2021, 4, 13))
    read = {
        rule.article for part in (earlier.rules, earlier.duties, earlier.criteria)
        for rule in part.values() if not rule.unverified
    }  # fmt: skip
    assert read == {
        "3(1)", "5", "9(1)", "11(1)", "12(1)", "12(1)(a)", "12(1)(b)", "12(1)(d)", "12(2)", "20(3)",
        "22", "22(1)", "22(2)",
    }  # fmt: skip


def test_silence_means_opposite_things_in_articles_14_and_16() -> None:
    rules = export_rules()
    assert rules.deadline("art14-objection").silence.en == "no answer counts as no objection"
    assert rules.deadline("art16-consultation").silence.en == "no answer counts as not essentially identical"


def test_what_no_source_was_seen_for_is_marked() -> None:
    rules = export_rules()
    assert rules.counting.unverified == ("working day", "event day")
    assert {one.id for one in rules.criteria.values() if one.unverified} == {
        f"policy-{n}" for n in range(1, 9)
    }


def test_every_source_named_exists_and_can_be_cited() -> None:
    rules = export_rules()
    named = {key for one in rules.deadlines.values() for value in one.values for key in value.sources}
    assert named <= set(rules.sources)
    assert rules.cite("16(5)").address.startswith("https://eur-lex.europa.eu/")


@pytest.mark.parametrize(
    ("country", "day", "holds"),
    [
        ("GB", date(2020, 12, 31), Holds.YES),
        ("GB", date(2021, 1, 1), Holds.NO),
        ("HR", date(2013, 6, 30), Holds.UNKNOWN),
        ("HR", date(2013, 7, 1), Holds.YES),
        ("KZ", date(2026, 1, 1), Holds.NO),
        ("GP", date(2026, 1, 1), Holds.YES),  # a code of its own, in the customs territory all the same
        ("NC", date(2026, 1, 1), Holds.NO),
        ("XI", date(2026, 1, 1), Holds.UNKNOWN),
    ],
)
def test_the_union_over_time(country: str, day: date, holds: Holds) -> None:
    assert union_territory().holds(country, day) is holds


@pytest.mark.parametrize(
    ("country", "address", "named"),
    [
        ("ES", "Calle Real 1, 51001 CEUTA", ["ceuta-melilla"]),
        ("FR", "12 rue du Port, Saint-Denis, La Reunion", ["french-outermost"]),
        ("FI", "Storagatan 1, Mariehamn", ["aland"]),
        ("ES", "Calle Ceutana 1, Madrid", []),
        ("PT", "Ceuta", []),
    ],
)
def test_addresses_that_name_a_special_place(country: str, address: str, named: list[str]) -> None:
    assert [place.id for place in union_territory().named_in(country, ["", address])] == named


def test_every_special_place_has_a_source_or_is_unknown() -> None:
    held = union_territory()
    for place in held.special.values():
        assert held.cite(place) or (place.inside is Holds.UNKNOWN and place.unverified)
        assert place.of in (*held.states, *held.left)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("deadlines", "art16-consultation", "values", 1, "working_days"), None),
        (("deadlines", "art16-consultation", "values", 1, "readings"), []),
        (("deadlines", "art16-consultation", "values", 0, "since"), date(2022, 1, 1)),
        (("deadlines", "art16-consultation", "colour"), "blue"),
        (("rules", "denials", "nl"), ""),
    ],
)
def test_a_wrong_fact_is_refused(path: tuple[str | int, ...], value: object) -> None:
    data = yaml.safe_load(packaged_text("overzicht.law", RULES_FILE))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(PackagedFactError, match=RULES_FILE):
        read_facts(ExportRules, RULES_FILE, yaml.safe_dump(data))


def test_an_unknown_deadline_lists_the_known_ones() -> None:
    with pytest.raises(UnknownNameError) as error:
        export_rules().deadline("art99")
    assert "art14-objection" in error.value.fix
