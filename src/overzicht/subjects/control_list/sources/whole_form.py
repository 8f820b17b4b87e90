"""The form with the whole annex in one JSON object: entries as text, definitions, notes, authorisations."""

import re
from collections.abc import Iterator

from pydantic import ValidationError

from overzicht.dates import read_iso_date
from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.faults import faults_of
from overzicht.evidence.packaged import StrictModel
from overzicht.sources.interface import ListFileRefusedError, SourceFile
from overzicht.sources.json_tree import read_object
from overzicht.subjects.control_list.build import PROVISION, Row
from overzicht.subjects.control_list.model import DefinedTerm
from overzicht.subjects.control_list.path import parse_path
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.sources.interface import (
    AuthorisationText,
    ControlListText,
    Correction,
)
from overzicht.subjects.control_list.sources.repair import repair

LAYOUT = "the whole annex as one JSON object"
DEFINITIONS = "definitions_annex"
_MARKS = (b'"verbatim_text"', b'"first_line"', b'"corpus_version"')
_LINE = re.compile(r"(?P<path>\d[A-E]\d{3}(?:\.[a-z0-9]{1,3})*)\.? (?P<text>\S.*)", re.DOTALL)
_DEFINITION = re.compile(r'"(?P<name>[^"]+)"')
_DESTINATIONS = re.compile(r"following destinations:\s*(?P<names>[^.:]+)\.")


class _Entry(StrictModel):
    entry_code: str
    category: str
    verbatim_text: str
    parameters: tuple[str, ...] = ()  # lines with numbers, drawn from the text
    applicable_notes: tuple[str, ...] = ()  # notes, drawn from the text


class _Doc(StrictModel):
    doc_type: str
    title: str
    verbatim_text: str


class _Authorisation(StrictModel):
    id: str
    title: str
    verbatim_text: str


class _Whole(StrictModel):
    corpus_version: str
    celex: str
    valid_from: str
    retrieved_at: str = ""
    sha256: str = ""
    source_url: str = ""
    attribution: str = ""
    entry_count: int
    index: tuple[dict[str, str], ...] = ()
    entries: tuple[_Entry, ...]
    docs: tuple[_Doc, ...] = ()
    geas: tuple[_Authorisation, ...] = ()
    gea_common_list: str = ""


def is_it(head: bytes) -> bool:
    """Return whether the start of a file is in this form."""
    return head.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{") and any(mark in head for mark in _MARKS)


def read(file: SourceFile) -> ControlListText:
    """Return the words of a file; ListFileRefusedError names what is not understood."""
    try:
        whole = _Whole.model_validate(read_object(file))
    except ValidationError as error:
        place, reason = faults_of(error.errors())[0]
        raise ListFileRefusedError(file.filename, reason, place=place) from error
    if whole.entry_count != len(whole.entries):
        reason = f"the file states {whole.entry_count} entries and contains {len(whole.entries)}"
        raise ListFileRefusedError(file.filename, reason, fix="fetch it again")
    rows, corrections = repair(row for entry in whole.entries for row in _rows(file.filename, entry))
    authorisations, struck = _authorisations(whole)
    return ControlListText(
        rows=rows,
        corrections=(*corrections, *struck),
        definitions=tuple(
            term for doc in whole.docs if doc.doc_type == DEFINITIONS for term in _terms(doc.verbatim_text)
        ),
        general_notes=tuple(
            (doc.title, doc.verbatim_text) for doc in whole.docs if doc.doc_type != DEFINITIONS
        ),
        authorisations=authorisations,
        date_in_file=whole.valid_from,
    )


def _rows(filename: str, entry: _Entry) -> Iterator[Row]:
    for line in entry.verbatim_text.split("\n"):
        match = _LINE.fullmatch(line)
        try:
            path = parse_path(match["path"]) if match else None
        except OverzichtError as error:
            raise ListFileRefusedError(filename, error.message, place=entry.entry_code) from error
        if match is None or path is None or not path.startswith(entry.entry_code):
            reason = f"a line does not begin with a code of the entry: {line[:60]!r}"
            raise ListFileRefusedError(filename, reason, place=entry.entry_code)
        words = match["text"]
        if words.startswith("Technical Note"):
            kind = "technical_note"
        elif words.startswith("N.B"):
            kind = "nb"
        else:
            kind = "note" if re.match(r"Notes?\s*\d*\s*:", words) else PROVISION
        yield Row(path, kind, match["text"])


def _terms(words: str) -> Iterator[DefinedTerm]:
    block: list[str] = []
    for line in [*words.split("\n"), '""']:
        if line.startswith('"') and block:
            match = _DEFINITION.match(block[0])
            if match:
                yield DefinedTerm(match["name"].lower(), "\n".join(block))
            block = []
        if line.startswith('"') or block:
            block.append(line)


def _authorisations(whole: _Whole) -> tuple[tuple[AuthorisationText, ...], tuple[Correction, ...]]:
    texts: list[AuthorisationText] = []
    corrections: list[Correction] = []
    day = read_iso_date(whole.valid_from)
    for given in whole.geas:
        match = _DESTINATIONS.search(given.verbatim_text)
        names = tuple(name.strip() for name in match["names"].split(",")) if match else ()
        kept = names
        for change in control_list_card().stale:
            if given.id not in change.authorisations or day < change.since:
                continue
            kept = tuple(name for name in kept if name not in change.strike)
            for name in (name for name in names if name in change.strike):
                what = text("{name} is left out, because {act} removed it", name=name, act=change.act)
                corrections.append(Correction(given.id, what))
        body = given.verbatim_text
        if match and kept != names:
            body = f"{body[: match.start('names')]}{', '.join(kept)}{body[match.end('names') :]}"
        texts.append(AuthorisationText(given.id, given.title, body, kept))
    return tuple(texts), tuple(corrections)
