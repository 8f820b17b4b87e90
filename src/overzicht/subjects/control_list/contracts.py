"""The values of the control list that programs read."""

from overzicht.subjects.control_list.views import (
    ControlListVersion,
    FoundProvisions,
    InstalledView,
    ListChanges,
    ProvisionView,
)
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(ControlListVersion, "control versions", "/control/versions"),
    Contract(ProvisionView, "control show", "/control/provisions/{path}"),
    Contract(FoundProvisions, "control search", "/control/search"),
    Contract(ListChanges, "control diff", "/control/diff"),
    Contract(InstalledView, "control update"),
)
