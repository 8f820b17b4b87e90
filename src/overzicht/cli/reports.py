"""The overview report as files, JSON and a summary for the terminal."""

from functools import partial

from overzicht.cli.options import Request
from overzicht.reports.interface import RENDERERS, Format
from overzicht.reports.model import OverviewReport
from overzicht.reports.terminal import render_terminal

FORMATS = tuple(f".{each.value}" for each in Format if each is not Format.TERMINAL)


def deliver_overview(request: Request, report: OverviewReport) -> None:
    """Write the report to the files of --out, and print its summary or, if requested, its JSON."""

    def summary() -> list[str]:
        return [render_terminal(report, request.language, list(map(str, request.out))).rstrip("\n")]

    formats = {f".{each.value}": partial(RENDERERS[each], report, request.language) for each in Format}
    request.deliver(formats, summary, summary=summary)
