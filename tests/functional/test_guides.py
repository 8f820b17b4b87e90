"""What the documentation says that commands print is what they print."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import list_server
import preloaded
import pytest
from console_blocks import DOCUMENTS, Scratch, faults, steps_in
from invented_lists import un_list

from overzicht.errors import EXIT_INPUT, EXIT_OK, EXIT_USAGE

UN_PATH = "/scsanctions.un.org/resources/xml/en/consolidated.xml"
START = Path("README.md")  # by processes of their own, as a reader runs them


@pytest.fixture(scope="module")
def program() -> Iterator[Path]:
    """Yield the folder of a program that is loaded once for all commands."""
    with preloaded.running() as folder:
        yield folder


@pytest.fixture(scope="module")
def mirror(project_root: Path) -> Iterator[str]:
    """Yield the address of a mirror with the Security Council's list: the real one where it is at hand."""
    real = Path(os.environ.get("OVERZICHT_SHARED", project_root.parent / "shared"), "data/lists/un-sc")
    real /= "202602-consolidated.xml"
    with list_server.serving() as server:
        server.put(UN_PATH, list_server.whole(real.read_bytes() if real.exists() else un_list()))
        yield server.address


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("overzicht --help", EXIT_OK),
        ("overzicht no-such-command", EXIT_USAGE),
        ("overzicht lists add missing.xml", EXIT_INPUT),
        ("overzicht log verify | cat; echo $OVERZICHT_HOME >&2; pwd", EXIT_OK),
    ],
)
def test_a_loaded_program_does_as_one_of_its_own(
    command: str, code: int, program: Path, tmp_path: Path
) -> None:
    own = Path(sys.executable).parent
    settings = {**os.environ, "OVERZICHT_HOME": str(tmp_path / "home")}
    answers = [
        subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False,
            env=settings | {"PATH": f"{each}:{settings['PATH']}"},
        )
        for each in (own, program)
    ]  # fmt: skip
    assert answers[0].returncode == answers[1].returncode == code
    assert (answers[0].stdout, answers[0].stderr) == (answers[1].stdout, answers[1].stderr)


@pytest.mark.sampled(5)
@pytest.mark.parametrize("document", DOCUMENTS, ids=str)
def test_a_document_shows_what_is_printed(
    document: Path, program: Path, mirror: str, tmp_path: Path, project_root: Path
) -> None:
    scratch = Scratch(tmp_path, {"OVERZICHT_MIRROR": mirror}, None if document == START else program)
    found = list(faults(document, scratch))
    report = "\n".join(f"{document}:{step.line + 1} {step.command}\n" + "\n".join(got) for step, got in found)
    assert not found, f"{report}\n(write it with tools/console_blocks.py)"
    assert steps_in((project_root / document).read_text(encoding="utf-8"))
