"""Numbers and ids of sets and papers, in all the forms that they are printed and sent in."""

import re

SET_NUMBER = re.compile(r"\b(\d{4}Z) ?(\d{5})\b")
PAPER_ID = re.compile(r"\b(kv|ah)-(?:(tk|ek)-)?([0-9A-Z]+(?:-[0-9A-Z]+)?(?:-[hn]\d+)?)\b")
_APPENDIX = re.compile(
    r"(?:Aanhangsel(?:\s+van\s+de)?\s+Handelingen|Kamervragen\s+\(Aanhangsel\))(?:\s+II?)?,?\s*"
    r"(?:vergaderjaar\s*)?(?P<from>\d{4})\s*[–/-]\s*(?P<to>\d{2,4}),?\s*"
    r"nrs?\.?\s*(?P<numbers>\d+(?:(?:\s*,\s*|\s*en\s*)\d+)*)",
    re.IGNORECASE,
)


def set_numbers(text: str) -> tuple[str, ...]:
    """Return the set numbers in a text without duplicates, `2024Z 17972` as `2024Z17972`."""
    return tuple(dict.fromkeys(a + b for a, b in SET_NUMBER.findall(text)))


def appendix_id(session: str, number: str | int) -> str:
    """Return `ah-tk-20202021-2310` for the session `2020-2021` and the number 2310; `` without both."""
    years = re.findall(r"\d{4}", session)
    plain = str(number).strip()
    if len(years) != 2 or not plain.isdigit():
        return ""
    return f"ah-tk-{years[0]}{years[1]}-{int(plain)}"


def appendix_ids(text: str) -> tuple[str, ...]:
    """Return the ids of all papers that a text cites as `Aanhangsel Handelingen, vergaderjaar …, nr. …`."""
    ids: list[str] = []
    for match in _APPENDIX.finditer(text):
        last = match["to"] if len(match["to"]) == 4 else match["from"][:2] + match["to"]
        ids += [appendix_id(f"{match['from']}-{last}", n) for n in re.findall(r"\d+", match["numbers"])]
    return tuple(dict.fromkeys(ids))


def appendix_id_of(packed: str) -> str:
    """Return the id of OData's `Aanhangselnummer`: `242501244` is `ah-tk-20242025-1244`; `` for another."""
    match = re.fullmatch(r"(\d{2})(\d{2})(\d{5})", packed.strip())
    if match is None or (int(match[1]) + 1) % 100 != int(match[2]):
        return ""
    century = 1900 if int(match[1]) > 90 else 2000
    first = century + int(match[1])
    return f"ah-tk-{first}{first + 1}-{int(match[3])}"


def session_of(printed: str) -> str:
    """Return `2024-2025` for `Vergaderjaar 2024–2025` and the like; `` where no session stands."""
    match = re.search(r"(\d{4})\s*[–/-]\s*(\d{4})", printed)
    return f"{match[1]}-{match[2]}" if match else ""


def address_of(paper_id: str) -> str:
    """Return the public address of a paper; `` for another id."""
    is_official = paper_id.startswith(("kv-", "ah-"))
    return f"https://zoek.officielebekendmakingen.nl/{paper_id}.html" if is_official else ""
