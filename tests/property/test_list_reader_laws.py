"""Laws of every list reader on real files: the same records again, each with a place, and none from a cut."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from fuzzing import READERS, Reader, sample_folder

from overzicht.errors import OverzichtError
from overzicht.isolation import trust_input

LISTS = sorted(name for name in READERS if name.startswith("list "))
LARGEST = 2_000_000  # bytes of a sample; the smallest of each list are taken
FILES = 3
CUTS = 4


@pytest.fixture(scope="module")
def samples(shared_data: Path, project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sample_folder(shared_data, project_root, tmp_path_factory.mktemp("samples"))


def read(reader: Reader, folder: Path, name: str, data: bytes) -> list[Any] | None:
    """Return the records of a file with this content; None if it is refused."""
    files = reader.together | {name: data}
    for other, content in files.items():
        (folder / other).write_bytes(content)
    try:
        with trust_input():
            records = cast("list[Any]", reader.read(folder / next(iter(files))))
    except OverzichtError:
        return None
    return records


def ids(records: Sequence[Any]) -> set[tuple[str, str]]:
    return {(record.id, record.caption) for record in records}


@pytest.mark.shared
@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_the_same_records_again_and_a_cut_adds_none(
    name: str, samples: Path, tmp_path: Path
) -> None:
    reader, chance = READERS[name], random.Random(7)  # noqa: S311 - no secret
    files = sorted(reader.samples(samples), key=lambda sample: (len(sample[1]), sample))
    is_read = False
    for file, data in [sample for sample in files if len(sample[1]) <= LARGEST][:FILES]:
        whole = read(reader, tmp_path, file, data)
        assert whole == read(reader, tmp_path, file, data)
        if not whole:
            continue
        is_read = True
        assert all(record.place for record in whole)
        assert len({(record.id, record.place) for record in whole}) == len(whole)
        for _ in range(CUTS):
            part = read(reader, tmp_path, file, data[: chance.randrange(1, len(data))])
            assert part is None or len(ids(part) - ids(whole)) <= 1, file  # the last line may be cut
    if not is_read:
        pytest.skip("no file of this list is at hand")
