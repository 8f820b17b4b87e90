"""The subjects of an installation: which are in use, and the choice of them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Annotated

from overzicht.composition import FILE, SETTING, installed
from overzicht.errors import EXIT_SETUP, OverzichtError, UnknownNameError
from overzicht.evidence import Text
from overzicht.evidence.json_marks import HIDDEN
from overzicht.settings import PREFIX, Settings
from overzicht.store.usage import hidden_subjects, with_needs


class ChosenElsewhereError(OverzichtError):
    """The choice is made by the environment, which a command does not change."""

    exit_code = EXIT_SETUP

    def __init__(self) -> None:
        variable = f"{PREFIX}{SETTING.upper()}"
        super().__init__(
            f"the environment chooses the subjects, by {variable}", fix=f"change {variable} there"
        )


@dataclass(frozen=True, slots=True)
class SubjectLine:
    """A subject, its folder, and the subjects that it needs.

    `enabled` says whether help and menu show it. Without a choice that is so if it is not optional or the
    store has rows of it; the commands of the others also run.
    """

    name: str
    folder: str  # below the checkout, or below the folder of installed packages
    optional: bool
    enabled: bool
    needs: tuple[str, ...]
    title: Annotated[Text, HIDDEN]


def lines_of(settings: Settings) -> tuple[SubjectLine, ...]:
    """Return all subjects that are installed, in their order."""
    hidden = hidden_subjects(settings)
    return tuple(
        SubjectLine(
            name=subject.name,
            folder=subject.folder,
            optional=subject.is_optional,
            enabled=subject.name not in hidden,
            needs=subject.needs,
            title=subject.title,
        )
        for subject in installed()
    )


def enable(settings: Settings, names: Collection[str]) -> tuple[SubjectLine, ...]:
    """Add subjects to the choice, with those that they need; return all subjects.

    UnknownNameError for a name that is not that of an optional subject; ChosenElsewhereError.
    """
    kept = {line.name for line in lines_of(settings) if line.enabled}
    return _choose(settings, with_needs(kept | _known(names)))


def disable(settings: Settings, names: Collection[str]) -> tuple[SubjectLine, ...]:
    """Take subjects out of the choice, with those that need them; what the store has of them remains.

    The errors are those of `enable`.
    """
    left = {line.name for line in lines_of(settings) if line.enabled} - _known(names)
    return _choose(settings, {name for name in left if with_needs({name}) <= left})


def _choose(settings: Settings, names: Collection[str]) -> tuple[SubjectLine, ...]:
    if settings.values.get(SETTING):
        raise ChosenElsewhereError
    from overzicht.store.private import make_private_folder  # noqa: PLC0415 - help needs no database
    from overzicht.store.snapshots import written_whole  # noqa: PLC0415 - the same

    make_private_folder(settings.home)
    optional = [subject.name for subject in installed() if subject.is_optional and subject.name in names]
    with written_whole(settings.home / FILE) as file:
        file.write("".join(f"{name}\n" for name in optional).encode())
    return lines_of(settings)


def _known(names: Collection[str]) -> set[str]:
    optional = tuple(subject.name for subject in installed() if subject.is_optional)
    for name in names:
        if name not in optional:
            raise UnknownNameError("optional subject", name, optional)
    return set(names)
