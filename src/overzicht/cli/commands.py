"""Commands and groups: help in the reader's language with an example, and a lead for an unknown word.

A group with a table imports the module of a command only when it is called, so that --help answers at once.
"""

from collections.abc import Callable, Mapping
from copy import copy
from functools import cache
from importlib.resources import files
from inspect import cleandoc
from types import MappingProxyType
from typing import Any

import click

from overzicht.cli.language import close_to, lead, settle, translate
from overzicht.composition import CommandTable
from overzicht.errors import EXIT_SETUP, OverzichtError

TRUST_INPUT = "--trust-input"  # an option of the root
SAME_VERBS = {  # a word that people try: commands that do the same in one group or another
    "list": ("status", "show", "versions"), "ls": ("list", "status", "show", "versions"),
    "view": ("show",), "get": ("show",), "info": ("show", "status"), "find": ("search",),
    "create": ("new", "add", "open"), "make": ("new", "add"), "new": ("add", "open"),
    "add": ("new", "import"), "start": ("new",), "import": ("add", "load"), "load": ("add", "import"),
    "fetch": ("update",),
    "download": ("update",), "compare": ("diff",), "check": ("verify", "status"),
}  # fmt: skip
NEAR_VERBS = ("withdraw", "close", "revoke", "reject", "correct", "change", "assign", "end")
CHANGING = (
    "delete",
    "remove",
    "rm",
    "edit",
    "modify",
    "undo",
    "cancel",
)  # only led on: they would change something


def pairs(words: str) -> dict[str, str]:
    """Return `tried=meant` pairs as a mapping; a slash in what is meant stands for a space."""
    return {tried: meant.replace("/", " ") for tried, meant in (pair.split("=") for pair in words.split())}


SAME_OPTIONS = pairs(
    "--date=--as-of --day=--as-of --when=--as-of --asof=--as-of --language=--lang --output=--out -o=--out "
    "--format=--out --file=--out --user=--by --actor=--by --author=--by --type=--kind --schema=--kind "
    "--min-score=--threshold --max=--limit --org=--organisation --organization=--organisation "
    "--brand=--maker --vendor=--maker --lists=--list --because=--reason"
)
ANYWHERE = (
    "--as-of",
    "--lang",
    "--json",
    "--by",
    "--out",
)  # options of commands that people put before these


def paragraphs(help_text: str) -> list[str]:
    """Return the paragraphs of a help text, each as one line: they are the messages that are translated."""
    return [" ".join(part.split()) for part in cleandoc(help_text).split("\n\n")]


class NotEnabledError(OverzichtError):
    """A command of a subject that this installation has not enabled."""

    exit_code = EXIT_SETUP

    def __init__(self, name: str, subject: str) -> None:
        super().__init__(
            f"the command {name!r} belongs to the subject {subject!r}, which is not enabled here",
            fix=f"run `overzicht subjects enable {subject}`",
        )


@cache
def _examples() -> list[str]:
    return files("overzicht.cli").joinpath("examples.txt").read_text(encoding="utf-8").splitlines()


def example_of(path: str) -> str:
    """Return the example of a command, by its name as typed after `overzicht`; of a group, that of its first.

    >>> example_of("law show")
    'overzicht law show icerd --as-of 2021-04-13'
    """
    start = f"overzicht {path} ".replace("  ", " ")
    return next(line for line in _examples() if f"{line} ".startswith(start))


