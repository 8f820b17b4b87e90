"""How often one may ask: moving windows per account or address, kept in the memory of this process."""

from time import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from overzicht.web.problems import Problem, ProblemError

LOGINS = {"address": "30/minute", "address and name": "5/minute", "name": "100/hour"}


class TooOftenError(ProblemError):
    """Somebody asked more often than is allowed."""

    def __init__(self, seconds: int) -> None:
        problem = Problem(
            type="too-often",
            title="Too many requests",
            status=429,
            detail="this was asked too often in a short time",
            fix=f"wait {seconds} seconds",
        )
        super().__init__(problem, {"Retry-After": str(seconds)})


class Limits:
    """The windows of one process; `rate` is empty or like `1200/minute`."""

    def __init__(self, rate: str) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._rate = parse(rate) if rate else None

    def note_request(self, who: str) -> None:
        """Count a request of an account or address; raises TooOftenError above the rate."""
        if self._rate is not None:
            self._hit(self._rate, "request", who)

    def note_login(self, address: str, name: str) -> None:
        """Count an attempt to log in, by address and by name; raises TooOftenError above a limit.

        Names that nobody has are counted alike, so the limit tells nothing of who has an account.
        """
        for what, key in _login_keys(address, name).items():
            self._hit(parse(LOGINS[what]), f"login by {what}", key)

    def forget_logins(self, address: str, name: str) -> None:
        """Count anew for somebody who did log in; what else came from the address stays counted."""
        for what, key in _login_keys(address, name).items():
            if what != "address":
                self._windows.clear(parse(LOGINS[what]), f"login by {what}", key)

    def _hit(self, rate: RateLimitItem, *keys: str) -> None:
        if not self._windows.hit(rate, *keys):
            reset, _ = self._windows.get_window_stats(rate, *keys)
            raise TooOftenError(max(1, round(reset - time())))


def _login_keys(address: str, name: str) -> dict[str, str]:
    return {"address": address, "address and name": f"{address} {name}", "name": name}
