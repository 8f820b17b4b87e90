"""Claims of the product in one form, whichever door made them, and how texts of doors are read."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

LISTED, POSSIBLE, NOT_LISTED = "listed", "possibly listed", "not listed"
NOT_CHECKED, UNREADABLE, SILENT = "not checked", "could not be read", "silent"
# One mapping of every word that a door may answer with.
ANSWERS = {
    "found": LISTED, "listed": LISTED, "possible": POSSIBLE, "possibly listed": POSSIBLE,
    "not found": NOT_LISTED, "not listed": NOT_LISTED, "not checked": NOT_CHECKED,
    "could not read": UNREADABLE, "could not be read": UNREADABLE, "silent": SILENT,
}  # fmt: skip
EFFECTS = {
    "investment ban": r"traded securities|buy or sell the company",
    "": r"short of a freeze|repeats thirteen|depends on (?:its|the) \w+|sanctions regime",
    "authorisation ban": r"authori[sz]ation",
    "naming": r"names? the company as chinese military|names foreign institutions",
    "export licence": r"needs? a licence|licence exception|take part in trade|sending (?:american )?items",
    "procurement ban": r"agencies may|may not (?:buy|procure)|procure",
    "asset freeze": r"must block|frozen|must freeze|may not deal",
}
DAY_IN_WORDS = re.compile(r"\d{1,2} [A-Z][a-z]+ \d{4}")


@dataclass(frozen=True)
class Claim:
    """What a door stated of a party on a day.

    A listing names its entry; an answer does not. A count has what is counted as its `party`.
    """

    kind: str  # "answer", "listing" or "count"
    door: str
    party: str
    list_id: str
    day: str
    value: str = ""
    names: tuple[str, ...] = ()
    measure: str = ""
    since: str = ""
    basis: str = ""
    effect: str | None = None  # None where the door says nothing of it
    binds: bool | None = None
    act: str = ""


def answer_of(word: str) -> str:
    """Return the answer that a word stands for; a word that no door may use raises KeyError."""
    return ANSWERS[word.strip().casefold()]


def effect_of(sentence: str | None) -> str | None:
    """Return the class of effect that a sentence describes, empty where it depends, None for no sentence."""
    if not sentence:
        return None
    plain = sentence.casefold()
    return next(
        (name for name, pattern in EFFECTS.items() if re.search(pattern, plain)), f"unread: {sentence}"
    )


def day_of(value: Any) -> tuple[str, str]:
    """Return (day, basis) of a start as doors write it: an object, an ISO text, or words."""
    if isinstance(value, dict):
        return value.get("day") or "", value.get("basis") or "stated"
    printed = value or ""
    iso, words = re.search(r"\d{4}-\d{2}-\d{2}", printed), DAY_IN_WORDS.search(printed)
    day = iso[0] if iso else iso_of_words(words[0]) if words else ""
    basis = "not later than" if "later" in printed else "derived" if "derived" in printed else "stated"
    return day, basis


def iso_of_words(printed: str) -> str:
    return datetime.strptime(printed, "%d %B %Y").date().isoformat()  # noqa: DTZ007 - a day


def pick(row: dict[str, Any], *keys: str) -> Any:
    """Return the value of the first key that a row has; raises KeyError for none, so that no door falls
    silent."""
    for key in keys:
        if key in row:
            return row[key]
    raise KeyError(f"none of {keys} in {sorted(row)}")


def listing(door: str, party: str, day: str, row: dict[str, Any]) -> Claim:
    """Return the claim of one listing in the JSON of any door."""
    since, basis = day_of(row["since"])
    effect = row.get("effect")
    names = (pick(row, "name", "name_on_list", "entry_name"), row.get("matched_on") or "")
    return Claim(
        "listing",
        door,
        party,
        pick(row, "list", "list_id"),
        day,
        LISTED,
        tuple(filter(None, names)),
        row["measure"],
        since,
        basis,
        effect_of(effect.get("en") if isinstance(effect, dict) else effect),
        row.get("binds_dutch_body", row.get("binds_reader")),
        row.get("act") or "",
    )
