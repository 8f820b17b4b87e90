"""Rate limits per account or address: moving windows in the memory of this process."""

import ipaddress
import json
from dataclasses import dataclass
from time import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from overzicht.web.problems import Problem, ProblemError

STRANGERS = {"address": "30/minute", "address and name": "5/minute", "name": "100/hour"}
KNOWN_DEVICES = {"device": "10/minute", "device for long": "60/hour"}
NETWORK_BITS = 64  # of an IPv6 address: the rest is free to choose for whoever has the network


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


@dataclass(frozen=True, slots=True)
class LoginAttempt:
    """An attempt to log in, or one step of it.

    `device` is the id of a device from which this account logged in before, empty for another one.
    `unlocked_at` is the time at which an administrator unlocked the account: earlier attempts do not count.
    `step` is empty for the password.
    """

    address: str
    name: str
    device: str = ""
    unlocked_at: str = ""
    step: str = ""

    def counts(self) -> dict[str, tuple[str, str]]:
        """Return the rate and the key of each count that the attempt adds to."""
        name = json.dumps([self.step, self.name, self.unlocked_at])  # no name is equal to that of a step
        if self.device:
            return {kind: (rate, f"{self.device} {name}") for kind, rate in KNOWN_DEVICES.items()}
        network = network_of(self.address)
        keys = {"address": network, "address and name": f"{network} {name}", "name": name}
        return {kind: (rate, keys[kind]) for kind, rate in STRANGERS.items()}


def network_of(address: str) -> str:
    """Return the network of an IPv6 address, which one person has as a whole; any other text as it is.

    >>> network_of("2001:db8:0:7:aa::1"), network_of("192.0.2.7")
    ('2001:db8:0:7::/64', '192.0.2.7')
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return address
    mapped = known.ipv4_mapped
    return str(mapped) if mapped else str(ipaddress.ip_network((int(known), NETWORK_BITS), strict=False))


class Limits:
    """The windows of one process; `rate` is empty or like `1200/minute`."""

    def __init__(self, rate: str) -> None:
        self._windows = MovingWindowRateLimiter(MemoryStorage())
        self._rate = parse(rate) if rate else None

    def note_request(self, client: str) -> None:
        """Count a request of an account or address; raises RateLimitError above the rate."""
        if self._rate is not None:
            self._hit(self._rate, "request", client)

    def note_login(self, attempt: "LoginAttempt") -> None:
        """Count an attempt to log in; raises RateLimitError above a limit.

        A name without an account counts too, so the limit does not show which accounts exist. A known device
        has a count of its own, so failures of strangers never lock it out.
        """
        for kind, (rate, key) in attempt.counts().items():
            self._hit(parse(rate), f"login by {kind}", key)

    def forget_logins(self, attempt: "LoginAttempt") -> None:
        """Reset the counts of a name after a login; other attempts from the address still count."""
        for kind, (rate, key) in attempt.counts().items():
            if kind != "address":
                self._windows.clear(parse(rate), f"login by {kind}", key)

    def is_first(self, what: str, key: str) -> bool:
        """Return whether this is the first of its kind in a minute, so that a flood is recorded once."""
        return self._windows.hit(parse("1/minute"), what, key)

    def _hit(self, rate: RateLimitItem, *keys: str) -> None:
        if not self._windows.hit(rate, *keys):
            reset, _ = self._windows.get_window_stats(rate, *keys)
            raise RateLimitError(max(1, round(reset - time())))
