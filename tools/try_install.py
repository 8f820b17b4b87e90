"""Install the wheels in `dist` with each command of `docs/how-to/install.md`, and use the product there.

    python tools/try_install.py [NAME…]     NAME: pip, pipx or uv; without one, all of them

Each command runs in an empty folder, with this Python. The product then answers a name and serves pages,
without a home.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/how-to/install.md"
PLACES = {
    "pip": "overzicht/bin",
    "pipx": ".local/bin",
    "uv": ".local/bin",
}  # of the command, in folder or home
SECONDS = 300  # until the service answers, on a busy machine
PORT = 8329


def commands() -> Iterator[tuple[str, str]]:
    """Yield the name of each program that installs, and the block of the guide."""
    for block in re.findall(
        r"^```sh\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    ):
        first, *_ = re.findall(r"\b(pipx|pip|uv)\b", block)
        yield first, block


def surroundings(home: Path) -> dict[str, str]:
    """Return the variables of a user who has only this Python, and the settings for the package index."""
    kept = {name: value for name, value in os.environ.items() if name.startswith(("PIP_", "UV_", "SSL_"))}
    path = f"{home}/.local/bin:{Path(sys.executable).parent}:/usr/bin:/bin"
    python = {"PIPX_DEFAULT_PYTHON": sys.executable, "UV_PYTHON": sys.executable}
    return {**kept, **python, "HOME": str(home), "PATH": path, "LANG": "C.UTF-8"}


def try_one(name: str, block: str, home: Path) -> None:
    """Install, and fail unless the product answers and serves."""
    (home / "dist").symlink_to(ROOT / "dist")
    around = surroundings(home)
    subprocess.run(["bash", "-euc", block], cwd=home, env=around, check=True)
    product = str(home / PLACES[name] / "overzicht")
    bare = around | {"HOME": "/nonexistent", "OVERZICHT_HOME": str(home / "data")}
    answer = subprocess.run(
        [product, "screen", "one", "Hikvision"], env=bare, capture_output=True, text=True, check=False
    )
    if answer.returncode not in (0, 1) or "Hikvision" not in answer.stdout:
        sys.exit(f"{name}: screen one ended with {answer.returncode}: {answer.stderr}")
    with subprocess.Popen(
        [product, "serve", "--port", str(PORT)], env=bare, stdout=subprocess.DEVNULL
    ) as service:
        try:
            wait_for(f"http://127.0.0.1:{PORT}/healthz", service)
        finally:
            service.terminate()
    print(f"{name}: installed, answered and served", flush=True)


def wait_for(address: str, service: subprocess.Popen[bytes]) -> None:
    """Return once an address answers; exit if the service ended or the time is up."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until and service.poll() is None:
        try:
            with urlopen(address, timeout=5):  # noqa: S310  # on this machine
                return
        except (URLError, TimeoutError):
            time.sleep(0.5)
    sys.exit(f"the service did not answer at {address}")


if __name__ == "__main__":
    for name, block in commands():
        if name in (sys.argv[1:] or PLACES):
            with tempfile.TemporaryDirectory(prefix=f"overzicht-{name}-") as folder:
                try_one(name, block, Path(folder))
