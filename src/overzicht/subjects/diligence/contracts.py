"""The values of law and due diligence that programs read."""

from overzicht.subjects.diligence.diligence_views import FileLine
from overzicht.subjects.diligence.law_views import InstrumentLineView, InstrumentView, WeighingsView
from overzicht.subjects.diligence.views import YearReport
from overzicht.subjects.diligence.working_file import FileView
from overzicht.views.contracts import Contract

CONTRACTS = (
    Contract(InstrumentLineView, "law list", "/instruments"),
    Contract(InstrumentView, "law show", "/instruments/{instrument_id}"),
    Contract(WeighingsView, "law weigh", "/weighings"),
    Contract(FileLine, "diligence list", "/diligence"),
    Contract(FileView, "diligence show", "/diligence/{file_id}"),
    Contract(YearReport, "diligence report", "/diligence/{file_id}/report"),
)
