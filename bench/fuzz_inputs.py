"""Plugin of pytest that saves the bytes that tests give to readers of bytes, as samples in $FUZZ_INPUTS."""

import hashlib
import os
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from typing import Any

READERS = (
    ("parties", "overzicht.sources.partylists", "read_party_list"),
    ("questions", "overzicht.subjects.questions.papers.registry", "read_paper"),
    ("questions", "overzicht.subjects.questions.papers.registry", "read_given"),
)


def _saving(folder: Path, read: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(read)
    def reader(*given: Any) -> Any:
        for value in given:
            content = getattr(value, "data", value)
            if isinstance(content, bytes):
                (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
        return read(*given)

    return reader


for _name, _module, _function in READERS:
    _folder = Path(os.environ["FUZZ_INPUTS"]) / _name
    _folder.mkdir(parents=True, exist_ok=True)
    _owner = import_module(_module)
    setattr(_owner, _function, _saving(_folder, getattr(_owner, _function)))
