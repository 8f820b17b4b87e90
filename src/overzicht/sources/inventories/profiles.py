"""Profiles: fields that a person gave to the columns of a source, for its next list.

A profile belongs to one organisation, whose headers it shows, or to all if it was saved in the terminal.
"""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from overzicht.errors import InputFileError
from overzicht.sources.inventories.tables.vocabulary import plain

FOLDER = "inventory-profiles"  # in the folder of the settings
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Profile:
    """Fields of the columns of a source. `columns` are all its headers; `mapping` are header and field.

    `organisation` is the id of its organisation; empty for all; None for a profile of an older release, which
    only the terminal uses.
    """

    name: str
    columns: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...]
    organisation: str | None = ""


def save_profile(home: Path, profile: Profile) -> Path:
    """Save a profile in the place of one with its name and organisation, and return its file."""
    owner = hashlib.sha256(profile.organisation.encode()).hexdigest()[:16] if profile.organisation else ""
    path = home / FOLDER / f"{file_name(profile.name)}{owner and '.' + owner}.json"
    path.parent.mkdir(0o700, parents=True, exist_ok=True)
    content = json.dumps(asdict(profile), ensure_ascii=False, indent=1) + "\n"
    part = path.with_suffix(f".{secrets.token_hex(4)}.part")
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
    part.replace(path)
    return path


def load_profiles(home: Path, organisation: str = "", *, in_terminal: bool = False) -> tuple[Profile, ...]:
    """Return the profiles of an organisation and then those of all; in the terminal also those of before.

    InputFileError for a damaged one.
    """
    before = (None,) if in_terminal or not organisation else ()
    owners = dict.fromkeys((organisation, "", *before))
    # the profiles by file name
    profiles = []
    for path in sorted((home / FOLDER).glob("*.json")):
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            mapping = tuple((str(column), str(field)) for column, field in values["mapping"])
            owner = values.get("organisation")
            profiles.append(
                Profile(
                    str(values["name"]),
                    tuple(map(str, values["columns"])),
                    mapping,
                    None if owner is None else str(owner),
                )
            )
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise InputFileError(
                path.name, f"the profile cannot be read ({error})", fix="delete the file and save it again"
            ) from error
    return tuple(profile for owner in owners for profile in profiles if profile.organisation == owner)


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
