"""The deployment of docs/how-to/deploy.md: its nginx before the service over PostgreSQL, with TLS.

Caddy with the file of `compose.yaml` also stands before that service.
"""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import web_tools

if TYPE_CHECKING:
    from postgres_server import Server

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "how-to" / "deploy.md"
NAME = "overzicht.example.nl"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
OPENSSL = shutil.which("openssl")
CADDY = shutil.which("caddy")

pytestmark = [
    pytest.mark.skipif(NGINX is None, reason="no nginx: apt-get install nginx"),
    pytest.mark.skipif(OPENSSL is None, reason="no openssl: apt-get install openssl"),
]
BODY = ("application/x-www-form-urlencoded", "name={}&password={}")


@dataclass(frozen=True)
class Deployed:
    """A service behind a proxy: the ports of both, and the certificate to trust."""

    service: int
    tls: int
    plain: int
    certificate: Path

    def ask(
        self, method: str, path: str, body: str = "", *, plain: bool = False, source: str = "127.0.0.1",
        **headers: str,
    ) -> tuple[int, http.client.HTTPMessage, str]:  # fmt: skip
        """Return status, headers and text of an answer through the proxy, asked from a loopback address."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        port = self.plain if plain else self.tls
        raw = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(source, 0))
        connection = http.client.HTTPConnection(NAME, port, timeout=30)
        connection.sock = raw if plain else context.wrap_socket(raw, server_hostname=NAME)
        sent = {"Host": NAME, **{key.replace("_", "-"): value for key, value in headers.items()}}
        if body:
            sent["Content-Type"] = BODY[0]
        connection.request(method, path, body or None, sent)
        answer = connection.getresponse()
        text = answer.read().decode("utf-8")
        connection.close()
        return answer.status, answer.headers, text

    def log_in(self, name: str, password: str, **headers: Any) -> tuple[int, http.client.HTTPMessage, str]:
        form = BODY[1].format(name, password.replace(" ", "+"))
        return self.ask("POST", "/login", form, Sec_Fetch_Site="same-origin", **headers)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def configuration(folder: Path, ports: dict[str, int]) -> str:
    """Return the configuration of the page with the ports and certificate of this test, all else as it is."""
    (block,) = re.findall(r"```nginx\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)
    changes = {
        "listen 80;": f"listen 127.0.0.1:{ports['plain']};",
        "listen 443 ssl;": f"listen 127.0.0.1:{ports['tls']} ssl;",
        "http://127.0.0.1:8321": f"http://127.0.0.1:{ports['service']}",
        "/etc/ssl/overzicht/fullchain.pem": str(folder / "cert.pem"),
        "/etc/ssl/overzicht/key.pem": str(folder / "key.pem"),
    }
    for old, new in changes.items():
        assert block.count(old) == 1, old
        block = block.replace(old, new)
    temp = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""  # else its worker may not write into our folder
    return (
        f"{user}daemon off;\nworker_processes 1;\npid {folder}/nginx.pid;\nerror_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{\naccess_log {folder}/access.log;\n{temp}{block}}}\n"
    )


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "it ended before it listened"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail(f"nothing listens at port {port}")


@pytest.fixture(scope="module")
def deployed(tmp_path_factory: pytest.TempPathFactory, postgres_server: "Server") -> Iterator[Deployed]:
    assert NGINX is not None
    assert OPENSSL is not None
    folder = tmp_path_factory.mktemp("deployment")
    folder.chmod(0o755)
    ports = {name: free_port() for name in ("plain", "tls", "service")}
    subprocess.run(
        [OPENSSL, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
         "-keyout", folder / "key.pem", "-out", folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    file = folder / "nginx.conf"
    file.write_text(configuration(folder, ports), encoding="utf-8")
    tested = subprocess.run([NGINX, "-t", "-c", file], capture_output=True, text=True, check=False)
    assert tested.returncode == 0, tested.stderr
    assert "warn" not in tested.stderr
    database_url = postgres_server.url(postgres_server.create_database())
    environment = {
        **os.environ,
        "OVERZICHT_HOME": str(folder / "home"),
        "OVERZICHT_DATABASE_URL": database_url,
    }
    command = [sys.executable, "-m", "overzicht"]
    add = [*command, "users", "add", "anna", "--role", "admin", "--password-file", "-"]
    subprocess.run(add, input=web_tools.PASSWORD, text=True, check=True, env=environment, capture_output=True)
    served = [*command, "serve", "--port", str(ports["service"]), "--public-address", f"https://{NAME}"]
    service = subprocess.Popen(served, env=environment, stdout=subprocess.DEVNULL)
    proxy = subprocess.Popen([NGINX, "-c", file])
    try:
        wait_for(ports["service"], service)
        wait_for(ports["tls"], proxy)
        yield Deployed(ports["service"], ports["tls"], ports["plain"], folder / "cert.pem")
    finally:
        for process in (proxy, service):
            process.terminate()
            process.wait(timeout=30)


def test_who_comes_in_the_clear_is_led_to_https(deployed: Deployed) -> None:
    status, headers, _ = deployed.ask("GET", "/lists?q=1", plain=True)
    assert (status, headers["location"]) == (301, f"https://{NAME}/lists?q=1")


def test_nobody_reads_without_logging_in_and_the_proxy_is_no_local_reader(deployed: Deployed) -> None:
    status, headers, _ = deployed.ask("GET", "/api/v1/lists")
    assert status == 401
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert headers["server"] == "nginx"


def test_the_session_of_a_login_through_the_proxy_is_bound_to_host_and_https(deployed: Deployed) -> None:
    status, headers, _ = deployed.log_in("anna", web_tools.PASSWORD)
    assert status == 303
    cookie = headers["set-cookie"]
    assert cookie.startswith("__Host-overzicht=")
    assert {"secure", "httponly", "samesite=lax", "path=/"} <= set(cookie.lower().split("; "))
    session = cookie.partition(";")[0]
    status, headers, text = deployed.ask("GET", "/lists", Cookie=session, Accept="text/html")
    assert status == 200
    assert "anna" in text
    assert headers["content-security-policy"].startswith("default-src 'none'")
    forged = deployed.ask("POST", "/lists/update", Cookie=session, Sec_Fetch_Site="cross-site")
    assert forged[0] == 403


@pytest.mark.slow
def test_attempts_are_counted_by_the_address_that_nginx_saw(deployed: Deployed) -> None:
    def attempt(number: int, source: str) -> int:
        claimed = f"198.51.100.{number}"  # what a visitor claims to be counts for nothing
        form = BODY[1].format(f"nobody{number}", "wrong")
        headers: dict[str, Any] = {"Sec_Fetch_Site": "same-origin", "X_Forwarded_For": claimed}
        return deployed.ask("POST", "/login", form, source=source, **headers)[0]

    answers = [attempt(number, "127.0.0.77") for number in range(1, 33)]
    assert answers[:30] == [401] * 30
    assert answers[30:] == [429] * 2
    assert attempt(99, "127.0.0.78") == 401, "another visitor is not held up"


def test_too_large_a_body_of_who_is_not_known_is_refused(deployed: Deployed) -> None:
    for _ in range(10):  # were the body left unread, nginx would now and then lose the answer and say 502
        status, _, _ = deployed.ask("POST", "/api/v1/match", "x" * 4_100_000)
        assert status == 413
    assert deployed.ask("GET", "/login", Accept="text/html")[0] == 200


def test_a_large_body_refused_for_another_reason_keeps_its_answer(deployed: Deployed) -> None:
    status, _, _ = deployed.ask("POST", "/login", "x" * 40_000_000, Sec_Fetch_Site="cross-site")
    assert status == 403


@pytest.fixture(scope="module")
def behind_caddy(deployed: Deployed, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    if CADDY is None:
        pytest.skip("no caddy: apt-get install caddy")
    folder, plain, tls = tmp_path_factory.mktemp("caddy"), free_port(), free_port()
    local = f"http_port {plain}\nhttps_port {tls}\ndefault_bind 127.0.0.1\nadmin off\nskip_install_trust\n"
    site = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    assert site.count("service:8321") == 1
    site = site.replace("service:8321", f"127.0.0.1:{deployed.service}")
    (folder / "Caddyfile").write_text(f"{{\n{local}}}\n{site}", encoding="utf-8")
    command = [CADDY, "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    places = {name: str(folder) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME")}
    named = {"SERVICE_NAME": NAME, "SERVICE_TLS": "internal"}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, env={**places, **named}, stderr=log) as proxy,
    ):
        try:
            wait_for(tls, proxy)
            authority = folder / "caddy" / "pki" / "authorities" / "local" / "root.crt"
            yield Deployed(deployed.service, tls, plain, authority)
        finally:
            proxy.terminate()


def test_the_proxy_of_the_containers_does_the_same(behind_caddy: Deployed) -> None:
    status, headers, _ = behind_caddy.ask("GET", "/lists", plain=True)
    assert (status, headers["location"]) == (308, f"https://{NAME}/lists")
    status, headers, _ = behind_caddy.ask("GET", "/api/v1/lists")
    assert (status, headers["server"]) == (401, "Caddy")
    assert headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    status, headers, _ = behind_caddy.log_in("anna", web_tools.PASSWORD)
    assert (status, headers["set-cookie"].partition("=")[0]) == (303, "__Host-overzicht")
    session = headers["set-cookie"].partition(";")[0]
    assert behind_caddy.ask("GET", "/lists", Cookie=session, Accept="text/html")[0] == 200
    assert behind_caddy.ask("POST", "/login", "x" * 40_000_000, Sec_Fetch_Site="cross-site")[0] == 403
