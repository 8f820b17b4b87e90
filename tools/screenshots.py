"""Take the pictures of README and of the guide to the pages, all of the example, on a desktop and on a phone.

    python tools/screenshots.py

Needs what `make test` installs, and a Chromium (`apt-get install chromium`, or CHROMIUM=/path/to/it).
The day is fixed, so that only a changed report changes the pictures.
"""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = Path("examples/gemeente-voorbeeldstad")
PICTURES = ROOT / "docs" / "images"
AS_OF = "2026-11-25"
LARGEST_BYTES = 300_000
SHOTS = {  # name: width and height in CSS pixels, language, scale
    "overview.png": (ViewportSize(width=1180, height=2000), "en", 1),
    "overview-phone.png": (ViewportSize(width=390, height=844), "nl", 2),
}
PAGES = {  # name: path, width and height, language, colours, scale
    "pages-overview.png": ("/", ViewportSize(width=1180, height=1500), "en", "light", 1),
    "pages-device.png": ("{device}", ViewportSize(width=1180, height=1400), "en", "light", 1),
    "pages-review-dark.png": (
        "/review?relabelled=yes",
        ViewportSize(width=1180, height=1100),
        "nl",
        "dark",
        1,
    ),
    "pages-devices-phone.png": (
        "/devices?relabelled=yes",
        ViewportSize(width=390, height=1300),
        "nl",
        "light",
        1,
    ),
}
ORGANISATION = "Gemeente Voorbeeldstad"
STARTS_WITHIN = 60  # seconds


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for name, (size, lang, scale) in SHOTS.items():
            page = _report(Path(scratch), lang)
            _take(browser, page, PICTURES / name, size, scale)
        with _service(Path(scratch)) as address:
            for name, (path, size, lang, colours, scale) in PAGES.items():
                _take_page(browser, f"{address}{path}", PICTURES / name, (size, lang, colours, scale))
        browser.close()
    return max(_told(PICTURES / name) for name in (*SHOTS, *PAGES))


def _told(picture: Path) -> int:
    """Print how large a picture is; return 1 for one that is too large."""
    size = picture.stat().st_size
    print(f"{picture.relative_to(ROOT)}: {size:,} bytes")
    if size <= LARGEST_BYTES:
        return 0
    print(f"{picture.name} is larger than {LARGEST_BYTES:,} bytes", file=sys.stderr)
    return 1


@contextmanager
def _service(scratch: Path) -> Iterator[str]:
    """Run the service over a register of the example, and give its address."""
    environment = {**os.environ, "OVERZICHT_HOME": str(scratch / "register")}

    def run(*arguments: str | Path) -> None:
        command = [Path(sys.executable).with_name("overzicht"), "register", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        if done.returncode > 1:  # 1: some rows of the example are unreadable on purpose
            raise RuntimeError(done.stderr)

    run("organisations", "add", ORGANISATION, "--as-of", AS_OF)
    for number, file in enumerate(("apparatuur.xlsx", "netwerkscan.xml"), start=1):
        run("import", EXAMPLE / file, "--organisation", ORGANISATION, "--as-of", AS_OF)
        run("accept", str(number))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    served = subprocess.Popen(
        [Path(sys.executable).with_name("overzicht"), "serve", "--port", str(port)],
        cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        served.terminate()
        served.wait()


def _wait(port: int) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.2)
    raise TimeoutError(f"the service did not start within {STARTS_WITHIN} s")


def _take_page(
    browser: Browser, address: str, target: Path, look: tuple[ViewportSize, str, str, float]
) -> None:
    size, lang, colours, scale = look
    context = browser.new_context(
        viewport=size,
        device_scale_factor=scale,
        color_scheme=colours,
        locale=lang,  # type: ignore[arg-type]
    )
    shown = context.new_page()
    if "{device}" in address:  # the first relabelled camera
        shown.goto(address.replace("{device}", f"/devices?relabelled=yes&q=annke&as-of={AS_OF}"))
        shown.locator("tbody th a").first.click()
    else:
        shown.goto(f"{address}{'&' if '?' in address else '?'}as-of={AS_OF}")
    shown.screenshot(path=target)
    context.close()


def _report(scratch: Path, lang: str) -> Path:
    page = scratch / f"overview-{lang}.html"
    command: list[str | Path] = [
        Path(sys.executable).with_name("overzicht"), "overview", EXAMPLE / "apparatuur.xlsx",
        EXAMPLE / "netwerkscan.xml", "--as-of", AS_OF, "--lang", lang, "--out", page,
    ]  # fmt: skip
    environment = {**os.environ, "OVERZICHT_HOME": str(scratch / "home")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > 1:  # 1: some rows of the example are unreadable on purpose
        raise RuntimeError(done.stderr)
    return page


def _take(browser: Browser, page: Path, target: Path, size: ViewportSize, scale: int) -> None:
    context = browser.new_context(viewport=size, device_scale_factor=scale, color_scheme="light")
    shown = context.new_page()
    shown.goto(page.as_uri())
    shown.screenshot(path=target)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
