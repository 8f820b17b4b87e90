"""`overzicht cards`: the facts that ship with the product."""

from importlib.resources import files

import click

from overzicht.cli.commands import group
from overzicht.cli.language import speak
from overzicht.cli.options import Request, standard
from overzicht.devices.card import MakerCard
from overzicht.devices.knowledge import load_maker_cards
from overzicht.errors import EXIT_FACTS, EXIT_OK, UnknownNameError
from overzicht.subjects.makers.card_checks import check_cards


@group()
def cards() -> None:
    """Read and check the facts that ship with the product. Each names a source that you can open."""


@cards.command()
@standard("as-of", "json")
def check(request: Request) -> int:
    """Check all cards: schema, sources, dates, duplicates, references and patterns."""
    problems = list(map(str, check_cards(request.as_of)))
    makers = len(load_maker_cards())
    for problem in problems:
        click.echo(problem, err=True)
    request.show(
        lambda: {"makers": makers, "problems": problems},
        lambda: [
            speak("{count} problems", count=len(problems))
            if problems
            else speak("{count} maker cards and all other facts are sound", count=makers)
        ],
    )
    return EXIT_FACTS if problems else EXIT_OK


@cards.command()
@click.argument("maker", required=False)
@standard("json")
def show(request: Request, maker: str | None) -> None:
    """List the manufacturers, or print all facts of one with their sources."""
    known = load_maker_cards()
    if maker is None:
        request.show(lambda: list(map(_json, known.values())), lambda: map(_line, known.values()))
        return
    if maker not in known:
        raise UnknownNameError("maker", maker, tuple(known))
    card = files("overzicht.devices").joinpath("makers", f"{maker}.yml").read_text(encoding="utf-8")
    request.show(lambda: known[maker].model_dump(mode="json"), lambda: [card.rstrip()])


def _json(card: MakerCard) -> dict[str, str]:
    return {"id": card.id, "name": card.trade_name, "country": card.country, "checked": str(card.checked)}


def _line(card: MakerCard) -> str:
    name = f"{card.trade_name} ({card.country.upper()})"
    return f"{card.id:<22} " + speak("{name}, checked {day}", name=name, day=card.checked)
