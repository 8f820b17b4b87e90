"""Names in other scripts: read names lead to the party itself, remembered ones to possible matches."""

from datetime import date

import pytest

from overzicht.entities import Band, PartyMatch, PartyQuery
from overzicht.errors import PackagedFactError
from overzicht.parties import makers as known
from overzicht.parties import names
from overzicht.parties.card_facts import made_facts
from overzicht.parties.links import links_of_known
from overzicht.parties.variants import name_variants
from overzicht.screening.engine import ScreeningEngine
from overzicht.screening.index.build import IndexedParty
from overzicht.screening.index.resolve import KNOWN_PARTIES, NAME
from overzicht.screening.policy import possible_score

RAW = """
checked: 2026-11-27
parties:
  - id: bluefern
    latin: ["Bluefern Optics Co., Ltd.", Bluefern]
    names:
      - {name: 青蕨光学, lang: zho, certainty: read, source: page}
      - {name: Блюферн, lang: rus}
sources:
  page: {title: A page, address: "https://example.org/page", read: 2026-11-27}
"""


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "load_names", lambda: names.read_names(RAW))
    made = made_facts()
    monkeypatch.setattr(known, "known_facts", lambda: made)


def matches_of(asked: str) -> list[PartyMatch]:
    party = known.known_parties()["bluefern"]
    listed = name_variants("Bluefern Optics Co., Ltd.")
    links = links_of_known(party.query)
    engine = ScreeningEngine.of(
        [
            IndexedParty("a-1", "Organization", listed, "list-a", links=((NAME, "bluefern optics"),)),
            IndexedParty("a-2", "Organization", ("Harbour Lamp Works",), "list-a"),
            IndexedParty(party.id, "Organization", party.query.names, KNOWN_PARTIES, links=links),
        ]
    )
    query = known.identified(PartyQuery("q", (asked,)))
    (found,) = engine.match([query], as_of=date(2026, 11, 27), possible=possible_score())
    return found


@pytest.mark.usefixtures("facts")
def test_a_name_that_was_read_is_the_party() -> None:
    (match,) = matches_of("青蕨光学")
    assert (match.record_id, match.band) == ("a-1", Band.MATCH)


@pytest.mark.usefixtures("facts")
def test_a_remembered_name_is_possibly_the_party() -> None:
    (match,) = matches_of("Блюферн")
    assert (match.record_id, match.band) == ("a-1", Band.POSSIBLE)
    assert "Блюферн" in " ".join(str(reason.to_json()) for reason in match.reasons)


@pytest.mark.parametrize(("party_id", "places"), [("", ["a"]), ("bluefern", [])])
def test_initials_of_another_name_are_no_name_of_a_known_party(party_id: str, places: list[str]) -> None:
    listed = IndexedParty("a", "Organization", ("Bright Field Optics Aldin",), "list-a")
    query = PartyQuery("q", ("BFOA",), "Organization", party_id=party_id)
    (found,) = ScreeningEngine.of([listed]).match(
        [query], as_of=date(2026, 11, 27), possible=possible_score()
    )
    assert [match.record_id for match in found] == places


@pytest.mark.usefixtures("facts")
def test_a_person_of_a_remembered_name_is_nobody_known() -> None:
    query = PartyQuery("q", ("Блюферн",), "Person")
    assert known.identified(query) == query


def test_the_packaged_names_are_in_their_form() -> None:
    assert all(party.latin and party.names for party in names.load_names())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (", certainty: read, source: page", ", certainty: read", "give a source"),
        ("{name: Блюферн, lang: rus}", "{name: Блюферн, lang: rus, source: page}", "give a source"),
        ("source: page}", "source: leaf}", "these sources are missing: leaf"),
        ("lang: rus", "lang: xyz", "lang"),
        ("names:", "colours:", "names"),
        ("checked: 2026-11-27", "checked: [", "YAML|flow|expected"),
    ],
)
def test_a_faulty_file_is_refused(old: str, new: str, reason: str) -> None:
    with pytest.raises(PackagedFactError, match=reason):
        names.read_names(RAW.replace(old, new))
