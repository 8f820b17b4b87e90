"""The overview as one HTML file: own style, own content policy, no script, nothing fetched.

The stylesheet is allowed by its hash alone, so a text that slipped through the escaping could neither run
nor restyle the page.
"""

import base64
import hashlib
from functools import cache, partial
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from overzicht.evidence import text
from overzicht.reports import vocabulary
from overzicht.reports.citations import CitationIndex
from overzicht.reports.html import charts, groups, ownership, view
from overzicht.reports.html.svg import Caption
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.model import OverviewReport
from overzicht.reports.tables import by_count
from overzicht.reports.templating import environment_for
from overzicht.reports.vocabulary import tellers

WEB_ADDRESSES = ("https://", "http://")
HASH_SHOWN = 12  # hexadecimal digits that name a snapshot in print


def render_html(report: OverviewReport, lang: Language) -> str:
    """Return the page; without the extra `charts` tables stand where the pictures would be, and say why."""
    words = words_for(lang)
    page = page_environment(words.lang, "overzicht.reports").get_template("overview.html")
    return page.render(**_head(report), **_pictures(report, words), **_content(report, words))


def content_policy(css: str) -> str:
    """Return the policy that allows this stylesheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def stylesheet() -> str:
    """Return the packaged stylesheet."""
    return files("overzicht.reports").joinpath("assets", "report.css").read_text(encoding="utf-8")


def _head(report: OverviewReport) -> dict[str, Any]:
    css = stylesheet()
    return {"report": report, "css": Markup(css), "policy": content_policy(css)}  # noqa: S704  # our own file


def _pictures(report: OverviewReport, words: Words) -> dict[str, Any]:
    caption = Caption(
        "fig-ownership",
        words.say(text("Who owns the makers")),
        words.say(text("Owners on the left, with arrows to what they own; each arrow tells the share.")),
    )
    return {
        "makers_figure": view.makers_figure(report, words),
        "places_figure": view.places_figure(report, words),
        "timeline_figure": view.timeline_figure(report, words),
        "confidence_figure": view.confidence_figure(report, words),
        "ownership_picture": ownership.ownership_picture(report, caption, words),
        "has_charts": charts.are_available(),
        "has_graphs": ownership.is_available(),
    }


def _content(report: OverviewReport, words: Words) -> dict[str, Any]:
    grouped = groups.grouped(report, words)
    places, left_out = groups.largest_places(report.places)
    return {
        "index": CitationIndex(report),
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
        "confidence_counts": view.confidence_counts(report),
        "binding_lists": [entry for entry in report.lists if entry.binds_reader],
    }


@cache
def page_environment(lang: Language, *packages: str) -> jinja2.Environment:
    """Return the environment over the templates of the packages, with the words and helpers of our macros."""
    words = words_for(lang)
    environment = environment_for(words, *packages)
    environment.globals.update(
        lang=words.lang.value,
        words=words,
        say=words.say,
        day=words.day,
        num=words.number,
        by_count=by_count,
        is_web_address=is_web_address,
        site_name=partial(view.site_name, words=words),
        hash_shown=HASH_SHOWN,
        **tellers(words, _TABLES),
    )
    return environment


_TABLES = {
    "answer_word": vocabulary.ANSWERS,
    "answer_meaning": vocabulary.ANSWER_MEANINGS,
    "confidence_word": vocabulary.CONFIDENCES,
    "confidence_meaning": vocabulary.CONFIDENCE_MEANINGS,
    "kind_word": vocabulary.KINDS,
    "relation_word": vocabulary.RELATIONS,
    "outcome_word": vocabulary.OUTCOMES,
    "basis_word": vocabulary.BASES,
    "input_word": vocabulary.INPUT_KINDS,
}


def is_web_address(address: str) -> bool:
    """Return whether an address may be a link: only pages of the web, never `javascript:` or a file."""
    return address.lower().startswith(WEB_ADDRESSES)
