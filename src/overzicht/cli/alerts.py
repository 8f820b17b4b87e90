"""`overzicht alerts`: what list changes mean for the parties in use, and the messages about it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import click

from overzicht.cli.alert_lines import alert_lines, version_lines
from overzicht.cli.commands import group
from overzicht.cli.language import reworded, speak, translate
from overzicht.cli.options import Request, ValueChoice, now, standard
from overzicht.errors import EXIT_FETCH, EXIT_OK
from overzicht.settings import preferred_language, read_settings
from overzicht.store import alerts as stored
from overzicht.store.alerts import AlertFilter, Message, MessageState, UseKind
from overzicht.store.reading import StoredRecordError
from overzicht.workflows.alerts.checking import check_alerts
from overzicht.workflows.alerts.events import event_of, source_of
from overzicht.workflows.alerts.sending import send_due
from overzicht.workflows.alerts.settings import AlertSettings, alert_settings, set_alert_settings


@group()
def alerts() -> None:
    """Show and send alerts: what a new version of a list means for the parties that you use.

    These are manufacturers and suppliers of devices in the register, their owners, plans, saved files of
    parties, licence cases, dossiers and answers. `lists add` and `lists update` make the alerts.
    """


@alerts.command()
@standard("as-of", "by", "json")
def check(request: Request) -> int:
    """Compare each new version of a list with the one before it, and open a task for each alert.

    A version is checked once. The first version of a list is the start, and gives no alerts.
    Exit code 1: a stored licence case cannot be read, and no version is checked.
    """
    problems: list[StoredRecordError] = []
    versions = check_alerts(request.store, request.act, problems)
    request.show(
        lambda: versions,
        lambda: (line for version in versions for line in version_lines(version)),
        empty="" if problems else translate("no new versions of lists"),
    )
    return request.report(problems)


@alerts.command(name="list")
@click.option("--list", "list_id", default="", help="Id of a list.")
@click.option("--use", type=ValueChoice(UseKind), help="Kind of use of the party.")
@standard("as-of", "json", "lang")
def list_(request: Request, list_id: str, use: UseKind | None) -> None:
    """List the alerts of list versions up to a date, with reasons and sources."""
    filters = AlertFilter(list_id=list_id, use=use, until=request.as_of)
    shown = stored.list_alerts(request.connection, filters)
    request.show(
        lambda: shown,
        lambda: (line for alert in shown for line in alert_lines(alert, request.words.say)),
        empty=translate("no alerts"),
    )


@alerts.command()
@click.argument("alert_id")
@standard()
def event(request: Request, alert_id: str) -> None:
    """Print an alert as the CloudEvent that a webhook gets (NL GOV profile), in JSON."""
    alert = stored.find_alert(request.connection, alert_id)
    click.echo(request.json_text(event_of(alert, source_of(request.connection))))


@alerts.command()
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


@alerts.command()
@click.option("--state", type=ValueChoice(MessageState), help="State of the messages. Default: all.")
@standard("json")
def messages(request: Request, state: MessageState | None) -> None:
    """List the messages, the newest first, with their attempts and the last error."""
    shown = stored.list_messages(request.connection, state)
    request.show(lambda: shown, lambda: map(_message_line, shown), empty=translate("no messages"))


def _message_line(message: Message) -> str:
    state = speak("{state}, attempts: {count}", state=message.state, count=message.attempts)
    if message.state is MessageState.WAITING:
        state = speak("{state}, next attempt {time}", state=state, time=message.due_at)
    error = f": {reworded(message.error)}" if message.error else ""
    target = speak("{channel} to {target}", channel=message.channel, target=message.target)
    return f"{message.id}  {target}: {state}{error}"


@alerts.command()
@click.argument("number", type=int)
@standard("by", "json")
def retry(request: Request, number: int) -> None:
    """Send a failed message again with the next `alerts send`."""
    with request.store.writing(request.actor, now()) as tx:
        stored.retry_message(tx, number)
    request.say({"id": number, "state": "waiting"}, speak("message {number} waits to be sent", number=number))


@alerts.command()
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
    chosen = replace(alert_settings(request.store), **changes)
    if changes:
        set_alert_settings(request.store, chosen, request.act)
    request.show(lambda: chosen, lambda: _setting_lines(chosen))


def _setting_lines(chosen: AlertSettings) -> Iterator[str]:
    none = translate("none")
    yield speak("mail: {addresses}", addresses=", ".join(chosen.mail) or none)
    yield speak("webhook: {address}", address=chosen.webhook or none)
    cases = translate("included") if chosen.with_cases else translate("left out")
    yield speak("alerts about licence cases: {state}", state=cases)
    yield speak("source of events: {source}", source=chosen.source or translate("an id of this store"))
