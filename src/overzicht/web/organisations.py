"""The organisations that a person may see, as lines and as choices of a form."""

from datetime import date

from overzicht.store.register.organisations import OrganisationLine, list_organisations
from overzicht.web.context import PageContext, RequestContext

Choice = tuple[str, str]  # value and label


def visible_organisations(context: RequestContext, day: date) -> list[OrganisationLine]:
    """Return the organisations of a date that the principal may see."""
    ids = context.allowed_ids(day)
    with context.store.reading() as connection:
        lines = list_organisations(connection, day)
    return [line for line in lines if ids is None or line.id in ids]


def organisation_choices(context: PageContext, day: date, *, changes: bool = False) -> list[Choice]:
    """Return the visible organisations of a date as an indented tree; with `changes`, those to edit."""
    lines = visible_organisations(context, day)
    least = min((line.depth for line in lines), default=0)
    return [
        (line.id, "\u2003" * (line.depth - least) + line.name)
        for line in lines
        if not changes or context.may_change(line.id)
    ]
