"""`overzicht demo`: a filled service on this machine, thrown away when it stops."""

import secrets
import signal
import tempfile
import threading
import time
import webbrowser
from pathlib import Path
from types import FrameType

import click

from overzicht.cli.commands import command
from overzicht.cli.options import Request, now, standard
from overzicht.cli.serve import LOOPBACK_ADDRESSES, Address, listen, run_service
from overzicht.evidence import text
from overzicht.evidence.actor import Actor
from overzicht.settings import Settings
from overzicht.store.accounts import Grant, Role
from overzicht.store.database import Store

ADMINISTRATOR = "demo"
PASSWORD_BYTES = 12  # a change of accounts asks for the password again
STARTED_WITHIN = 60  # seconds


@command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="Port. 0: any free port."
)
@click.option("--no-browser", is_flag=True, help="Print the link only; do not open the browser.")
@standard("as-of", "lang")
def demo(request: Request, *, port: int, no_browser: bool) -> None:
    """Start a filled service on this machine, and print a link that logs you in once as administrator.

    The municipality and its data are invented. The service is for this machine alone, and everything in it is
    removed when it stops (Ctrl+C).
    """
    signal.signal(signal.SIGTERM, _end)  # so that the folder is removed, also while it is filled
    with tempfile.TemporaryDirectory(prefix="overzicht-demo-") as folder:
        settings = Settings(home=Path(folder))
        store = Store.open(settings.home)
        try:
            _serve(
                request, store, settings, Address(LOOPBACK_ADDRESSES[0], port, "", True, False), no_browser
            )
        finally:
            store.close()


def _serve(request: Request, store: Store, settings: Settings, address: Address, no_browser: bool) -> None:
    from overzicht.subjects.register.demonstration import fill_demo  # noqa: PLC0415 - slow to load
    from overzicht.web.login_link import LoginLink  # noqa: PLC0415 - an extra
    from overzicht.web.service import ServiceOptions  # noqa: PLC0415 - an extra
    from overzicht.workflows.accounts import add_user  # noqa: PLC0415 - slow to load

    actor = Actor(request.as_of, ADMINISTRATOR, now())
    fill_demo(store, actor, lambda step: click.echo(request.words.say(step), err=True))
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    add_user(store, ADMINISTRATOR, password, Grant(Role.ADMIN), actor)
    account = text("log in as {name} with the password {password}", name=ADMINISTRATOR, password=password)
    click.echo(request.words.say(account), err=True)
    listener = listen(address.host, address.port)
    target = "/" if request.as_of == now().date() else f"/?as-of={request.as_of}"
    link = LoginLink(ADMINISTRATOR, now(), target)
    site = f"http://{address.host}:{listener.getsockname()[1]}"
    page = f"{site}{link.take_path()}"
    threading.Thread(target=_tell_when_ready, args=(site, page, not no_browser), daemon=True).start()
    run_service(store, settings, ServiceOptions(login_link=link), listener, [])


def _tell_when_ready(site: str, page: str, has_browser: bool) -> None:
    """Print the page, and open it in the browser, once the service answers."""
    import urllib.request  # noqa: PLC0415 - only for a browser

    for _ in range(STARTED_WITHIN):
        try:
            urllib.request.urlopen(f"{site}/login", timeout=1).close()  # noqa: S310 - our own address
        except OSError:
            time.sleep(1)
        else:
            click.echo(page)
            if has_browser:
                webbrowser.open(page)
            return


def _end(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
