"""The values of dossiers that programs read."""

from overzicht.subjects.dossiers.importing import Imported
from overzicht.subjects.dossiers.views import DossierLine, DossierView
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(DossierLine, "dossier list", "/dossiers"),
    Contract(DossierView, "dossier show", "/dossiers/{dossier_id}"),
    Contract(Imported, "dossier import", "/dossiers/import"),
)
