"""A suggestion for columns that were not used: the field that the values of one of them fit."""

from collections.abc import Collection, Mapping

from overzicht.sources.inventories.tables.assignment import MOST
from overzicht.sources.inventories.tables.shapes import Profile

SURE = (  # fields and the shape of their values
    ("mac", "mac"), ("address", "ip"), ("address", "url"), ("bought", "date"), ("firmware", "version"),
    ("brand_and_model", "brand and model"), ("brand", "brand"), ("model", "known model"), ("kind", "kind"),
)  # fmt: skip
DISTINCT = 0.9  # share of different values in a column of numbers or names of devices
REPEATED = 0.5  # most different values in a column of places


def suggestion(columns: Mapping[str, Profile], given: Collection[str]) -> tuple[str, str]:
    """Return the column and the field to suggest: of the first column whose values fit a field.

    `given` are the fields that other columns give. Without values that fit, it is the first column, as a
    description.
    """
    for name, values in columns.items():
        # the field that values fit and that no other column gives; empty if there is none
        sure = [field for field, shape in SURE if values.share(shape) >= MOST]
        # a second address is that of another device, such as a switch
        candidates = sure[:1]
        if not candidates:
            # the fields that values without a sure shape may be, the likeliest first
            is_varied = values.distinct >= DISTINCT and not values.is_counter
            if is_varied:
                candidates = ["serial", "label"] if values.share("digit") >= MOST else ["label"]
            elif values.share("model") >= MOST:
                candidates = ["model"]
            elif values.share("number") >= MOST:
                candidates = [] if values.is_counter else ["quantity"]
            else:
                candidates = ["place"] if values.distinct <= REPEATED else []
        if field := next((field for field in candidates if field not in given), ""):
            return name, field
    return next(iter(columns)), "description"
