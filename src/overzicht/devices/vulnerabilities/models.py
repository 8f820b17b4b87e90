"""Model numbers and product names in catalogues and advisories, compared with the model of a device.

An X in a model number stands for any digit: `DS-2CD2xx2FWD`, `NVR5XXX`. In `IPC-HX3XXX`, an X between a
letter and a digit stands for the letters of a family (`IPC-HFW3541T`). Separators and case do not count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from overzicht.devices.knowledge import Knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vocabulary import kind_in_words, plain
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct
from overzicht.devices.vulnerabilities.firmware import read_range

SHORTEST_CODE = 4  # letters and digits of a model number
SHORT_NUMBER = 2  # digits at the end of a series name such as `SD49`
LONGEST_PRODUCT = 1_000  # characters of a product text that are read
_SEPARATORS = r"[-_ ./]*"
_DIGIT = "[0-9x]"
_LETTERS = r"(?:[a-z]{1,4}|[0-9])"
_GENERIC = frozenset({
    "a", "access", "affected", "all", "and", "based", "before", "build", "buildtime", "camera", "cameras",
    "cctv", "certain", "control", "controller", "controllers", "device", "devices",
    "digital", "dome", "door", "dvr", "equipment", "family", "firmware", "hardware", "in", "interface",
    "ip", "ipcam", "legacy", "line", "linux", "multiple", "network", "nvr", "of", "on", "or", "other",
    "platform", "product", "products", "ptz", "recorder", "recorders", "security", "series", "server",
    "smart", "software", "some", "surveillance", "system", "systems", "terminal", "terminals", "the",
    "thermal", "time", "using", "version", "versions", "video", "web", "which", "wifi", "wireless", "with",
    "xvr",
})  # fmt: skip
_NO_CODE = re.compile(
    r"v?\d+(?:[._-]\d+)*[a-z]?|\d+(?:bit|mp|ch|p|k|x|gb|tb)|h\.?26[45]|p2p|mpeg4|wi-?fi\d?|rs-?485"
)

_BUILT_BEFORE = re.compile(
    r"(?:\s+versions?\s+(?:which|whose|with))?\s*"
    r"(build\s*(?:time|date)?\s+(?:before|prior to|earlier than)\s+"
    r"(?:\d{4}[/.-]\d{1,2}[/.-]\d{1,2}|[a-z]{3,9}\.?\s*(?:\d{1,2})?,?\s*\d{4}))[\s,.;]*",
    re.IGNORECASE,
)


class ModelMatch(StrEnum):
    """How the model of a device matches a name in a source."""

    NAMED = "named"
    SIMILAR = "similar"  # the source names the start of the model; whether it means this model is not stated
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model number or product name of a source, as a pattern for the models of devices.

    `is_family` is True if letters may follow (`DS-2CD2xx2F-I Series` covers `DS-2CD2032F-IS`).
    """

    name: str
    pattern: re.Pattern[str]
    is_family: bool
    digits_may_follow: bool
    is_phrase: bool = False

    def match(self, model: str) -> ModelMatch:
        """Return how a model matches this name."""
        written = plain(model) if self.is_phrase else model.casefold()
        match = self.pattern.search(written)
        if match is None:
            return ModelMatch.OTHER
        rest = written[match.end() : match.end() + 1]
        if self.is_phrase or not rest.isalnum():
            return ModelMatch.NAMED
        if rest.isdigit():
            return self._before_digit(match[0])
        return ModelMatch.NAMED if self.is_family else ModelMatch.SIMILAR

    def _before_digit(self, matched: str) -> ModelMatch:
        if self.digits_may_follow:
            return ModelMatch.NAMED
        number = re.search(r"\d*$", matched)
        is_short = number is not None and len(number[0]) <= SHORT_NUMBER
        return ModelMatch.SIMILAR if is_short and not self.is_family else ModelMatch.OTHER


@lru_cache(maxsize=20_000)
def model_names(product: str, vendor: str = "") -> tuple[ModelName, ...]:
    """Return the models that a product text names; empty for `Multiple Products` or `IP Camera Firmware`."""
    words = _readable(product[:LONGEST_PRODUCT])
    codes = dict.fromkeys(_codes(words))
    names = [_code(code, is_series=is_series) for code, is_series in codes]
    makers = set(plain(vendor).split(" "))
    left = [word for word in plain(words).split(" ") if word and word not in _GENERIC | makers]
    phrase = " ".join(left) if any(len(word) > SHORT_NUMBER for word in left) and len(left) <= 6 else ""
    if phrase:
        phrase_name = ModelName(
            phrase, re.compile(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])"), True, True, is_phrase=True
        )
        names.append(phrase_name)
    return tuple(names)


def _readable(product: str) -> str:
    words = re.sub(r"\\(.)", r"\1", product)
    words = re.sub(r"(?<=\w)-\s+(?=\w)", "-", words)  # `DS- 2CD4x2xFWD`
    words = re.sub(r"_?\bfirmware\b|_firmware\b", " ", words, flags=re.IGNORECASE)
    return " ".join(words.split())


