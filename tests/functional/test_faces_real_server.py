"""The clients of others against `overzicht serve` itself: yente's own, and the reconciliation schemas."""

import json
import os
import re
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from importlib import import_module
from importlib.metadata import metadata
from importlib.util import find_spec
from typing import Any, cast

import jsonschema
import pydantic
import pytest
import reconciliation_schemas as told
import yente_client
from yente_client import exceptions

READY_SECONDS = 400  # where the machine code of the engine was never made before
HIKVISION = "us-ofac-30946"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "overzicht", "serve", "--port", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, "OVERZICHT_HOME": str(tmp_path_factory.mktemp("home"))},
    )  # fmt: skip
    try:
        assert process.stdout is not None
        line = next(each for each in process.stdout if "serves at" in each)
        found = line.split("serves at ")[1].split()[0]
        wait_for(found)
        yield found
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def wait_for(address: str) -> None:
    until = time.monotonic() + READY_SECONDS
    with yente_client.Client(base_url=address) as client:
        while time.monotonic() < until:
            try:
                assert client.readyz().status == "ok"
            except (exceptions.ServerError, exceptions.TransportError):
                time.sleep(0.5)
            else:
                return
    raise AssertionError(address)


@pytest.fixture
def client(address: str) -> Iterator[yente_client.Client]:
    with yente_client.Client(base_url=address, app_name="acceptance") as made:
        yield made


class TestYenteClient:
    def test_it_is_there_and_tells_what_it_has(self, client: yente_client.Client) -> None:
        assert client.healthz().status == "ok"
        datasets = {each.name: each for each in client.datasets().datasets}
        assert set(datasets["default"].children) == set(datasets) - {"default", "all", "sanctions"}
        assert set(datasets["sanctions"].children) < set(datasets["default"].children)
        assert datasets["us-ofac"].publisher is not None
        assert client.datasets().datasets == list(datasets.values())  # the second time by its ETag
        algorithms = client.algorithms()
        assert [each.name for each in algorithms.algorithms] == [algorithms.default] == [algorithms.best]

    def test_a_company_is_matched_with_its_reasons(self, client: yente_client.Client) -> None:
        found = client.match(yente_client.Company(name="Hangzhou Hikvision Digital Technology"), limit=10)
        assert found.top is not None
        assert found.top.match
        assert set(found.top.datasets) >= {"us-ofac", "us-bis-entity-list"}  # one result for the party
        assert found.top.contributing_explanations["name"].score == found.top.score
        assert (found.total.value, found.limit) == (len(found.results), 10)

    def test_nobody_is_found_for_an_invented_name(self, client: yente_client.Client) -> None:
        found = client.match(yente_client.Company(name="Quillbrook Bakery"), datasets=["default"])
        assert (found.top, found.total.value) == (None, 0)

    def test_a_stream_of_queries(self, client: yente_client.Client) -> None:
        names = {str(n): yente_client.Company(name=name) for n, name in enumerate(["Dahua Technology"] * 8)}
        found = dict(client.match_iter(names.items(), datasets=["us-bis-entity-list"]))
        assert set(found) == set(names)
        assert all(isinstance(each, yente_client.MatchResponse) and each.matches for each in found.values())

    def test_filters_go_through(self, client: yente_client.Client) -> None:
        asked = yente_client.Company(name="Hikvision")
        only = client.match(asked, datasets=["us-ofac"])
        assert [each.id for each in only.results if each.match] == [HIKVISION]
        assert not client.match(asked, datasets=["us-ofac"], exclude_entities=[HIKVISION]).results
        assert not client.match(asked, datasets=["us-ofac"], exclude_schemata=["Company"]).results

    @pytest.mark.parametrize(
        ("options", "error"),
        [
            ({"algorithm": "logic-v2"}, exceptions.BadRequestError),
            ({"datasets": ["nowhere"]}, exceptions.NotFoundError),
            ({"config": {"option": 1}}, exceptions.BadRequestError),
            ({"weights": {"name": 1.0}}, exceptions.BadRequestError),
        ],
    )
    def test_errors_are_those_that_the_client_knows(
        self, client: yente_client.Client, options: dict[str, Any], error: type[Exception]
    ) -> None:
        with pytest.raises(error) as raised:
            client.match(yente_client.Company(name="x"), **options)
        assert re.search("there is no|has no (option|weight)", str(raised.value))

    def test_search_with_facets(self, client: yente_client.Client) -> None:
        found = client.search("hikvision", facets=["countries", "schema", "datasets"], limit=2)
        assert found.total.relation == "eq"
        assert found.total.value > len(found.results) == 2
        assert found.facets["countries"].values[0].label == "China"
        assert client.search("hikvis", simple=True).total == found.total
        assert client.search("hikvision", countries=["nl"]).results == []

    def test_an_entity_and_what_is_around_it(self, client: yente_client.Client) -> None:
        found = client.fetch(HIKVISION)
        sanctions = [each for each in found.properties["sanctions"] if not isinstance(each, str)]
        assert sanctions[0].properties["program"] == ["CMIC-EO13959"]
        assert client.fetch(sanctions[0].id).schema_ == "Sanction"
        assert "sanctions" not in client.fetch(HIKVISION, nested=False).properties
        assert client.adjacent(HIKVISION).adjacent["sanctions"].total.value == len(sanctions)
        assert client.adjacent(HIKVISION, prop="sanctions", limit=1).limit == 1
        with pytest.raises(exceptions.NotFoundError):
            client.fetch("nothing")


