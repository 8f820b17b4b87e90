"""The encoding of a text file, by its bytes: byte-order marks, UTF-16, UTF-8, then old code pages.

Latin code pages are chosen by the letters that they give. Words of three letters and more outside ASCII are
in another script: `charset-normalizer` knows its code pages.
"""

import codecs
import re
from functools import lru_cache

from charset_normalizer import from_bytes

_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WEST = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜŒß€’‘“”–—…°²³½«»§£±µ·\u00a0¿¡ÃÕº")
_CENTRAL = _WEST | frozenset("ąćęłńśźżĄĆĘŁŃŚŹŻčďěňřšťůžČĎĚŇŘŠŤŮŽőűŐŰ")
_TURKISH = _WEST | frozenset("ğışĞİŞ")
# Latin code pages with the signs of their texts, in the order of preference: Windows, the DOS code page of
# Dutch programs, old Macintosh, then Poland and its neighbours, and Turkey.
_CODE_PAGES = {
    "cp1252": _WEST, "cp850": _WEST, "mac_roman": _WEST,
    "cp1250": _CENTRAL, "iso8859_2": _CENTRAL, "cp1254": _TURKISH,
}  # fmt: skip
# Code pages of other scripts: Korea, Japan, China, Taiwan, Cyrillic, Greek, Hebrew, Arabic.
_OTHER_SCRIPTS = [
    "cp949", "cp932", "euc_jp", "gb18030", "big5", "cp1251", "koi8_r", "iso8859_5", "cp866", "cp1253",
    "iso8859_7", "cp1255", "cp1256",
]  # fmt: skip
_HIGH_WORD = re.compile(rb"[\x80-\xff][\x40-\xff]?[\x80-\xff]{2,}")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[^\w\s\x00-\x7f’‘–—·…](?=[^\W\d_])|(?<=[a-z])[¹³²£¿±]")
_LONGEST_SAMPLE = 60_000
_FEWEST_LETTERS = 4  # of another script; `ÉÉÉ` is a word in some code page of each
_HALF_WIDTH = 0xFF61  # katakana of half width: what Latin letters are in Japanese code pages
_SIGN_PENALTY = 4  # a sign such as ³ inside a word is a letter of another code page
_SAMPLE = 4096


def detect_encoding(data: bytes) -> str:
    """Return the name of a codec that reads `data`; never fails, for cp1252's gaps fall back to latin-1."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    # UTF-16 of mostly Latin text has a NUL in every other byte
    sample = data[:_SAMPLE]
    if len(sample) >= 4:
        half = len(sample) // 2
        if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
            return "utf-16-le"
        if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
            return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:  # a last character that is cut spoils nothing
        is_cut = error.reason == "unexpected end of data" and not data[: error.start].isascii()
        return "utf-8" if is_cut else _best_code_page(data)
    return "utf-8"


def as_utf8(head: bytes) -> bytes:
    """Return the start of a file as UTF-8 where it is UTF-16 or UTF-32 (PowerShell's `>`), else as it is."""
    name = detect_encoding(head)
    if not name.startswith(("utf-16", "utf-32")):
        return head
    return head.decode(name, errors="ignore").encode("utf-8")


def _best_code_page(data: bytes) -> str:
    lines = [line for line in data.splitlines(keepends=True) if not line.isascii()]
    sample = b"".join(lines)[:_LONGEST_SAMPLE]
    return _code_page_of(sample[: sample.rfind(b"\n") + 1] or sample)  # ends with a whole character


@lru_cache(maxsize=8)  # each reader that might read a file asks for the same bytes
def _code_page_of(sample: bytes) -> str:
    # a text whose words are not in Latin letters
    high = sum(byte >= 0x80 for byte in sample)
    in_words = sum(len(word) for word in _HIGH_WORD.findall(sample))
    if in_words * 2 >= high:
        match = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS, threshold=0.5).best()
        letters = [char for char in str(match) if ord(char) >= 0x80]
        scripted = [char for char in letters if char.isalpha() and 0x24F < ord(char) < _HALF_WIDTH]
        is_script = len(scripted) * 5 >= len(letters) * 4 and len(set(scripted)) >= _FEWEST_LETTERS
        if match is not None and is_script:
            return match.encoding
    scores = {name: _usual_letters(sample, name, usual) for name, usual in _CODE_PAGES.items()}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] > -len(sample) else "latin-1"


def _usual_letters(sample: bytes, encoding: str, usual: frozenset[str]) -> int:
    """Return how usual the text is for its languages, small letters most; low when a byte has no meaning."""
    try:
        content = sample.decode(encoding)
    except UnicodeDecodeError:
        return -len(sample)
    signs = sum(1 for _ in _SIGN_IN_WORD.finditer(content))
    high = [char for char in content if ord(char) >= 0x80 and char in usual]
    known = len(high) + sum(char.islower() or char == "’" for char in high)
    return known - _SIGN_PENALTY * signs
