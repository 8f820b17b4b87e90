"""Update the Dutch catalogue from the code: add new messages without a translation, remove unused ones.

Run it after a change of a sentence, and translate the messages that it prints. The tests compare both:

    python tools/update_catalogue.py
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_from_dir
from babel.messages.pofile import read_po, write_po

from overzicht.cli.commands import Group, paragraphs
from overzicht.cli.language import LISTED_BY
from overzicht.cli.main import cli
from overzicht.devices.knowledge import load_maker_cards
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.sources.starter import starter_records
from overzicht.subjects.control_list.sources.card import control_list_card
from overzicht.subjects.diligence.law_files import example_uses

SOURCE = Path(__file__).resolve().parent.parent / "src" / "overzicht"
CATALOGUE = SOURCE / "reports" / "locale" / "nl.po"
LANGUAGE = "nl"
RULE = re.compile(r'^[A-Z_]*(?:RULE|NOT_REPEATED) = \(?\s*"(.+)"$', re.M)
IS_IMPORTED = re.compile(
    r"^from overzicht\.evidence(\.text)? import [^\n]*\btext\b"
    r"|^from overzicht\.evidence import \(|^def text\(template|\bwords\.text\(",
    re.M,
)
TEMPLATES = "**/templates/**.html"
CLICK = (
    "core",
    "decorators",
    "exceptions",
    "formatting",
    "parser",
    "termui",
    "types",
)  # what people see of it
MAKERS = {"Problem", "problem_error", "not_found", "too_large"}  # of the service: they make its problems
MISTAKES = {
    "ValueError",
    "PydanticCustomError",
    "YAMLError",
    "_PassingFaultError",
}  # in a file or a form: people read their text
PACKAGED = (  # modules whose mistakes are in packaged data or in the program, which no user can solve
    "subjects/census/estimates.py", "derived.py", "devices/card.py", "entities/ownership.py",
    "evidence/text.py",
    "subjects/control_list/classification/rules.py", "subjects/control_list/classification/vocabulary.py",
    "subjects/control_list/quantity.py", "isolation/", "law/", "parties/",
    "screening/policy.py", "screening/scorer.py", "sources/lists/card.py", "sources/starter/",
    "web/openapi.py",
)  # fmt: skip
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)
REPORTERS = {  # of a fault or a rule, with the number of arguments before its words
    "problem": 1, "first": 1, "record": 1, "RecordProblem": 1, "_mark_unofficial": 1, "_tell": 1, "refuse": 1,
    "_error": 1, "Fault": 2, "LegalDate": 2, "Release": 2, "fault": 1, "wrong": 1, "not_one_of": 1,
}  # fmt: skip
COLLECTED = {"remarks", "problems", "faults", "reasons", "notes"}  # lists of such words
ADVICE = ("fix", "reason", "problems")  # parameters with words for people, of any function
# names of functions that return such words
REASON = re.compile("fault|reason|mistake|refusal|contradict|differing|_fix$|engine_state|_machine")
SENTENCE = re.compile(r"[a-z]{2}.* |^[a-z ]{3,}$")
PROGRAM_WORDS = ("type", "title")  # for programs only
Message = str | tuple[str, ...]


def used_messages(source: Path = SOURCE) -> set[Message]:
    """Return every message of the code: of `text("…")` of this product, templates, help, and errors."""
    messages = {*_in_templates(source), *in_commands(), *in_errors(source), *in_cards(), *in_rules()}
    for path in sorted(source.rglob("*.py")):
        if says_sentences(path):
            messages |= set(_arguments(path, {"text": 0}))
    return messages - {"template"}  # the name of a field, in the module that defines `text`


def says_sentences(path: Path) -> bool:
    """Return whether `text` in this file is the one of `overzicht.evidence` (and not of another library)."""
    return IS_IMPORTED.search(path.read_text(encoding="utf-8")) is not None


def read_catalogue(path: Path = CATALOGUE) -> Catalog:
    """Return the stored catalogue."""
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


def in_commands(command: click.Command = cli) -> Iterator[Message]:
    """Yield what help prints: paragraphs, options, lines and sections of groups, and click's own words."""
    yield from filter(None, paragraphs(command.help or ""))
    options = [param for param in command.params if isinstance(param, click.Option)]
    yield from (option.help for option in options if option.help)
    yield from (option.show_default for option in options if isinstance(option.show_default, str))
    if isinstance(command, Group):
        yield from filter(
            None, (*command.sections, *(line for _, line in command.table.values()), command.epilog)
        )
        context = click.Context(command)
        for below in (command.get_command(context, name) for name in command.list_commands(context)):
            yield from in_commands(below) if below else ()
    if command is cli:
        yield from ("[OPTIONS]", "COMMAND [ARGS]...", *LISTED_BY)
        for path in [Path(click.__file__).with_name(f"{name}.py") for name in CLICK]:
            with path.open("rb") as stream:
                for _, message, _, _ in extract(
                    "python", stream, {"_": None, "gettext": None, "ngettext": (1, 2)}
                ):
                    yield message if isinstance(message, str) else tuple(message[:2])
        for path in [*(SOURCE / "cli").rglob("*.py"), *(SOURCE / "subjects").rglob("*.py")]:
            yield from _arguments(path, {"translate": 0, "speak": 0, "PatternType": 2})