def _codes(words: str) -> Iterator[tuple[str, bool]]:
    """Yield (model number, whether the text calls it a series)."""
    tokens = re.split(r"[\s,;:()]+|/(?=[A-Za-z])", words)
    for number, token in enumerate(tokens):
        is_series = token.casefold().endswith("-series") or tokens[number + 1 : number + 2] in (
            ["Series"],
            ["series"],
        )
        code = re.sub(r"-series$", "", token, flags=re.IGNORECASE).strip("-_./'\"•")
        bare = re.sub(r"[^A-Za-z0-9]", "", code)
        has_both = any(c.isalpha() for c in bare) and (any(c.isdigit() for c in bare) or _wild(code))
        if has_both and len(bare) >= SHORTEST_CODE and not _NO_CODE.fullmatch(code.casefold()):
            yield code, is_series


def _wild(code: str) -> frozenset[int]:
    """Return the positions of the letters X that stand for something else."""
    runs = list(re.finditer(r"[xX]+", code))
    wild: set[int] = set()
    for run in runs:
        before = code[run.start() - 1] if run.start() else ""
        after = code[run.end() : run.end() + 1]
        is_odd_case = run[0] == "x" and before.isupper() and not after.islower() and len(code) > SHORTEST_CODE
        if (len(run[0]) > 1 and before) or (len(run[0]) == 1 and before.isdigit()) or is_odd_case:
            wild.update(range(run.start(), run.end()))
    if wild:  # a letter X between a letter and a digit in such a number is a family too
        wild |= {run.start() for run in runs if re.fullmatch(r"[A-Za-z][xX]\d", code[run.start() - 1 :][:3])}
    return frozenset(wild)


def _code(code: str, *, is_series: bool) -> ModelName:
    wild = _wild(code)
    pieces: list[str] = []
    for position, char in enumerate(code):
        before = code[position - 1] if position else ""
        if not char.isalnum():
            pieces.append(_SEPARATORS)
            continue
        if before.isalnum() and (before.isdigit() != char.isdigit()) and position not in wild:
            pieces.append(_SEPARATORS)
        after = code[position + 1 : position + 2]
        is_family_letter = (
            position in wild and before.isalpha() and after.isdigit() and position - 1 not in wild
        )
        pieces.append(
            _LETTERS
            if is_family_letter and char == "X"
            else _DIGIT
            if position in wild
            else re.escape(char.casefold())
        )
    last = len(code) - 1
    single = last in wild and last - 1 not in wild
    # the pattern of a whole word, also without its first words: `HCVR5104` for `DH-HCVR5104`
    pattern = rf"(?<![a-z0-9]){''.join(pieces)}"
    head = re.match(r"(?:[A-Za-z]{2,8}[-_])+(?=[A-Za-z]*\d)", code)
    if head is not None and len(re.sub(r"[^A-Za-z0-9]", "", code[head.end() :])) > SHORTEST_CODE:
        words = "|".join(sorted(set(re.findall("[a-z]+", head[0].casefold()))))
        rest = _code(code[head.end() :], is_series=False).pattern.pattern.removeprefix("(?<![a-z0-9])")
        pattern = rf"{pattern}|(?<![-_a-z0-9])(?:(?:{words}){_SEPARATORS})*{rest}"
    return ModelName(code, re.compile(pattern), is_series or bool(wild), is_series and single)


def is_generic(word: str) -> bool:
    """Return whether a word of a product text names no product: `Multiple`, `cameras`."""
    return word.casefold() in _GENERIC


def products_of(product: AffectedProduct) -> tuple[AffectedProduct, ...]:
    """Return the products of an entry, divided where its versions name models.

    Sources write models in the place of a version, with or without their build date: `NVR5XXX and NVR6XX
    Buildtime before December, 2019`, `DH-IPC-HDW1XXX`.
    """
    has_model = bool(model_names(product.product, product.vendor))
    # whether a text in the place of a version names models; `has_model` if the product does
    models = []
    for each_text in product.affected:
        if not is_model_number(each_text):
            continue
        is_bare = not re.search(r"[<>=|]", each_text)
        is_code = (
            re.fullmatch(r"[A-Za-z]+[A-Za-z0-9-]*\d[A-Za-z0-9-]*,?", each_text) is not None and not has_model
        )
        if read_range(each_text) is None or (
            is_bare and (is_code or any(_wild(code) for code, _ in _codes(each_text)))
        ):
            models.append(each_text)
    ranges = tuple(text for text in product.affected if text not in models)
    divided = [replace(product, affected=ranges)] if ranges or not models else []
    for text in models:
        pieces = _BUILT_BEFORE.split(text)
        for names, built in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            if is_model_number(names):
                name = names.strip(" ,;.") if built else f"{product.product} {names.strip(' ,;.')}"
                divided.append(replace(product, product=name, affected=(built,) if built else ()))
    return tuple(divided)


def is_model_number(model: str) -> bool:
    """Return whether a model is specific enough to be compared: it has a model number, not only a word."""
    return any(True for _ in _codes(_readable(model)))


def kinds_of(product: str, maker_id: str, knowledge: Knowledge) -> frozenset[DeviceKind]:
    """Return the kinds of device that a product text names, by its words and by the maker's model rules."""
    kinds = {kind_in_words(part)[0] for part in re.split(r"[,;/()]|\band\b", product[:LONGEST_PRODUCT])}
    for code, _ in _codes(_readable(product[:LONGEST_PRODUCT])):
        sample = "".join("1" if position in _wild(code) else char for position, char in enumerate(code))
        kinds |= {rule.fact.kind for rule in knowledge.rules.matches(sample) if rule.maker_id == maker_id}
    return frozenset(kinds - {DeviceKind.UNKNOWN})
