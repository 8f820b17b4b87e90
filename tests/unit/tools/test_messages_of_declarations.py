"""Words in the declaration of an operation are messages: the catalogue has them, and each has its Dutch."""

from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from inspect import Parameter
from pathlib import Path
from typing import Any, get_args

import plain_words
import pytest
import update_catalogue

from overzicht.evidence import Text
from overzicht.kit.operation import OPERATIONS, Operation

SOURCE = Path(update_catalogue.SOURCE)
DECLARED = '''
"""Ships."""

from typing import Annotated

from overzicht.errors import OverzichtError
from overzicht.evidence.text import Text, text
from overzicht.kit.operation import Command, Form, Param, Route, operation

Name = Annotated[str, Param("Name of the ship.", text("Name of a ship"))]
GROUP = "Manage ships."


class NoShipError(OverzichtError):
    """There is no ship."""


def changed(sentence: Text) -> Command:
    """Return a command."""
    return Command("ships sink", lambda view, say: [say(sentence.filled(number=view))])


@operation(
    Command("ships list", lambda _, say: [f"{say(text('a ship of {day}'))}"], empty=text("no ships afloat")),
    Route("GET /ships", None, summary="Ships"),
)
def ships(ask: object, *, name: Name = "") -> None:
    """List the ships."""
    raise NoShipError(f"there is no ship of {name}", fix="look in the harbour")


@operation(changed(text("ship {number} sunk")), Form("/ships", text("Sink the ship")))
def sink(ask: object, name: Name) -> None:
    """Sink a ship."""
'''


@pytest.fixture
def declared(tmp_path: Path) -> Path:
    """Return a folder of sources with a module of declared operations."""
    (tmp_path / "ships.py").write_text(DECLARED.lstrip(), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "message",
    [
        "no ships afloat",  # a value of a decorator
        "ship {number} sunk",  # of a call in a decorator
        "Sink the ship",
        "a ship of {day}",  # in a text of a function without a name
        "Name of a ship",  # in the type of a parameter
        "there is no ship of {0}",
        "look in the harbour",
    ],
)
def test_the_catalogue_has_the_words_of_a_declaration(message: str, declared: Path) -> None:
    assert message in update_catalogue.used_messages(declared)


def test_plain_words_are_asked_of_declarations(declared: Path) -> None:
    """The rules for words see a text in a decorator and in a type as they see any other."""
    found = {text for _, text, _ in plain_words._python_texts((declared / "ships.py").read_text("utf-8"))}
    assert {"no ships afloat", "Sink the ship", "Name of the ship.", "Name of a ship"} <= found


def declarations() -> Iterator[tuple[str, Operation]]:
    """Yield every declared operation with its name."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "\n@operation(" in path.read_text(encoding="utf-8"):
            module = ".".join(("overzicht", *path.relative_to(SOURCE).with_suffix("").parts))
            import_module(module)
            for each in OPERATIONS[module]:
                yield f"{module.rpartition('.')[2]}.{each.name}", each


def texts_in(value: Any) -> Iterator[Text]:
    """Yield the sentences in the fields of a declaration, also those that its functions hold."""
    if isinstance(value, Text):
        yield value
    elif callable(value) and getattr(value, "__closure__", None):
        for cell in value.__closure__:
            yield from texts_in(cell.cell_contents)
    elif hasattr(value, "__dataclass_fields__") and not isinstance(value, type):
        for each in fields(value):
            yield from texts_in(getattr(value, each.name))


def words_of_parameter(parameter: Parameter) -> Iterator[Text]:
    """Yield the sentences in the type of a parameter."""
    for part in get_args(parameter.annotation):
        yield from texts_in(part)


def test_every_message_of_a_door_has_its_dutch() -> None:
    """A message is the key of its Dutch, so one that is built from parts would turn to English unseen."""
    catalogue = update_catalogue.read_catalogue()
    seen, lacking = 0, set()
    for name, each in declarations():
        sentences = [*texts_in(each.command), *texts_in(each.form)]
        sentences += [text for field in each.parameters.values() for text in words_of_parameter(field)]
        for sentence in sentences:
            known = catalogue.get(sentence.template)
            seen += 1
            if known is None or not known.string:
                lacking.add((name, sentence.template))
    assert lacking == set()
    assert seen > 10
