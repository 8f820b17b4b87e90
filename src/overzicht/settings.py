"""Settings: the environment, read once, as one frozen object."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

HOME_VARIABLE = "OVERZICHT_HOME"
DATABASE_VARIABLE = "OVERZICHT_DATABASE_URL"
PREFIX = "OVERZICHT_"
LANGUAGE_VARIABLES = ("OVERZICHT_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


@dataclass(frozen=True, slots=True)
class Settings:
    """Location of the data, and values such as tokens by address, by setting name in lower case.

    `database_url` is the address of a PostgreSQL database, empty for SQLite. It may contain a password, so it
    is never shown and is not among the values.
    """

    home: Path
    values: Mapping[str, str] = field(default_factory=dict)
    database_url: str = field(default="", repr=False)

    @property
    def database(self) -> Path:
        """The SQLite file of the store, used if no other database is named."""
        return self.home / "overzicht.sqlite"

    @property
    def signing_key(self) -> Path | None:
        """The file of the private key that signs the end of the log; None: a file in the home."""
        path = self.values.get("signing_key", "")
        return Path(path) if path else None

    @property
    def snapshots(self) -> Path:
        """The folder of raw files, named by their hash."""
        return self.home / "snapshots"


def preferred_language(environment: Mapping[str, str] | None = None) -> str:
    """Return `nl` or `en`: from OVERZICHT_LANG, else LC_ALL, LC_MESSAGES and LANG in the POSIX order."""
    env = os.environ if environment is None else environment
    first = next((env[name] for name in LANGUAGE_VARIABLES if env.get(name)), "")
    return "nl" if first.lower().startswith("nl") else "en"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings; without OVERZICHT_HOME, the state is in the user's data folder."""
    env = os.environ if environment is None else environment
    home = env.get(HOME_VARIABLE)
    values = {
        name.removeprefix(PREFIX).lower(): value
        for name, value in sorted(env.items())
        if name.startswith(PREFIX) and name not in {HOME_VARIABLE, DATABASE_VARIABLE}
    }
    path = (
        Path(home)
        if home
        else Path(env.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "overzicht"
    )
    return Settings(home=path, values=values, database_url=env.get(DATABASE_VARIABLE, "").strip())
