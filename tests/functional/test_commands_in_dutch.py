"""Every command says its results in Dutch: no English sentence of the catalogue is printed."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from command_samples import READING, filled
from functional_tools import run_command

from overzicht.cli.language import settle

CATALOGUE = Path(__file__).parents[2] / "src/overzicht/reports/locale/nl.po"
VALUE = re.compile(r"\{\w+\}")
AS_STORED = ("cards", "show")  # prints the card as it stands in its file
LEAST = 4  # words of a part of a sentence that show its language


def english_parts() -> Iterator[str]:
    """Yield the parts between the values of the English sentences that are in no Dutch one."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id and message.string]
    dutch = "\n".join(" ".join(str(message.string).split()) for message in messages)
    for message in messages:
        for part in VALUE.split(str(message.id)):
            words = " ".join(part.split())
            if len(words.split()) >= LEAST and words not in dutch:
                yield words


@pytest.fixture
def dutch_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Yield a folder whose `home` has what the commands read, with Dutch as the language until the end."""
    filled(tmp_path)
    with monkeypatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(tmp_path / "home"))
        patch.setenv("OVERZICHT_LANG", "nl")
        yield tmp_path
    settle(())


def test_no_command_prints_an_english_sentence(dutch_home: Path) -> None:
    parts = sorted(set(english_parts()))
    assert len(parts) > 1_000
    found = {}
    for arguments in READING:
        result = run_command(*(part.format(folder=dutch_home) for part in arguments))
        printed = " ".join(f"{result.stdout} {result.stderr}".split())
        english = [part for part in parts if part in printed]
        if english and arguments[:2] != AS_STORED:
            found[" ".join(arguments[:2])] = english
    assert not found, "\n".join(f"{k}: {v}" for k, v in found.items())
