"""`metadata.xml` and the `<meta>` elements of older papers: names that repeat, with values of all ages."""

from collections.abc import Iterable
from datetime import date

from lxml import etree

from overzicht.dates import read_day_first_date, read_iso_date
from overzicht.errors import UnreadableDateError
from overzicht.sources.inventories.xml import named
from overzicht.subjects.questions.identifiers import (
    address_of,
    appendix_id,
    session_of,
    set_numbers,
)
from overzicht.subjects.questions.model import (
    Dates,
    Family,
    Layout,
    Paper,
    PaperKind,
    Role,
    RoleKind,
)
from overzicht.subjects.questions.papers.interface import NotAPaperError, QuestionFile, Reading

Fields = dict[str, list[tuple[str, str]]]  # name without prefix, lower case: (scheme, value) in order


def fields_of(elements: Iterable[etree._Element]) -> Fields:
    """Return the fields of `metadata` or `meta` elements: `OVERHEIDop.vraagNummer` is `vraagnummer`."""
    fields: Fields = {}
    for element in elements:
        name = (element.get("name") or "").rpartition(".")[2].lower()
        value = " ".join((element.get("content") or "").split())
        if name and value:
            fields.setdefault(name, []).append((element.get("scheme") or "", value))
    return fields


def read_metadata(root: etree._Element, given: QuestionFile) -> Reading:
    """Return the one paper that a metadata record describes, without its text."""
    paper = paper_of(fields_of(named(root, "metadata")), given)
    if paper is None:
        raise NotAPaperError(given.filename, "the metadata are not of parliamentary questions")
    return Reading((paper,))


def values(fields: Fields, name: str) -> tuple[str, ...]:
    """Return the values of a field in order."""
    return tuple(value for _, value in fields.get(name, ()))


def paper_of(fields: Fields, given: QuestionFile) -> Paper | None:
    """Return the paper that fields describe, or None when they are of another kind of publication."""
    names = " ".join((*values(fields, "publicationname"), *values(fields, "type")))
    if "Kamervragen" not in names and "Schriftelijke vragen" not in names:
        return None
    is_appendix = "Aanhangsel" in names
    session = session_of(" ".join(values(fields, "vergaderjaar")))
    numbers = values(fields, "aanhangselnummer")
    made = appendix_id(session, numbers[0]) if is_appendix and numbers else ""
    ids = tuple(dict.fromkeys(paper_id for paper_id in (made, *values(fields, "identifier")) if paper_id))
    if not ids:
        return None
    title = " ".join(values(fields, "title"))
    statuses = values(fields, "documentstatus")
    lower = title.lower()
    types = values(fields, "type")
    if "ingetrokken" in lower or "intrekk" in lower:
        kind = PaperKind.WITHDRAWAL
    elif not is_appendix:
        kind = PaperKind.ORAL if "mondelinge" in lower else PaperKind.QUESTIONS
    elif "Mededeling" in types or lower.startswith("uitstel"):
        kind = PaperKind.NOTICE
    elif lower.startswith(("nader antwoord", "aanvullend antwoord")):
        kind = PaperKind.FURTHER
    elif "Antwoord" in types or lower.startswith("antwoord"):
        kind = PaperKind.ANSWER
    else:
        kind = PaperKind.UNKNOWN
    # the set numbers; older papers have a document number, which pairs just as well
    printed = values(fields, "vraagnummer")
    sets = tuple(dict.fromkeys(number for value in printed for number in set_numbers(value) or (value,)))
    asking = [
        Role(RoleKind.CO_SUBMITTER if n else RoleKind.SUBMITTER, name, order=n)
        for n, name in enumerate(dict.fromkeys(values(fields, "indiener")))
    ]
    answering = [
        Role(RoleKind.ANSWERER, name, order=n)
        for n, name in enumerate(dict.fromkeys(values(fields, "ontvanger")))
    ]
    return Paper(
        key=ids[0],
        family=Family.APPENDIX if is_appendix else Family.QUESTIONS,
        kind=kind,
        origin=given.origin(Layout.METADATA, address_of(ids[0])),
        ids=ids,
        sets=sets,
        is_edited=not statuses[0].lower().startswith("onopgemaakt") if statuses else None,
        subject="" if is_appendix else title,
        session=session,
        dates=_dates(fields),
        topics=values(fields, "category"),
        roles=(*asking, *answering),
        see_also=(),
    )


def _dates(fields: Fields) -> Dates:
    def first(name: str) -> date | None:
        return next((day for value in values(fields, name) if (day := tolerant_day(value))), None)

    return Dates(first("datumindiening"), first("datumontvangst"), first("issued"), first("available"))


def tolerant_day(printed: str) -> date | None:
    """Return the date of `2024-07-05` or `5-7-2024`; None for another text, such as `31-02`."""
    for read in (read_iso_date, read_day_first_date):
        try:
            return read(printed)
        except UnreadableDateError:
            continue
    return None
