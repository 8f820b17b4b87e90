"""The page: self-contained, safe, and whole with or without pictures."""

import base64
import hashlib
import re
import sys
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
import report_factory
from lxml import html

from overzicht.evidence import Citation
from overzicht.reports.html.document import is_web_address
from overzicht.reports.html.page import render_html
from overzicht.reports.i18n import Language
from overzicht.reports.overview_report import OverviewReport

PICTURES = ("vl_convert", "pygraphviz")


@pytest.fixture(scope="module", params=list(Language))
def page(request: pytest.FixtureRequest) -> html.HtmlElement:
    return html.fromstring(render_html(report_factory.large_report(), request.param))


@pytest.fixture(scope="module")
def source() -> str:
    return render_html(report_factory.large_report(), Language.NL)


def test_nothing_is_fetched_and_nothing_runs(page: html.HtmlElement) -> None:
    assert page.xpath("//script | //link | //iframe | //img | //object | //form | //base") == []
    assert page.xpath("//@style | //@src | //@*[starts-with(name(), 'on')]") == []


def test_the_policy_allows_just_this_stylesheet(page: html.HtmlElement) -> None:
    (style,) = page.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "url(" not in style.text
    assert "@import" not in style.text


def test_texts_of_inventories_stay_texts(source: str) -> None:
    assert report_factory.MARKUP not in source
    assert "&lt;script&gt;alert(" in source
    assert "<as>" not in source.lower()


def test_only_web_addresses_are_links(page: html.HtmlElement) -> None:
    targets = page.xpath("//a/@href")
    assert all(target.startswith(("#", "https://", "http://")) for target in targets)
    assert not is_web_address("javascript:alert(1)")
    assert not is_web_address("file:///etc/passwd")
    assert is_web_address("HTTPS://example.org")


def test_ids_are_unique_and_links_inside_lead_somewhere(page: html.HtmlElement) -> None:
    ids: Counter[str] = Counter(page.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    inside = {target.removeprefix("#") for target in page.xpath("//a/@href") if target.startswith("#")}
    assert inside - set(ids) == set()
    named = {name for value in page.xpath("//@aria-labelledby") for name in value.split()}
    assert named - set(ids) == set()


def test_headings_are_in_order(page: html.HtmlElement) -> None:
    levels = [int(heading.tag[1]) for heading in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_each_chart_tells_its_name_and_stands_beside_its_table(page: html.HtmlElement) -> None:
    charts = page.xpath("//svg[@role='img'] | //*[local-name()='svg'][@role='img']")
    assert len({chart.get("aria-labelledby") for chart in charts}) == 8
    for chart in charts:
        for name in chart.get("aria-labelledby").split():
            assert page.xpath(f"//*[@id='{name}']")[0].text
    for table in ("t-makers", "t-places", "t-listings", "t-confidence", "t-owners", "t-checks"):
        assert page.xpath(f"//caption[@id='{table}']")


def test_the_matrix_answers_in_words(page: html.HtmlElement) -> None:
    (table,) = page.xpath("//table[caption[@id='t-checks']]")
    answers = Counter(cell.text_content().strip() for cell in table.xpath(".//td"))
    assert sum(answers.values()) == len(report_factory.checks())
    expected = Counter(check.answer.value for check in report_factory.checks())
    assert sorted(answers.values()) == sorted(expected.values())


def test_a_missing_answer_is_not_checked() -> None:
    report = report_factory.small_report()
    page = html.fromstring(render_html(replace(report, checks=report.checks[1:]), Language.EN))
    (table,) = page.xpath("//table[caption[@id='t-checks']]")
    assert "not checked" in table.xpath(".//tbody/tr[1]")[0].text_content()


def test_the_ownership_picture_marks_listed_owners_and_unknown_shares(page: html.HtmlElement) -> None:
    picture, _ = page.xpath("//*[local-name()='svg'][@role='group']")  # the second is for a phone
    text = picture.text_content()
    assert picture.xpath(".//*[contains(@class, 'listed')]")
    assert "36" in text
    assert "Pension Fund <Example> \\n Trust" in text
    assert page.get("lang") == "en" or "aandeel onbekend" in text


def test_marks_of_sources_are_shown(page: html.HtmlElement) -> None:
    sources = page.xpath("//section[@id='sources']")[0].text_content()
    for word in (
        ("not official", "incomplete") if page.get("lang") == "en" else ("niet officieel", "onvolledig")
    ):
        assert word in sources


@pytest.mark.parametrize("lang", list(Language))
def test_without_the_extras_tables_stand_open_and_say_why(
    lang: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PICTURES:
        monkeypatch.setitem(sys.modules, name, None)
    page = html.fromstring(render_html(report_factory.small_report(), lang))
    assert page.xpath("//*[local-name()='svg']") == []
    notes = [note.text_content() for note in page.xpath("//p[@class='oz-note']")]
    assert sum("“charts”" in note for note in notes) == 5
    for table in ("t-makers", "t-places", "t-listings", "t-confidence", "t-owners"):
        assert page.xpath(f"//details[@open]//caption[@id='{table}']")


@pytest.mark.parametrize("lang", list(Language))
def test_an_empty_report_says_what_is_missing(lang: Language) -> None:
    page = html.fromstring(render_html(report_factory.empty_report(), lang))
    sections = page.xpath("//main/section")
    assert len(sections) == 12
    assert all(len(section.text_content().split()) > 3 for section in sections)


def test_a_citation_without_title_still_has_a_name() -> None:
    report: OverviewReport = replace(
        report_factory.empty_report(), citations=(Citation(source="", title=""),)
    )
    assert "(source not named)" in render_html(report, Language.EN)


def test_the_stylesheet_stays_small_and_names_the_colours_of_the_charts(source: str) -> None:
    css = re.search(r"<style>(.*)</style>", source, re.DOTALL)
    assert css is not None
    assert css[1].count("\n") < 400
    charts = re.findall(r'class="oz-chart.*?</svg>', source, re.DOTALL)
    colours = {c for chart in charts for c in re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', chart)}
    assert {c for c in colours if f'"{c}"' not in css[1]} == set()
