"""Alerts: what list changes mean for the parties in use, and the messages about it."""

from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field

from overzicht.evidence.limited import Key, Line, Number
from overzicht.evidence.text import text
from overzicht.kit.ask import ADMIN, EDITOR, READER, Ask
from overzicht.kit.operation import (
    Body,
    CheckedPart,
    Command,
    Form,
    Paging,
    Param,
    Part,
    Route,
    operation,
)
from overzicht.store import alerts as stored
from overzicht.store.accounts import Role
from overzicht.store.alerts import AlertFilter, ListAlert, ListChange, Message, MessageState, UseKind
from overzicht.store.jobs import Job
from overzicht.store.rows import StoredRecordError
from overzicht.subjects.alerts.checking import CHECK_ALERTS, check_alerts
from overzicht.subjects.alerts.events import event_of, source_of
from overzicht.subjects.alerts.settings import (
    MOST_ADDRESSES,
    AlertSettings,
    alert_settings,
    set_alert_settings,
)
from overzicht.subjects.lists.change_lines import alert_lines
from overzicht.subjects.lists.followers import CheckedVersion

GROUP = """Show and send alerts: what a new version of a list means for the parties that you use.

These are manufacturers and suppliers of devices in the register, their owners, plans, saved files of
parties, licence cases, dossiers and answers. `lists add` and `lists update` make the alerts.
"""
ListId = Annotated[Line, Param("Id of a list.", option="--list", query="list")]
Use = Annotated[UseKind | None, Param("Kind of use of the party.")]
Change = Annotated[Number | None, Param(is_offered=False)]
State = Annotated[MessageState | None, Param("State of the messages. Default: all.")]
Mail = Annotated[tuple[Key, ...], Field(max_length=MOST_ADDRESSES)]


@operation(
    Command(
        "alerts check",
        "subjects.lists.change_lines.versions_lines",
        empty=text("no new versions of lists"),
        options=("as-of", "by", "json"),
    ),
    is_dated=True,
)
def check_versions(ask: Ask) -> CheckedPart[CheckedVersion]:
    """Compare each new version of a list with the one before it, and open a task for each alert.

    A version is checked once. The first version of a list is the start, and gives no alerts.
    Exit code 1: a stored licence case cannot be read, and no version is checked.
    """
    problems: list[StoredRecordError] = []
    versions = check_alerts(ask.store, ask.actor(ask.day), problems)
    return CheckedPart(versions, len(versions), tuple(problems))


@operation(Route("POST /alerts/check", EDITOR, summary="Check new versions"), Form("/jobs/{done.id}"))
def check(ask: Ask) -> Job:
    """Start to compare new versions with the ones before them. Loading a list does this by itself."""
    return ask.start_job(CHECK_ALERTS, {})


@operation(
    Command(
        "alerts list",
        lambda alerts, say: (line for alert in alerts for line in alert_lines(alert, say)),
        empty=text("no alerts"),
        options=("as-of", "json", "lang"),
    ),
    Route("GET /alerts", READER, summary="Alerts"),
)
def alerts(
    ask: Ask, paging: Paging, *, list_id: ListId = "", use: Use = None, change: Change = None
) -> Part[ListAlert]:
    """List the alerts of list versions up to a date, with reasons and sources."""
    filters = visible(ask, AlertFilter(list_id, use, change, until=ask.day))
    with ask.store.reading() as connection:
        rows = stored.list_alerts(connection, filters, offset=paging.offset, limit=paging.size)
        return Part(tuple(rows), stored.count_alerts(connection, filters))


@operation(Route("GET /alerts/changes", READER, summary="Checked versions of lists"))
def changes(ask: Ask, paging: Paging) -> Part[ListChange]:
    """Return the versions that were compared with the one before them, the newest check first."""
    with ask.store.reading() as connection:
        rows = stored.list_changes(connection, ask.day, offset=paging.offset, limit=paging.size)
        return Part(tuple(rows), stored.count_changes(connection, ask.day))


@operation(Route("GET /alerts/settings", ADMIN, summary="Where alerts are sent"), is_dated=False)
def settings(ask: Ask) -> AlertSettings:
    """Return where alerts are sent. Tasks and the feed need no setting."""
    return alert_settings(ask.store)


@operation(
    Route(
        "PUT /alerts/settings",
        ADMIN,
        Body(
            "SettingsRequest",
            "Where alerts are sent. Secrets are settings of the environment, and are not stored.",
        ),
        "Change where alerts are sent",
    )
)
def change_settings(
    ask: Ask, *, mail: Mail = (), webhook: Line = "", with_cases: bool = False, source: Line = ""
) -> AlertSettings:
    """Save where alerts are sent from now on."""
    return set_alert_settings(ask.store, AlertSettings(mail, webhook, with_cases, source), ask.actor())


@operation(
    Command("alerts messages", "subjects.alerts.event_lines.message_lines", empty=text("no messages")),
    Route("GET /alerts/messages", ADMIN, summary="Messages about alerts"),
    is_dated=False,
)
def messages(ask: Ask, paging: Paging, *, state: State = None) -> Part[Message]:
    """List the messages, the newest first, with their attempts and the last error."""
    with ask.store.reading() as connection:
        rows = stored.list_messages(connection, state, offset=paging.offset, limit=paging.size)
        return Part(tuple(rows), stored.count_messages(connection, state))


@operation(
    Command(
        "alerts retry",
        lambda message, say: [say(text("message {number} waits to be sent", number=message.id))],
        data=lambda message: {"id": message.id, "state": message.state},
    ),
    Route("POST /alerts/messages/{number}/retry", ADMIN, summary="Send a failed message again"),
    Form("/alerts/settings"),
)
def retry(ask: Ask, number: Number) -> Message:
    """Send a failed message again with the next `alerts send`."""
    with ask.writing() as tx:
        return stored.retry_message(tx, number)


@operation(Route("GET /alerts/{alert_id}", READER, summary="One alert"), is_dated=False)
def show(ask: Ask, alert_id: Key) -> ListAlert:
    """Return an alert with the changed entries, their reasons and sources."""
    with ask.store.reading() as connection:
        return stored.find_alert(connection, alert_id, visible(ask, AlertFilter()))


@operation(
    Command("alerts event", "subjects.alerts.event_lines.event_lines", options=()),
    Route("GET /alerts/{alert_id}/event", READER, summary="One alert as an event"),
    is_dated=False,
)
def event(ask: Ask, alert_id: Key) -> dict[str, Any]:
    """Print an alert as the CloudEvent that a webhook gets (NL GOV profile), in JSON."""
    alert = show(ask, alert_id)
    with ask.store.reading() as connection:
        return event_of(alert, source_of(connection))


def visible(ask: Ask, filters: AlertFilter) -> AlertFilter:
    """Return the filter without what the caller may not see."""
    organisations, with_cases = ask.allowed_ids(ask.today), ask.may(Role.OFFICER)
    return replace(filters, organisations=organisations, with_cases=with_cases)
