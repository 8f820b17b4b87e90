"""References in answers: what stands in place of an answer, what adds to one, and where they lead."""

import pytest
from question_tools import answered

from overzicht.subjects.questions.references import RefKind, find_refs, follow, points_to


@pytest.mark.parametrize(
    ("text", "targets", "is_extra"),
    [
        ("Zie het antwoord op vraag 2 en 3.", ("2", "3"), False),
        ("Zie antwoord vraag 3.", ("3",), False),
        ("Zie de beantwoording van vragen 1, 2 en 4.", ("1", "2", "4"), False),
        ("Dat klopt (zie mijn antwoord op vraag 7).", ("7",), False),
        ("Zie ook mijn antwoord op vraag 2 t/m 4.", ("2", "3", "4"), True),
        ("Zoals gemeld in het antwoord op vragen 4 en 5, is dat zo.", ("4", "5"), True),
    ],
)
def test_answers_that_are_referred_to(text: str, targets: tuple[str, ...], is_extra: bool) -> None:
    refs = [ref for ref in find_refs(text) if ref.kind is RefKind.ANSWER]
    assert [(ref.targets, ref.is_extra) for ref in refs] == [(targets, is_extra)]
    assert text[refs[0].start : refs[0].end].strip() == refs[0].literal


@pytest.mark.parametrize(
    ("text", "kind", "targets"),
    [
        ("conform (Kamerstuk 21 501-20, nr. 1596)", RefKind.DOSSIER, ("21 501-20, nr. 1596",)),
        ("Kamerstukken II, 2021–2022, 29 279, nr. 339", RefKind.DOSSIER, ("29 279, nr. 339",)),
        ("Kamerstuk 35 570 V, nr. 43", RefKind.DOSSIER, ("35 570 V, nr. 43",)),
        ("(Kamerstuk 36600, nr. 13)", RefKind.DOSSIER, ("36 600, nr. 13",)),
        ("Aanhangsel Handelingen, vergaderjaar 2023–2024, nr. 1283", RefKind.PAPER, ("ah-tk-20232024-1283",)),
        ("vragen met nummer 2024Z 14247", RefKind.SET, ("2024Z14247",)),
        ("Handelingen II 2019/20, nr. 12, item 3", RefKind.PROCEEDINGS, ("2019/20, nr. 12, item 3",)),
        ("de motie-Van Nispen c.s.", RefKind.MOTION, ("Van Nispen c.s.",)),
        ("moties Sjoerdsma c.s. (Kamerstuk", RefKind.MOTION, ("Sjoerdsma c.s.",)),
        ("de motie van het lid Van der Plas", RefKind.MOTION, ("Van der Plas",)),
        ("https://krant.example/a-b).", RefKind.PAGE, ("https://krant.example/a-b",)),
    ],
)
def test_other_papers(text: str, kind: RefKind, targets: tuple[str, ...]) -> None:
    found = [ref for ref in find_refs(text) if ref.kind is kind]
    assert [ref.targets for ref in found] == [targets]


def test_a_pointer_is_an_answer_that_says_nothing_else() -> None:
    texts = (
        "Ja.", "Zie het antwoord op vraag 1.", "Hiervoor verwijs ik u graag naar het antwoord op vraag 1.",
        "Zie ook het antwoord op vraag 1.", "Nee. Zie het antwoord op vraag 1.", "Ja, zie antwoord vraag 1.",
        "Zie het antwoord op vraag 1. Daarbij geldt dat alle scanners in havens in 2032 worden vervangen.",
    )  # fmt: skip
    paper = answered(*(((n,), text) for n, text in enumerate(texts, start=1)))
    assert [points_to(answer) for answer in paper.answers] == [(), (1,), (1,), (), (), (), ()]


def test_the_trail_is_kept_and_a_missing_answer_has_its_reason() -> None:
    paper = answered(((1,), "Zie antwoord vraag 2."), ((2,), "Zie antwoord vraag 3."), ((3,), "Ja."),
                     ((4,), "Zie antwoord vraag 9."), asked=5)  # fmt: skip
    assert (follow(paper, 1).path, follow(paper, 1).answers) == ((1, 2, 3), (2,))
    assert (follow(paper, 4).answers, follow(paper, 4).reason) == ((), "there is no answer 9 in this paper")
    assert follow(paper, 5).reason == "there is no answer 5 in this paper"


def test_a_circle_is_told() -> None:
    paper = answered(((1,), "Zie antwoord vraag 2."), ((2,), "Zie antwoord vraag 1."))
    assert (follow(paper, 1).path, follow(paper, 1).reason) == (
        (1, 2, 1),
        "the references go round in a circle",
    )


def test_two_answers_pointed_to_are_both_found() -> None:
    paper = answered(((1,), "Ja."), ((2,), "Nee."), ((3,), "Zie het antwoord op vraag 1 en 2."))
    assert follow(paper, 3).answers == (0, 1)
