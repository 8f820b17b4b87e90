"""Messages about alerts: at least once with a stable id, longer pauses, set aside in the end."""

import base64
import hashlib
import hmac
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from store_tools import NOON

from overzicht.evidence import Citation, Reason, text
from overzicht.evidence.actor import Actor
from overzicht.store import alerts, decisions
from overzicht.store.alerts import AlertEntry, Channel, EntryChange, ListAlert, Message, MessageState, UseKind
from overzicht.store.database import Store
from overzicht.subjects.alerts import sending
from overzicht.subjects.alerts.events import event_of
from overzicht.subjects.alerts.sending import SendResult, pause_after, send_due
from overzicht.subjects.alerts.settings import AlertSettingError, AlertSettings, set_alert_settings
from overzicht.subjects.alerts.webhook import Call, WebhookError, call_webhook, is_public, signature
from overzicht.workflows.mail import Mail

SECRET = "a secret of enough characters"  # noqa: S105 - of a test
PRIVATE = {"webhook_secret": SECRET, "webhook_private": "allow"}
ALERT_ID = "0f6a3c1e-0000-5000-8000-000000000001"


@dataclass
class Receiver:
    """A webhook on this machine; `statuses` are its next answers, then 204."""

    address: str
    server: HTTPServer
    statuses: list[int] = field(default_factory=list)
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            made.calls.append(({name.lower(): value for name, value in self.headers.items()}, body))
            status = made.statuses.pop(0) if made.statuses else 204
            self.send_response(status)
            if status == 302:
                self.send_header("Location", made.address)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    made = Receiver(f"http://127.0.0.1:{server.server_port}/hook?a=1", server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


def add_alert(store: Store, *targets: tuple[Channel, str], subject: str = "organisation:vb") -> ListAlert:
    citation = Citation("un-sc", "UN list", "entry\r\n1", "https://example.org", "a" * 64)
    entry = AlertEntry(
        EntryChange.LISTED, False, "un-1", "ACME",
        text("{party} is newly listed on {list}: {entry}", party="Acme\r\nBcc: x@example.org", list="L",
             entry="ACME"),
        (Reason(text("the same name")),), citation,
    )  # fmt: skip
    with store.writing("tester", NOON) as tx:
        change = alerts.add_change(
            tx, list_id="un-sc", part="", before_sha256="a" * 64, before_day=NOON.date(),
            after_sha256="b" * 64, after_day=NOON.date(), added=1, removed=0, changed=0,
        )  # fmt: skip
        task = decisions.open_task(tx, subject, "look at it")
        alert = ListAlert(
            ALERT_ID, change, "un-sc", "", NOON.date(), NOON.date(), UseKind.SUPPLIER, subject, "Acme",
            text("{count} devices", count=3), (entry,), task, "tester", tx.at_text,
        )  # fmt: skip
        alerts.add_alert(tx, alert)
        for channel, target in targets:
            alert_id = ALERT_ID if channel is Channel.WEBHOOK else ""
            alerts.add_message(tx, channel, target, change, alert_id)
    mail = tuple(target for channel, target in targets if channel is Channel.MAIL)
    webhook = next((target for channel, target in targets if channel is Channel.WEBHOOK), "")
    choose(store, AlertSettings(mail, webhook))
    return alert


def choose(store: Store, settings: AlertSettings) -> None:
    set_alert_settings(store, settings, Actor(NOON.date(), "admin", NOON))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store.open(tmp_path / "home", at=NOON)
    yield store
    store.close()


def messages(store: Store) -> list[Message]:
    with store.reading() as connection:
        return alerts.list_messages(connection)


def send(store: Store, at: datetime = NOON, **settings: str) -> SendResult:
    return send_due(store, {**PRIVATE, **settings}, lambda: at)


def test_a_webhook_gets_a_signed_event_once(store: Store, receiver: Receiver) -> None:
    alert = add_alert(store, (Channel.WEBHOOK, receiver.address))
    assert send(store) == SendResult(sent=1)
    assert send(store, NOON + timedelta(days=9)) == SendResult()
    ((headers, body),) = receiver.calls
    signed = f"{ALERT_ID}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(SECRET.encode(), signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == ALERT_ID
    assert headers["content-type"].startswith("application/cloudevents+json")
    event = json.loads(body)
    assert event == json.loads(json.dumps(event_of(alert, event["source"])))
    assert event["source"].startswith("urn:uuid:")
    assert event["data"]["entries"][0]["citation"]["snapshot"] == "a" * 64


def test_a_stop_after_the_call_repeats_it_with_the_same_id(
    store: Store, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address))
    with monkeypatch.context() as patch:
        patch.setattr(alerts, "settle", _stop)
        with pytest.raises(KeyboardInterrupt):
            send(store)
    assert send(store) == SendResult()  # it was claimed, and is due later
    assert send(store, NOON + pause_after(1)) == SendResult(sent=1)
    assert [headers["webhook-id"] for headers, _ in receiver.calls] == [ALERT_ID, ALERT_ID]


