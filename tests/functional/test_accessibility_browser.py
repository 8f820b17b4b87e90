"""Each criterion that an automatic check does not fully cover, in a real browser: one check per number.

The numbers are those of the accessibility statement (`overzicht.web.accessibility`).
"""

import csv
import io
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdf
import pytest
import served_register
import web_tools
from accessibility_tools import CONTRASTS, CUT_OFF, FOCUSABLE, PARTS, SPACING, Reader, tab_to, tabbed
from axe_playwright_python.sync_playwright import Axe
from browser_tools import DESKTOP, IN_BROWSER, OPENLY, PHONE, check_width
from playwright.sync_api import Browser, ViewportSize, expect
from web_tools import Served

from overzicht.store.accounts import Role
from overzicht.web.accessibility import CRITERIA

pytestmark = IN_BROWSER

PAGES = ("/", "/devices", "/review", "/imports/new", "/makers/hikvision", "/lists", "/sites", "/tenders")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("accessible"), OPENLY)
    web_tools.person(made, "mia", Role.ADMIN)
    folder = tmp_path_factory.mktemp("inventories")
    served_register.fill(made, folder)
    offer = served_register.table(served_register.ROWS[:2])
    served_register.take(made, folder / "offered.csv", offer, served_register.TOWN, accept=False)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def orientation(reader: Reader) -> None:
    page = reader.at("/devices", ViewportSize(width=320, height=900))
    parts = page.locator("h1, label, tbody, footer")  # the headings of columns are in each card of a row
    upright = [text.split() for text in parts.all_inner_texts()]
    page.set_viewport_size({"width": 900, "height": 320})
    assert [text.split() for text in parts.all_inner_texts()] == upright


def input_purpose(reader: Reader) -> None:
    page = reader.at("/login")
    assert page.get_by_label("Name").get_attribute("autocomplete") == "username"
    assert page.get_by_label("Password").get_attribute("autocomplete") == "current-password"
    page = reader.inside("/account")
    assert page.locator("[type=password]:not([autocomplete])").count() == 0


def colour_alone(reader: Reader) -> None:
    for path in ("/", "/devices", "/lists"):
        page = reader.at(path)
        badges = page.locator(".utrecht-status-badge")
        assert all(text.strip() for text in badges.all_inner_texts())
    page = reader.at("/")
    assert page.locator(".oz-chart--wide [fill*='hatch']").count() > 0
    assert page.locator(".oz-legend__item--listed").first.inner_text() == "made by a listed manufacturer"


def double_text(reader: Reader) -> None:
    for path in PAGES:
        page = reader.at(path)
        before = page.locator("main").inner_text()
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.locator("main").inner_text().split() == before.split(), path
        assert page.evaluate(CUT_OFF) == [], path


def pictures_of_text(reader: Reader) -> None:
    for path in PAGES:
        page = reader.at(path)
        assert page.locator("main img, main image").count() == 0, path
    assert reader.at("/").locator(".oz-chart svg text").count() > 0


def reflow(reader: Reader) -> None:
    page = reader.inside(size=ViewportSize(width=320, height=256))
    for path in PAGES:
        page.goto(f"{reader.address}{path}")
        check_width(page)


def contrast_of_parts(reader: Reader) -> None:
    for theme in ("light", "dark"):
        result = reader.at(f"/?theme={theme}").evaluate(CONTRASTS, [list(pair) for pair in PARTS])
        assert {pair: ratio for pair, ratio in zip(PARTS, result, strict=True) if ratio < 3} == {}, theme


def text_spacing(reader: Reader) -> None:
    for path in PAGES:
        page = reader.at(path, PHONE)
        page.evaluate(
            "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); "
            "document.adoptedStyleSheets = [sheet]; }",
            SPACING,
        )
        assert page.evaluate(CUT_OFF) == [], path
        check_width(page)


def what_opens(reader: Reader) -> None:
    page = reader.at("/", PHONE)
    link = page.get_by_role("link", name="Export control", exact=True)
    page.get_by_role("button", name="Menu").click()
    expect(link).to_be_visible()
    link.hover()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


