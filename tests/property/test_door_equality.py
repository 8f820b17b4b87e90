"""Whatever name is asked of whichever lists on whatever day: every door gives one answer, with the same
entries."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from oracle import doors, invented
from oracle.asking import Product, opened
from oracle.claims import LISTED, NOT_LISTED, SILENT, Claim
from oracle.clashes import answers_clash, entries_clash
from oracle.statements import Party
from thorough import IS_THOROUGH

LISTS = ("un-sc", "us-ofac")
BODIES = (
    "QUILLBROOK OPTICS",
    "Quillbrook",
    "Quillbrook Optics B.V.",
    "quillbrook optics limited",
    "Qillbrook Optics",
    "MARENDOLIN VISION CO., LTD.",
    "Marendolin",
    "Marendolin Vision",
    "Марендолин Вижн",
    "Марендолин",
    "VIVOTEK INC.",
    "Vivotek",
    "VIVOTEK",
    "INVENTED WORKS 5 CO., LTD.",
    "INVENTED ENTITY 900007",
    "OTHER NAME 9",
    "Tarquish",
    "Milesight",
    "Milesight Technology Co., Ltd.",
    "Bakkerij De Gouden Aar",
)
PERSONS = (
    "Mirwan Tedoz Olvarski",
    "OLVARSKI, Mirwan Tedoz",
    "Mirwan Olvarski",
    "Olvarski",
    "Мирван Тедоз Олварски",
    "INVENTED INDIVIDUAL 10007",
    "DOE 8, Jane",
    "Willemijn Jansen",
)
MAKERS = {"VIVOTEK INC.": "vivotek", "Vivotek": "vivotek", "VIVOTEK": "vivotek", "Milesight": "milesight"}
POOL = tuple(
    Party(
        f"p{number}",
        name,
        "Person" if name in PERSONS else "Company",
        (),
        "" if name in PERSONS else name,
        MAKERS.get(name, ""),
    )
    for number, name in enumerate((*BODIES, *PERSONS))
)
DAYS = (*invented.DAYS, "2019-05-06", "2025-12-19", "2026-02-27", "2026-08-01")
EVERY_DOOR = (
    doors.screen_names,
    doors.match_api,
    doors.overview,
    doors.register_overview,
    doors.makers_api,
    doors.yente_match,
    doors.search_page,
    doors.maker_page,
)


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """Yield a product with the invented lists, a device of every brand and a dossier of every party."""
    folder = tmp_path_factory.mktemp("doors")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OVERZICHT_HOME", str(folder / "home"))
        invented.load(folder / "lists")
        with opened(folder / "home", folder / "work") as made:
            doors.prepare(made, POOL)
            yield made


def _claims(product: Product, parties: list[Party], lists: list[str], day: str) -> list[Claim]:
    """Return what every door claims of the parties about the lists; those that can are asked of these
    alone."""
    claims = [
        *doors.screen_one(product, parties[:2], day, lists),
        *doors.match_api(product, parties, day, lists),
    ]
    for door in EVERY_DOOR:
        claims += door(product, parties, day)
    claims += doors.dossiers_api(product, parties, [day])
    claims += doors.dossier_command(product, parties[:1], [day])
    return [claim for claim in claims if claim.list_id in {*lists, "*"}]


def _led_nowhere(claims: list[Claim]) -> list[Claim]:
    """Return the brands that led a report to no party, though another door says that a list names it."""
    named = {claim.party for claim in claims if claim.kind == "answer" and claim.value == LISTED}
    return [
        claim for claim in claims if claim.list_id == "*" and claim.value == SILENT and claim.party in named
    ]


@settings(
    max_examples=24 if IS_THOROUGH else 4,
    derandomize=not IS_THOROUGH,
    phases=[Phase.generate],  # every example lists all its contradictions; to shrink one takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    parties=st.lists(st.sampled_from(POOL), min_size=8, max_size=14, unique_by=lambda party: party.id),
    lists=st.sampled_from([["un-sc"], ["us-ofac"], list(LISTS)]),
    day=st.sampled_from(DAYS),
)
def test_every_door_gives_the_same_answer_with_the_same_entries(
    product: Product, parties: list[Party], lists: list[str], day: str
) -> None:
    claims = _claims(product, parties, lists, day)
    names = {party.id: party.ask for party in parties}
    clashes = [f"{names[clash.party]}: {clash}" for clash in (*answers_clash(claims), *entries_clash(claims))]
    clashes += [f"{names[claim.party]}: {claim.door} leads to no party" for claim in _led_nowhere(claims)]
    assert not clashes, f"{len(clashes)} contradictions\n" + "\n".join(clashes[:20])


def test_the_comparison_notices_another_answer_day_and_entry() -> None:
    """The property can fail: it tells apart what two doors say."""

    def shown(door: str, name: str, since: str) -> Claim:
        return Claim("listing", door, "p", "un-sc", "2026-03-01", LISTED, (name,), "UN", since, "stated")

    answers = [
        Claim("answer", door, "p", "un-sc", "2026-03-01", value)
        for door, value in (("a", LISTED), ("b", NOT_LISTED))
    ]
    assert [clash.fault for clash in answers_clash(answers)] == ["listed / not listed"]
    assert not list(entries_clash([shown("a", "X", "2012-12-31"), shown("b", "X", "2012-12-31")]))
    assert [
        c.fault for c in entries_clash([shown("a", "X", "2012-12-31"), shown("b", "X", "2012-12-30")])
    ] == ["since differs"]
    assert [
        c.fault for c in entries_clash([shown("a", "X", "2012-12-31"), shown("b", "Y", "2012-12-31")])
    ] == ["names differs"]
