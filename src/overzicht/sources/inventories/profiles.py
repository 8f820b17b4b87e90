"""Profiles: fields that a person gave to the columns of a source, for its next list."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from overzicht.errors import InputFileError
from overzicht.sources.inventories.tables.vocabulary import plain

FOLDER = "inventory-profiles"  # in the folder of the settings
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """Fields of the columns of a source. `columns` are all its headers; `mapping` are header and field."""

    name: str
    columns: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...]


def save_profile(home: Path, profile: Profile) -> Path:
    """Save a profile in the place of one with its name, and return its file."""
    path = home / FOLDER / f"{file_name(profile.name)}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(profile), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def load_profiles(home: Path) -> tuple[Profile, ...]:
    """Return the saved profiles by file name; InputFileError for a damaged one."""
    profiles = []
    for path in sorted((home / FOLDER).glob("*.json")):
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            mapping = tuple((str(column), str(field)) for column, field in values["mapping"])
            profiles.append(Profile(str(values["name"]), tuple(map(str, values["columns"])), mapping))
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise InputFileError(
                path.name, f"the profile cannot be read ({error})", fix="delete the file and save it again"
            ) from error
    return tuple(profiles)


def same_layout(profiles: Iterable[Profile], columns: Iterable[str]) -> Profile | None:
    """Return the first profile with exactly these columns, in any order; None without one."""
    headers = set(map(plain, columns))
    return next((p for p in profiles if headers and set(map(plain, p.columns)) == headers), None)


def file_name(name: str) -> str:
    """Return a name as the name of a file: words joined by hyphens.

    >>> file_name("Milestone (stadhuis)/2026")
    'milestone-stadhuis-2026'
    """
    return re.sub(r"\s+", "-", plain(name))[:LONGEST_NAME] or "profile"
