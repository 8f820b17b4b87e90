"""Publications of a round: the overviews that others were given, from the log."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from overzicht.census.answers import Question
from overzicht.store import schema
from overzicht.store.database import Transaction

PUBLISHED = "publish census overview"
Sets = Mapping[str, tuple[frozenset[int], ...]]  # by round


@dataclass(frozen=True, slots=True)
class Publication:
    """An overview of a round on a date for a question, given to others.

    `devices` are the sets of returns that its numbers of devices are about, and `answers` those of its
    numbers of answers, by round: a comparison tells about an earlier round too.
    """

    round_id: str
    day: date
    question: Question
    devices: Sets
    answers: Sets

    @classmethod
    def from_json(cls, round_id: str, data: Mapping[str, Any]) -> "Publication":
        """Return the publication of an entry of the log."""
        return cls(
            round_id,
            date.fromisoformat(data["day"]),
            Question(frozenset(data["makers"]), data["kind"]),
            *(
                {name: tuple(map(frozenset, own)) for name, own in data[kind].items()}
                for kind in ("devices", "answers")
            ),
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as the log has it."""
        return {
            "day": self.day.isoformat(),
            "makers": sorted(self.question.makers),
            "kind": self.question.kind,
            "devices": {name: list(map(sorted, own)) for name, own in self.devices.items()},
            "answers": {name: list(map(sorted, own)) for name, own in self.answers.items()},
        }


def list_publications(connection: Connection) -> Sequence[Publication]:
    """Return the publications of all rounds in order."""
    log = schema.log
    query = select(log.c.subject, log.c.detail).where(log.c.action == PUBLISHED).order_by(log.c.seq)
    return [Publication.from_json(subject, detail) for subject, detail in connection.execute(query)]


def add_publication(tx: Transaction, new: Publication) -> None:
    """Record that an overview was given to others."""
    tx.log(PUBLISHED, new.round_id, **new.to_json())
