"""Check `publiccode.yml` against version 0.7 of the standard (https://yml.publiccode.tools).

Exit code 1 for a mistake. A publisher adds the address of its repository and its organisation: they are
reported if they are missing. With `--published` that is a mistake too.
"""

import re
import sys
from datetime import date
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "publiccode.yml"
OF_PUBLISHER = ("url", "organisation")
REQUIRED = (
    "publiccodeYmlVersion", "name", "platforms", "developmentStatus", "softwareType", "description", "legal",
    "maintenance", "localisation",
)  # fmt: skip
OPTIONAL = (
    "applicationSuite", "landingURL", "isBasedOn", "softwareVersion", "releaseDate", "logo", "monochromeLogo",
    "inputTypes", "outputTypes", "categories", "usedBy", "fundedBy", "roadmap", "intendedAudience",
    "dependsOn", "supports", "IT",
)  # fmt: skip
STATES = ("concept", "development", "beta", "stable", "obsolete")
TYPES = ("internal", "contract", "community", "none")
RESERVED = re.compile(r"\.(example|test|invalid|localhost)(?![a-z])|example\.(com|org|net)", re.IGNORECASE)
SHORT, LONG_MIN, LONG_MAX, GENERIC = 150, 150, 10_000, 35  # characters


def mistakes_in(content: dict[str, Any]) -> list[str]:
    """Return what is wrong, in sentences; what a publisher adds is not among it."""
    known = {*REQUIRED, *OPTIONAL, *OF_PUBLISHER}
    mistakes = [f"{key}: it is missing" for key in REQUIRED if not content.get(key)]
    mistakes += [f"{key}: the standard has no such key" for key in content if key not in known]
    if str(content.get("publiccodeYmlVersion", "")).split(".")[:2] != ["0", "7"]:
        mistakes.append("publiccodeYmlVersion: it is not 0.7")
    if content.get("developmentStatus") not in STATES:
        mistakes.append(f"developmentStatus: use one of {', '.join(STATES)}")
    mistakes += [
        f"{key}: {value!r} is a reserved name" for key, value in _texts(content) if RESERVED.search(value)
    ]
    released = content.get("releaseDate")
    if released is not None and not isinstance(released, date) and not _is_date(str(released)):
        mistakes.append(f"releaseDate: {released!r} is not a date")
    for lang, part in (content.get("description") or {}).items():
        mistakes += _description(lang, part)
    legal, maintenance = content.get("legal") or {}, content.get("maintenance") or {}
    mistakes += ["legal.license: it is missing"] * ("license" not in legal)
    mistakes += ["legal.repoOwner: deprecated; use organisation"] * ("repoOwner" in legal)
    if maintenance.get("type") not in TYPES:
        mistakes.append(f"maintenance.type: use one of {', '.join(TYPES)}")
    needed = {"community": "contacts", "internal": "contacts", "contract": "contractors"}.get(
        str(maintenance.get("type"))
    )
    if needed and not maintenance.get(needed):
        mistakes.append(f"maintenance.{needed}: it is missing")
    return mistakes


def open_points(content: dict[str, Any]) -> list[str]:
    """Return the keys that a publisher must add."""
    return [key for key in OF_PUBLISHER if not content.get(key)]


def _description(lang: str, part: dict[str, Any]) -> list[str]:
    short, long = str(part.get("shortDescription", "")), str(part.get("longDescription", ""))
    mistakes = []
    if not 0 < len(short) <= SHORT:
        mistakes.append(f"description.{lang}.shortDescription: 1 to {SHORT} characters are needed")
    if not LONG_MIN <= len(long) <= LONG_MAX:
        mistakes.append(f"description.{lang}.longDescription: {LONG_MIN} to {LONG_MAX} characters are needed")
    if not part.get("features"):
        mistakes.append(f"description.{lang}.features: they are missing")
    if len(str(part.get("genericName", ""))) > GENERIC:
        mistakes.append(f"description.{lang}.genericName: longer than {GENERIC} characters")
    return mistakes


def _texts(content: Any, key: str = "") -> list[tuple[str, str]]:
    if isinstance(content, dict):
        return [pair for name, value in content.items() for pair in _texts(value, f"{key}.{name}".strip("."))]
    if isinstance(content, list):
        return [pair for value in content for pair in _texts(value, key)]
    return [(key, content)] if isinstance(content, str) else []


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def main(arguments: list[str]) -> int:
    content = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    mistakes, missing = mistakes_in(content), open_points(content)
    for mistake in mistakes:
        print(f"publiccode.yml: {mistake}")
    for key in missing:
        print(f"publiccode.yml: {key}: a publisher adds it")
    return 1 if mistakes or (missing and "--published" in arguments) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
