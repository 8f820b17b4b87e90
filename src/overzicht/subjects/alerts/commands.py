"""`overzicht alerts`: the commands that send by the settings of the environment; others are declared."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak, translate
from overzicht.cli.operations import group_of
from overzicht.cli.options import Request, now, standard
from overzicht.errors import EXIT_FETCH, EXIT_OK
from overzicht.settings import preferred_language, read_settings
from overzicht.subjects.alerts import alerts as operations
from overzicht.subjects.alerts.sending import send_due
from overzicht.subjects.alerts.settings import AlertSettings


@command()
@standard("json")
def send(request: Request) -> int:
    """Send the mails and webhook calls that are due. The service does this by itself every minute."""
    result = send_due(request.store, {**read_settings().values, "lang": preferred_language()}, now)
    sentence = speak(
        "sent: {sent}, to be tried again: {waiting}, failed: {failed}",
        sent=result.sent,
        waiting=result.waiting,
        failed=result.failed,
    )
    request.say(result, sentence)
    return EXIT_FETCH if result.waiting or result.failed else EXIT_OK


@command()
@click.option("--mail", multiple=True, metavar="ADDRESS", help="Address for mail. Empty text: no mail.")
@click.option("--webhook", metavar="ADDRESS", help="Address for webhook calls. Empty text: none.")
@click.option("--with-cases/--without-cases", default=None, help="Include alerts about licence cases.")
@click.option("--source", help="URN that identifies the sender of events. Empty text: an id of this store.")
@standard("by", "json")
def settings(
    request: Request, mail: tuple[str, ...], webhook: str | None, with_cases: bool | None, source: str | None
) -> None:
    """Show where alerts are sent, or change it. Tasks and the feed need no setting.

    Mail needs OVERZICHT_MAIL_SERVER, a webhook OVERZICHT_WEBHOOK_SECRET in the environment.
    """
    given = {"webhook": webhook, "with_cases": with_cases, "source": source}
    changes: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    if mail:
        changes["mail"] = tuple(address for address in mail if address)
    chosen = operations.settings(request.ask)
    if changes:
        chosen = operations.change_settings(request.ask, **(asdict(chosen) | changes))
    request.show(lambda: chosen, lambda: _setting_lines(chosen))


def _setting_lines(chosen: AlertSettings) -> Iterator[str]:
    none = translate("none")
    yield speak("mail: {addresses}", addresses=", ".join(chosen.mail) or none)
    yield speak("webhook: {address}", address=chosen.webhook or none)
    cases = translate("included") if chosen.with_cases else translate("left out")
    yield speak("alerts about licence cases: {state}", state=cases)
    yield speak("source of events: {source}", source=chosen.source or translate("an id of this store"))


alerts = group_of(
    "subjects.alerts.alerts", "alerts", "check", "list", "event", send, "messages", "retry", settings
)
