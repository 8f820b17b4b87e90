"""JSON from devices: whole documents, lists, lines, and captures with bytes around the JSON."""

import json
import re
from collections.abc import Iterator
from typing import Any

from overzicht.errors import InputFileError
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.json_tree import parse_json

MAX_DEPTH = 40  # an answer of a device nests about twelve deep
MOST_FAULTS = 1_000
_START = re.compile(r"[{\[]")


def load_json(origin: Origin) -> Any:
    """Return the JSON document of a file (UTF-8 or UTF-16); InputFileError if it is not valid."""
    data = origin.read_bytes()
    try:
        return parse_json(data)
    except UnicodeDecodeError as error:
        raise InputFileError(origin.filename, "the text is not UTF-8", fix="save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise InputFileError(
            origin.filename,
            f"not whole JSON ({error.msg})",
            record=f"line {error.lineno}",
            fix="the file may be cut off; save the answer again",
        ) from error
    except RecursionError as error:
        raise InputFileError(
            origin.filename, "the JSON nests too deep", fix="do not use this file"
        ) from error
    except ValueError as error:  # a number of more digits than Python takes
        raise InputFileError(
            origin.filename, f"the JSON cannot be read ({error})", fix="do not use this file"
        ) from error


def json_values(text: str) -> Iterator[Any]:
    """Yield each JSON object or array in a text, skipping what is between (packet headers, line ends).

    Reading stops after `MOST_FAULTS` brackets in a row at which no JSON begins: each one costs a try.
    """
    decoder = json.JSONDecoder()
    position = faults = 0
    while faults < MOST_FAULTS and (bracket := _START.search(text, position)):
        try:
            value, position = decoder.raw_decode(text, bracket.start())
        except RecursionError:
            return  # each bracket after this one nests as deep
        except ValueError:  # also a number of more digits than Python takes
            position, faults = bracket.start() + 1, faults + 1
            continue
        faults = 0
        yield value


def objects_with(value: Any, name: str, path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Yield `(path, parent[wanted])` for each object in `value` with the key `wanted`, outermost first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, dict):
        if name in value:
            yield f"{path}/{name}", value[name]
            return
        for key, item in value.items():
            yield from objects_with(item, name, f"{path}/{key}", depth + 1)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield from objects_with(item, name, f"{path}/{number}", depth + 1)


def as_text(value: Any) -> str:
    """Return a JSON scalar as text; empty for null, objects and arrays."""
    if value is None or isinstance(value, dict | list):
        return ""
    return str(value).strip()
