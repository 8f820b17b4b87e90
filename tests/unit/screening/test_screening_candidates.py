"""Names that a query leads to, by each way in which a name gets changed."""

import pytest

from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Quillbrook", "Quill Brook"),
        ("Quilbrook", "Quill Brook"),
        ("North Star Line", "Northstarline"),
        ("North Starline", "Northstarline"),
        ("Tarrowm Holdings", "Tarrowmere Holdings"),
        ("RTM", "Rulven Tarrow Mosken"),
        ("Castrelio", "Kestrelio"),
        ("Kestrelyo", "Kestrelio"),
        ("Jorvik F Works", "Jorvik Fanzul Works"),
        ("Works Fanzul Jorvik", "Jorvik Fanzul Works"),
        ("Estmark Anergy", "Ostmark Energy"),
    ],
)
def test_each_way_of_changing_a_name_leads_to_it(name: str, expected: str) -> None:
    names = ["Quill Brook", "Northstarline", "Tarrowmere Holdings", "Rulven Tarrow Mosken", "Kestrelio"]
    listed = [*names, "Jorvik Fanzul Works", "Ostmark Energy", *(f"Harlow{a}en {a}usker" for a in "bcdfgh")]
    engine = ScreeningEngine.of([IndexedParty(of, "Company", (of,)) for of in listed])
    assert engine.best([name], ["Company"])[0][0][:1] == [expected]


@pytest.mark.parametrize(
    "name",
    [
        "Kestrelio",
        "Kestredio",  # another letter, and another consonant
        "Kestreldio",
        "Kesrelio",
        "Castrelio",  # the same consonants
        "Kestraeleiou",
        "Kaistraiouleio",  # four sounds more
        "Kestrel",
        "Kestre Lio",
        "Castre Lio",
        "Cas Trelio",
        "Kas Traelyou",
        "Kestralio",
    ],
)
def test_one_word_leads_to_the_names_with_it(name: str) -> None:
    longer = [
        IndexedParty(f"long-{k}", "Company", (f"Kaiestaiouraieloieau Harlow{a}en",))
        for k, a in enumerate("bcd")
    ]
    engine = ScreeningEngine.of([IndexedParty("a", "Company", ("Kestrelio Harlobin",)), *longer])
    assert "a" in engine.best([f"{name} Bintumar"], ["Company"])[0][0]
    assert "a" not in engine.best(["Vexandi Bintumar"], ["Company"])[0][0]


def test_both_halves_of_a_word_lead_to_the_names_with_them() -> None:
    engine = ScreeningEngine.of([IndexedParty("a", "Company", ("Quill Brook Harlobin",))])
    assert engine.best(["Quillbrook Bintumar", "Quillbrakk Bintumar"], ["Company"] * 2)[0] == [["a"], []]


def test_a_number_leads_to_the_names_with_that_number_alone() -> None:
    engine = ScreeningEngine.of(
        [IndexedParty(name, "Company", (name,)) for name in ("Rulven 4711", "Rulven 4712")]
    )
    assert engine.best(["Mosken 4711"], ["Company"])[0] == [["Rulven 4711"]]


def test_the_best_of_many_names_with_a_word_are_compared() -> None:
    names = [f"Rulven {a}{b}sker" for a in "bcdfghkl" for b in "aeiouyaeiou"[:8]]
    parties = [IndexedParty(name, "Company", (name,)) for name in names]
    last = IndexedParty("last", "Company", ("Zanduk Rulven Ostmark",))
    engine = ScreeningEngine.of([*parties, last])
    assert engine.best(["Ostmark Rulven Zanduk"], ["Company"], most=1)[0] == [["last"]]
    ids, scores = engine.best(["Rulven Basker"], ["Company"], most=3)
    assert ids[0][0] == "Rulven basker"
    assert list(scores[0]) == sorted(scores[0], reverse=True)


def test_persons_and_bodies_are_not_compared_and_an_unknown_kind_is_with_both() -> None:
    schemata = ["Person", "Company", "LegalEntity"]
    engine = ScreeningEngine.of([IndexedParty(schema, schema, ("Rulven Mosken",)) for schema in schemata])
    ids, _ = engine.best(["Rulven Mosken"] * 3, schemata)
    assert [set(schemata) - set(row) for row in ids] == [{"Company"}, {"Person"}, set()]
