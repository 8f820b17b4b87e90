"""Sending of messages about alerts: at least once, with longer pauses after each failure, then set aside.

A message is claimed before it is sent: its next attempt is stored first. If the process stops after it was
sent, the message is sent again, with the same id.
"""

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from overzicht.errors import OverzichtError
from overzicht.evidence import text
from overzicht.evidence.actor import SYSTEM_ACTOR
from overzicht.reports.i18n import Language, words_for
from overzicht.sources.lists.registry import load_card
from overzicht.store import alerts
from overzicht.store.alerts import AlertFilter, Channel, Message, MessageState
from overzicht.store.database import Store
from overzicht.subjects.alerts.checking import NAMESPACE
from overzicht.subjects.alerts.events import MEDIA_TYPE, event_of, source_of
from overzicht.subjects.alerts.settings import read_alert_settings
from overzicht.subjects.alerts.webhook import Call, WebhookError, call_webhook
from overzicht.subjects.lists.followers import title_of
from overzicht.workflows.mail import Mail, send_mail

MOST_ATTEMPTS = 8
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(days=1)
MOST_IN_MAIL = 200  # alerts in the text of a mail; the page shows all


@dataclass(frozen=True, slots=True)
class SendResult:
    """Number of messages that were sent, that will be tried again, and that were set aside as failed."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0


def pause_after(attempts: int) -> timedelta:
    """Return the pause after a number of attempts: one minute, then four times longer each, at most a day."""
    factor: int = 4 ** (attempts - 1)
    return min(FIRST_PAUSE * factor, LONGEST_PAUSE)


def send_due(
    store: Store,
    settings: Mapping[str, str],
    now: Callable[[], datetime],
    is_stopping: Callable[[], bool] = lambda: False,
) -> SendResult:
    """Send the messages that are due, and return the results.

    After a failure the other messages for the same target wait for the next call. `settings` are those of the
    environment: mail server, secret of the webhook, and `lang` of the mails, `nl` or `en`.
    """
    with store.reading() as connection:
        due = alerts.due_messages(connection, now())
    results = dict.fromkeys(MessageState, 0)
    failing: set[tuple[Channel, str]] = set()
    for message in due:
        if is_stopping():  # the rest stays due
            break
        target = (message.channel, message.target)
        if target in failing:
            results[MessageState.WAITING] += 1
            continue
        with store.writing(SYSTEM_ACTOR, now()) as tx:
            is_mine = alerts.claim(tx, message, tx.at + pause_after(message.attempts + 1))
        if is_mine:
            state, reason = MessageState.SENT, ""
            try:
                _send(store, message, settings, now())
            except OverzichtError as error:
                is_last = message.attempts + 1 >= MOST_ATTEMPTS
                is_final = isinstance(error, WebhookError) and error.is_final
                state = MessageState.FAILED if is_last or is_final else MessageState.WAITING
                reason = f"{error.message}\n  → {error.fix}"
            with store.writing(SYSTEM_ACTOR, now()) as tx:
                alerts.settle(tx, message, state, reason)
            results[state] += 1
            if state is not MessageState.SENT:
                failing.add(target)
    return SendResult(results[MessageState.SENT], results[MessageState.WAITING], results[MessageState.FAILED])


def _send(store: Store, message: Message, settings: Mapping[str, str], at: datetime) -> None:
    """Send what the settings of now still allow; a target that was removed gets nothing."""
    with store.reading() as connection:
        chosen = read_alert_settings(connection)
        filters = AlertFilter(
            change_id=message.change_id, alert_id=message.alert_id or "", with_cases=chosen.with_cases
        )
        shown = alerts.list_alerts(connection, filters)
        source = source_of(connection)
    if not shown or (message.channel, message.target) not in set(chosen.targets):
        return
    if message.channel is Channel.WEBHOOK:
        body = json.dumps(event_of(shown[0], source), ensure_ascii=False).encode()
        call_webhook(Call(message.target, shown[0].id, body, MEDIA_TYPE), settings, at)
    else:
        words = words_for(Language.NL if settings.get("lang") == "nl" else Language.EN)
        first = shown[0]
        subject = text(
            "Overzicht: alerts on {list}, version of {day}: {count}",
            count=len(shown),
            list=load_card(first.list_id).heading,
            day=first.day,
        )
        name = uuid.uuid5(NAMESPACE, f"{message.change_id} {message.target} {first.id}")
        lines = [words.text("A new version of a list changes entries of parties that you use.")]
        for alert in shown[:MOST_IN_MAIL]:
            lines.append("")
            lines.append(_line(words.say(title_of(alert))))
            for entry in alert.entries:
                place = f"{entry.citation.place}, {entry.citation.address}".removesuffix(", ")
                lines.append(f"  - {_line(words.say(entry.statement))} [{_line(place)}]")
            lines.append("  " + words.text("task {number}, event {id}", number=alert.task_id, id=alert.id))
        if len(shown) > MOST_IN_MAIL:
            lines.append("")
            lines.append(
                words.text("Other alerts are on the page Alerts: {more}.", more=len(shown) - MOST_IN_MAIL)
            )
        mail = Mail(
            recipient=message.target,
            subject=_line(words.say(subject)),
            text="\n".join(lines) + "\n",
            sender=settings.get("mail_from", ""),
            message_id=f"<{name}@overzicht>",
        )
        send_mail(settings.get("mail_server", ""), mail)


def _line(sentence: str) -> str:
    """Return a sentence on one line without control characters, as data of a list may have them."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in sentence).split())
