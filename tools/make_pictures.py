"""Take the pictures of README: the report on the example, on a desktop and on a phone.

    python tools/make_pictures.py

Needs what `make test` installs, and a Chromium (`apt-get install chromium`, or CHROMIUM=/path/to/it).
The day is fixed, so that only a changed report changes the pictures.
"""

import os
import subprocess
import sys
import tempfile
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


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        for name, (size, lang, scale) in SHOTS.items():
            page = _report(Path(scratch), lang)
            target = PICTURES / name
            _take(browser, page, target, size, scale)
            print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")
            if target.stat().st_size > LARGEST_BYTES:
                print(f"{name} is larger than {LARGEST_BYTES:,} bytes", file=sys.stderr)
                return 1
        browser.close()
    return 0


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
