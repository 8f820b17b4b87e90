"""Options with one meaning on every command, and the request that they make up.

`standard` gives a command the options that it can have and passes their values as one `Request`. The clock is
read here and nowhere below.
"""

import dataclasses
import getpass
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from overzicht.cli.language import error_text, language, reworded, speak, spoken, translate
from overzicht.cli.output import (
    STDOUT,
    Content,
    Formats,
    OutFile,
    ending_of,
    json_text,
    print_content,
    write_whole,
)
from overzicht.dates import read_iso_date
from overzicht.errors import EXIT_INCOMPLETE, EXIT_OK, OverzichtError, UnreadableDateError
from overzicht.evidence.actor import Actor
from overzicht.settings import preferred_language, read_settings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from overzicht.evidence import Text
    from overzicht.kit.ask import DirectAsk
    from overzicht.reports.i18n import Language, Words
    from overzicht.store.database import Store

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class DayType(click.ParamType[date]):
    """Date as YYYY-MM-DD, or `today`."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date, or end with a usage error."""
        if isinstance(value, date):
            return value
        try:
            return today() if value == "today" else read_iso_date(value)
        except UnreadableDateError as error:
            fix = reworded(error.fix)
            self.fail(f"{reworded(error.message)}. {fix[0].upper()}{fix[1:]}", param, ctx)


class ActorType(click.ParamType[str]):
    """Name of the person who acts: one line, as the log shows it."""

    name = "NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name without space around it, or end with a usage error for an invisible one."""
        name = str(value).strip()
        if not name or not name.isprintable():
            message = translate("{value} cannot be shown on one line of the log. Use a plain name")
            self.fail(message.format(value=repr(value)), param, ctx)
        return name


class PatternType(click.ParamType[str]):
    """Text of a fixed form, such as a country code; the message for another text names the form."""

    def __init__(self, name: str, pattern: str, message: str) -> None:
        self.name = name
        self._pattern = re.compile(pattern)
        self._message = message

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text in upper case, or end with a usage error."""
        if not self._pattern.fullmatch(value.strip().upper()):
            self.fail(translate(self._message).format(value=repr(value)), param, ctx)
        return value.strip().upper()


COUNTRY = PatternType("COUNTRY", "[A-Z]{2}", "{value} is not a country code. Use two letters, for example NL")
BIRTH_DATE = PatternType(
    "DATE", r"|\d{4}(-\d\d(-\d\d)?)?", "{value} is not a date of birth. Use YYYY-MM-DD or a year"
)

PATH = click.Path(path_type=Path)
EXISTING = click.Path(exists=True, path_type=Path)
EXISTING_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)


class ValueChoice(click.Choice[Any]):
    """One of the values of an enumeration, with hyphens for spaces; the command gets the member."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """Return the value as it is typed; a space is accepted for a hyphen."""
        del ctx
        return str(getattr(choice, "value", choice)).replace(" ", "-")


class ColumnChoice(click.ParamType[tuple[str, str]]):
    """`HEADER=FIELD`: the field that a column of a table has."""

    name = "HEADER=FIELD"

    def convert(
        self, value: str | tuple[str, str], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str]:
        """Return header and field, or end with a usage error."""
        if isinstance(value, tuple):
            return value
        header, sign, name = value.rpartition("=")
        if not sign:
            message = translate("{value} is not HEADER=FIELD. Use, for example, Merk=brand")
            self.fail(message.format(value=repr(value)), param, ctx)
        return header.strip(), name.strip()


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the date by the local clock."""
    return datetime.now().astimezone().date()


