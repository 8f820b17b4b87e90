"""The overview in a terminal: what matters, on one screen of at most 40 lines of 100 columns.

Names come from inventories that anybody may have filled in, so control characters (which a terminal would
obey) are shown as spaces. Colour is left out: the words say it.
"""

import unicodedata
from collections.abc import Sequence

from overzicht.evidence import Answer, text
from overzicht.evidence.answers import LISTING_ANSWERS
from overzicht.evidence.claim import UNCHECKED, short_words_of
from overzicht.grouping import by_key
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.overview_report import OverviewReport
from overzicht.reports.tables import apart, vulnerable_label
from overzicht.reports.vocabulary import word

COLUMNS = 100
LINES = 40
ROOM = (
    (12, 5),
    (10, 4),
    (8, 4),
    (6, 3),
    (5, 3),
    (4, 3),
    (4, 2),
)  # makers and lists shown, the first that fits
UNKNOWNS_SHOWN = 2
CONCLUSIONS_SHOWN = 2
FILES_SHOWN = 2
NAME = 37  # columns of the name of a manufacturer
HANGING = "  "  # before the second and later lines of a sentence
WIDE = ("W", "F")  # East Asian width classes that take two columns


def render_terminal(report: OverviewReport, lang: Language, files: Sequence[str] = ()) -> str:
    """Return the summary; `files` are the paths or addresses where the whole report was written."""
    words = words_for(lang)
    lines: list[str] = []
    title = words.text("Overview of surveillance equipment")
    day = words.text("as of {day}", day=report.as_of)
    total = report.device_count
    counts = (
        (report.listed_count, text("made by a listed manufacturer")),
        (report.unchecked_count, text("with a manufacturer that was not checked on every list")),
        (report.relabelled_count, text("sold under another brand than the manufacturer's")),
        (report.unknown_count, text("with an unknown or undecided manufacturer")),
    )
    head = words.text(
        "{devices} devices · {sites} places · {makers} manufacturers",
        devices=total,
        sites=sum(bool(place.site) for place in report.places),
        makers=len(report.makers),
    )
    headline = [f"{title} · {day} · {report.run_id}", "─" * COLUMNS, head]
    headline += [f"{words.number(n):>8}  {words.part(n, total):>4}  {words.say(what)}" for n, what in counts]
    count = report.vulnerable_count
    label = words.say(vulnerable_label(report))
    if count is None:
        vulnerable = f"{'–':>8}        {label}"
    else:
        vulnerable = f"{words.number(count):>8}  {words.part(count, report.device_count):>4}  {label}"
    headline.append(vulnerable)
    headline += [f"{words.number(n):>8}        {words.say(what)}" for n, what in apart(report)]
    for sentence in report.conclusions[:CONCLUSIONS_SHOWN]:
        headline += _wrapped(words.say(sentence), limit=2)
    binding_lists = [entry for entry in report.lists if entry.binds_reader]
    covering = [entry for entry in binding_lists if entry.answer in (Answer.FOUND, Answer.NOT_FOUND)]
    named = {row.party_name for row in report.listings if row.binds_reader and row.is_current}
    names = ", ".join(words.say(entry.title) for entry in binding_lists)
    binding = words.text(
        "Binding on a Dutch public body: {named} of these parties, by {covered} of {all} lists that cover "
        "this date ({lists}).",
        lists=names or words.text("no known list"),
        covered=len(covering),
        all=len(binding_lists),
        named=len(named),
    )
    silent = by_key(
        (entry.answer, words.say(entry.title))
        for entry in report.lists
        if entry.answer in (Answer.NOT_CHECKED, Answer.COULD_NOT_READ)
    )
    unknowns = [words.text("Still unknown")] if report.unknowns or silent else []
    for sentence in report.unknowns[:UNKNOWNS_SHOWN]:
        unknowns += _wrapped(words.say(sentence), limit=1, indent="  ")
    if silent:
        answered = (
            f"{words.say(word(LISTING_ANSWERS, answer))}: {', '.join(titles)}"
            for answer, titles in sorted(silent.items())
        )
        unknowns += _wrapped("; ".join(answered), limit=1, indent="  ")
    shown = [f"  {path}" for path in files[:FILES_SHOWN]]
    end = [words.text("The whole report"), *shown, *more(len(files) - FILES_SHOWN, words)] if files else []
    for makers, lists in ROOM:
        listed = _listings(report, words, lists) + _wrapped(binding, limit=2)
        lines = []
        for block in (headline, _makers(report, words, makers), listed, unknowns, end):
            lines += ([""] if lines and block else []) + [_fit(line, COLUMNS) for line in block]
        if len(lines) <= LINES:
            break
    return "\n".join(lines) + "\n"