class Command(click.Command):
    """A command whose help is in the language and ends with an example."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; an unknown option is answered with those that may be meant."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            name = error.option_name
            known = [opt for param in self.get_params(ctx) for opt in (*param.opts, *param.secondary_opts)]
            names = [*filter(known.__contains__, [SAME_OPTIONS.get(name, "")]), *close_to(name, known)]
            message = lead(translate("No such option {name!r}.").format(name=name), names)
            if isinstance(self, click.Group) and SAME_OPTIONS.get(name, name) in ANYWHERE:
                order = translate("Write it after the command: {example}")
                message = f"{message} {order.format(example=example_of(_path(ctx)))}"
            if name == TRUST_INPUT:
                message = translate("Write {name} before the command.").format(name=name)
            raise click.NoSuchOption(name, message, ctx=ctx) from None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help; its words are English until they are printed."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Show this message and exit."
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return the first sentence of the help, whole."""
        del limit
        return f"{translate(paragraphs(self.help or '')[0]).partition('. ')[0].removesuffix('.')}."

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the parts of the usage line."""
        return list(map(translate, super().collect_usage_pieces(ctx)))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the paragraphs of the help."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(map(translate, paragraphs(self.help or ""))))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, and the commands of a group."""
        records = [
            _in_words(param).get_help_record(ctx)
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
        ]
        with formatter.section(translate("Options")):
            formatter.write_dl(list(filter(None, records)))
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the example on a line of its own, to be copied, and what follows it."""
        with formatter.section(translate("Example")):
            formatter.write(f"  {example_of(_path(ctx))}\n")
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(translate(self.epilog))


class Group(Command, click.Group):
    """A group of commands, in sections that its table has; `synonyms` are words that mean one of them.

    `load` returns the command of a module and a name in the table, `fallback` the one for a first word that
    is not like the name of any command. `hidden` returns the commands that help leaves out, and `absent` has
    those that are not in use here, both with the subject that they are of.
    """

    command_class = Command

    def __init__(
        self,
        *args: Any,
        sections: Mapping[str, CommandTable] | None = None,
        synonyms: Mapping[str, str] | None = None,
        fallback: Callable[[str], str] | None = None,
        load: Callable[[str, str], click.Command] | None = None,
        hidden: Callable[[], Mapping[str, str]] = dict,
        absent: Mapping[str, str] = MappingProxyType({}),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.hidden_commands = hidden
        self.absent_commands = absent
        self.sections = sections or {}
        self.table = {name: row for rows in self.sections.values() for name, row in rows.items()}
        self.synonyms = synonyms or {}
        self.fallback = fallback
        self.load = load

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Settle the language of a whole command line, then read it."""
        if parent is None:
            settle(args)
        return super().make_context(info_name, args, parent, **extra)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the table or as they were added."""
        return [*self.table, *(name for name in self.commands if name not in self.table)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None if there is none of that name."""
        if cmd_name not in self.table or self.load is None:
            return super().get_command(ctx, cmd_name)
        return self.load(self.table[cmd_name][0], cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command of the first word, or of one that means the same; a usage error with a lead."""
        word, known = args[0], self.list_commands(ctx)
        if word in self.absent_commands:
            raise NotEnabledError(word, self.absent_commands[word])
        if word in known or word.startswith("-") or ctx.resilient_parsing:
            return super().resolve_command(ctx, args)
        same = (self.synonyms.get(word, ""), *SAME_VERBS.get(word, ()), f"{word}s", word.removesuffix("s"))
        meant = next((name for name in same if name.split(" ")[0] in known), "")
        near = close_to(word, known)
        if meant:
            return super().resolve_command(ctx, [*meant.split(" "), *args[1:]])
        if self.fallback and not near:
            return super().resolve_command(ctx, [self.fallback(word), *args])
        names = near or [name for name in NEAR_VERBS if word in CHANGING and name in known]
        message = translate("No such command {name!r}.").format(name=word)
        raise click.NoSuchCommand(word, lead(message, names or self._below(ctx, word)), ctx=ctx)

    def _below(self, ctx: click.Context, word: str) -> list[str]:
        """Return the commands of this name in the groups of this one."""
        groups = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        return [
            f"{name} {word}"
            for name, group in groups.items()
            if isinstance(group, click.Group) and group.get_command(ctx, word)
        ]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section, without importing any that the table has."""
        if not self.table:
            super().format_commands(ctx, formatter)
        hidden = self.hidden_commands()
        width = max(map(len, self.table.keys() - hidden), default=0)
        for title, rows in self.sections.items():
            shown = [(name, line) for name, (_, line) in rows.items() if name not in hidden]
            if shown:
                with formatter.section(translate(title)):
                    formatter.write_dl([(name.ljust(width), translate(line)) for name, line in shown])
        if hidden:
            with formatter.section(translate("Not shown")):
                names = ", ".join(dict.fromkeys(hidden.values()))
                line = translate("Subjects without stored data: {names}. `overzicht subjects` lists them.")
                with formatter.indentation():
                    formatter.write_text(line.format(names=names))


def command(name: str | None = None) -> Callable[[Callable[..., Any]], Command]:
    """Return the decorator that makes a command."""
    return click.command(name, cls=Command)


def group(**settings: Any) -> Callable[[Callable[..., Any]], Group]:
    """Return the decorator that makes a group with these settings."""
    return click.group(cls=Group, **settings)


def _path(ctx: click.Context) -> str:
    return ctx.command_path.partition(" ")[2]


def _in_words(option: click.Option) -> click.Option:
    """Return a copy of an option whose help and default are in the language."""
    shown = copy(option)
    shown.help = translate(option.help) if option.help else None
    if isinstance(option.show_default, str):
        shown.show_default = translate(option.show_default)
    return shown
