"""Headings of papers: who asks whom about what and when, who answers on whose behalf, what it refers to.

Tolerant of what is seen in print: a missing bracket, words glued at line ends, days without a space.
"""

import re
from dataclasses import dataclass
from datetime import date

from overzicht.dates import read_written_date
from overzicht.errors import UnreadableDateError
from overzicht.subjects.questions.identifiers import appendix_ids
from overzicht.subjects.questions.model import PaperKind, Role, RoleKind

_OFFICE = re.compile(r"minister-president|ministers?|minster|staatssecretaris(?:sen)?", re.IGNORECASE)
_ASKED = re.compile(
    r"(?P<oral>mondelinge\s+)?vragen\s+(?:van\s+)?(?:de\s+leden\s+(?:lid\s+)?|het\s+lid\s+)(?P<members>.+?)"
    r"\s+aan\s+(?:de\s+|het\s+)?(?=minist|minster|staatssec|kabinet)(?P<offices>.+?)"
    r"(?:,?\s*\bbij\s+afwezigheid\s+van\s+de\s*\w+,?)?"
    r"\s(?:over|inzake|betreffende)(?=\s|de\b|het\b|een\b)\s*(?P<subject>.+)",
    re.IGNORECASE | re.DOTALL,
)
_SENT = re.compile(r"\s*\(?\s*ingezonden\s+(?P<day>\d{1,2}\s*[a-z]+\s*\d{4})\s*\)?\.?", re.IGNORECASE)
_ANSWERED = re.compile(
    r"(?P<word>(?:nader\s+|aanvullend\s+)?antwoord|mededeling)\s+van\s+(?:de\s+)?(?P<who>.+?)"
    r"\(?\s*ontvangen\s+(?P<day>\d{1,2}\s*[a-z]+\s*\d{4})",
    re.IGNORECASE | re.DOTALL,
)
_ANSWERER = re.compile(
    r"(?P<office>minister-president|minister|staatssecretaris)\s+(?P<name>[^(),]+?)\s*"
    r"(?:\((?P<ministry>[^()]*)\)?|(?=,|$))",
    re.IGNORECASE,
)
_BEHALF = re.compile(r",?\s*\b(?:mede\s+)?namens\s+(?:de\s+)?", re.IGNORECASE)
_MEMBER_GROUP = re.compile(r"([^()]+)\(([^()]*)\)?")
_ALL_OF = re.compile(r"(?P<many>beiden|allen)\s+(?P<party>.+)", re.IGNORECASE)
_NAME_END = re.compile(r"\s*(?:,\s*en\s+|,\s*|\s+en\s+)")
_NEXT_MINISTRY = re.compile(r"\s*(?:,\s*(?:en\s+)?|\s+en\s+)(?=(?:van|voor)\s)", re.IGNORECASE)
LONGEST_HEADING = 4_000  # characters; the longest seen has 700
_DAY = re.compile(r"(\d{1,2})\s*([a-z]+)\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that was read; `problems` say in words what did not fit the grammar."""

    kind: PaperKind
    roles: tuple[Role, ...] = ()
    subject: str = ""
    asked_on: date | None = None
    received: date | None = None
    see_also: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def read_heading(printed: str) -> Heading:
    """Return what a heading says; a heading without both parts is read as far as it goes.

    The text is the whole heading: `Vragen van …`, then `Antwoord van …` or `Mededeling van …` where there
    is an answer. Nothing readable gives the kind UNKNOWN and a problem.
    """
    flat = " ".join(printed.split())[:LONGEST_HEADING]
    answered = _ANSWERED.search(flat)
    asked_part = flat[: answered.start()] if answered else flat
    match = _ASKED.search(asked_part)
    if match is None:
        questions = Heading(PaperKind.UNKNOWN, problems=("it does not say who asks whom about what",))
    else:
        problems = []
        sent = _SENT.search(asked_part)
        day = written_day(sent["day"]) if sent else None
        if day is None:
            problems.append("it gives no day of asking")
        subject = _SENT.split(match["subject"])[0].strip().rstrip(" .")
        members = read_members(match["members"])
        if any(not member.party for member in members):
            problems.append("a member without a party")
        kind = PaperKind.ORAL if match["oral"] else PaperKind.QUESTIONS
        roles = (*members, *read_offices(match["offices"], RoleKind.ADDRESSEE))
        questions = Heading(kind, roles, subject, day, problems=tuple(problems))
    if answered is None:
        return questions
    word = answered["word"].lower()
    kind = PaperKind.ANSWER
    if word == "mededeling":
        kind = PaperKind.NOTICE
    elif word != "antwoord":
        kind = PaperKind.FURTHER
    offices, *behalf = _BEHALF.split(answered["who"], maxsplit=1)
    answerers = [
        Role(
            RoleKind.ANSWERER,
            office["name"].strip(),
            office=_office(office["office"], office["ministry"]),
            order=n,
        )
        for n, office in enumerate(_ANSWERER.finditer(offices))
    ]
    others = read_offices(behalf[0], RoleKind.ON_BEHALF) if behalf else ()
    day = written_day(answered["day"])
    problems = [] if answerers else ["it does not say who answers"]
    if day is None:
        problems.append("it gives no day of receipt")
    reply = Heading(kind, (*answerers, *others), received=day, problems=tuple(problems))
    return Heading(
        reply.kind,
        questions.roles + reply.roles,
        questions.subject,
        questions.asked_on,
        reply.received,
        appendix_ids(flat[answered.end() :]),
        (() if questions.kind is PaperKind.UNKNOWN else questions.problems) + reply.problems,
    )


def read_members(printed: str) -> tuple[Role, ...]:
    """Return the members of `Podt (D66), Kröger en Thijssen (beiden GroenLinks-PvdA)` in order.

    A party covers the name before it; with `beiden` two names, with `allen` all that have none yet. A plain
    party after several names covers them all as well, as ministries print it.
    """
    named: list[tuple[str, str]] = []
    rest = printed
    for group in _MEMBER_GROUP.finditer(printed):
        names = _names(group[1])
        every = _ALL_OF.fullmatch(group[2].strip())
        party = every["party"].strip() if every else group[2].strip()
        named += [(name, party) for name in names]
        rest = printed[group.end() :]
    named += [(name, "") for name in _names(rest)] if rest.strip(" ,.") else []
    return tuple(
        Role(RoleKind.SUBMITTER if n == 0 else RoleKind.CO_SUBMITTER, name, party, order=n)
        for n, (name, party) in enumerate(named)
    )


def _names(printed: str) -> list[str]:
    parts = _NAME_END.split(printed.strip())
    cleaned = [re.sub(r"^(?:en|het lid|de leden|lid)\s+", "", part.strip(" ´,.")) for part in parts]
    return [name for name in cleaned if name and name != "en"]


def read_offices(printed: str, kind: RoleKind) -> tuple[Role, ...]:
    """Return the offices of `Ministers van A en van B en de Staatssecretaris van C`, each with its ministry.

    `Minister en Staatssecretaris van A` are two offices of A.
    """
    marks = list(_OFFICE.finditer(printed))
    offices: list[str] = []
    waiting: list[str] = []
    ends = [*(mark.start() for mark in marks[1:]), len(printed)]
    for mark, end in zip(marks, ends[: len(marks)], strict=True):
        segment = printed[mark.end() : end]
        segment = re.sub(r"[\s,]*(?:\ben\b)?[\s,]*(?:\bvan\b\s*)?(?:\bde\b)?[\s,.]*$", "", segment)
        ministries: list[str] = []
        for part in _NEXT_MINISTRY.split(segment.strip()):
            if part.strip():
                ministries.append(re.sub(r"^(?:van|voor)(?:\s+|(?=[A-Z]))", "", part.strip()).strip(" .,"))
        is_whole = mark[0].lower() == "minister-president"
        if not ministries and not is_whole:
            waiting.append(mark[0])
            continue
        for word in [*waiting, mark[0]]:
            offices += [_office(word, ministry) for ministry in ministries or [""]]
        waiting = []
    return tuple(Role(kind, office=office, order=n) for n, office in enumerate(dict.fromkeys(offices)))


def _office(word: str, ministry: str | None) -> str:
    title = word.lower().replace("minster", "minister")
    title = re.sub(r"^ministers$", "minister", title).replace("staatssecretarissen", "staatssecretaris")
    return f"{title}, {' '.join(ministry.split())}" if ministry else title


def written_day(printed: str) -> date | None:
    """Return the date of `3 maart 2031`, also without spaces; None for another text."""
    match = _DAY.fullmatch(printed.strip())
    if match is None:
        return None
    try:
        return read_written_date(" ".join(match.groups()))
    except UnreadableDateError:
        return None
