"""Read a control list file: detect its form and version, and check its counts."""

import re
from pathlib import Path

from overzicht.dates import LegalDate, read_legal_date
from overzicht.errors import UnreadableDateError
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.sources.interface import ListFileRefusedError
from overzicht.subjects.control_list.build import build_list
from overzicht.subjects.control_list.sources import rows_form, whole_form
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.sources.interface import ReadControlList

MAX_BYTES = 50_000_000  # real files have about a million
_DATE_IN_NAME = re.compile(r"(?<!\d)(\d{4}(?:-\d{2}-\d{2})?)(?!\d)")
_FORMS = (rows_form, whole_form)


@in_child(Limits())
def read_control_list(path: Path, version: str = "", *, force: bool = False) -> ReadControlList:
    """Return the list in a file, as `version` (a date or year), or by the date in the file or its name.

    Raises ListFileRefusedError or InputFileError if the form is unknown, the file is damaged or has no date,
    or the number of provisions is outside the expected range; `force` accepts any number.
    """
    file = LocalFile(path, max_bytes=MAX_BYTES)
    head = file.sample().head
    form = next((form for form in _FORMS if form.is_it(head)), None)
    if form is None:
        forms = " or ".join(form.LAYOUT for form in _FORMS)
        raise ListFileRefusedError(file.filename, f"it is not a control list in a known form ({forms})")
    words = form.read(file)
    name = version or words.date_in_file
    if not name:
        dates = _DATE_IN_NAME.findall(file.filename)
        if not dates:
            raise ListFileRefusedError(
                file.filename,
                "the date of this version is unknown",
                fix="give the date or year with --version",
            )
        name = str(dates[-1])
    known = control_list_card().start_of(name)
    if known is not None:
        day = LegalDate(known)
    else:
        try:
            day = read_legal_date(name)
        except UnreadableDateError as error:
            raise ListFileRefusedError(
                file.filename, error.message, fix="give the date or year with --version"
            ) from error
    built = build_list(
        name,
        day,
        words.rows,
        definitions=words.definitions,
        general_notes=words.general_notes,
    )
    if not force:
        card = control_list_card()
        for what, count, expected in (
            ("entries", len(built.entries), card.entries),
            ("provisions", len(built.by_path), card.provisions),
        ):
            if not (expected.min <= count <= expected.max):
                raise ListFileRefusedError(
                    file.filename,
                    f"it holds {count:,} {what}, the card expects {expected.min:,} to {expected.max:,}",
                    fix="check that the file is complete, or accept it with --force",
                )
    return ReadControlList(built, form.LAYOUT, words.corrections, words.authorisations)
