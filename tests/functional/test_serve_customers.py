"""A file of customers over HTTP: screened, saved, cleared, and screened again after changes of lists."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import web_tools
from served_register import finished
from starlette.testclient import TestClient
from web_tools import Served

from overzicht.entities import PartyQuery, Statement
from overzicht.subjects.screening import party_files as customers
from overzicht.subjects.screening.lookup import party_lookup

CUSTOMERS = """id,name,kvk
K-1,Hangzhou Hikvision Digital Technology Co. Ltd.,
K-2,Bakkerij De Korenaar,12345678
K-3,,1
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    made = web_tools.serve(tmp_path_factory.mktemp("customers") / "home")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()


@pytest.fixture
def editor(served: Served) -> TestClient:
    return served.client("editor")


def screened(client: TestClient, text: str = CUSTOMERS) -> str:
    job = client.post("/api/v1/screening/files", files={"file": ("klanten.csv", text.encode())})
    assert job.status_code == 202, job.text
    done = finished(client, job.json())
    assert done["state"] == "done", done
    return str(done["result"]["screening"])


def hits_of(client: TestClient, run: str) -> list[dict[str, Any]]:
    return list(client.get(f"/api/v1/screening/files/{run}", params={"size": "200"}).json()["items"])


def test_hits_are_saved_and_a_cleared_one_stays_cleared(editor: TestClient) -> None:
    run = screened(editor)
    hits = hits_of(editor, run)
    assert {hit["finding"]["subject"] for hit in hits} == {"K-1"}
    assert all(hit["judgement"] is None for hit in hits)
    finding = hits[0]["finding"]["id"]
    unknown = editor.post(
        f"/api/v1/screening/files/{run}/judgements",
        json={"findings": [finding, "listing-none"], "verdict": "reject", "reason": "nothing is stored"},
    )
    assert (unknown.status_code, all(hit["judgement"] is None for hit in hits_of(editor, run))) == (404, True)
    cleared = editor.post(
        f"/screen/files/{run}/judgements?back=/screen/files/{run}",
        data={"findings": [finding], "verdict": "reject", "reason": "andere vestiging, ander nummer"},
    )
    assert (cleared.status_code, cleared.headers["location"]) == (303, f"/screen/files/{run}")
    again = screened(
        editor, "name;id\nHangzhou Hikvision Digital Technology Co. Ltd.;K-99\n"
    )  # another row and file
    verdicts = {
        hit["finding"]["id"]: hit["judgement"] and hit["judgement"]["verdict"]
        for hit in hits_of(editor, again)
    }
    assert verdicts[finding] == "reject"
    assert None in verdicts.values()  # the other entries still ask for a decision
    page = editor.get(f"/screen/files/{run}", params={"lang": "en", "state": "cleared"}).text
    assert "andere vestiging, ander nummer" in page
    assert "cleared (1)" in page
    everything = editor.get(f"/screen/files/{run}", params={"lang": "en"}).text
    assert everything.count("<article") == 1  # one party, whatever the number of its hits
    assert everything.count('name="findings"') == len(hits) - 1
    rest = [hit["finding"]["id"] for hit in hits[1:]]
    confirmed = editor.post(
        f"/api/v1/screening/files/{run}/judgements",
        json={"findings": rest, "verdict": "confirm", "reason": "de fabrikant zelf"},
    )
    assert [judgement["finding_id"] for judgement in confirmed.json()] == rest
    assert all(hit["judgement"] for hit in hits_of(editor, run))


def test_the_page_shows_rows_that_could_not_be_read_and_lists_that_were_not_checked(
    editor: TestClient,
) -> None:
    run = screened(editor)
    page = editor.get(f"/screen/files/{run}", params={"lang": "en"}).text
    assert "1 row could not be read" in page
    assert "the others were not checked" in page
    listed = editor.get("/screen/files", params={"lang": "nl"}).text
    assert "klanten.csv" in listed


def test_a_cleared_hit_returns_only_when_the_entry_changes(served: Served, editor: TestClient) -> None:
    query = PartyQuery("K-1", ("Hangzhou Hikvision Digital Technology Co. Ltd.",))
    with party_lookup(served.store) as lookup:
        (answers,) = lookup.ask([query], as_of=web_tools.AT.date())
    listing = answers.listings[0]
    record, state = listing.state.record, listing.state

    def hit(**changes: Any) -> str:
        other = replace(state, record=replace(record, **changes))
        (finding,) = customers.findings_of_party(
            replace(answers, listings=(replace(listing, state=other),), possible=()), web_tools.AT.date()
        )
        return finding.id

    assert hit() == hit(place="another row of a newer file")
    assert hit() == hit(statements=(*reversed(record.statements), record.statements[0]))
    assert hit() != hit(statements=(*record.statements, Statement("alias", "Hik Newname")))


def test_saved_files_are_screened_again_only_after_a_change(served: Served, editor: TestClient) -> None:
    run = screened(editor)
    before = {hit["finding"]["id"] for hit in hits_of(editor, run)}
    assert customers.screen_all_again(served.store, web_tools.TESTER) == []
    again = finished(editor, editor.post(f"/api/v1/screening/files/{run}/again").json())
    assert {hit["finding"]["id"] for hit in hits_of(editor, again["result"]["screening"])} == before
    tasks = editor.get("/api/v1/tasks").json()["items"]
    assert not any("klanten.csv" in task["title"] for task in tasks)  # nothing is new


def test_a_reader_sees_and_does_not_decide_and_a_reader_of_one_sees_nothing(
    served: Served, editor: TestClient
) -> None:
    run = screened(editor)
    page = served.client("reader").get(f"/screen/files/{run}", params={"lang": "en"}).text
    assert "Hikvision" in page
    assert "Clear: another party" not in page
    assert served.client("reader of one").get(f"/screen/files/{run}").status_code == 403
