"""What pages about second factors share: the QR code of an app, options for security keys, recovery codes."""

from typing import Any

from fastapi import Request
from starlette.responses import HTMLResponse

from overzicht.evidence.actor import Actor
from overzicht.store.accounts import set_challenge
from overzicht.web.clock import now
from overzicht.web.forms import START
from overzicht.web.logins import site_of
from overzicht.web.page import render
from overzicht.web.service import Service, service_of
from overzicht.workflows import second_factor
from overzicht.workflows.accounts import take_challenge
from overzicht.workflows.second_factor import KeyAnswer, WrongFactorError

QR_SCALE = 4  # pixels for each module
Answers = tuple[str, str, str]  # a code of an app, the answer of a security key, and a name for the factor


def enrolment_values(request: Request, actor: Actor, session: str) -> dict[str, Any]:
    """Return what a page shows to add a factor: a new app with its QR code, and options for a security key.

    `session` is the hash of the session that gets the challenge.
    """
    service = service_of(request)
    enrolment = second_factor.open_enrolment(service.store, actor.name, session)
    if enrolment is None:
        enrolment = second_factor.begin_app(service.store, actor.name, "", actor, session)
    challenge, options = second_factor.registration_options(service.store, actor.name, site_of(request))
    _keep_challenge(service, actor, session, challenge)
    groups = [enrolment.secret[start : start + 4] for start in range(0, len(enrolment.secret), 4)]
    import segno  # noqa: PLC0415 - an extra

    qr_code = str(
        segno.make(enrolment.address, error="m").svg_data_uri(scale=QR_SCALE, border=4, light="white")
    )
    return {"secret": " ".join(groups), "qr_code": qr_code, "create_options": options}


def key_values(request: Request, actor: Actor, session: str) -> dict[str, Any]:
    """Return the options with which a security key answers; empty if the account has none."""
    service = service_of(request)
    challenge, options = second_factor.authentication_options(service.store, actor.name, site_of(request))
    _keep_challenge(service, actor, session, challenge)
    return {"get_options": options}


def add_factor(request: Request, actor: Actor, session: str, answers: Answers) -> tuple[str, ...] | None:
    """Add the app or security key that answered; return new recovery codes, or None for a wrong answer."""
    store = service_of(request).store
    code, credential, label = answers
    try:
        if not credential:
            return second_factor.confirm_app(store, actor.name, code, actor, session)
        challenge = take_challenge(store, actor.name, session, at=now())
        answer = KeyAnswer(credential, challenge, site_of(request))
        return second_factor.add_security_key(store, actor.name, answer, actor, label=label)
    except WrongFactorError:
        return None


def recovery_page(request: Request, codes: tuple[str, ...], target: str = START) -> HTMLResponse:
    """Return the page that shows new recovery codes once."""
    page = render(request, "recovery_codes.html", codes=codes, next=target)
    page.headers["Cache-Control"] = "no-store"
    return page


def _keep_challenge(service: Service, actor: Actor, session: str, challenge: str) -> None:
    if challenge:
        with service.store.writing(actor.name, actor.at) as tx:
            set_challenge(tx, session, challenge)
