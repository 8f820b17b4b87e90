"""Normal forms of texts of the list, to compare their content.

Copies of one text differ in blanks, thin spaces in numbers, micro signs, dashes and quotation marks.
"""

import re

_SAME = str.maketrans(
    {
        "µ": "μ",
        "×": "x",
        "\uf0b4": "x",
        "\uf0b0": "°",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "−": "-",
        "–": "-",
        "º": "°",
        "″": '"',
    }
)
_GROUPED = re.compile(r"(?<=\d)[ \u00a0\u2009\u202f\u2007](?=\d{3}(?!\d))")
_DEGREES = re.compile(r"(?<=[\d)])\s*(?:°\s?C|o\s?C)\b")
_LOOSE_SIGN = re.compile(r"(?:(?<=\()|(?<=than )|(?<=below )|(?<=above )|(?<=exceeding ))- +(?=\d)")
_DEGREE_SIGN = re.compile(r"(?<=[\d)])\s*(°|\uf0b0|º|o(?=\s?C\b))")
_LOOSE_POWER = re.compile(r"(?<=[ /][kcm]m) (?=[23](?![\d.,]))|(?<=[ /]m) (?=[23](?![\d.,]))")
_JOINS = ("and", "or")
_ENDS = " ;,.:"
_MARKS = re.compile(r"[^\w%°±<>=≤≥/+]+")


def same_signs(text: str) -> str:
    """Return the text with one way of writing signs, thousands and squares, and single blanks."""
    signs = _LOOSE_SIGN.sub("-", _GROUPED.sub("", text.translate(_SAME)))
    return _LOOSE_POWER.sub("", " ".join(signs.split()))


def bare_words(text: str) -> str:
    """Return letters and digits in lower case: without blanks, marks, quotes, and the closing and/or."""
    body, _ = _parted(_DEGREES.sub(" °C", same_signs(text)).lower())
    return _MARKS.sub("", body)


def closing_join(text: str) -> str:
    """Return the `and` or `or` that ends a point and ties it to the next, or an empty text."""
    return _parted(same_signs(text))[1]


def _parted(text: str) -> tuple[str, str]:
    body = text.rstrip(_ENDS)
    head, _, last = body.replace(";", "; ").replace(",", ", ").rpartition(" ")
    return (head.rstrip(_ENDS), last) if last in _JOINS else (body, "")


def degree_signs(text: str) -> tuple[str, ...]:
    """Return the degree signs of the quantities as printed, in order; some copies print a letter o."""
    return tuple(match[1] for match in _DEGREE_SIGN.finditer(text))


def quoted_terms(text: str) -> frozenset[tuple[str, str]]:
    """Return the terms in quotes with the kind of their quotes: double for global, single for local terms."""
    plain = same_signs(text)
    double = {('"', term.lower()) for term in re.findall(r'"([^"]{2,80})"', plain)}
    single = {("'", term.lower()) for term in re.findall(r"(?<!\w)'([^']{2,80})'", plain)}
    return frozenset(double | single)
