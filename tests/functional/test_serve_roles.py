"""Who may do what: role by endpoint, every cell asked for real; an endpoint without a row fails."""

import re
from collections.abc import Iterator

import pytest
import web_tools
from fastapi.routing import APIRoute
from web_tools import Served

from overzicht.web import app as application
from overzicht.web import auth, openapi
from overzicht.web.contacts import SECURITY_PATH
from overzicht.web.registry import PARTS
from overzicht.web.service import ServiceOptions
from overzicht.web.work import WORKERS

# Who may: `public` everybody; else the lowest role. `reader` reads what all share with any grant; `overall`
# marks what a grant for one organisation does not open. Changing what all share takes a grant for all. `some`
# opens to the role for any organisation, and the route looks whose the thing is: test_serve_organisations.py.
TABLE = {
    "GET /": "reader",
    "GET /devices": "reader",
    "GET /devices/{device_id}": "reader",
    "POST /devices/{device_id}/life": "some editor",
    "POST /judgements": "some editor",
    "POST /judgements/{number}/withdraw": "some editor",
    "GET /inventories/{sha256}": "reader",
    "POST /tasks": "some editor",
    "GET /review": "reader",
    "POST /review": "some editor",
    "POST /review/filters": "some editor",
    "POST /review/filters/remove": "some editor",
    "GET /imports": "reader",
    "GET /imports/new": "some editor",
    "POST /imports": "some editor",
    "GET /imports/{number}": "reader",
    "POST /imports/{number}/again": "some editor",
    "POST /imports/{number}/rows/{row}": "some editor",
    "POST /imports/{number}/accept": "some editor",
    "POST /imports/{number}/reject": "some editor",
    "POST /imports/{number}/undo": "some editor",
    "GET /compare": "reader",
    "GET /plans": "reader",
    "GET /plans/new": "some editor",
    "POST /plans": "some editor",
    "GET /plans/{number}": "reader",
    "POST /plans/{number}/close": "some editor",
    "GET /census": "reader",
    "GET /census/return": "public",
    "POST /census/return": "public",
    "GET /tasks": "reader",
    "GET /tasks/{number}": "reader",
    "POST /tasks/{number}/assign": "some editor",
    "POST /tasks/{number}/close": "some editor",
    "POST /tasks/{number}/reopen": "some editor",
    "GET /organisations": "reader",
    "POST /organisations": "some editor",
    "GET /organisations/{organisation_id}": "reader",
    "POST /organisations/{organisation_id}": "some editor",
    "GET /public-statements": "reader",
    "POST /public-statements": "some editor",
    "POST /public-statements/{number}/withdraw": "some editor",
    "GET /search": "reader",
    "GET /makers": "reader",
    "GET /makers/{maker_id}": "reader",
    "GET /parties": "reader",
    "GET /docs": "reader",
    "GET /accessibility": "public",
    "GET /licence-applications": "editor",
    "POST /licence-applications": "editor",
    "GET /docs/try/{operation_id}": "reader",
    "GET /lists": "reader",
    "GET /lists/{list_id}": "reader",
    "GET /lists/{list_id}/diff": "reader",
    "POST /lists/update": "editor",
    "POST /lists/files": "editor",
    "POST /lists/schedule": "editor",
    "POST /lists/{list_id}/update": "editor",
    "GET /snapshots/{sha256}": "reader",
    "GET /screen": "reader",
    "GET /screen/files": "overall reader",
    "POST /screen/files": "editor",
    "GET /screen/files/{run_id}": "overall reader",
    "POST /screen/files/{run_id}/again": "editor",
    "GET /api/v1/screening/files": "overall reader",
    "POST /api/v1/screening/files": "editor",
    "GET /api/v1/screening/files/{run_id}": "overall reader",
    "POST /api/v1/screening/files/{run_id}/again": "editor",
    "GET /control": "reader",
    "POST /control/versions": "editor",
    "GET /control/provisions/{path}": "reader",
    "GET /control/diff": "reader",
    "GET /classify": "reader",
    "POST /classify": "reader",
    "POST /classify/entries/{entry}": "reader",
    "GET /licences": "editor",
    "POST /licences": "editor",
    "GET /licences/{case_id}": "editor",
    "POST /licences/{case_id}/submit": "editor",
    "POST /licences/{case_id}/screen": "editor",
    "POST /licences/{case_id}/facts": "editor",
    "POST /licences/{case_id}/assess": "officer",
    "POST /licences/{case_id}/criteria": "officer",
    "POST /licences/{case_id}/verdicts": "officer",
    "POST /licences/{case_id}/consultations": "officer",
    "POST /licences/{case_id}/replies": "officer",
    "POST /licences/{case_id}/decisions": "officer",
    "POST /licences/{case_id}/confirmations": "officer",
    "POST /licences/{case_id}/derogations": "officer",
    "POST /licences/{case_id}/derogations/acceptances": "officer",
    "POST /licences/{case_id}/exports": "officer",
    "POST /licences/{case_id}/attachments": "editor",
    "POST /licences/{case_id}/supplements": "officer",
    "POST /licences/{case_id}/supplements/received": "officer",
    "POST /licences/{case_id}/extensions": "officer",
    "POST /licences/{case_id}/conditions": "officer",
    "POST /licences/{case_id}/shipments": "officer",
    "POST /licences/{case_id}/shipments/{number}/reversal": "officer",
    "POST /licences/watch": "officer",
    "GET /denials": "officer",
    "POST /denials": "officer",
    "POST /denials/import": "officer",
    "GET /denials/{denial_id}": "officer",
    "POST /denials/{denial_id}/reviews": "officer",
    "GET /questions": "reader",
    "GET /questions/overdue": "reader",
    "GET /questions/figures": "reader",
    "GET /questions/{number}": "reader",
    "GET /answers": "overall reader",
    "POST /answers": "overall reader",
    "GET /answers/{number}": "overall reader",
    "GET /answers/{number}/download/{form}": "overall reader",
    "GET /answers/{number}/review": "overall reader",
    "POST /answers/{number}/review": "editor",
    "POST /answers/{number}/review/{review_id}/withdraw": "editor",
    "GET /law": "reader",
    "GET /law/weigh": "reader",
    "POST /law/weigh": "reader",
    "GET /law/uses/{use_id}": "reader",
    "GET /law/{instrument}": "reader",
    "GET /api/v1/instruments": "reader",
    "GET /api/v1/instruments/{instrument_id}": "reader",
    "POST /api/v1/weighings": "reader",
    "GET /log": "overall reader",
    "GET /dossiers": "reader",
    "POST /dossiers": "editor",
    "POST /dossiers/examples": "editor",
    "GET /dossiers/active": "reader",
    "GET /dossiers/{dossier_id}": "reader",
    "GET /dossiers/{dossier_id}/report": "reader",
    "GET /dossiers/{dossier_id}/add/{kind}": "editor",
    "POST /dossiers/{dossier_id}/add/{kind}": "editor",
    "GET /dossiers/{dossier_id}/entries/{entry_id}": "reader",
    "POST /dossiers/{dossier_id}/entries/{entry_id}/correct": "editor",
    "POST /dossiers/{dossier_id}/entries/{entry_id}/withdraw": "editor",
    "GET /jobs": "reader",
    "GET /jobs/{job_id}": "reader",
    "POST /jobs/{job_id}/cancel": "reader",
    "GET /account": "reader",
    "POST /account/password": "reader",
    "GET /account/factors": "reader",
    "POST /account/factors": "reader",
    "POST /account/factors/{number}/remove": "reader",
    "POST /account/recovery-codes": "reader",
    "POST /account/tokens": "reader",
    "POST /account/tokens/{number}/revoke": "reader",
    "POST /account/sessions/end": "reader",
    "GET /accounts": "admin",
    "GET /accounts/of": "admin",
    "POST /accounts": "admin",
    "POST /accounts/roles": "admin",
    "POST /accounts/roles/remove": "admin",
    "POST /accounts/password": "admin",
    "POST /accounts/close": "admin",
    "POST /accounts/unlock": "admin",
    "POST /accounts/factors/reset": "admin",
    "POST /accounts/tokens/{number}/revoke": "admin",
    "POST /accounts/policy/second-factor": "admin",
    "POST /accounts/policy/retention": "admin",
    "POST /accounts/policy/destroy": "admin",
    "GET /audit": "admin",
    "GET /login": "public",
    "POST /login": "public",
    "GET /login/link": "public",
    "GET /login/second-factor": "public",
    "POST /login/second-factor": "public",
    "GET /login/sso": "public",
    "GET /login/sso/return": "public",
    "POST /logout": "public",
    "GET /api/v1/me": "reader",
    "GET /api/v1/lists": "reader",
    "GET /api/v1/lists/{list_id}": "reader",
    "GET /api/v1/lists/{list_id}/diff": "reader",
    "POST /api/v1/lists/update": "editor",
    "PUT /api/v1/lists/schedule": "editor",
    "POST /api/v1/lists/files": "editor",
    "GET /api/v1/makers": "reader",
    "GET /api/v1/makers/{maker_id}": "reader",
    "POST /api/v1/match": "reader",
    "GET /api/v1/runs": "overall reader",
    "POST /api/v1/runs": "editor",
    "GET /api/v1/runs/{run_id}": "overall reader",
    "GET /api/v1/runs/{run_id}/findings": "overall reader",
    "GET /api/v1/runs/{run_id}/citations": "overall reader",
    "GET /api/v1/runs/{run_id}/explain": "overall reader",
    "GET /api/v1/snapshots": "reader",
    "GET /api/v1/snapshots/{sha256}": "reader",
    "GET /api/v1/snapshots/{sha256}/file": "reader",
    "GET /api/v1/answers": "overall reader",
    "POST /api/v1/answers": "overall reader",
    "POST /api/v1/answers/papers": "editor",
    "GET /api/v1/answers/{number}": "overall reader",
    "GET /api/v1/answers/{number}/review": "overall reader",
    "POST /api/v1/answers/{number}/review": "editor",
    "POST /api/v1/answers/{number}/review/{review_id}/withdraw": "editor",
    "GET /api/v1/questions": "reader",
    "POST /api/v1/questions/files": "editor",
    "GET /api/v1/questions/overdue": "reader",
    "GET /api/v1/questions/figures": "reader",
    "GET /api/v1/questions/names": "reader",
    "GET /api/v1/questions/mentions": "reader",
    "GET /api/v1/questions/promises": "reader",
    "POST /api/v1/questions/promises/tasks": "editor",
    "GET /api/v1/questions/watch": "overall reader",
    "GET /api/v1/questions/{number}": "reader",
    "GET /api/v1/questions/{number}/precedents": "reader",
    "GET /api/v1/questions/{number}/mentions": "reader",
    "GET /api/v1/questions/{number}/versions": "reader",
    "GET /api/v1/log": "overall reader",
    "GET /api/v1/log/check": "overall reader",
    "GET /api/v1/jobs": "reader",
    "GET /api/v1/jobs/{job_id}": "reader",
    "GET /api/v1/jobs/{job_id}/file": "reader",
    "POST /api/v1/jobs/{job_id}/cancel": "reader",
    "GET /api/v1/accounts": "admin",
    "POST /api/v1/accounts": "admin",
    "POST /api/v1/accounts/roles": "admin",
    "POST /api/v1/accounts/roles/remove": "admin",
    "POST /api/v1/accounts/password": "admin",
    "POST /api/v1/accounts/close": "admin",
    "POST /api/v1/accounts/unlock": "admin",
    "POST /api/v1/accounts/factors/reset": "admin",
    "POST /api/v1/accounts/tokens/{number}/revoke": "admin",
    "GET /api/v1/accounts/policy": "admin",
    "POST /api/v1/accounts/policy/second-factor": "admin",
    "POST /api/v1/accounts/policy/retention": "admin",
    "POST /api/v1/accounts/policy/destroy": "admin",
    "GET /api/v1/audit": "admin",
    "GET /api/v1/audit/export": "admin",
    "GET /api/v1/licences": "editor",
    "POST /api/v1/licences": "editor",
    "POST /api/v1/licences/screen": "editor",
    "GET /api/v1/licences/{case_id}": "editor",
    "GET /api/v1/licences/{case_id}/documents/{kind}": "editor",
    "GET /api/v1/licences/{case_id}/letter": "editor",
    "GET /api/v1/licences/{case_id}/comparison": "officer",
    "GET /api/v1/licences/{case_id}/gates": "editor",
    "POST /api/v1/licences/{case_id}/confirmations": "officer",
    "POST /api/v1/licences/{case_id}/derogations": "officer",
    "POST /api/v1/licences/{case_id}/derogations/acceptances": "officer",
    "POST /api/v1/licences/{case_id}/exports": "officer",
    "POST /api/v1/licences/{case_id}/attachments": "editor",
    "POST /api/v1/licences/{case_id}/supplements": "officer",
    "POST /api/v1/licences/{case_id}/supplements/received": "officer",
    "POST /api/v1/licences/{case_id}/extensions": "officer",
    "POST /api/v1/licences/{case_id}/conditions": "officer",
    "POST /api/v1/licences/{case_id}/shipments": "officer",
    "POST /api/v1/licences/{case_id}/shipments/{number}/reversal": "officer",
    "POST /api/v1/licences/{case_id}/notices": "officer",
    "POST /api/v1/licences/watch": "officer",
    "GET /api/v1/licences/statistics": "officer",
    "POST /api/v1/licences/{case_id}/submit": "editor",
    "POST /api/v1/licences/{case_id}/screen": "editor",
    "POST /api/v1/licences/{case_id}/facts": "editor",
    "POST /api/v1/licences/{case_id}/assess": "officer",
    "GET /api/v1/licences/{case_id}/denials": "officer",
    "POST /api/v1/licences/{case_id}/denials/verdicts": "officer",
    "POST /api/v1/licences/{case_id}/consultations": "officer",
    "POST /api/v1/licences/{case_id}/consultations/replies": "officer",
    "POST /api/v1/licences/{case_id}/consultations/extensions": "officer",
    "POST /api/v1/licences/{case_id}/decisions": "officer",
    "GET /api/v1/denials": "officer",
    "POST /api/v1/denials": "officer",
    "GET /api/v1/denials/export": "officer",
    "POST /api/v1/denials/import": "officer",
    "GET /api/v1/denials/{denial_id}": "officer",
    "GET /api/v1/denials/{denial_id}/readings": "officer",
    "POST /api/v1/denials/{denial_id}/reviews": "officer",
    "GET /api/v1/control/versions": "reader",
    "POST /api/v1/control/versions": "editor",
    "GET /api/v1/control/search": "reader",
    "GET /api/v1/control/provisions/{path}": "reader",
    "GET /api/v1/control/diff": "reader",
    "GET /api/v1/control/uses": "reader",
    "POST /api/v1/control/uses": "editor",
    "POST /api/v1/control/uses/{name}/end": "editor",
    "GET /api/v1/classifications/facts": "reader",
    "GET /api/v1/classifications/entries/{entry}": "reader",
    "POST /api/v1/classifications/entries/{entry}/try": "reader",
    "POST /api/v1/classifications/try": "reader",
    "POST /api/v1/classifications": "editor",
    "POST /api/v1/screening": "editor",
    "GET /api/v1/parties/joined": "reader",
    "GET /api/v1/parties/suggested": "reader",
    "POST /api/v1/parties/same": "editor",
    "POST /api/v1/store/check": "admin",
    "POST /api/v1/store/export": "admin",
    "POST /api/v1/store/backup": "admin",
    "GET /api/v1/cards/check": "admin",
    "GET /api/v1/devices": "reader",
    "GET /api/v1/devices/export": "reader",
    "GET /api/v1/devices/{device_id}": "reader",
    "POST /api/v1/devices/{device_id}/life": "some editor",
    "GET /api/v1/counts": "reader",
    "GET /api/v1/organisations": "reader",
    "POST /api/v1/organisations": "some editor",
    "GET /api/v1/organisations/{organisation_id}": "reader",
    "PATCH /api/v1/organisations/{organisation_id}": "some editor",
    "GET /api/v1/organisations/{organisation_id}/published": "some editor",
    "GET /api/v1/sites": "reader",
    "GET /api/v1/statements": "reader",
    "POST /api/v1/statements": "some editor",
    "POST /api/v1/statements/{number}/withdraw": "some editor",
    "GET /api/v1/compare": "reader",
    "GET /api/v1/compare/file": "reader",
    "GET /api/v1/imports": "reader",
    "POST /api/v1/imports": "some editor",
    "GET /api/v1/imports/{number}": "reader",
    "GET /api/v1/imports/{number}/rows": "reader",
    "PUT /api/v1/imports/{number}/rows/{row}/choice": "some editor",
    "POST /api/v1/imports/{number}/accept": "some editor",
    "POST /api/v1/imports/{number}/reject": "some editor",
    "POST /api/v1/imports/{number}/undo": "some editor",
    "GET /api/v1/judgements": "reader",
    "POST /api/v1/judgements": "some editor",
    "POST /api/v1/judgements/group": "some editor",
    "POST /api/v1/judgements/{number}/withdraw": "some editor",
    "GET /api/v1/tasks": "reader",
    "POST /api/v1/tasks": "some editor",
    "GET /api/v1/tasks/{number}": "reader",
    "PATCH /api/v1/tasks/{number}": "some editor",
    "POST /api/v1/tasks/{number}/close": "some editor",
    "POST /api/v1/tasks/{number}/reopen": "some editor",
    "GET /api/v1/census": "reader",
    "GET /api/v1/census/{round_id}": "reader",
    "GET /api/v1/plans": "reader",
    "POST /api/v1/plans": "some editor",
    "GET /api/v1/plans/{number}": "reader",
    "POST /api/v1/plans/{number}/close": "some editor",
    "GET /api/v1/activity": "reader",
    "GET /api/v1/dossiers": "reader",
    "POST /api/v1/dossiers": "editor",
    "POST /api/v1/dossiers/examples": "editor",
    "POST /api/v1/dossiers/documents": "editor",
    "POST /api/v1/dossiers/import": "editor",
    "GET /api/v1/dossiers/{dossier_id}": "reader",
    "POST /api/v1/dossiers/{dossier_id}/entries": "editor",
    "GET /api/v1/dossiers/{dossier_id}/entries/{entry_id}": "reader",
    "POST /api/v1/dossiers/{dossier_id}/entries/{entry_id}/correct": "editor",
    "POST /api/v1/dossiers/{dossier_id}/entries/{entry_id}/withdraw": "editor",
    "GET /healthz": "public",
    "GET /readyz": "public",
    "GET /catalog": "reader",
    "GET /statements": "reader",
    "POST /updatez": "editor",
    "GET /algorithms": "reader",
    "POST /match/{dataset}": "reader",
    "GET /search/{dataset}": "reader",
    "GET /entities/{entity_id}": "reader",
    "GET /entities/{entity_id}/adjacent": "reader",
    "GET /entities/{entity_id}/adjacent/{property_name}": "reader",
    "GET /reconcile": "public",
    "POST /reconcile": "reader",
    "GET /reconcile/{dataset}": "public",
    "POST /reconcile/{dataset}": "reader",
    "GET /reconcile/{dataset}/suggest/entity": "reader",
    "GET /reconcile/{dataset}/suggest/type": "reader",
    "GET /reconcile/{dataset}/suggest/property": "reader",
    "GET /reconcile/{dataset}/properties": "reader",
    "GET /reconcile/view/{entity_id}": "reader",
    "GET /reconcile/preview/{entity_id}": "reader",
    "GET /diligence": "reader",
    "POST /diligence": "some editor",
    "GET /diligence/{file_id}": "reader",
    "GET /diligence/{file_id}/risk": "reader",
    "GET /diligence/{file_id}/report": "reader",
    "POST /diligence/{file_id}/judge": "some editor",
    "POST /diligence/{file_id}/plan": "some editor",
    "POST /diligence/{file_id}/map": "some editor",
    "POST /diligence/{file_id}/record": "some editor",
    "POST /diligence/{file_id}/entries/{number}/track": "some editor",
    "POST /diligence/{file_id}/entries/{number}/withdraw": "some editor",
    "GET /api/v1/diligence": "reader",
    "POST /api/v1/diligence": "some editor",
    "GET /api/v1/diligence/{file_id}": "reader",
    "GET /api/v1/diligence/{file_id}/report": "reader",
    "POST /api/v1/diligence/{file_id}/map": "some editor",
    "POST /api/v1/diligence/{file_id}/judgements": "some editor",
    "POST /api/v1/diligence/{file_id}/records": "some editor",
    "POST /api/v1/diligence/{file_id}/actions": "some editor",
    "POST /api/v1/diligence/{file_id}/entries/{number}/progress": "some editor",
    "POST /api/v1/diligence/{file_id}/entries/{number}/withdraw": "some editor",
}
ANYBODY = ("nobody", "local", *web_tools.GRANTS)
MAY = {  # role of the table: who gets in
    "public": set(ANYBODY),
    "reader": {"local", *web_tools.GRANTS},
    "overall reader": {"local", "reader", "editor", "officer", "admin"},
    "editor": {"editor", "officer", "admin"},
    "some editor": {"editor of one", "editor", "officer", "admin"},
    "officer": {"officer", "admin"},
    "admin": {"admin"},
}
IN_PATHS = {"list_id": "un-sc", "number": "7", "row": "7"}  # all else: x
# Open to everybody: descriptions of the interfaces, the security contact, and our style, picture and script.
WITHOUT_A_ROLE = {*openapi.PATHS, SECURITY_PATH, "/static"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    options = ServiceOptions(reads_openly=True, rate="")
    made = web_tools.serve(tmp_path_factory.mktemp("roles"), options)
    assert made.app.state.service.engines.wait(400), "/readyz would say 503"
    yield made
    made.app.state.service.runner.stop()
    made.store.close()
    patch.undo()


def endpoints() -> Iterator[tuple[str, APIRoute]]:
    for part in PARTS:
        for route in application.router_of(part).routes:
            assert isinstance(route, APIRoute), f"{part.module} includes a router of its own"
            for method in sorted(route.methods):
                yield f"{method} {part.prefix}{route.path}", route


def test_every_endpoint_has_a_row_and_every_row_an_endpoint() -> None:
    assert sorted(name for name, _ in endpoints()) == sorted(TABLE)


def test_what_is_no_endpoint_of_ours_is_known(served: Served) -> None:
    paths = [getattr(route, "path", None) for route in served.app.routes]
    assert len([path for path in paths if path is None]) == len(PARTS), "a router that is in no part"
    assert {path for path in paths if path is not None} == WITHOUT_A_ROLE


def test_the_demand_on_a_route_is_that_of_its_row() -> None:
    for name, route in endpoints():
        found = [d.call for d in route.dependant.dependencies if isinstance(d.call, auth.Require)]
        told = [
            f"{'overall ' if each.overall else 'some ' if each.somewhere else ''}{each.role.value}"
            for each in found
        ] or ["public"]
        assert told == [TABLE[name]], name


@pytest.mark.sampled(8)
@pytest.mark.parametrize("who", ANYBODY)
@pytest.mark.parametrize("endpoint", TABLE)
def test_cell(served: Served, endpoint: str, who: str) -> None:
    method, _, path = endpoint.partition(" ")
    role = who if who in web_tools.GRANTS else ""
    client = served.client(role, near=who == "local")
    path = re.sub(r"\{(\w+)\}", lambda part: IN_PATHS.get(part[1], "x"), path)
    answer = client.request(method, path)
    is_refused = answer.status_code in (401, 403)
    if endpoint == "POST /login":
        is_refused = False  # it answers 401 to a wrong password, and asks for no role
    assert is_refused == (who not in MAY[TABLE[endpoint]]), (answer.status_code, answer.text[:300])
    if who == "nobody" and is_refused:
        assert answer.status_code == 401
    assert answer.status_code < 500


def test_a_session_may_what_its_account_may(served: Served) -> None:
    web_tools.person(served, "mia")
    client = served.client(near=True)
    entered = client.post("/login", data={"name": "mia", "password": web_tools.PASSWORD})
    assert entered.status_code == 303
    assert client.get("/api/v1/me").json()["name"] == "mia"
    same_site = {"Sec-Fetch-Site": "same-origin"}
    assert client.post("/lists/un-sc/update", headers=same_site).status_code == 303
    assert client.post("/api/v1/lists/update", json={}, headers=same_site).status_code == 202
