"""One's own account: password, second factors, recovery codes, tokens and open sessions."""

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.responses import HTMLResponse, Response

from overzicht.errors import OverzichtError
from overzicht.store import accounts, audit
from overzicht.store.accounts import Account, Grant, Role
from overzicht.store.audit import AuditFilter
from overzicht.web import logins
from overzicht.web.account_words import role_choices
from overzicht.web.auth import PageReader
from overzicht.web.clock import now, today
from overzicht.web.confirmation import Missing, missing_confirmation
from overzicht.web.context import PageContext
from overzicht.web.factor_pages import add_factor, enrolment_values, recovery_page
from overzicht.web.fields import Line, Number
from overzicht.web.forms import see_other
from overzicht.web.organisations import organisation_choices
from overzicht.web.problems import problem_error
from overzicht.workflows import second_factor
from overzicht.workflows.accounts import LONGEST_PASSWORD, change_password, issue_token

router = APIRouter()
PAGE = "/account"
SHOWN_EVENTS = 10
LONGEST_TOKEN_DAYS = 366
Password = Annotated[str, Form(max_length=LONGEST_PASSWORD)]


@router.get("/account", response_class=HTMLResponse)
def show(context: PageReader) -> Response:
    """Show the own account; a reader without an account goes to the log-in."""
    return _page(context) if context.principal.session else see_other("/login?next=/account")


@router.post("/account/password", response_class=HTMLResponse)
def set_password(context: PageReader, password: Password = "", new_password: Password = "") -> Response:
    """Change the own password: all sessions end, and this one continues as a new one."""
    name = _own(context).name
    if not logins.check_own_password(context.request, name, password):
        return _page(context, fault="password")
    try:
        change_password(context.store, name, new_password, context.actor())
    except OverzichtError as error:
        return _page(context, error=error)
    answer = see_other(PAGE)
    logins.admit(context.request, answer, name, method="new password")
    return answer


@router.get("/account/factors", response_class=HTMLResponse)
def factor_form(context: PageReader) -> Response:
    """Show the forms for a new app and a new security key."""
    return _factor_page(context, _own(context)) if context.principal.session else see_other("/login")


@router.post("/account/factors", response_class=HTMLResponse)
def add(
    context: PageReader,
    password: Password = "",
    code: Annotated[Line, Form()] = "",
    credential: Annotated[str, Form(max_length=20_000)] = "",
    label: Annotated[Line, Form()] = "",
) -> Response:
    """Add the app or the security key that answered, and show recovery codes if they are the first."""
    account = _own(context)
    if not logins.check_own_password(context.request, account.name, password):
        return _factor_page(context, account, fault="password")
    logins.note_attempt(context.request, account.name, logins.STEP_OF_FACTOR)
    answers = (code, credential, label)
    codes = add_factor(context.request, context.actor(), context.principal.session, answers)
    if codes is None:
        return _factor_page(context, account, fault="factor")
    with context.store.writing(account.name, now()) as tx:
        accounts.end_sessions(tx, account.name, but=context.principal.session)
    return recovery_page(context.request, codes, PAGE)


@router.post("/account/factors/{number}/remove", response_class=HTMLResponse)
def remove(context: PageReader, number: Number, password: Password = "") -> Response:
    """Remove a factor of the own account."""
    name = _own(context).name
    if not logins.check_own_password(context.request, name, password):
        return _page(context, fault="password")
    try:
        second_factor.remove_factor(context.store, name, number, context.actor())
    except OverzichtError as error:
        return _page(context, error=error)
    return see_other(PAGE)


@router.post("/account/recovery-codes", response_class=HTMLResponse)
def recovery_codes(context: PageReader, password: Password = "") -> Response:
    """Make new recovery codes and show them once."""
    name = _own(context).name
    if not logins.check_own_password(context.request, name, password):
        return _page(context, fault="password")
    if not second_factor.confirmed_factors(context.store, name):
        return see_other(f"{PAGE}/factors")
    codes = second_factor.new_recovery_codes(context.store, name, context.actor())
    return recovery_page(context.request, codes, PAGE)


