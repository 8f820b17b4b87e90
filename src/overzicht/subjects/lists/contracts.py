"""The values of the lists that programs read."""

from overzicht.subjects.lists.views import DiffView, KeptSnapshotView, ListView
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(ListView, "lists status", "/lists"),
    Contract(DiffView, "lists diff", "/lists/{list_id}/diff"),
    Contract(KeptSnapshotView, address="/snapshots"),
)
