"""Contacts of the organisation that runs the service, from settings; none is made up.

One is for users of the interface, one for reports of weaknesses (RFC 9116, `/.well-known/security.txt`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from overzicht.errors import EXIT_SETUP, OverzichtError

NAME, EMAIL, ADDRESS = "contact_name", "contact_email", "contact_url"
SECURITY_CONTACT, EXPIRES, POLICY = "security_contact", "security_expires", "security_policy"
SECURITY_PATH = "/.well-known/security.txt"
LANGUAGES = "nl, en"
# Each host that accepts mail has this mailbox (RFC 5321); a name in `localhost` is this machine (RFC 6761).
LOCAL = {
    "name": "Administrator of this service",
    "email": "postmaster@overzicht.localhost",
    "url": "http://overzicht.localhost/",
}


class ContactSettingsError(OverzichtError):
    """A setting with a contact cannot be used."""

    exit_code = EXIT_SETUP


@dataclass(frozen=True, slots=True)
class SecurityContact:
    """Where to report a weakness: contacts in order of preference, valid before `expires`."""

    contacts: tuple[str, ...]
    expires: datetime
    policy: str = ""

    def is_valid(self, at: datetime) -> bool:
        """Return whether the contacts may still be published at a time."""
        return at < self.expires

    def text(self, public_address: str) -> str:
        """Return the file; `Canonical` only with the public address of the service."""
        fields = [("Contact", contact) for contact in self.contacts]
        fields += [
            ("Expires", self.expires.isoformat().replace("+00:00", "Z")),
            ("Preferred-Languages", LANGUAGES),
        ]
        if public_address:
            fields.append(("Canonical", public_address.rstrip("/") + SECURITY_PATH))
        if self.policy:
            fields.append(("Policy", self.policy))
        return "".join(f"{name}: {value}\n" for name, value in fields)


def contact_of(values: Mapping[str, str]) -> dict[str, str]:
    """Return the contact for users of the interface; without settings, the administrator of this machine.

    Raises ContactSettingsError if only a part is set, or a value cannot be used.
    """
    given = {name: values.get(name, "").strip() for name in (NAME, EMAIL, ADDRESS)}
    if not any(given.values()):
        return LOCAL
    for name, value in given.items():
        if not value:
            raise _error(name, "is missing", "set OVERZICHT_CONTACT_NAME, _EMAIL and _URL")
    _check_line(NAME, given[NAME])
    _check_address(EMAIL, f"mailto:{given[EMAIL]}")
    _check_address(ADDRESS, given[ADDRESS], schemes=("https", "http"))
    return {"name": given[NAME], "email": given[EMAIL], "url": given[ADDRESS]}


def security_contact_of(values: Mapping[str, str]) -> SecurityContact | None:
    """Return the contact for reports of weaknesses; None if none is set.

    Raises ContactSettingsError for a value that the file cannot have.
    """
    contacts = tuple(filter(None, (part.strip() for part in values.get(SECURITY_CONTACT, "").split(","))))
    if not contacts:
        return None
    for contact in contacts:
        _check_address(SECURITY_CONTACT, contact)
    policy = values.get(POLICY, "").strip()
    if policy:
        _check_address(POLICY, policy, schemes=("https",))
    expires = values.get(EXPIRES, "").strip()
    try:
        moment = datetime.fromisoformat(expires)
    except ValueError:
        raise _error(EXPIRES, f"{expires!r} is not a date and time", "use 2027-06-01T00:00:00Z") from None
    return SecurityContact(
        contacts, moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC), policy
    )


def _check_address(name: str, value: str, schemes: tuple[str, ...] = ("mailto", "https", "tel")) -> None:
    _check_line(name, value)
    parts = urlsplit(value)
    is_mail = parts.scheme == "mailto" and parts.path.count("@") == 1 and not parts.path.startswith("@")
    is_place = (
        bool(parts.hostname)
        if parts.scheme in ("https", "http")
        else parts.scheme == "tel" and bool(parts.path)
    )
    if parts.scheme not in schemes or not (is_mail or is_place):
        raise _error(
            name, f"{value!r} is not an address", f"use an address that starts with {', '.join(schemes)}"
        )


def _check_line(name: str, value: str) -> None:
    if not value.isprintable() or (" " in value and name != NAME):
        raise _error(name, f"{value!r} has characters that it cannot have", "use one line without spaces")


def _error(name: str, mistake: str, fix: str) -> ContactSettingsError:
    return ContactSettingsError(f"OVERZICHT_{name.upper()}: {mistake}", fix=fix)
