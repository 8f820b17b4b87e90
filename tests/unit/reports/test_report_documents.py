"""One head for every HTML document: who made it, what it may load, and a way past its contents."""

from importlib.resources import files
from pathlib import Path

import jinja2
import pytest

from overzicht.reports.html.document import content_policy, document_head, page_environment
from overzicht.reports.i18n import Language

REPORTS = Path(str(files("overzicht.reports")))
FILLED = (
    '{% extends "_document.html" %}{% block title %}A & B{% endblock %}{% block content %}.{% endblock %}'
)


def document(template: str, lang: Language = Language.EN, style: str = "") -> str:
    environment = page_environment(lang)
    return environment.from_string(template).render(document_head("9.9", style))


def test_no_document_writes_a_head_of_its_own() -> None:
    heads = [path.name for path in REPORTS.rglob("*.html") if "<!doctype" in path.read_text("utf-8").lower()]
    assert heads == ["_document.html"]


@pytest.mark.parametrize("lang", list(Language))
def test_a_document_names_its_language_its_maker_and_what_it_may_load(lang: Language) -> None:
    page = document(FILLED, lang, ".x { color: red; }")
    assert f'<html lang="{lang}"' in page
    assert '<meta name="generator" content="Overzicht 9.9">' in page
    css = page.split("<style>")[1].split("</style>")[0]
    assert css.endswith(".x { color: red; }")
    assert content_policy(css).replace("'", "&#39;") in page


def test_without_a_heading_of_its_own_the_title_stands_above_it() -> None:
    page = document(FILLED.replace("&", "&amp;"))
    assert "<title>A &amp; B</title>" in page
    assert '<h1 class="utrecht-heading-1">A &amp; B</h1>' in page


def test_contents_come_with_a_way_past_them() -> None:
    with_contents = document(FILLED + '{% block contents %}<li><a href="#x">x</a></li>{% endblock %}')
    for each in ('href="#main"', '<nav class="oz-contents"', '<main id="main" tabindex="-1">'):
        assert each in with_contents
        assert each not in document(FILLED)
    assert "oz-layout--single" not in with_contents.split("</style>")[1]
    assert '<div class="oz-layout oz-layout--single">' in document(FILLED)


def test_a_package_puts_its_words_and_templates_before_ours() -> None:
    environment = page_environment(Language.EN, "overzicht.reports.registers", lambda words: {"say": "ours"})
    assert environment.globals["say"] == "ours"
    assert environment.get_template("merged_registers.html").name == "merged_registers.html"
    with pytest.raises(jinja2.TemplateNotFound):
        page_environment(Language.EN).get_template("merged_registers.html")
