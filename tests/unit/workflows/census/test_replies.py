"""Claims in letters and in the list: filled in from the register, and shown with the reply of the body."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from census_tools import NONE, REFERENCE, ROUND, Census, at, cameras, write_csv

from overzicht.dates import Holds
from overzicht.store.database import Store
from overzicht.subjects.census.answers import Depth, Question
from overzicht.subjects.census.claims_workflow import import_claims
from overzicht.subjects.census.overview import national_overview
from overzicht.subjects.census.publishing import publish_overview
from overzicht.subjects.census.replies import ReplyState, show_claims
from overzicht.subjects.census.rolls import RollFiles, load_roll
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation

EARLY, LAST_DAY, PUBLISHED = date(2026, 3, 9), date(2026, 3, 13), date(2026, 3, 16)
TENDER = Path(__file__).parents[3] / "fixtures/tenders/ted_nl.xml"


@pytest.fixture
def census(tmp_path: Path) -> Iterator[Census]:
    """Yield a round with letters of 2 March, before any answer."""
    made = Census(tmp_path)
    yield made
    made.store.close()


def state(census: Census, number: int, day: date) -> tuple[ReplyState, date | None]:
    """Return the reply to the claim about a town."""
    (reply,) = show_claims(census.store, day, f"nl:t{number:02}").replies
    return reply.state, reply.day


def test_each_claim_has_the_reply_of_its_body(census: Census) -> None:
    rows = [(n, f"Town {n:02}", "NL", "2026-02-01", "has", "Hikvision", "x") for n in range(1, 5)]
    rows.append((5, "Town 05", "NL", "2026-03-03", "has", "Hikvision", "x"))
    header = ("number", "body", "country", "date", "answer", "maker", "source")
    import_claims(census.store, write_csv(census.folder / "claims.csv", header, rows), at(REFERENCE))
    census.send(REFERENCE, *(f"nl:t{n:02}" for n in range(1, 6)))
    census.answer(EARLY, "nl:t01", [NONE])
    census.answer(EARLY, "nl:t02", [cameras(4)])
    census.answer(EARLY, "nl:t03", [cameras(4)], level="coverage")
    assert state(census, 1, REFERENCE) == (ReplyState.OPEN, PUBLISHED)
    assert state(census, 1, EARLY) == (ReplyState.REPLIED, EARLY)
    assert state(census, 3, EARLY) == (ReplyState.IN_CONFIDENCE, EARLY)
    assert state(census, 4, LAST_DAY) == (ReplyState.OPEN, PUBLISHED)
    assert state(census, 4, PUBLISHED) == (ReplyState.NO_REPLY, PUBLISHED)
    assert state(census, 5, PUBLISHED) == (ReplyState.NOT_ASKED, None)  # the letter was before the claim
    none, some, secret = show_claims(census.store, PUBLISHED).replies[:3]
    assert (none.depth, none.holds, some.holds) == (Depth.NONE, Holds.NO, Holds.YES)
    assert (secret.depth, secret.holds) == (None, None)
    assert str(none.sentence) == "the body replied on 2026-03-09: none, it does not have this equipment"


def test_a_claim_about_a_body_without_a_round_has_no_reply(census: Census) -> None:
    rows = [(1, "Nowhere", "NL", "2026-02-01", "has", "Hikvision", "x")]
    header = ("number", "body", "country", "date", "answer", "maker", "source")
    import_claims(census.store, write_csv(census.folder / "claims.csv", header, rows), at(EARLY))
    (reply,) = show_claims(census.store, EARLY).replies
    assert (reply.round, reply.state) == ("", ReplyState.NOT_ASKED)


def letter_of(census: Census, number: int) -> list[str]:
    """Return what the letter to a town says that others state."""
    (letter,) = census.send(EARLY, f"nl:t{number:02}")
    return [str(claim) for claim in letter.claims]


def import_file(census: Census, path: Path, organisation: str) -> None:
    organisations.add_organisation(census.store, NewOrganisation(organisation, country="NL"), at(REFERENCE))
    view = importing.preview_import(census.store, path, ImportChoices(organisation), at(REFERENCE))
    importing.accept_import(census.store, view.import_.id, at(REFERENCE))


def test_a_tender_fills_in_the_letter_of_its_buyer_alone(census: Census) -> None:
    path = census.folder / "notice.xml"
    path.write_text(TENDER.read_text(encoding="utf-8").replace("Gemeente Voorbeeldstad", "Town 05"))
    import_file(census, path, "Town 05")
    claims = letter_of(census, 5)
    assert [("“planned” of Dahua" in claim, "unit" in claim) for claim in claims] == [
        (True, False), (False, False),
    ]  # fmt: skip
    assert "“planned” of Hikvision" in claims[1]
    assert letter_of(census, 6) == []
    assert (
        national_overview(census.store, ROUND, EARLY, Question(frozenset({"dahua"}))).coverage.answered == 0
    )


def test_a_camera_register_fills_in_the_letter_of_its_owner(census: Census) -> None:
    tags = {"man_made": "surveillance", "surveillance:type": "camera", "manufacturer": "Axis"}
    features = [
        {"type": "Feature", "properties": {**tags, "ref": f"C{n}"},
         "geometry": {"type": "Point", "coordinates": [5.1 + n / 100, 52.1]}}
        for n in range(3)
    ]  # fmt: skip
    path = census.folder / "cameras.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    import_file(census, path, "Town 07")
    (claim,) = letter_of(census, 7)
    assert "“has” of Axis" in claim
    assert "“3”, unit device" in claim
    assert letter_of(census, 8) == []
    assert national_overview(census.store, ROUND, EARLY).coverage.answered == 0


def test_a_claim_that_came_after_the_letter_waits_for_a_letter_that_has_it(census: Census) -> None:
    rows = [(1, "Town 01", "NL", "2026-02-01", "has", "Hikvision", "x")]
    header = ("number", "body", "country", "date", "answer", "maker", "source")
    import_claims(census.store, write_csv(census.folder / "claims.csv", header, rows), at(EARLY))
    question = Question(frozenset({"hikvision"}))

    def proved(day: date, *, is_published: bool) -> int:
        if is_published:
            return publish_overview(census.store, ROUND, day, question, at(day)).outcome.proved
        return national_overview(census.store, ROUND, day, question).outcome.proved

    later = date(2026, 4, 1)
    assert state(census, 1, later) == (ReplyState.NOT_ASKED, None)
    assert (proved(later, is_published=False), proved(later, is_published=True)) == (1, 0)
    assert letter_of(census, 1) != []  # the second letter, of 9 March, has it
    assert state(census, 1, LAST_DAY) == (ReplyState.OPEN, date(2026, 3, 23))
    assert proved(date(2026, 3, 20), is_published=True) == 0
    assert proved(date(2026, 3, 23), is_published=True) == 1


HEADER = ("number", "body", "country", "date", "answer", "maker", "source", "kind")
ROW = (1, "Meerland", "BE", "2026-02-01", "has", "Hikvision", "x")


@pytest.fixture
def meerland(tmp_path: Path) -> Iterator[Store]:
    """Yield a store with a roll of two bodies of one name."""
    roll = write_csv(
        tmp_path / "roll.csv", ("code", "name", "kind"),
        [("g1", "Gemeente Meerland", "municipality"), ("p1", "Provincie Meerland", "province")],
    )  # fmt: skip
    store = Store.open(tmp_path / "home", at=at(REFERENCE).at)
    load_roll(store, RollFiles(roll, country="BE", reason="invented"), at(REFERENCE))
    yield store
    store.close()


def claimed(store: Store) -> list[str]:
    return [claim.body_id for claim in show_claims(store, REFERENCE).claims]


def test_a_shared_name_is_asked_about_until_its_kind_is_stated(meerland: Store, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    asked = import_claims(meerland, write_csv(path, HEADER, [(*ROW, "")]), at(REFERENCE))
    assert (asked.added, asked.matched, asked.unmatched) == (1, 0, ("Meerland",))
    kinds = (("Gemeente Meerland", "municipality"), ("Provincie Meerland", "province"))
    assert [(name.name, name.candidates) for name in asked.unclear] == [("Meerland", kinds)]
    decided = import_claims(meerland, write_csv(path, HEADER, [(*ROW, "province")]), at(REFERENCE))
    assert (decided.added, decided.matched, decided.unclear) == (0, 1, ())
    assert claimed(meerland) == ["be:p1"]


def test_another_kind_is_another_claim_and_the_file_of_a_claim_corrects_it(
    meerland: Store, tmp_path: Path
) -> None:
    first, other = tmp_path / "first.csv", tmp_path / "other.csv"
    added = [
        import_claims(meerland, write_csv(path, HEADER, [(*ROW, kind)]), at(REFERENCE)).added
        for path, kind in ((first, "municipality"), (other, "province"), (first, "municipality"), (first, ""))
    ]
    assert (added, claimed(meerland)) == ([1, 1, 0, 0], ["be:g1", "be:p1"])
    third = tmp_path / "third.csv"
    for kind, own_id in (("county", ""), ("", ""), ("region", "")):
        import_claims(meerland, write_csv(third, HEADER, [(*ROW, kind)]), at(REFERENCE))
        assert claimed(meerland) == ["be:g1", "be:p1", own_id]


def test_a_wrong_kind_is_corrected_by_the_next_version_of_its_file(meerland: Store, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    for kind, own_id in (("municipality", "be:g1"), ("province", "be:p1"), ("", "be:p1"), ("county", "")):
        import_claims(meerland, write_csv(path, HEADER, [(*ROW, kind)]), at(REFERENCE))
        assert claimed(meerland) == [own_id]
