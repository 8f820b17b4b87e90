"""The encoding of a text file, by its bytes: byte-order marks, UTF-16, UTF-8, then old code pages."""

import codecs

_MARKS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Western Europe, in the order of preference: Windows, the DOS code page of Dutch programs, old Macintosh.
_CODE_PAGES = ("cp1252", "cp850", "mac_roman")
_USUAL = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœÀÁÂÄÅÆÇÈÉÊËÍÎÏÑÓÔÖØÚÛÜŒß€’‘“”–—…°²³½«»§£±µ·\u00a0")
_SAMPLE = 4096


def detect_encoding(data: bytes) -> str:
    """Return the name of a codec that reads `data`; never fails, for cp1252's gaps fall back to latin-1."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    return _utf16_by_nulls(data) or _utf8(data) or _best_code_page(data)


def as_utf8(head: bytes) -> bytes:
    """Return the start of a file as UTF-8 where it is UTF-16 or UTF-32 (PowerShell's `>`), else as it is."""
    name = detect_encoding(head)
    if not name.startswith(("utf-16", "utf-32")):
        return head
    return head.decode(name, errors="ignore").encode("utf-8")


def _utf16_by_nulls(data: bytes) -> str:
    """UTF-16 of mostly Latin text has a NUL in every other byte."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return ""
    half = len(sample) // 2
    if sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.1:
        return "utf-16-be"
    return ""


def _utf8(data: bytes) -> str:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "utf-8"


def _best_code_page(data: bytes) -> str:
    high = bytes(byte for byte in data if byte >= 0x80)
    scores = {name: _usual_letters(high, name) for name in _CODE_PAGES}
    best = max(_CODE_PAGES, key=lambda name: scores[name])
    return best if scores[best] >= 0 else "latin-1"


def _usual_letters(high: bytes, encoding: str) -> int:
    """Return how usual the text is for Western Europe, small letters most; -1 when a byte has no meaning."""
    try:
        return sum((char in _USUAL) + (char in _USUAL and char.islower()) for char in high.decode(encoding))
    except UnicodeDecodeError:
        return -1
