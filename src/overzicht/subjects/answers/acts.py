"""Acts that designate parties for a reason that the list file leaves out."""

from datetime import date
from functools import cache
from itertools import chain

from pydantic import Field, RootModel

from overzicht.entities import Listing, Record
from overzicht.evidence.packaged import StrictModel, packaged_facts
from overzicht.names.normal import exact_key


class Act(StrictModel):
    """An act or announcement: it marks entries by citation, by programme and start date, or by name.

    A name suffices, because those list files state no dates. An act with `is_mixed` lists parties for other
    reasons as well: it marks nobody.
    """

    theme: str
    lists: tuple[str, ...]
    since: date
    source: str = Field(pattern="^https://")
    cites: tuple[str, ...] = ()
    programme: str = ""
    names: tuple[str, ...] = ()
    is_mixed: bool = False

    @property
    def search_words(self) -> tuple[str, ...]:
        """The words for a search; a record under this act contains at least one of them."""
        longest = (max(name.split(), key=len) for name in self.names)
        return tuple(chain(self.cites, longest, [self.since.isoformat()] if self.programme else []))

    def covers(self, record: Record, listing: Listing) -> bool:
        """Return whether the act states the reason of a listing."""
        if self.is_mixed or listing.list_id not in self.lists:
            return False
        if self.names:
            return bool(self._name_keys & {_name_key(name) for name in record.names})
        if listing.period.start is None or listing.period.start.day != self.since:
            return False
        cited = any(cite in listing.act for cite in self.cites)
        return cited or bool(self.programme and listing.programme.startswith(self.programme))

    @property
    def _name_keys(self) -> set[frozenset[str]]:
        return {_name_key(name) for name in self.names}


class _Acts(RootModel[tuple[Act, ...]]):
    pass


@cache
def acts_on(theme: str) -> tuple[Act, ...]:
    """Return the acts on a theme, in the order of the file."""
    acts = packaged_facts(_Acts, "overzicht.subjects.answers", "data/acts.yml").root
    return tuple(act for act in acts if act.theme == theme)


def is_minimum(theme: str, list_id: str, day: date) -> bool:
    """Return whether a count for a list is a minimum, because an act in force is mixed."""
    return any(act.is_mixed and list_id in act.lists and act.since <= day for act in acts_on(theme))


def _name_key(name: str) -> frozenset[str]:
    return frozenset(exact_key(name).split())
