"""Partners of the words of two names."""

import pytest

from overzicht.screening.align import (
    ACRONYM,
    AS_INITIAL,
    CUT_SHORT,
    EXACT,
    GLUED,
    LETTERS,
    MEANING,
    SOUND,
    Side,
    align,
    new_space,
)
from overzicht.screening.frequencies import packed
from overzicht.screening.pack import name_of


def sides(left: str, right: str) -> tuple[Side, Side]:
    pack = packed([(left, False), (right, False)])
    space = new_space()
    align(name_of(pack, 0), name_of(pack, 1), space)
    sizes = (pack.names.at[1], pack.names.at[2] - pack.names.at[1])
    both = ((space.left, sizes[0]), (space.right, sizes[1]))
    one, other = (Side(a[:n], b[:n], c[:n], d[:n]) for (a, b, c, d), n in both)
    return one, other


@pytest.mark.parametrize(
    ("left", "right", "partners"),
    [
        ("Rulven Tarrow", "Tarrow Rulven", [1, 0]),
        ("Rulvena Rulvemo", "Rulvemu Rulvene", [1, 0]),  # the most alike first
        ("Rulvena Rulvemo Rulveko", "Rulveku Rulvemu Rulvene", [2, 1, 0]),
        ("Rulvena Rulvemo Rulveko Rulvebo", "Rulvebu Rulveku Rulvemu Rulvene", [3, 2, 1, 0]),
        ("Rulveko Rulvena Rulvebo Rulvemo", "Rulvebu Rulveku Rulvemu Rulvene", [1, 3, 0, 2]),
        ("Rulvena Tarrowmekilos", "Rulvemu Rulvene Tarrowmekilus", [1, 2]),
        ("Rulvan Rulvan", "Rulvin Rulvin", [0, 1]),  # of equals the nearer
        ("Rulven Tarrow", "Mosken Tarrow Rulven", [2, 1]),
        ("Rulven Mosken", "Tarrow Ostfeld", [-1, -1]),
        ("Rulven Tarrow", "Rulven", [0, -1]),
    ],
)
def test_each_word_has_the_partner_that_is_most_alike(left: str, right: str, partners: list[int]) -> None:
    one, other = sides(left, right)
    assert one.partner.tolist() == partners
    backwards = [partners.index(j) if j in partners else -1 for j in range(len(other.partner))]
    assert other.partner.tolist() == backwards


@pytest.mark.parametrize(
    ("left", "right", "how", "like"),
    [
        ("Rulven", "Rulven", EXACT, 1),
        ("Quillbrook", "Quillbrook", EXACT, 1),
        ("Quillbrookst", "Quillbrooksk", LETTERS, 11 / 12),
        ("Quillbrook", "Quilbrook", LETTERS, 9 / 10),
        ("Rullven", "Rulven", SOUND, 0.96),  # at most, by sound
        ("Kestrelio", "Castrelio", SOUND, None),
        ("R", "Rulven", AS_INITIAL, 0.7),
        ("Rulv", "Rulventarro", CUT_SHORT, 0.75),
        ("Rulventarrow", "Rulven Tarrow", GLUED, 1),
        ("Рулвенмоскен", "Rulven Mosken", GLUED, 0.96),
        ("RTM", "Rulven Tarrow Mosken", ACRONYM, 0.8),
        ("光学", "Optics", MEANING, None),
        ("7", "8", None, 0),
        ("R", "M", None, 0),
        ("R", "Mosken", None, 0),
    ],
)
def test_the_likeness_of_two_words_has_a_method(
    left: str, right: str, how: int | None, like: float | None
) -> None:
    for one, other in (sides(left, right), sides(right, left)[::-1]):
        for side in (one, other):
            if how is None:
                assert side.partner.tolist() == [-1]
            else:
                assert set(side.how.tolist()) == {how}
            if like is not None and how is not None:
                assert side.like.tolist() == pytest.approx([like] * len(side.like))
