"""The product is written in plain words, and the tool that finds other wording does find it."""

from pathlib import Path

import pytest
from plain_words import ROOT, files_below, hits_in

SAMPLE = '''"""Which parties are wanted."""

def find(found):
    """Return the version that stands on the list."""
    # prose-like comment: nobody said when
    one = "the file is no JSON at all"
    other = "the file is no JSON at all"  # prose: ok - a quote from a file
    return one, other
'''


def test_each_kind_of_wording_is_found(tmp_path: Path) -> None:
    path = tmp_path / "sample.py"
    path.write_text(SAMPLE, encoding="utf-8")
    assert {(hit.line, hit.words.lower()) for hit in hits_in(path, tmp_path)} == {
        (1, "which parties are wanted."),
        (3, "found"),
        (4, "stands on"),
        (5, "nobody said"),
        (6, "is no j"),
        (6, "one"),
    }


def test_code_blocks_of_a_page_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("# Title\n\n```\nit stands on the list\n```\n\nThe party stands\non the list.\n", "utf-8")
    assert [(hit.line, hit.words) for hit in hits_in(path, tmp_path)] == [(7, "stands on")]


@pytest.mark.parametrize("folder", ["src", "docs"])
def test_the_product_is_written_in_plain_words(folder: str) -> None:
    hits = [str(hit) for path in files_below() if ROOT / folder in path.parents for hit in hits_in(path)]
    assert not hits, "\n".join(hits)
