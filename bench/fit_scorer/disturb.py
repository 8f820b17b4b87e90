"""Ways in which a name gets changed on its way into a customer's file: one small function each."""

import random
from collections.abc import Callable

Change = Callable[[random.Random, str], str]
_VOWELS = "aeiouAEIOU"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_OCR = (("m", "rn"), ("I", "l"), ("l", "1"), ("O", "0"), ("o", "0"), ("B", "8"), ("S", "5"), ("rn", "m"),
        ("cl", "d"), ("e", "c"), ("i", "1"), ("h", "b"))  # fmt: skip
_SOUNDS = (("c", "k"), ("ph", "f"), ("s", "z"), ("i", "y"), ("kh", "h"), ("q", "k"), ("ch", "tch"),
           ("ou", "u"),
           ("v", "w"), ("ee", "i"), ("x", "ks"), ("y", "i"), ("u", "ou"), ("sh", "sch"),
           ("dj", "j"), ("gh", "g"),
           ("ei", "ey"), ("ai", "ay"), ("ya", "ia"), ("o", "u"), ("e", "i"))  # fmt: skip
_TITLES = ("Mr. ", "Dr. ", "Gen. ", "Sheikh ", "Haji ", "Prof. ", "Eng. ", "Col. ", "Mullah ", "Sayyid ")
_FORMS = (
    "LLC",
    "Ltd.",
    "Co., Ltd.",
    "Inc.",
    "GmbH",
    "S.A.",
    "OOO",
    "JSC",
    "Corporation",
    "Company",
    "FZE",
    "PLC",
)
_SHORT = (("International", "Intl"), ("Company", "Co"), ("Corporation", "Corp"), ("Trading", "Trdg"),
          ("Industries", "Ind"), ("Limited", "Ltd"), ("Technology", "Tech"), ("Engineering", "Eng"),
          ("Services", "Svcs"), ("Management", "Mgmt"), ("National", "Natl"), ("Group", "Grp"),
          ("Mohammad", "Mohd"), ("Muhammad", "Md"), ("Abdul", "Abd"))  # fmt: skip


def _place(r: random.Random, name: str) -> int:
    places = [i for i, c in enumerate(name) if c.isalpha()]
    return r.choice(places) if places else 0


def _cased(like: str, letter: str) -> str:
    return letter.upper() if like.isupper() else letter


def other_letter(r: random.Random, name: str) -> str:
    i = _place(r, name)
    return name[:i] + _cased(name[i : i + 1], r.choice(_LETTERS)) + name[i + 1 :]


def letter_less(r: random.Random, name: str) -> str:
    i = _place(r, name)
    return name[:i] + name[i + 1 :]


def letter_more(r: random.Random, name: str) -> str:
    i = _place(r, name)
    return name[:i] + _cased(name[i : i + 1], r.choice(_LETTERS)) + name[i:]


def letters_swapped(r: random.Random, name: str) -> str:
    i = _place(r, name)
    return name[:i] + name[i + 1 : i + 2] + name[i : i + 1] + name[i + 2 :]


def letter_doubled(r: random.Random, name: str) -> str:
    i = _place(r, name)
    return name[:i] + name[i : i + 1] + name[i:]


def two_slips(r: random.Random, name: str) -> str:
    return other_letter(r, letter_less(r, name)) if len(name) > 12 else other_letter(r, name)


def misread(r: random.Random, name: str) -> str:
    for _ in range(r.choice((1, 1, 2))):
        fitting = [pair for pair in _OCR if pair[0] in name]
        if fitting:
            old, new = r.choice(fitting)
            name = name.replace(old, new, 1)
    return name


def as_heard(r: random.Random, name: str) -> str:
    for _ in range(r.choice((1, 1, 2))):
        fitting = [pair for pair in _SOUNDS if pair[0] in name.lower()]
        if fitting:
            old, new = r.choice(fitting)
            at = name.lower().index(old)
            name = name[:at] + _cased(name[at], new) + name[at + len(old) :]
    return name


def _bare(word: str) -> str:
    return word[0] + "".join(c for c in word[1:] if c not in _VOWELS)


def vowels_dropped(r: random.Random, name: str) -> str:
    return " ".join(w if len(w) < 4 and r.random() < 0.7 else _bare(w) for w in name.split())


def all_vowels_dropped(r: random.Random, name: str) -> str:
    del r
    return " ".join(_bare(w) for w in name.split())


