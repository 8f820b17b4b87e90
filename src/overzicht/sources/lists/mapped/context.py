"""One reading of a file by a mapping: what its parts share."""

from dataclasses import dataclass, field

from overzicht.sources.interface import SourceFile
from overzicht.sources.lists.interface import Account, ReadReport
from overzicht.sources.lists.mapped.mapping import ListMapping


@dataclass(slots=True)
class Reading:
    """A file, its mapping, and what is known of both; `title` is the text above the header of a table."""

    source: SourceFile
    mapping: ListMapping
    report: ReadReport
    account: Account = field(default_factory=Account)
    title: str = ""

    def __post_init__(self) -> None:
        """Give the report the account."""
        self.report.account = self.account
