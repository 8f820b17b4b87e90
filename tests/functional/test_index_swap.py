"""An index under readers: versions are swapped, writers killed, and every answer is of one version."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from overzicht.screening.index import layout
from overzicht.screening.index.build import IndexedParty, build_index, update_index

PARTIES = [IndexedParty(f"p-{k}", "Company", (f"Tarrowmere Works {k}",), "list") for k in range(3)]


@pytest.mark.slow
def test_readers_see_whole_versions_while_writers_are_killed(project_root: Path) -> None:
    ran = subprocess.run(
        [sys.executable, project_root / "bench/index_swap.py", "--kills", "10", "--readers", "2", "--quick"],
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    found = json.loads(ran.stdout)
    assert found["fault"] == ""
    assert found["reader_exit_codes"] == [0, 0]
    assert found["answers"] > 0
    assert found["versions"] > 3, "no writer came to a version of its own"
    assert found["left"] == ["CURRENT", "writing.lock"]


def test_what_a_killed_writer_left_is_gone_after_the_next_build(tmp_path: Path) -> None:
    half = build_index(PARTIES[:1], tmp_path)
    kept = build_index(PARTIES, tmp_path)
    (half / layout.MANIFEST).unlink()  # a removal that was broken off
    (tmp_path / ".new-5ca1ab1e").mkdir()
    (tmp_path / ".new-5ca1ab1e" / "words.text.npy").write_bytes(b"\x93NUMPY")
    (tmp_path / ".new-c0ffee").write_text("v2-half")
    update_index(tmp_path, [], [("list", "p-2")])
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".new-")] == []
    assert layout.drop_old(tmp_path) == 2
    assert not half.exists()
    assert not kept.exists()


def test_half_a_version_of_the_same_content_is_written_anew(tmp_path: Path) -> None:
    folder = build_index(PARTIES, tmp_path)
    (folder / layout.MANIFEST).unlink()
    assert build_index(PARTIES, tmp_path) == folder
    assert layout.read(folder).version == folder.name


def test_a_reader_that_comes_late_opens_the_version_that_took_over(tmp_path: Path) -> None:
    before = layout.current(build_index(PARTIES[:1], tmp_path).parent)
    after = update_index(tmp_path, PARTIES)
    layout.drop_old(tmp_path)
    assert layout.read(before).version == after.name


def test_versions_may_be_kept(tmp_path: Path) -> None:
    versions = [build_index(PARTIES[:count], tmp_path) for count in (1, 2, 3)]
    assert layout.drop_old(tmp_path, keep=1) == 1
    assert [version.exists() for version in versions] == [False, True, True]
