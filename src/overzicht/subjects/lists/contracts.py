"""The values of the lists that programs read."""

from overzicht.views.contracts import Contract
from overzicht.views.lists import DiffView, KeptSnapshotView, ListView

CONTRACTS = (
    Contract(ListView, "lists status", "/lists"),
    Contract(DiffView, "lists diff", "/lists/{list_id}/diff"),
    Contract(KeptSnapshotView, address="/snapshots"),
)
