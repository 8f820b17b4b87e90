"""Parses an entry of the Entity List: name, other names, addresses, affiliated entities, citations.

The usual form: "Name, a.k.a., the following two aliases:" with a line per alias that starts with a dash, a
blank line, then addresses joined by "; and". Without aliases, name and address share one line with commas.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from overzicht.dates import read_month_first_date

LEGAL_FORM = re.compile(
    r"(?:Co|Corp|Inc|Ltd|Ltda|CJSC|LLC|L\.L\.C|LLP|LP|PLC|Pte|Pty|Pvt|Sdn|Bhd|GmbH|AG|KG|BV|B\.V|NV|N\.V|SA|S\.A"
    r"|SRL|S\.R\.L|SL|S\.L|SpA|S\.p\.A|AB|AS|A\.S|A\.Ş|OY|OOO|OAO|ZAO|AO|PAO|JSC|PJSC|OJSC|FZE|FZC|FZCO"
    r"|FZ-LLC|FZ LLC|FZ|WLL|W\.L\.L|DMCC|DWC|JLT|d\.o\.o|s\.r\.o|Kft|Ltd\.? Sti"
    r"|Limited|Incorporated|Corporation|Company|Private Limited|Company Limited|Limited Company"
    r"|Limited Liability Company|Public Joint Stock Company"
    r"|(?:Co|Pte|Pvt|Pty|Sdn)\.? (?:Ltd|Limited|Bhd))(?!\w)\.?(?: \([^()]*\))?",
    re.IGNORECASE,
)
BODY = re.compile(
    r"\b(?:Institut\w*|Universit\w*|Laborator\w*|Lab|Facult\w*|Department|Division|Directorate|Bureau|Academ\w*"
    r"|Enterprise|Center|Centre|Factory|Plant|Branch|Ministry|College)\b"
)
PLACE = re.compile(
    r"\d|\b(?:Street|St|Road|Rd|Ave|Avenue|Building|Bldg|Block|Floor|Room|Suite|Zone|District|Park|Village"
    r"|Unit|Tower|House|City|Province|Region|Highway|Lane|Square|Plaza|Mall|Market|Box|Alley|Town|Complex)\b",
    re.IGNORECASE,
)
ALIAS_HEAD = re.compile(
    r"(?:,|(?<!\s))\s*\(?\b(?P<kind>[afn])\.?k\.?a\.?\s?[,.]?\s*(?:and )?"
    r"(?:the ){0,2}(?:\w+ )?follow[^:\n]*(?::|,$|$)",
    re.IGNORECASE,
)
INLINE_ALIAS = re.compile(r"(?:,|(?<!\s))\s*(?P<open>\(?)\b(?:[afn]\.k\.a\b\.?|aka),?\s+")
BRACKETED = re.compile(
    r"(?:,|(?<!\s))\s*\((?P<kind>[afn])\.k\.a\.?,?\s+(?P<rest>[^()]*(?:\([^()]*\)[^()]*)*)\)"
)
AFFILIATES = re.compile(r"^\s*(?:Subordinate institutions?|Affiliated entit(?:y|ies))\b:?\s*$", re.IGNORECASE)
NOT_A_NAME = re.compile(
    r"^(?:No\.? ?\d|No\.|\d+(?:st|nd|rd|th) Floor|Room|Unit|Suite|Building|Floor|The following|Address"
    r"|and\b|also\b|\()|^\d+[-/,\s]",
    re.IGNORECASE,
)
ABBREVIATED = re.compile(r"\b(?:Ltd|Inc|Co|Corp|S\.A|B\.V|N\.V|L\.L\.C|A\.S|S\.L)\.$")
DASH = re.compile(r"^\s*[—–-]\s*")
CITATION = re.compile(
    r"(?P<volume>\d{2}) FR (?:FR )?(?P<page>\d{1,6})[,.]?\s*(?:preview citation details)?[,.]?\s*"
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d(?!\s*FR)|\d\d)"
)


@dataclass(frozen=True, slots=True)
class Party:
    """One listed party: its name, (kind, other name) pairs, and the text of its addresses."""

    name: str
    others: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]


def parties(text: str) -> tuple[Party, ...]:
    """Return the entry's party first, then the affiliates listed inside it; empty when nobody is named."""
    own: list[str] = []
    blocks: list[list[str]] = []
    for line in text.split("\n"):
        if AFFILIATES.match(line):
            blocks.append([])
        else:
            (blocks[-1] if blocks else own).append(line)
    listed = [_party(own)] if any(line.strip() for line in own) else []
    for block in blocks:
        listed += [_party(lines) for lines in _split_block(block)]
    return tuple(party for party in listed if party.name)


