"""Everything the command line does, the service does too: each command has its routes or a reason why not."""

from collections.abc import Iterator
from functools import cache

import click
import pytest
from starlette.routing import Route

from overzicht.cli.main import cli
from overzicht.composition import API_PREFIX
from overzicht.views.contracts import contracts
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of

# Of a command: the routes that do the same, or (a text without a method) why there is none.
EMPTY_STORE = "it fills an empty store, and a service that runs has one that is not empty"
MEASURES = "it measures the engine on labelled files of a developer; it is no look at the store"
TABLE: dict[str, tuple[str, ...]] = {
    "overview": ("POST /api/v1/runs",),
    "explain": ("GET /api/v1/runs/{run_id}/explain",),
    "runs": ("GET /api/v1/runs", "GET /api/v1/runs/{run_id}"),
    "screen one": ("POST /api/v1/match", "GET /screen"),
    "screen names": ("POST /api/v1/screening", "GET /api/v1/jobs/{job_id}/file"),
    "screen pairs": (MEASURES,),
    "screen records": (MEASURES,),
    "screen retrieve": (MEASURES,),
    "parties same": (
        "POST /api/v1/parties/same",
        "GET /api/v1/parties/joined",
        "GET /api/v1/parties/suggested",
    ),
    "lists add": ("POST /api/v1/lists/files",),
    "lists mappings": ("GET /api/v1/lists/mappings",),
    "lists preview": ("POST /api/v1/lists/preview", "POST /lists/preview"),
    "lists update": ("POST /api/v1/lists/update", "POST /lists/update"),
    "lists status": ("GET /api/v1/lists", "GET /api/v1/lists/{list_id}", "GET /lists"),
    "lists diff": ("GET /api/v1/lists/{list_id}/diff", "GET /lists/{list_id}/diff"),
    "cards check": ("GET /api/v1/cards/check",),
    "cards show": ("GET /api/v1/makers", "GET /api/v1/makers/{maker_id}"),
    "control show": ("GET /api/v1/control/provisions/{path}", "GET /control/provisions/{path}"),
    "control interview": (
        "GET /api/v1/classifications/entries/{entry}",
        "POST /api/v1/classifications/entries/{entry}/try",
        "POST /classify/entries/{entry}",
    ),
    "control search": ("GET /api/v1/control/search", "GET /control"),
    "control diff": ("GET /api/v1/control/diff", "GET /control/diff"),
    "control update": ("POST /api/v1/control/versions", "POST /control/versions"),
    "control correlation": ("an administrator stores the table on the machine of the service",),
    "control versions": ("GET /api/v1/control/versions",),
    "control classify": (
        "POST /api/v1/classifications/try",
        "POST /api/v1/classifications",
        "POST /classify",
    ),
    "control template": ("GET /api/v1/classifications/facts",),
    "control compare": ("GET /api/v1/licences/{case_id}/comparison",),
    "control use add": ("POST /api/v1/control/uses",),
    "control use end": ("POST /api/v1/control/uses/{name}/end",),
    "control use list": ("GET /api/v1/control/uses",),
    "licence new": ("POST /api/v1/licences", "POST /licences"),
    "licence submit": ("POST /api/v1/licences/{case_id}/submit", "POST /licences/{case_id}/submit"),
    "licence screen": ("POST /api/v1/licences/{case_id}/screen", "POST /api/v1/licences/screen"),
    "licence fact": ("POST /api/v1/licences/{case_id}/facts", "POST /licences/{case_id}/facts"),
    "licence assess": ("POST /api/v1/licences/{case_id}/assess", "POST /licences/{case_id}/criteria"),
    "licence consult": (
        "POST /api/v1/licences/{case_id}/consultations",
        "POST /api/v1/licences/{case_id}/consultations/replies",
        "POST /api/v1/licences/{case_id}/consultations/extensions",
    ),
    "licence decide": ("POST /api/v1/licences/{case_id}/decisions", "POST /licences/{case_id}/decisions"),
    "licence list": ("GET /api/v1/licences", "GET /licences"),
    "licence show": (
        "GET /api/v1/licences/{case_id}",
        "GET /api/v1/licences/{case_id}/documents/{kind}",
        "GET /api/v1/licences/{case_id}/letter",
    ),
    "denial add": ("POST /api/v1/denials", "POST /denials"),
    "denial export": ("GET /api/v1/denials/export",),
    "denial import": ("POST /api/v1/denials/import", "POST /denials/import"),
    "denial list": ("GET /api/v1/denials", "GET /denials"),
    "denial match": (
        "GET /api/v1/licences/{case_id}/denials",
        "POST /api/v1/licences/{case_id}/denials/verdicts",
    ),
    "denial show": (
        "GET /api/v1/denials/{denial_id}",
        "GET /api/v1/denials/{denial_id}/readings",
        "GET /denials/{denial_id}",
    ),
    "denial review": ("POST /api/v1/denials/{denial_id}/reviews", "POST /denials/{denial_id}/reviews"),
    "questions add": ("POST /api/v1/questions/files",),
    "questions show": ("GET /api/v1/questions/{number}", "GET /questions/{number}"),
    "questions review": ("GET /api/v1/answers/{number}/review", "GET /answers/{number}/review"),
    "questions search": ("GET /api/v1/questions", "GET /questions"),
    "questions overdue": ("GET /api/v1/questions/overdue", "GET /questions/overdue"),
    "questions stats": ("GET /api/v1/questions/figures", "GET /questions/figures"),
    "questions precedents": ("GET /api/v1/questions/{number}/precedents",),
    "questions promises": ("GET /api/v1/questions/promises", "POST /api/v1/questions/promises/tasks"),
    "questions watch": ("GET /api/v1/questions/watch",),
    "questions mentions": ("GET /api/v1/questions/mentions", "GET /api/v1/questions/{number}/mentions"),
    "answer": ("GET /api/v1/answers/{number}", "GET /answers/{number}"),
    "law list": ("GET /api/v1/instruments", "GET /law"),
    "law show": ("GET /api/v1/instruments/{instrument_id}", "GET /law/{instrument}"),
    "law load": ("an administrator stores the text on the machine of the service",),
    "law annexes": ("it reads files that the user fetched and touches no store: any machine can do it",),
    "law template": ("GET /law/weigh",),
    "law weigh": ("POST /api/v1/weighings", "POST /law/weigh"),
    "dossier new": ("POST /api/v1/dossiers", "POST /dossiers"),
    "dossier list": ("GET /api/v1/dossiers", "GET /dossiers"),
    "dossier show": ("GET /api/v1/dossiers/{dossier_id}", "GET /dossiers/{dossier_id}"),
    "dossier add": ("POST /api/v1/dossiers/{dossier_id}/entries",),
    "dossier correct": ("POST /api/v1/dossiers/{dossier_id}/entries/{entry_id}/correct",),
    "dossier withdraw": ("POST /api/v1/dossiers/{dossier_id}/entries/{entry_id}/withdraw",),
    "dossier import": ("POST /api/v1/dossiers/import",),
    "dossier active": ("GET /api/v1/activity", "GET /dossiers/active"),
    "diligence new": ("POST /api/v1/diligence", "POST /diligence"),
    "diligence list": ("GET /api/v1/diligence", "GET /diligence"),
    "diligence show": ("GET /api/v1/diligence/{file_id}", "GET /diligence/{file_id}"),
    "diligence prefill": ("POST /api/v1/diligence/{file_id}/map", "POST /diligence/{file_id}/map"),
    "diligence judge": ("POST /api/v1/diligence/{file_id}/judgements",),
    "diligence plan": ("POST /api/v1/diligence/{file_id}/actions",),
    "diligence record": ("POST /api/v1/diligence/{file_id}/records",),
    "diligence track": ("POST /api/v1/diligence/{file_id}/entries/{number}/progress",),
    "diligence withdraw": ("POST /api/v1/diligence/{file_id}/entries/{number}/withdraw",),
    "diligence report": ("GET /api/v1/diligence/{file_id}/report",),
    "tenders": ("POST /api/v1/runs", "POST /tenders"),
    "judge": ("POST /api/v1/judgements",),
    "withdraw": ("POST /api/v1/judgements/{number}/withdraw",),
    "alerts check": ("POST /api/v1/alerts/check",),
    "alerts list": ("GET /api/v1/alerts",),
    "alerts event": ("GET /api/v1/alerts/{alert_id}/event",),
    "alerts messages": ("GET /api/v1/alerts/messages",),
    "alerts send": ("the service sends its messages by itself, every minute",),
    "alerts retry": ("POST /api/v1/alerts/messages/{number}/retry",),
    "alerts settings": ("GET /api/v1/alerts/settings", "PUT /api/v1/alerts/settings"),
    "tasks list": ("GET /api/v1/tasks",),
    "tasks open": ("POST /api/v1/tasks",),
    "tasks assign": ("PATCH /api/v1/tasks/{number}",),
    "tasks close": ("POST /api/v1/tasks/{number}/close",),
    "tasks reopen": ("POST /api/v1/tasks/{number}/reopen",),
    "register organisations add": ("POST /api/v1/organisations",),
    "register organisations change": ("PATCH /api/v1/organisations/{organisation_id}",),
    "register organisations list": ("GET /api/v1/organisations",),
    "register sites": ("GET /api/v1/sites",),
    "compare": ("GET /api/v1/compare", "GET /api/v1/compare/file", "GET /compare"),
    "register import": ("POST /api/v1/imports",),
    "register imports": ("GET /api/v1/imports", "GET /api/v1/imports/{number}"),
    "register choose": ("PUT /api/v1/imports/{number}/rows/{row}/choice",),
    "register accept": ("POST /api/v1/imports/{number}/accept",),
    "register reject": ("POST /api/v1/imports/{number}/reject",),
    "register undo": ("POST /api/v1/imports/{number}/undo",),
    "register devices": ("GET /api/v1/devices", "GET /api/v1/devices/export"),
    "register show": ("GET /api/v1/devices/{device_id}",),
    "register mark": ("POST /api/v1/devices/{device_id}/life",),
    "register counts": ("GET /api/v1/counts",),
    "register overview": ("GET /api/v1/counts", "GET /", "GET /api/v1/devices/export"),
    "register statements add": ("POST /api/v1/statements",),
    "register statements list": ("GET /api/v1/statements",),
    "register statements withdraw": ("POST /api/v1/statements/{number}/withdraw",),
    "register plan new": ("POST /api/v1/plans",),
    "register plan list": ("GET /api/v1/plans",),
    "register plan show": ("GET /api/v1/plans/{number}",),
    "register plan close": ("POST /api/v1/plans/{number}/close",),
    "register map": ("GET /sites/map", "POST /sites/boundaries"),
    "register publish": ("GET /api/v1/organisations/{organisation_id}/published",),
    "register describe": ("GET /api/v1/catalog",),
    "register merge": ("it reads files that were published and touches no store: any machine can do it",),
    **dict.fromkeys(
        (
            *("census roll load", "census roll show", "census round new", "census request", "census mark"),
            *("census remind", "census receive", "census key withdraw"),
            *("census statements import", "census statements show", "census survey import"),
            "census survey show",
        ),
        ("a coordinator runs a round where its letters and files are, beside the service",),
    ),
    **dict.fromkeys(
        ("census sign", "census key change"), ("a body does it with its own key, which no service gets",)
    ),
    **dict.fromkeys(
        ("census sum", "census sums"), ("coordinators exchange signed files; any machine can add them",)
    ),
    "census round list": ("GET /api/v1/census",),
    "census show": ("GET /api/v1/census/{round_id}", "GET /census"),
    "census publish": ("GET /api/v1/census/{round_id}",),
    "register verify": ("POST /api/v1/store/check",),
    "register export": ("POST /api/v1/store/export", "GET /api/v1/jobs/{job_id}/file"),
    "register receipt": ("an administrator keeps it outside the service, which it is to prove honest",),
    "inventories profile": ("POST /imports/{number}/again",),
    "register backup": ("POST /api/v1/store/backup",),
    "register load": (EMPTY_STORE,),
    "register restore": (EMPTY_STORE,),
    "demo": ("it is the service",),
    "serve": ("it is the service",),
    "subjects": ("it chooses what the service has",),
    "users add": ("POST /api/v1/accounts", "POST /accounts"),
    "users list": ("GET /api/v1/accounts", "GET /accounts"),
    "users review": ("GET /api/v1/accounts", "GET /accounts"),
    "users tokens": ("GET /api/v1/accounts",),
    "users grant": ("POST /api/v1/accounts/roles",),
    "users ungrant": ("POST /api/v1/accounts/roles/remove",),
    "users password": ("POST /api/v1/accounts/password",),
    "users close": ("POST /api/v1/accounts/close",),
    "users unlock": ("POST /api/v1/accounts/unlock",),
    "users reset-factors": ("POST /api/v1/accounts/factors/reset",),
    "users revoke": ("POST /api/v1/accounts/tokens/{number}/revoke",),
    "users token": ("POST /account/tokens",),
    "users require-factor": ("POST /api/v1/accounts/policy/second-factor",),
    "users retention": ("POST /api/v1/accounts/policy/retention",),
    "users destroy": ("POST /api/v1/accounts/policy/destroy",),
    "users audit": ("GET /api/v1/audit", "GET /api/v1/audit/export", "GET /audit"),
    "licence gates": ("GET /api/v1/licences/{case_id}/gates",),
    "licence confirm": ("POST /api/v1/licences/{case_id}/confirmations",),
    "licence derogation": (
        "POST /api/v1/licences/{case_id}/derogations",
        "POST /api/v1/licences/{case_id}/derogations/acceptances",
    ),
    "licence export": ("POST /api/v1/licences/{case_id}/exports",),
    "licence attach": ("POST /api/v1/licences/{case_id}/attachments",),
    "licence supplement": (
        "POST /api/v1/licences/{case_id}/supplements",
        "POST /api/v1/licences/{case_id}/supplements/received",
    ),
    "licence extend": ("POST /api/v1/licences/{case_id}/extensions",),
    "licence objection": ("POST /api/v1/licences/{case_id}/objections",),
    "licence condition": ("POST /api/v1/licences/{case_id}/conditions",),
    "licence ship": (
        "POST /api/v1/licences/{case_id}/shipments",
        "POST /api/v1/licences/{case_id}/shipments/{number}/reversal",
    ),
    "licence notice": ("POST /api/v1/licences/{case_id}/notices",),
    "licence statistics": ("GET /api/v1/licences/statistics",),
    "licence watch": ("POST /api/v1/licences/watch",),
    "log show": ("GET /api/v1/log", "GET /log"),
    "log verify": ("GET /api/v1/log/check",),
}
METHODS = ("GET ", "POST ", "PUT ", "PATCH ", "DELETE ")


def commands(command: click.Command, *names: str) -> Iterator[str]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from commands(below, *names, name)
    else:
        yield " ".join(names)


@cache
def routes() -> frozenset[str]:
    return frozenset(
        f"{method} {part.prefix}{route.path}"
        for part in PARTS
        for route in router_of(part).routes
        if isinstance(route, Route)
        for method in route.methods or ()
    )


def test_every_command_has_a_row_and_every_row_a_command() -> None:
    assert sorted(commands(cli)) == sorted(TABLE)


@pytest.mark.parametrize("command", TABLE)
def test_what_a_row_names_exists(command: str) -> None:
    told = TABLE[command]
    named = {each for each in told if each.startswith(METHODS)}
    assert named <= routes()
    assert named or (len(told) == 1 and len(told[0]) > 10), "neither a route nor a reason"


def test_what_gives_a_contract_exists() -> None:
    told = {command for each in contracts() for command in each.command.split(", ") if command}
    addresses = {address for each in contracts() for address in each.address.split(", ") if address}
    assert told - set(commands(cli)) == set()
    assert {each for each in addresses if f"GET {API_PREFIX}{each}" not in routes()} == {
        "/match", "/weighings", "/dossiers/import"
    }  # fmt: skip
