"""A dossier as one HTML page: own style and content policy, no script, nothing fetched."""

from collections.abc import Mapping
from typing import Any

from overzicht.reports.citations import NumberedCitations
from overzicht.reports.html import charts
from overzicht.reports.html.document import Page
from overzicht.reports.html.ownership import parties_in, stakes_picture
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import Figure, by_date, entries_figure
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.overview_report import ListingRow
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.dossiers.dossier_lines import MOMENTS, origins_text, version_head
from overzicht.subjects.dossiers.views import DossierView, undated
from overzicht.subjects.dossiers.weighing import ClaimStatus

STATUS_TONES: Mapping[str, str] = {
    ClaimStatus.CONFIRMED: "danger",
    ClaimStatus.CONFIRMED_IN_PART: "warning",
    ClaimStatus.DISPUTED: "warning",
    ClaimStatus.CONTRADICTED: "neutral",
}


class Sources(NumberedCitations):
    """The citations of a dossier, numbered from 1 in the order in which the page gives them."""

    def __init__(self, view: DossierView) -> None:
        citations = [*view.citations, *(edge.citation for edge in view.ownership)]
        citations += [row.citation for date in view.listings for row in date.listings]
        super().__init__(citations)


def render_dossier(view: DossierView, lang: Language) -> str:
    """Return the page; without the extra `charts` it has tables in place of pictures."""
    page = Page("dossier_document.html", "overzicht.subjects.dossiers", dossier_words)
    return page.render(lang, view=view, index=Sources(view), **pictures(view, words_for(lang)))


def pictures(view: DossierView, words: Words) -> dict[str, Any]:
    """Return the pictures of a dossier: listings along the years, and the owners of the party."""
    rows = last_listings(view)
    caption = Caption(
        "fig-ownership",
        words.text("Owners"),
        words.text("Owners on the left, with arrows to what they own; each arrow shows the share."),
    )
    listed = {row.party_id for row in rows}
    parties = parties_in(view.ownership, {view.line.about}, listed)
    figure: Figure = entries_figure(rows, view.as_of, words)
    return {
        "rows": rows,
        "figure": figure,
        "owners_picture": stakes_picture(view.ownership, parties, caption, words),
        "has_charts": charts.are_available(),
    }


def last_listings(view: DossierView) -> list[ListingRow]:
    """Return the entries in force on the latest of the dates shown, the oldest first."""
    rows = {row.id: row for date in view.listings[-1:] for row in date.listings}
    return by_date(list(rows.values()))


def dossier_words(words: Words) -> dict[str, Any]:
    """Return the words that templates of dossiers use, as functions of a value."""
    return {
        **tellers(words, {"moment_word": MOMENTS}),
        "all_said": lambda texts: "; ".join(words.say(sentence) for sentence in texts),
        "undated": lambda statement: words.say(undated(statement)),
        "status_tone": lambda status: STATUS_TONES.get(status, "unknown"),
        "origins": lambda claim: words.say(origins_text(claim)),
        "version_head": lambda version: version_head(version, words),
    }
