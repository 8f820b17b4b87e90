"""Errors that were filled in already, said in Dutch: their parts, and the time that they take."""

import time

import pytest

from overzicht.reports.catalogue import reworded


def test_the_end_of_a_mistake_is_no_part_of_its_last_field() -> None:
    refused = "csl.csv: it is not in the official layout of us-csl; the file was refused"
    assert (
        reworded(refused)
        == "csl.csv: het heeft niet de officiële indeling van us-csl; het bestand is geweigerd"
    )


@pytest.mark.parametrize("part", ["a b: ", "a1 b: c; ", "some value x; ", "it is empty: "])
def test_a_long_sentence_takes_little_time(part: str) -> None:
    reworded("a sentence")
    start = time.process_time()
    reworded(f"f.csv: the columns {part * (2_000 // len(part))} are unknown")
    assert time.process_time() - start < 3
