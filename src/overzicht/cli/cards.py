"""`overzicht cards`: the facts that ship with the product."""

from importlib.resources import files

import click

from overzicht.cli.options import today
from overzicht.devices.knowledge import load_maker_cards
from overzicht.errors import EXIT_FACTS, EXIT_OK, UnknownNameError
from overzicht.workflows.cards import check_cards


@click.group()
def cards() -> None:
    """Read and check the facts that ship with the product; each names a source you can open."""


@cards.command()
def check() -> int:
    """Check all cards: schema, sources, dates, duplicates, references and patterns."""
    problems = check_cards(today())
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        click.echo(f"{len(problems)} problems", err=True)
        return EXIT_FACTS
    click.echo(f"{len(load_maker_cards())} maker cards and all that goes with them are sound")
    return EXIT_OK


@cards.command()
@click.argument("maker", required=False)
def show(maker: str | None) -> None:
    """List the makers, or print all facts of one with their sources."""
    known = load_maker_cards()
    if maker is None:
        for card in known.values():
            click.echo(f"{card.id:<22} {card.trade_name} ({card.country.upper()}), checked {card.checked}")
        return
    if maker not in known:
        raise UnknownNameError("maker", maker, tuple(known))
    click.echo(_card_text(maker))


def _card_text(maker: str) -> str:
    entry = files("overzicht.devices").joinpath("makers", f"{maker}.yml")
    return entry.read_text(encoding="utf-8").rstrip()
