"""Dossiers rendered: equal for equal input, escaped, in both languages, and every source numbered."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from dossier_tools import ACT, begin, correct, entry, whole, withdraw

from overzicht.evidence.worded_enum import WordedEnum
from overzicht.reports.html import charts, ownership
from overzicht.reports.i18n import Language, words_for
from overzicht.store.database import Store
from overzicht.subjects.dossiers.dossier_lines import MOMENTS, dossier_lines, list_lines
from overzicht.subjects.dossiers.model import EntryKind, PresenceKind, StepKind
from overzicht.subjects.dossiers.page import Sources, render_dossier
from overzicht.subjects.dossiers.showing import list_dossiers, show_dossier
from overzicht.subjects.dossiers.views import DossierView
from overzicht.subjects.dossiers.weighing import ClaimStatus, Completeness
from overzicht.views.serialiser import json_text, plain

TODAY = date(2026, 11, 25)
LATER = replace(ACT, at=ACT.at + timedelta(days=1))
EVIL = "<script>alert('x')</script>\x1b[31m"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "home")
    yield opened
    opened.close()


@pytest.fixture
def view(store: Store) -> DossierView:
    begin(store, *whole())
    correct(store, "acme", "talk", {"day": "2025-04-02"}, LATER, "the minutes")
    withdraw(store, "acme", "own-step", LATER, "a mistake")
    return show_dossier(store, "acme", TODAY)


def test_equal_views_give_equal_bytes(view: DossierView) -> None:
    for lang in Language:
        assert render_dossier(view, lang) == render_dossier(view, lang)
    assert json_text(view) == json_text(view)


def test_every_sentence_stands_on_the_page_with_its_source(view: DossierView) -> None:
    page = render_dossier(view, Language.EN)
    index = Sources(view)
    for finding in view.sentences:
        assert index.numbers(finding.citations)
    for number in range(1, len(index.all) + 1):
        assert f'id="c{number}"' in page
        assert f'href="#c{number}"' in page
    assert "Version 1 by Noor, 25 November 2026:" in page
    assert "(changed since: day)" in page
    assert "<s>1 April 2025: said so</s>" in page
    assert "(a mistake)" in page


def test_the_dutch_page_is_dutch(view: DossierView) -> None:
    page = render_dossier(view, Language.NL)
    for said in ("Beweringen", "betwist", "Het deed het.", "Ingetrokken:", "Versie 1 van Noor"):
        assert said in page
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
    assert "It did it." not in body
    assert "Claims" not in body


def test_nothing_in_a_dossier_is_taken_for_markup_or_for_a_command(store: Store) -> None:
    begin(
        store,
        entry("source", id="paper", title=EVIL, publisher=EVIL),
        entry("claim", id="deed", what=EVIL, about=[EVIL],
              reports=[{"by": EVIL, "day": "2025-01-10", "source": "paper", "place": EVIL}]),
        entry("step", id="talk", parties=[EVIL], reference=EVIL, responsible=EVIL),
    )  # fmt: skip
    shown = show_dossier(store, "acme", TODAY)
    for lang in Language:
        assert "<script" not in render_dossier(shown, lang)
        lines = "\n".join(
            [*dossier_lines(shown, words_for(lang)), *list_lines([shown.line], words_for(lang))]
        )
        assert "\x1b" not in lines
    assert json.loads(json_text(shown))["claims"][0]["assertion"].startswith("<script>")


def test_without_the_libraries_that_draw_tables_stand_alone(
    view: DossierView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "are_available", lambda: False)
    monkeypatch.setattr(ownership, "is_available", lambda: False)
    assert "<svg" not in render_dossier(view, Language.EN)


def test_the_page_allows_its_own_style_alone(view: DossierView) -> None:
    page = render_dossier(view, Language.EN)
    assert "default-src 'none'; style-src 'sha256-" in html.unescape(page)
    assert "http-equiv" in page
    assert not re.search(r"<(script|link|img|iframe)\b", page)


def test_json_says_whether_the_other_side_was_heard(view: DossierView) -> None:
    data = plain(view, words_for(Language.NL).say)
    assert data["line"]["complete"] is True
    assert data["claims"][0]["status"] == "disputed"
    assert data["claims"][0]["reports"][0]["statement"] == "10 januari 2025: Agency berichtte: Het deed het."
    assert data["steps"][0]["on"] == {
        "day": "2025-04-02",
        "basis": "stated",
        "rule": "",
        "earliest": None,
    }
    assert data["sources"][0]["document"]["read"] == "2026-11-20"


def test_a_list_of_a_day_before_everything_is_incomplete(store: Store) -> None:
    begin(store, *whole())
    (line,) = list_dossiers(store, date(2020, 1, 1))
    (said,) = list_lines([line], words_for("nl"))
    assert "beweringen 0, stappen 0, wederhoor 0" in said
    assert "onvolledig" in said


def test_every_value_has_a_word() -> None:
    kinds: tuple[type[WordedEnum], ...] = (ClaimStatus, Completeness, EntryKind, PresenceKind, StepKind)
    assert all(str(each.words) for kind in kinds for each in kind)
    assert {"claim", "response", "asked", "reply", "listing"} <= set(MOMENTS)