def _arguments(path: Path, places: Mapping[str, int]) -> Iterator[str]:
    """Yield the texts at these places of calls, by the name of the function; those inside f-strings too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = ast.unparse(node.func).removeprefix("words.") if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in places:
            argument = node.args[places[name]] if len(node.args) > places[name] else None
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str) and argument.value:
                yield argument.value


def in_cards() -> Iterator[str]:
    """Yield our own words in cards: how to obtain a list, acts, replies, notes, why a name is another's."""
    yield from (act.act for act in control_list_card().history)
    yield from filter(None, (load_card(name).by_hand for name in READERS))
    for card in load_maker_cards().values():
        yield from (other.why for other in card.not_the_same_as)
        yield from ([card.reply.summary] if card.reply else ())
        owners = list(card.owners)
        for owner in owners:
            owners += owner.owners
            yield from filter(None, [owner.note])


def in_rules(source: Path = SOURCE) -> Iterator[str]:
    """Yield why a day of a list is not a stated one, and the notes on the facts of packaged uses."""
    for path in sorted((source / "sources").rglob("*.py")):
        yield from RULE.findall(re.sub(r'"\n *"', "", path.read_text(encoding="utf-8")))
    for record, _ in (known for records in starter_records().values() for known in records):
        starts = (listing.period.start for listing in record.listings)
        yield from (start.rule for start in starts if start is not None and start.rule)
    for use in example_uses():
        yield from filter(None, (use.title, *(fact.note for fact in use.facts)))


