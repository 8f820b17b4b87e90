"""The site of the documentation: it has both languages and search, and fetches nothing from outside."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FETCHED = re.compile(
    r"<(?:script|img|iframe|source)[^>]+src=[\"']?(https?:|//)"
    r"|<link[^>]+rel=[\"']?(?:stylesheet|preconnect|preload|icon)[\"']?[^>]*href=[\"']?(https?:|//)"
    r"|@import\s+(?:url\()?[\"']?(https?:|//)|url\([\"']?(https?:|//)"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)],
        cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def test_every_page_is_in_the_site_and_in_its_navigation(site: Path) -> None:
    home = (site / "index.html").read_text(encoding="utf-8")
    for page in (ROOT / "docs").rglob("*.md"):
        name = page.relative_to(ROOT / "docs").with_suffix(".html")
        name = name.with_name("index.html") if page.name == "README.md" else name
        assert (site / name).exists(), name
        assert f'href="{name}"' in home, f"{name} is not in the navigation"


@pytest.mark.parametrize("words", ["Screen names", "Namen controleren", "covers a date"])
def test_both_languages_can_be_searched(site: Path, words: str) -> None:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    assert index["config"]["lang"] == ["en", "nl"]
    assert [entry for entry in index["docs"] if words in entry["title"] or words in entry["text"]]


def test_a_page_states_its_language(site: Path) -> None:
    for name, lang in (("index.html", "en"), ("nl/index.html", "nl"), ("nl/how-to/load-lists.html", "nl")):
        page = (site / name).read_text(encoding="utf-8")
        assert f'<html lang="{lang}"' in page
        assert ("Inhoudsopgave" in page) == (lang == "nl")


def test_a_link_to_a_file_outside_the_documentation_holds(site: Path) -> None:
    assert 'href="project/GLOSSARY.html"' in (site / "index.html").read_text(encoding="utf-8")
    assert (site / "project/GLOSSARY.html").exists()
    assert (site / "project/examples/gemeente-voorbeeldstad/index.html").exists()


def test_the_site_fetches_nothing_from_outside(site: Path) -> None:
    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        found = FETCHED.search(path.read_text(encoding="utf-8"))
        assert found is None, f"{path}: {found}"


def test_what_is_fetched_is_recognised() -> None:
    assert FETCHED.search('<script src="https://cdn.example/a.js">')
    assert FETCHED.search('<link rel="stylesheet" href="//fonts.example/css">')
    assert not FETCHED.search('<a href="https://example.org"><img src="images/a.png">')
