"""Lines that `overzicht control` prints."""

import textwrap
from collections.abc import Iterator, Sequence

from overzicht.cli.language import grouped, place_text, speak, spoken, translate, worded
from overzicht.subjects.control_list.diff import (
    Change,
    ChangeKind,
    ListComparison,
    Reach,
    marked_difference,
)
from overzicht.subjects.control_list.model import Provision
from overzicht.subjects.control_list.path import regime_of
from overzicht.subjects.control_list.references import ProvisionContext
from overzicht.subjects.control_list.search import Hit
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.control_list.update import InstalledVersion
from overzicht.subjects.control_list.versions import HeldVersion, OpenedVersion

WIDTH = 100
SHOWN_CORRECTIONS = 5
_GONE = (ChangeKind.REMOVED, ChangeKind.REMOVED_ENTRY, ChangeKind.NOTE_REMOVED)
_COME = (ChangeKind.ADDED, ChangeKind.ADDED_ENTRY, ChangeKind.NOTE_ADDED)


def shown(opened: OpenedVersion, unfolded: ProvisionContext) -> str:
    """Return a provision in its context."""
    target = unfolded.provision
    regime = regime_of(target.path)
    lines = [
        _headline(opened),
        *([speak("regime by its number: {regime}", regime=regime)] if regime else []),
        "",
    ]
    for depth, provision in enumerate(unfolded.chain):
        lines += _wrapped(f"{provision.path}  {provision.text or translate('(no text of its own)')}", depth)
    for child in target.children:
        lines += _tree(child, len(unfolded.chain))
    lines += _section(
        translate("Notes"), [f"[{worded(note.kind)}] {note.full_text}" for note in unfolded.notes]
    )
    lines += _section(translate("Terms"), [_term(unfolded, place) for place in range(len(unfolded.terms))])
    lines += _section(translate("Refers to"), list(_references(unfolded)))
    return "\n".join(lines)


def _term(unfolded: ProvisionContext, place: int) -> str:
    term = unfolded.terms[place]
    mark = '"' if term.is_global else "'"
    if term.definition is not None:
        return term.definition.text
    name = f"{mark}{term.name}{mark}"
    return speak("{term}: its definition is not in the file that is loaded", term=name)


def _references(unfolded: ProvisionContext) -> Iterator[str]:
    for reference in unfolded.references:
        if not reference.provisions:
            yield speak("{provision}: not in this version", provision=reference.reference)
        for provision in reference.provisions:
            yield f"{provision.path}  {provision.text}"


def search_lines(opened: OpenedVersion, hits: Sequence[Hit]) -> str:
    """Return the hits of a search, best first."""
    lines = [_headline(opened)]
    if not hits:
        lines.append(translate("nothing found; try other words"))
    for place, hit in enumerate(hits, start=1):
        above = opened.list.context(hit.path)[:-1]
        fits = speak("fits: {words}", words=", ".join(hit.concepts))
        lines += ["", f"{place}. {hit.path}   ({fits})"]
        lines += _wrapped(hit.provision.text, 1)
        if above:
            lines += _wrapped(speak("under {path}: {text}", path=above[-1].path, text=above[-1].text), 2)
    lines += [
        "",
        translate(
            "A hit is a lead to read, not a classification; no hit does not mean that nothing is controlled."
        ),
    ]
    return "\n".join(lines)


def compared(comparison: ListComparison, chosen: Sequence[Change]) -> str:
    """Return the changes between two versions, with counts first."""
    lines = [f"{comparison.before} → {comparison.after}", *_counts(comparison), ""]
    for change in chosen:
        lines += _change(change)
    return "\n".join(lines)


def _counts(comparison: ListComparison) -> list[str]:
    if not comparison.changes:
        return [translate("the two say the same")]
    lines = [f"  {count:>5}  {worded(kind)}" for kind, count in comparison.counts.items()]
    if not comparison.has_definitions:
        lines.append(translate("definitions were not compared: one of the two files came without them"))
    return lines


