"""The packaged facts about questions: the term for answering, and how parties are printed."""

from functools import cache

from pydantic import Field

from overzicht.evidence import Text
from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts
from overzicht.subjects.questions.words import fold


class Term(StrictModel, extra="ignore"):
    """The term for answering, in calendar days; `extended` counts from the asking too, after a notice."""

    days: int
    extended: int = Field(alias="extended_days")
    too_few: int
    rule: str
    address: str
    notes: tuple[LocalizedText, ...] = Field(alias="unverified")

    @property
    def unverified(self) -> tuple[Text, ...]:
        """Points without a source."""
        return tuple(note.text for note in self.notes)


class _Parties(StrictModel):
    parties: dict[str, tuple[str, ...]]


@cache
def term() -> Term:
    """Return the term of `data/term.yml`; PackagedFactError where the file is not in its form."""
    return packaged_facts(Term, "overzicht.subjects.questions", "data/term.yml")


def party_of(printed: str) -> str:
    """Return the short name of a party as printed in any form; an unknown one stays as it is."""
    return _parties().get(_folded(printed), " ".join(printed.split()))


@cache
def _parties() -> dict[str, str]:
    names = packaged_facts(_Parties, "overzicht.subjects.questions", "data/parties.yml").parties
    return {_folded(form): short for short, forms in names.items() for form in (short, *forms)}


def _folded(printed: str) -> str:
    return "".join(printed.casefold().split())


class _Commonplace(StrictModel):
    function_words: str
    exchange: str


@cache
def commonplace_words() -> frozenset[str]:
    """Return the folded words that say nothing about the subject of a question."""
    words = packaged_facts(_Commonplace, "overzicht.subjects.questions", "data/commonplace.yml")
    return frozenset(fold(word) for word in f"{words.function_words} {words.exchange}".split())