@dataclass(frozen=True)
class Request:
    """The values of the options that mean the same on every command, and the store until the command ends.

    `lang` is empty on a command that leaves --lang to `cli.language`. `out` names the files to write, in
    order; `-` among them is standard output.
    """

    as_of: date = field(default_factory=today)
    actor: str = ""
    lang: str = ""
    as_json: bool = False
    out: tuple[Path, ...] = ()

    @cached_property
    def store(self) -> "Store":
        """The store of the settings, with the starter facts of this release."""
        from overzicht.workflows.starter import ensure_starter  # noqa: PLC0415 - the database loads slowly

        ensure_starter(self.bare_store, actor="overzicht", at=now())
        return self.bare_store

    @cached_property
    def bare_store(self) -> "Store":
        """The store of the settings as it is, to be filled from a file."""
        return click.get_current_context().with_resource(opened_store())

    @cached_property
    def connection(self) -> "Connection":
        """A connection to read the store at one moment."""
        return click.get_current_context().with_resource(self.store.reading())

    @property
    def act(self) -> Actor:
        """The actor, on the date of the request, at this moment."""
        return Actor(self.as_of, self.actor, now())

    @property
    def ask(self) -> "DirectAsk":
        """The person at the terminal, who has the store itself and so every right."""
        from overzicht.kit.ask import DirectAsk  # noqa: PLC0415 - the same
        from overzicht.store.accounts import (  # noqa: PLC0415
            Grant,
            Principal,
            Role,
        )

        principal = Principal(self.actor, (Grant(Role.ADMIN),))
        return DirectAsk(lambda: self.store, principal, self.as_of, today(), now)

    @property
    def language(self) -> "Language":
        """The language of the result."""
        from overzicht.reports.i18n import Language  # noqa: PLC0415 - loaded by commands that print reports

        return Language(self.lang or language())

    @property
    def words(self) -> "Words":
        """The words of the language of the result."""
        from overzicht.reports.i18n import words_for  # noqa: PLC0415 - loaded by commands that print reports

        return words_for(self.language)

    def json_text(self, data: Any) -> str:
        """Return data as JSON text with its sentences in the language."""
        return json_text(data, self.wording)

    def plain(self, data: Any) -> Any:
        """Return data as plain JSON data with its sentences in the language."""
        from overzicht.views import serialiser  # noqa: PLC0415 - what prints no JSON must not load it

        return serialiser.plain(data, self.wording)

    @property
    def wording(self) -> "Callable[[Text], str]":
        """How the result words a sentence: by the language of --lang if the command has it itself."""
        return self.words if self.lang else spoken

    def report(self, problems: Sequence[OverzichtError]) -> int:
        """Print problems on standard error, and return the exit code: 1 if there are any."""
        for problem in problems:
            click.echo(error_text(problem), err=True)
        return EXIT_INCOMPLETE if problems else EXIT_OK

    def say(self, data: Any, sentence: str) -> None:
        """Print data as JSON if that is requested, else one sentence."""
        self.show(lambda: data, lambda: [sentence])

    def show(self, data: Callable[[], Any], lines: Callable[[], Iterable[str]], *, empty: str = "") -> None:
        """Print data as JSON if that is requested, else lines; `empty` goes to standard error for none."""
        self.deliver({".json": lambda: self.json_text(data())}, lines, empty=empty)

    def deliver(
        self,
        formats: Formats,
        lines: Callable[[], Iterable[str]] | None = None,
        *,
        summary: Callable[[], Iterable[str]] | None = None,
        empty: str = "",
        mode: int = 0o666,
    ) -> None:
        """Write the result to the files of --out, and print it: as JSON, in lines, or whole for `--out -`.

        `summary` names the files and is printed in place of `lines` if there are files; without it, standard
        error names them. Without `lines` the first format is printed if there are none. `empty` goes to
        standard error in place of no lines. A new file gets the permissions `mode`.
        """
        files = [path for path in self.out if path != STDOUT]
        for path in files:
            write_whole(path, formats[ending_of(path, formats)](), mode=mode)
            if summary is None or self.as_json:
                click.echo(speak("written: {file}", file=path), err=True)
        text = summary if files and summary else lines
        first: Callable[[], Content] = next(iter(formats.values()))
        if self.as_json:
            print_content(formats[".json"]())
        elif STDOUT in self.out or (text is None and not files):
            print_content(first())
        elif text is not None:
            shown = list(text())
            for line in shown:
                click.echo(line)
            if not shown and empty:
                click.echo(empty, err=True)


