"""The interfaces of others: refusals, filters, pages of answers, and who may read from where."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import web_tools
from store_tools import company, put, snapshot_of
from web_tools import Served

from overzicht.web import app as application
from overzicht.web.service import ServiceOptions
from overzicht.web.work import WORKERS

DAY = date(2026, 11, 20)
NAMES = ("Bluefern Optics", "Bluefern Marine Shipping", "Quillbrook Works", "DM Link")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    options = ServiceOptions(reads_openly=True, rate="", origins=("https://refine.example.nl",))
    made = web_tools.serve(tmp_path_factory.mktemp("faces"), options)
    held = [company(f"un-{n}", name, since=date(2021, 3, 22)) for n, name in enumerate(NAMES, 1)]
    put(made.store, snapshot_of("un-sc", DAY), held)
    yield made
    made.app.state.service.runner.stop()
    made.store.close()
    patch.undo()


def asked(served: Served, path: str, **query: Any) -> Any:
    answer = served.client(near=True).get(path, params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def matched(served: Served, *names: str, path: str = "/match/default", **query: Any) -> Any:
    queries = {f"q{n}": {"schema": "Company", "properties": {"name": [name]}} for n, name in enumerate(names)}
    answer = served.client(near=True).post(path, params=query, json={"queries": queries})
    assert answer.status_code == 200, answer.text
    return answer.json()


class TestReconcile:
    def candidates(self, served: Served, name: str) -> Any:
        batch = json.dumps({"q": {"query": name, "type": "Company"}})
        return asked(served, "/reconcile", queries=batch)["q"]["result"]

    def test_the_very_name_can_be_accepted_without_a_check(self, served: Served) -> None:
        first, *others = self.candidates(served, "Bluefern Optics B.V.")
        assert (first["id"], first["match"]) == ("un-1", True)
        assert not any(each["match"] for each in others)

    def test_a_candidate_that_no_other_interface_calls_a_match_cannot(self, served: Served) -> None:
        """The score of an initial and a word that begins with it is as high as that of the name."""
        first, *_ = self.candidates(served, "D-Link Corporation")
        assert (first["id"], first["match"]) == ("un-4", False)
        assert first["score"] >= 90
        (likely, *_) = matched(served, "D-Link Corporation")["responses"]["q0"]["results"]
        assert (likely["id"], likely["match"]) == ("un-4", False)


class TestMatch:
    def test_every_query_has_its_answer_with_score_and_reasons(self, served: Served) -> None:
        found = matched(served, "Bluefern Optics", "Nobody Here")
        assert set(found["responses"]) == {"q0", "q1"}
        first = found["responses"]["q0"]
        assert first["status"] == 200
        assert first["query"]["properties"] == {"name": ["Bluefern Optics"]}
        assert first["total"] == {"value": len(first["results"]), "relation": "eq"}
        best = first["results"][0]
        assert (best["id"], best["match"], best["datasets"]) == ("un-1", True, ["un-sc"])
        assert best["explanations"]["name"]["score"] == best["score"] == best["features"]["name"]
        assert found["responses"]["q1"]["results"] == []

    def test_the_threshold_moves_the_flag_and_the_cutoff_the_answers(self, served: Served) -> None:
        loose = matched(served, "Bluefern Optik", threshold=1, cutoff=0)["responses"]["q0"]["results"]
        assert loose
        assert not any(each["match"] for each in loose)
        assert not matched(served, "Bluefern Optik", threshold=1, cutoff=1)["responses"]["q0"]["results"]
        assert len(matched(served, "Bluefern", cutoff=0, limit=1)["responses"]["q0"]["results"]) == 1

    def test_the_day_counts(self, served: Served) -> None:
        before = matched(served, "Bluefern Optics", **{"as-of": "2021-03-21"})
        assert before["responses"]["q0"]["results"] == []
        assert matched(served, "Bluefern Optics", **{"as-of": "2021-03-22"})["responses"]["q0"]["results"]

    def test_lists_can_be_left_out(self, served: Served) -> None:
        assert not matched(served, NAMES[0], exclude_dataset="un-sc")["responses"]["q0"]["results"]
        assert matched(served, NAMES[0], path="/match/all", include_dataset="un-sc")["responses"]["q0"][
            "results"
        ]
        assert not matched(served, NAMES[0], exclude_entity_ids="un-1")["responses"]["q0"]["results"]
        assert not matched(served, NAMES[0], changed_since="2026-11-21")["responses"]["q0"]["results"]
        assert matched(served, NAMES[0], changed_since="2026-11")["responses"]["q0"]["results"]
        assert not matched(served, NAMES[0], topics="role.pep")["responses"]["q0"]["results"]

    @pytest.mark.parametrize(
        ("query", "body", "status"),
        [
            ({"algorithm": "logic-v2"}, {}, 400),
            ({"changed_since": "soon"}, {}, 400),
            ({"changed_since": "2026-13"}, {}, 400),
            ({"limit": 0}, {}, 400),
            ({"threshold": 2}, {}, 400),
            ({"include_dataset": "nowhere"}, {}, 404),
            ({}, {"queries": {}}, 400),
            ({}, {"queries": {"q": None}}, 400),
            ({}, {"queries": {"q": {"schema": "Nothing", "properties": {}}}}, 400),
            ({}, {"queries": {"q": {"schema": "Company", "properties": {"nothing": ["x"]}}}}, 400),
            ({}, {"config": {"nm_number_mismatch": 0.4}}, 400),
            ({}, {"weights": {"name": 0}}, 400),
            ({}, {"queries": {f"q{n}": {"schema": "Person", "properties": {}} for n in range(501)}}, 400),
        ],
    )  # fmt: skip
    def test_what_cannot_be_understood_is_refused_with_a_detail(
        self, served: Served, query: dict[str, Any], body: dict[str, Any], status: int
    ) -> None:
        plain = {"queries": {"q": {"schema": "Company", "properties": {"name": "x"}}}}
        answer = served.client(near=True).post("/match/default", params=query, json={**plain, **body})
        assert answer.status_code == status
        assert isinstance(answer.json()["detail"], str)

    def test_the_features_are_described_beside_the_results(self, served: Served) -> None:
        answer = matched(served, NAMES[0])
        features = answer["responses"]["q0"]["results"][0]["features"]
        assert set(features) <= set(answer["matcher"])
        assert answer["matcher"]["name"]["coefficient"] == 1.0


class TestSearch:
    def test_pages_facets_and_order(self, served: Served) -> None:
        found = asked(served, "/search/default", q="bluefern", limit=1, offset=1, sort="caption:desc")
        assert [each["caption"] for each in found["results"]] == ["Bluefern Marine Shipping"]
        assert found["total"] == {"value": 2, "relation": "eq"}
        assert found["facets"]["datasets"]["values"][0]["count"] == 2
        assert found["facets"]["topics"]["values"][0]["label"] == "Sanctioned"

    def test_a_word_may_be_unfinished_when_a_user_types(self, served: Served) -> None:
        assert asked(served, "/search/default", q="quillb")["total"]["value"] == 0
        assert asked(served, "/search/default", q="quillb", simple=True)["total"]["value"] == 1

    @pytest.mark.parametrize(
        "query",
        [
            {"sort": "nothing"},
            {"sort": "caption:up"},
            {"schema": "Nothing"},
            {"filter": "born"},
            {"filter": "x:y"},
        ],
    )
    def test_what_cannot_be_understood_is_refused(self, served: Served, query: dict[str, str]) -> None:
        assert served.client(near=True).get("/search/default", params=query).status_code == 400

    def test_filters(self, served: Served) -> None:
        assert (
            asked(served, "/search/default", filter="properties.name:Quillbrook Works")["total"]["value"] == 1
        )
        assert asked(served, "/search/un-sc", schema="Person")["total"]["value"] == 0
        assert asked(served, "/search/un-sc", target=False)["total"]["value"] == 0


class TestEntities:
    def test_an_entity_with_its_listings(self, served: Served) -> None:
        whole = asked(served, "/entities/un-1")
        (sanction,) = whole["properties"]["sanctions"]
        assert "sanctions" not in asked(served, "/entities/un-1", nested=False)["properties"]
        assert asked(served, f"/entities/{sanction['id']}")["properties"]["entity"][0]["id"] == "un-1"
        around = asked(served, "/entities/un-1/adjacent", limit=0)
        assert around["adjacent"]["sanctions"]["total"]["value"] == 1
        assert around["adjacent"]["sanctions"]["results"] == []
        assert asked(served, "/entities/un-1/adjacent/sanctions")["results"][0]["id"] == sanction["id"]
        assert asked(served, "/entities/un-1/adjacent/ownershipOwner")["results"] == []

    @pytest.mark.parametrize(
        "path",
        [
            "/entities/nothing", "/entities/un-1?as-of=2021-03-21", "/entities/un-1/adjacent/name",
            "/entities/un-1/adjacent/nothing", "/entities/un-1-listing-000000000000", "/search/nowhere",
            "/reconcile/nowhere",
        ],
    )  # fmt: skip
    def test_what_is_not_there(self, served: Served, path: str) -> None:
        assert served.client(near=True).get(path).status_code == 404

    def test_an_answer_that_did_not_change_is_not_sent_again(self, served: Served) -> None:
        client = served.client(near=True)
        tag = client.get("/catalog").headers["etag"]
        assert client.get("/catalog", headers={"If-None-Match": tag}).status_code == 304


def test_the_catalog_tells_what_can_be_asked(served: Served) -> None:
    found = {each["name"]: each for each in asked(served, "/catalog", **{"as-of": "2026-11-21"})["datasets"]}
    assert {"un-sc", "us-ofac"} <= set(found["default"]["children"])
    assert found["un-sc"]["publisher"]["official"]
    assert found["un-sc"]["index_current"]
    assert "us-ofac" in found["all"]["children"]
    late = asked(served, "/catalog", **{"as-of": "2027-11-21"})
    assert (late["index_stale"], "un-sc" in late["outdated"]) == (True, True)


def test_a_token_may_be_sent_as_an_api_key(served: Served) -> None:
    client = served.client()
    assert client.get("/catalog").status_code == 401
    key = {"Authorization": f"ApiKey {served.tokens['reader']}"}
    assert client.get("/catalog", headers=key).status_code == 200
    assert client.get("/catalog", headers={"Authorization": "ApiKey wrong"}).status_code == 401
    assert client.get("/healthz").json() == {"status": "ok"}


def test_it_is_ready_only_when_an_engine_is(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    engines = served.app.state.service.engines
    assert engines.wait(400)
    assert served.client().get("/readyz").json()["status"] == "ok"
    monkeypatch.setattr(engines, "wait", lambda _seconds: False)
    answer = served.client().get("/readyz")
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")


def test_an_engine_is_lent_again_until_the_lists_change(served: Served) -> None:
    engines = served.app.state.service.engines
    with engines.lend() as first:
        pass
    with engines.lend() as second, engines.lend() as third:
        assert second is first
        assert third is not first
    put(served.store, snapshot_of("eu-fsf", DAY, "e"), [company("eu-1", "Lens Works", list_id="eu-fsf")])
    with engines.lend() as fourth:
        assert fourth.version != first.version


ALLOWED = [
    ({"Origin": "http://127.0.0.1:3333"}, "http://127.0.0.1:3333"),
    ({"Origin": "http://localhost:3333"}, "http://localhost:3333"),
    ({"Origin": "https://refine.example.nl"}, "https://refine.example.nl"),
    ({"Origin": "https://evil.example"}, ""),
    ({"Origin": "https://127.0.0.1.evil.example"}, ""),
    ({"Origin": "null"}, ""),
    ({"Origin": "http://[::"}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("headers", "told"), ALLOWED)
def test_which_pages_may_read_the_reconciliation_interface(
    served: Served, headers: dict[str, str], told: str
) -> None:
    client = served.client(near=True)
    batch = {"queries": json.dumps({"q": {"query": "Bluefern"}})}
    read = client.get("/reconcile", headers=headers)
    sent = client.post("/reconcile", data=batch, headers={**headers, "Sec-Fetch-Site": "cross-site"})
    assert read.headers.get("access-control-allow-origin", "") == told
    assert sent.status_code == (200 if told else 403)
    assert "access-control-allow-credentials" not in read.headers
    assert "access-control-allow-origin" not in client.get("/catalog", headers=headers).headers


def test_a_page_anywhere_may_read_it_with_a_token(served: Served) -> None:
    client = served.client()
    before = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    told = client.options("/reconcile/default", headers=before)
    assert (told.status_code, told.headers["access-control-allow-headers"]) == (
        204,
        "authorization, content-type",
    )
    key = {"Authorization": f"Bearer {served.tokens['reader']}", "Origin": "https://evil.example"}
    answer = client.get("/reconcile/default/suggest/type", headers=key)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert client.get("/reconcile/default/suggest/type", headers=before).status_code == 401


def test_only_pages_that_may_read_it_may_frame_the_preview(served: Served) -> None:
    client = served.client(near=True)
    preview = client.get("/reconcile/preview/un-1").headers["content-security-policy"]
    assert "frame-ancestors http://127.0.0.1:* http://localhost:* https://refine.example.nl" in preview
    assert "frame-ancestors 'none'" in client.get("/reconcile/view/un-1").headers["content-security-policy"]
    assert client.get("/reconcile/view/un-1?as-of=2021-03-21").status_code == 404
