"""Several registers in one overview: what counts, what does not and why, and what nobody tells."""

from collections import Counter
from itertools import pairwise

import pytest
from lxml import html
from merged_tools import LONG, MARKUP, MODEL, register, together

from overzicht.register.merging import Level, merge
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.registers import page as pages
from overzicht.reports.registers.page import render_merged
from overzicht.reports.registers.register_lines import NUMBERS, merged_lines
from overzicht.views.serialiser import json_text, plain

SECTIONS = [
    "short",
    "organisations",
    "unknowns",
    "numbers",
    "makers",
    "kinds",
    "models",
    "statements",
    "sources",
]


@pytest.fixture(scope="module", params=list(Language))
def page(request: pytest.FixtureRequest) -> html.HtmlElement:
    return html.fromstring(render_merged(together(), request.param))


@pytest.fixture(scope="module")
def english() -> html.HtmlElement:
    return html.fromstring(render_merged(together(), Language.EN))


def table(page: html.HtmlElement, name: str) -> list[list[str]]:
    (found,) = page.xpath(f"//table[caption[@id='{name}']]")
    return [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
        for row in found.xpath("./tbody/tr")
    ]


def words_of(page: html.HtmlElement, section: str) -> str:
    (found,) = page.xpath(f"//section[@id='{section}']")
    return " ".join(found.text_content().split())


def test_the_page_is_whole_safe_and_in_order(page: html.HtmlElement) -> None:
    assert page.xpath("//main/section/@id") == SECTIONS
    assert page.xpath("//nav//a/@href") == [f"#{name}" for name in SECTIONS]
    assert page.xpath("//script | //link | //img | //form | //@style | //@*[starts-with(name(), 'on')]") == []
    ids: Counter[str] = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert {target[1:] for target in page.xpath("//a/@href") if target.startswith("#")} - set(ids) == set()
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert page.xpath("//a[starts-with(@href, 'javascript')]") == []


def test_texts_of_other_organisations_stay_texts() -> None:
    source = render_merged(together(), Language.EN)
    assert MARKUP not in source
    assert "&lt;script&gt;alert(" in source


def test_each_register_tells_whether_it_counts_and_why_not(english: html.HtmlElement) -> None:
    rows = table(english, "t-organisations")
    assert [row[4] for row in rows if row[0] == MARKUP] == ["yes"]
    assert [row[3:] for row in rows if row[0] == "Bb"] == [
        ["25", "no its newer register of 1 March 2026 counts"], ["27", "yes"],
    ]  # fmt: skip
    assert [row[4] for row in rows if row[0] == "Cc"] == [f"no it is included in {LONG}"]
    assert [row[2] for row in rows if row[0] == LONG] == ["counts, models and each device"]


def test_a_number_that_nobody_tells_is_a_dash_and_others_say_how_many_tell_it(
    english: html.HtmlElement,
) -> None:
    rows = {row[0]: row[1:] for row in table(english, "t-numbers")}
    assert rows["devices"] == ["367", "3"]
    assert rows["under another brand in all"] == ["3", "1"]
    assert rows["replaced"] == ["–", "0"]
    assert rows["of_our_own"] == ["2", "1"]
    values = [each.text_content().split() for each in english.xpath("//dd[@class='oz-headline__value']")]
    assert values == [["367"], ["173", "47%"], ["3", "<1%"], ["7", "2%"]]


def test_what_is_unknown_stands_under_each_organisation(english: html.HtmlElement) -> None:
    said = words_of(english, "unknowns")
    assert "the manufacturer of 7 devices is unknown or undecided" in said
    assert said.count("it does not share its models") == 3
    assert said.count("does not count") == 2
    assert f"{LONG}, 1 May 2026 This register reports no unknowns." in said


def test_makers_kinds_models_and_statements_stand_in_tables(english: html.HtmlElement) -> None:
    assert table(english, "t-makers") == [["Hikvision", "360"], ["unknown", "7"]]
    assert table(english, "t-kinds") == [["camera", "367"]]
    assert table(english, "t-models") == [
        ["Annke C800", "camera", "Hikvision", "6", f"Bb, {LONG}"],
        ["(no brand or model)", "camera", "unknown", "3", LONG],
    ]
    assert "of 2 of 3 organisations; the models of the other organisations are unknown" in words_of(
        english, "models"
    )
    assert table(english, "t-statements") == [
        [MARKUP, "2025-11", "120", MARKUP, "camera", "in use", "javascript:alert(1)"]
    ]
    assert "have different dates" in words_of(english, "short")
    assert len(english.xpath("//section[@id='sources']//li")) == 5


def test_a_stated_quantity_is_worded_in_the_language_and_stays_as_written_in_data() -> None:
    said = {
        "said": "2025-11", "maker_named": "Dahua", "quantity": "at least 140", "kind": "camera",
        "status": "", "address": "",
    }  # fmt: skip
    merged = merge([register("a", 15, statements=[said])])
    (row,) = table(html.fromstring(render_merged(merged, Language.NL)), "t-statements")
    assert "minstens 140" in row
    assert any("minstens 140 Dahua" in line for line in merged_lines(merged, words_for(Language.NL)))
    assert "at least 140" in json_text(merged)


def test_models_beyond_what_a_page_shows_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "ENTRIES_SHOWN", 2)
    models = [{**MODEL, "model": f"C{number}"} for number in range(5)]
    merged = merge([register("a", 15, level=Level.MODELS, models=models)])
    found = html.fromstring(render_merged(merged, Language.EN))
    assert len(table(found, "t-models")) == 2
    assert "3 more models are in the JSON form." in words_of(found, "models")
    assert "of 1 of 1 organisations." in words_of(found, "models")


def test_a_register_of_nothing_has_a_page() -> None:
    merged = merge([register("a", 0, counts={}, makers=[], kinds={})])
    found = html.fromstring(render_merged(merged, Language.NL))
    assert "Geen enkel register noemt een fabrikant." in words_of(found, "makers")
    assert [row[1] for row in table(found, "t-numbers")] == ["–"] * len(NUMBERS)


def test_the_terminal_speaks_either_language_and_obeys_no_control_character() -> None:
    merged = merge([register("a", 1, counts={"listed": 0}), register("b\x1b[31m", 2, "2026-04-01")])
    english = merged_lines(merged, words_for("en"))
    assert english[0] == "2 organisations, as of days from 1 March 2026 to 1 April 2026"
    assert english[1:4] == [
        "  2 devices",
        "  1 of listed manufacturers",
        "  – of these under another brand",
    ]
    assert "A (1 March 2026, counts): not stated" in english
    assert not any("\x1b" in line for line in english)
    dutch = merged_lines(merged, words_for("nl"))
    assert dutch[0] == "2 organisaties, stand van dagen van 1 maart 2026 tot en met 1 april 2026"
    assert "  onbekend: de organisatie deelt haar modellen niet" in dutch


def test_json_has_each_member_with_its_own_numbers() -> None:
    data = plain(together())
    assert data["totals"]["total"] == 367
    assert [each["counts"] for each in data["members"]].count(False) == 2
    assert {each["name"]: each["counts"] for each in (member["published"] for member in data["members"])}[
        "Cc"
    ] == {
        "total": 12,
        "listed": 6,
    }
