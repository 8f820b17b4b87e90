"""Fetch a list from the address on its card: conditional, with retries and limits, never in part.

Only addresses of cards are fetched. `OVERZICHT_MIRROR` may replace all publishers: the path on the mirror is
the publisher's host and path. A few redirects are followed, only to https addresses; on a mirror only within
the mirror.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit, urlunsplit

from overzicht.errors import FetchError, MissingExtraError
from overzicht.sources.lists.card import Address

try:
    import requests
except ImportError as error:
    raise MissingExtraError("fetching lists", "fetch") from error

TIMEOUT_SECONDS = (10.0, 60.0)  # to connect, and between two pieces of the answer
ATTEMPTS = 4
FIRST_PAUSE_SECONDS = 0.5  # doubled after each attempt
CHUNK = 1 << 16
MAX_REDIRECTS = 5
RETRY_STATUS = frozenset({429, 500, 502, 503, 504})
NOT_MODIFIED = 304
OK = 200

Progress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """A whole file: where it lies, what to send with the next request, and the address it came from."""

    path: Path
    address: str
    validators: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class NotModified:
    """The publisher says that nothing changed since the request before."""

    address: str


class MissingTokenError(FetchError):
    """An address needs a token that the settings do not hold."""

    def __init__(self, address: Address) -> None:
        setting = f"OVERZICHT_{address.token_setting.upper()}"
        super().__init__(
            address.url,
            "it needs a token that is not set",
            fix=f"get one from the publisher and set {setting}",
        )


class _PassingFaultError(Exception):
    """A fault that may be gone at the next attempt."""


class Fetcher:
    """Fetches from card addresses; `pause` waits between attempts and is replaced in tests."""

    def __init__(
        self,
        settings: Mapping[str, str],
        *,
        session: requests.Session | None = None,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._settings = settings
        self._session = session or requests.Session()
        self._session.headers["User-Agent"] = "overzicht (list update)"
        self._pause = pause

    def resolve(self, address: Address) -> str:
        """Return the address to ask: with its token, or on the mirror; MissingTokenError without token."""
        url = address.url
        if address.token_setting:
            token = self._settings.get(address.token_setting, "")
            if not token:
                raise MissingTokenError(address)
            url = url.replace("{token}", token)
        mirror = self._settings.get("mirror", "")
        if not mirror:
            return url
        parts, base = urlsplit(url), urlsplit(mirror)
        path = f"{base.path.rstrip('/')}/{parts.netloc}{parts.path}"
        return urlunsplit((base.scheme, base.netloc, path, parts.query, ""))

    def fetch(
        self,
        address: Address,
        target: Path,
        *,
        validators: Mapping[str, str] | None = None,
        progress: Progress | None = None,
    ) -> Fetched | NotModified:
        """Write the file to `target` and return it, or NotModified.

        `validators` are those of the version in use (`etag`, `last_modified`). Raises FetchError if the last
        attempt failed, the status is not 200, or the answer is larger than the card allows; `target` then
        does not exist.
        """
        fault = ""
        for attempt in range(ATTEMPTS):
            if attempt:
                self._pause(FIRST_PAUSE_SECONDS * 2 ** (attempt - 1))
            try:
                return self._attempt(address, target, validators or {}, progress)
            except _PassingFaultError as error:
                fault = str(error)
        raise FetchError(
            address.url,
            f"{fault}, after {ATTEMPTS} attempts",
            fix="try again later; the version in use stays in use",
        )

    def _attempt(
        self, address: Address, target: Path, validators: Mapping[str, str], progress: Progress | None
    ) -> Fetched | NotModified:
        partial = target.with_name(target.name + ".part")
        shown = address.url  # never show a token
        try:
            pairs = {"If-None-Match": "etag", "If-Modified-Since": "last_modified"}
            conditional = {header: validators[name] for header, name in pairs.items() if validators.get(name)}
            with self._open(self.resolve(address), shown, conditional) as response:
                if response.status_code == NOT_MODIFIED and validators:
                    return NotModified(shown)
                if response.status_code in RETRY_STATUS:
                    raise _PassingFaultError(f"the server answered {response.status_code}")
                if response.status_code != OK:
                    raise FetchError(
                        shown,
                        f"the server answered {response.status_code}",
                        fix="check the address on the list's card",
                    )
                length = response.headers.get("Content-Length", "")
                total = int(length) if length.isdigit() else None
                if total is not None and total > address.max_bytes:
                    raise _too_large(address)
                received = 0
                with partial.open("wb") as file:
                    for chunk in response.iter_content(CHUNK):
                        received += len(chunk)
                        if received > address.max_bytes:
                            raise _too_large(address)
                        file.write(chunk)
                        if progress is not None:
                            progress(received, total)
                if received == 0:
                    raise _PassingFaultError("the answer was empty")
                partial.replace(target)
                names = {"etag": "ETag", "last_modified": "Last-Modified"}
                validators_table = {
                    name: response.headers[header]
                    for name, header in names.items()
                    if header in response.headers
                }
                return Fetched(target, shown, validators_table)
        except requests.RequestException as error:
            if isinstance(error, requests.Timeout):
                reason = "the server did not answer in time"
            elif isinstance(error, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
                reason = "the connection was refused or broke off"
            else:
                reason = type(error).__name__
            raise _PassingFaultError(reason) from error
        finally:
            partial.unlink(missing_ok=True)

    def _open(self, url: str, shown: str, headers: Mapping[str, str]) -> requests.Response:
        for _ in range(MAX_REDIRECTS + 1):
            response = self._session.get(
                url, headers=headers, stream=True, timeout=TIMEOUT_SECONDS, allow_redirects=False
            )
            if not response.is_redirect:
                return response
            response.close()
            url = urljoin(url, response.headers["Location"])
            if not self._may_follow(url):
                host = urlsplit(url).netloc.rpartition("@")[2]
                raise FetchError(
                    shown,
                    f"it sends on to {host!r}, which is not followed",
                    fix="look at the address in a browser; the version in use stays in use",
                )
        raise FetchError(
            shown, f"it sends on more than {MAX_REDIRECTS} times", fix="check the address on the list's card"
        )

    def _may_follow(self, url: str) -> bool:
        parts, mirror = urlsplit(url), urlsplit(self._settings.get("mirror", ""))
        if mirror.netloc:
            return (parts.scheme, parts.netloc) == (mirror.scheme, mirror.netloc)
        return parts.scheme == "https"


def _too_large(address: Address) -> FetchError:
    return FetchError(
        address.url,
        f"the answer is larger than the {address.max_bytes:,} bytes that its card allows",
        fix="look at the address in a browser; raise max_bytes on the card if the list really grew",
    )
