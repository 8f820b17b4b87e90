"""Settings of alerts, which an administrator changes while the service runs."""

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlsplit

from sqlalchemy import Connection

from overzicht.errors import OverzichtError
from overzicht.evidence.actor import Actor
from overzicht.store.alerts import Channel
from overzicht.store.database import Store, reading
from overzicht.store.service_settings import set_setting, setting

SETTING = "alerts"
MOST_ADDRESSES = 50
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9.-]{1,190}")
SOURCE = re.compile(r"urn:[A-Za-z0-9][A-Za-z0-9-]{0,30}:[!-~]{1,250}|https?://[!-~]{1,290}")


class AlertSettingError(OverzichtError):
    """A setting of alerts is not valid; nothing was changed."""


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """Where alerts are sent: mail addresses, and the address of a webhook (empty: none).

    With `with_cases`, messages and feed have alerts about licence cases, which are confidential. `source`
    identifies the sender in events, such as `urn:nld:oin:…` (empty: an id of this store).
    """

    mail: tuple[str, ...] = ()
    webhook: str = ""
    with_cases: bool = False
    source: str = ""

    @property
    def targets(self) -> Iterator[tuple[Channel, str]]:
        """Every channel with its target."""
        yield from ((Channel.MAIL, address) for address in self.mail)
        if self.webhook:
            yield Channel.WEBHOOK, self.webhook


@reading
def alert_settings(connection: Connection) -> AlertSettings:
    """Return the settings; without any, alerts are only tasks and in the feed."""
    return read_alert_settings(connection)


def read_alert_settings(connection: Connection) -> AlertSettings:
    """Return the settings as one connection reads them."""
    stored = AlertSettings(**setting(connection, SETTING, {}))
    return replace(stored, mail=tuple(stored.mail))


def set_alert_settings(store: Store, settings: AlertSettings, actor: Actor) -> AlertSettings:
    """Save the settings and return them; AlertSettingError names the value that is not valid."""
    if len(settings.mail) > MOST_ADDRESSES:
        raise AlertSettingError(
            f"{len(settings.mail)} mail addresses are too many", fix=f"give at most {MOST_ADDRESSES}"
        )
    for address in settings.mail:
        if not ADDRESS.fullmatch(address):
            raise AlertSettingError(f"{address!r} is not a mail address", fix="use NAME@DOMAIN")
    address = settings.webhook
    try:
        parts = urlsplit(address)
        is_place = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        is_bare = parts.username is None and parts.password is None and not parts.fragment
    except ValueError:
        is_place = is_bare = False
    is_plain = address.isascii() and address.isprintable() and " " not in address and len(address) <= 500
    if address and not (is_plain and is_bare and is_place):
        raise AlertSettingError(
            f"{settings.webhook!r} is not an address for a webhook",
            fix="use https://HOST/PATH without a user name",
        )
    if settings.source and not SOURCE.fullmatch(settings.source):
        raise AlertSettingError(
            f"{settings.source!r} is not a source of events",
            fix="use a URN, for example urn:nld:oin:00000001234567890000:systeem:overzicht",
        )
    with store.writing(actor.name, actor.at) as tx:
        set_setting(tx, SETTING, asdict(settings))
    return settings
