from datetime import date
from pathlib import Path

import pytest
from dossier_tools import ACT, add_entry, begin, entry, whole
from store_tools import put, snapshot_of

from overzicht.dates import LegalDate, Period
from overzicht.entities import Record, Statement
from overzicht.evidence import Answer, Finding
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.dossiers.activity import active_in, place_on
from overzicht.subjects.dossiers.records import DossierError
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation
from overzicht.subjects.register.statements import store_statements

TODAY = date(2026, 11, 25)
START = Actor(date(2026, 1, 1), "Noor", ACT.at)
INVENTORY = (
    "Nummer,Merk,Model,Locatie,Aantal\nC-1,Hikvision,DS-2CD2143G2-I,Stadhuis,3\nC-2,Axis,P3245-LV,Stadhuis,\n"
)


def found(store: Store, place: str, day: date = TODAY, *parties: str) -> list[tuple[str, Answer]]:
    return [(each.object, each.answer) for each in active_in(store, place, day, parties=parties)]


def with_register(store: Store, folder: Path, country: str = "NL") -> None:
    organisations.add_organisation(store, NewOrganisation("Town", country=country), START)
    path = folder / "devices.csv"
    path.write_text(INVENTORY, encoding="utf-8")
    view = importing.preview_import(store, path, ImportChoices("town"), START)
    importing.accept_import(store, view.import_.id, START)


def test_a_presence_is_found_in_its_country_and_in_the_union(store: Store) -> None:
    begin(store, *whole())
    assert found(store, "NL", TODAY, "acme") == [("subsidiary:office", Answer.FOUND)]
    assert found(store, "eu", TODAY, "Acme Ltd") == [("subsidiary:office", Answer.FOUND)]
    (one,) = active_in(store, "NL", TODAY)
    assert str(one.statement) == "Acme Nederland B.V. is a subsidiary of Acme (Netherlands)."
    assert one.citations[0].address == "https://paper.example/1"


def test_a_british_presence_was_in_the_union_as_long_as_britain_was(store: Store) -> None:
    begin(store, *whole())
    add_entry(
        store, "acme", entry("presence", id="uk", country="GB", since="2010-01-01", source="other"), ACT
    )
    assert ("subsidiary:uk", Answer.FOUND) in found(store, "EU", date(2020, 1, 31), "acme")
    assert ("subsidiary:uk", Answer.FOUND) not in found(store, "EU", date(2020, 2, 1), "acme")


def test_a_presence_of_a_later_day_leaves_the_day_open(store: Store) -> None:
    begin(
        store, entry("source", id="other", date="2025-05-01"), entry("presence", id="office", source="other")
    )
    first, last = active_in(store, "NL", date(2025, 4, 30), parties=("acme",))
    assert (first.answer, last.answer, last.object) == (Answer.NOT_CHECKED, Answer.NOT_CHECKED, "")
    assert "is known from 2025-05-01 on" in str(first.statement)
    assert found(store, "NL", date(2025, 5, 1), "acme") == [("subsidiary:office", Answer.FOUND)]


def test_nobody_looked_is_not_the_same_as_nothing_found(store: Store, tmp_path: Path) -> None:
    begin(store, *whole())
    (nobody,) = active_in(store, "FR", TODAY, parties=("acme",))
    assert nobody.answer is Answer.NOT_CHECKED
    with_register(store, tmp_path, country="FR")
    (nothing,) = active_in(store, "FR", TODAY, parties=("acme",))
    assert nothing.answer is Answer.NOT_FOUND
    assert "not proof that it was not active" in str(nothing.statement)
    assert str(nothing.reasons[0].text) == "looked in: the register: 4 devices of 1 organisations there"
    (before,) = active_in(store, "FR", date(2025, 12, 31), parties=("acme",))
    assert before.answer is Answer.NOT_CHECKED  # the register held nothing then


def test_devices_of_the_register_are_counted_per_organisation(store: Store, tmp_path: Path) -> None:
    with_register(store, tmp_path)
    (devices,) = active_in(store, "NL", TODAY, parties=("hikvision",))
    assert (devices.object, devices.answer) == ("device:town", Answer.FOUND)
    assert str(devices.statement) == "Town has 3 devices of Hikvision in the register (Netherlands)."
    assert devices.citations[0].snapshot
    assert found(store, "BE", TODAY, "hikvision") == [("", Answer.NOT_CHECKED)]


