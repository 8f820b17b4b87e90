"""The values of manufacturers that programs read."""

from overzicht.subjects.makers.views import MakerLine, MakerView
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(MakerLine, address="/makers"),
    Contract(MakerView, address="/makers/{maker_id}"),
)