def _makers(report: OverviewReport, words: Words, shown: int) -> list[str]:
    if not report.makers:
        return []
    headings = (
        text("Manufacturers"),
        text("devices"),
        text("own brand"),
        text("relabelled"),
        text("on a list"),
    )
    rows = [_row([words.say(heading) for heading in headings])]
    claims = report.claims_by_party
    for maker in report.makers[:shown]:
        listed = short_words_of(claims.get(maker.maker_id, UNCHECKED))
        if maker.owner_is_listed and not maker.is_listed:
            listed = text("an owner is")
        counts = (maker.devices, maker.own_brand, maker.relabelled)
        rows.append(_row([maker.name, *(words.number(count) for count in counts), words.say(listed)]))
    return rows + more(len(report.makers) - shown, words)


def _row(cells: list[str]) -> str:
    name, devices, own, relabelled, listed = cells
    shown = _fit(name, NAME)
    padding = " " * (NAME - width(shown))
    return f"{shown}{padding}{devices:>11}{own:>13}{relabelled:>17}  {listed}"


def _listings(report: OverviewReport, words: Words, shown: int) -> list[str]:
    """Return the entries in force by list, those that bind first: effect of the list, and listed parties."""
    current = [listing for listing in report.listings if listing.is_current]
    if not current:
        return [
            words.text(
                "Listings: no list that covers this date names a manufacturer or owner in this report."
            )
        ]
    by_list = by_key(
        ((listing.list_id, listing.effect), listing)
        for listing in sorted(current, key=lambda row: (not row.binds_reader, row.list_id, row.relation))
    )  # one list may do different things to its entries
    lines = [words.text("Listings in force")]
    by_length = sorted(by_list.values(), key=lambda rows: (not rows[0].binds_reader, -len(rows)))
    for listings in by_length[:shown]:
        first = listings[0]
        title = words.say(first.list_title)
        lines += _wrapped(f"{title}: {words.say(first.effect)}", limit=1, indent="  ")
        entries: list[str] = []
        for row in listings:
            values: dict[str, str] = {"party": row.party_name, "since": words.legal_date(row.since)}
            if row.relation == "maker":
                entry = words.text("{party} since {since}", **values)
            else:
                entry = words.text("{party} (an owner) since {since}", **values)
            entries.append(entry)
        lines += _wrapped("; ".join(entries), limit=2, indent="    ")
    return lines + more(len(by_list) - shown, words)


def more(count: int, words: Words) -> list[str]:
    """Return a line on how many more there are; none where there are no more."""
    if count <= 0:
        return []
    return ["  " + words.text("… and {count} more", count=count)]


def _wrapped(sentence: str, limit: int, indent: str = "") -> list[str]:
    """Return the sentence on lines of at most COLUMNS (wide characters count for two), the last one cut."""
    lines: list[str] = []
    line = ""
    for part in cleaned(sentence).split():
        longer = f"{line} {part}" if line else part
        if line and width(longer) > COLUMNS - len(HANGING) - len(indent):
            lines.append(line)
            longer = part
        line = longer
    lines = [indent + (HANGING if number else "") + part for number, part in enumerate([*lines, line])]
    if len(lines) <= limit:
        return lines
    return [*lines[: limit - 1], _cut(lines[limit - 1])]


def cleaned(line: str) -> str:
    """Return the line with control, format and line-breaking characters as spaces."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in line)


def width(line: str) -> int:
    """Return the columns that a line takes: two for a wide character, none for a combining one."""
    if line.isascii():
        return len(line)
    return sum(
        2 if unicodedata.east_asian_width(c) in WIDE else 0 if unicodedata.combining(c) else 1 for c in line
    )


def _fit(line: str, columns: int) -> str:
    line = cleaned(line).rstrip()
    return line if width(line) <= columns else _cut(line, columns)


def _cut(line: str, columns: int = COLUMNS) -> str:
    """Return the line with an ellipsis at its end, in at most this number of columns."""
    while width(line) >= columns:
        line = line[:-1]
    return line.rstrip() + "…"