def _stop(*_args: object) -> None:
    raise KeyboardInterrupt


def test_failures_are_tried_again_ever_later_and_then_set_aside(store: Store, receiver: Receiver) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address))
    receiver.statuses = [500] * sending.MOST_ATTEMPTS
    at = NOON
    for attempt in range(1, sending.MOST_ATTEMPTS):
        assert send(store, at) == SendResult(waiting=1)
        assert send(store, at + pause_after(attempt) - timedelta(seconds=1)) == SendResult()
        at += pause_after(attempt)
    assert send(store, at) == SendResult(failed=1)
    (message,) = messages(store)
    assert message.state is MessageState.FAILED
    assert "status 500" in message.error
    assert send(store, at + timedelta(days=30)) == SendResult()
    with store.writing("admin", at) as tx:
        assert alerts.retry_message(tx, message.id).attempts == 0
    assert send(store, at) == SendResult(sent=1)


@pytest.mark.parametrize(("status", "state"), [(410, MessageState.FAILED), (302, MessageState.WAITING)])
def test_a_target_that_is_gone_is_set_aside_and_a_redirect_is_not_followed(
    store: Store, receiver: Receiver, status: int, state: MessageState
) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address))
    receiver.statuses = [status]
    send(store)
    assert messages(store)[0].state is state
    assert len(receiver.calls) == 1


def test_other_messages_for_a_failing_target_wait(store: Store, receiver: Receiver) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address), (Channel.WEBHOOK, receiver.address))
    receiver.statuses = [500]
    assert send(store) == SendResult(waiting=2)
    assert len(receiver.calls) == 1
    assert send(store) == SendResult(sent=1)


def test_private_addresses_plain_http_and_a_missing_secret_are_refused(
    store: Store, receiver: Receiver
) -> None:
    call = Call(receiver.address, "1", b"{}", "application/json")
    for settings, reason in (
        ({"webhook_secret": SECRET}, "not https"),
        ({"webhook_private": "allow"}, "no secret"),
    ):
        with pytest.raises(WebhookError, match=reason):
            call_webhook(call, settings, NOON)
    local = Call("https://localhost:1/x", "1", b"{}", "application/json")
    with pytest.raises(WebhookError, match="not a public address"):
        call_webhook(local, {"webhook_secret": SECRET}, NOON)
    assert receiver.calls == []


@pytest.mark.parametrize(
    ("first", "piece", "outcome"),
    [(b"HTTP/1.1 2", b" ", "does not answer"), (b"", b"HTTP/1.1 100 Continue\r\n\r\n", "does not answer"),
     (b"HTTP/1.1 500 no\r\n", b"x", "status 500")],
)  # fmt: skip
def test_a_receiver_that_never_ends_its_answer_holds_up_nobody(
    monkeypatch: pytest.MonkeyPatch, first: bytes, piece: bytes, outcome: str
) -> None:
    monkeypatch.setattr("overzicht.subjects.alerts.webhook.CALL_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            client, _ = server.accept()
            with client, suppress(OSError):
                client.sendall(first)
                while True:
                    time.sleep(0.02)
                    client.sendall(piece)

        threading.Thread(target=answer, daemon=True).start()
        call = Call(f"http://127.0.0.1:{server.getsockname()[1]}/", "1", b"{}", "application/json")
        start = time.monotonic()
        with pytest.raises(WebhookError, match=outcome):
            call_webhook(call, PRIVATE, NOON)
        assert time.monotonic() - start < 5


def test_a_call_over_https_needs_a_trusted_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, receiver: Receiver
) -> None:
    own = certificate(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own)
    receiver.server.socket = context.wrap_socket(receiver.server.socket, server_side=True)
    call = Call(receiver.address.replace("http://127.0.0.1", "https://localhost"), "1", b"{}", "a/b")
    with pytest.raises(WebhookError, match="SSLCertVerificationError"):
        call_webhook(call, PRIVATE, NOON)
    monkeypatch.setenv("SSL_CERT_FILE", str(own))
    call_webhook(call, PRIVATE, NOON)
    ((headers, _),) = receiver.calls
    assert headers["host"] == f"localhost:{receiver.server.server_port}"


