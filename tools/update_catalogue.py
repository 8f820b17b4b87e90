"""Bring the Dutch catalogue up to date with the code: new messages come in empty, unused ones go.

Run it after a sentence changed, translate what it prints, and let the tests compare:

    python tools/update_catalogue.py
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_dir
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "overzicht"
CATALOGUE = SOURCE / "reports" / "locale" / "nl.po"
LANGUAGE = "nl"
IS_IMPORTED = re.compile(
    r"^from overzicht\.evidence(\.text)? import [^\n]*\btext\b|^from overzicht\.evidence import \(", re.M
)
TEMPLATES = "**/templates/**.html"
Message = str | tuple[str, ...]


def used_messages(source: Path = SOURCE) -> set[Message]:
    """Return every message of the code: `text("…")` where it is ours, and what templates say."""
    found = set(_in_templates(source))
    for path in sorted(source.rglob("*.py")):
        if says_sentences(path):
            with path.open("rb") as stream:
                found |= {message for _, message, _, _ in extract("python", stream, {"text": None})}
    return found


def says_sentences(path: Path) -> bool:
    """Return whether `text` in this file is the one of `overzicht.evidence` (and not of another library)."""
    return IS_IMPORTED.search(path.read_text(encoding="utf-8")) is not None


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """Return the catalogue as it stands."""
    with path.open("rb") as stream:
        return read_po(stream, locale=LANGUAGE)


def updated(old: Catalog, messages: Iterable[Message]) -> Catalog:
    """Return a catalogue of just these messages, with the translations that are known."""
    new = Catalog(locale=LANGUAGE, header_comment="# Dutch sentences of Overzicht.", fuzzy=False)
    for message in sorted(messages, key=str):
        known = old.get(message[0] if isinstance(message, tuple) else message)
        new.add(message, string=known.string if known is not None else "")
    return new


def _in_templates(source: Path) -> Iterator[Message]:
    methods = [(TEMPLATES, "jinja2")]
    options: dict[str, Any] = {TEMPLATES: {"trimmed": "true"}}
    for _, _, message, _, _ in extract_from_dir(source, methods, options, keywords=DEFAULT_KEYWORDS):
        yield message if isinstance(message, str) else tuple(message[:2])


def main() -> int:
    """Write the catalogue and print what has no translation yet; return 1 when there is any."""
    new = updated(read_catalogue(), used_messages())
    with CATALOGUE.open("wb") as stream:
        write_po(stream, new, width=110, sort_output=True, omit_header=False)
    strip_dates(CATALOGUE)
    missing = [message.id for message in new if message.id and not message.string]
    missing += [m.id for m in new if m.pluralizable and not all(m.string)]
    for message in missing:
        print(message)
    return 1 if missing else 0


def strip_dates(path: Path) -> None:
    """Drop the header lines that change with every run, so that a difference is a changed message."""
    kept = [
        line
        for line in path.read_text("utf-8").splitlines()
        if not re.match(r'"(POT|PO|Gen|Last|Lang.*Team|Project|Report)', line)
    ]
    path.write_text("\n".join(kept).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
