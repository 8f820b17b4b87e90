"""Cookies that this service signs: nobody else can write their content."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import Request, Response

from overzicht.store.keys import ServiceKey
from overzicht.web.service import service_of


@dataclass(frozen=True, slots=True)
class SignedCookie:
    """A signed cookie. Signatures for one `purpose` are not valid for another.

    Over https its name binds it to this host, so that a page elsewhere cannot set it. `longest` is the number
    of characters that are read.
    """

    name: str
    purpose: str
    lasts: timedelta
    longest: int

    def name_in(self, request: Request) -> str:
        """Return the name of the cookie: bound to this host over https, a plain one on loopback."""
        return f"__Host-{self.name}" if request.url.scheme == "https" else self.name

    def write(self, request: Request, answer: Response, content: Any) -> None:
        """Set the cookie to a value of JSON."""
        written = json.dumps(content, separators=(",", ":")).encode().hex()
        answer.set_cookie(
            self.name_in(request),
            ServiceKey(service_of(request).store.home).sign(self.purpose, written),
            max_age=int(self.lasts.total_seconds()),
            path="/",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="lax",
        )

    def read(self, request: Request) -> Any:
        """Return the content; None without the cookie, or with one that this service did not sign."""
        cookie = request.cookies.get(self.name_in(request), "")[: self.longest]
        written = (
            ServiceKey(service_of(request).store.home).verified(self.purpose, cookie) if cookie else None
        )
        return None if written is None else json.loads(bytes.fromhex(written))

    def delete(self, request: Request, answer: Response) -> None:
        """Delete the cookie."""
        is_secure = request.url.scheme == "https"
        answer.delete_cookie(self.name_in(request), path="/", secure=is_secure, httponly=True, samesite="lax")
