"""A name means one body on its date, however its kind and spelling are written, or none."""

from datetime import date

import pytest

from overzicht.subjects.census.naming import NameIndex, region_name, with_region_names
from overzicht.subjects.census.roll import Body, Roll

DAY = date(2026, 3, 2)


def body(own_id: str, name: str, kind: str = "municipality", **more: object) -> Body:
    return Body(f"nl:{own_id}", name, kind, "NL", ((("code", own_id)),), **more)  # type: ignore[arg-type]


ROLL = with_region_names(
    Roll(
        (
            body("p1", "Provincie Overijssel", "province"),
            body("p2", "Provincie Utrecht", "province"),
            body("p3", "Provincie Fryslân", "province"),
            body("m1", "Gemeente Utrecht", names=("Utrecht",), region="p2"),
            body("m2", "Gemeente Hengelo", region="p1"),
            body("m3", "Gemeente Alphen aan den Rijn"),
            body("m4", "Gemeente Den Haag"),
            body("m5", "Gemeente Nuenen, Gerwen en Nederwetten"),
            body("m6", "Gemeente Ouder-Amstel"),
            body("m7", "Gemeente Weesp", end=date(2022, 3, 24)),
            body("w1", "Hunze en Aa's", "water board"),
            body("min1", "Volksgezondheid, Welzijn en Sport", "ministry"),
            body("min2", "Justitie en Veiligheid", "ministry"),
            body("min3", "Economische Zaken", "ministry"),
            body("j1", "Veilig Werken Samen", "joint body"),
        )
    )
)