def test_public_statements_say_there_are_there_are_none_or_leave_it_open(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "said.csv"
    file.write_text(
        "public_body,country,maker_named,quantity,device_kind,use_or_place,status,source_address,source_date\n"
        "Town,NL,Hikvision,146,camera,,in use,https://town.example/1,2026-02\n"
        "Village,NL,Hikvision,0,camera,,not used,https://village.example/1,2026-02\n"
        "City,NL,Hikvision or Dahua,7,camera,,being removed,https://city.example/1,2026-02\n"
        "Ville,BE,Hikvision,,camera,,in use,https://ville.example/1,2026-02\n",
        encoding="utf-8",
    )
    store_statements(store, file, Actor(date(2026, 3, 1), "Noor", ACT.at))
    said = {str(one.statement): one.answer for one in active_in(store, "NL", TODAY, parties=("hikvision",))}
    assert said == {
        "On 2026-02-28 a source stated that City (Netherlands) had 7 Hikvision or Dahua devices: being "
        "removed. The source does not state which of them.": Answer.NOT_CHECKED,
        "On 2026-02-28 a source stated that Town (Netherlands) had 146 Hikvision devices: in use.": (
            Answer.FOUND
        ),
        "On 2026-02-28 a source stated that Village (Netherlands) had no Hikvision devices.": (
            Answer.NOT_FOUND
        ),
    }


def registered(store: Store, *, since: str = "2020-01-01", until: str = "") -> None:
    """Put Hikvision, a holding and a Polish company below it into a register of companies."""
    names = ("name", "Hangzhou Hikvision Digital Technology Co., Ltd."), ("uscCode", "91330000733796106P")
    maker = Record("gleif-1", "Company", tuple(Statement(*each) for each in names), "record 1")
    holding = Record(
        "gleif-2", "Company", (Statement("name", "Holding"), Statement("jurisdiction", "de")), "2"
    )
    polish = Record(
        "gleif-3", "Company", (Statement("name", "Hik Polska"), Statement("jurisdiction", "pl")), "3"
    )
    period = Period(
        LegalDate(date.fromisoformat(since)), LegalDate(date.fromisoformat(until)) if until else None
    )
    stakes = [
        Record(f"stake-{number}", "Ownership",
               (Statement("owner", owner, period=period), Statement("asset", asset, period=period),
                *([Statement("startDate", since)] if since else ()),
                *([Statement("endDate", until)] if until else ())), f"stake {number}")
        for number, (owner, asset) in enumerate([("gleif-1", "gleif-2"), ("gleif-2", "gleif-3")])
    ]  # fmt: skip
    put(store, snapshot_of("gleif", date(2026, 11, 1)), [maker, holding, polish, *stakes])


def subsidiaries(store: Store, place: str, day: date) -> list[Finding]:
    return [one for one in active_in(store, place, day, parties=("hikvision",)) if one.object]


def test_subsidiaries_are_read_from_a_loaded_register_through_others(store: Store) -> None:
    registered(store)
    (polish,) = subsidiaries(store, "PL", TODAY)
    assert (polish.object, polish.answer) == ("subsidiary:gleif-3", Answer.FOUND)
    assert str(polish.statement) == "Hik Polska is a subsidiary of Hikvision (Poland)."
    assert polish.citations[0].place == "stake 1"
    assert {one.object for one in subsidiaries(store, "EU", TODAY)} == {
        "subsidiary:gleif-2",
        "subsidiary:gleif-3",
    }
    assert subsidiaries(store, "PL", date(2019, 12, 31)) == []


def test_a_stake_that_ended_shows_nothing(store: Store) -> None:
    registered(store, until="2024-01-01")
    assert subsidiaries(store, "PL", TODAY) == []
    assert [one.answer for one in subsidiaries(store, "PL", date(2023, 12, 31))] == [Answer.FOUND]


def test_makers_whose_cards_name_the_party_as_owner_count(store: Store) -> None:
    def hikvision(day: date) -> Finding:
        found = active_in(store, "CN", day, parties=("cetc",))
        (one,) = [each for each in found if each.object == "subsidiary:hikvision"]
        return one

    assert hikvision(TODAY).answer is Answer.FOUND
    assert hikvision(TODAY).citations[0].source == "maker-card:hikvision"
    assert hikvision(date(2012, 1, 1)).answer is Answer.NOT_CHECKED  # no card says since when


@pytest.mark.parametrize("place", ["", "Netherlands", "ZZ", "N"])
def test_a_place_that_is_none_is_refused(store: Store, place: str) -> None:
    with pytest.raises(DossierError, match="is not a country"):
        active_in(store, place, TODAY)


def test_the_union_is_the_states_of_the_day() -> None:
    assert "HR" not in place_on("EU", date(2013, 6, 30)).codes
    assert "HR" in place_on("EU", date(2013, 7, 1)).codes
