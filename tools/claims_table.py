"""Write the figures of the claim audit into docs/explanation/claims.md.

    OVERZICHT_THOROUGH=1 OVERZICHT_CLAIMS_OUT=claims.json python -m pytest tests/oracle/test_claim_audit.py
    python tools/claims_table.py claims.json

The audit keeps what it checked in the file; this script writes the tables between the marks on the page.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parent.parent / "docs/explanation/claims.md"
BEGIN, END = "<!-- claims: made by tools/claims_table.py -->", "<!-- end of claims -->"
TITLES = {"official": "The official files", "invented": "The invented lists that every test run takes"}


def tables(audits: dict[str, dict[str, Any]]) -> str:
    """Return a table per audit: claims checked by door, and contradictions between doors."""
    return "\n\n".join("\n".join(_table(name, audits[name])) for name in TITLES if name in audits)


def _table(name: str, audit: dict[str, Any]) -> Iterator[str]:
    checked, wrong, missing = (sum(row[column] for row in audit["doors"]) for column in (1, 3, 4))
    yield f"### {TITLES[name]}"
    yield ""
    yield (
        f"{checked:,} claims checked on {audit['days']} days: {wrong:,} wrong, {missing:,} missing. "
        f"Contradictions between doors: {audit['contradictions']:,}."
    )
    yield ""
    yield "| door | claims checked | right | wrong | missing | listings found | possibly listed, wrongly |"
    yield "| --- | --: | --: | --: | --: | --: | --: |"
    for door, *counts in audit["doors"]:
        named = "{} of {}".format(*audit["found"][door]) if door in audit["found"] else "–"
        guessed = "{} of {}".format(*audit["guessed"][door]) if door in audit["guessed"] else "–"
        yield f"| {door} | {' | '.join(f'{count:,}' for count in counts)} | {named} | {guessed} |"


def page_with(text: str, made: str) -> str:
    """Return the page with the tables between its marks; raises ValueError where a mark is missing."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{PAGE} has no {BEGIN if not begin else END}")
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    audits = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    PAGE.write_text(page_with(PAGE.read_text(encoding="utf-8"), tables(audits)), encoding="utf-8")
    print(f"wrote {PAGE}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
