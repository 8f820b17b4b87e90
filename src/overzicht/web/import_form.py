"""What a person says of the columns of an inventory, as lines of a text or as fields of a form."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData

MOST_COLUMNS = 200
COLUMN = "column-"  # with the column's number in the import


def mapping_of(lines: str) -> tuple[tuple[str, str], ...]:
    r"""Return (column, field) of lines of `Column=field`; a line without an equals sign says nothing.

    >>> mapping_of("Type nr=model\nOpm.=")
    (('Type nr', 'model'), ('Opm.', ''))
    """
    pairs = (line.rpartition("=") for line in lines.splitlines()[:MOST_COLUMNS])
    return tuple((column.strip(), name.strip()) for column, sign, name in pairs if sign and column.strip())


def mapping_of_form(form: FormData, columns: Sequence[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return (column, field) where the form says otherwise than the import took a column for."""
    found: dict[str, str] = {}
    for number, column in enumerate(columns[:MOST_COLUMNS]):
        said = form.get(f"{COLUMN}{number}")
        if isinstance(said, str) and said != column["field"]:
            found[column["column"]] = said[:100]
    return tuple(found.items())