def some_vowels_dropped(r: random.Random, name: str) -> str:
    words = name.split()
    i = r.randrange(len(words))
    return " ".join([*words[:i], _bare(words[i]), *words[i + 1 :]])


def initials(r: random.Random, name: str) -> str:
    words = name.split()
    if len(words) < 2:
        return name
    for i in {0 if r.random() < 0.5 else r.randrange(len(words))} | (
        {1} if r.random() < 0.25 and len(words) > 2 else set()
    ):
        words[i] = words[i][0] + ("." if r.random() < 0.7 else "")
    return " ".join(words)


def given_initials(r: random.Random, name: str) -> str:
    """Leave the family name (before a comma, or the last word) and initials of the others."""
    family, comma, given = name.partition(",")
    if not comma:
        *rest, family = name.split()
        given = " ".join(rest)
    short = [w[0] + "." for w in given.split() if w[0].isalpha()]
    return " ".join([*short, family] if r.random() < 0.7 else [family, *short]) if short else name


def word_dropped(r: random.Random, name: str) -> str:
    words = name.split()
    if len(words) < 3:
        return name
    words.pop(r.randrange(len(words)))
    return " ".join(words)


def other_order(r: random.Random, name: str) -> str:
    words = name.replace(",", "").split()
    r.shuffle(words)
    return " ".join(words)


def natural_order(r: random.Random, name: str) -> str:
    del r
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family}" if comma else name


def cut_short(r: random.Random, name: str) -> str:
    return name[: max(6, int(len(name) * r.uniform(0.5, 0.88)))].rstrip(" ,")


def word_cut_short(r: random.Random, name: str) -> str:
    words = name.split()
    longest = max(range(len(words)), key=lambda i: len(words[i]))
    i = longest if r.random() < 0.5 else r.randrange(len(words))
    if len(words[i]) > 4:
        words[i] = words[i][: r.randint(3, len(words[i]) - 1)]
    return " ".join(words)


def titled(r: random.Random, name: str) -> str:
    return r.choice(_TITLES) + name


def glued(r: random.Random, name: str) -> str:
    words = name.replace(",", "").split()
    if len(words) < 2:
        return name
    i = r.randrange(len(words) - 1)
    return " ".join([*words[:i], words[i] + words[i + 1], *words[i + 2 :]])


def divided(r: random.Random, name: str) -> str:
    i = _place(r, name)
    return name[:i] + " " + name[i:]


def other_form(r: random.Random, name: str) -> str:
    """Put another legal form at the end, or none."""
    words = [w for w in name.replace(",", "").split() if w.strip(".").upper() not in _FORM_WORDS]
    return " ".join([*words, r.choice(_FORMS)] if r.random() < 0.7 else words) or name


_FORM_WORDS = {w.strip(".,").upper() for form in _FORMS for w in form.split()}


def abbreviated(r: random.Random, name: str) -> str:
    del r
    for old, new in _SHORT:
        at = name.lower().find(old.lower())
        if at >= 0:
            return name[:at] + _cased(name[at : at + 2], new) + name[at + len(old) :]
    return name


def acronym(r: random.Random, name: str) -> str:
    """Return the first letters of a long company name, `XYZ` alone or with the form."""
    words = [
        w
        for w in name.replace(",", "").split()
        if w[0].isalpha() and w.lower() not in ("of", "and", "the", "for")
    ]
    if len(words) < 4:
        return name
    keep = words if r.random() < 0.5 else [w for w in words if w.strip(".").upper() not in _FORM_WORDS]
    return "".join(w[0].upper() for w in keep) if len(keep) >= 3 else name


ANY: tuple[Change, ...] = (
    other_letter, letter_less, letter_more, letters_swapped, letter_doubled, two_slips, misread, as_heard,
    vowels_dropped, all_vowels_dropped, some_vowels_dropped, word_dropped, other_order, cut_short,
    word_cut_short, glued, divided, word_dropped, cut_short,
)  # fmt: skip
PERSON: tuple[Change, ...] = (*ANY, initials, given_initials, initials, titled, natural_order, as_heard)
BODY: tuple[Change, ...] = (*ANY, other_form, other_form, abbreviated, acronym)


def disturb(r: random.Random, name: str, *, is_person: bool) -> tuple[str, str]:
    """Return a changed name and the kind of change; now and then a second, small change comes on top."""
    change = r.choice(PERSON if is_person else BODY)
    found = change(r, name)
    if r.random() < 0.25:
        found = r.choice((other_letter, letter_less, other_order, as_heard))(r, found)
    return found, change.__name__