def lang_option(*, expose: bool = False) -> Decorator:
    """Return the option --lang, which `cli.language` reads for every command; passed on if `expose`."""
    return click.option(
        "--lang",
        type=click.Choice(["nl", "en"]),
        default=preferred_language,
        show_default="OVERZICHT_LANG, else LANG, else en",
        expose_value=expose,
        help="Language of the result.",
    )


AS_OF_HELP = "Answer as of this date (YYYY-MM-DD)."
_OPTIONS: dict[str, Decorator] = {
    "as-of": click.option("--as-of", type=DayType(), default="today", show_default=True, help=AS_OF_HELP),
    "lang": lang_option(expose=True),
    "json": click.option("--json", "as_json", is_flag=True, help="Print the result as JSON."),
    "by": click.option(
        "--by",
        "actor",
        type=ActorType(),
        default=getpass.getuser,
        show_default="your login name",
        help="Name recorded in the audit log.",
    ),
}


def standard(
    *names: Literal["as-of", "lang", "json", "by"], out: tuple[str, ...] = (), **gathered: Callable[..., Any]
) -> Decorator:
    """Return a decorator that adds the named options, --lang, and --out with the extensions in `out`.

    The command gets their values as its first argument, a `Request`. A dataclass in `gathered` is passed by
    its name, made of the command's own options that are named as its fields.
    """

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(command)
        def run(**given: Any) -> Any:
            def made(factory: Any) -> Any:
                return factory(
                    **{f.name: given.pop(f.name) for f in dataclasses.fields(factory) if f.name in given}
                )

            objects = {name: made(factory) for name, factory in gathered.items()}
            return command(made(Request), **objects, **given)

        options = [*([out_option(out)] if out else ()), *(_OPTIONS[name] for name in names)]
        options += [] if "lang" in names else [lang_option()]
        for option in reversed(options):
            run = option(run)
        return run

    return decorate


def out_option(suffixes: tuple[str, ...], *, multiple: bool = True) -> Decorator:
    """Return the option --out for results in the formats of these extensions."""
    return click.option(
        "--out",
        type=OutFile(suffixes),
        multiple=multiple,
        metavar=f"{'|'.join(f'FILE{suffix}' for suffix in suffixes)}|-",
        help="Write the whole result to this file, in the format of its extension; `-` is standard output.",
    )


def optional_as_of(shown: str) -> Decorator:
    """Return --as-of of a command that reads something else without it, as `shown` says; passed as `day`."""
    return click.option("--as-of", "day", type=DayType(), show_default=shown, help=AS_OF_HELP)


organisation_option = click.option(
    "--organisation", default="", help="Id of an organisation. Includes all organisations below it."
)
site_option = click.option("--site", default="", help="Id of a site, as `register sites` shows it.")
reason_option = click.option("--reason", required=True, help="Reason, recorded in the audit log (required).")


def organisation_id(request: Request, name: str) -> str:
    """Return the id of an organisation by id or name, empty for an empty name; else UnknownNameError."""
    from overzicht.store.register.organisations import get_organisation  # noqa: PLC0415 - the same

    return get_organisation(request.connection, name, date.max).id if name else ""


def file_argument(*, several: bool = False, required: bool = True) -> Decorator:
    """Return an argument FILE, or FILES; whether it exists is checked by the reader, which says more."""
    name = "files" if several else "file"
    return click.argument(name, nargs=-1 if several else 1, required=required, type=PATH)


@contextmanager
def opened_store() -> "Iterator[Store]":
    """Yield the store of the settings, and close it."""
    from overzicht.store.database import Store  # noqa: PLC0415 - the database loads slowly

    settings = read_settings()
    store = Store.open(settings.home, settings.database_url, signing_key=settings.signing_key, at=now())
    try:
        yield store
    finally:
        store.close()
