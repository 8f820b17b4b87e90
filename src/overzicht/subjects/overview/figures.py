"""The names of numbers that results have: of a run, and of a register."""

from overzicht.cli.language import spoken
from overzicht.evidence.text import plain_text, text

NAMES = {
    "all": text("all"),
    "covered": text("covered"),
    "devices": text("devices"),
    "later": text("later"),
    "listed": text("listed"),
    "listed_relabelled": text("listed relabelled"),
    "listed makers": text("listed makers"),
    "makers": text("makers"),
    "not_checked": text("not checked"),
    "other_equipment": text("other equipment"),
    "owner_listed": text("owner listed"),
    "parties": text("parties"),
    "possible": text("possible"),
    "relabelled": text("relabelled"),
    "total": text("total"),
    "undecided": text("undecided"),
    "unknown": text("unknown"),
}


def figure_name(name: str) -> str:
    """Return the name of a number, or of the stage of life that it counts, in the language."""
    return spoken(NAMES.get(name) or plain_text(name.replace("_", " ")))
