"""Room outside memory for keys and texts."""

from overzicht.sources.scratch import scratch


def test_keys_are_new_once() -> None:
    with scratch() as room:
        assert [room.is_new(key) for key in ("a", "b", "a", "A")] == [True, True, False, True]


def test_texts_come_back_in_order() -> None:
    with scratch() as room:
        for text in ("one", "two", "three"):
            room.keep("x", text)
        room.keep("y", "other")
        assert room.kept("x") == ("one", "two", "three")
        assert room.kept("z") == ()


def test_each_block_starts_empty() -> None:
    with scratch() as room:
        room.is_new("a")
    with scratch() as room:
        assert room.is_new("a")
