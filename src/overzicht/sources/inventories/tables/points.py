"""Points on a map in a table: names or addresses with coordinates, and no column of a device."""

from collections.abc import Sequence
from dataclasses import replace

from overzicht.devices import Sighting
from overzicht.evidence import text
from overzicht.sources.inventories.interface import InventoryResult, Proposal, ReadingOptions
from overzicht.sources.inventories.origin import Origin
from overzicht.sources.inventories.tables.header import MAX_ROWS_ABOVE, read_header
from overzicht.sources.inventories.tables.table import RawTable, TableRow
from overzicht.sources.inventories.tables.table_reader import raw_tables, read_headed, with_ends
from overzicht.sources.inventories.tables.vocabulary import vocabulary

KIND = "camera"
POINTS = text("The file has names and coordinates, and nothing in it says that the points are cameras")
_NAMES = frozenset({"label", "site", "place"})


def read_points(kind: str, origin: Origin, options: ReadingOptions) -> InventoryResult | None:
    """Return the points of the tables of a file; None if a row has no name with both coordinates.

    They are cameras if a header, a title, the name of the file or each row says so; else they are a proposal.
    """
    tables, remarks = raw_tables(origin, options)
    headed, are_cameras = [], vocabulary().says_camera(origin.filename)
    for table in tables:
        head = None
        for row in table.rows[:MAX_ROWS_ABOVE]:
            fields = {meaning.field for cell in row.texts for meaning in vocabulary().meanings(cell)[:1]}
            if fields >= {"latitude", "longitude"} and fields & _NAMES:
                head = row
                break
        if head is not None:
            above = [cell for row in table.rows if row.number <= head.number for cell in row.texts]
            are_cameras = are_cameras or any(map(vocabulary().says_camera, (table.sheet, *above)))
            below = [row.texts for row in table.rows if row.number > head.number and not row.is_empty]
            are_cameras = are_cameras or any(  # a column says in every row that the point is a camera
                below and all(n < len(texts) and vocabulary().says_camera(texts[n]) for texts in below)
                for n in range(len(head.texts))
            )
            # a table from its header on, with a column that says what the points are
            rows = [TableRow(head.number, (*head.texts, KIND))]
            width = len(head.texts)
            for row in table.rows:
                if row.number > head.number and not row.is_empty:
                    cells = (*row.cells[:width], *([None] * (width - len(row.cells))), KIND)
                    rows.append(TableRow(row.number, cells))
            with_kind = RawTable(table.sheet, rows, table.row_word, table.problems)
            headed.append((with_kind, read_header(with_kind, with_kind.rows[0], {KIND: "kind"})))
    if not headed:
        return None
    result = with_ends(read_headed(kind, origin, headed, tuple(remarks)), tables)
    result = replace(result, sightings=with_labels(result.sightings))
    proposal = Proposal(POINTS, headed[0][0].place(headed[0][1].row))
    return replace(result, proposal=None if are_cameras else proposal)


def with_labels(points: Sequence[Sighting]) -> Sequence[Sighting]:
    """Return points of which none has a label with that of their place, if each has another."""
    names = [point.site or point.place for point in points]
    if any(point.label for point in points) or not all(names) or len(set(names)) < len(names):
        return points
    return [replace(point, label=name) for point, name in zip(points, names, strict=True)]
