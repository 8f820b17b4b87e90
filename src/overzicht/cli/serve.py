"""`overzicht serve`: the service, on this machine alone by default."""

import signal
import socket
from dataclasses import dataclass
from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from overzicht.cli.commands import command
from overzicht.cli.language import speak, translate
from overzicht.cli.options import Request, standard
from overzicht.errors import EXIT_SETUP, MissingExtraError, OverzichtError
from overzicht.settings import Settings, read_settings
from overzicht.store.accounts import count_accounts
from overzicht.store.database import Store

if TYPE_CHECKING:
    from overzicht.web.service import ServiceOptions

GRACE_SECONDS = 10
LOOPBACK_ADDRESSES = ("127.0.0.1", "::1")
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 - named to be recognised


class ServiceAddressError(OverzichtError):
    """The service cannot listen on the requested address, or should not."""

    exit_code = EXIT_SETUP


@dataclass(frozen=True, slots=True)
class Address:
    """Where the service listens, how others reach it, and whom it admits."""

    host: str
    port: int
    public_address: str
    always_login: bool
    without_users: bool
    proxy: tuple[str, ...] = ()

    def proxies(self) -> list[str]:
        """Return the proxies whose headers count; a usage error for a text that is not an address."""
        for value in self.proxy:
            try:
                ip_network(value)
            except ValueError as error:
                message = translate("{value} is not an address of a proxy. Use, for example, 127.0.0.1")
                raise click.UsageError(message.format(value=repr(value))) from error
        return list(self.proxy or (LOOPBACK_ADDRESSES if self.public_address else ()))


@command()
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
    help="Site whose pages may read the reconciliation interface, in addition to those of this machine: "
    "https://refine.example.nl, or * for every site. May be given more than once.",
)
@click.option(
    "--proxy",
    multiple=True,
    metavar="ADDRESS",
    help="Address or network of a proxy whose X-Forwarded-For and X-Forwarded-Proto count: 127.0.0.1 or "
    "10.0.0.0/8. May be given more than once. Default: this machine with --public-address, else none.",
)
@standard(address=Address)
def serve(request: Request, address: Address, rate: str, allow_origin: tuple[str, ...]) -> None:
    """Serve pages for people and an interface for programs, until Ctrl+C.

    The service needs no configuration and starts on this machine alone. Everyone on the machine can read
    without a login; a change needs an account (`overzicht users add NAME --role admin`).
    """
    settings = read_settings()
    with request.store.reading() as connection:
        has_accounts = count_accounts(connection) > 0
    if not (address.host in LOOPBACK or has_accounts or address.without_users):
        raise ServiceAddressError(
            f"there is no account yet, and {address.host} can be reached from other machines",
            fix="make one with `overzicht users add NAME --role admin`, or use --without-users",
        )
    options = _options(address, rate, allow_origin, settings)
    listener = listen(address.host, address.port)
    if not has_accounts:
        click.echo(
            translate("no account yet: read only. Run `overzicht users add NAME --role admin`"), err=True
        )
    run_service(request.store, settings, options, listener, address.proxies())


def run_service(
    store: Store, settings: Settings, options: "ServiceOptions", listener: socket.socket, proxies: list[str]
) -> None:
    """Serve on a socket until a signal ends it; `proxies` are those whose headers count.

    Raises MissingExtraError without the extra `web`.
    """
    try:
        import uvicorn  # noqa: PLC0415 - an extra

        from overzicht.web.app import create_app  # noqa: PLC0415 - an extra
        from overzicht.web.connections import TimedProtocol, raise_file_limit  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("the service", "web") from error
    raise_file_limit()
    app = create_app(store, settings, options)
    config = uvicorn.Config(
        app,
        http=TimedProtocol,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
    )
    host, port = listener.getsockname()[:2]
    site = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    click.echo(speak("Overzicht serves at {address} (Ctrl+C stops it)", address=site))
    for number in (signal.SIGINT, signal.SIGTERM):  # not a fault: the server ends, then signals itself again
        signal.signal(number, lambda _number, _frame: None)
    uvicorn.Server(config).run(sockets=[listener])
    click.echo(translate("stopped"), err=True)


def _options(address: Address, rate: str, origins: tuple[str, ...], settings: Settings) -> "ServiceOptions":
    from limits import parse  # noqa: PLC0415 - an extra

    from overzicht.web.service import ServiceOptions  # noqa: PLC0415 - an extra

    try:
        if rate:
            parse(rate)
    except ValueError as error:
        message = translate("{value} is not a rate. Use, for example, 1200/minute")
        raise click.UsageError(message.format(value=repr(rate))) from error
    public = urlsplit(address.public_address).hostname if address.public_address else ""
    if address.public_address and not public:
        message = translate("{value} is not an address. Use, for example, https://overzicht.example.nl")
        raise click.UsageError(message.format(value=repr(address.public_address)))
    every = ("*",) if address.host in EVERY_ADDRESS and not public else ()
    names = (*LOOPBACK, address.host, *((public,) if public else ()), *every)
    reads_openly = not (address.always_login or address.public_address or settings.database_url)
    return ServiceOptions(
        reads_openly=address.host in LOOPBACK and reads_openly,
        hosts=tuple(dict.fromkeys(names)),
        rate=rate,
        origins=tuple(map(_origin, origins)),
        public_address=address.public_address.rstrip("/"),
    )


def _origin(site: str) -> str:
    """Return a site as browsers name it, or end with a usage error."""
    parts = urlsplit(site)
    is_origin = parts.scheme in ("http", "https") and parts.hostname and parts.path in ("", "/")
    if site != "*" and (not is_origin or set(site) & set(" ;,'\"*")):
        message = translate("{value} is not a site. Use, for example, https://refine.example.nl")
        raise click.UsageError(message.format(value=repr(site)))
    return site.rstrip("/")


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens; ServiceAddressError if the address cannot be used."""
    listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()  # a request before the server runs waits for it, and is not refused
    except OSError as error:
        listener.close()
        raise ServiceAddressError(
            f"{host}, port {port} cannot be used: {error.strerror or error}",
            fix="use an address of this machine with --host, or another port with --port",
        ) from error
    return listener
