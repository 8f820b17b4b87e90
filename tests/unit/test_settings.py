"""Settings: read from the environment, and careful with what is secret."""

from pathlib import Path

from overzicht.settings import read_settings

ADDRESS = "postgresql+psycopg://anna:s3cret@localhost/register"


def test_the_address_of_a_database_is_shown_nowhere() -> None:
    settings = read_settings({"OVERZICHT_HOME": "/srv/overzicht", "OVERZICHT_DATABASE_URL": f" {ADDRESS} "})
    assert settings.database_url == ADDRESS
    assert settings.home == Path("/srv/overzicht")
    assert "s3cret" not in repr(settings)
    assert settings.values == {}


def test_without_an_address_the_database_lies_in_the_home() -> None:
    settings = read_settings(
        {"OVERZICHT_HOME": "/srv/overzicht", "OVERZICHT_MIRROR": "https://mirror.example"}
    )
    assert settings.database_url == ""
    assert settings.database == Path("/srv/overzicht/overzicht.sqlite")
    assert settings.values == {"mirror": "https://mirror.example"}