@pytest.mark.parametrize(
    ("name", "own_id"),
    [
        ("B&W van Hengelo", "m2"), ("Hengelo (O.)", "m2"), ("stad Hengelo", "m2"), ("Hengelo (Gld)", ""),
        ("Alphen a/d Rijn", "m3"), ("Alphen a.d. Rijn", "m3"), ("gemeente Alphen aan de Rijn", "m3"),
        ("'s-Gravenhage", "m4"), ("The Hague", "m4"), ("Municipality of The Hague", "m4"),
        ("Nuenen c.a.", "m5"), ("Nuenen", ""), ("Ouderamstel", "m6"), ("OUDER AMSTEL", "m6"),
        ("Utrecht", ""), ("gemeenteraad Utrecht", "m1"), ("Gedeputeerde Staten van Utrecht", "p2"),
        ("Prov. Friesland", "p3"), ("Waterschap Hunze en Aas", "w1"), ("Weesp", ""),
        ("VWS", "min1"), ("Ministerie van VWS", "min1"), ("ministerie van JenV", "min2"),
        ("Ministerie van J&V", "min2"), ("Ministerie van Justitie", "min2"), ("Justitie", ""),
        ("Ministerie van EZ", "min3"), ("EZ", ""), ("VWSx", ""), ("min3", "min3"), ("Politie Utrecht", ""),
        ("Provincie Hengelo", ""), ("(Hengelo)", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_name_means_one_body_or_none(name: str, own_id: str) -> None:
    match = NameIndex(ROLL.bodies).find(name, DAY, country="NL").body
    assert (match.id if match else "") == (f"nl:{own_id}" if own_id else "")


def test_a_body_is_found_only_while_it_exists() -> None:
    match = NameIndex(ROLL.bodies).find("Weesp", date(2022, 3, 23)).body
    assert match is not None
    assert match.id == "nl:m7"


def test_a_region_by_its_code_has_the_name_of_the_body() -> None:
    assert ROLL.by_id["nl:m2"].region == "Overijssel"
    assert region_name(ROLL, "p3") == "Fryslân"
    assert region_name(ROLL, "north") == "north"


ABROAD = (
    ("de1", "Landeshauptstadt München", "Gemeinde"), ("de2", "Landkreis München", "Landkreis"),
    ("fr1", "Commune de Saint-Étienne", "commune"), ("fr2", "Commune de Lyon", "commune"),
    ("fr3", "Métropole de Lyon", "métropole"), ("fr4", "Département du Nord", "département"),
    ("be1", "Gemeente Sint-Pieters-Leeuw", "gemeente"), ("be2", "Ville de Liège", "commune"),
    ("be3", "Province de Liège", "province"), ("dk1", "Aarhus Kommune", "kommune"),
    ("gb1", "Metropolitan Police Service", "force"), ("gb2", "City of London Police", "force"),
    ("gb3", "City of London Corporation", "corporation"), ("gb4", "Gwynedd Council", "unitary authority"),
    ("gb5", "Dudley Metropolitan Borough Council", "Metropolitan district"),
    ("gb6", "Durham Constabulary", "force"), ("gb7", "Durham County Council", "Unitary authority"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "own_id"),
    [
        ("Stadt Muenchen", "de1"), ("Landkreis München", "de2"), ("München", ""), ("Muenchen", ""),
        ("Ville de St-Etienne", "fr1"), ("mairie de Lyon", "fr2"), ("Lyon", ""), ("Métropole de Lyon", "fr3"),
        ("département du Nord", "fr4"), ("Nord", ""), ("Ville du Nord", ""), ("St.-Pieters-Leeuw", "be1"),
        ("Liège", ""), ("Ville de Liège", "be2"), ("Århus Kommune", "dk1"), ("Metropolitan Police", "gb1"),
        ("City of London Police", "gb2"), ("London", ""), ("Police", ""), ("Cyngor Gwynedd", "gb4"),
        ("Dudley MBC", "gb5"), ("Durham Police", "gb6"), ("Durham", ""), ("Durham City Council", ""),
    ],
)  # fmt: skip
def test_a_name_abroad_means_one_body_or_none(name: str, own_id: str) -> None:
    bodies = [Body(own, title, kind, own[:2].upper()) for own, title, kind in ABROAD]
    match = NameIndex(bodies).find(name, DAY).body
    assert (match.id if match else "") == own_id


@pytest.mark.parametrize(
    ("name", "kind", "own_id"),
    [
        ("Utrecht", "municipality", "m1"), ("Utrecht", "gemeente", "m1"), ("Utrecht", "province", "p2"),
        ("Overijssel", "province", "p1"), ("Overijssel", "municipality", ""), ("Utrecht", "public body", ""),
    ],
)  # fmt: skip
def test_a_stated_kind_decides(name: str, kind: str, own_id: str) -> None:
    match = NameIndex(ROLL.bodies).find(name, DAY, country="NL", kind=kind)
    assert (match.body.id if match.body else "") == (f"nl:{own_id}" if own_id else "")


@pytest.mark.parametrize(
    ("name", "kind", "own_id"),
    [
        ("Durham", "police force", "e1"), ("Durham", "Fire authority", "e2"), ("Durham", "authority", ""),
        ("Twente", "veiligheidsregio", "e3"), ("Twente", "omgevingsdienst", "e4"), ("Twente", "", ""),
        ("Kent", "county", "e5"), ("Kent", "xyz", ""), ("Kent", "police force", ""), ("Kent", "", ""),
    ],
)  # fmt: skip
def test_a_kind_that_only_the_roll_has_decides_and_an_unknown_kind_does_not(
    name: str, kind: str, own_id: str
) -> None:
    bodies = [
        Body("e1", "Durham", "police force", "GB"), Body("e2", "Durham", "fire authority", "GB"),
        Body("e3", "Veiligheidsregio Twente", "veiligheidsregio", "BE", names=("Twente",)),
        Body("e4", "Omgevingsdienst Twente", "omgevingsdienst", "BE", names=("Twente",)),
        Body("e5", "Kent", "county", "GB"),
    ]  # fmt: skip
    match = NameIndex(bodies).find(name, DAY, kind=kind).body
    assert (match.id if match else "") == own_id


def test_the_bodies_that_a_name_may_mean_are_named() -> None:
    match = NameIndex(ROLL.bodies).find("Utrecht", DAY, country="NL")
    assert [body.id for body in match.candidates] == ["nl:m1", "nl:p2"]
