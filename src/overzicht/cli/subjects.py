"""`overzicht subjects`: which subjects an installation shows."""

from collections.abc import Iterator, Sequence

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak, spoken, translate
from overzicht.cli.options import Request, standard
from overzicht.settings import read_settings
from overzicht.workflows.subjects import SubjectLine, disable, enable, lines_of


@command()
@click.argument("action", type=click.Choice(("enable", "disable")), required=False)
@click.argument("names", nargs=-1, metavar="NAME")
@standard("json")
def subjects(request: Request, action: str | None, names: tuple[str, ...]) -> None:
    """List the subjects, or enable or disable optional ones by NAME.

    A subject that is disabled has no commands, pages or addresses. What the store has of it remains. To
    enable a subject enables what it needs, and to disable one disables what needs it. Until you choose, all
    commands run, and help and menu leave out the optional subjects without stored data. A service follows
    the choice when it starts.
    """
    settings = read_settings()
    if action and not names:
        raise click.UsageError(translate("Give the name of a subject."))
    changes = {"enable": enable, "disable": disable}
    lines = changes[action](settings, names) if action else lines_of(settings)
    request.show(lambda: lines, lambda: _lines(lines))


def _lines(lines: Sequence[SubjectLine]) -> Iterator[str]:
    width = max(len(line.name) for line in lines)
    for line in lines:
        state = (
            translate("always")
            if not line.optional
            else translate("on")
            if line.enabled
            else translate("off")
        )
        needs = "; " + speak("needs {names}", names=", ".join(line.needs)) if line.needs else ""
        yield f"{line.name.ljust(width)}  {state}: {spoken(line.title)}{needs}"
