"""What a subject adds to others is there with it, and nothing is claimed about it without it."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import web_tools
from functional_tools import run_command
from licence_case_tools import DAY, file_case
from web_tools import Served

from overzicht import composition
from overzicht.cli import loading
from overzicht.store.alerts import UseKind
from overzicht.store.database import Store
from overzicht.subjects.alerts.interests import watched_parties
from overzicht.subjects.diligence import law_commands
from overzicht.subjects.dossiers.importing import ensure_examples
from overzicht.web import log_words

ALL = composition.subjects()
EXPORTER, FILE = "Thermovisie Voorbeeld GmbH", "thermovisie-voorbeeld-gmbh"
WATCHED = date(2026, 6, 1)
DOSSIER = Path(__file__).parents[2] / "examples" / "dossiers" / "acme.yaml"
TERMS = ("licence cases</dt>", "dossiers</dt>", "parliamentary questions</dt>")
Without = Callable[..., None]


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Iterator[Without]:
    """Return a function that takes subjects out until the end of the test."""

    def take_out(*names: str) -> None:
        left = tuple(subject for subject in ALL if subject.name not in names)
        for module in (composition, loading):
            monkeypatch.setattr(module, "subjects", lambda: left)
        log_words.actions.cache_clear()

    yield take_out
    log_words.actions.cache_clear()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("apart") / "home")
    ensure_examples(made.store, web_tools.TESTER)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def page(served: Served, path: str) -> str:
    reply = served.client("editor").get(path, headers={"Accept-Language": "en"})
    assert reply.status_code == 200, reply.text
    return reply.text


def test_the_page_of_a_party_has_the_terms_of_the_subjects_that_are_here(
    served: Served, without: Without
) -> None:
    everything = page(served, "/makers/hikvision")
    assert [everything.count(term) for term in TERMS] == [1, 1, 1]
    assert "/dossiers/hikvision" in everything
    assert "/answers" in everything.partition("<main")[2]
    without("answers", "licensing", "dossiers")
    questions = page(served, "/makers/hikvision").partition("<main")[2]
    assert [questions.count(term) for term in TERMS] == [0, 0, 1]
    assert "/answers" not in questions
    without("answers", "licensing", "dossiers", "questions")
    nothing = page(served, "/makers/hikvision")
    assert [nothing.count(term) for term in TERMS] == [0, 0, 0]
    assert "devices in the register</dt>" in nothing


def test_a_search_finds_what_the_subjects_here_have(served: Served, without: Without) -> None:
    assert 'id="dossiers-h"' in page(served, "/search?q=hikvision")
    without("dossiers")
    found = page(served, "/search?q=hikvision")
    assert "dossiers-h" not in found
    assert 'id="makers-h"' in found


def test_pages_about_parties_do_not_speak_of_subjects_that_are_not_here(
    served: Served, without: Without
) -> None:
    assert "dossiers and cases" in page(served, "/parties").partition("<main")[2]
    assert "dossiers and answers" in page(served, "/alerts").partition("<main")[2]
    without("answers", "licensing", "diligence", "dossiers")
    for path in ("/parties", "/alerts"):
        assert "dossiers" not in page(served, path).partition("<main")[2]


def kinds(home: Path) -> set[UseKind]:
    """Return what the parties of a store are watched for."""
    with closing(Store.open(home)) as store, store.reading() as connection:
        return {use.kind for party in watched_parties(store, connection, WATCHED) for use in party.uses}


def test_alerts_watch_the_parties_of_the_subjects_here(own_home: Path, without: Without) -> None:
    file_case(own_home.parent, "CL", None)
    assert run_command("dossier", "import", DOSSIER, "--as-of", DAY).exit_code == 0
    assert kinds(own_home) == {UseKind.CASE, UseKind.DOSSIER}
    without("licensing")
    assert kinds(own_home) == {UseKind.DOSSIER}
    without("licensing", "dossiers")
    assert kinds(own_home) == set()


@pytest.mark.usefixtures("own_home")
def test_a_working_file_has_what_licence_cases_show_only_with_them(tmp_path: Path, without: Without) -> None:
    run_command("register", "organisations", "add", EXPORTER, "--as-of", "2026-01-01")
    file_case(tmp_path, "CL", None)
    assert run_command("diligence", "new", FILE, "--as-of", DAY).exit_code == 0
    day = ("--as-of", DAY)

    def mapped() -> str:
        assert run_command("diligence", "prefill", FILE, *day).exit_code == 0
        return run_command("diligence", "show", FILE, "--json", *day).stdout

    with_cases = mapped()
    assert "licence DE-0001 status" in with_cases
    without("licensing", "answers")
    alone = mapped()
    assert "DE-0001" not in alone
    assert "rules for organisations in force on" in alone


def test_law_loads_acts_only_with_the_gates_of_licence_cases(without: Without) -> None:
    own = law_commands.COMMANDS
    assert loading.with_added("law", own).keys() - own.keys() == {"load"}
    without("licensing", "answers")
    assert loading.with_added("law", own) == own


def test_the_log_words_the_actions_of_dossiers_with_them(without: Without) -> None:
    without("licensing")
    assert log_words.action_words("dossier correct claim") is not None
    without("dossiers")
    assert log_words.action_words("dossier correct claim") is None
