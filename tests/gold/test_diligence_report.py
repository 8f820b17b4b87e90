"""The yearly report of the example municipality, made as the guides make it, in both languages.

A changed gold file is read like changed code. Renew them with `UPDATE_GOLD=1 pytest
tests/gold/test_diligence_report.py` and look at the difference.
"""

import json
import os
import re
import shlex
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from overzicht.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
GUIDES = ("do-due-diligence.md", "judge-risks.md", "report-due-diligence.md")
GOLD = Path(__file__).parent / "reports"
FILE = "gemeente-voorbeeldstad"
DAY = "2026-06-02"
BLOCKS = {"p", "li", "h1", "h2", "h3", "h4", "tr", "summary", "dt", "section", "caption"}


class Seen(HTMLParser):
    """Gathers the text of a page, a line for each block; the style stays out."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self._is_style = tag == "style"
        self.parts.append("\n" if tag in BLOCKS else " ")

    def handle_endtag(self, tag: str) -> None:
        self._is_style = False

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.parts.append(data)


def seen(page: str) -> str:
    reader = Seen()
    reader.feed(page)
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    # the release and what it read last are no part of what the report says
    told = (re.sub(r"^Overzicht [\d.]+\S*$", "Overzicht", line) for line in lines if line)
    return "\n".join(told) + "\n"


def guide_commands() -> Iterator[list[str]]:
    """Yield what the guides do in turn, without the dossiers that ship: they are changed as facts come in."""
    lines = [
        line
        for name in GUIDES
        for line in (ROOT / "docs" / "how-to" / name).read_text(encoding="utf-8").splitlines()
    ]
    for line in lines:
        if line.startswith("$ overzicht ") and " report " not in line and " dossier " not in line:
            yield shlex.split(line)[2:]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("diligence")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder / "home"))
        patch.delenv("OVERZICHT_DATABASE_URL", raising=False)
        patch.chdir(ROOT)
        for command in [
            *guide_commands(),
            *(_report(folder, name) for name in ("nl.html", "en.html", "nl.json", "en.json")),
        ]:
            result = CliRunner().invoke(cli, command, catch_exceptions=False, standalone_mode=False)
            assert result.exception is None, (command, result.output)
        yield folder


def _report(folder: Path, name: str) -> list[str]:
    lang = ["--lang", name[:2]]
    out = ["--out", str(folder / name)]
    return ["diligence", "report", FILE, "--year", "2026", "--as-of", DAY, *lang, *out]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_report_of_the_example_is_as_it_was(reports: Path, lang: str) -> None:
    path = GOLD / f"diligence.{lang}.txt"
    told = seen((reports / f"{lang}.html").read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_GOLD"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def test_page_and_json_say_the_same(reports: Path) -> None:
    for lang in ("nl", "en"):
        told = json.loads((reports / f"{lang}.json").read_text(encoding="utf-8"))["view"]
        page = seen((reports / f"{lang}.html").read_text(encoding="utf-8"))
        for risk in told["risks"]:
            assert risk["title"] in page
        for step in told["steps"]:
            assert all(sentence in page for sentence in step["says"])
    assert [risk["severity"] for risk in told["risks"][:3]] == [4, 3, 3]
    assert {risk["severity"] for risk in told["risks"][3:]} == {None}
    assert [action["number"] in told["late"] for action in told["actions"]] == [True, False, True]
    withdrawn = [each for each in told["entries"] if each["withdrawn"]]
    assert [(each["number"], each["withdrawn"]["number"]) for each in withdrawn] == [(14, 15)]


def test_every_fact_on_the_map_has_a_source(reports: Path) -> None:
    told = json.loads((reports / "en.json").read_text(encoding="utf-8"))["view"]
    found = [f for risk in told["risks"] for f in risk["findings"] if f["answer"] == "found"]
    assert len(found) > 50
    assert all(any(reason["citations"] for reason in finding["reasons"]) for finding in found)
