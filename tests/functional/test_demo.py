"""`overzicht demo`: a filled service with a link for one log-in, of which nothing remains."""

import os
import signal
import subprocess
import sys
import urllib.request
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError

import pytest

from overzicht.web.login_link import LASTS, LoginLink

PAGES = {
    "/devices?q=CAM-901": "CAM-901",
    "/imports": "netwerkscan.xml",
    "/compare?from=1&to=2": "CAM-024",
    "/plans": "camera",
    "/licences": "DE-2026-17",
    "/questions": "2026Z99901",
    "/lists": "EU",
    "/census": "0 of 13 bodies",
}
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_a_link_opens_once_with_the_right_key_and_in_time() -> None:
    link = LoginLink("demo", AT)
    key = link.secret
    assert link.take_path().endswith(key)
    assert link.secret == ""
    assert not link.redeem("wrong", AT)
    assert link.redeem(key, AT)
    assert not link.redeem(key, AT)
    late = LoginLink("demo", AT)
    assert not late.redeem(late.secret, AT + LASTS + timedelta(seconds=1))


@pytest.mark.slow
def test_the_demonstration_is_filled_logs_in_once_and_leaves_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "overzicht", "demo", "--no-browser", "--as-of", "2026-11-20"]
    started = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "TMPDIR": str(tmp_path)},
    )  # fmt: skip
    try:
        assert started.stdout is not None
        assert started.stdout.readline().startswith("Overzicht serves at http://127.0.0.1:")
        link = started.stdout.readline().strip()
        assert [path.name.startswith("overzicht-demo-") for path in tmp_path.iterdir()] == [True]
        site = link.partition("/login")[0]
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        other = urllib.request.build_opener()
        assert opener.open(link).url == f"{site}/?as-of=2026-11-20"
        with pytest.raises(HTTPError, match="401"):
            other.open(f"{site}/api/v1/plans")
        assert other.open(link).url.endswith("/login")  # it was used
        for page, words in PAGES.items():
            assert words in opener.open(f"{site}{page}").read().decode(), page
    finally:
        started.send_signal(signal.SIGTERM)
        started.communicate(timeout=30)
    assert list(tmp_path.iterdir()) == []
