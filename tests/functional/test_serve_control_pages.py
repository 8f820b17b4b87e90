"""The pages of export control: without scripts, in both languages, on a phone, with axe."""

import json
from collections.abc import Iterator
from pathlib import Path

import licensing_tools
import pytest
import web_tools
from ask_tools import ask
from browser_tools import (
    DESKTOP,
    IN_BROWSER,
    LOOKS,
    PHONE,
    check_page,
    check_width,
    heard,
    log_in,
    opened,
    pages_in,
    themed,
)
from playwright.sync_api import Browser, Page, ViewportSize, expect
from store_tools import company, put, snapshot_of
from web_tools import AT, Served

from overzicht.dates import read_iso_date
from overzicht.evidence.actor import Actor
from overzicht.store.accounts import Role
from overzicht.subjects.control_list.update import Choices, install_version
from overzicht.subjects.licensing import cases
from overzicht.subjects.licensing import denials_operations as denials
from overzicht.subjects.licensing.denial_model import Denial
from overzicht.web.service import ServiceOptions

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "export-control"
DAY = "2026-03-20"
PAGES = [
    "/screen", "/screen?name=Vostochnyy+Glaz&kind=Company", "/control", "/control?q=brass+kettle",
    "/control/provisions/7A900.a", "/control/diff?before=2021&after=2025-11-15", "/classify", "/licences",
    "/licences/DE-0001", "/denials", "/denials/NL-D-2026-01",
]  # fmt: skip
OLD = {"7A900": "Kettles:", "7A900.a": "Brass kettles exceeding 5 W;", "7A900.b": "Tin kettles."}

pytestmark = IN_BROWSER


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("control-pages")
    made = web_tools.serve(folder / "home", ServiceOptions(rate="", hosts=("127.0.0.1",)))
    for name in ("olga", "piet"):
        web_tools.person(made, name, Role.OFFICER)
    day = read_iso_date(DAY)
    listed = [company("u1", "Vostochnyy Glaz LLC", since=read_iso_date("2026-03-01"))]
    put(made.store, snapshot_of("un-sc", read_iso_date("2026-03-02")), listed)
    for version, texts in {
        "2021": OLD,
        "2025-11-15": {**OLD, "7A900.a": "Brass kettles exceeding 9 W;"},
    }.items():
        rows = [{"entry": p[:5], "path": p, "kind": "provision", "text": each} for p, each in texts.items()]
        file = folder / f"annex-{version}.jsonl"
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        install_version(made.store, file, Actor(AT.date(), "olga", AT), Choices(force=True))
    act = Actor(day, "olga", AT)
    items = licensing_tools.unlisted()
    cases.new_case(made.store, licensing_tools.application(items=items), act, replace=False)
    denials.add(ask(made.store, day, "olga"), Denial.model_validate(licensing_tools.raw("denial")))
    made.client("reader").get("/screen", params={"name": "Bakkerij De Zon"})  # loads the engine once
    yield made
    made.store.close()


def logged_in(
    browser: Browser, address: str, name: str = "olga", size: ViewportSize = DESKTOP, lang: str = "en",
    *, scripts: bool = True,
) -> Page:  # fmt: skip
    page = log_in(opened(browser, size=size, lang=lang, scripts=scripts), address, name)
    page.goto(f"{address}/lists?lang={lang}&as-of={DAY}")
    return page


@pytest.mark.sampled(2)
@LOOKS
def test_axe_finds_no_fault_and_the_console_is_silent(
    chromium: Browser, address: str, lang: str, theme: str
) -> None:
    page = logged_in(chromium, address, lang=lang)
    said = heard(page)
    for path in pages_in(lang, PAGES):
        answer = page.goto(themed(f"{address}{path}", theme))
        assert answer is not None
        assert answer.status == 200, path
        check_page(page, lang)
    assert said == []


def test_a_phone_needs_no_sideways_scroll(chromium: Browser, address: str) -> None:
    page = logged_in(chromium, address, size=PHONE, lang="nl")
    for path in PAGES:
        page.goto(f"{address}{path}")
        check_width(page)


def test_a_name_is_screened_and_every_list_answers(chromium: Browser, address: str) -> None:
    page = logged_in(chromium, address, scripts=False)
    page.goto(f"{address}/screen")
    page.get_by_label("Name of a person, company or body").fill("Vostochnyy Glaz LLC")
    page.get_by_role("button", name="Screen").click()
    expect(page.get_by_role("heading", name="Vostochnyy Glaz LLC", exact=True)).to_be_visible()
    assert page.get_by_role("table", name="Answers by list").get_by_text("not checked").count() > 0
    page.goto(f"{address}/screen?name=Bakkerij+De+Zon")
    expect(
        page.get_by_text("Not listed: no list that covers this date has a party with this name")
    ).to_be_visible()


