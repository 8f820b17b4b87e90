"""Mappings that ship with the product, and mappings that start from one of them."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from overzicht.safeyaml import read_texts

ENDING = ".yml"


@cache
def ready_names() -> tuple[str, ...]:
    """Return the names of the ready mappings, in order."""
    entries = resources.files(__package__).iterdir()
    return tuple(sorted(entry.name.removesuffix(ENDING) for entry in entries if entry.name.endswith(ENDING)))


def ready_text(name: str) -> str:
    """Return a ready mapping as it is written; KeyError for an unknown name."""
    if name not in ready_names():
        raise KeyError(name)
    return resources.files(__package__).joinpath(f"{name}{ENDING}").read_text(encoding="utf-8")


def with_base(tree: Mapping[str, Any], base: str) -> dict[str, Any]:
    """Return the keys of a mapping with those of a ready one; KeyError for an unknown name.

    Its own keys go first, also in `records`, `fields`, `numbers` and `properties`.
    """
    own = {key: value for key, value in tree.items() if key != "use"}
    return _merged(read_texts(ready_text(base)), own)


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        before = merged.get(key)
        is_deeper = key in ("records", "fields", "numbers", "properties") and isinstance(before, dict)
        merged[key] = _merged(before, value) if is_deeper and isinstance(value, dict) else value  # type: ignore[arg-type]
    return merged


def titles_of(name: str) -> tuple[str, str]:
    """Return the title of a ready mapping in English and Dutch."""
    texts = read_texts(ready_text(name))
    return str(texts["title"]), str(texts["title_nl"])
