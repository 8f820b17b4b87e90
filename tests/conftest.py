"""Fixtures that every kind of test shares."""

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
import sampling
from thorough import IS_THOROUGH

if TYPE_CHECKING:
    from postgres_server import Server

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("OVERZICHT_SHARED", ROOT.parent / "shared")) / "data"


# Python's own 700 young objects cost a fifth of the time of the tests, and half of that of collecting them.
gc.set_threshold(100_000, 50, 50)
os.environ["OVERZICHT_LANG"] = "en"  # what is printed is compared in English, whatever the machine speaks
os.environ["OVERZICHT_SUBJECTS"] = "all"  # help and menu show everything, whatever a test stores

# Each run tries the same examples, so that only a change of the product can fail it.
# A thorough run draws new ones.
hypothesis.settings.register_profile(
    "repeatable",
    derandomize=not IS_THOROUGH,
    database=None,
    deadline=None,  # a busy machine is no fault of the code
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option of `make test`."""
    parser.addoption("--sample", action="store_true", help="leave out slow tests and most of many cases")


def pytest_collection_finish() -> None:
    """Leave what was collected out of searches for unused cycles: it stays until the end."""
    gc.collect()
    gc.freeze()


def pytest_report_header(config: pytest.Config) -> str | None:
    """Return how to draw the same sample again."""
    return f"sample: {sampling.VARIABLE}={sampling.seed()}" if config.getoption("--sample") else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what a sample leaves out."""
    if config.getoption("--sample"):
        out = sampling.left_out(items, sampling.seed())
        config.hook.pytest_deselected(items=list(out))
        items[:] = [item for item in items if item not in out]


@pytest.fixture(autouse=True, scope="session")
def trusted_input() -> Iterator[None]:
    """Read files in the process of the tests, which is faster; tests of commands that run apart do not."""
    from overzicht.isolation import trust_input  # noqa: PLC0415 - what only reads names must not load it

    with trust_input():
        yield


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of reference data beside the checkout; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the reference data is not here: {SHARED}")
    return SHARED


@pytest.fixture(scope="session")
def project_root() -> Path:
    """Return the root of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[Server]":
    """Yield a PostgreSQL server of the tests' own; skips where none is installed, but not under .ci/run."""
    missing, binaries = "", None
    try:
        from postgres_server import find_binaries, running_server  # noqa: PLC0415 - needs the extra
    except ImportError:
        missing = "psycopg is not installed (the extra 'postgres')"
    else:
        binaries = find_binaries()
        missing = "" if binaries else "no PostgreSQL server is installed (Debian: postgresql)"
    if missing:
        if os.environ.get("OVERZICHT_NEEDS_POSTGRES"):
            pytest.fail(missing)
        pytest.skip(missing)
    assert binaries is not None
    with running_server(binaries) as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres_server: "Server", tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a PostgreSQL database with all tables and nothing in them, to copy for each test."""
    from overzicht.store.database import Store  # noqa: PLC0415 - not every test needs it

    name = postgres_server.create_database()
    Store.open(tmp_path_factory.mktemp("template"), postgres_server.url(name)).close()
    return name


@pytest.fixture
def new_postgres_url(postgres_server: "Server") -> Iterator[Callable[[], str]]:
    """Yield a function that makes an empty PostgreSQL database, without tables, and returns its address."""
    made: list[str] = []

    def make() -> str:
        made.append(postgres_server.create_database())
        return postgres_server.url(made[-1])

    yield make
    for name in made:
        postgres_server.drop_database(name)


@pytest.fixture
def postgres_url(postgres_server: "Server", migrated_template: str) -> Iterator[str]:
    """Yield the address of a PostgreSQL database with all tables and nothing in them."""
    name = postgres_server.create_database(migrated_template)
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, once per kind: empty for SQLite, which lies in the home."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))
