"""Loading the official files into a home of the product."""

from pathlib import Path

import pytest
from functional_tools import run_command
from oracle.raw import LOADED


def load_lists(home: Path, shared_data: Path) -> None:
    """Load every file that the oracle counts as loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(home))
        for files, options in LOADED:
            done = run_command("lists", "add", *(shared_data / "lists" / file for file in files), *options)
            assert done.exit_code in {0, 1}, (files, done.output, done.stderr)
