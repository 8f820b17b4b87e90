"""The pages of due diligence in a real browser: readable by all, at any width, and a risk judged by hand."""

import pytest
import served_register
import web_tools
from ask_tools import asked_by
from browser_tools import (
    IN_BROWSER,
    PHONE,
    check_page,
    check_width,
    heard,
    in_looks,
    log_in,
    opened,
    themed,
)
from playwright.sync_api import Browser, expect
from web_tools import Served

from overzicht.store.accounts import Role
from overzicht.subjects.diligence import diligence_operations as acts
from overzicht.subjects.diligence import file_files as files
from overzicht.subjects.diligence.file_entries import NewAction, NewJudgement, stated

RISK = "own-use:hikvision"
PAGES = ["/diligence", "/diligence/gemeente-a", f"/diligence/gemeente-a/risk?id={RISK}",
         "/diligence/gemeente-a/risk?id=own-use:dahua"]  # fmt: skip

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(open_service: Served, tmp_path_factory: pytest.TempPathFactory) -> Served:
    web_tools.person(open_service, "mia", Role.EDITOR)
    served_register.fill(open_service, tmp_path_factory.mktemp("inventories"))
    act = served_register.act()
    files.new_file(open_service.store, served_register.TOWN, act)
    said = stated(
        NewJudgement, scale=3, scope=2, irremediability=1, likelihood=2, involvement="linked",
        leverage="some", reason="many people", likelihood_reason="seldom",
    )  # fmt: skip
    acts.judge(asked_by(open_service.store, act), "gemeente-a", RISK, **dict(said))
    due = served_register.LATER
    action = stated(NewAction, risk=RISK, kind="cease", what="replace them", owner="ann", due=due)
    acts.plan(asked_by(open_service.store, act), "gemeente-a", **dict(action))
    return open_service


@pytest.mark.sampled(4)
@in_looks(PAGES)
def test_axe_finds_no_fault_and_nothing_sticks_out(
    chromium: Browser, address: str, path: str, lang: str, theme: str
) -> None:
    page = log_in(opened(chromium, size=PHONE, lang=lang), address, to="/diligence")
    said = heard(page)
    page.goto(themed(f"{address}{path}", theme))
    check_page(page, lang)
    check_width(page)
    assert said == []


def test_a_risk_is_judged_and_an_action_followed_without_scripts(chromium: Browser, address: str) -> None:
    page = log_in(opened(chromium, scripts=False), address, to="/diligence")
    page.goto(f"{address}/diligence/gemeente-a")
    page.get_by_role("link", name="Use of devices made by Dahua").first.click()
    for field in ("Scale", "Scope", "Irremediability", "Likelihood"):
        page.get_by_label(field, exact=True).select_option("3")
    page.get_by_label("Reason for the severity").fill("people sleep there")
    page.get_by_label("Reason for the likelihood").fill("it was seen twice")
    page.get_by_label("The organisation", exact=True).select_option("contribute")
    page.get_by_label("Leverage", exact=True).select_option("great")
    page.get_by_role("button", name="Save the judgement").click()
    expect(page.get_by_text("people sleep there").first).to_be_visible()
    page.goto(f"{address}/diligence/gemeente-a")
    page.get_by_text("Progress of action 3").click()
    page.locator("#track-3-state").select_option("done")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("cell", name="done").first).to_be_visible()


def test_a_past_day_is_shown_without_forms(chromium: Browser, address: str) -> None:
    page = log_in(opened(chromium), address, to="/diligence")
    page.goto(f"{address}/diligence/gemeente-a?as-of=2026-02-10")
    expect(page.get_by_text("Go to the current date to make changes.")).to_be_visible()
    expect(page.get_by_role("button", name="Renew the map")).to_have_count(0)
