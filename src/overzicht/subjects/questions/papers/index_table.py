"""A table of sets: the OData rows of all written questions as CSV, one set per line.

Caveats: names are current names, not as printed then, separated by bars. There is no party and no end date.
"""

import csv
import io

from overzicht.subjects.questions.identifiers import SET_NUMBER
from overzicht.subjects.questions.model import Entry
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile, Reading
from overzicht.subjects.questions.papers.metadata import tolerant_day
from overzicht.subjects.questions.papers.odata import roles_of

COLUMNS = (
    "nummer",
    "gestart_op",
    "vergaderjaar",
    "afgedaan",
    "onderwerp",
    "indiener",
    "medeindieners",
    "gericht_aan",
)
_RELATIONS = (("indiener", "Indiener"), ("medeindieners", "Medeindiener"), ("gericht_aan", "Gericht aan"))
_FINISHED = {"1": True, "0": False, "true": True, "false": False}


def read_index(given: QuestionFile) -> Reading:
    """Return the entries of a table; NotAPaperError names the columns that are missing."""
    reader = csv.DictReader(io.StringIO(given.text, newline=""))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise NotAPaperError(given.filename, f"columns are missing: {', '.join(missing)}")
    entries = []
    for row in reader:
        number = (row["nummer"] or "").strip()
        if SET_NUMBER.fullmatch(number) is None:
            raise NotAPaperError(given.filename, f"{number!r} in line {reader.line_num} is not a set number")
        names = [
            (relation, name.strip(), "", "")
            for column, relation in _RELATIONS
            for name in (row[column] or "").split("|")
        ]
        entries.append(
            Entry(
                number=number,
                subject=" ".join((row["onderwerp"] or "").split()),
                asked_on=tolerant_day(row["gestart_op"] or ""),
                session=row["vergaderjaar"] or "",
                is_finished=_FINISHED.get((row["afgedaan"] or "").strip().lower()),
                roles=roles_of(names),
                guid=row.get("zaak_id") or "",
            )
        )
    return Reading((), tuple(entries))
