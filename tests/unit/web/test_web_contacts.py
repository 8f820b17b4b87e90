"""The contact for users of the interface, and the file for reports of weaknesses (RFC 9116)."""

from datetime import UTC, datetime

import pytest

from overzicht.web.contacts import LOCAL, ContactSettingsError, contact_of, security_contact_of

SET = {
    "security_contact": "mailto:security@example.nl, https://example.nl/report",
    "security_expires": "2027-06-01T00:00:00Z",
    "security_policy": "https://example.nl/policy",
}
AT = datetime(2026, 11, 28, tzinfo=UTC)


def test_the_file_has_the_fields_of_the_standard() -> None:
    security = security_contact_of(SET)
    assert security is not None
    lines = [line.partition(": ")[::2] for line in security.text("https://overzicht.example.nl").splitlines()]
    assert lines == [
        ("Contact", "mailto:security@example.nl"),
        ("Contact", "https://example.nl/report"),
        ("Expires", "2027-06-01T00:00:00Z"),
        ("Preferred-Languages", "nl, en"),
        ("Canonical", "https://overzicht.example.nl/.well-known/security.txt"),
        ("Policy", "https://example.nl/policy"),
    ]
    assert security.is_valid(AT)
    assert not security.is_valid(datetime(2027, 6, 1, tzinfo=UTC))


def test_another_zone_is_the_same_moment() -> None:
    security = security_contact_of(SET | {"security_expires": "2027-06-01T02:00:00+02:00"})
    assert security is not None
    assert "Expires: 2027-06-01T00:00:00Z\n" in security.text("")


def test_without_settings_nothing_is_made_up() -> None:
    assert security_contact_of({}) is None
    assert contact_of({}) == LOCAL


@pytest.mark.parametrize(
    "change",
    [
        {"security_expires": ""},
        {"security_expires": "next year"},
        {"security_contact": "security@example.nl"},
        {"security_contact": "http://example.nl/report"},
        {"security_contact": "mailto:"},
        {"security_contact": "mailto:a@b.nl\nContact: mailto:x@evil.example"},
        {"security_contact": "javascript:alert(1)"},
        {"security_policy": "policy"},
    ],
)
def test_a_setting_that_the_file_cannot_have_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(ContactSettingsError):
        security_contact_of(SET | change)


@pytest.mark.parametrize(
    "change", [{"contact_email": ""}, {"contact_email": "nobody"}, {"contact_url": "example.nl"}]
)
def test_a_contact_needs_name_mail_and_address(change: dict[str, str]) -> None:
    whole = {"contact_name": "Team", "contact_email": "t@example.nl", "contact_url": "https://example.nl"}
    assert contact_of(whole) == {"name": "Team", "email": "t@example.nl", "url": "https://example.nl"}
    with pytest.raises(ContactSettingsError):
        contact_of(whole | change)
