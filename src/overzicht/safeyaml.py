"""YAML as plain values: text, numbers, lists and mappings, never a class that a file names."""

from typing import TYPE_CHECKING, Any

import yaml

__all__ = ["SafeLoader", "read_yaml"]

if TYPE_CHECKING:
    from yaml import SafeLoader
else:
    SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C, where the library has it


def read_yaml(written: str | bytes) -> Any:
    """Return the values of a document, None for an empty one; yaml.YAMLError if it is not valid YAML."""
    return yaml.load(written, Loader=SafeLoader)  # noqa: S506 - a safe loader