class TestReadmeOfYentesClient:
    """The examples of the README of yente-client 0.2.0, in order; the catalogue of programs is not ours."""

    def test_quickstart(self, client: yente_client.Client) -> None:
        hits = client.match(
            yente_client.Person(firstName="Aleksandr", lastName="Zacharov", birthDate="1965"),
            datasets=["sanctions"],
            threshold=0.7,
        )
        assert hits.top is None or hits.top.score >= 0.2
        for match in hits.matches:
            assert match.score >= 0.7
            assert match.properties.get("topics", [])

    def test_other_endpoints(self, client: yente_client.Client) -> None:
        res = client.search("hikvision", datasets=["default"], schema="Company")
        assert res.results
        entity = client.fetch(res.results[0].id)
        for sanction in entity.properties.get("sanctions", []):
            assert not isinstance(sanction, str)
            assert sanction.properties["authority"]
        assert client.datasets().datasets
        assert client.algorithms().default
        assert client.healthz().status == "ok"

    def test_names_of_opensanctions(self, client: yente_client.Client) -> None:
        asked = yente_client.Company(name="Hikvision")
        found = [client.match(asked, datasets=[name]).results for name in ("us_ofac_sdn", "us-ofac")]
        assert [each.id for each in found[0]] == [each.id for each in found[1]] == [HIKVISION]

    def test_construction_of_entities(self) -> None:
        assert yente_client.Company(name="Acme LLC", jurisdiction="us").to_payload()["schema"] == "Company"
        for wrong in ({"birth_date": "1965"}, {"notARealProp": "X"}):
            with pytest.raises(pydantic.ValidationError):
                yente_client.Person(**wrong)

    def test_statements_of_a_party(self, client: yente_client.Client) -> None:
        whole = client.statements(canonical_id=HIKVISION, limit=500)
        names = [each for each in whole.results if each.prop == "name"]
        assert names
        assert {each.canonical_id for each in names} == {HIKVISION}
        assert all(each.first_seen <= each.last_seen for each in whole.results)
        own = client.statements(entity_id=HIKVISION, prop="name")
        assert {each.entity_id for each in own.results} == {HIKVISION}
        assert (
            client.statements(canonical_id=HIKVISION, dataset="us_ofac_sdn").total.value <= whole.total.value
        )
        with pytest.raises(exceptions.BadRequestError):
            client.statements()
        assert client.statements(entity_id="nothing").results == []


README = str(cast("Message", metadata("yente-client")).get_payload())
COMMANDS = [shlex.split(line, comments=True) for line in re.findall(r"^yente-cli .+", README, re.MULTILINE)]
NOTHING, API_ERROR = 1, 3  # exit codes of the README
EXPECTED = {"match": NOTHING, "search": NOTHING, "fetch": API_ERROR}  # the starter facts lack its people


