"""Alerts: what list changes mean for the parties in use, by version; and where alerts are sent."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.evidence.worded_enum import words_of
from overzicht.store import alerts as stored
from overzicht.store.accounts import Role
from overzicht.store.alerts import AlertFilter, Channel, EntryChange, MessageState, UseKind
from overzicht.subjects.alerts import alerts as operations
from overzicht.subjects.alerts.webhook import SECRET
from overzicht.subjects.lists.followers import title_of
from overzicht.web.auth import PageAdmin, PageReader
from overzicht.web.fields import Key, Line, Lines
from overzicht.web.forms import see_other
from overzicht.web.operations import add_forms_of
from overzicht.web.page import list_titles
from overzicht.web.paging import Paged

router = APIRouter()
SHOWN_CHANGES = 200  # the newest checked versions


@router.get("/alerts", response_class=HTMLResponse)
def alerts(
    context: PageReader,
    paging: Paged,
    list_id: Annotated[Line, Query(alias="list")] = "",
    use: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the visible alerts by version of a list, the newest check first, and every checked version."""
    kind = UseKind(use) if use in set(UseKind) else None
    filters = operations.visible(context, AlertFilter(list_id, kind, until=context.day))
    with context.store.reading() as connection:
        shown = stored.list_alerts(connection, filters, offset=paging.offset, limit=paging.size)
        total = stored.count_alerts(connection, filters)
        by_id = stored.find_changes(connection, {alert.change_id for alert in shown})
        changes = stored.list_changes(connection, context.day, limit=SHOWN_CHANGES)
        counts = stored.counts_by_change(connection, filters, {*by_id, *(change.id for change in changes)})
        change_count = stored.count_changes(connection, context.day)
        lists = stored.checked_lists(connection, context.day)
    titles = list_titles(context.words)
    return context.render(
        "alerts.html",
        versions=[
            (by_id[number], list(group)) for number, group in groupby(shown, lambda alert: alert.change_id)
        ],
        total=total,
        paging=paging,
        changes=changes,
        change_count=change_count,
        counts=counts,
        titles=titles,
        lists=sorted(((name, titles[name]) for name in lists), key=lambda p: p[1]),
        uses=context.words.choices(UseKind),
        chosen={"list": list_id, "use": use},
        change_words=words_of(EntryChange),
        use_words=words_of(UseKind),
        may_check=context.may(Role.EDITOR) and not context.has_chosen_day,
        is_admin=context.may(Role.ADMIN),
    )


@router.get("/alerts/settings", response_class=HTMLResponse)
def settings(context: PageAdmin, paging: Paged) -> HTMLResponse:
    """Show where alerts are sent, what the environment lacks for it, and the messages."""
    values = context.service.settings.values
    messages = operations.messages(context, paging)
    return context.render(
        "alert_settings.html",
        settings=operations.settings(context),
        has_server=bool(values.get("mail_server")),
        has_secret=bool(values.get(SECRET)),
        messages=messages.rows,
        total=messages.total,
        paging=paging,
        state_words=words_of(MessageState),
        channel_words=words_of(Channel),
    )


@router.post("/alerts/settings")
def change(
    context: PageAdmin,
    mail: Annotated[Lines, Form()] = "",
    webhook: Annotated[Line, Form()] = "",
    source: Annotated[Line, Form()] = "",
    *,
    with_cases: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Save where alerts are sent; one mail address per line."""
    operations.change_settings(
        context,
        mail=tuple(dict.fromkeys(mail.split())),
        webhook=webhook.strip(),
        with_cases=with_cases,
        source=source.strip(),
    )
    return see_other("/alerts/settings")


@router.get("/alerts/{alert_id}", response_class=HTMLResponse)
def show(context: PageReader, alert_id: Key) -> HTMLResponse:
    """Show one alert with the changed entries, their reasons and sources."""
    alert = operations.show(context, alert_id)
    with context.store.reading() as connection:
        version = stored.find_changes(connection, [alert.change_id])[alert.change_id]
    return context.render(
        "alert.html",
        alert=alert,
        compared=version,
        title=context.words.say(title_of(alert)),
        list_title=list_titles(context.words)[alert.list_id],
        change_words=words_of(EntryChange),
        use_words=words_of(UseKind),
    )


add_forms_of(router, "subjects.alerts.alerts")
