"""`/accounts`: accounts with their rights, and settings of the service."""

from contextlib import AbstractContextManager
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, Field

from overzicht.store import accounts
from overzicht.store.accounts import Grant, Role
from overzicht.store.database import Transaction
from overzicht.web.auth import Admin
from overzicht.web.clock import today
from overzicht.web.confirmation import Missing, missing_confirmation
from overzicht.web.context import RequestContext
from overzicht.web.fields import Key, Line, Number
from overzicht.web.logins import check_encrypted, check_own_password
from overzicht.web.problems import HAS_NAMES, problem_error
from overzicht.workflows import retention, rights, second_factor
from overzicht.workflows.accounts import LONGEST_NAME, LONGEST_PASSWORD, add_user, change_password
from overzicht.workflows.retention import Retained
from overzicht.workflows.rights import AccountReview

router = APIRouter(prefix="/accounts", tags=["accounts"])
Name = Annotated[Key, Field(max_length=LONGEST_NAME)]
NewPassword = Annotated[str, Field(max_length=LONGEST_PASSWORD)]


class Confirmed(BaseModel):
    """A change that asks a person with a session for their own password again; a token has none."""

    name: Name
    current_password: NewPassword = ""


class AccountRequest(Confirmed):
    """A new account of a person, with its first role; the empty organisation stands for all."""

    password: NewPassword
    role: Role = Role.READER
    organisation: Line = ""


class RoleRequest(Confirmed):
    """A role for an account; the empty organisation stands for all."""

    role: Role
    organisation: Line = ""


class RoleRemoval(BaseModel):
    """The organisation for which an account loses its role; empty: all organisations."""

    name: Name
    organisation: Line = ""


class AccountName(BaseModel):
    """The name of an account."""

    name: Name


class PasswordRequest(Confirmed):
    """A new password for an account, whose sessions end."""

    password: NewPassword


class FactorPolicy(BaseModel):
    """The roles that require a second factor; empty: none. A person with a session gives their password."""

    roles: Annotated[list[Role], Field(max_length=len(Role))] = Field(default_factory=list)
    current_password: NewPassword = ""


class RetentionRequest(BaseModel):
    """Retention periods in days; an omitted one does not change."""

    audit: Annotated[int | None, Field(ge=1, le=36_500)] = None
    jobs: Annotated[int | None, Field(ge=1, le=36_500)] = None
    tokens: Annotated[int | None, Field(ge=1, le=36_500)] = None
    accounts: Annotated[int | None, Field(ge=1, le=36_500)] = None


class ServicePolicy(BaseModel):
    """The roles that require a second factor, and the retention periods in days."""

    second_factor: tuple[Role, ...]
    retention: dict[Retained, int]


class Destroyed(BaseModel):
    """The number of destroyed records per kind of data."""

    destroyed: dict[Retained, int]


def _writing(context: RequestContext) -> AbstractContextManager[Transaction]:
    return context.store.writing(context.principal.name, context.actor().at)


def _confirm(context: RequestContext, request: Confirmed | FactorPolicy) -> None:
    """Raise a problem if a person with a session did not give the password, or did not log in again.

    So a stolen session cannot make access that outlives it.
    """
    name = context.principal.name
    missing = missing_confirmation(context.request, context.principal)
    if missing is Missing.LOGIN:
        raise problem_error(
            403,
            "log-in-again",
            "Not allowed",
            "your last log-in at the provider is too long ago for this change",
            "log in again on the page /login/sso?fresh=yes, and repeat the change within 5 minutes",
        )
    password = request.current_password
    if missing is Missing.PASSWORD and not check_own_password(context.request, name, password):
        raise problem_error(
            403,
            "wrong-password",
            "Not allowed",
            "your current password is wrong or missing",
            "give your own password in the field of that name",
        )


def _organisation(context: RequestContext, name: str) -> str:
    """Return the id of an organisation that exists today, empty for all."""
    return context.own_organisation(name, today())


@router.get("", summary="The rights review")
def review(context: Admin) -> list[AccountReview]:
    """Return all accounts with their rights: their start dates and the last use."""
    return rights.review(context.store)


