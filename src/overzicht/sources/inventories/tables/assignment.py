"""The field of each column of a table: what the user says, what the header says, what the values show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from overzicht.devices.vocabulary import state_in
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.shapes import Profile
from overzicht.sources.inventories.tables.vocabulary import KEEP, PARTIAL, TIERS, Meaning, plain, vocabulary

TYPE = "model_or_kind"
MOST = 0.6  # share of the values that must have a shape for them to decide

# What the values must be for a header of several meanings to have this one.
_FITS: Mapping[str, Callable[[Profile], bool]] = {
    "mac": lambda values: values.share("mac") >= 0.4,
    "address": lambda values: values.share("ip") + values.share("url") >= 0.4,
    "model": lambda values: values.share("model") >= 0.4 and values.share("model") >= values.share("kind"),
    "kind": lambda values: values.share("model") < MOST or values.share("kind") >= values.share("model"),
    "quantity": lambda values: values.share("quantity") >= 0.4,
    "bought": lambda values: values.share("date") >= 0.5,
    "latitude": lambda values: values.share("degrees") >= MOST,
    "longitude": lambda values: values.share("degrees") >= MOST,
}
_ALWAYS = {
    "address",
    "mac",
    "quantity",
    "latitude",
    "longitude",
}  # needed of the values even if the header has no other meaning
# What the values must be for a header that only contains a known one; other fields are not given then.
_FITS_PART: Mapping[str, Callable[[Profile], bool]] = {
    **_FITS,
    "brand": lambda values: values.share("brand") >= 0.5,
    "brand_and_model": lambda values: values.share("brand and model") >= MOST,
    "kind": lambda values: values.share("kind") >= MOST,
    "serial": lambda values: values.distinct >= 0.9 and values.share("digit") >= MOST,
    "label": lambda values: values.distinct >= 0.9 and values.filled >= MOST and not values.is_counter,
    "site": lambda values: values.share("number") < 0.4 and values.share("date") < 0.4,
    "place": lambda values: values.share("number") < 0.4 and values.share("date") < 0.4,
}
# What values are by themselves, under a header that says nothing: field, shape and list of excluding words.
_BY_VALUES = (
    ("mac", "mac", "others_addresses"),
    ("address", "ip", "others_addresses"),
    ("address", "url", "others_links"),
    ("address", "stream", "others_addresses"),
    ("brand_and_model", "brand and model", "others_brands"),
    ("brand_and_model", "product", "others_brands"),
    ("brand", "brand name", "others_brands"),
    ("model", "known model", "others_brands"),
    ("kind", "kind", "others_brands"),
    ("status", "state", "others_brands"),
    ("label", "code", "others_brands"),
    ("label", "range", "others_records"),
)
MOST_FLAG_WORDS = 3
SOME = 0.4  # share of the texts of a list of purchases that name a product
FEW = 0.1  # the same, where the others name cables, licences and the like


@dataclass(slots=True)
class Assignment:
    """Gives each column its field: the user's word, then headers from strong to weak, then the values."""

    names: Sequence[str]
    profiles: Sequence[Profile]
    given: Mapping[str, str]
    fields: list[str] = field(default_factory=list)
    has_postcode: bool = False

    def run(self) -> list[str]:
        """Return the field of each column, KEEP for none."""
        self.fields = [self.given.get(name, self.given.get(plain(name), KEEP)) for name in self.names]
        self.has_postcode = any(vocabulary().is_in(name, "postcodes") for name in self.names)
        self._take_flags()
        for is_filled, tier in product((True, False), range(len(TIERS))):  # an empty column goes last
            self._take_columns(tier, is_filled=is_filled, of=vocabulary().meanings)
        for name, shape, excluded in _BY_VALUES:
            for number in self._open_columns():
                if self._is_clear(number, name, shape, excluded):
                    self.fields[number] = name
        self._take_columns(PARTIAL, is_filled=True, of=vocabulary().partial_meanings)
        return self.fields

    def _take_columns(self, tier: int, *, is_filled: bool, of: Callable[[str], Sequence[Meaning]]) -> None:
        """Give the open columns the field that `of` says their headers have in this tier."""
        for number in self._open_columns():
            if bool(self.profiles[number].values) is is_filled:
                meanings = (meaning for meaning in of(self.names[number]) if meaning.tier == tier)
                any(self._take(number, meaning) for meaning in meanings)  # stops at the first that fits

    def _is_clear(self, number: int, name: str, shape: str, excluded: str) -> bool:
        """Return whether the values alone make a column this field."""
        values, header = self.profiles[number], self.names[number]
        is_varied = values.distinct >= MOST or shape not in {"url", "code"}
        is_nameless = plain(header) == f"column {number + 1}"
        if shape == "range":  # numbers of devices, some of them several in one row
            is_other = values.share("date") + values.share("ip") + values.share(
                "degrees"
            ) > 0 or vocabulary().header_has(header, excluded)
            is_range = values.share("range") > 0 and values.share("numbered") >= MOST
            return is_range and not is_other and self._is_free("label")
        if shape == "product" and vocabulary().meanings(header):
            return False
        return (
            values.share(shape) >= (SOME if shape == "stream" else MOST)  # beside cameras at the computer
            and is_varied
            and (name != "label" or is_nameless)
            and self._is_free(name)
            and not vocabulary().header_has(header, excluded)
        )

    def _open_columns(self) -> list[int]:
        return [
            number
            for number, name in enumerate(self.names)
            if self.fields[number] == KEEP and name and not {name, plain(name)} & self.given.keys()
        ]

    def _is_free(self, name: str) -> bool:
        if name == "brand_and_model":
            return not {"brand_and_model", "model"} & set(self.fields)
        return name not in self.fields or name in vocabulary().many

    def _take(self, number: int, meaning: Meaning) -> bool:
        name = self._settled(number, meaning)
        if not name or not self._is_free(name):
            return False
        self.fields[number] = name
        return True

    def _settled(self, number: int, meaning: Meaning) -> str:
        """Return the field that a column has by this meaning of its header; empty if its values refuse it."""
        values, header, name = self.profiles[number], self.names[number], meaning.field
        is_both = name in {TYPE, "brand", "model"} and self._holds_both(values)
        if is_both or (lexicon().is_in(header, "items") and self._holds_products(number)):
            return "brand_and_model"
        if name == TYPE:  # model numbers hold digits, kinds of device do not
            is_model = values.share("model") >= 0.4 and values.share("kind") < MOST
            return "model" if is_model or values.share("known model") >= MOST else "kind"
        if name == "kind" and values.share("model") >= MOST > values.share("kind") and self._is_free("model"):
            return "model"
        fields = {m.field for m in vocabulary().meanings(header)}
        is_of_several = len(fields) > 1
        if (
            name == "label"
            and "quantity" in fields
            and values.share("number") >= MOST
            and not values.is_running
        ):
            return ""  # `Nombre` is a name in Spanish and a number in French
        must_fit = bool(values.values) and (is_of_several or (meaning.tier > 0 and name in _ALWAYS))
        if meaning.tier == PARTIAL and not self._fits_part(values, header, name):
            return ""
        is_refused = (
            (
                name == "brand"
                and values.values
                and not self._names_products(number)
                and self._has_items(number)
            )
            or (name == "quantity" and values.values and not _FITS[name](values))
            or (name == "bought" and values.share("yes or no") >= MOST)
            or (must_fit and name in _FITS and not _FITS[name](values))
            or (name == "model" and meaning.tier > 1 and values.values and not _FITS["model"](values))
            or (name == "label" and self._only_counts(values, header, meaning))
            or (name == "label" and _holds_addresses(values) and self._has_other(number, "label"))
            or (
                name in {"model", "place"}
                and values.share("number") >= MOST
                and self._has_other(number, name)
            )
            or (
                name == "model"
                and values.values
                and all(vocabulary().is_in(value, "protocols") for value in values.values)
            )
            or (
                name in {"site", "place"}
                and (self._is_town(header) or _holds_addresses(values) or values.share("yes or no") >= MOST)
            )
        )
        return "" if is_refused else name

    def _fits_part(self, values: Profile, header: str, name: str) -> bool:
        """Whether the values confirm what a part of the header says, and no word of it says otherwise."""
        fits = _FITS_PART.get(name)
        others = ("others_addresses", "others_links", "others_records")
        is_others = any(vocabulary().header_has(header, key) for key in others)
        return fits is not None and not is_others and fits(values)

    def _has_other(self, number: int, name: str) -> bool:
        """Whether another open column can give the field, and holds neither addresses nor numbers."""
        others = (n for n in self._open_columns() if n != number)
        return any(
            any(meaning.field == name for meaning in vocabulary().meanings(self.names[other]))
            and self.profiles[other].values
            and not _holds_addresses(self.profiles[other])
            and self.profiles[other].share("number") < MOST
            for other in others
        )

    def _holds_both(self, values: Profile) -> bool:
        """Whether a column has brand and model in one, and no other column has either."""
        is_both = values.share("brand and model") >= MOST and values.share("brand") < 1
        return is_both and self._is_free("brand_and_model") and "brand" not in self.fields

    def _holds_products(self, number: int) -> bool:
        """Whether the texts of a list of purchases name products, and no other column does."""
        others = {
            meaning.field
            for other, name in enumerate(self.names)
            if other != number and self._names_products(other)
            for meaning in vocabulary().meanings(name)[:1]
        }
        is_alone = not {"brand", "model", "brand_and_model"} & others
        values = self.profiles[number]
        shares = values.share("product"), values.share("product") + values.share("thing")
        is_list = shares[0] >= SOME or (shares[0] >= FEW and shares[1] >= MOST)
        return is_alone and self._is_free("brand_and_model") and is_list

    def _has_items(self, number: int) -> bool:
        """Whether another column says in words what was bought."""
        return any(
            other != number
            and lexicon().is_in(name, "items")
            and self.profiles[other].share("product") >= SOME
            for other, name in enumerate(self.names)
        )

    def _names_products(self, number: int) -> bool:
        """Whether the values of a column are brands or model numbers; suppliers are not."""
        values = self.profiles[number]
        return values.share("brand name") >= SOME or values.share("model") >= SOME

    def _take_flags(self) -> None:
        """Give the columns of yes and no under a state, such as `In gebruik`, the status."""
        for number in self._open_columns():
            is_flag = self.profiles[number].share("yes or no") >= MOST
            name = self.names[number]
            is_state = len(name.split()) <= MOST_FLAG_WORDS and state_in(name, is_status=False) is not None
            if is_flag and is_state and self._is_free("status"):
                self.fields[number] = "status"

    def _only_counts(self, values: Profile, header: str, meaning: Meaning) -> bool:
        is_counted = values.is_counter and vocabulary().is_in(header.rpartition(".")[2], "counters")
        is_shared = meaning.tier > 1 and len(values.values) > 3 and values.distinct < MOST
        return is_counted or is_shared

    def _is_town(self, header: str) -> bool:
        return self.has_postcode and plain(header) in {"plaats", "city", "town", "woonplaats", "ort", "ville"}


def _holds_addresses(values: Profile) -> bool:
    return values.share("ip") + values.share("mac") + values.share("url") >= MOST
