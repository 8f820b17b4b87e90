"""Options and helpers that commands share; the clock is read here and nowhere below."""

import getpass
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

from overzicht.dates import read_iso_date
from overzicht.errors import UnreadableDateError
from overzicht.settings import Settings, read_settings
from overzicht.store.database import Store
from overzicht.workflows.starter import ensure_starter

if TYPE_CHECKING:
    from overzicht.evidence import Text
    from overzicht.reports.i18n import Words

F = TypeVar("F", bound=Callable[..., Any])


class DayType(click.ParamType[date]):
    """A day as YYYY-MM-DD, or `today`."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or end with a usage error."""
        if isinstance(value, date):
            return value
        try:
            return today() if value == "today" else read_iso_date(value)
        except UnreadableDateError as error:
            self.fail(str(error), param, ctx)


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day by the local clock."""
    return datetime.now().astimezone().date()


class ActorType(click.ParamType[str]):
    """Who acts: a name on one line, as the log shows it."""

    name = "NAME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name without space around it, or end with a usage error for one that shows nothing."""
        name = str(value).strip()
        if not name or not name.isprintable():
            self.fail(f"{value!r} is no name that the log can show on one line", param, ctx)
        return name


as_of_option = click.option(
    "--as-of",
    type=DayType(),
    default="today",
    show_default=True,
    help="The day that the answer is for, as YYYY-MM-DD.",
)
lang_option = click.option(
    "--lang",
    type=click.Choice(["nl", "en"]),
    default="en",
    show_default=True,
    help="The language of the answer.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
by_option = click.option(
    "--by",
    "actor",
    type=ActorType(),
    default=getpass.getuser,
    show_default="your login name",
    help="Who acts, for the log.",
)


@contextmanager
def opened_store() -> Iterator[tuple[Store, Settings]]:
    """Yield the store of the settings, with the starter facts of this release in it."""
    settings = read_settings()
    store = Store.open(settings.home, settings.database_url)
    try:
        ensure_starter(store, actor="overzicht", at=now())
        yield store, settings
    finally:
        store.close()


def json_text(data: Any, say: "Callable[[Text], Any]" = str) -> str:
    """Return data as the JSON that is printed for other programs; `say` puts sentences into a language."""
    from overzicht.views.serialiser import json_text as written  # noqa: PLC0415 - pydantic loads slowly

    return written(data, say)


def words_in(lang: str) -> "Words":
    """Return the words of a language, `nl` or `en`; what they are read with is loaded only then."""
    from overzicht.reports.i18n import words_for  # noqa: PLC0415

    return words_for(lang)
