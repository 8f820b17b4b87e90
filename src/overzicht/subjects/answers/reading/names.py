"""The parties that a question names: companies, persons, ships and brands, with or without a card."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from overzicht.devices.knowledge import load_knowledge
from overzicht.entities import PartyQuery
from overzicht.parties.makers import identified, known_parties
from overzicht.subjects.answers.reading.lexicon import (
    LONG_NAME,
    adjectives_of_countries,
    has_any,
    lexicon,
    makers_named,
    themes_in,
    words_of_countries,
)
from overzicht.subjects.questions.mentions import MentionKind, find_spots

_ABBREVIATED = (
    r"(?:(?<=\b[A-Z])\.|(?<=\b(?:Co|Dr|Mr|St))\.|(?<=\b(?:Ltd|Inc|Mrs))\.)?"  # a stop within a name
)
_CAPITAL = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x530)) if letter.isupper())
_CASELESS = "\u0590-\u06ff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # scripts without capitals
_WORD = rf"[\w&'’+/-]*[{_CAPITAL}](?:[\w&'’+/-]|\.(?=\w))*{_ABBREVIATED}"
_STREET = re.compile(r"(?:\b(?:Street|Road|Avenue|Lane|Square)|straat|laan|weg|plein|kade)$")
_QUOTED = re.compile(
    r"\b(JSC|PJSC|OJSC|CJSC|OOO|OAO|ZAO|PAO|AO|LLC|FGUP|[Cc]ompany|[Cc]oncern|[Gg]roup|[Bb]ank|[Bb]ureau|"
    r"[Ii]nstitute|[Pp]lant|[Ff]actory|[Ee]nterprise|[Cc]orporation) [‘“«\"]([^’”»\"]{2,80})[’”»\"]"
)  # a form and the name after it
_ROAD = re.compile(r"[ANEM]\d{1,3}(?:-[a-z]+)?")
KIN = (
    r"broer|vader|zoon|echtgeno\w+|vrouw|weduwe|weduwnaar|neef|nicht|zwager|brother|sister|father|mother|son|"
    r"daughter|wife|husband|widow|cousin|nephew|niece|oprichter|directeur|bestuurder|topman|topvrouw|baas|"
    r"voorzitter|founder|director|boss|chief executive|chairman|ceo"
)
_KIN = re.compile(
    rf"\b(?:{KIN})s? (?:van|of) (?:de |the )?$", re.IGNORECASE
)  # `the brother of X` is another party
_BEFORE_NOUN = re.compile(r" (?:zich|men|de|het|een|die|deze|dat|dit|u|hij|zij|ze|er|uw|zijn|haar|hun)\b")
_BY_PLACE = re.compile(r"\b(?:de|het|een|the|die|deze|dat|dit) $", re.IGNORECASE)
SITES = (
    "sporthal|sportpark|zwembad|gemeentehuis|stadhuis|raadhuis|bibliotheek|school|station|museum|"
    "theater|wijkcentrum|provinciehuis|sluis|steunpunt|rechtbank|politiebureau|brandweerkazerne|"
    "ziekenhuis|terminal|milieustraat|gemeentewerf|werf|remise|kantoor|town hall|city hall|library|"
    "swimming pool|sports hall|car park|buurthuis|dorpshuis|parkeergarage|gemaal|brug|tunnel"
)
_PLACED = re.compile(
    r"\b(?:in|uit|te|near|nabij|haven van|port of|op|on|langs|along|boven|above|tegenover|opposite|rondom|"
    rf"rond|around|naast|richting|{SITES}) (?:de |het |the )?$",
    re.IGNORECASE,
)
_SITE = re.compile(rf"^(?:{SITES})\b", re.IGNORECASE)
_MEDIUM = re.compile(
    r"(?:dagblad|weekblad|nieuwsblad|courant|krant|omroep|telegraaf|parool|times|herald|gazette|tribune|"
    r"chronicle|journal|news|nieuws)$",
    re.IGNORECASE,
)
_TRADE = re.compile(
    r"[A-Z][a-z-]+(?:maker|fabrikant|bouwer|producent|gigant|reus|concern|leverancier|bedrijf|rederij|topman|"
    r"oprichter|directeur|handelaar)"
)  # a word for what a party is or does before its name
_DUTCH_SOUNDS = (("tsj", "ch"), ("sj", "sh"), ("zj", "zh"), ("oe", "u"), ("aj", "ay"), ("ej", "ey"))
_JOINS = (
    "of",
    "and",
    "en",
    "van",
    "de",
    "der",
    "den",
    "von",
    "the",
    "for",
    "voor",
    "bin",
    "al",
    "el",
    "da",
    "di",
    "&",
    "und",
)
_FORMS = (
    r",? (?:Ltd|Inc|LLC|Co|Corp|S\.A|GmbH|B\.V|N\.V|PLC|Limited|Incorporated|"
    r"OOO|OAO|ZAO|PAO|AO|[OPC]?JSC)\b\.?"
)
_NUMBER = (  # of a ship or a plant: `Sea Star 6`
    r"\d{1,3}(?=[?.,]| (?:op|on|in|onder|under|niet|not|nog|still|door|by|staat|stond|is|was|wordt|werd|"
    r"are|were|gets|got|heeft|has|tot|until)\b)"
)
_DASH = rf"(?<=[{_CAPITAL}]{{3}}) [–-] (?=[{_CAPITAL}]{{3}})"  # in a name in capitals
_PROPER = re.compile(
    rf"(?:\d+(?:st|nd|rd|th) )?{_WORD}"
    rf"(?:{_FORMS}| \([A-Z][a-z]+\)| \([A-Z][\w-]*(?: [A-Z][\w-]*){{0,3}}\)(?={_FORMS})|"
    rf"(?:(?: (?:{'|'.join(map(re.escape, _JOINS))})){{0,2}} |{_DASH})"
    rf"(?:{_WORD}|\d{{1,4}}(?= [A-Z])|{_NUMBER}))*"
)
_OTHER_SCRIPT = re.compile(rf"[{_CASELESS}][{_CASELESS}0-9()（）·・、 -]*[{_CASELESS})）]")
_AND = re.compile(r",? (?:and|en|&|of|or|und) |, | [–-] ")
_SENTENCE = re.compile(
    r"(?:^|[?!]\s+|(?<![A-Z]\.[A-Z])(?<! Co)(?<! Ltd)(?<! Inc)(?<! Corp)\.\s+|:\s+|[«“\"‘']\s*)"
)
_COMPOUND = re.compile(
    r"[-‑](?:made|built|owned|brand|merk|camera|recorder|drone|scanner|apparaat|apparat|product(?!ion)|systeem|"
    r"systemen|device|equipment|software|chip|techn|hardware|spul|onderdelen|toestel)[\w'’]*(?=$| )",
    re.IGNORECASE,
)
_ACRONYMS = frozenset({"OEM", "NVR", "DVR", "CCTV", "CEO", "IP"})  # after a name, no part of it
_ASIDE = re.compile(rf"(?: (?:{'|'.join(_JOINS)}|{'|'.join(sorted(_ACRONYMS))}))+$")
_FINITE = re.compile(
    r"^(?:(?!\b(?:dat|die|of|waar\w*|als)\b)[^,;])*\b(?:is|was|staat|stond|heeft|had|wordt|werd|valt|kan|mag|moet)\b"
)
_APPOSITION = re.compile(
    r" (?:uit|from) [A-Z]|, (?:de|het|een|the|an?|maker|fabrikant|eigenaar|leverancier|producent)\b|"
    r" \([A-Z]|['’]s "
)
_ALSO = re.compile(
    r" ?\((?:[\w ]{0,40}[:,]? )?[“«\"‘']?|,? (?:also known as|a\.?k\.?a\.?|formerly|previously|"
    r"better known as|alias|(?:ook |beter )?bekend als|voorheen|oftewel|ofwel) [“«\"‘']?",
    re.IGNORECASE,
)
_OF_COUNTRY = re.compile(r" (?:of|van) ([\w -]+)$")
_OF_TOWN = re.compile(
    r"(?P<form>\b(?:Ltd|Inc|LLC|GmbH|PLC|JSC|Limited|Corporation|Corp|Co|A[BDGO]|ASA|SAS?|SpA|SRL|[BN]V|E?OOD|"
    r"[OPZ]A?OO?))\.? (?:of|van|uit|from) [\w-]+$"
)  # `Hytera Communications Corporation of Shenzhen`
_KIND = (
    r"((?: [a-z-]+){0,2} (?:institute|bank|company|group|plant|factory|works|bureau|agency|laboratory|"
    r"laboratories|university|academy|centre|center|shipyard|holding|corporation|design bureau|instituut|"
    r"concern|fabriek|universiteit|laboratorium|werf))\b"
)  # what a party is, behind the distinctive word of its name
PARTS = r"subsidiary|branch|division|factory|plant|dochter\w*|filiaal|divisie|fabriek"  # of a company
_PART = re.compile(
    rf"\b(?:{PARTS}|institute|academy|laboratory|instituut|academie|laboratorium)\b", re.IGNORECASE
)  # in the name of a part of a party: the part is asked about, not the whole
_POSSESSIVE = re.compile(r"['’]s? ")
_OF_BRAND = re.compile(r" (?:van|of|by|from|door)$")
_NUMBERS = (
    ("imoNumber", re.compile(r"\bIMO[ :-]*(?:number |nummer )?(\d{7})\b")),
    ("leiCode", re.compile(r"\b(?:LEI[ :-]*)([A-Z0-9]{18}\d\d)\b")),
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A party as a question names it.

    `party_id` is that of the known party with the name, else empty. `identifiers` are numbers next to it;
    `schema` is a FollowTheMoney schema. `parts` are names that `and` joins in it: it may be several parties.
    `aliases` are further names: those that the text gives, and the listed name that a short name means.
    """

    name: str
    party_id: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()
    schema: str = "LegalEntity"
    parts: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The id of the known party, else the name."""
        return self.party_id or self.name

    @property
    def query(self) -> PartyQuery:
        """The query for the lists: by the names, and by an English spelling of a Dutch one (`Poetin`)."""
        names = (self.name, *self.aliases)
        english = () if self.party_id else tuple(map(_in_english, names))
        return PartyQuery(self.key, tuple(dict.fromkeys((*names, *english))), self.schema, self.identifiers)


def _in_english(name: str) -> str:
    """Return a name with the Dutch spelling of Russian sounds in English: `Abramovitsj` is `Abramovich`."""
    for dutch, english in _DUTCH_SOUNDS:
        for written, plain in ((dutch, english), (dutch.capitalize(), english.capitalize())):
            name = name.replace(written, plain)
    return name


def subjects_in(words: str, known: Iterable[str] = ()) -> tuple[Subject, ...]:
    """Return the parties that a text names, in order; lists, laws and dates in it are blanked before.

    `known` are further names to look for. A party of several words that ends with the name of a maker is
    another party, unless it is the maker's own name.
    """
    words = _QUOTED.sub(r"\1 \2", words)
    schema = next(
        (name for name, patterns in lexicon().schemata.items() if has_any(patterns, words)), "LegalEntity"
    )
    numbers = tuple((prop, match[1]) for prop, pattern in _NUMBERS if (match := pattern.search(words)))
    names = dict.fromkeys(name for name in known if name in words)
    bodies = [span.surface for span in find_spots(words) if span.kind is MentionKind.BODY]
    for name in _names(words):
        if not any(name in body or body == name for body in bodies):
            names.setdefault(name)
    if not names:
        # the makers and long brands that a text writes without capitals
        makers: list[str] = []
        for word in re.findall(r"[\w-]+", words):
            if len(word) >= LONG_NAME and known_id(word) in load_knowledge().makers:
                makers.append(word)
        names.update(dict.fromkeys(makers))
    shorter = {
        name
        for name in names
        if " " not in name and any(name in other.split() for other in names if " " in other)
    }
    names = {name: None for name in names if name not in shorter}
    # the names that a text gives as another name of the one before: `i-Soon (Anxun)`
    aliases_names = tuple(names)
    aliases: dict[str, tuple[str, ...]] = {}
    ordered = sorted(aliases_names, key=words.find)
    for left, right in pairwise(ordered):
        between = words[words.find(left) + len(left) : words.find(right)]
        if _ALSO.fullmatch(between) and not makers_named(right):
            aliases[left] = (*aliases.get(left, ()), right)
    for name in names:
        if " " not in name and not _is_known(name) and (kind := re.search(re.escape(name) + _KIND, words)):
            aliases[name] = (*aliases.get(name, ()), name + kind[1])  # `the Kvant research institute`
    subjects = []
    for each_name in names:
        if not any(each_name in others for others in aliases.values()):
            own_numbers = numbers if len(names) == 1 else ()
            party = known_id(each_name)
            parts = () if party or _is_part(each_name) else tuple(_AND.split(each_name))
            if schema == "Vessel" or any(prop == "imoNumber" for prop, _ in own_numbers):
                subject = Subject(each_name, "", own_numbers, "Vessel")
            else:
                kind_of_name = "Organization" if party else schema
                subject = Subject(
                    each_name, party, own_numbers, kind_of_name, parts if len(parts) > 1 else ()
                )
            subjects.append(replace(subject, aliases=(*aliases.get(each_name, ()), *_of_whole(each_name))))
    return tuple({subject.key: subject for subject in subjects}.values())


def _is_part(name: str) -> bool:
    """Return whether a name is that of a part of a known party, which is a party of its own.

    `3rd Institute of Lens Group` is not the group; `Pro Series of Lens` is a line of goods.
    """
    head, _, whole = name.partition(" of ")
    return _PART.search(head) is not None and _is_known(whole)


def _of_whole(name: str) -> tuple[str, ...]:
    """Return the names of a part with the other names of the whole; empty unless it is such a name."""
    head, _, whole = name.partition(" of ")
    party = known_parties().get(known_id(whole)) if _is_part(name) else None
    return (
        () if party is None else tuple(f"{head} of {other}" for other in party.query.names if other.isascii())
    )


def known_id(name: str) -> str:
    """Return the id of the known party with exactly this name; empty if there is none."""
    return identified(PartyQuery("", (name,), "Organization")).party_id


def _names(words: str) -> Iterator[str]:
    others = [match[0] for match in _OTHER_SCRIPT.finditer(words)]
    yield from others  # a text in Latin letters has only names in them
    starts = {match.end() for match in _SENTENCE.finditer(words)}
    firsts, places, is_any = [], [], bool(others)
    for match in _PROPER.finditer(words):
        parts = match[0].rstrip(",.").split()
        is_first = match.start() in starts
        if is_first:
            # whether the first word of a Dutch question is its verb (`Behoort Dahua tot …?`)
            rest = words[match.end() :]
            word = parts[0]
            if len(parts) == 1 and _BEFORE_NOUN.match(rest) is None:
                is_verb = False
            else:
                is_verb_form = (
                    word.isalpha() and len(word) > 3 and word[1:].islower() and word.endswith(("t", "en"))
                )
                clause = rest.partition("?")
                is_asked = bool(clause[1]) or rest.startswith(" zich ")
                is_verb = (
                    is_verb_form and is_asked and _FINITE.search(clause[0]) is None and not _is_known(word)
                )
            if is_verb:
                is_first = False
                parts.pop(0)
        while parts and _is_before_name(parts):
            is_first = False
            parts.pop(0)
        while parts and (parts[-1].casefold() in _JOINS or parts[-1] in _ACRONYMS):
            parts.pop()
        name = re.sub(r"['’]s$", "", _COMPOUND.sub("", " ".join(parts))).strip("'’.,")
        # whether a name is that of a country, an office, a list, a newspaper or a road
        is_named = len(name) > 1 and name.casefold() not in words_of_countries()
        is_other = _MEDIUM.search(name) is not None or _ROAD.fullmatch(name) is not None
        is_no_party = (
            not is_named
            or (is_other and not _is_known(name))
            or all(_is_common(part) for part in name.split())
        )
        if is_no_party:
            continue
        is_word = " " not in name and name.istitle() and not _is_known(name)
        if is_first and is_word and _APPOSITION.match(words[match.end() :]) is None:
            firsts.append(name)  # the first word of a sentence may be any word
            continue
        before, after = words[: words.find(name, match.start())], words[match.end() :]
        # whether a name only describes the party of a question: its place or its relative
        is_site = " " not in name and _SITE.match(name) is not None
        is_beside = is_site or _is_of_town(name, before, after) or _KIN.search(before) is not None
        if is_beside or (" " not in name and themes_in(name)):
            continue
        is_placed = _PLACED.search(before) is not None and not _is_known(name)
        is_place = is_placed or _STREET.search(name) is not None or _SITE.match(name) is not None
        if is_place:
            places.append(name)
            continue
        is_any = True
        yield from _apart(name)
    if not is_any:
        yield from [name for name in firsts if len(name) >= LONG_NAME] or [
            part for place in places for part in _apart(place)
        ]


def _is_before_name(parts: list[str]) -> bool:
    """Return whether the first part belongs to the sentence and not to the name (`IMO-nummer van Nevel`)."""
    is_compound = len(parts) > 1 and "-" in parts[0] and _is_common(parts[0])
    is_in_capitals = len(parts[0]) > 2 and all(part.isupper() for part in parts[:2])  # `GENERAL DYNAMICS`
    is_opener = _folded(parts[0]) in lexicon().openers and not (is_in_capitals and len(parts) > 1)
    return (
        is_compound
        or is_opener
        or _is_lone(parts)
        or (len(parts) > 1 and _TRADE.fullmatch(parts[0]) is not None)
    )


def _is_of_town(name: str, before: str, after: str) -> bool:
    """Return whether a word is a Dutch adjective of a place before its noun (`de Twentse bouwer`)."""
    is_adjective = name.istitle() and len(name) > 4 and name.endswith("se") and re.match(r" [a-z]", after)
    return bool(is_adjective) and _BY_PLACE.search(before) is not None and not _is_known(name)


def _is_lone(parts: list[str]) -> bool:
    """Return whether a name begins with a word for a country or an office that does not belong to it.

    `China Telecom Corporation` and `Iran Air` keep their first word; `Chinese Dahua` does not.
    """
    first = parts[0].casefold()
    if first in {"of", "and", "en", "van", "de", "the", "for"}:
        return True
    is_adjective = first in adjectives_of_countries()
    is_office = first in lexicon().not_names and first.isalpha() and not first.isupper()
    rest = parts[1:]
    return (
        len(rest) > 0
        and (is_adjective or (is_office and bool(makers_named(" ".join(rest)))))
        and not _is_brand(" ".join(parts))
    )


def _is_common(word: str) -> bool:
    """Return whether a word names no party by itself; neither does a compound such as `EU-instellingen`."""
    folded = _folded(word)
    head, _, tail = folded.partition("-")
    common = (lexicon().not_names, lexicon().openers, words_of_countries())
    is_compound = tail.isalpha() and tail in word and head in lexicon().not_names  # not `i-Soon`
    is_compound = is_compound or folded.endswith(("regime", "sancties", "lijst", "embargo"))  # `Chinaregime`
    return is_compound or folded.isdigit() or any(folded in words for words in common)


def _folded(word: str) -> str:
    return word.casefold().strip("'’.,()")


def _is_brand(name: str) -> bool:
    return load_knowledge().brands.find(name) is not None


def _is_known(name: str) -> bool:
    return bool(known_id(name)) or _is_brand(name)


def _apart(name: str) -> list[str]:
    """Return the names that an `and` joins if each is a known party's or a brand's, else the one name.

    A country after a name is left out (`TELE2 of Russia`), and a line of a known brand is that brand.
    """
    name = _OF_TOWN.sub(lambda match: match["form"], name)
    name = _OF_COUNTRY.sub(
        lambda match: "" if match[1].casefold() in words_of_countries() else match[0], name
    )
    owner = _POSSESSIVE.split(name)[0]
    if owner != name and _is_known(owner) and not _is_known(name):
        return [owner]  # `Hikvision's European office`
    words = name.split()
    halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    pair = next((pair for pair in halves if not _is_known(name) and all(map(_is_known, pair))), None)
    if pair is not None:
        return list(pair)  # `Is EZVIZ Hikvision's own brand?`
    line, _, brand = name.rpartition(" ")
    is_line = _OF_BRAND.search(line) is not None and not any(map(_is_known, (name, _OF_BRAND.sub("", line))))
    if is_line and _is_known(brand) and not _is_part(name):
        return [brand]  # `Performance Series van Honeywell`
    parts = [_ASIDE.sub("", part) for part in _AND.split(name)]
    is_several = len(parts) > 1 and not known_id(name) and all(map(_is_known, parts))
    return parts if is_several else [name]
