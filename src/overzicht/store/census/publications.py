"""Publications of a round: the overviews that others were given, from the log."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from overzicht.census.answers import Question
from overzicht.store import schema
from overzicht.store.database import Transaction

PUBLISHED = "publish census overview"


@dataclass(frozen=True, slots=True)
class Publication:
    """An overview of a round on a date for a question, given to others."""

    round_id: str
    day: date
    question: Question


def publications_of(connection: Connection, round_id: str) -> list[Publication]:
    """Return the publications of a round without duplicates, in order."""
    log = schema.log
    query = select(log.c.detail).where(log.c.action == PUBLISHED, log.c.subject == round_id)
    publications = [
        Publication(
            round_id,
            date.fromisoformat(detail["day"]),
            Question(frozenset(detail["makers"]), detail["kind"]),
        )
        for (detail,) in connection.execute(query.order_by(log.c.seq))
    ]
    return list(dict.fromkeys(publications))


def add_publication(tx: Transaction, new: Publication) -> None:
    """Record that an overview was given to others."""
    question = {"makers": sorted(new.question.makers), "kind": new.question.kind}
    tx.log(PUBLISHED, new.round_id, day=new.day.isoformat(), **question)
