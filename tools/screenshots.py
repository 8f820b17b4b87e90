"""Make the screenshots in `docs/images` from the shipped example: the report and the pages of the service.

    python tools/screenshots.py                    all of them
    python tools/screenshots.py pages-device.png   only these
    python tools/screenshots.py --pages            20 pages of the demonstration in three looks, in build/

Needs what `make test` installs, and the Chromium of the browser tests (CHROMIUM names another one). The date
is fixed, so that a screenshot changes only if its page changes.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Playwright, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = Path("examples/gemeente-voorbeeldstad")
PICTURES = ROOT / "docs" / "images"
PROGRAM = Path(sys.executable).with_name("overzicht")
CHROMIUMS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
AS_OF = "2026-11-25"
LARGEST_BYTES = 300_000
ORGANISATION = "Gemeente Voorbeeldstad"
STARTS_WITHIN = 60  # seconds
PATIENCE = 180_000  # milliseconds: the first page screens every manufacturer
REPORT = "report"
BUILD = ROOT / "build" / "screenshots"
PAGES = {
    "overview": "/", "devices": "/devices", "device": "/devices?q=CAM-024", "review": "/review",
    "imports": "/imports", "import": "/imports/3", "import-new": "/imports/new", "changes": "/compare",
    "changed": "/compare?from=1&to=2", "plan": "/plans/1", "sites": "/sites",
    "organisation": "/organisations/gemeente-voorbeeldstad", "maker": "/makers/hikvision", "lists": "/lists",
    "search": "/search?q=camera+stadhuis", "clause": "/tenders/clause?maker=hikvision",
    "licences": "/licences", "answers": "/answers", "accounts": "/accounts", "backup": "/backup",
}  # fmt: skip
LOOKS: Mapping[str, tuple[str, tuple[int, int], Literal["light", "dark"]]] = {
    "1280": ("en", (1280, 900), "light"),
    "390": ("nl", (390, 844), "light"),
    "dark": ("nl", (1280, 900), "dark"),
}
DEVICE = "/devices?relabelled=yes&q=annke"  # the screenshot shows the first device of this page


@dataclass(frozen=True, slots=True)
class Shot:
    """A screenshot: its file, its page (a path of the service, or the report), and the window in pixels."""

    name: str
    page: str
    size: tuple[int, int]
    lang: str = "en"
    colours: Literal["light", "dark"] = "light"
    scale: int = 1


SHOTS = (
    Shot("overview.png", REPORT, (1180, 2000)),
    Shot("overview-phone.png", REPORT, (390, 844), lang="nl", scale=2),
    Shot("pages-overview.png", "/", (1180, 1500)),
    Shot("pages-device.png", DEVICE, (1180, 1400)),
    Shot("pages-review-dark.png", "/review?relabelled=yes", (1180, 1100), lang="nl", colours="dark"),
    Shot("pages-devices-phone.png", "/devices?relabelled=yes", (390, 1300), lang="nl"),
)


def main(names: list[str]) -> int:
    if names == ["--pages"]:
        take_pages()
        return 0
    unknown = set(names) - {shot.name for shot in SHOTS}
    if unknown:
        print(f"no screenshot is named {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    PICTURES.mkdir(parents=True, exist_ok=True)
    shots = [shot for shot in SHOTS if not names or shot.name in names]
    with (
        tempfile.TemporaryDirectory() as scratch,
        sync_playwright() as playwright,
        running_service(Path(scratch)) as address,
    ):
        browser = start_browser(playwright)
        for shot in shots:
            is_report = shot.page == REPORT
            take(
                browser, shot, report(Path(scratch), shot.lang).as_uri() if is_report else address + shot.page
            )
        browser.close()
    return max(size_status(PICTURES / shot.name) for shot in shots)


def start_browser(playwright: Playwright) -> Browser:
    chromium = os.environ.get("CHROMIUM") or next(path for path in CHROMIUMS if Path(path).exists())
    return playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


def take_pages() -> None:
    """Take each page of `PAGES` in each look, whole, from a demonstration of its own."""
    BUILD.mkdir(parents=True, exist_ok=True)
    command: list[str | Path] = [PROGRAM, "demo", "--no-browser", "--as-of", AS_OF]
    demo = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        link = next(line.strip() for line in demo.stdout or () if "/login/link" in line)
        with sync_playwright() as playwright:
            browser = start_browser(playwright)
            context = browser.new_context()
            context.set_default_timeout(PATIENCE)
            context.new_page().goto(link)
            state = context.storage_state()
            for name, (lang, (width, height), colours) in LOOKS.items():
                page = browser.new_context(
                    storage_state=state, locale=lang, color_scheme=colours,
                    viewport={"width": width, "height": height},
                ).new_page()  # fmt: skip
                page.set_default_timeout(PATIENCE)
                for title, path in PAGES.items():
                    page.goto(link.partition("/login")[0] + path)
                    if title == "device":
                        page.locator("tbody th a").first.click()
                    page.screenshot(path=BUILD / f"{title}-{name}.png", full_page=True)
            browser.close()
    finally:
        demo.terminate()
        demo.wait()


def size_status(picture: Path) -> int:
    """Print the size of a picture; return 1 if it is too large."""
    size = picture.stat().st_size
    print(f"{picture.relative_to(ROOT)}: {size:,} bytes")
    if size <= LARGEST_BYTES:
        return 0
    print(f"{picture.name} is larger than {LARGEST_BYTES:,} bytes", file=sys.stderr)
    return 1


def run(home: Path, *arguments: str | Path) -> None:
    """Run a command; RuntimeError if it fails. Exit code 1 is accepted: some rows are unreadable."""
    done = subprocess.run(
        [PROGRAM, *arguments], cwd=ROOT, env={**os.environ, "OVERZICHT_HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode > 1:
        raise RuntimeError(done.stderr)


def report(scratch: Path, lang: str) -> Path:
    """Return a page with the report of the example."""
    page = scratch / f"overview-{lang}.html"
    inventories = (EXAMPLE / "apparatuur.xlsx", EXAMPLE / "netwerkscan.xml")
    run(scratch / "home", "overview", *inventories, "--as-of", AS_OF, "--lang", lang, "--out", page)
    return page


@contextmanager
def running_service(scratch: Path) -> Iterator[str]:
    """Yield the address of a service with a register of the example."""
    home = scratch / "register"
    run(home, "register", "organisations", "add", ORGANISATION, "--as-of", AS_OF)
    for number, file in enumerate(("apparatuur.xlsx", "netwerkscan.xml"), start=1):
        run(home, "register", "import", EXAMPLE / file, "--organisation", ORGANISATION, "--as-of", AS_OF)
        run(home, "register", "accept", str(number))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    service = subprocess.Popen(
        [PROGRAM, "serve", "--port", str(port)], cwd=ROOT, env={**os.environ, "OVERZICHT_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        service.terminate()
        service.wait()


def wait_for(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError(f"the service did not start within {STARTS_WITHIN} s")


def take(browser: Browser, shot: Shot, address: str) -> None:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height}, device_scale_factor=shot.scale,
        color_scheme=shot.colours, locale=shot.lang,
    )  # fmt: skip
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if shot.page != REPORT and not shot.page.startswith("/review"):  # people decide on the current date only
        address += f"{'&' if '?' in address else '?'}as-of={AS_OF}"
    page.goto(address)
    if shot.page == DEVICE:
        page.locator("tbody th a").first.click()
    page.screenshot(path=PICTURES / shot.name)
    context.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