@pytest.mark.skipif(not find_spec("typer"), reason="typer is not installed (yente-client[cli])")
class TestCommandsOfYentesClient:
    """The commands of the same README; `programs` reads a file of OpenSanctions from the internet."""

    def run(self, address: str, *arguments: str) -> tuple[int, Any]:
        testing, cli = import_module("typer.testing"), import_module("yente_client.cli.main")
        ended = testing.CliRunner().invoke(cli.app, arguments, env={"YENTE_BASE_URL": address})
        assert ended.exception is None or isinstance(ended.exception, SystemExit)
        return ended.exit_code, json.loads(ended.stdout) if ended.stdout else ended.stderr

    def test_the_readme_has_them(self) -> None:
        assert len(COMMANDS) == 11
        assert {command[1] for command in COMMANDS} > {"match", "search", "fetch", "status", "datasets"}

    @pytest.mark.parametrize(
        "command", [each[1:] for each in COMMANDS if each[1] != "programs"], ids=" ".join
    )
    def test_each_ends_as_the_readme_states(self, address: str, command: list[str]) -> None:
        code, printed = self.run(address, *command)
        assert code == EXPECTED.get(command[0], 0), printed
        assert printed

    def test_a_listed_company_is_matched_searched_and_fetched(self, address: str) -> None:
        company = ["-s", "Company", "-p", "name=Hangzhou Hikvision Digital Technology", "-d", "sanctions"]
        code, match = self.run(address, "match", *company)
        assert (code, match["results"][0]["match"]) == (0, True)
        assert HIKVISION in {match["results"][0]["id"], *match["results"][0]["referents"]}
        code, search = self.run(address, "search", "hikvision", "-d", "default", "-s", "Company")
        assert (code, HIKVISION in {each["id"] for each in search["results"]}) == (0, True)
        code, entity = self.run(address, "fetch", HIKVISION)
        assert (code, entity["properties"]["sanctions"][0]["properties"]["program"]) == (0, ["CMIC-EO13959"])


def posted(address: str, path: str = "/reconcile", **form: Any) -> Any:
    body = urllib.parse.urlencode({name: json.dumps(value) for name, value in form.items()}).encode()
    with urllib.request.urlopen(f"{address}{path}", body, timeout=60) as answer:  # noqa: S310
        return json.loads(answer.read())


def got(address: str, **query: Any) -> Any:
    with urllib.request.urlopen(f"{address}?{urllib.parse.urlencode(query)}", timeout=60) as answer:  # noqa: S310
        return json.loads(answer.read())


def checked(value: Any, schema: Any) -> Any:
    jsonschema.validate(value, schema, jsonschema.Draft202012Validator)
    return value