def _split_block(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each affiliate: a line that is neither an alias nor an address starts one."""
    current: list[str] = []
    for line in lines:
        starts = line.strip() and not DASH.match(line) and not NOT_A_NAME.match(line.strip())
        if starts and current:
            yield current
            current = []
        if starts or current:
            current.append(line)
    if current:
        yield current


def _party(lines: list[str]) -> Party:
    first, *rest = [line for line in lines if line.strip()]
    first = re.sub(r"\.,(?=\S)", "., ", first)  # "Co., Ltd.,902, Building"
    head = ALIAS_HEAD.search(first)
    dashes = [line for line in rest if DASH.match(line)]
    tail = [line for line in rest if not DASH.match(line)]
    if head is not None:
        name, address = first[: head.start()], first[head.end() :]
        if not dashes:
            dashes, address = [address], ""
    else:
        name, address = _name_and_address(first)
    others: list[tuple[str, str]] = []
    for match in BRACKETED.finditer(name):
        for part in re.split(r"[;,]'?\s*(?:and\s+)?|(?<!\s)\s+and\s+(?=[A-Z])", match["rest"]):
            if cleaned := _name(part):
                others.append((match["kind"].lower(), cleaned))
    name = BRACKETED.sub("", name)
    for line in dashes:
        aliases, address_part = _aliases_and_address(line)
        others += [("a", alias) for alias in aliases]
        if address_part:
            tail.insert(0, address_part)
    if head is None and " a.k.a., " in f" {name}, ":
        name, _, alias = name.partition(" a.k.a., ")
        others.append(("a", _name(alias)))
    text = " ".join(" ".join([address, *tail]).split()).strip(" ,;")
    text = re.sub(r"\(See (?:also )?alternate[^)]*\)\.?", "", text)
    pieces = re.split(r";\s*(?:and\s+)?|\.\s+and\s+|,\s+and\s+(?=[A-Z0-9])", text)
    addresses = (piece.strip(" ,;.") for piece in pieces)
    return Party(
        _name(name),
        tuple(dict.fromkeys(others)),
        tuple(address for address in addresses if len(address) > len("Iran")),
    )


def _name_and_address(line: str) -> tuple[str, str]:
    """Return (name, address); the name keeps "a.k.a., X" where one alias stands between them."""
    inline = INLINE_ALIAS.search(line)
    if inline is None:
        return split_name(line)
    before, after = _name(line[: inline.start()]), line[inline.end() :]
    if inline["open"]:
        inside, _, rest = after.partition(")")
        return f"{before} (a.k.a., {inside})", rest.lstrip(", ")
    alias, address = split_name(after)
    return f"{before} a.k.a., {alias}", address


def _aliases_and_address(line: str) -> tuple[list[str], str]:
    """Return the other names on a line, and the address that some lines run on into."""
    pieces = re.split(r";\s*(?:and\s+)?-?", DASH.sub("", line).strip())
    aliases: list[str] = []
    for index, piece in enumerate(pieces):
        # where "Name Ltd. Road 4, Town" turns into an address: something with a number follows
        cuts = [match.end() for match in [re.search(r"(?<=[A-Za-z][a-z])\.\s*(?=\w)", piece)] if match]
        cuts.append(len(split_name(piece)[0]))
        turns = (n for n in sorted(cuts) if "," in piece[n:] and re.search(r"\d", piece[n:]))
        cut = next(turns, None)
        bare = (
            re.sub(r"(?:[;.,]|(?<!\s))\s*(?:and|or)\s*$", "", (piece if cut is None else piece[:cut]).strip())
            .rstrip(";, ")
            .strip()
        )
        bare = re.sub(r"^[afn]\.k\.a\.,?\s+", "", bare)
        alias = _name(bare if ABBREVIATED.search(bare) else bare.rstrip("."))
        if alias:
            aliases.append(alias)
        if cut is not None:
            return aliases, "; ".join([piece[cut:], *pieces[index + 1 :]])
    return aliases, ""


def split_name(line: str) -> tuple[str, str]:
    """Return (name, address) of "Name Co., Ltd., Road 1, Town": legal forms and bodies go with the name."""
    parts = line.split(", ")
    count = 1
    for part in parts[1:]:
        text = part.strip(" ,.")
        form = LEGAL_FORM.match(text)
        # such as: Ltd., or Ltd. (CSIC) 7th Research Academy
        is_form = form is not None and (form.end() == len(text) or BODY.search(text[form.end() :]))
        if not is_form and (not BODY.search(text) or PLACE.search(text)):
            break
        count += 1
    return ", ".join(parts[:count]), ", ".join(parts[count:])


def _name(text: str) -> str:
    cleaned = " ".join(text.split()).strip(' ,;:—“”"')
    cleaned = re.sub(r"^(?:and|Subordinate institution)\s+|(?<!\s)\s*\($", "", cleaned).strip()
    is_sentence_end = re.search(r"[a-z]{4}\.$", cleaned) and not ABBREVIATED.search(cleaned)
    return cleaned[:-1] if is_sentence_end else cleaned


def citations(text: str) -> tuple[tuple[str, date], ...]:
    """Return (citation, day) per Federal Register citation; UnreadableDateError for an impossible day."""
    cited = []
    for match in CITATION.finditer(text):
        year = match["year"]
        if len(year) < 4:
            year = f"19{year}" if int(year) >= 90 else f"20{year}"  # the list began in 1997
        day = read_month_first_date(f"{match['month']}/{match['day']}/{year}")
        cited.append((f"{match['volume']} FR {match['page']}", day))
    return tuple(cited)
