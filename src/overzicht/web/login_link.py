"""A link that logs one account in, once: `overzicht demo` prints it for its administrator."""

import hmac
import secrets
import threading
from datetime import datetime, timedelta

from overzicht.workflows.accounts import digest

LASTS = timedelta(minutes=10)
PATH = "/login/link"


class LoginLink:
    """A secret that opens a session for an account, once and until a moment; only its hash is stored.

    `target` is the page that follows.
    """

    def __init__(self, account: str, at: datetime, target: str = "/") -> None:
        self.account, self.target = account, target
        self.secret = secrets.token_urlsafe(24)  # for the address; forgotten once the address was read
        self._digest = digest(self.secret)
        self._ends = at + LASTS
        self._is_used = False
        self._lock = threading.Lock()

    def take_path(self) -> str:
        """Return the path with the secret, and forget the secret."""
        path, self.secret = f"{PATH}?key={self.secret}", ""
        return path

    def redeem(self, key: str, at: datetime) -> bool:
        """Return whether the key is right, in time, and was not used before; it is used now."""
        with self._lock:
            is_right = hmac.compare_digest(digest(key), self._digest)
            is_open = is_right and not self._is_used and at < self._ends
            self._is_used = self._is_used or is_right
            return is_open
