"""Errors for users, each with its own class, exit code and address in the documentation.

Every message states the file, the record, the reason and the fix. The exit codes are part of the public
interface and are listed in ``docs/reference/exit-codes.md``.
"""

import re
from collections.abc import Callable
from typing import Any, ClassVar, Protocol

EXIT_OK = 0
EXIT_INCOMPLETE = 1
EXIT_USAGE = 2
EXIT_INPUT = 10
EXIT_NOT_FOUND = 11
EXIT_FETCH = 12
EXIT_STORE = 13
EXIT_SETUP = 14
EXIT_FACTS = 15


class Sentence(Protocol):
    """A message that can be shown in more than one language."""

    def render(self, translate: Callable[[str], str] = ..., show: Callable[[Any], str] = ...) -> str:
        """Return the message; `translate` maps its templates, `show` its values."""
        ...


class OverzichtError(Exception):
    """Base of every error that a user can solve; other errors keep their traceback."""

    exit_code: ClassVar[int] = EXIT_INPUT
    slug: ClassVar[str] = "error"

    def __init_subclass__(cls) -> None:
        """Give an error the slug of its name: `UnknownNameError` is `unknown-name`."""
        if "slug" not in vars(cls):
            cls.slug = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__.removesuffix("Error")).lower()

    def __init__(self, message: str, *, fix: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.fix = fix
        self.sentence: Sentence | None = None  # the message with sentences of its own, where it has some

    def __str__(self) -> str:
        """Return the message, and the fix on a second line if there is one."""
        return f"{self.message}\n  → {self.fix}" if self.fix else self.message


class UnreadableDateError(OverzichtError):
    """A text is not a date, or its date is impossible or implausible."""

    def __init__(self, text: str, reason: str = "it is not a date in a form that we know") -> None:
        super().__init__(f"cannot read {text!r} as a date: {reason}", fix="write it as YYYY-MM-DD")
        self.text = text


class InputFileError(OverzichtError):
    """A file given by the user cannot be used; names file, record, reason and fix."""

    def __init__(self, file: str, reason: str, *, record: str = "", fix: str = "") -> None:
        where = f"{file}, {record}" if record else file
        super().__init__(f"{where}: {reason}", fix=fix)
        self.file = file
        self.record = record
        self.reason = reason


class UnknownNameError(OverzichtError):
    """A requested name or number does not exist; lists the known ones."""

    exit_code = EXIT_NOT_FOUND

    def __init__(self, kind: str, name: str, known: tuple[str, ...] = ()) -> None:
        fix = f"known: {', '.join(known)}" if known else ""
        super().__init__(f"there is no {kind} {name!r}", fix=fix)
        self.kind = kind
        self.name = name
        self.known = known


class FetchError(OverzichtError):
    """A list could not be fetched; the snapshot in use stays in use."""

    exit_code = EXIT_FETCH

    def __init__(self, address: str, reason: str, *, fix: str = "") -> None:
        super().__init__(f"could not fetch {address}: {reason}", fix=fix)


class StoreError(OverzichtError):
    """The store cannot be opened, is locked, or its log is not consistent."""

    exit_code = EXIT_STORE


class MissingExtraError(OverzichtError):
    """A requested part needs an optional dependency that is not installed."""

    exit_code = EXIT_SETUP

    def __init__(self, what: str, extra: str) -> None:
        fix = "run `make install` in the checkout. It installs all extras but spark, with hashes"
        if extra == "spark":
            fix = "run `.venv/bin/pip install '.[spark]'` in the checkout"
        super().__init__(f"{what} needs the extra '{extra}'", fix=fix)


class MissingLibraryError(OverzichtError):
    """A requested part needs system packages that are not installed."""

    exit_code = EXIT_SETUP

    def __init__(self, what: str, packages: str) -> None:
        super().__init__(
            f"{what} needs system packages that are not installed",
            fix=f"on Debian, run `apt-get install -y --no-install-recommends {packages}`",
        )


class PackagedFactError(OverzichtError):
    """A packaged card is wrong: names the card, the place in it, and the reason."""

    exit_code = EXIT_FACTS

    def __init__(self, card: str, reason: str, *, place: str = "") -> None:
        where = f"{card}, {place}" if place else card
        super().__init__(f"{where}: {reason}")
