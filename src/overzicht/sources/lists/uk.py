"""Reads the British lists: the UK Sanctions List as XML (`fcdo`) and OFSI's ConList as CSV (`ofsi`).

*Domain*: persons, bodies and ships designated in the United Kingdom; one list since 28 January 2026.
*Caveats*: the lists number entries differently, so a party has a different record id in each. The newer list
states the older number.
"""

from collections.abc import Iterator

from overzicht.entities import Record
from overzicht.sources.interface import Sample, SourceFile
from overzicht.sources.lists import uk_fcdo as fcdo
from overzicht.sources.lists import uk_ofsi as ofsi
from overzicht.sources.lists.interface import Layout, ReadReport
from overzicht.sources.strict import first_root


def recognise(sample: Sample) -> Layout | None:
    """Return the layout for a `Designations` document or a ConList with its two first lines."""
    if ofsi.starts_like_the_list(sample.head):
        return ofsi.LAYOUT
    root = first_root(sample.head)
    return fcdo.LAYOUT if root is not None and root.tag == fcdo.ROOT else None


def read(source: SourceFile, layout: Layout, report: ReadReport) -> Iterator[Record]:
    """Yield a record per designation (FCDO, in file order) or per group of rows (OFSI)."""
    part = fcdo if layout == fcdo.LAYOUT else ofsi
    yield from part.read_records(source, report)
