"""The page of any party, and the search that leads to it, over HTTP."""

from collections.abc import Iterator

import pytest
import served_register
import web_tools
from served_register import SECRET
from starlette.testclient import TestClient
from web_tools import Served

DAY = served_register.DAY.isoformat()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("parties")
    made = web_tools.serve(folder / "home")
    served_register.fill(made, folder)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


def page(client: TestClient, path: str, **query: str) -> str:
    reply = client.get(path, params={"lang": "en", "as-of": DAY, **query})
    assert reply.status_code == 200, reply.text
    return reply.text


@pytest.mark.parametrize("name", ["Huawei", "Huawei Technologies Co., Ltd.", "huawei"])
def test_any_name_of_a_maker_leads_to_its_page(served: Served, name: str) -> None:
    text = page(served.client("reader"), "/parties", name=name)
    assert ">Huawei</h1>" in text
    assert 'id="names-h"' in text  # it has a card


def test_an_owner_without_a_card_has_a_page_with_its_makers(served: Served) -> None:
    text = page(served.client("reader"), "/parties", name="China Electronics Technology Group Corporation")
    assert "no maker card" in text
    assert 'href="/makers/hikvision' in text
    assert "United States Treasury sanctions lists" in text


def test_a_brand_without_a_card_shows_who_makes_it_and_the_devices_here(served: Served) -> None:
    client = served.client("editor of one")
    text = page(client, "/parties", name="Annke")
    assert "no maker card" in text
    assert 'href="/makers/hikvision' in text
    assert "1 of these is sold under another brand" in text
    assert "Not checked" in text  # no list covers the date: it is not said that it is not listed
    assert "Not listed" not in text


def test_a_page_shows_the_devices_that_the_reader_may_see(served: Served) -> None:
    one, everything = (
        page(served.client(role), "/makers/hikvision").partition("devices in the register")[2][:400]
        for role in ("reader of one", "reader")
    )
    assert one != everything
    assert "licence cases" not in page(served.client("reader"), "/makers/hikvision")
    assert "licence cases" in page(served.client("editor"), "/makers/hikvision")


def test_the_days_of_changes_lead_to_the_page_on_that_day(served: Served) -> None:
    text = page(served.client("reader"), "/makers/hikvision")
    assert "as-of=2019-10-09" in text
    before = page(served.client("reader"), "/makers/hikvision", **{"as-of": "2018-01-01"})
    assert "since 9 October 2019" not in before
    assert "as-of=2019-10-09" not in before


@pytest.mark.parametrize(
    ("words", "labels"),
    [
        ("camera stadhuis", {"C-1", "C-2"}),
        ("bewakingscamera stadhuis", {"C-1", "C-2"}),
        ("stadhuis kelder", {"C-2"}),
        ("recorder stadhuis", set()),
    ],
)
def test_words_for_a_kind_and_a_place_find_the_devices_there(
    served: Served, words: str, labels: set[str]
) -> None:
    text = page(served.client("editor of one"), "/search", q=words)
    assert {label for label in ("C-1", "C-2", "C-3", "C-5") if f">{label}</a>" in text} == labels
    assert SECRET not in text


def test_a_misspelt_name_is_suggested(served: Served) -> None:
    text = page(served.client("reader"), "/search", q="hikvison")
    assert "Did you mean" in text
    assert 'q=Hikvision"' in text or "q=Hikvision&" in text
