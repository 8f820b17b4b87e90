"""Pages of a long answer: `page` and `size` in the query, and one envelope around what they give."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

MOST = 200
LAST_PAGE = 100_000
Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """A part of a longer answer. `next_page` is null on the last one."""

    items: list[Item]
    total: int = Field(ge=0, description="how many there are in all")
    page: int = Field(ge=1)
    size: int = Field(ge=1, le=MOST)
    next_page: int | None

    @property
    def place(self) -> dict[str, int | None]:
        """Where this part stands in the whole, by the names of the fields."""
        return {"total": self.total, "page": self.page, "size": self.size, "next_page": self.next_page}


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part is asked for; pages are numbered from 1."""

    page: int
    size: int

    @property
    def offset(self) -> int:
        """How many come before."""
        return (self.page - 1) * self.size

    def has_next(self, total: int) -> bool:
        """Return whether anything comes after this page."""
        return self.page * self.size < total

    def envelope(self, items: Sequence[Item], total: int) -> Page[Item]:
        """Return the envelope around the items of this page."""
        following = self.page + 1 if self.has_next(total) and self.page < LAST_PAGE else None
        return Page(items=list(items), total=total, page=self.page, size=self.size, next_page=following)

    def cut(self, items: Sequence[Item]) -> Page[Item]:
        """Return this page of a sequence that is at hand as a whole."""
        return self.envelope(items[self.offset : self.offset + self.size], len(items))


def _paging(
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1,
    size: Annotated[int, Query(ge=1, le=MOST)] = 50,
) -> Paging:
    return Paging(page, size)


Paged = Annotated[Paging, Depends(_paging)]
