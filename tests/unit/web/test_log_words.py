"""Each action that the product writes in the log has words in Dutch."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from overzicht.reports.i18n import words_for
from overzicht.web.log_words import FAMILIES, action_words, actions

SOURCE = Path(__file__).resolve().parents[3] / "src" / "overzicht"
NL = words_for("nl")


def written_actions() -> Iterator[str]:
    """Yield the first text of every `tx.log("…")` in the code."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "tx.log":
                action = node.args[0]
                if isinstance(action, ast.Constant):
                    yield str(action.value)


def test_each_action_of_the_code_has_words_in_dutch() -> None:
    written = set(written_actions())
    assert len(written) > 50
    assert {action for action in written if action_words(action) is None} == set()
    assert {action for action, sentence in actions().items() if NL.say(sentence) == action} == set()


@pytest.mark.parametrize(
    ("action", "dutch"),
    [
        ("device not seen", "apparaat: niet gezien"),
        ("accepted import", "import: aanvaard"),
        ("dossier correct claim", "dossier: bewering verbeterd"),
        ("licence status", "vergunningszaak: status"),
    ],
)
def test_an_action_with_a_kind_is_worded(action: str, dutch: str) -> None:
    sentence = action_words(action)
    assert sentence is not None
    assert NL.say(sentence) == dutch


def test_an_action_of_another_version_stays_as_it_was_written() -> None:
    assert action_words("move mountains") is None
    assert all(beginning.endswith(" ") for beginning in FAMILIES)
