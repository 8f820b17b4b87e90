"""Rate limits per account or address: moving windows in the memory of this process."""

from time import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from overzicht.web.problems import Problem, ProblemError

LOGINS = {"address": "30/minute", "address and name": "5/minute", "name": "100/hour"}


class RateLimitError(ProblemError):
    """Raised when a client exceeds a rate limit."""

    def __init__(self, seconds: int) -> None:
        problem = Problem(
            type="too-often",
            title="Too many requests",
            status=429,
            detail="too many requests in a short time",
            fix=f"wait {seconds} seconds",
        )
        super().__init__(problem, {"Retry-After": str(seconds)})


class Limits:
    """The windows of one process; `rate` is empty or like `1200/minute`."""

    def __init__(self, rate: str) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._rate = parse(rate) if rate else None

    def note_request(self, client: str) -> None:
        """Count a request of an account or address; raises RateLimitError above the rate."""
        if self._rate is not None:
            self._hit(self._rate, "request", client)

    def note_login(self, address: str, name: str) -> None:
        """Count an attempt to log in, by address and by name; raises RateLimitError above a limit.

        A name without an account counts too, so the limit does not show which accounts exist.
        """
        for kind, key in _login_keys(address, name).items():
            self._hit(parse(LOGINS[kind]), f"login by {kind}", key)

    def forget_logins(self, address: str, name: str) -> None:
        """Reset the counts of a name after a login; other attempts from the address still count."""
        for kind, key in _login_keys(address, name).items():
            if kind != "address":
                self._windows.clear(parse(LOGINS[kind]), f"login by {kind}", key)

    def _hit(self, rate: RateLimitItem, *keys: str) -> None:
        if not self._windows.hit(rate, *keys):
            reset, _ = self._windows.get_window_stats(rate, *keys)
            raise RateLimitError(max(1, round(reset - time())))


def _login_keys(address: str, name: str) -> dict[str, str]:
    return {"address": address, "address and name": f"{address} {name}", "name": name}
