"""Columns whose title does not fit their values: the values decide, and a person hears it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from overzicht.evidence import Text, text
from overzicht.sources.inventories.tables.shapes import Profile
from overzicht.sources.inventories.tables.table import column_letter
from overzicht.sources.inventories.tables.vocabulary import KEEP, SIGNS, vocabulary

MOST = 0.6  # share of the values that must have a shape for them to decide against a title
FEWEST = 3  # values that can decide against a title
MOST_IN_A_ROW = 99  # devices that a number without a title may count
FEW = 0.25  # at most this share still fits the title

HOLDS: Mapping[str, Text] = {
    "brand": text("brands"),
    "model": text("model numbers"),
    "address": text("network addresses"),
    "mac": text("MAC addresses"),
    "serial": text("serial numbers"),
    "bought": text("dates"),
    "status": text("states of devices"),
}
_IS: Mapping[str, Callable[[Profile], float]] = {
    "brand": lambda values: values.share("brand"),
    "model": lambda values: max(values.share("known model"), values.share("model") - values.share("serial")),
    "known model": lambda values: values.share("known model") if values.distinct < 0.9 else 0.0,
    "address": lambda values: values.share("ip"),
    "mac": lambda values: values.share("written mac"),
    "serial": lambda values: values.share("serial") if values.distinct >= 0.9 else 0.0,
    "bought": lambda values: values.share("date"),
    "status": lambda values: values.share("state"),
}
# A title of this field whose values are another: what they may be, the likeliest first.
_MISTAKEN: Mapping[str, tuple[str, ...]] = {
    "brand": ("model",),
    "model": ("brand", "serial", "address"),
    "kind": ("brand",),
    "serial": ("address", "mac", "known model", "bought"),
    "address": ("mac", "serial"),
    "mac": ("address",),
    "bought": ("status",),
    "quantity": ("bought",),
    "status": ("bought", "address"),
}


@dataclass(slots=True)
class TitleCheck:
    """Compares the fields of columns with their values; `doubts` are a column and a sentence."""

    names: Sequence[str]
    profiles: Sequence[Profile]
    fields: list[str]
    fixed: frozenset[int]  # columns that a person or a format gave
    doubts: list[tuple[str, Text]] = field(default_factory=list)

    def run(self) -> list[str]:
        """Return the fields, corrected."""
        for number, name in enumerate(self.fields):
            if number in self.fixed:
                continue
            if name == "quantity" and self.profiles[number].is_running:
                self._set(number, KEEP)
                if self.names[number].strip() in SIGNS:
                    continue  # `#` says as well that it counts the rows
                self._doubt(
                    number,
                    text(
                        "The column “{column}” runs 1, 2, 3 and so on: it counts the rows, not the devices",
                        column=self.names[number],
                    ),
                )
            elif not self.names[number] and self._may_count(number):
                self.doubts.append(
                    (
                        column_letter(number),
                        text(
                            "A column without a title holds small numbers; give it one if they count devices"
                        ),
                    )
                )
            elif self._is_unread_count(number):
                self._doubt(
                    number,
                    text(
                        "The values of column “{column}” do not count devices; it was not used",
                        column=self.names[number],
                    ),
                )
        mistaken = {n: other for n in range(len(self.fields)) if (other := self._other(n))}
        for number, other in mistaken.items():
            self._move(number, other, mistaken)
        if any(self.fields[n] != "serial" for n in mistaken if self._title(n) == "serial"):
            self._find_serial()
        self._find_brand()
        return self.fields

    def _may_count(self, number: int) -> bool:
        """Return whether a column holds small whole numbers, and no column is a number of devices."""
        values = self.profiles[number]
        if (
            "quantity" in self.fields
            or values.filled < MOST
            or values.share("number") < 1
            or values.is_running
        ):
            return False
        return 1 < max(map(int, values.values)) <= MOST_IN_A_ROW

    def _is_unread_count(self, number: int) -> bool:
        """Return whether a column is called a number of devices, holds other numbers, and is all there is."""
        values = self.profiles[number]
        is_open = self.fields[number] == KEEP and "quantity" not in self.fields
        return is_open and self._title(number) == "quantity" and values.share("digit") >= MOST

    def _title(self, number: int) -> str:
        meanings = vocabulary().meanings(self.names[number])
        return meanings[0].field if meanings else KEEP

    def _other(self, number: int) -> str:
        """Return the field of the values of a column, if it is not that of its title; empty if they fit."""
        name, values = self.fields[number], self.profiles[number]
        if number in self.fixed or name not in _MISTAKEN or len(values.values) < FEWEST:
            return ""
        if name in _IS and _IS[name](values) > FEW:
            return ""
        if name == "quantity" and values.share("year") < MOST:
            return ""
        other = next((other for other in _MISTAKEN[name] if _IS[other](values) >= MOST), "")
        return other.removeprefix("known ")

    def _move(self, number: int, other: str, mistaken: Mapping[int, str]) -> None:
        holders = [n for n, name in enumerate(self.fields) if name == other]
        if any(n not in mistaken for n in holders):
            self._set(number, KEEP)  # another column gives it, as its title says
        else:
            self._set(number, other)
        sentence = text(
            "The values of column “{column}” are {what}, not what its title says; the values count",
            column=self.names[number],
            what=HOLDS[other],
        )
        self._doubt(number, sentence)

    def _find_serial(self) -> None:
        """Take the column of serial numbers under another title, when its own holds something else."""
        for number, values in enumerate(self.profiles):
            is_open = self.fields[number] in {KEEP, "label"} and number not in self.fixed
            if is_open and "serial" not in self.fields and _IS["serial"](values) >= MOST:
                self._set(number, "serial")
                sentence = text(
                    "The values of column “{column}” look like serial numbers, and were read as these",
                    column=self.names[number],
                )
                self._doubt(number, sentence)

    def _find_brand(self) -> None:
        """Exchange a column of brands and one of suppliers, where each holds what the other should."""
        brands = [n for n, name in enumerate(self.fields) if name == "brand" and n not in self.fixed]
        if len(brands) != 1 or not self.profiles[brands[0]].values or self.profiles[brands[0]].share("brand"):
            return
        for number, values in enumerate(self.profiles):
            is_supplier = vocabulary().header_has(self.names[number], "others_brands")
            if self.fields[number] == KEEP and is_supplier and values.share("brand") >= MOST:
                self._set(brands[0], KEEP)
                self._set(number, "brand")
                sentence = text(
                    "The values of column “{column}” are {what}, not what its title says; the values count",
                    column=self.names[number],
                    what=HOLDS["brand"],
                )
                self._doubt(number, sentence)
                return

    def _set(self, number: int, name: str) -> None:
        self.fields[number] = name

    def _doubt(self, number: int, sentence: Text) -> None:
        self.doubts.append((self.names[number], sentence))
