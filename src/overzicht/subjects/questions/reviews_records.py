"""Reviews of the sentences of drafted answers: a decision is added or withdrawn, never changed."""

from sqlalchemy import Connection, select

from overzicht.store.database import Transaction, row_of
from overzicht.store.rows import value_of
from overzicht.store.tables.questions import sentence_review as table
from overzicht.subjects.questions.reviews import SentenceReview


def add_review(tx: Transaction, review: SentenceReview) -> int:
    """Store a decision and return its number; the newest one on a sentence is in force."""
    number = tx.insert(table, **row_of(review, table))
    tx.log(
        "review sentence",
        review.set_number,
        review=number,
        question=review.question,
        sentence=review.sentence,
        decision=review.decision.value,
        reason=review.reason,
    )
    return number


def withdraw_review(tx: Transaction, set_number: str, number: int) -> None:
    """Withdraw a decision; UnknownNameError if the set has none of this number in force."""
    conditions = (table.c.id == number, table.c.set_number == set_number)
    tx.withdraw(table, *conditions, missing=("review in force", str(number)))
    tx.log("withdraw review", set_number, review=number)


def reviews_of(connection: Connection, set_number: str) -> list[SentenceReview]:
    """Return the decisions on a set that are in force, by sentence the newest, oldest first."""
    query = select(table).where(table.c.set_number == set_number, table.c.withdrawn_at.is_(None))
    newest: dict[str, SentenceReview] = {}
    for row in connection.execute(query.order_by(table.c.id)):
        newest.pop(row.sentence, None)
        newest[row.sentence] = value_of(SentenceReview, row)
    return list(newest.values())


def reviewed_sets(connection: Connection) -> frozenset[str]:
    """Return the numbers of the sets with a decision in force."""
    query = select(table.c.set_number).distinct().where(table.c.withdrawn_at.is_(None))
    return frozenset(connection.execute(query).scalars())