def test_a_product_is_classified_answer_by_answer_and_kept(chromium: Browser, address: str) -> None:
    page = logged_in(chromium, address, scripts=False)
    page.goto(f"{address}/classify")
    page.get_by_label("Product file").set_input_files(EXAMPLES / "thermal-core.yaml")
    page.get_by_role("button", name="Classify").click()
    expect(page.get_by_text("6A003.b.4.b").first).to_be_visible()
    page.goto(f"{address}/classify")
    page.get_by_label("Name of the product").fill("a camera core")
    page.locator("#f-imaging_camera").check()
    page.get_by_role("button", name="Next").click()
    asked = page.locator("form.oz-form .utrecht-select").first
    before = page.content().count("not stated")
    asked.select_option(index=2)
    with page.expect_navigation():
        page.get_by_role("button", name="Classify with these facts").click()
    assert page.content().count("not stated") < before
    page.get_by_role("button", name="Save this classification").click()
    expect(page.get_by_text("Saved as classification a-camera-core#")).to_be_visible()


def test_a_case_is_filed_consulted_and_decided_by_another_officer(chromium: Browser, address: str) -> None:
    olga = logged_in(chromium, address, scripts=False)
    olga.goto(f"{address}/licences/DE-0001")
    olga.get_by_role("button", name="File this draft").click()
    olga.get_by_role("button", name="Assess: match the denials").click()
    expect(olga.get_by_text("a state is being consulted").first).to_be_visible()
    olga.get_by_role("button", name="Record consultation on 20 March 2026").click()
    olga.get_by_label("Answer of the state").select_option("not identical")
    olga.get_by_role("button", name="Save the answer").click()
    olga.get_by_role("button", name="Assess: match the denials").click()
    expect(olga.get_by_text("Another officer must decide it")).to_be_visible()
    piet = logged_in(chromium, address, "piet", scripts=False)
    piet.goto(f"{address}/licences/DE-0001")
    piet.locator("summary", has_text="Decide").click()
    piet.get_by_label("Outcome").select_option("denied")
    piet.locator("#reasons").fill("a clear risk")
    piet.get_by_role("button", name="Save the decision").click()
    expect(piet.get_by_text("a clear risk")).to_be_visible()
    with piet.expect_download() as kept:
        piet.get_by_role("link", name="decision", exact=True).click()
    assert kept.value.suggested_filename == "case-decision.html"


def test_an_editor_sees_neither_denials_nor_their_menu_entry(served: Served) -> None:
    editor = served.client("editor")
    page = editor.get("/licences/DE-0001", params={"as-of": DAY}, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert "NL-D-2026-01" not in page.text
    assert 'href="/denials' not in page.text
    assert editor.get("/denials", headers={"Accept": "text/html"}).status_code == 403
    assert 'href="/licences' not in served.client("reader").get("/lists").text


def test_the_forms_of_a_case_keep_facts_and_findings(served: Served) -> None:
    officer = served.client("officer")
    act = {"as-of": DAY}
    items = licensing_tools.unlisted()
    other = licensing_tools.application(id="DE-0002", items=items)
    cases.new_case(served.store, other, Actor(read_iso_date(DAY), "olga", AT), replace=False)
    path = "/licences/DE-0002"
    fact = {"name": "covert", "answer": "no", "source": "the data sheet"}
    assert officer.post(f"{path}/facts", params=act, data=fact).status_code == 303
    assert officer.post(f"{path}/facts", params=act, data={**fact, "source": ""}).status_code == 400
    assert officer.post(f"{path}/submit", params=act).status_code == 303
    finding = {
        "criterion": "policy-2", "finding": "a clear risk", "evidence": "an invented report",
        "source_date": "2026-01-01", "weight": "heavy", "direction": "against",
    }  # fmt: skip
    assert officer.post(f"{path}/criteria", params=act, data=finding).status_code == 303
    verdict = {"denial": "NL-D-2026-01", "verdict": "different", "reason": "another firm"}
    assert officer.post(f"{path}/verdicts", params=act, data=verdict).status_code == 303
    shown = officer.get(path, params=act).text
    assert "an invented report" in shown
    assert "dismissed by a person" in shown
    review = {"outcome": "renew", "reasons": "it still holds"}
    kept = officer.post("/denials/NL-D-2026-01/reviews", params={"as-of": "2029-01-15"}, data=review)
    assert kept.status_code == 303
    wrong = {"file": ("case.yaml", b"id: X")}
    refused = officer.post("/licences", files=wrong, headers={"Accept": "text/html"})
    assert (refused.status_code, "parties: it is missing" in refused.text) == (400, True)
