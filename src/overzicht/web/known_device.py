"""Proof of a device from which an account logged in before: a signed cookie, which gives no rights.

A device that is known for an account has its own limit of attempts (OWASP, *device cookies*).
"""

import hashlib
import json
import secrets
from datetime import timedelta

from fastapi import Request, Response

from overzicht.store.keys import ServiceKey
from overzicht.web.clock import now
from overzicht.web.service import service_of

SECURE_COOKIE, PLAIN_COOKIE = "__Host-overzicht-device", "overzicht-device"
PURPOSE = "known device"
LASTS = timedelta(days=365)
MOST_NAMES = 10  # accounts that log in on one device
LONGEST_COOKIE = 3_500


def device_of(request: Request, name: str) -> str:
    """Return the id of the device if this account logged in on it before; empty if not."""
    device, names = _read(request)
    return device if _key(name) in names else ""


def remember_device(request: Request, answer: Response, name: str) -> None:
    """Add an account that has just logged in to the cookie of its device."""
    device, names = _read(request)
    device = device or secrets.token_hex(12)
    at = now()
    others = {key: day for key, day in names.items() if key != _key(name)}
    newest = list({**others, _key(name): at.date().isoformat()}.items())[-MOST_NAMES:]
    content = json.dumps([device, dict(newest)], separators=(",", ":"))
    answer.set_cookie(
        _cookie(request),
        ServiceKey(service_of(request).store.home).sign(PURPOSE, content.encode().hex()),
        max_age=int(LASTS.total_seconds()),
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )


def _read(request: Request) -> tuple[str, dict[str, str]]:
    """Return the id of the device and the date of the last log-in by account; empty without a cookie."""
    cookie = request.cookies.get(_cookie(request), "")[:LONGEST_COOKIE]
    if not cookie:
        return "", {}
    content = ServiceKey(service_of(request).store.home).verified(PURPOSE, cookie)
    if content is None:
        return "", {}
    device, names = json.loads(bytes.fromhex(content))
    oldest = (now() - LASTS).date().isoformat()
    return device, {key: day for key, day in names.items() if day >= oldest}


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]


def _cookie(request: Request) -> str:
    return SECURE_COOKIE if request.url.scheme == "https" else PLAIN_COOKIE
