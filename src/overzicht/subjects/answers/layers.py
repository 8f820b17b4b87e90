"""The stores for answers: the user's own one, and one with the shipped evidence and the invented bodies.

The example is a separate store in a folder under the home, so that its devices are never counted as the
user's. It is made once per release from the packaged files.
"""

import datetime
import hashlib
import shutil
import tempfile
from functools import cache
from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from overzicht import __version__
from overzicht.errors import PackagedFactError
from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.register.terms import LifecycleState
from overzicht.store.database import Store
from overzicht.store.migrating import newest_revision
from overzicht.subjects.dossiers.importing import ensure_examples, example_files, import_bytes
from overzicht.subjects.register import devices, organisations, statements
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation

MADE = datetime.datetime(
    2026, 11, 25, 12, tzinfo=datetime.UTC
)  # the example's own clock: equal bytes each time
PACKAGE = "overzicht.subjects.answers"
FOLDER = "example"


class _Body(StrictModel):
    id: str
    name: str
    country: str


class _Inventory(StrictModel):
    file: str
    organisation: str
    day: datetime.date


class _Change(StrictModel):
    device: str
    life: LifecycleState
    day: datetime.date
    reason: str
    by: str = ""


class _Manifest(StrictModel):
    organisations: tuple[_Body, ...]
    inventories: tuple[_Inventory, ...]
    changes: tuple[_Change, ...]
    statements: str
    dossiers: tuple[str, ...] = ()


def example_store(home: Path) -> Store:
    """Return the store with the shipped data under a home, made if this release has not made it.

    It has the invented bodies with their registers and dossiers, and the shipped dossiers (as examples).
    """
    folder = home / FOLDER / _version()
    if not (folder / "overzicht.sqlite").is_file():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix="new-") as made:
            new = Path(made) / "home"
            store = Store.open(new)
            try:
                _fill(store)
            finally:
                store.close()
            try:
                new.rename(folder)
            except OSError:  # another process was quicker, or a made one was damaged
                if not (folder / "overzicht.sqlite").is_file():
                    shutil.rmtree(folder, ignore_errors=True)
                    new.rename(folder)
    return Store.unmigrated(folder)


def _package() -> Traversable:
    return files(PACKAGE).joinpath("data", "example")


@cache
def _version() -> str:
    """Return a name that depends on the packaged files, the release and the schema of the database."""
    packaged = [*((entry.name, entry.read_bytes()) for entry in _entries()), *example_files()]
    parts = [f"{name}:{hashlib.sha256(content).hexdigest()}" for name, content in packaged]
    return hashlib.sha256("|".join([__version__, newest_revision(), *parts]).encode()).hexdigest()[:12]


def _entries() -> list[Traversable]:
    return sorted((entry for entry in _package().iterdir() if entry.is_file()), key=lambda entry: entry.name)


def _fill(store: Store) -> None:
    manifest = packaged_facts(_Manifest, PACKAGE, "data/example/example.yaml")
    first = min(inventory.day for inventory in manifest.inventories)
    for body in manifest.organisations:
        organisations.add_organisation(
            store, NewOrganisation(body.name, body.id, "", body.country), _act(first)
        )
    steps: list[_Inventory | _Change] = [*manifest.inventories, *manifest.changes]
    for step in sorted(steps, key=lambda step_to_sort: step_to_sort.day):
        if isinstance(step, _Inventory):
            with as_file(_package().joinpath(step.file)) as path:
                view = importing.preview_import(store, path, ImportChoices(step.organisation), _act(step.day))
            importing.accept_import(store, view.import_.id, _act(step.day), confirm_retired=True)
        else:
            (device,) = devices.find_devices(store, step.device, step.day)
            other = devices.find_devices(store, step.by, step.day)[0] if step.by else ""
            devices.set_life(store, device, step.life, _act(step.day), reason=step.reason, replaced_by=other)
    with as_file(_package().joinpath(manifest.statements)) as path:
        statements.store_statements(store, path, _act(first))
    ensure_examples(store, _act(first))
    for name in manifest.dossiers:
        done = import_bytes(store, _package().joinpath(name).read_bytes(), name, _act(first))
        for problem in done.problems:
            raise PackagedFactError(f"example/{name}", str(problem.reason), place=problem.place)


def _act(day: datetime.date) -> Actor:
    return Actor(day, SYSTEM_ACTOR, MADE)
