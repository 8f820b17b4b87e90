"""Proof of a device from which an account logged in before: a signed cookie, which gives no rights.

A device that is known for an account has its own limit of attempts (OWASP, *device cookies*).
"""

import hashlib
import secrets
from datetime import timedelta

from fastapi import Request, Response

from overzicht.web.clock import now
from overzicht.web.signed_cookies import SignedCookie

LASTS = timedelta(days=365)
MOST_NAMES = 10  # accounts that log in on one device
COOKIE = SignedCookie("overzicht-device", "known device", LASTS, longest=3_500)


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
    COOKIE.write(request, answer, [device, dict(newest)])


def _read(request: Request) -> tuple[str, dict[str, str]]:
    """Return the id of the device and the date of the last log-in by account; empty without a cookie."""
    content = COOKIE.read(request)
    if content is None:
        return "", {}
    device, names = content
    oldest = (now() - LASTS).date().isoformat()
    return device, {key: day for key, day in names.items() if day >= oldest}


def _key(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:24]
