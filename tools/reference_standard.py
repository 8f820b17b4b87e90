"""The table of the OWASP ASVS: the tests that show a requirement, or the reason why no test does."""

import csv
from itertools import groupby
from pathlib import Path

from reference_markdown import code, table

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs/explanation/verification-standard.csv"
STANDARD = "https://github.com/OWASP/ASVS/tree/v5.0.0/5.0/en"
CHAPTERS = {
    "V1": "Encoding and sanitization",
    "V2": "Validation and business logic",
    "V3": "Web frontend security",
    "V4": "API and web service",
    "V5": "File handling",
    "V6": "Authentication",
    "V7": "Session management",
    "V8": "Authorization",
    "V9": "Self-contained tokens",
    "V10": "OAuth and OIDC",
    "V11": "Cryptography",
    "V12": "Secure communication",
    "V13": "Configuration",
    "V14": "Data protection",
    "V15": "Secure coding and architecture",
    "V16": "Security logging and error handling",
}


def requirements() -> list[dict[str, str]]:
    """Return the rows of the data: `requirement`, `level`, `tests` (file::test, with spaces), `reason`."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def page() -> str:
    """Return the page with a table for each chapter."""
    rows = requirements()
    tested = sum(bool(row["tests"]) for row in rows)
    parts = [
        "# Requirements of the OWASP ASVS",
        (
            f"The [Application Security Verification Standard 5.0]({STANDARD})\n"
            f"has requirements for web applications. Of its levels 1 and 2, {len(rows)} apply here.\n"
            f"Tests show {tested} of them. For the other {len(rows) - tested}, the table gives the reason.\n"
            "A test shows only what it checks."
        ),
        "The names are the file and the function of a test in `tests/`. A test checks that each exists.",
    ]
    parts.append("<!-- requirements: made by tools/make_reference.py -->")
    for chapter, group in groupby(rows, key=lambda row: row["requirement"].split(".")[0]):
        lines = [(row["requirement"], row["level"], _shown(row)) for row in group]
        parts += [
            f"## {chapter} {CHAPTERS[chapter]}",
            table(("requirement", "level", "test or reason"), lines),
        ]
    return "\n\n".join([*parts, "<!-- end of requirements -->"])


def _shown(row: dict[str, str]) -> str:
    return row["reason"] or ", ".join(code(name) for name in row["tests"].split())
