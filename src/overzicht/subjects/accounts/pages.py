"""Accounts for administrators: the rights review, roles, second factors and retention periods."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from overzicht.subjects.accounts import accounts as operations
from overzicht.web.account_words import role_choices
from overzicht.web.auth import PageAdmin
from overzicht.web.clock import now, today
from overzicht.web.confirmation import missing_confirmation
from overzicht.web.fields import Key
from overzicht.web.operations import add_forms_of
from overzicht.web.organisations import organisation_choices
from overzicht.web.problems import not_found
from overzicht.workflows import retention
from overzicht.workflows.retention import Retained

router = APIRouter()


@router.get("/accounts", response_class=HTMLResponse)
def review(context: PageAdmin) -> HTMLResponse:
    """Show the rights of each account, their start dates and the last use, and the settings."""
    policy = operations.policy(context)
    return context.render(
        "accounts.html",
        accounts=operations.review(context),
        roles=role_choices(context.words),
        organisations=organisation_choices(context, today()),
        missing=missing_confirmation(context.request, context.principal).value,
        required=[role.value for role in policy.second_factor],
        periods=[(kind.value, context.words.say(kind.words), policy.retention[kind]) for kind in Retained],
        expired=retention.destroy_expired(context.store, context.actor(), only_count=True),
    )


@router.get("/accounts/of", response_class=HTMLResponse)
def show(context: PageAdmin, name: Annotated[Key, Query()]) -> HTMLResponse:
    """Show an account, with its roles and tokens."""
    account = next((line for line in operations.review(context) if line.name == name), None)
    if account is None:
        raise not_found("account", name)
    return context.render(
        "account_of.html",
        account=account,
        tokens=[token for token in account.tokens if token.is_valid_at(now())],
        roles=role_choices(context.words),
        organisations=organisation_choices(context, today()),
        missing=missing_confirmation(context.request, context.principal).value,
    )


add_forms_of(router, "subjects.accounts.accounts")
