"""The templates of `ntc-templates` that list devices, and what one of them makes of lines.

The library's own parser stops at the first line that a template does not know, and drops a record without a
value that the template requires. Here both are kept: what a template did not explain is reported.
"""

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

import textfsm

from overzicht.sources.inventories.switches.commands import commands

LONGEST_LINE = 600  # characters; a longer line is left unexplained, so that the time stays in proportion
_WORD = re.compile(r"\w")
_NO_ANSWER = ("~ zq 9 @@ x", "\x01~", "Zq~")  # lines that no program prints
_WORDS = tuple(
    f"{indent}{separator.join(['Zq'] * count)}"
    for indent in ("", "  ")
    for separator in (" ", "   ")
    for count in range(1, 15)
)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a template: the values by name, empty ones left out, and the lines that gave them.

    Several values of one name are in the order of the text. `is_whole` is False for one that the library
    drops, because a value that the template requires is missing. `is_telling` is False for one that only
    rules made which fit any row of words.
    """

    values: Mapping[str, tuple[str, ...]]
    lines: tuple[int, ...]
    is_whole: bool
    is_telling: bool


@dataclass(slots=True)
class Reading:
    """What a template made of lines: records, and the numbers of the lines that it does not explain.

    It refuses a line that cannot be there, and passes over one that it does not need. What comes after
    the end of the list is in neither.
    `telling` is the number of lines that a rule with words, numbers or addresses of its own explained; a rule
    that fits any row of words does not count.
    """

    template: str
    kind: str
    rows: list[Row] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)
    passed: list[int] = field(default_factory=list)
    telling: int = 0

    @property
    def is_table(self) -> bool:
        """Whether each record is one line."""
        return all(len(row.lines) == 1 for row in self.rows)


class _Tracer(textfsm.TextFSM):  # type: ignore[misc]
    """A parser that goes on after a line that its template refuses, and remembers which line gave what."""

    _cur_state: list[textfsm.parser.TextFSMRule]
    line = 0
    _is_saving = False

    def start(self) -> None:
        """Forget what was read."""
        self.Reset()
        self.line = 0
        self.rows: list[Row] = []
        self.refused: set[int] = set()
        self.passed: set[int] = set()
        self.telling: set[int] = set()
        self._given: list[tuple[int, str, str]] = []  # line, name and value since the last record

    def take(self, number: int, line: str) -> None:
        """Read one line; in the first state, a rule that fits every line explains none."""
        self.line = number
        if self._cur_state_name in ("End", "EOF") or commands().clock.match(line):
            return
        missed = self.refused if len(line) > LONGEST_LINE else self._match(number, line)
        if missed is not None and not is_around(line):
            missed.add(number)

    def _match(self, number: int, line: str) -> set[int] | None:
        """Apply the rules of the state to a line; return where it belongs if none explains it."""
        has_words = _WORD.search(line) is not None
        missed = self.passed if has_words else None
        is_total = commands().total.match(line) is not None
        for rule in self._cur_state:
            matched = rule.regex_obj.match(line)
            if not matched or (is_total and rule.record_op and _fits_any_words(rule)):
                continue
            if rule.line_op == "Error":
                return self.refused
            if has_words and not _fits_any_words(rule):
                self.telling.add(number)
            if self._cur_state_name != "Start" or not _fits_every_line(rule):
                missed = None
            for value in matched.groupdict():
                self._AssignVar(matched, value)
            if self._Operations(rule, line):
                self._go_to(rule.new_state)
                break
        return missed

    def _go_to(self, state: str) -> None:
        if state:
            self._cur_state_name = state
            self._cur_state = self.states.get(state, self._cur_state)

    def finish(self) -> None:
        """Save the record that the end of the text closes."""
        if self._cur_state_name != "End" and "EOF" not in self.states:
            self._AppendRecord()
        else:
            self._save()

    def _AssignVar(self, matched: re.Match[str], value: str) -> None:  # noqa: N802 -- a name of the library
        super()._AssignVar(matched, value)
        if value_text := (matched[value] or "").strip():
            self._given.append((self.line, value, value_text))

    def _AppendRecord(self) -> None:  # noqa: N802 -- a name of the library
        self._is_saving = True
        super()._AppendRecord()
        self._is_saving = False
        self._save()

    def _ClearRecord(self) -> None:  # noqa: N802 -- a name of the library
        if self.line and not self._is_saving:
            self._save()
        super()._ClearRecord()

    def _save(self) -> None:
        """Add a row of the lines since the last record; a value that another replaced is unexplained."""
        is_whole = bool(self._result)
        header = self.header if is_whole else ()
        values = {n: _texts(v) for n, v in zip(header, self._result.pop() if is_whole else (), strict=True)}
        given, self._given = self._given, []
        if not is_whole:
            for _, name, value_text in given:
                values[name] = (*values.get(name, ()), value_text)
        filled_down = {value.name for value in self.values if "Filldown" in value.OptionNames()}
        own = [line for line, name, _ in given if name not in filled_down]
        lines = tuple(dict.fromkeys(own or [line for line, _, _ in given]))
        kept = {line for line, name, value_text in given if value_text in values[name]}
        self.refused.update(set(lines) - kept)
        if lines:
            filled = {name: value_text for name, value_text in values.items() if value_text}
            self.rows.append(Row(filled, lines, is_whole, not self.telling.isdisjoint(lines)))


@cache
def _fits_every_line(rule: textfsm.parser.TextFSMRule) -> bool:
    return all(rule.regex_obj.match(line) for line in _NO_ANSWER)


@cache
def _fits_any_words(rule: textfsm.parser.TextFSMRule) -> bool:
    return any(rule.regex_obj.match(line) for line in (*_NO_ANSWER, *_WORDS))


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, list):
        return tuple(text for item in value for text in _texts(item))
    if isinstance(value, dict):
        return _texts(list(value.values()))
    text = str(value or "").strip()
    return (text,) if text else ()


def is_around(line: str) -> bool:
    """Return whether a line comes from the terminal, not from an answer: a prompt, a command, a total."""
    known = commands()
    return any(pattern.match(line) for pattern in (known.around, known.total, known.prompt, known.command))


@dataclass(frozen=True, slots=True)
class Template:
    """One template of the library; `kind` is what it lists."""

    name: str
    kind: str
    parser: _Tracer

    def read(self, lines: Sequence[tuple[int, str]]) -> Reading:
        """Return what the template makes of numbered lines."""
        self.parser.start()
        for number, line in lines:
            self.parser.take(number, line)
        self.parser.finish()
        parser = self.parser
        refused, passed = sorted(parser.refused), sorted(parser.passed - parser.refused)
        return Reading(self.name, self.kind, parser.rows, refused, passed, len(parser.telling))


@cache
def templates() -> tuple[Template, ...]:
    """Return the templates that list devices, by name; one of our own goes before that of the library."""
    listing: list[Template] = []
    folders = (files("ntc_templates").joinpath("templates"), files(__package__).joinpath("own"))
    entries = {entry.name: entry for folder in folders for entry in folder.iterdir()}
    for _, entry in sorted(entries.items()):
        if entry.name.endswith(".textfsm") and (kind := commands().list_of(entry.name)):
            parser = _Tracer(io.StringIO(entry.read_text("utf-8")))
            listing.append(Template(entry.name.removesuffix(".textfsm"), kind, parser))
    return tuple(listing)