class TestReconciliation:
    def test_the_manifest_and_all_that_it_names(self, address: str) -> None:
        manifest = checked(got(f"{address}/reconcile"), told.MANIFEST)
        assert "authentication" not in manifest
        suggest = {kind: "".join(each.values()) for kind, each in manifest["suggest"].items()}
        entities = checked(got(suggest["entity"], prefix="hikvi"), told.ENTITY_SUGGESTIONS)["result"]
        assert HIKVISION in {each["id"] for each in entities}
        assert got(suggest["entity"], prefix="hikvi", cursor=len(entities))["result"] == []
        assert got(suggest["entity"], prefix=HIKVISION)["result"][0]["id"] == HIKVISION
        types = checked(got(suggest["type"], prefix="compan"), told.SUGGESTIONS)["result"]
        assert [each["id"] for each in types] == ["Company"]
        properties = checked(got(suggest["property"], prefix="Registration n"), told.SUGGESTIONS)["result"]
        assert "registrationNumber" in {each["id"] for each in properties}
        proposed = "".join(manifest["extend"]["propose_properties"].values())
        assert checked(got(proposed, type="Person", limit=3), told.PROPOSAL)["type"] == "Person"
        for page in (manifest["view"]["url"], manifest["preview"]["url"]):
            with urllib.request.urlopen(page.replace("{{id}}", HIKVISION), timeout=60) as answer:  # noqa: S310
                assert b"CMIC-EO13959" in answer.read()

    def test_a_batch_by_post_and_by_get(self, address: str) -> None:
        batch = {
            "q0": {"query": "Hikvision"},
            "q1": {"query": HIKVISION, "type": "Company", "limit": 1},
            "q2": {"query": "Nobody Whom We Know", "type": ["Person", "Company"], "type_strict": "any"},
            "q3": {"properties": [{"pid": "uscCode", "v": ["91330000733796106P", {"id": "x", "name": "y"}]}]},
        }
        found = checked(posted(address, queries=batch), told.RESULTS)
        assert list(found) == list(batch)
        assert found == got(f"{address}/reconcile/default", queries=json.dumps(batch))
        assert found["q0"]["result"][0]["score"] > 90
        assert [(each["id"], each["score"]) for each in found["q1"]["result"]] == [(HIKVISION, 100)]
        assert found["q2"]["result"] == []
        assert HIKVISION in {each["id"] for each in found["q3"]["result"]}
        for each in found.values():
            scores = [candidate["score"] for candidate in each["result"]]
            assert scores == sorted(scores, reverse=True)
            assert not any(candidate["match"] for candidate in each["result"][1:])

    def test_properties_of_other_services_exclude_nothing(self, address: str) -> None:
        """The examples of the standard name types and properties of the German National Library."""
        other = [{"pid": "professionOrOccupation", "v": ["Politik*", {"id": "x", "name": "X"}]},
                 {"pid": "affiliation", "v": "http://d-nb.info/gnd/2022139-3"}]  # fmt: skip
        asked = {"type": "DifferentiatedPerson", "type_strict": "should", "limit": 5, "properties": other}
        batch = {
            "q0": {"query": "Christel Hanewinckel", **asked},
            "q1": {"query": "Hikvision", **asked},
            "q2": {"query": "Hikvision"},
            "q3": {"properties": [{"pid": "uid", "v": "27eb892afbb2"}]},
        }
        results = checked(posted(address, queries=batch), told.RESULTS)
        assert list(results) == list(batch)
        assert not results["q0"]["result"]
        assert not results["q3"]["result"]
        assert results["q1"] == results["q2"]
        wanted = [{"id": "variantName", "settings": {"limit": "5"}}, {"id": "wikidataId"}]
        values = checked(posted(address, extend={"ids": ["10662041X"], "properties": wanted}), told.EXTENSION)
        assert values["rows"] == {"10662041X": {"variantName": [], "wikidataId": []}}

    def test_properties_of_entities(self, address: str) -> None:
        asked = {
            "ids": [HIKVISION, "nothing"],
            "properties": [{"id": "alias", "settings": {"limit": 1}}, {"id": "sanctions"}],
        }
        found = checked(posted(address, extend=asked), told.EXTENSION)
        assert [each["id"] for each in found["meta"]] == ["alias", "sanctions"]
        assert len(found["rows"][HIKVISION]["alias"]) == 1
        assert found["rows"][HIKVISION]["sanctions"][0]["id"].startswith(HIKVISION)
        assert found["rows"]["nothing"] == {"alias": [], "sanctions": []}

    def test_a_day_in_the_address_goes_on_into_every_address(self, address: str) -> None:
        day = {"as-of": "2018-08-12"}
        manifest = checked(got(f"{address}/reconcile", **day), told.MANIFEST)
        assert all("as-of=2018-08-12" in "".join(each.values()) for each in manifest["suggest"].values())
        assert got(
            "".join(manifest["suggest"]["entity"].values()).split("?", 1)[0], prefix="hikv", **day
        ) == {"result": []}
        assert (
            got(f"{address}/reconcile", queries='{"q": {"query": "Hikvision"}}', **day)["q"]["result"] == []
        )

    @pytest.mark.parametrize(
        ("form", "status"),
        [
            ({"queries": "no batch"}, 400),
            ({"queries": {"q": {}}}, 400),
            ({"queries": {"q": {"query": "x", "type": "Nothing"}}}, 400),
            ({"queries": {"q": {"query": "x", "properties": [{"pid": "nothing"}]}}}, 400),
            ({"queries": [{"query": "x"}]}, 400),
            ({"queries": {"q": {"query": "x", "surplus": 1}}}, 400),
            ({"queries": {f"q{n}": {"query": "x"} for n in range(501)}}, 413),
            ({"extend": {"ids": ["x"], "properties": [{"name": "nothing"}]}}, 400),
            ({}, 400),
        ],
    )  # fmt: skip
    def test_what_cannot_be_understood_is_refused(self, address: str, form: Any, status: int) -> None:
        with pytest.raises(urllib.error.HTTPError) as raised:
            posted(address, **form)
        with raised.value as answer:
            assert (answer.code, answer.headers["content-type"]) == (status, "application/problem+json")
