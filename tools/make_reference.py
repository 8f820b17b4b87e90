"""Write the pages that come from code, cards and data, most in docs/reference, and the blocks of README.

    python tools/make_reference.py           write what changed
    python tools/make_reference.py --check   write nothing; end with 1 and name the outdated pages

The same code and cards give the same bytes. A page that is made says so in its first line.
"""

import sys
from collections.abc import Callable
from pathlib import Path

import reference_blocks
import reference_cards
import reference_code
import reference_standard
import reference_views

ROOT = Path(__file__).resolve().parent.parent
FOLDER = Path("docs/reference")
README = Path("README.md")
STANDARD = Path("docs/explanation/verification-standard.md")
MADE = "<!-- Made by tools/make_reference.py. Change the code or the cards, then run it again. -->\n\n"

PAGES: dict[str, Callable[[], str]] = {
    "commands.md": reference_code.commands,
    "exit-codes.md": reference_code.exit_codes,
    "report-schema.md": reference_code.report_schema,
    "json.md": reference_views.page,
    "traces.md": reference_code.traces,
    "settings.md": reference_cards.settings,
    "lists.md": reference_cards.lists,
    "makers.md": reference_cards.makers,
    "inventories.md": reference_cards.inventories,
}


def made_files() -> dict[Path, str]:
    """Return every file that this script makes, by its path from the root, with its text."""
    made = {FOLDER / name: MADE + page().rstrip() + "\n" for name, page in PAGES.items()}
    made[FOLDER / "json.schema.json"] = reference_views.schema()
    made[STANDARD] = MADE + reference_standard.page().rstrip() + "\n"
    made[README] = reference_blocks.with_blocks((ROOT / README).read_text(encoding="utf-8"))
    return made


def main(arguments: list[str]) -> int:
    stale = {path: text for path, text in made_files().items() if _held(path) != text}
    if "--check" in arguments:
        for path in stale:
            print(f"{path} is stale: run tools/make_reference.py", file=sys.stderr)
        return 1 if stale else 0
    for path, text in stale.items():
        (ROOT / path).write_text(text, encoding="utf-8")
        print(f"wrote {path}")
    return 0


def _held(path: Path) -> str:
    whole = ROOT / path
    return whole.read_text(encoding="utf-8") if whole.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