@router.post("/account/tokens", response_class=HTMLResponse)
def add_token(
    context: PageReader,
    role: Annotated[Role, Form()] = Role.READER,
    organisation: Annotated[Line, Form()] = "",
    days: Annotated[int, Form(ge=1, le=LONGEST_TOKEN_DAYS)] = 90,
    password: Password = "",
) -> Response:
    """Make a token for a program of one's own, and show it once. It has at most the own rights."""
    account = _own(context)
    missing = missing_confirmation(context.request, context.principal)
    if missing is Missing.LOGIN:
        return _page(context, fault="log-in")
    if missing is Missing.PASSWORD and not logins.check_own_password(context.request, account.name, password):
        return _page(context, fault="password")
    actor = context.actor()
    until = actor.at + timedelta(days=days)
    _, secret = issue_token(context.store, account.name, Grant(role, organisation), actor, expires_at=until)
    return _page(context, secret=secret)


@router.post("/account/tokens/{number}/revoke")
def revoke_token(context: PageReader, number: Number) -> Response:
    """Revoke a token of the own account."""
    name = _own(context).name
    with context.store.writing(name, now()) as tx:
        accounts.revoke_token(tx, number, name)
    return see_other(PAGE)


@router.post("/account/sessions/end")
def end_sessions(context: PageReader) -> Response:
    """End the other sessions of the own account."""
    name = _own(context).name
    with context.store.writing(name, now()) as tx:
        accounts.end_sessions(tx, name, but=context.principal.session)
        tx.log("end sessions", name)
    return see_other(PAGE)


def _own(context: PageContext) -> Account:
    """Return the account of the session; a problem for a token, which cannot change its account."""
    with context.store.reading() as connection:
        account = accounts.find_account(connection, context.principal.name)
    if account is None or not context.principal.session:
        raise problem_error(
            409,
            "needs-session",
            "Log in first",
            "a token cannot change an account",
            "log in on the page /login",
        )
    return account


def _page(
    context: PageContext, *, fault: str = "", error: OverzichtError | None = None, secret: str = ""
) -> HTMLResponse:
    account = _own(context)
    with context.store.reading() as connection:
        tokens = accounts.list_tokens(connection, account.name)
        events = audit.newest_events(connection, AuditFilter(account=account.name), limit=SHOWN_EVENTS)
        sessions = accounts.sessions_of(connection, account.name)
    page = context.render(
        "account.html",
        status=403 if fault else 400 if error else 200,
        account=account,
        factors=second_factor.confirmed_factors(context.store, account.name),
        codes_left=second_factor.unused_recovery_codes(context.store, account.name),
        tokens=[token for token in tokens if token.is_valid_at(now())],
        sessions=[session for session in sessions if session.expires_at > now().isoformat()],
        own_session=context.principal.session,
        events=events,
        roles=role_choices(context.words, context.principal.highest or Role.READER),
        organisations=organisation_choices(context, today()),
        missing=missing_confirmation(context.request, context.principal).value,
        form_page="/account",  # also after a refused form, whose own address shows no page
        fault=fault,
        error=error,
        secret=secret,
        LONGEST_TOKEN_DAYS=LONGEST_TOKEN_DAYS,
    )
    page.headers["Cache-Control"] = "no-store"
    return page


def _factor_page(context: PageContext, account: Account, *, fault: str = "") -> HTMLResponse:
    values: dict[str, Any] = {}
    if account.password_hash:
        values = enrolment_values(context.request, context.actor(), context.principal.session)
    status = 403 if fault else 200
    page = context.render("account_factors.html", status=status, account=account, fault=fault, **values)
    page.headers["Cache-Control"] = "no-store"
    return page
