"""Places of citations in a reader's language: `answer 6` is `antwoord 6` in Dutch.

Readers of files write a place in English, as kinds with numbers: `sheet 'Camera's', row 5`. What has no such
form is somebody's own words, and stays as it was written. Data keep every place as it is.
"""

import re
from collections.abc import Mapping

from overzicht.evidence import Text, text
from overzicht.evidence.text import Value
from overzicht.reports.i18n import Language, Words

KINDS: Mapping[str, Text] = {
    "annex": text("Annex {number}"),
    "answer": text("answer {number}"),
    "answer to question": text("answer to question {number}"),
    "answers": text("answers {number}"),
    "appendix": text("appendix {number}"),
    "article": text("Article {number}"),
    "articles": text("Articles {number}"),
    "chapter": text("Chapter {number}"),
    "chapters": text("Chapters {number}"),
    "element": text("element {number}"),
    "entry": text("entry {number}"),
    "fact": text("fact {number}"),
    "figure": text("figure {number}"),
    "footnote": text("footnote {number}"),
    "host": text("host {number}"),
    "item": text("item {number}"),
    "line": text("line {number}"),
    "list of section": text("list of section {number}"),
    "lines": text("lines {number}"),
    "lot": text("lot {number}"),
    "notice": text("notice {number}"),
    "page": text("page {number}"),
    "pages": text("pages {number}"),
    "paragraph": text("paragraph {number}"),
    "paragraphs": text("paragraphs {number}"),
    "part": text("part {number}"),
    "plan": text("plan {number}"),
    "point": text("point {number}"),
    "principle": text("Principle {number}"),
    "principles": text("Principles {number}"),
    "question": text("question {number}"),
    "questions": text("questions {number}"),
    "recital": text("recital {number}"),
    "recitals": text("recitals {number}"),
    "record": text("record {number}"),
    "reference": text("reference {number}"),
    "row": text("row {number}"),
    "rows": text("rows {number}"),
    "rule": text("rule {number}"),
    "section": text("section {number}"),
    "sections": text("sections {number}"),
    "supplement no.": text("supplement no. {number}"),
    "table": text("table {number}"),
    "version": text("version {number}"),
}
WHOLE: Mapping[str, Text] = {
    "content": text("content"),
    "date of application": text("date of application"),
    "facts": text("facts"),
    "jurisdiction": text("jurisdiction"),
    "row of the CMIC list": text("row of the CMIC list"),
    "row of the Entity List": text("row of the Entity List"),
    "whole document": text("whole document"),
}
TO = " to "
JOINED: Mapping[str | None, Text] = {" and ": text("{first} and {second}"), TO: text("{first} to {second}")}
CARD: Mapping[str, Text] = {  # places in a card of a manufacturer, such as `models[0]`
    "fingerprints": text("manufacturer card, fingerprint {number}"),
    "lines": text("manufacturer card, product line {number}"),
    "mac_registrants": text("manufacturer card, holder of MAC blocks {number}"),
    "models": text("manufacturer card, model number {number}"),
    "names": text("manufacturer card, name {number}"),
}
STANDING: Mapping[str, Text] = {  # the relation of a country to a treaty or a law, such as `party: NL`
    "adherent": text("adherent: {country}"),
    "member": text("member: {country}"),
    "party": text("party: {country}"),
    "signatory": text("signatory: {country}"),
    "territory": text("territory: {country}"),
}
IN_CARD = re.compile(rf"(?P<part>{'|'.join(CARD)})\[(?P<index>\d+)\]")
OF_COUNTRY = re.compile(rf"(?P<standing>{'|'.join(STANDING)}): (?P<code>[A-Z]{{2}})")
OWNER = re.compile(r"owner (?P<name>\S.*)")
SHEET = re.compile(r"sheet '(?P<name>.*)'(?:, (?P<rest>.+))?")
NUMBER = r"\d{4}/S \d{3}-\d+|(?:[A-Z]{1,4}\.)?\d[\w.()/:–-]*|[IVXLC]+|[A-Z]"
ONE = re.compile(
    rf"(?P<kind>(?i:{'|'.join(sorted(map(re.escape, KINDS), key=len, reverse=True))})) "
    rf"(?P<number>{NUMBER})(?:(?P<joined>{'|'.join(filter(None, JOINED))})(?P<second>{NUMBER}))?"
)


def place_words(place: str, words: Words) -> str:
    """Return a place in a language; in English as it is, except for a place in our own data."""
    # a place in a card of a manufacturer or in a list of states; empty for another place
    if in_card := IN_CARD.fullmatch(place):
        ours = words.text(CARD[in_card["part"]].template, number=int(in_card["index"]) + 1)
    elif standing := OF_COUNTRY.fullmatch(place):
        country = words.country(standing["code"])
        ours = words.text(STANDING[standing["standing"]].template, country=country)
    else:
        ours = ""
    if ours or words.lang is Language.EN or not place:
        return ours or place
    if owner := OWNER.fullmatch(place):
        return words.text("owner {name}", name=owner["name"])
    if place in WHOLE:
        return words.say(WHOLE[place])
    sheet = SHEET.fullmatch(place)
    if sheet is None:
        outer, colon, inner = place.partition(": ")
        if colon and (outer in WHOLE or ONE.fullmatch(outer)):
            return f"{place_words(outer, words)}: {_parts(inner, words)}"
        return _parts(place, words)
    named = words.text("sheet “{name}”", name=sheet["name"])
    return f"{named}, {_parts(sheet['rest'], words)}" if sheet["rest"] else named


def with_place(sentence: Text, words: Words) -> Text:
    """Return a sentence with its value `place`, if it has one, in a language."""
    place = dict(sentence.values).get("place", "")
    return sentence.filled(place=place_words(str(place), words)) if place else sentence


def _parts(place: str, words: Words) -> str:
    parts: list[str] = []
    for part in place.split(", "):
        outer, opened, inner = part.removesuffix(")").partition(" (")
        if opened and part.endswith(")"):
            parts.append(f"{_span(outer, words)} ({_span(inner, words)})")
        else:
            parts.append(_span(part, words))
    return ", ".join(parts)


def _span(part: str, words: Words) -> str:
    """Return one kind with its number, or `line 3 to line 5`; any other text as it is."""
    whole = ONE.fullmatch(part)
    if whole is not None:
        return words.say(_kind(whole))
    first, _, second = part.partition(TO)
    start, end = ONE.fullmatch(first), ONE.fullmatch(second)
    if start is None or end is None:
        return part
    return words.text("{first} to {second}", first=_kind(start), second=_kind(end))


def _kind(match: re.Match[str]) -> Text:
    kind, joined = KINDS[match["kind"].casefold()], JOINED.get(match["joined"])
    number: Value = match["number"]
    if joined is not None:
        number = text(joined.template, first=number, second=match["second"])
    return text(kind.template, number=number)
