"""The values of licences and denials that programs read."""

from overzicht.subjects.licensing.authorisation_use_records import AuthorisationUse
from overzicht.subjects.licensing.case_list import CaseLine
from overzicht.subjects.licensing.case_views import CaseDenials
from overzicht.subjects.licensing.cases import CaseView
from overzicht.subjects.licensing.compare import Comparison
from overzicht.subjects.licensing.denials_operations import DenialStanding
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(AuthorisationUse, "control use list", "/control/uses"),
    Contract(CaseLine, "licence list", "/licences"),
    Contract(CaseView, "licence show", "/licences/{case_id}"),
    Contract(CaseDenials, address="/licences/{case_id}/denials"),
    Contract(Comparison, "control compare", "/licences/{case_id}/comparison"),
    Contract(DenialStanding, "denial list, denial show", "/denials"),
)
