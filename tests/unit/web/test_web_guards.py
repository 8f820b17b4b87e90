"""Headers, host names, other sites' requests, sizes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import web_tools
from web_tools import Served

from overzicht.web import app as application
from overzicht.web.guards import POLICY
from overzicht.web.service import ServiceOptions
from overzicht.web.uploads import attachment
from overzicht.web.work import WORKERS

HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    options = ServiceOptions(
        reads_openly=True, rate="", hosts=("127.0.0.1", "overzicht.example.nl"), max_body_bytes=20_000,
        max_upload_bytes=60_000,
    )  # fmt: skip
    made = web_tools.serve(tmp_path_factory.mktemp("guards"), options)
    web_tools.person(made, "mia")
    yield made
    made.app.state.service.runner.stop()
    made.store.close()
    patch.undo()


@pytest.mark.parametrize("path", ["/login", "/api/v1/me", "/static/web.css", "/nowhere", "/openapi.json"])
def test_every_answer_carries_the_headers(served: Served, path: str) -> None:
    headers = served.client(near=True).get(path).headers
    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "strict-transport-security" not in headers
    assert "unsafe" not in POLICY
    assert {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"} < set(POLICY.split("; "))


def test_a_refusal_and_a_redirect_carry_the_policy_too(served: Served) -> None:
    near = served.client(near=True)
    answers = {
        421: near.get("/login", headers={"Host": "elsewhere.example"}),
        413: near.post("/login", content=b"x" * 30_000),
        414: near.get("/login?" + "x" * 9_000),
        401: served.client().get("/api/v1/accounts"),
        303: served.client().get("/accounts", headers={"Accept": "text/html"}),
        405: near.put("/login"),
    }
    for status, answer in answers.items():
        assert (answer.status_code, answer.headers["content-security-policy"]) == (status, POLICY)


def test_a_request_with_two_ends_of_its_body_is_refused(served: Served) -> None:
    """A proxy may take the other end, and the rest of the body for a request of somebody else."""
    headers = {"Content-Length": "5", "Transfer-Encoding": "chunked"}
    answer = served.client(near=True).post("/login", content=b"name=", headers=headers)
    assert (answer.status_code, answer.headers["connection"]) == (400, "close")
    assert answer.json()["type"] == "two-lengths"


def test_the_name_of_a_saved_file_is_one_value_of_its_header() -> None:
    header = attachment('a"; filename=b\r\nX: y é.csv')["Content-Disposition"]
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert attachment("a 1.csv") == {"Content-Disposition": 'attachment; filename="a 1.csv"'}
    assert attachment("\u202e")["Content-Disposition"].startswith('attachment; filename="_')


def test_over_https_the_browser_is_told_to_stay_there(served: Served) -> None:
    client = served.client()
    answer = client.get("https://overzicht.example.nl/login")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "a b", "[::1", "x@127.0.0.1"])
def test_another_host_name_is_refused(served: Served, host: str) -> None:
    answer = served.client(near=True).get("/api/v1/me", headers={"Host": host})
    assert answer.status_code == 421


def test_an_address_without_end_is_refused(served: Served) -> None:
    assert served.client(near=True).get("/makers", params={"q": "x" * 9_000}).status_code == 414


@pytest.mark.parametrize(
    ("headers", "is_let_in"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"}, False),
        ({"Origin": "http://127.0.0.1"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "null"}, False),
        ({}, False),  # a cookie and no word of where it comes from
    ],
)
def test_a_request_of_another_site_with_our_cookie_is_refused(
    served: Served, headers: dict[str, str], is_let_in: bool
) -> None:
    client = served.client(near=True)
    client.post("/login", data={"name": "mia", "password": web_tools.PASSWORD})
    answer = client.post("/lists/update", headers=headers)
    assert answer.status_code == (303 if is_let_in else 403)


def test_a_token_is_no_cookie_and_needs_no_word_of_where_it_comes_from(served: Served) -> None:
    answer = served.client("editor").post("/api/v1/lists/update", json={"lists": []})
    assert answer.status_code == 202


def test_a_page_of_another_site_cannot_use_the_openness_at_the_machine(served: Served) -> None:
    body = {"queries": [{"id": "a", "names": ["Hikvision"]}]}
    client = served.client(near=True)
    assert (
        client.post("/api/v1/match", json=body, headers={"Origin": "http://evil.example"}).status_code == 403
    )


def test_a_body_has_a_limit(served: Served) -> None:
    body = {"queries": [{"id": "x" * 100, "names": ["y" * 300] * 20}] * 10}
    answer = served.client("reader").post("/api/v1/match", json=body)
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_files_may_be_larger_for_who_is_known_and_have_a_limit_too(served: Served) -> None:
    def send(role: str, size: int) -> int:
        files = [("files", ("list.xml", b"x" * size))]
        return served.client(role).post("/api/v1/lists/files", files=files).status_code

    assert send("editor", 40_000) == 202
    assert send("editor", 70_000) == 413
    assert send("", 40_000) == 413  # nobody known may send so much
    assert send("", 1_000) == 401


@pytest.mark.parametrize(
    "headers", [{"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=x"}, {"Via": "1.1 proxy"}]
)
def test_what_came_through_a_proxy_is_not_at_the_machine(served: Served, headers: dict[str, str]) -> None:
    assert served.client(near=True).get("/api/v1/me", headers=headers).status_code == 401


def test_who_is_not_known_is_led_to_the_login_and_back_to_our_own_pages_alone(served: Served) -> None:
    client = served.client()
    answer = client.get("/makers?q=a", headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?next=%2Fmakers%3Fq%3Da"
    for target, led_to in [
        ("/makers", "/makers"), ("//evil.example", "/"), ("https://evil.example", "/"),
        ("/\\evil.example", "/"), ("", "/"), ("/a\r\nX: y", "/"),
    ]:  # fmt: skip
        data = {"name": "mia", "password": web_tools.PASSWORD, "next": target}
        assert served.client(near=True).post("/login", data=data).headers["location"] == led_to


def test_no_password_is_taken_over_plain_http_from_elsewhere(served: Served) -> None:
    data = {"name": "mia", "password": web_tools.PASSWORD}
    client = served.client()
    assert client.post("http://overzicht.example.nl/login", data=data).status_code == 403
    answer = client.post("https://overzicht.example.nl/login", data=data)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-overzicht=")
    for part in ("Secure", "HttpOnly", "SameSite=lax", "Path=/"):
        assert part in cookie


def test_problems_have_one_shape(served: Served) -> None:
    client = served.client("reader")
    for path, status in [("/api/v1/makers/x", 404), ("/api/v1/nowhere", 404), ("/api/v1/lists?page=0", 400)]:
        answer = client.get(path)
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"
        assert {"type", "title", "status", "detail", "fix", "faults"} == set(answer.json())
    assert "<h1" in client.get("/nowhere", headers=HTML).text


def test_an_answer_that_is_known_is_not_sent_again(served: Served) -> None:
    client = served.client("reader")
    first = client.get("/api/v1/lists")
    again = client.get("/api/v1/lists", headers={"If-None-Match": f"W/{first.headers['etag']}"})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/v1/lists", headers={"If-None-Match": '"other"'})
    assert other.content == first.content


def test_pages_of_a_long_answer(served: Served) -> None:
    client = served.client("reader")
    first = client.get("/api/v1/makers?size=5").json()
    second = client.get("/api/v1/makers?size=5&page=2").json()
    assert (len(first["items"]), first["page"], first["next_page"]) == (5, 1, 2)
    assert {m["id"] for m in first["items"]}.isdisjoint({m["id"] for m in second["items"]})
    last = client.get(f"/api/v1/makers?size=5&page={-(-first['total'] // 5)}").json()
    assert last["next_page"] is None
    assert client.get("/api/v1/makers?size=5&page=99999").json()["items"] == []


def test_a_service_never_starts_work_with_a_file_name_of_somebody_else(
    served: Served, tmp_path: Path
) -> None:
    files = [("files", ("../../../etc/passwd", b"x")), ("files", ("passwd", b"y"))]
    job = served.client("editor").post("/api/v1/lists/files", files=files).json()
    assert job["kind"] == "load list"
    assert not (tmp_path / "etc").exists()