@router.post("", status_code=201, summary="Add an account", openapi_extra=HAS_NAMES)
def add(context: Admin, request: AccountRequest) -> AccountName:
    """Add an account for a person."""
    check_encrypted(context.request)
    _confirm(context, request)
    grant = Grant(request.role, _organisation(context, request.organisation))
    add_user(context.store, request.name, request.password, grant, context.actor())
    return AccountName(name=request.name)


@router.post("/roles", status_code=204, summary="Give a role", openapi_extra=HAS_NAMES)
def give_role(context: Admin, request: RoleRequest) -> None:
    """Give an account a role, in place of its role for the same organisation. Its sessions end."""
    _confirm(context, request)
    grant = Grant(request.role, _organisation(context, request.organisation))
    with _writing(context) as tx:
        if grant.role is not Role.ADMIN and not grant.organisation:
            rights.check_administrator_left(tx.connection, request.name)
        accounts.give_grant(tx, request.name, grant)


@router.post("/roles/remove", status_code=204, summary="Remove a role", openapi_extra=HAS_NAMES)
def remove_role(context: Admin, request: RoleRemoval) -> None:
    """Remove the role of an account for an organisation. Its sessions end."""
    with _writing(context) as tx:
        if not request.organisation:
            rights.check_administrator_left(tx.connection, request.name)
        accounts.take_grant(tx, request.name, request.organisation)


@router.post("/password", status_code=204, summary="Set a password", openapi_extra=HAS_NAMES)
def set_password(context: Admin, request: PasswordRequest) -> None:
    """Set the password of an account, whose sessions end."""
    check_encrypted(context.request)
    _confirm(context, request)
    change_password(context.store, request.name, request.password, context.actor())


@router.post("/close", status_code=204, summary="Close an account", openapi_extra=HAS_NAMES)
def close(context: Admin, request: AccountName) -> None:
    """Close an account: its sessions end and its tokens stop working."""
    with _writing(context) as tx:
        rights.check_administrator_left(tx.connection, request.name)
        accounts.close_account(tx, request.name)


@router.post("/unlock", status_code=204, summary="Unlock an account", openapi_extra=HAS_NAMES)
def unlock(context: Admin, request: AccountName) -> None:
    """Reset the count of failed log-ins of an account."""
    with _writing(context) as tx:
        accounts.unlock_account(tx, request.name)


@router.post(
    "/factors/reset",
    status_code=204,
    summary="Remove all second factors of an account",
    openapi_extra=HAS_NAMES,
)
def reset_factors(context: Admin, request: Confirmed) -> None:
    """Remove the second factors of a person who lost them. The sessions of the account end."""
    _confirm(context, request)
    second_factor.reset_factors(context.store, request.name, context.actor())


@router.post("/tokens/{number}/revoke", status_code=204, summary="Revoke a token")
def revoke_token(context: Admin, number: Number) -> None:
    """Revoke a token of any account."""
    with _writing(context) as tx:
        accounts.revoke_token(tx, number)


@router.get("/policy", summary="Second factors and retention periods")
def policy(context: Admin) -> ServicePolicy:
    """Return which roles require a second factor, and how long data is stored."""
    required = second_factor.required_roles(context.store)
    return ServicePolicy(second_factor=required, retention=retention.periods(context.store))


@router.post("/policy/second-factor", status_code=204, summary="Require second factors")
def require_factor(context: Admin, request: FactorPolicy) -> None:
    """Require a second factor for exactly these roles, from the next log-in."""
    _confirm(context, request)
    second_factor.require_roles(context.store, request.roles, context.actor())


@router.post("/policy/retention", status_code=204, summary="Set retention periods")
def set_retention(context: Admin, request: RetentionRequest) -> None:
    """Set how many days data is stored."""
    days = {Retained(name): value for name, value in request.model_dump().items() if value is not None}
    retention.set_periods(context.store, days, context.actor())


@router.post("/policy/destroy", summary="Destroy expired data")
def destroy(context: Admin) -> Destroyed:
    """Destroy what is past its retention period, and log it."""
    return Destroyed(destroyed=retention.destroy_expired(context.store, context.actor()))
