"""Options for every parser of XML: nothing is expanded or fetched, and libxml2 keeps its limits."""

from typing import Any, Final

SAFE_XML: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
}