def certificate(folder: Path, name: str) -> Path:
    """Return a file with a new key and its own certificate for a name."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(1).not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path = folder / "own.pem"
    path.write_bytes(made.public_bytes(encoding) + key.private_bytes(encoding, form, plain))
    return path


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: answers)
    with pytest.raises(WebhookError, match=r"10\.0\.0\.1"):
        call_webhook(Call("https://mixed.example/x", "1", b"", "a/b"), {"webhook_secret": SECRET}, NOON)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.1", "224.0.0.1", "::1",
     "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::7f00:1",
     "::7f00:1", "::ffff:0:7f00:1", "fec0::1", "2002:7f00:1::", "255.255.255.255"],
)  # fmt: skip
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_the_signature_of_the_example_of_the_standard() -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of the documentation of Standard Webhooks
    body = b'{"test": 2432232314}'
    made = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert made == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_mail_has_all_alerts_and_no_line_of_a_header_from_data(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[tuple[str, Mail]] = []
    monkeypatch.setattr(sending, "send_mail", lambda server, mail: sent.append((server, mail)))
    add_alert(store, (Channel.MAIL, "a@example.org"))
    assert send(store, mail_server="smtp://mail.example.org", lang="nl") == SendResult(sent=1)
    ((server, mail),) = sent
    assert (server, mail.recipient) == ("smtp://mail.example.org", "a@example.org")
    assert "\n" not in mail.subject
    assert "\nBcc" not in mail.text
    assert ALERT_ID in mail.text
    assert mail.message_id.endswith("@overzicht>")


def test_a_mail_leaves_out_licence_cases_unless_set(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Mail] = []
    monkeypatch.setattr(sending, "send_mail", lambda _server, mail: sent.append(mail))
    add_alert(store, (Channel.MAIL, "a@example.org"), subject="licence:case-1")
    assert send(store) == SendResult(sent=1)
    assert sent == []


@pytest.mark.parametrize(
    "settings",
    [
        AlertSettings(mail=("a@example.org\nBcc: b@example.org",)),
        AlertSettings(webhook="ftp://example.org/"),
        AlertSettings(webhook="https://user:word@example.org/"),
        AlertSettings(webhook="https://example.org:99999/"),
        AlertSettings(webhook="https://example.org/a b"),
        AlertSettings(source="not a urn"),
    ],
)
def test_settings_that_are_not_valid_are_refused(store: Store, settings: AlertSettings) -> None:
    with pytest.raises(AlertSettingError):
        set_alert_settings(store, settings, Actor(NOON.date(), "admin", NOON))


def test_a_target_that_was_removed_gets_nothing_more(store: Store, receiver: Receiver) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address))
    choose(store, AlertSettings())
    assert send(store) == SendResult(sent=1)
    assert receiver.calls == []


def test_a_case_is_not_sent_after_cases_were_switched_off(store: Store, receiver: Receiver) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address), subject="licence:case-1")
    send(store)
    assert receiver.calls == []


def test_a_token_that_no_header_can_hold_is_a_failure_of_the_message(
    store: Store, receiver: Receiver
) -> None:
    add_alert(store, (Channel.WEBHOOK, receiver.address))
    assert send(store, webhook_token="a\nb") == SendResult(waiting=1)  # noqa: S106 - no header can hold it
