"""Mail through the mail server of the settings."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from overzicht.errors import EXIT_SETUP, OverzichtError

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
TIMEOUT = 30
EXAMPLE = "set OVERZICHT_MAIL_SERVER, for example smtps://USER:PASSWORD@mail.example.org"


class MailError(OverzichtError):
    """A mail could not be sent, or no usable mail server is set."""

    exit_code = EXIT_SETUP

    def __init__(self, reason: str, fix: str = EXAMPLE) -> None:
        super().__init__(f"the mail was not sent: {reason}", fix=fix)


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of JSON in a mail."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to send. `sender` is empty for an address at the mail server.

    A mail that is sent again has the same `message_id` (empty: none), so that a reader can recognise it.
    """

    recipient: str
    subject: str
    text: str
    attachment: Attachment | None = None
    sender: str = ""
    message_id: str = ""


def send_mail(server: str, mail: Mail) -> None:
    """Send a mail; `server` is `smtp`, `smtp+starttls` or `smtps`, `://`, and USER:PASSWORD@HOST:PORT.

    The password is never in a message. Raises MailError.
    """
    try:
        address = urlsplit(server)
        is_known = address.scheme in PORTS and bool(address.hostname)
    except ValueError:
        is_known = False
    if not is_known or not address.hostname:
        raise MailError(
            "no mail server is set" if not server else "the address of the mail server is not valid"
        )
    message = EmailMessage()
    try:
        message["To"], message["From"] = mail.recipient, mail.sender or f"overzicht@{address.hostname}"
        message["Subject"] = mail.subject
        if mail.message_id:
            message["Message-ID"] = mail.message_id
    except (ValueError, IndexError) as error:
        raise MailError(f"{mail.recipient!r} is not a mail address", "use NAME@DOMAIN") from error
    message.set_content(mail.text)
    if mail.attachment is not None:
        message.add_attachment(
            mail.attachment.content, maintype="application", subtype="json", filename=mail.attachment.name
        )
    try:
        port = address.port or PORTS[address.scheme]
        context = ssl.create_default_context()
        connection: smtplib.SMTP
        if address.scheme == "smtps":
            connection = smtplib.SMTP_SSL(address.hostname, port, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(address.hostname, port, timeout=TIMEOUT)
            if address.scheme == "smtp+starttls":
                connection.starttls(context=context)
        with connection:
            if address.username:
                connection.login(unquote(address.username), unquote(address.password or ""))
            connection.send_message(message)
    except (OSError, smtplib.SMTPException, ValueError) as error:
        raise MailError(f"{address.hostname} does not accept it ({type(error).__name__})") from error
