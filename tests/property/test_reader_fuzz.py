"""Changed at random, a real file is read or refused soon, by every reader; bench/fuzz.py does more of it."""

from pathlib import Path

import pytest
from fuzzing import READERS, Reader, fuzz, sample_folder

INPUTS = 300
SECONDS = 0.5  # of processor time per reader; a fault that is rarer is for bench/fuzz.py


@pytest.fixture(scope="module")
def samples(shared_data: Path, project_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with real files and those of the project."""
    return sample_folder(shared_data, project_root, tmp_path_factory.mktemp("samples"))


@pytest.mark.shared
@pytest.mark.parametrize("name", READERS)
def test_a_changed_file_is_read_or_refused(name: str, samples: Path) -> None:
    report = fuzz(READERS[name], INPUTS, 1, samples, SECONDS)
    assert not report.faults, str(report)


@pytest.mark.shared
def test_a_fault_is_noticed(samples: Path) -> None:
    def broken(path: Path) -> int:
        return int(path.read_bytes().split(b";")[1])

    reader = Reader("broken", broken, lambda _: iter([("a.csv", b"a;1;2")]))
    assert fuzz(reader, 50, 1, samples).faults