def _change(change: Change) -> list[str]:
    kind = worded(change.kind)
    if change.old_path is not None:
        return [f"> {change.old_path} → {change.path} ({kind}): {_short(change.new_text)}"]
    if change.kind in _COME:
        return [f"+ {change.path} ({kind}): {_short(change.new_text)}"]
    if change.kind in _GONE:
        return [f"- {change.path} ({kind}): {_short(change.old_text)}"]
    if change.kind is ChangeKind.DEFINITION:
        uses = len(change.targets)
        kind = speak("{kind}, used by {count} provisions from here on", kind=kind, count=uses)
    lines = [f"~ {change.path} ({kind})"]
    for number in change.numbers:
        is_told = change.kind is ChangeKind.NUMERIC and number.reach is not Reach.UNKNOWN
        reach = f"  ({worded(number.reach)})" if is_told else ""
        lines.append(f"    {number}{reach}")
    lines += _wrapped(" ".join(_marked(change)), 1)
    return lines


def _marked(change: Change) -> Iterator[str]:
    for sign, words in marked_difference(change.old_text, change.new_text):
        yield {"=": words, "-": f"[-{words}-]", "+": f"{{+{words}+}}"}[sign]


def installed(result: InstalledVersion, *, is_quiet: bool) -> str:
    """Return the result of installing a version."""
    stored = result.read.list
    head = speak(
        "{version}: {entries} entries, {provisions} provisions ({layout})",
        version=stored.version,
        entries=grouped(len(stored.entries)),
        provisions=grouped(len(stored.by_path)),
        layout=result.read.layout,
    )
    lines = [speak("{head}, installed before", head=head) if result.was_known else head]
    corrections = result.read.corrections
    if corrections:
        lines.append(speak("{count} defects of the file put right:", count=len(corrections)))
        lines += [
            f"  {place_text(correction.place)}: {spoken(correction.what)}"
            for correction in corrections[:SHOWN_CORRECTIONS]
        ]
        if len(corrections) > SHOWN_CORRECTIONS:
            count = len(corrections) - SHOWN_CORRECTIONS
            lines.append("  " + speak("… and {count} more (--json gives all)", count=count))
    if result.comparison is not None:
        chosen = [] if is_quiet else result.comparison.chosen()
        lines += ["", compared(result.comparison, chosen), *_reopened(result)]
    elif not result.was_known:
        lines.append(translate("no earlier version is installed to compare with; nothing is re-opened"))
    return "\n".join(lines)


def _reopened(result: InstalledVersion) -> list[str]:
    if not result.reopened:
        return ["", translate("nothing that is kept here cites a provision that changed")]
    count = len(result.reopened)
    lines = ["", speak("{count} records cite what changed; a task is open for each:", count=count)]
    return lines + [
        f"  {translate(record.kind)} {record.record_id}: {', '.join(record.cited)} "
        f"({speak('{count} changes', count=len(record.changes))})"
        for record in result.reopened
    ]


def versions(stored: Sequence[HeldVersion]) -> str:
    """Return the installed versions by day."""
    if not stored:
        return translate("none is installed; install your copy: overzicht control update FILE")
    return "\n".join(
        speak(
            "{version} from {day}  {count} provisions  {source}",
            version=f"{version.name:<12}",
            day=version.day,
            count=f"{grouped(version.stored.record_count):>6}",
            source=f"{version.snapshot.id}  {version.snapshot.filename}",
        )
        for version in stored
    )


def _headline(opened: OpenedVersion) -> str:
    title = translate(control_list_card().title)
    line = speak("{title}, version {version}", title=title, version=opened.version)
    return f"{line}\n{speak('Caution: {caution}', caution=opened.caution)}" if opened.caution else line


def _tree(provision: Provision, depth: int) -> list[str]:
    lines = _wrapped(f"{provision.path}  {provision.text}", depth)
    for child in provision.children:
        lines += _tree(child, depth + 1)
    return lines


def _section(title: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    return ["", title, *(line for item in items for line in _wrapped(item, 1))]


def _wrapped(text: str, depth: int) -> list[str]:
    start = "  " * depth
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=start,
        subsequent_indent=f"{start}    ",
        break_long_words=False,
    )


def _short(text: str) -> str:
    return textwrap.shorten(" ".join(text.split()), 200, placeholder=" …")
