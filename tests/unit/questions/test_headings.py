"""Headings as they are printed, with the slips that are seen."""

from datetime import date

import pytest

from overzicht.subjects.questions.heading import read_heading, read_members, read_offices
from overzicht.subjects.questions.identifiers import appendix_id_of, appendix_ids, set_numbers
from overzicht.subjects.questions.model import PaperKind, RoleKind

ASKED = "Vragen van het lid A (X) aan de Minister van Financiën over scanners (ingezonden 3 maart 2031)."


def members(printed: str) -> list[tuple[str, str]]:
    return [(role.name, role.party) for role in read_members(printed)]


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Podt (D66)", [("Podt", "D66")]),
        ("A (X) en B (Y)", [("A", "X"), ("B", "Y")]),
        ("A en B (beiden X)", [("A", "X"), ("B", "X")]),
        ("A , B , C (allen X) en D (Y)", [("A", "X"), ("B", "X"), ("C", "X"), ("D", "Y")]),
        ("A, B (beiden X), C (Y) en D (X)", [("A", "X"), ("B", "X"), ("C", "Y"), ("D", "X")]),
        ("A, B (X), C (Y)", [("A", "X"), ("B", "X"), ("C", "Y")]),
        ("Van der Werf (D66", [("Van der Werf", "D66")]),
        ("Kostic ´ (PvdD)", [("Kostic", "PvdD")]),
        ("A (X) en B", [("A", "X"), ("B", "")]),
    ],
)
def test_members_and_their_parties(printed: str, meant: list[tuple[str, str]]) -> None:
    assert members(printed) == meant


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Minister van A, B en C", ["minister, A, B en C"]),
        ("Ministers van A en B en van C", ["minister, A en B", "minister, C"]),
        ("Ministers van A en voor B en de Staatssecretaris van C",
         ["minister, A", "minister, B", "staatssecretaris, C"]),
        ("Minister en Staatssecretaris vanBinnenlandse Zaken",
         ["minister, Binnenlandse Zaken", "staatssecretaris, Binnenlandse Zaken"]),
        ("minister-president en de minister van A", ["minister-president", "minister, A"]),
        ("Staatssecretarissen van A en van B", ["staatssecretaris, A", "staatssecretaris, B"]),
    ],
)  # fmt: skip
def test_offices_and_their_ministries(printed: str, meant: list[str]) -> None:
    assert [role.office for role in read_offices(printed, RoleKind.ADDRESSEE)] == meant


def test_an_answer_on_behalf_of_others_with_earlier_papers() -> None:
    heading = read_heading(
        f"{ASKED} Antwoord van Minister B (Financiën) en van Staatssecretaris Van der C (Defensie), "
        "mede namens de Minister van Zaken en de Staatssecretaris van Dingen (ontvangen 2 mei2031). Zie ook "
        "Aanhangsel Handelingen, vergaderjaar 2030–2031, nrs. 1016 en 1044."
    )
    answerers = [(r.name, r.office) for r in heading.roles if r.kind is RoleKind.ANSWERER]
    assert answerers == [("B", "minister, Financiën"), ("Van der C", "staatssecretaris, Defensie")]
    behalf = [r.office for r in heading.roles if r.kind is RoleKind.ON_BEHALF]
    assert behalf == ["minister, Zaken", "staatssecretaris, Dingen"]
    assert (heading.asked_on, heading.received) == (date(2031, 3, 3), date(2031, 5, 2))
    assert heading.see_also == ("ah-tk-20302031-1016", "ah-tk-20302031-1044")
    assert heading.problems == ()


@pytest.mark.parametrize(
    ("word", "kind"),
    [("Antwoord", PaperKind.ANSWER), ("Nader antwoord", PaperKind.FURTHER), ("Mededeling", PaperKind.NOTICE)],
)
def test_the_kinds_of_reply(word: str, kind: PaperKind) -> None:
    heading = read_heading(
        f"{ASKED} {word} van Minister Faber – van de Klashorst (Asiel) (ontvangen 24 maart 2031)"
    )
    assert heading.kind is kind
    assert heading.roles[-1].name == "Faber – van de Klashorst"


@pytest.mark.parametrize(
    "printed",
    [
        "Vragen de leden A (X) aan de Minister van Financiën overde scanners(ingezonden 18 november2024)",
        "Vragen van het lid A en B (beiden X) aan de minister van A over X (ingezonden 18 november 2024)",
        "(ingezonden 18 november 2024) Vragen van de leden lid A (X) aan de minister van B over scanners",
    ],
)
def test_slips_that_are_tolerated(printed: str) -> None:
    heading = read_heading(printed)
    assert (heading.kind, heading.asked_on, heading.problems) == (PaperKind.QUESTIONS, date(2024, 11, 18), ())
    assert heading.subject in ("scanners", "de scanners", "X")


def test_a_missing_bracket_of_the_ministry() -> None:
    heading = read_heading(
        "Antwoord van staatssecretaris K (Volksgezondheid, Welzijn en Sport (ontvangen 20 mei 2031)"
    )
    assert heading.roles[0].office == "staatssecretaris, Volksgezondheid, Welzijn en Sport"


@pytest.mark.parametrize(
    ("printed", "problem"),
    [
        ("Brief van de minister", "it does not say who asks whom about what"),
        ("Vragen van het lid A (X) aan de Minister van B over C", "it gives no day of asking"),
        (
            "Vragen van het lid A aan de Minister van B over C (ingezonden 3 mei 2031)",
            "a member without a party",
        ),
        (
            "Vragen van het lid A (X) aan de Minister van B over C (ingezonden 31 juni 2031)",
            "it gives no day of asking",
        ),
    ],
)
def test_what_cannot_be_read_is_told(printed: str, problem: str) -> None:
    assert problem in read_heading(printed).problems


def test_numbers_in_all_their_forms() -> None:
    assert set_numbers("2024Z 17972 en 2024Z17972, nr. 2023Z19677") == ("2024Z17972", "2023Z19677")
    assert appendix_id_of("242501244") == "ah-tk-20242025-1244"
    assert appendix_id_of("990000012") == "ah-tk-19992000-12"
    assert appendix_id_of("242601244") == ""
    assert appendix_ids("Aanhangsel Handelingen II 2020/21, nr. 2310") == ("ah-tk-20202021-2310",)
    assert appendix_ids("Kamervragen (Aanhangsel) 2023–2024, nr. 2267") == ("ah-tk-20232024-2267",)
