"""The words of questions: each word and each pattern of a group is there once."""

from collections import Counter
from collections.abc import Iterator
from importlib.resources import files

from overzicht.workflows.typed_files import load_text

RAW = load_text(files("overzicht.subjects.answers").joinpath("data/lexicon.yml").read_bytes(), "lexicon.yml")


def groups(given: object) -> Iterator[list[str]]:
    """Yield every list of words or patterns in the file."""
    if isinstance(given, dict):
        for value in given.values():
            yield from groups(value)
    elif isinstance(given, list) and all(isinstance(item, str) for item in given):
        yield given
    elif isinstance(given, list):
        for item in given:
            yield from groups(item)


def test_no_word_of_a_group_is_repeated() -> None:
    counts = [Counter(word.casefold() for word in group) for group in groups(RAW)]
    assert not [word for count in counts for word, times in count.items() if times > 1]
    assert len(counts) > 100


def test_the_words_for_a_country_are_in_one_place() -> None:
    assert isinstance(RAW, dict)
    of_a_country = {word for words in RAW["adjectives"].values() for word in words}
    assert not of_a_country & set(RAW["other_adjectives"])
