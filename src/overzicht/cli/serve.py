"""`overzicht serve`: the service, on this machine alone unless it is told otherwise."""

import signal
import socket
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from overzicht.cli.options import opened_store
from overzicht.errors import EXIT_SETUP, MissingExtraError, OverzichtError
from overzicht.store.accounts import count_accounts

if TYPE_CHECKING:
    from overzicht.web.service import ServiceOptions

GRACE_SECONDS = 10
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - named to be recognised


class ServiceAddressError(OverzichtError):
    """The service cannot take the address that was asked for, or should not."""

    exit_code = EXIT_SETUP
    slug = "service-address"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="0 takes any free one."
)
@click.option(
    "--public-address", default="", metavar="URL",
    help="How others reach it, through a proxy: https://overzicht.example.nl",
)  # fmt: skip
@click.option("--always-login", is_flag=True, help="Ask everybody to log in, also at the machine itself.")
@click.option(
    "--without-users", is_flag=True, help="Serve beyond this machine although there is no account yet."
)
@click.option(
    "--rate", default="1200/minute", show_default=True,
    help="What one account or address may ask; an empty text: as much as it likes.",
)  # fmt: skip
@click.option(
    "--allow-origin", multiple=True, metavar="ORIGIN",
    help="A site whose pages may read the reconciliation interface, beside those at this machine itself: "
    "https://refine.example.nl, or * for every one. May be given more than once.",
)  # fmt: skip
def serve(  # noqa: PLR0913 - options of the command
    *,
    host: str,
    port: int,
    public_address: str,
    always_login: bool,
    without_users: bool,
    rate: str,
    allow_origin: tuple[str, ...],
) -> None:
    """Serve pages for people and an interface for programs, until Ctrl+C.

    It starts with no configuration, on this machine alone: who is at the machine reads without logging in,
    and changing anything needs an account (`overzicht users add NAME --role admin`). Example: overzicht serve
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        from overzicht.web.app import create_app  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("the service", "web") from error
    is_near = host in LOOPBACK
    with opened_store() as (store, settings):
        with store.reading() as connection:
            has_accounts = count_accounts(connection) > 0
        if not is_near and not has_accounts and not without_users:
            raise ServiceAddressError(
                f"there is no account yet, and {host} can be reached from other machines",
                fix="make one with `overzicht users add NAME --role admin`, or say --without-users",
            )
        reads_openly = is_near and not always_login and not public_address and not settings.database_url
        options = replace(
            _options(host, public_address, reads_openly=reads_openly, rate=rate),
            origins=tuple(map(_origin, allow_origin)),
        )
        listener = _listen(host, port)
        app = create_app(store, settings, options)
        config = uvicorn.Config(
            app, log_level="warning", server_header=False, timeout_graceful_shutdown=GRACE_SECONDS
        )
        click.echo(f"Overzicht serves at {_address(listener)} (Ctrl+C stops it)")
        if not has_accounts:
            click.echo(
                "no account yet: it can be read only; `overzicht users add NAME --role admin`", err=True
            )
        _end_in_peace()
        uvicorn.Server(config).run(sockets=[listener])
    click.echo("stopped", err=True)


def _end_in_peace() -> None:
    """Let being told to stop be no fault: the server ends in order, then sends itself the signal again."""
    for each in (signal.SIGINT, signal.SIGTERM):
        signal.signal(each, lambda _number, _frame: None)


def _options(host: str, public_address: str, *, reads_openly: bool, rate: str) -> "ServiceOptions":
    from limits import parse  # noqa: PLC0415 - an extra

    from overzicht.web.service import ServiceOptions  # noqa: PLC0415 - an extra

    try:
        if rate:
            parse(rate)
    except ValueError as error:
        raise click.UsageError(f"{rate!r} is no rate like 1200/minute") from error
    public = urlsplit(public_address).hostname if public_address else ""
    if public_address and not public:
        raise click.UsageError(f"{public_address!r} is no address like https://overzicht.example.nl")
    every = ("*",) if host in EVERY_ADDRESS and not public else ()
    names = (*LOOPBACK, host, *((public,) if public else ()), *every)
    return ServiceOptions(reads_openly=reads_openly, hosts=tuple(dict.fromkeys(names)), rate=rate)


def _origin(given: str) -> str:
    """Return a site as browsers name it; a usage error for what is none."""
    parts = urlsplit(given)
    is_origin = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if given != "*" and (not is_origin or set(given) & set(" ;,'\"*")):
        raise click.UsageError(f"{given!r} is no site like https://refine.example.nl")
    return given.rstrip("/")


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; ServiceAddressError where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ServiceAddressError(
            f"{host}, port {port} cannot be had: {error.strerror or error}",
            fix="is it being served already? take another one with --port",
        ) from error
    return listener


def _address(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
