"""The values of overviews that programs read."""

from overzicht.evidence import Finding
from overzicht.store.runs import StoredRun
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(StoredRun, "runs", "/runs"),
    Contract(Finding, "explain, dossier active", "/runs/{run_id}/findings, /activity"),
)
