"""Pages of a long answer: `page` and `size` in the query, and one envelope around the items."""

from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel, Field

from overzicht.errors import OverzichtError
from overzicht.evidence import Text
from overzicht.kit import operation as kit
from overzicht.kit.operation import LAST_PAGE

MAX_SIZE = 200
Item = TypeVar("Item")


class Page(BaseModel, Generic[Item]):
    """A part of a longer answer. `next_page` is null on the last one."""

    items: list[Item]
    total: int = Field(ge=0, description="number of items on all pages")
    page: int = Field(ge=1)
    size: int = Field(ge=1, le=MAX_SIZE)
    next_page: int | None

    @property
    def place(self) -> dict[str, int | None]:
        """The fields of the envelope without the items."""
        return {"total": self.total, "page": self.page, "size": self.size, "next_page": self.next_page}


class CheckedPage(Page[Item]):
    """A part of a list of stored records. `problems` names the records of the list that cannot be read."""

    problems: list[Text]

    @classmethod
    def of(cls, page: Page[Item], problems: Sequence[OverzichtError]) -> "CheckedPage[Item]":
        """Return a page with the problems of the whole list."""
        return cls.model_validate({**dict(page), "problems": [problem.sentence for problem in problems]})


class Paging(kit.Paging):
    """The requested page, and the envelope around its items."""

    def envelope(self, items: Sequence[Item], total: int) -> Page[Item]:
        """Return the envelope around the items of this page."""
        next_page = self.following(total)
        return Page(items=list(items), total=total, page=self.page, size=self.size, next_page=next_page)

    def cut(self, items: Sequence[Item]) -> Page[Item]:
        """Return this page of a complete sequence."""
        return self.envelope(items[self.offset : self.offset + self.size], len(items))

    def views(self, items: Sequence[Any], view: Callable[[Any], Item]) -> Page[Item]:
        """Return the views of the items on this page of a complete sequence."""
        shown = items[self.offset : self.offset + self.size]
        return self.envelope([view(item) for item in shown], len(items))


def _paging(
    page: Annotated[int, Query(ge=1, le=LAST_PAGE)] = 1, size: Annotated[int, Query(ge=1, le=MAX_SIZE)] = 50
) -> Paging:
    return Paging(page, size)


Paged = Annotated[Paging, Depends(_paging)]