def in_errors(source: Path = SOURCE) -> Iterator[str]:
    """Yield what errors say: the texts with which each is raised, their filled-in places as `{0}`, `{1}`."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sorted(source.rglob("*.py"))}
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    errors, mistakes = (
        _with_subclasses(base, classes) for base in ({"OverzichtError", "ProblemError"}, MISTAKES)
    )
    own = {id(node) for each in classes if each.name in errors for node in ast.walk(each)}
    for path, tree in trees.items():
        is_packaged = path.relative_to(source).as_posix().startswith(PACKAGED)
        names = errors | MAKERS | (set() if is_packaged else mistakes)
        constants = _assigned(tree.body)
        for function in (node for node in ast.walk(tree) if isinstance(node, FUNCTION)):
            assigned = _assigned(ast.walk(function))
            for node in ast.walk(function):
                is_own = id(node) in own
                for template in _templates(_given(node, names, is_own=is_own), assigned):
                    if SENTENCE.search(template) or (is_own and "{" in template):
                        yield template
                reported = (
                    () if is_packaged else _reported(node, is_reason=bool(REASON.search(function.name)))
                )
                yield from filter(_is_phrase, _templates(reported, constants | assigned))


def _with_subclasses(bases: set[str], classes: Iterable[ast.ClassDef]) -> set[str]:
    """Return the names of classes and of all that derive from them."""
    names = set(bases)
    while (
        more := {each.name for each in classes if names & {getattr(base, "id", "") for base in each.bases}}
        - names
    ):
        names |= more
    return names


def _assigned(nodes: Iterable[ast.AST]) -> dict[str, list[ast.expr]]:
    """Return the values that assignments give to each variable."""
    values: dict[str, list[ast.expr]] = {}
    for node in nodes:
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Name) and isinstance(node, ast.Assign):
                values.setdefault(target.id, []).append(node.value)
    return values


def _given(node: ast.AST, names: set[str], *, is_own: bool) -> Iterator[ast.expr]:
    """Yield the values of the making of an error that people read."""
    if not isinstance(node, ast.Call):
        return
    name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
    if is_own or name in names:
        hidden = PROGRAM_WORDS if name in MAKERS else ()
        yield from node.args[3 if name == "problem_error" else 0 :]
        yield from (each.value for each in node.keywords if each.arg not in hidden)


def _reported(node: ast.AST, *, is_reason: bool) -> Iterator[ast.expr]:
    """Yield the words of a fault in a call, a result or a default: a reason, a fix, a remark."""
    if isinstance(node, FUNCTION):
        optional = [*node.args.posonlyargs, *node.args.args][
            -len(node.args.defaults) or len(node.args.args) :
        ]
        pairs = [
            *zip(optional, node.args.defaults, strict=False),
            *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True),
        ]
        yield from (value for argument, value in pairs if argument.arg in ADVICE and value is not None)
    if is_reason and isinstance(node, ast.Return | ast.Yield) and node.value is not None:
        yield node.value
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
        about = getattr(node.func, "value", None)  # `report.remarks` in `report.remarks.append(…)`
        if name in REPORTERS:
            yield from node.args[REPORTERS[name] :]
        elif {getattr(about, "id", ""), getattr(about, "attr", "")} & COLLECTED:
            yield from node.args
        yield from (each.value for each in node.keywords if each.arg in ADVICE)


def _templates(nodes: Iterable[ast.expr], assigned: dict[str, list[ast.expr]]) -> Iterator[str]:
    """Yield the texts that values can have: those of each choice, of a variable, and of parts filled in."""
    waiting, known = [(node, False) for node in nodes], dict(assigned)
    for each, is_part in waiting:
        if not is_part or _is_phrase(_template(each)):
            yield _template(each)
        choices, parts = _within(each)
        choices = [*choices, *(known.pop(each.id, []) if isinstance(each, ast.Name) else [])]
        waiting += [(choice, is_part) for choice in choices] + [(part, True) for part in parts]


def _within(node: ast.expr) -> tuple[list[ast.expr], list[ast.expr]]:
    """Return the values of which an expression is one, and the texts that it fills in or joins."""
    choices: list[ast.expr] = []
    parts: list[ast.expr] = []
    match node:
        case ast.IfExp():
            choices = [node.body, node.orelse]
        case ast.BinOp():
            choices = [node.left, node.right]
        case ast.Tuple(elts=choices) | ast.List(elts=choices):
            pass
        case ast.JoinedStr():
            parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        case ast.BoolOp(values=parts) | ast.Call(func=ast.Attribute(attr="join"), args=parts):
            pass
        case ast.GeneratorExp() | ast.ListComp():
            parts = [node.elt, *(loop.iter for loop in node.generators)]
    return choices, parts


def _is_phrase(template: str) -> bool:
    """Return whether a text has two words of its own, so that it is for people."""
    return len(re.findall(r"[A-Za-z][\w-]*", re.sub(r"\{\d+\}", "", template))) > 1


def _template(node: ast.expr) -> str:
    """Return a text of the code, with numbered fields for what is filled in; empty for another value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if not isinstance(node, ast.JoinedStr):
        return ""
    number, parts = 0, []
    for part in node.values:
        parts.append(str(part.value) if isinstance(part, ast.Constant) else f"{{{number}}}")
        if isinstance(part, ast.FormattedValue) and part.conversion == ord("r"):
            parts[-1] = f"'{parts[-1]}'"
        number += not isinstance(part, ast.Constant)
    return "".join(parts)


def main() -> int:
    """Write the catalogue and print what has no translation yet; return 1 when there is any."""
    new = updated(read_catalogue(), used_messages())
    with CATALOGUE.open("wb") as stream:
        write_po(stream, new, width=110, sort_output=True, omit_header=False)
    strip_dates(CATALOGUE)
    missing = [message.id for message in new if message.id and not message.string]
    missing += [m.id for m in new if m.pluralizable and not all(m.string or ())]
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
