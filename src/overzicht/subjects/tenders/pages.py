"""Tenders: what a notice names of makers, with their listings, and a clause for a specification."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, File, Query, UploadFile
from starlette.responses import HTMLResponse

from overzicht.reports.i18n import Language, words_for
from overzicht.reports.overview_report import ListingRow
from overzicht.subjects.makers import profile
from overzicht.subjects.makers.profile import MakerFacts
from overzicht.subjects.tenders import clause as clauses
from overzicht.subjects.tenders.named_makers import SeenFile, look_into
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext
from overzicht.web.fields import Key
from overzicht.web.uploads import copies_of

router = APIRouter(prefix="/tenders")
MOST_FILES, MOST_MAKERS = 20, 50


@dataclass(frozen=True, slots=True)
class NamedMaker:
    """A maker that a notice names, and the answer of the lists about it and its owners."""

    facts: MakerFacts

    @property
    def current(self) -> tuple[ListingRow, ...]:
        """The listings in force of the maker and its owners."""
        return tuple(row for row in self.facts.listings if row.is_current)


@router.get("", response_class=HTMLResponse)
def form(context: PageReader) -> HTMLResponse:
    """Show the form for files of notices."""
    return context.render("tenders.html", seen=None)


@router.post("", response_class=HTMLResponse)
def read(
    context: PageReader, files: Annotated[list[UploadFile], File(max_length=MOST_FILES)]
) -> HTMLResponse:
    """Show what the notices in files name; nothing is stored."""
    with copies_of(files) as paths:
        seen = list(look_into(paths, context.day))
    return context.render("tenders.html", seen=seen, makers=_makers(context, seen))


def _makers(context: PageContext, seen: list[SeenFile]) -> dict[str, NamedMaker]:
    ids = dict.fromkeys(
        named.identification.maker_id
        for file in seen
        for notice in file.notices
        for named in notice.named
        if named.identification.maker_id
    )
    return {maker_id: NamedMaker(profile.show(context, maker_id)) for maker_id in list(ids)[:MOST_MAKERS]}


@router.get("/clause", response_class=HTMLResponse)
def clause(
    context: PageReader, maker: Annotated[list[Key] | None, Query(max_length=MOST_MAKERS)] = None
) -> HTMLResponse:
    """Show a clause for a specification in both languages; `maker` names makers whose lists it mentions."""
    makers = [NamedMaker(profile.show(context, maker_id)) for maker_id in dict.fromkeys(maker or ())]
    listings = [row for named in makers for row in named.current]
    both = [
        words_for(context.words.lang),
        *(words_for(lang) for lang in Language if lang != context.words.lang),
    ]
    return context.render(
        "tender_clause.html",
        makers=makers,
        is_listed=bool(listings),
        texts=[
            (words.lang.value, words.say(clauses.TITLE), clauses.clause(listings, words)) for words in both
        ],
        directive=clauses.DIRECTIVE,
    )
