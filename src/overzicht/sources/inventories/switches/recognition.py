"""Which template explains a text: the name of the file does not say it."""

import ipaddress
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from overzicht.identifiers import mac
from overzicht.sources.inventories.formats.text_lines import MAC
from overzicht.sources.inventories.switches.commands import commands
from overzicht.sources.inventories.switches.templates import Reading, Row, Template, templates
from overzicht.sources.inventories.tables.cell_values import OWN_ADDRESS

TRIED_LINES = 100  # of a section, to choose its template
_KNOWN = re.compile(
    r"(?i)\b(?:(?:device|chassis|neighbou?r|client)[ -]?id\b|(?:hardware|mac)[ -]address\b|system ?name\b"
    r"|PID:|AP Name\b|serial\b)"
)
_CLIENT = re.compile(r"[0-9a-fA-F]{2}(?:[.:-]?[0-9a-fA-F]{2}){6,}")  # longer than a MAC address
_WEIGHTS = {"mac": 3, "serial": 3, "client": 3}  # what identifies one device counts for more than a name
_GAP = re.compile(r"\S(?: {2}|\t)")
_LEGEND = 8  # lines of a title, a legend and a header that a template of a table may pass over
_NEEDED = {
    "addresses": frozenset({"mac", "client"}),
    "neighbours": frozenset({"mac", "label"}),
    "parts": frozenset({"serial", "model"}),
    "devices": frozenset({"mac", "serial"}),
}
_RULER = re.compile(r"\s*[-=+|]{3}[-=+|\s]*$")
_BARE_MAC = re.compile(r"[0-9A-Fa-f]{12}")  # without signs between: only where the template says it is one
_IDENTIFIES = re.compile(r"(?i)\bserial\b")

Line = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one answer, with their numbers, without the prompt and its command."""

    lines: tuple[Line, ...]


def sections(lines: Sequence[str]) -> Iterator[Section]:
    """Yield the answers in a text: a prompt with a command, or a command alone, begins the next one.

    The indent of a command alone is that of a copied text: it is taken off the lines of its answer.
    """
    section: list[Line] = []
    indent = ""
    for number, line in enumerate(lines, start=1):
        prompt = commands().prompt.match(line)
        alone = commands().alone.match(line)
        if (alone or (prompt and prompt["command"])) and not MAC.search(line):
            if section:
                yield Section(tuple(section))
            section = []
            indent = alone["indent"] if alone else ""
        else:
            section.append((number, line.removeprefix(indent)))
    if section:
        yield Section(tuple(section))


def may_be_answer(text: str) -> bool:
    """Return whether a text holds what lists of devices have: MAC addresses or the names of columns."""
    return MAC.search(text) is not None or _KNOWN.search(text) is not None


@lru_cache(maxsize=8)  # a text is recognised before it is read
def read_section(section: Section) -> tuple[Template, Reading] | None:
    """Return the reading of the template that explains most of a section; None if none explains it.

    The choice is made on the first lines: the most devices, the fewest lines without explanation.
    """
    head = section.lines[:TRIED_LINES]
    words = dict(head)
    best: tuple[tuple[int, ...], Template, Reading] | None = None
    for template in templates():
        reading = template.read(head)
        score = _score(template, reading, words)
        if score is not None and (best is None or score > best[0]):
            best = score, template, reading
    if best is None:
        return None
    _, template, reading = best
    return template, reading if len(section.lines) == len(head) else template.read(section.lines)


def _score(template: Template, reading: Reading, words: Mapping[int, str]) -> tuple[int, ...] | None:
    """Return how well a template fits, larger is better; None if it lists nothing in these lines.

    A name that a rule for any row of words gave is only a name if the template explains every line. Lines
    without explanation that differ only in numbers count as one.
    """
    is_device = template.kind == "devices"
    is_table = reading.is_table and not is_device
    # whether the columns of a template are not those of a line: it misses the MAC address there
    named = [
        names if row.is_telling or not (reading.refused or reading.passed) else names & _WEIGHTS.keys()
        for row in reading.rows
        if row.is_whole
        and (names := identities(row))
        and not (
            is_table
            and (
                ("mac" not in names and MAC.search(words[row.lines[0]]) is not None) or has_run_together(row)
            )
        )
    ]
    if not reading.telling or not any(_NEEDED[template.kind] & names for names in named):
        return None
    weight = sum(_WEIGHTS.get(name, 1) for names in named for name in names)
    if is_device:  # the template has to explain the text: several lines, and numbers
        filled = sum(re.search(r"\w", line) is not None for line in words.values())
        is_list = reading.is_table and any(_NEEDED["devices"] <= names for names in named)
        if not (reading.telling >= 3 or is_list) or 8 * reading.telling < filled:
            return None
    shapes = {
        re.sub(r"\d+", "0", words[number])
        for number in reading.refused
        if not is_device or identifies(words[number])
    }
    passed = len(reading.passed) if is_table else 0
    if is_table:
        # the header is the last line with words above the first row, or a row with a line of dashes below it
        first = reading.rows[0].lines[0]
        above = (n for n, line in words.items() if n < first and re.search(r"\w", line))
        rows = {row.lines[0] for row in reading.rows if identities(row)}
        if max(above, default=0) in reading.refused or any(
            n + 2 in rows and _RULER.match(words.get(n + 1, "")) and not MAC.search(words[n]) for n in rows
        ):
            return None
    if weight <= 3 * len(shapes) or passed > _LEGEND + 3 * len(reading.rows):
        return None
    return weight - 3 * len(shapes) - passed, -len(reading.passed), reading.telling, -len(reading.rows)


def identifies(line: str) -> bool:
    """Return whether a line may hold what identifies a device: a MAC address or a serial number."""
    return MAC.search(line) is not None or _IDENTIFIES.search(line) is not None


def has_run_together(row: Row) -> bool:
    """Return whether one value of a row of a table has two columns, such as `eth0      hal`."""
    fields = commands().fields
    names = {name for field in ("label", "model", "description") for name in fields[field]}
    return any(_GAP.search(value) for name in names for value in row.values.get(name, ()))


def identities(row: Row) -> frozenset[str]:
    """Return the filled fields that identify the device of a record."""
    names = ("mac", "serial", "client", "label", "address", "model")
    return frozenset(name for name in names if value_of(row, name))


def value_of(row: Row, field: str) -> str:
    """Return the first value that a record gives a field; a MAC or IP address only if it is one."""
    for name in commands().fields[field]:
        for value in row.values.get(name, ()):
            if commands().nothing.fullmatch(value):
                continue
            if field == "mac" and (named := commands().named_mac.fullmatch(value)):
                return named[1] if mac.normalize(named[1]) else ""
            if field == "mac" and "MAC" in name and _BARE_MAC.fullmatch(value):
                return value
            is_mac = MAC.fullmatch(value) is not None and (field != "mac" or mac.normalize(value) is not None)
            try:
                ipaddress.ip_address(value.split("%", 1)[0])
            except ValueError:
                is_address = False
            else:
                is_address = True
            is_ip = is_address and not (field == "address" and OWN_ADDRESS.match(value))
            is_serial = re.search(r"\d", value) is not None and len(value) > 3
            is_client = _CLIENT.fullmatch(value) is not None
            if {
                "client": is_client,
                "serial": is_serial,
                "mac": is_mac,
                "address": is_ip,
                "label": not (is_mac or is_ip),
            }.get(field, True):
                return value
    return ""
