"""The overview as one HTML file: own style, own content policy, no script, nothing fetched."""

from overzicht.reports.citations import CitationIndex
from overzicht.reports.html import charts, groups, ownership, view
from overzicht.reports.html.document import Page
from overzicht.reports.html.svg import Caption
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.overview_report import OverviewReport


def render_html(report: OverviewReport, lang: Language) -> str:
    """Return the page; without the extra `charts` it has tables in place of pictures."""
    words = words_for(lang)
    caption = Caption(
        "fig-ownership",
        words.text("Owners of the manufacturers"),
        words.text("Owners on the left, with arrows to what they own; each arrow shows the share."),
    )
    pictures = {
        "makers_figure": view.makers_figure(report, words),
        "places_figure": view.places_figure(report, words),
        "timeline_figure": view.entries_figure(report.listings, report.as_of, words),
        "confidence_figure": view.confidence_figure(report, words),
        "ownership_picture": ownership.ownership_picture(report, caption, words),
        "has_charts": charts.are_available(),
        "has_graphs": ownership.is_available(),
    }
    grouped = groups.grouped(report, words)
    places, left_out = groups.largest_places(report.places)
    content = {
        "index": CitationIndex(report, with_places=grouped is None),
        "headlines": view.headlines(report, words),
        "organisations": view.organisations(report),
        "listing_groups": view.listing_groups(report, words),
        "maker_names": {maker.maker_id: maker.name for maker in report.makers},
        "listings": view.by_date(report.listings),
        "matrix": view.matrix(report, words),
        "grouped": grouped,
        "sites": () if grouped else view.sites(report, words),
        "places": places,
        "places_left_out": left_out,
        "problems_shown": groups.ENTRIES_SHOWN,
        "silent_lists": view.silent_lists(report),
        "vulnerability_rows": {row.id: row for row in report.vulnerabilities},
        "vulnerability_counts": report.devices_by_vulnerability,
        "confidence_counts": view.confidence_counts(report),
        "binding_lists": [entry for entry in report.lists if entry.binds_reader],
    }
    parts = {**pictures, **content}
    return Page("overview.html").render(lang, report.version, report=report, **parts)
