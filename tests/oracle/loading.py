"""Loading the official files into a home of the product."""

import glob
from pathlib import Path

import pytest
from functional_tools import run_command
from oracle.raw import LOADED


def load_lists(home: Path, shared_data: Path) -> None:
    """Load every file that the oracle counts as loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(home))
        for files, options in LOADED:
            paths = [path for file in files for path in sorted((shared_data / "lists").glob(_quoted(file)))]
            done = run_command("lists", "add", *paths, *options)
            assert done.exit_code in {0, 1}, (files, done.output, done.stderr)


def _quoted(file: str) -> str:
    """Return a pattern for a file whose name may hold brackets; a star stays one."""
    return glob.escape(file).replace("[*]", "*")
