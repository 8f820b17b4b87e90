"""YAML becomes plain values, and what names a class is refused."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from overzicht.safeyaml import read_packaged_yaml, read_yaml


def test_values_are_plain() -> None:
    assert read_yaml("name: Hikvision\nsince: 2019-10-09\nparts: [1, 2.5, true, null]\n") == {
        "name": "Hikvision",
        "since": date(2019, 10, 9),
        "parts": [1, 2.5, True, None],
    }


def test_an_empty_document_is_nothing() -> None:
    assert read_yaml("") is None


@pytest.mark.parametrize(
    "written", ["!!python/object/apply:os.getcwd []", "!!python/name:os.system", "a: [", "{"]
)
def test_a_class_and_what_is_no_yaml_are_refused(written: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(written)


@pytest.mark.parametrize("levels", [5, 60])
def test_aliases_that_multiply_are_refused_at_once(levels: int) -> None:
    lines = ["a0: &a0 [x]", *(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]" for n in range(levels))]
    with pytest.raises(yaml.YAMLError, match="more values than the file has characters"):
        read_yaml("\n".join(lines))


def test_an_alias_of_itself_is_refused() -> None:
    with pytest.raises(yaml.YAMLError, match="more values"):
        read_yaml("&a [*a]")


@pytest.mark.parametrize("written", [f"a: 0x{'f' * 9_000}", f"? 0x{'f' * 9_000}\n: a"])
def test_a_number_that_python_does_not_write_is_refused(written: str) -> None:
    with pytest.raises(yaml.YAMLError, match="more than 3,000 digits"):
        read_yaml(written)


def test_aliases_of_a_few_values_are_read() -> None:
    assert read_yaml("a: &a [1, 2]\nb: *a\nc: {<<: {d: 1}}") == {"a": [1, 2], "b": [1, 2], "c": {"d": 1}}


@pytest.mark.parametrize(
    "written",
    [
        "since: 2019-10-09\nnames: [Ἀθῆναι, 海康威视]\nshare: 0.5\nis_own: yes\nnone: null\n",
        "2019-10-09: a date as a key\non: true as a key\n",
        '{"$date": "2019-10-09"}',
        "",
    ],
)
def test_a_packaged_document_has_the_same_values_at_each_reading(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for _ in range(2):
        assert read_packaged_yaml(written) == read_yaml(written)


def test_a_packaged_document_is_parsed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert read_packaged_yaml("since: 2019-10-09") == {"since": date(2019, 10, 9)}
    monkeypatch.setattr("overzicht.safeyaml.read_yaml", lambda _: pytest.fail("it is parsed again"))
    assert read_packaged_yaml("since: 2019-10-09") == {"since": date(2019, 10, 9)}


@pytest.mark.parametrize("written", ["2021-02-30", "2021-13-01", "2021-02-30 10:00:00"])
def test_a_day_that_is_not_in_the_calendar_is_text(written: str) -> None:
    assert read_yaml(f"asked: {written}") == {"asked": written}
