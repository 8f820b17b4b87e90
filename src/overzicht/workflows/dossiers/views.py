"""What reading a dossier returns; the values themselves belong to the reports, which render them."""

from overzicht.reports.dossiers.model import (
    ClaimView,
    DeviceCount,
    DossierLine,
    DossierView,
    ListingDay,
    Moment,
    ReplyView,
    SourceView,
    StepView,
    VersionView,
)

__all__ = [
    "ClaimView",
    "DeviceCount",
    "DossierLine",
    "DossierView",
    "ListingDay",
    "Moment",
    "ReplyView",
    "SourceView",
    "StepView",
    "VersionView",
]
