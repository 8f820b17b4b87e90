"""`overzicht serve`: the service, on this machine alone unless it is told otherwise."""

import signal
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from overzicht.cli.options import gathered, opened_store
from overzicht.errors import EXIT_SETUP, MissingExtraError, OverzichtError
from overzicht.settings import Settings, read_settings
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


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service listens, how others reach it, and whom it lets in."""

    host: str
    port: int
    public_address: str
    always_login: bool
    without_users: bool

    @property
    def is_near(self) -> bool:
        """Whether only this machine can reach the service."""
        return self.host in LOOPBACK


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8321, show_default=True, help="Port. 0: any free port."
)
@click.option(
    "--public-address",
    default="",
    metavar="URL",
    help="Address that others use, through a proxy: https://overzicht.example.nl",
)
@click.option("--always-login", is_flag=True, help="Require a login, also on the machine itself.")
@click.option("--without-users", is_flag=True, help="Serve beyond this machine without any account.")
@click.option(
    "--rate",
    default="1200/minute",
    show_default=True,
    help="Rate limit per account or address, for example 1200/minute. Empty: no limit.",
)
@click.option(
    "--allow-origin",
    multiple=True,
    metavar="ORIGIN",
    help="Site whose pages may read the reconciliation interface, beside those of this machine: "
    "https://refine.example.nl, or * for every site. May be given more than once.",
)
@gathered("address", Address)
def serve(address: Address, rate: str, allow_origin: tuple[str, ...]) -> None:
    """Serve pages for people and an interface for programs, until Ctrl+C.

    The service needs no configuration and starts on this machine alone. Everyone on the machine can read
    without a login; a change needs an account (`overzicht users add NAME --role admin`).

    Example: overzicht serve
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        from overzicht.web.app import create_app  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("the service", "web") from error
    settings = read_settings()
    with opened_store() as store:
        with store.reading() as connection:
            has_accounts = count_accounts(connection) > 0
        if not (address.is_near or has_accounts or address.without_users):
            raise ServiceAddressError(
                f"there is no account yet, and {address.host} can be reached from other machines",
                fix="make one with `overzicht users add NAME --role admin`, or say --without-users",
            )
        options = _options(address, rate, allow_origin, settings)
        listener = _listen(address.host, address.port)
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


def _options(address: Address, rate: str, origins: tuple[str, ...], settings: Settings) -> "ServiceOptions":
    from limits import parse  # noqa: PLC0415 - an extra

    from overzicht.web.service import ServiceOptions  # noqa: PLC0415 - an extra

    try:
        if rate:
            parse(rate)
    except ValueError as error:
        raise click.UsageError(f"{rate!r} is not a rate. Use, for example, 1200/minute") from error
    public = urlsplit(address.public_address).hostname if address.public_address else ""
    if address.public_address and not public:
        raise click.UsageError(
            f"{address.public_address!r} is not an address. Use, for example, https://overzicht.example.nl"
        )
    every = ("*",) if address.host in EVERY_ADDRESS and not public else ()
    names = (*LOOPBACK, address.host, *((public,) if public else ()), *every)
    reads_openly = not (address.always_login or address.public_address or settings.database_url)
    return ServiceOptions(
        reads_openly=address.is_near and reads_openly,
        hosts=tuple(dict.fromkeys(names)),
        rate=rate,
        origins=tuple(map(_origin, origins)),
    )


def _origin(given: str) -> str:
    """Return a site as browsers name it, or end with a usage error."""
    parts = urlsplit(given)
    is_origin = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if given != "*" and (not is_origin or set(given) & set(" ;,'\"*")):
        raise click.UsageError(f"{given!r} is not a site. Use, for example, https://refine.example.nl")
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
