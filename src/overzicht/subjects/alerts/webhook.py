"""Webhook calls: signed, over https, and only to public addresses unless the settings allow others.

The signature is that of Standard Webhooks (standardwebhooks.com): an HMAC with SHA-256 of id, time and body.
The name of the host is resolved once, and the connection goes to the address that was checked. So an answer
of the name server cannot lead to another machine afterwards. Redirects are not followed.
"""

import base64
import hmac
import http.client
import ipaddress
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from threading import Timer
from urllib.parse import urlsplit

from overzicht.errors import EXIT_FETCH, OverzichtError

TIMEOUT = 15.0  # seconds without any data
CALL_SECONDS = 30.0  # of a whole call: a receiver that answers letter by letter holds up nobody
PORTS = {"https": 443, "http": 80}
SECRET, TOKEN, PRIVATE = "webhook_secret", "webhook_token", "webhook_private"  # settings
PREFIX = "whsec_"
SHORTEST_SECRET = 16
GONE = 410
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class WebhookError(OverzichtError):
    """A webhook did not accept an event. With `is_final` another attempt has no use."""

    exit_code = EXIT_FETCH

    def __init__(self, reason: str, fix: str, *, is_final: bool = False) -> None:
        super().__init__(f"the webhook call failed: {reason}", fix=fix)
        self.is_final = is_final


@dataclass(frozen=True, slots=True)
class Call:
    """A call: the address of the webhook, the id of the event, and the body."""

    address: str
    event_id: str
    body: bytes
    media_type: str


def call_webhook(call: Call, settings: Mapping[str, str], at: datetime) -> None:
    """Send an event; WebhookError if it is not accepted with a status from 200 to 299."""
    parts = urlsplit(call.address)
    is_private_allowed = settings.get(PRIVATE, "") == "allow"
    if parts.scheme != "https" and not is_private_allowed:
        raise WebhookError("the address is not https", "give an address that begins with https://")
    host = parts.hostname or ""
    port = parts.port or PORTS[parts.scheme]
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise WebhookError(f"{host} has no address", "check the name of the host") from error
    addresses = [str(answer[4][0]) for answer in answers]
    for address in addresses:  # every address of the name must be allowed
        if not is_private_allowed and not is_public(ipaddress.ip_address(address.partition("%")[0])):
            raise WebhookError(
                f"{host} is at {address}, which is not a public address",
                "give a public address, or set OVERZICHT_WEBHOOK_PRIVATE=allow",
            )
    connection = _PinnedConnection(parts.scheme, host, port, addresses[0])
    ending = Timer(CALL_SECONDS, connection.interrupt)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    ending.start()
    try:
        secret = settings.get(SECRET, "")
        if len(secret) < SHORTEST_SECRET:
            raise WebhookError(
                "no secret for the signature is set",
                f"set OVERZICHT_WEBHOOK_SECRET to at least {SHORTEST_SECRET} characters",
            )
        time = int(at.timestamp())
        headers = {
            "Content-Type": call.media_type,
            "User-Agent": "overzicht",
            "webhook-id": call.event_id,
            "webhook-timestamp": str(time),
            "webhook-signature": signature(secret, call.event_id, time, call.body),
        }
        token = settings.get(TOKEN, "")
        if token:
            headers["Authorization"] = f"Bearer {token}"
        connection.request("POST", path, call.body, headers)
        status = connection.getresponse().status
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise WebhookError(
            f"{host} does not answer ({type(error).__name__})", "check the receiver"
        ) from error
    finally:
        ending.cancel()
        connection.close()
    if not http.client.OK <= status < http.client.MULTIPLE_CHOICES:
        fix = "remove the webhook, or give its new address" if status == GONE else "check the receiver"
        raise WebhookError(f"{host} answers with status {status}", fix, is_final=status == GONE)


def signature(secret: str, event_id: str, time: int, body: bytes) -> str:
    """Return the signature of a call; a secret that begins with `whsec_` is base64, another one is text."""
    try:
        key = (
            base64.b64decode(secret.removeprefix(PREFIX), validate=True) if secret.startswith(PREFIX) else b""
        )
    except ValueError:
        key = b""
    digest = hmac.digest(key or secret.encode(), f"{event_id}.{time}.".encode() + body, "sha256")
    return f"v1,{base64.b64encode(digest).decode()}"


def is_public(address: Address) -> bool:
    """Return whether an address is public; a form that contains another address is not."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address.sixtofour or address.teredo or address.is_reserved or address.is_site_local:
            return False  # NAT64 and addresses that end in one of IPv4 are reserved
    return address.is_global and not address.is_multicast


class _PinnedConnection(http.client.HTTPConnection):
    """A connection to a checked address; over https the certificate must be that of the host."""

    def __init__(self, scheme: str, host: str, port: int, address: str) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._tls = ssl.create_default_context() if scheme == "https" else None
        self.default_port = PORTS[scheme]  # which the header Host leaves out
        self._address = address

    def connect(self) -> None:
        """Connect to the address, and check the certificate for the name."""
        self.sock = socket.create_connection((self._address, self.port), TIMEOUT)
        if self._tls is not None:
            self.sock = self._tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
            self.sock.do_handshake()

    def interrupt(self) -> None:
        """End the connection, from another thread: whoever waits for its data sees its end."""
        with suppress(OSError):
            if self.sock is not None:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)  # that of TLS would not be safe here
