"""Questions and answers taken out: their commands, addresses and links go with them, nothing else does."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import web_tools
from fastapi.routing import APIRoute
from web_tools import TESTER, Served

from overzicht import composition
from overzicht.cli import loading
from overzicht.store import decisions
from overzicht.subjects import questions
from overzicht.subjects.questions import routes
from overzicht.subjects.questions.command_group import COMMANDS

Without = Callable[..., None]
ABOUT = {
    "questions": ("question:2031Z00417", "/questions/2031Z00417"),
    "dossiers": ("dossier:lichtvlok", "/dossiers/lichtvlok"),
    "licensing": ("licence:zaak-1", "/licences/zaak-1"),
}  # what a task can be about, and its page, by the subject that has it


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("without"))
    with made.store.writing(TESTER.name, TESTER.at) as tx:
        for about, _ in ABOUT.values():
            decisions.open_task_once(tx, about, "Read it", again=False)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Without:
    """Return what takes subjects out for the rest of a test."""

    def take_out(*names: str) -> None:
        left = tuple(subject for subject in composition.installed() if subject.name not in names)
        for module in (composition, loading):
            monkeypatch.setattr(module, "subjects", lambda: left)

    return take_out


def test_no_module_of_questions_names_the_folder_of_answers() -> None:
    modules = list(Path(next(iter(questions.__path__))).rglob("*.py"))
    assert modules
    assert [path.name for path in modules if "subjects.answers" in path.read_text(encoding="utf-8")] == []


def test_answers_add_the_last_commands_of_questions(without: Without) -> None:
    assert list(loading.with_added("questions", COMMANDS)) == [*COMMANDS, "review", "watch"]
    without("answers")
    assert loading.with_added("questions", COMMANDS) == COMMANDS


def test_answers_add_an_address_before_that_of_any_set(without: Without) -> None:
    paths = [route.path for route in routes.router.routes if isinstance(route, APIRoute)]
    assert paths.index("/questions/watch") < paths.index("/questions/{number}")
    assert len(routes.ADDED.added()) == 1
    without("answers")
    assert routes.ADDED.added() == ()


def test_a_task_links_to_a_page_that_is_there(served: Served, without: Without) -> None:
    reader = served.client("officer")
    for name, (about, path) in ABOUT.items():
        assert f'href="{path}"' in reader.get("/tasks").text
        without(name)
        page = reader.get("/tasks").text
        assert about in page
        assert f'href="{path}' not in page
        without()


def test_pages_link_to_answers_only_if_they_are_there(served: Served, without: Without) -> None:
    reader = served.client("reader")
    empty = "no questions until this date are loaded"
    link = ">Load the papers on the page of answers<"
    for path in ("/questions", "/questions/figures"):
        page = reader.get(path).text
        assert empty in page
        assert link in page
    without("answers")
    for path in ("/questions", "/questions/figures"):
        page = reader.get(path).text
        assert empty in page
        assert link not in page
