"""Files that were published, described for a catalogue: registers, and overviews of a census."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from overzicht.errors import InputFileError
from overzicht.isolation import Limits, in_child
from overzicht.register.merging import FORM, Published
from overzicht.reports.exports.dcat import PublishedData
from overzicht.sources.files import LocalFile
from overzicht.store.codec import storable
from overzicht.subjects.register.publishing import MAX_BYTES, parse_published

OVERVIEW = {"round", "title", "reference_date", "day", "coverage"}  # keys of `overzicht census publish`


@in_child(Limits())
def read_publication(path: Path, folder: str) -> PublishedData:
    """Return the description of a published file below an address; InputFileError for another."""
    with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
        content = stream.read()
    title, description, day, creator = _about(content, path.name)
    return PublishedData(
        f"{folder.rstrip('/')}/{quote(path.name)}",
        title,
        description,
        day,
        creator,
        len(content),
        hashlib.sha256(content).hexdigest(),
    )


def _about(content: bytes, name: str) -> tuple[str, str, date, str]:
    """Return title, description, date and creator of a file."""
    try:
        data: Any = json.loads(content)
        if isinstance(data, dict) and data.get("form") == FORM:
            return register_words(parse_published(content, name))
        if isinstance(data, dict) and data.keys() >= OVERVIEW:
            title, day = storable(str(data["title"]), 300), date.fromisoformat(data["day"])
            return (*overview_words(title, day), day, "")
    except (ValueError, TypeError, RecursionError):
        pass
    raise InputFileError(
        name,
        "it is neither a published register nor a published overview of a census",
        fix="give a file made with `overzicht register publish` or `overzicht census publish`",
    )


def register_words(own: Published) -> tuple[str, str, date, str]:
    """Return title, description, date and creator of a published register."""
    return (*words_of_register(own.name, own.level, own.as_of), own.as_of, own.name)


def words_of_register(name: str, level: str, day: date) -> tuple[str, str]:
    """Return the title and description of the register of a body at a level of detail."""
    about = f"Register of surveillance equipment of {name} on {day}, level of detail: {level}."
    return f"Surveillance equipment of {name}", f"{about} It has no addresses of devices, no serial numbers."


def overview_words(title: str, day: date) -> tuple[str, str]:
    """Return the title and description of an overview of a census."""
    about = (
        f"Answers of public bodies about their surveillance equipment until {day}: coverage, bounds, tables."
    )
    return f"{title}: overview", f"{about} No number gives one body away."
