"""The content of the report of two pages: conclusion, numbers, listings, plans, unknowns and sources.

A row counts devices, never names one: the report can be given to others at every level of detail.
"""

from overzicht.evidence import Answer, text
from overzicht.evidence.phrases import joined_titles
from overzicht.reports.document_files import DOCUMENT_FILES, document_pdf
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.overview_report import ListingRow, OverviewReport
from overzicht.reports.sections import Document, Section
from overzicht.reports.vocabulary import BASES, RELATIONS, word

TITLE = text("Report on surveillance equipment")
LONGEST = 12  # rows of a table, and points, in the longest form
SHORTER = (8, 5, 3)  # the same, until the report fits on its pages
MOST_PAGES = 2


def render_handover(report: OverviewReport, lang: Language, ending: str) -> str | bytes:
    """Return the report as a `.pdf` file, shortened to two pages, or as a `.docx` or `.odt` file.

    Raises MissingExtraError without the extra `pdf` or `office`, and MissingLibraryError without Pango.
    """
    if ending == ".pdf":
        lengths = (LONGEST, *SHORTER)
        return document_pdf(*(handover(report, lang, longest) for longest in lengths), most_pages=MOST_PAGES)
    return DOCUMENT_FILES[ending](handover(report, lang))


def handover(report: OverviewReport, lang: Language, longest: int = LONGEST) -> Document:
    """Return the report as a document; a list of more than `longest` items states how many follow."""
    words = words_for(lang)
    say = words.say
    # the unknowns, with the lists that do not cover the date in one sentence
    unchecked = [status for status in report.lists if status.answer is not Answer.FOUND]
    notes = {text("{title}: {note}", title=status.title, note=status.note) for status in unchecked}
    sentences = [sentence for sentence in report.unknowns if sentence not in notes]
    if unchecked:
        titles = joined_titles([status.title for status in unchecked])
        sentences.append(text("Not checked, because the full list is not loaded: {titles}.", titles=titles))
    points = tuple(map(words.say, sentences[:longest]))
    if len(sentences) > longest:
        more = words.text("{count} more are in the full report.", count=len(sentences) - longest)
        points = (*points, more)
    counts = report.counts
    labelled = (
        (text("In use or not seen"), counts["devices"]),
        (text("Made by a listed manufacturer"), counts["listed"]),
        (text("Sold under another brand"), counts["relabelled"]),
        (text("Manufacturer unknown or undecided"), counts["unknown"]),
        (text("Other equipment, counted separately"), counts["other_equipment"]),
        (text("Planned, counted separately"), counts["planned"]),
        (text("Out of use or in store, counted separately"), counts["out_of_use"]),
    )
    head = (words.text("What"), words.text("Devices"))
    rows = tuple((words.say(label), words.number(count)) for label, count in labelled)
    title = words.text("What is planned")
    if not report.plans:
        plans = Section(title, (words.text("No open plan to replace or remove devices is recorded."),))
    else:
        plan_lines: list[str] = []
        for plan in report.plans[:longest]:
            due = words.text("due {day}", day=plan.due) if plan.due else ""
            named = ", ".join(filter(None, (plan.title, plan.owner, due)))
            plan_lines.append(": ".join(filter(None, (named, words.say(plan.statement)))))
        if len(report.plans) > longest:
            plan_lines.append(
                words.text("{count} more are in the full report.", count=len(report.plans) - longest)
            )
        plans = Section(title, points=tuple(plan_lines))
    sections = (
        Section(words.text("Conclusion"), points=tuple(map(say, report.conclusions))),
        Section(words.text("Counts of devices"), rows=(head, *rows)),
        _listings(report, words, longest),
        plans,
        Section(words.text("What is unknown"), points=points),
        _sources(report, words, longest),
    )
    lead = (
        words.text(
            "As of {day}. Run {run}, Overzicht {version}.",
            day=report.as_of,
            run=report.run_id,
            version=report.version,
        ),
        words.text("The report states facts. It is not a judgement and not legal advice."),
    )
    filled = tuple(section for section in sections if not section.is_empty)
    return Document(say(TITLE), lead, filled, report.as_of, report.version, lang)


def _listings(report: OverviewReport, words: Words, longest: int) -> Section:
    """Return the lists that name a manufacturer or an owner, their start, and whether each binds us."""
    say = words.say
    devices = {row.maker_id: row.devices for row in report.makers}
    first: dict[tuple[str, str], ListingRow] = {}
    for row in report.listings:
        known = first.get((row.party_id, row.list_id))
        if row.is_current and (known is None or _start(row) < _start(known)):
            first[row.party_id, row.list_id] = row
    current = sorted(
        first.values(),
        key=lambda row: (
            not row.binds_reader,
            row.relation != "maker",
            -devices.get(row.maker_id, 0),
            row.party_name,
            row.list_id,
        ),
    )
    head = tuple(map(say, (text("Party"), text("List"), text("Listed since"), text("Binds us"))))
    rows = tuple(
        (
            f"{row.party_name} ({say(word(RELATIONS, row.relation))})",
            say(row.list_title),
            words.legal_date(row.since),
            say(text("yes") if row.binds_reader else text("no")),
        )
        for row in current[:longest]
    )
    notes = [text("“Binds us” means: the list itself binds a public body in the Netherlands.")]
    if len(current) > longest:
        notes.append(text("{count} more are in the full report.", count=len(current) - longest))
    title = words.text("Listings, their start, and whether they bind us")
    if not current:
        return Section(
            title,
            (words.text("No list that covers this date names a manufacturer in this report or its owner."),),
        )
    return Section(title, tuple(map(say, notes)), rows=(head, *rows))


def _start(row: ListingRow) -> str:
    return row.since.day.isoformat() if row.since else "9999"


def _sources(report: OverviewReport, words: Words, longest: int) -> Section:
    """Return the lists, legal acts and inventories of the report; the lists that name a party come first."""
    say, current = words.say, [row for row in report.listings if row.is_current]
    naming = {row.list_id for row in current}
    acts = {row.act: row.act_address for row in reversed(current) if row.act}
    lists = sorted(
        (status for status in report.lists if status.answer is Answer.FOUND or status.list_id in naming),
        key=lambda status: (status.list_id not in naming, not status.binds_reader),
    )
    list_entries = []
    for status in lists:
        marks = () if status.is_official else (words.text("not official"),)
        has_file = status.basis in ("full", "incomplete")
        list_entries.append(
            (
                say(status.title),
                words.value(status.published or (text("undated") if has_file else "")),
                ", ".join((words.say(word(BASES, status.basis)), *marks)),
            )
        )
    entries = [
        *list_entries,
        *((source.filename, "", f"sha256 {source.sha256[:12]}") for source in report.inputs),
        *((act, "", address) for act, address in sorted(acts.items())),
    ]
    head = tuple(map(say, (text("Source"), text("Published"), text("Version"))))
    notes = (
        (words.text("{count} more are in the full report.", count=len(entries) - longest),)
        if len(entries) > longest
        else ()
    )
    rows = (head, *entries[:longest]) if entries else ()
    return Section(words.text("Sources"), notes, rows=rows)
