"""Which sheets of a workbook are the list: hidden, old, price, pivot and other sheets are set aside."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from overzicht.devices.vocabulary import State, state_in
from overzicht.evidence import Text, text
from overzicht.evidence.account import LeftOut
from overzicht.sources.inventories.interface import InventoryProblem
from overzicht.sources.inventories.tables.cell_values import read_number
from overzicht.sources.inventories.tables.lexicon import lexicon
from overzicht.sources.inventories.tables.products import is_known_model, is_product, read_product
from overzicht.sources.inventories.tables.regions import NEW, ROWS_LOOKED_AT, Part
from overzicht.sources.inventories.tables.table import RawTable
from overzicht.sources.inventories.tables.vocabulary import plain, vocabulary

PREFIX = "sheet:"  # of what a person gives to have a sheet counted
_YEAR = re.compile(r"(?<!\d)(?:19[89]\d|20[0-4]\d)(?!\d)")
_ROWS_ABOVE = 5  # rows that can hold a title
_LONGEST_PRODUCT = 80  # characters of a cell that may name a product
_OWN = {"brand", "model", "brand_and_model", "serial", "mac", "address"}
_DETAIL = {"model", "brand_and_model", "serial", "mac", "address", "label"}
_PLACE = {"site", "place", "organisation", "label"}
MOST_SHARED = 0.4  # serial numbers of an earlier list that the newer one has too
_ALIKE = (0.8, 1.25)  # shares of the devices listed that a summary of the same models may sum up
_SUMMED_BY = (("model", "brand_and_model"), ("brand",), ("site", "place", "organisation"))
_SUMMED = 3  # columns of a summary at most


@dataclass(slots=True)
class Sheet:
    """A sheet, its tables of devices, and why it is set aside (None if it is counted)."""

    table: RawTable
    parts: Sequence[Part]
    reason: Text | None = None
    doubts: list[InventoryProblem] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return self.table.sheet

    @property
    def is_empty(self) -> bool:
        """Whether no cell of it holds anything."""
        return all(row.is_empty for row in self.table.rows)

    @property
    def fields(self) -> set[str]:
        """The fields that its tables give."""
        return {column.field for part in self.parts for column in part.header.mapping}

    @property
    def rows(self) -> int:
        """The rows below the first header; without one, the rows below the first."""
        filled = [row.number for row in self.table.rows if not row.is_empty]
        first = min((part.header.row for part in self.parts), default=filled[0] if filled else 0)
        return sum(number > first for number in filled)

    def values(self, *names: str) -> set[str]:
        """Return what its columns of these fields hold, in plain form; of brand and model the model."""
        return {
            plain(read_product(value).model if name == "brand_and_model" else value)
            for part in self.parts
            for name in names
            for n in part.header.indexes(name)
            for value in part.header.profiles[n].values
        }

    @property
    def quantity(self) -> int:
        """The sum of the numbers in its columns of quantities; the number of rows without one."""
        total = 0
        for part in self.parts:
            columns = part.header.indexes("quantity")
            for row in part.table.rows:
                if row.number <= part.header.row or row.is_empty:
                    continue
                cells = [row.texts[n] for n in columns if n < len(row.texts)]
                if any(vocabulary().is_total(cell) for cell in row.texts if cell):
                    continue
                total += sum(read_number(cell) or 0 for cell in cells) if columns else 1
        return total

    def left_out(self) -> LeftOut:
        """Return the sheet as records that are not counted."""
        sample = [" ".join(filter(None, row.texts)) for row in self.table.rows if not row.is_empty][:2]
        place = f"sheet '{self.name}'"
        include = f"{PREFIX}{self.name}" if self.parts else ""
        return LeftOut(place, self.reason or NO_LIST(self.name), "; ".join(sample)[:200], self.rows, include)


def NO_LIST(sheet: str) -> Text:  # noqa: N802 - a sentence, as its neighbours
    """Return the reason for a sheet without devices."""
    return text("Sheet “{sheet}” holds no table of devices and was left out", sheet=sheet)


def set_aside(sheets: Sequence[Sheet], include: Iterable[str]) -> None:
    """State for each sheet whether it is the list; those that a person included are.

    A sheet is the list unless another one is; a hidden sheet never is by itself.
    """
    included = {name.removeprefix(PREFIX).casefold() for name in include if name.startswith(PREFIX)}
    for sheet in sheets:
        if not sheet.parts:
            words, name = lexicon().sheets, plain(sheet.name)
            top = [row for row in sheet.table.rows[:20] if not row.is_empty][:_ROWS_ABOVE]
            if sheet.table.is_hidden:
                sheet.reason = text("Hidden sheet “{sheet}” is not counted", sheet=sheet.name)
            elif sheet.table.is_pivot or _has_pivot_words(sheet.table) or words["summary"].search(name):
                sheet.reason = text("Sheet “{sheet}” sums up the list and is not counted", sheet=sheet.name)
            elif words["prices"].search(name) or any(
                lexicon().is_in(cell, "money") for row in top for cell in row.texts if cell
            ):
                sheet.reason = text("Sheet “{sheet}” holds prices and is not counted", sheet=sheet.name)
            else:
                sheet.reason = NO_LIST(sheet.name)
            if not sheet.table.is_hidden and sheet.reason == NO_LIST(sheet.name):
                rows = sheet.table.rows[:ROWS_LOOKED_AT]
                products = {
                    cell for row in rows for cell in row.texts if cell and len(cell) <= _LONGEST_PRODUCT
                }
                if count := sum(is_product(cell) or is_known_model(cell) for cell in products):
                    sentence = text(
                        "Sheet “{sheet}” names {count} models, but no table was recognised in it; none was "
                        "counted",
                        sheet=sheet.name,
                        count=count,
                    )
                    sheet.doubts.append(InventoryProblem(f"sheet '{sheet.name}'", sentence))
        elif sheet.table.is_hidden:
            sheet.reason = text("Hidden sheet “{sheet}” is not counted", sheet=sheet.name)
    for judge in (_is_draft, _is_pivot, _is_of_no_devices, _is_price_list, _is_old, _is_summary):
        # Set those sheets aside for which a reason is given, as long as another list is left
        lists = [sheet for sheet in sheets if sheet.reason is None]
        reasons = [(sheet, judge(sheet, [other for other in lists if other is not sheet])) for sheet in lists]
        if not all(reason for _, reason in reasons):
            for sheet, reason in reasons:
                sheet.reason = reason
    for sheet in sheets:
        if sheet.name.casefold() in included and sheet.parts:
            sheet.reason = None


def _is_draft(sheet: Sheet, _: Sequence[Sheet]) -> Text | None:
    if lexicon().sheets["draft"].search(plain(sheet.name)):
        return text("Sheet “{sheet}” holds notes or a draft and is not counted", sheet=sheet.name)
    return None


def _is_of_no_devices(sheet: Sheet, others: Sequence[Sheet]) -> Text | None:
    """Return the reason for a sheet of people, tasks or the like, where another one names products."""
    if _OWN & sheet.fields or not any(_OWN & other.fields for other in others):
        return None
    columns = [column.column for part in sheet.parts for column in part.header.mapping]
    is_of_people = any(lexicon().has(name, "of_people") for name in columns)
    if is_of_people or lexicon().sheets["people"].search(plain(sheet.name)):
        return text("Sheet “{sheet}” holds contacts and is not counted", sheet=sheet.name)
    kinds = [part.header.profiles[n] for part in sheet.parts for n in part.header.indexes("kind")]
    if "quantity" not in sheet.fields and kinds and not any(values.share("kind") for values in kinds):
        return NO_LIST(sheet.name)
    return None


def _is_pivot(sheet: Sheet, _: Sequence[Sheet]) -> Text | None:
    has_detail = bool({"serial", "mac", "address"} & sheet.fields)
    if _has_pivot_words(sheet.table) or (sheet.table.is_pivot and not has_detail):
        return text("Sheet “{sheet}” sums up the list and is not counted", sheet=sheet.name)
    return None


def _has_pivot_words(table: RawTable) -> bool:
    words = lexicon()
    filled = [row for row in table.rows[:20] if not row.is_empty][:_ROWS_ABOVE]
    return any(
        words.is_in(cell, "pivot") or words.starts(cell, "pivot_values")
        for row in filled
        for cell in row.texts[:6]
        if cell
    )


def _is_price_list(sheet: Sheet, others: Sequence[Sheet]) -> Text | None:
    columns = [column.column for part in sheet.parts for column in part.header.mapping]
    has_money = any(lexicon().has(name, "money") or "€" in name for name in columns)
    is_named = lexicon().sheets["prices"].search(plain(sheet.name)) is not None
    is_of_products = not ({"serial", "mac", "address", "quantity"} | _PLACE) & sheet.fields
    has_list = any(({"serial", "mac", "address"} | _PLACE) & other.fields for other in others)
    if (is_named and has_list) or (has_money and is_of_products and has_list):
        return text("Sheet “{sheet}” holds prices and is not counted", sheet=sheet.name)
    return None


def _is_old(sheet: Sheet, others: Sequence[Sheet]) -> Text | None:
    name = plain(sheet.name)
    reason = text("Sheet “{sheet}” is an earlier list and is not counted", sheet=sheet.name)
    if lexicon().sheets["old"].search(name):
        return reason
    year = _year(sheet)
    for other in others if year else ():
        bought = (
            int(year_bought)
            for part in other.parts
            for n in part.header.indexes("bought")
            for value in part.header.profiles[n].values
            for year_bought in _YEAR.findall(value)
        )
        newer = _year(other) or max(bought, default=None)
        # whether a sheet lists several sites, so that its name is not that of one
        is_same = _stem(sheet.name) in {_stem(other.name), ""} or any(
            part.header.profiles[n].values and len(set(part.header.profiles[n].values)) > 1
            for part in sheet.parts
            for n in part.header.indexes("site")
        )
        if not newer or not year or newer <= year or not is_same:
            continue
        if _shared(sheet, other) < MOST_SHARED:
            return reason
        sentence = text(
            "Sheet “{sheet}” is an earlier list than “{other}” and shares devices with it; both were counted",
            sheet=sheet.name,
            other=other.name,
        )
        sheet.doubts.append(InventoryProblem(f"sheet '{sheet.name}'", sentence))
    if _YEAR.search(sheet.name) and others and not any(map(_year, others)):
        own, named = _places(sheet), {plain(other.name) for other in others}.union(*map(_places, others))
        is_shared = any(_shared(sheet, other) >= MOST_SHARED for other in others)
        if bool(own) and len(own & named) * 2 >= len(own) and not is_shared:
            sentence = text(
                "Sheet “{sheet}” has a year and the sheets of its places have none; it was left "
                "out as earlier",
                sheet=sheet.name,
            )
            sheet.doubts.append(InventoryProblem(f"sheet '{sheet.name}'", sentence))
            return reason
    return None


def _places(sheet: Sheet) -> set[str]:
    """Return the sites of a sheet in plain form; its places if it has no sites."""
    for name in ("site", "place"):
        columns = [part.header.profiles[n] for part in sheet.parts for n in part.header.indexes(name)]
        if columns:
            return {plain(value) for values in columns for value in values.values}
    return set()


def _shared(sheet: Sheet, other: Sheet) -> float:
    """Return the share of the serial numbers of a sheet that another has too.

    Where it is high, counting both adds only the devices that the other lacks.
    """
    own, others = _serials(sheet), _serials(other)
    return len(own & others) / len(own) if own else 0.0


def _serials(sheet: Sheet) -> set[str]:
    return {
        plain(value)
        for part in sheet.parts
        for n in part.header.indexes("serial")
        for value in part.header.profiles[n].values
    }


def _year(sheet: Sheet) -> int | None:
    """Return the year in the name of a sheet, else the last one in its title."""
    years = _YEAR.findall(sheet.name)
    if not years and sheet.parts:
        top = min(part.header.top or part.header.row for part in sheet.parts)
        titles = (row for row in sheet.table.rows[:_ROWS_ABOVE] if row.number < top)
        years = [year for row in titles for cell in row.texts if cell for year in _YEAR.findall(cell)]
    return max(map(int, years)) if years else None


def _stem(name: str) -> str:
    """Return what the name of a sheet says beside years and words for any list."""
    words = plain(_YEAR.sub(" ", name)).split()
    return " ".join(word for word in words if word not in lexicon().words["generic"] and not word.isdigit())


def _is_summary(sheet: Sheet, others: Sequence[Sheet]) -> Text | None:
    reason = text("Sheet “{sheet}” sums up the list and is not counted", sheet=sheet.name)
    has_lists = any(_DETAIL & other.fields for other in others)
    if not has_lists or {"serial", "mac", "address", "label"} & sheet.fields:
        return None
    total = sum(other.quantity for other in others)
    names = next(filter(None, (sheet.values(*fields) for fields in _SUMMED_BY)), set())
    listed = set().union(*(other.values(*fields) for other in others for fields in _SUMMED_BY))
    is_shared = len(names & listed) * 2 >= len(names)
    if lexicon().sheets["summary"].search(plain(sheet.name)):
        if sheet.quantity > total and is_shared:
            sheet.doubts.append(_other_sum(sheet, total))
        return reason if sheet.quantity <= total or is_shared else None  # else it lists what no other does
    width = max(len(part.header.mapping) for part in sheet.parts)
    if width > _SUMMED or "quantity" not in sheet.fields:
        return None
    if sheet.quantity in {total, *(other.quantity for other in others)}:
        return reason
    has_model = bool({"model", "brand_and_model"} & sheet.fields)
    is_near = _ALIKE[0] * total <= sheet.quantity <= _ALIKE[1] * total
    if names and is_shared and (is_near if has_model else width == _SUMMED - 1):
        sheet.doubts.append(_other_sum(sheet, total))
        return reason
    return None


def _other_sum(sheet: Sheet, total: int) -> InventoryProblem:
    sentence = text(
        "Sheet “{sheet}” sums up {count} devices, but the other sheets list {total}; the lists were counted",
        sheet=sheet.name,
        count=sheet.quantity,
        total=total,
    )
    return InventoryProblem(f"sheet '{sheet.name}'", sentence)


def with_sheet_names(parts: Sequence[Part]) -> list[Part]:
    """Return tables with what the name of their sheet says: a state, or the site where each has a sheet."""
    names = dict.fromkeys(part.table.sheet for part in parts)
    orders = {name for name in names if lexicon().sheets["planned"].search(plain(name))}
    named = []
    for part in parts:
        name = part.table.sheet
        state = state_in(name, is_status=False) if name else None
        if state in {State.PLANNED, State.OUT_OF_USE} and not part.status:
            part = replace(part, status=name)  # noqa: PLW2901
        elif (
            name in orders and len(orders) < len(names) and not (part.status or part.header.indexes("status"))
        ):
            sentence = text(
                "Sheet “{sheet}” has the name of an order; its devices were counted as planned", sheet=name
            )
            doubt = InventoryProblem(f"sheet '{name}'", sentence)
            part = replace(part, status=NEW, doubts=(*part.doubts, doubt))  # noqa: PLW2901
        elif len(names) > 1 and not part.heading and _stem(name) and not part.header.indexes("site"):
            part = replace(part, heading=name)  # noqa: PLW2901
        named.append(part)
    return named
