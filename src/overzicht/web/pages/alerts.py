"""Alerts: what list changes mean for the parties in use, by version; and where alerts are sent."""

from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Query
from starlette.responses import HTMLResponse, RedirectResponse

from overzicht.evidence.worded import words_of
from overzicht.store import alerts as stored
from overzicht.store.accounts import Role
from overzicht.store.alerts import AlertFilter, Channel, EntryChange, MessageState, UseKind
from overzicht.web.api import alerts as api
from overzicht.web.auth import PageAdmin, PageReader
from overzicht.web.fields import Key, Line, Lines
from overzicht.web.forms import FormOf, add_forms, see_other
from overzicht.web.pages.lists import list_titles
from overzicht.web.paging import Paged
from overzicht.workflows.alerts.checking import title_of
from overzicht.workflows.alerts.settings import AlertSettings, alert_settings, set_alert_settings
from overzicht.workflows.alerts.webhook import SECRET

router = APIRouter(prefix="/alerts")
SHOWN_CHANGES = 200  # the newest checked versions


@router.get("", response_class=HTMLResponse)
def alerts(
    context: PageReader,
    paging: Paged,
    list_id: Annotated[Line, Query(alias="list")] = "",
    use: Annotated[Line, Query()] = "",
) -> HTMLResponse:
    """Show the visible alerts by version of a list, the newest check first, and every checked version."""
    kind = UseKind(use) if use in set(UseKind) else None
    filters = api.visible(context, AlertFilter(list_id, kind, until=context.day))
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


@router.get("/settings", response_class=HTMLResponse)
def settings(context: PageAdmin, paging: Paged) -> HTMLResponse:
    """Show where alerts are sent, what the environment lacks for it, and the messages."""
    values = context.service.settings.values
    with context.store.reading() as connection:
        messages = stored.list_messages(connection, offset=paging.offset, limit=paging.size)
        total = stored.count_messages(connection)
    return context.render(
        "alert_settings.html",
        settings=alert_settings(context.store),
        has_server=bool(values.get("mail_server")),
        has_secret=bool(values.get(SECRET)),
        messages=messages,
        total=total,
        paging=paging,
        state_words=words_of(MessageState),
        channel_words=words_of(Channel),
    )


@router.post("/settings")
def change(
    context: PageAdmin,
    mail: Annotated[Lines, Form()] = "",
    webhook: Annotated[Line, Form()] = "",
    source: Annotated[Line, Form()] = "",
    *,
    with_cases: Annotated[bool, Form()] = False,
) -> RedirectResponse:
    """Save where alerts are sent; one mail address per line."""
    chosen = AlertSettings(tuple(dict.fromkeys(mail.split())), webhook.strip(), with_cases, source.strip())
    set_alert_settings(context.store, chosen, context.actor())
    return see_other("/alerts/settings")


@router.get("/{alert_id}", response_class=HTMLResponse)
def show(context: PageReader, alert_id: Key) -> HTMLResponse:
    """Show one alert with the changed entries, their reasons and sources."""
    alert = api.visible_alert(context, alert_id)
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


add_forms(
    router,
    FormOf("/check", api.check, "/jobs/{done.id}"),
    FormOf("/messages/{number}/retry", api.retry, "/alerts/settings"),
)
