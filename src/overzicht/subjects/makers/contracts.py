"""The values of manufacturers that programs read."""

from overzicht.views.contracts import Contract
from overzicht.views.makers import MakerLine, MakerView

CONTRACTS = (
    Contract(MakerLine, address="/makers"),
    Contract(MakerView, address="/makers/{maker_id}"),
)
