"""The overview report as files, JSON and a summary for the terminal."""

from functools import partial

from overzicht.cli.options import Request
from overzicht.reports.interface import RENDERERS, Format
from overzicht.reports.model import OverviewReport
from overzicht.reports.terminal import render_terminal

FORMATS = tuple(f".{form.value}" for form in Format if form is not Format.TERMINAL)


def deliver_overview(request: Request, report: OverviewReport) -> None:
    """Write the report to the files of --out, and print its summary or, if requested, its JSON."""

    def summary() -> list[str]:
        return [render_terminal(report, request.language, list(map(str, request.out))).rstrip("\n")]

    formats = {f".{form.value}": partial(RENDERERS[form], report, request.language) for form in Format}
    request.deliver(formats, summary, summary=summary)
