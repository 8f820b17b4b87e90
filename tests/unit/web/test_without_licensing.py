"""The control list and licensing taken out: their commands, jobs, citations and links go with them."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import web_tools
from web_tools import TESTER, Served

import overzicht
from overzicht import composition
from overzicht.cli import loading
from overzicht.store import jobs
from overzicht.store.jobs import JobState
from overzicht.subjects import control_list
from overzicht.subjects.control_list.command_group import COMMANDS
from overzicht.subjects.control_list.update import CITATIONS
from overzicht.web import work

Without = Callable[..., None]
SOURCE = Path(next(iter(overzicht.__path__)))
SHARED = ("web/templates", "reports/templates")  # every page may use these
REFERENCE = re.compile(r'{%-? *(?:import|include|extends|from) "([^"]+)"')


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("without"))
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


def test_no_module_of_the_control_list_names_the_folder_of_licensing() -> None:
    modules = list(Path(next(iter(control_list.__path__))).rglob("*.py"))
    assert modules
    assert [path.name for path in modules if "subjects.licensing" in path.read_text(encoding="utf-8")] == []


def test_licensing_adds_the_last_commands_of_the_control_list(without: Without) -> None:
    assert list(loading.with_added("control", COMMANDS)) == [*COMMANDS, "correlation", "compare", "use"]
    without("licensing")
    assert loading.with_added("control", COMMANDS) == COMMANDS


def test_a_version_asks_the_subjects_that_are_here_what_cites_it(without: Without) -> None:
    names = ["classification_citations", "licence_citations", "use_citations"]
    assert [source.__name__ for source in CITATIONS.added()] == names
    without("licensing")
    assert [source.__name__ for source in CITATIONS.added()] == names[:1]


def test_jobs_of_a_subject_come_with_it(without: Without) -> None:
    optional = {"install control list", "add questions"}
    added = {kind.name for kind in work.ADDED.added()}
    assert optional < added <= work.WORKERS.keys() == work.KINDS.keys()
    without("control_list", "licensing", "answers")
    assert {kind.name for kind in work.ADDED.added()} == added - {"install control list"}
    without("questions", "answers")
    assert {kind.name for kind in work.ADDED.added()} == added - {"add questions"}


def test_a_finished_job_of_a_subject_that_is_gone_is_shown_without_a_link(
    served: Served, without: Without
) -> None:
    with served.store.writing(TESTER.name, TESTER.at) as tx:
        jobs.add_job(tx, "f00d", "install control list", {}, process="elsewhere 1")
        jobs.end_job(tx, "f00d", JobState.DONE, {"provisions": 3, "version": "2021"})
    client = served.client("editor")
    assert "/control" in client.get("/jobs/f00d").text.partition("<main")[2]
    without("control_list", "licensing", "answers")
    shown = client.get("/jobs/f00d")
    assert shown.status_code == 200
    assert "/control" not in shown.text.partition("<main")[2]


def test_a_saved_classification_leads_to_a_licence_only_with_licensing(
    served: Served, without: Without
) -> None:
    product = {"name": "Camera", "function": "imaging_camera", "keep": "1"}
    client = served.client("editor")
    assert "/licence-applications" in client.post("/classify", data=product).text
    without("licensing")
    saved = client.post("/classify", data=product).text
    assert "/screen/files" in saved
    assert "/licence-applications" not in saved


def test_a_page_uses_templates_of_its_subject_of_those_it_needs_and_of_the_service() -> None:
    homes: dict[str, str] = {}
    for path in SOURCE.rglob("templates/*.html"):
        homes[path.name] = str(path.parent.relative_to(SOURCE))
    needs = {subject.name: {subject.name, *subject.needs} for subject in composition.installed()}
    foreign = []
    for path in SOURCE.rglob("templates/*.html"):
        own = path.parent.relative_to(SOURCE).parts
        allowed = needs.get(own[1], set()) if own[0] == "subjects" else set()
        for name in REFERENCE.findall(path.read_text(encoding="utf-8")):
            home = homes[name]
            if home not in SHARED and home != "/".join(own) and home.split("/")[1] not in allowed:
                foreign.append((path.name, name, home))
    assert foreign == []


def test_what_subjects_add_is_for_a_slot_that_exists() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py"))
    slots = set(re.findall(r'Slot\(\s*"([^"]+)"', text))
    unknown = [
        (subject.name, slot)
        for subject in composition.installed()
        for slot in subject.adds
        if slot not in slots
    ]
    assert unknown == []