def keyboard(reader: Reader) -> None:
    page = reader.at("/login?next=/")
    tab_to(page, "#name")
    page.keyboard.type("mia")
    tab_to(page, "#password")
    page.keyboard.type(web_tools.PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{reader.address}/")
    tab_to(page, "a[href='/devices']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/devices")
    tab_to(page, "#q")
    page.keyboard.type("annke")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=annke**")
    tab_to(page, "tbody th a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/devices/device-*")
    tab_to(page, "input[name=verdict]")
    page.keyboard.press("Space")
    tab_to(page, "#judge-reason")
    page.keyboard.type("type plate")
    page.keyboard.press("Enter")
    expect(page.get_by_text("confirmed: type plate")).to_be_visible()


def no_trap(reader: Reader) -> None:
    for path in ("/review", "/imports/new"):
        page = reader.inside(path)
        seen = page.locator(FOCUSABLE).evaluate_all("all => all.filter(e => e.checkVisibility()).length")
        radios = page.locator("input[type=radio]").count()  # a group of radio buttons is one stop
        assert len(tabbed(page)) >= seen - radios, path


def letters(reader: Reader) -> None:
    page = reader.inside("/review")
    waiting = page.locator("main > #results > p").first.inner_text()
    page.locator("#reason").fill("seen")
    page.get_by_label("Use these keys").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    assert page.locator("main > #results > p").first.inner_text() == waiting
    page.get_by_label("Use these keys").check()


def time_limits(reader: Reader) -> None:
    page = reader.inside("/devices?q=annke")
    page.context.clear_cookies()
    page.goto(f"{reader.address}/account")
    assert "next=" in page.url  # and back to the same page after the log-in
    limits = [row.number for row in CRITERIA if row.limit]
    assert limits == ["2.2.1"]
    expect(
        reader.at("/accessibility").get_by_text("A session ends 12 hours after the log-in")
    ).to_be_visible()


def skip_link(reader: Reader) -> None:
    page = reader.at("/devices")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def focus_order(reader: Reader) -> None:
    for path in ("/devices", "/imports/new"):
        parts = [state["part"] for state in tabbed(reader.inside(path)) if state["part"]]
        assert [part for i, part in enumerate(parts) if i == 0 or parts[i - 1] != part] == [
            "HEADER",
            "MAIN",
            "FOOTER",
        ], path


def several_ways(reader: Reader) -> None:
    page = reader.at("/")
    assert page.get_by_role("search", name="Search everywhere").count() == 1
    assert page.get_by_role("navigation", name="Main menu").get_by_role("link", name="Devices").count() == 1
    assert page.locator("main a[href^='/devices']").count() > 1


def headings(reader: Reader) -> None:
    for path in PAGES:
        page = reader.at(path)
        levels = page.locator("h1, h2, h3, h4").evaluate_all("all => all.map(e => Number(e.tagName[1]))")
        assert levels.count(1) == 1, path
        assert all(level <= before + 1 for before, level in pairwise(levels)), path
        assert all(text.strip() for text in page.locator("h1, h2, h3, label, legend").all_text_contents())


def focus_visible(reader: Reader) -> None:
    for path in ("/devices", "/review", "/sites"):
        hidden = [
            s for s in tabbed(reader.inside(path)) if s["style"] == "none" or float(str(s["width"])) < 2
        ]
        assert hidden == [], path


def focus_covered(reader: Reader) -> None:
    for size in (DESKTOP, PHONE):
        covered = [state["name"] for state in tabbed(reader.inside("/devices", size)) if not state["seen"]]
        assert covered == []


def label_in_name(reader: Reader) -> None:
    for path in (*PAGES, "/devices?q=annke"):
        page = reader.at(path)
        pairs = page.locator("a[aria-label], button[aria-label]").evaluate_all(
            "all => all.map(e => [e.innerText?.trim() ?? '', e.getAttribute('aria-label')])"
        )
        wrong = [(text, name) for text, name in pairs if text.isalnum() and text.lower() not in name.lower()]
        assert wrong == [], path


def dragging(reader: Reader) -> None:
    for path in PAGES:
        assert reader.at(path).locator("[draggable=true], input[type=range]").count() == 0, path


def target_size(reader: Reader) -> None:
    for size in (DESKTOP, PHONE):
        page = reader.inside(size=size)
        for path in PAGES:
            page.goto(f"{reader.address}{path}")
            result = Axe().run(page, options={"runOnly": {"type": "rule", "values": ["target-size"]}})
            assert result.violations_count == 0, f"{path}: {result.generate_report()}"


def language_of_parts(reader: Reader) -> None:
    page = reader.at("/lists/un-sc", lang="nl")
    expect(page.locator("[lang=en]", has_text="United Nations Security Council").first).to_be_visible()
    clause = reader.at("/tenders/clause", lang="nl")
    assert clause.locator(".oz-clause").evaluate_all("all => all.map(e => e.lang)") == ["nl", "en"]


def same_menu(reader: Reader) -> None:
    groups = {tuple(reader.at(path).locator(".oz-nav__list > li > a").all_inner_texts()) for path in PAGES}
    assert len(groups) == 1


def same_help(reader: Reader) -> None:
    ends = {tuple(reader.at(path).locator("footer a").all_inner_texts()) for path in (*PAGES, "/login")}
    assert len(ends) == 1
    assert "Accessibility" in next(iter(ends))


def named_errors(reader: Reader) -> None:
    page = reader.at("/login")
    page.get_by_label("Name").fill("mia")
    page.get_by_label("Password").fill("not the password")
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("alert").inner_text().strip()


def errors_with_a_fix(reader: Reader) -> None:
    page = reader.at("/tenders")
    page.locator("#files").set_input_files(Path("README.md"))
    page.get_by_role("button", name="Read the notices").click()
    expect(page.get_by_role("alert")).to_contain_text("→ give one of")


def undo(reader: Reader) -> None:
    page = reader.inside("/imports/1")
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    page.goto(f"{reader.address}/imports/{reader.offered}")
    for name in ("Accept", "Reject"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()


def asked_once(reader: Reader) -> None:
    page = reader.inside("/imports/1")
    assert page.locator("input[type=file]").count() == 0  # the preview does not ask for the file again
    page.goto(f"{reader.address}/tenders/clause?maker=hikvision")
    assert page.locator("main input").count() == 0  # the makers came along


def log_in_without_puzzles(reader: Reader) -> None:
    page = reader.at("/login")
    pasted = page.locator("#password").evaluate(
        "e => e.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))"
    )
    assert pasted
    assert page.locator("#password").get_attribute("autocomplete") == "current-password"
    assert page.locator("main img, main canvas, main iframe").count() == 0


def status_messages(reader: Reader) -> None:
    page = reader.at("/devices")
    page.locator("#q").fill("annke")
    page.wait_for_url("**q=annke**")
    expect(page.locator("#results[aria-live=polite]")).to_contain_text("1 device")


def pdf_with_tags(reader: Reader) -> None:
    answer = reader.served.client("reader").get("/api/v1/devices/export?form=pdf&lang=nl")
    root: Any = pypdf.PdfReader(io.BytesIO(answer.content)).trailer["/Root"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("nl")
    assert pypdf.PdfReader(io.BytesIO(answer.content)).metadata.title  # type: ignore[union-attr]


def statement(reader: Reader) -> None:
    for lang, date in (("en", "28 November 2026"), ("nl", "28 november 2026")):
        page = reader.at("/accessibility", lang=lang)
        expect(page.get_by_text(date)).to_be_visible()
        assert page.locator("#t-criteria").locator("xpath=..").locator("tbody tr").count() == len(CRITERIA)


CHECKS: dict[str, Callable[[Reader], None]] = {
    "1.3.4": orientation, "1.3.5": input_purpose, "1.4.1": colour_alone, "1.4.4": double_text,
    "1.4.5": pictures_of_text, "1.4.10": reflow, "1.4.11": contrast_of_parts, "1.4.12": text_spacing,
    "1.4.13": what_opens, "2.1.1": keyboard, "2.1.2": no_trap, "2.1.4": letters, "2.2.1": time_limits,
    "2.4.1": skip_link, "2.4.3": focus_order, "2.4.5": several_ways, "2.4.6": headings,
    "2.4.7": focus_visible, "2.4.11": focus_covered, "2.5.3": label_in_name, "2.5.7": dragging,
    "2.5.8": target_size, "3.1.2": language_of_parts, "3.2.3": same_menu, "3.2.6": same_help,
    "3.3.1": named_errors, "3.3.3": errors_with_a_fix, "3.3.4": undo, "3.3.7": asked_once,
    "3.3.8": log_in_without_puzzles, "4.1.3": status_messages, "PDF": pdf_with_tags, "EN-301-549": statement,
}  # fmt: skip


@pytest.mark.sampled(4)
@pytest.mark.parametrize("number", CHECKS)
def test_the_criterion_is_met(chromium: Browser, address: str, served: Served, number: str) -> None:
    CHECKS[number](Reader(chromium, address, served))


def test_the_statement_has_each_tested_criterion() -> None:
    assert [row.number for row in CRITERIA] == list(CHECKS)


def test_each_row_of_the_norm_is_tested(shared_data: Path) -> None:
    norm = (shared_data.parent / "norms" / "wcag22-beyond-axe.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(io.StringIO(norm))
    assert {row["criterion"] for row in rows} == set(CHECKS)
