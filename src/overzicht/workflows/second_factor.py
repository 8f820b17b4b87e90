"""Second factors: apps for codes (TOTP, RFC 6238), security keys (WebAuthn level 3), and recovery codes.

A code of an app works once, also within its 30 seconds. Factors are for accounts with a password; with single
sign-on the provider asks for them.
"""

import base64
import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from overzicht.errors import MissingExtraError, OverzichtError, UnknownNameError
from overzicht.evidence.actor import Actor
from overzicht.store import accounts, factors
from overzicht.store.accounts import Account, Role, Stage
from overzicht.store.database import Store
from overzicht.store.factors import Factor, FactorKind
from overzicht.store.keys import ServiceKey
from overzicht.store.service_settings import set_setting, setting

POLICY = "second-factor roles"
PURPOSE = "secrets of apps"
ISSUER = "Overzicht"
STEP_SECONDS = 30
DRIFT_STEPS = 1  # a clock may differ by one step
CODE_DIGITS = 6
RECOVERY_CODES, RECOVERY_BYTES = 10, 10
LONGEST_LABEL = 100
MOST_FACTORS = 20  # of one account


class WrongFactorError(OverzichtError):
    """The code or the security key was not accepted."""

    def __init__(self) -> None:
        super().__init__(
            "the code or the security key was not accepted",
            fix="enter the newest code of your app. Each code works once",
        )


class RequiredFactorError(OverzichtError):
    """The last second factor of an account cannot be removed, because its role requires one."""

    def __init__(self) -> None:
        super().__init__(
            "your role requires a second factor, and this is the last one", fix="add another factor first"
        )


class TooManyFactorsError(OverzichtError):
    """An account has the maximum number of second factors."""

    def __init__(self) -> None:
        super().__init__(f"an account has at most {MOST_FACTORS} factors", fix="remove a factor first")


@dataclass(frozen=True, slots=True)
class Site:
    """The service as a browser names it: `host` without a port, and `origin` such as https://host:8443."""

    host: str
    origin: str


@dataclass(frozen=True, slots=True)
class KeyAnswer:
    """Answer of a security key (`credential`, JSON of the browser) to the challenge of this site."""

    credential: str
    challenge: str
    site: Site


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The secret of a new app: in letters to type, and as an address that a QR code shows."""

    factor: Factor
    secret: str
    address: str


def required_roles(store: Store) -> tuple[Role, ...]:
    """Return the roles that require a second factor."""
    with store.reading() as connection:
        return _required(connection)


def _required(connection: Connection) -> tuple[Role, ...]:
    return tuple(Role(value) for value in setting(connection, POLICY, []))


def require_roles(store: Store, roles: Collection[Role], actor: Actor) -> None:
    """Require a second factor for exactly these roles."""
    with store.writing(actor.name, actor.at) as tx:
        set_setting(tx, POLICY, [role.value for role in Role if role in roles])


def missing_step(connection: Connection, account: Account) -> Stage:
    """Return what a log-in with the right password still lacks."""
    if _confirmed(connection, account.name):
        return Stage.FACTOR
    required = _required(connection)
    return Stage.ENROL if any(grant.role in required for grant in account.grants) else Stage.OPEN


def confirmed_factors(store: Store, account: str) -> list[Factor]:
    """Return the apps and security keys that an account can log in with."""
    with store.reading() as connection:
        return _confirmed(connection, account)


def _confirmed(connection: Connection, account: str) -> list[Factor]:
    stored = factors.factors_of(connection, account)
    return [factor for factor in stored if factor.confirmed_at and factor.kind is not FactorKind.RECOVERY]


def unused_recovery_codes(store: Store, account: str) -> int:
    """Return the number of recovery codes of an account that still work."""
    with store.reading() as connection:
        stored = factors.factors_of(connection, account)
    return sum(factor.kind is FactorKind.RECOVERY and not factor.used_at for factor in stored)


# Apps for codes


def begin_app(store: Store, account: str, label: str, actor: Actor, session: str = "") -> Enrolment:
    """Return the secret of a new app, which counts after its first right code (`confirm_app`).

    `session` is the hash of the session that sees the secret: a person with the password alone, in another
    session, does not see it.
    """
    _check_room(store, account)
    secret = _pyotp().random_base32()
    with store.writing(actor.name, actor.at) as tx:
        factors.remove_unconfirmed(tx, account)
        label = label.strip()[:LONGEST_LABEL]
        factors.add_app(tx, account, ServiceKey(store.home).encrypt(PURPOSE, secret), label, session)
    enrolment = open_enrolment(store, account, session)
    assert enrolment is not None  # noqa: S101 - it was stored above
    return enrolment


def open_enrolment(store: Store, account: str, session: str = "") -> Enrolment | None:
    """Return the app that waits for its first code in a session; None if there is none."""
    with store.reading() as connection:
        stored = factors.factors_of(connection, account)
    waiting = [factor for factor in stored if not factor.confirmed_at and factor.credential == session]
    if not waiting:
        return None
    secret = ServiceKey(store.home).decrypt(PURPOSE, waiting[0].secret)
    address = _pyotp().TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)
    return Enrolment(waiting[0], secret, address)


def confirm_app(store: Store, account: str, code: str, actor: Actor, session: str = "") -> tuple[str, ...]:
    """Confirm the new app of a session if the code is right; return recovery codes if the account had none.

    Raises WrongFactorError for another code.
    """
    enrolment = open_enrolment(store, account, session)
    step = None if enrolment is None else _step_of(enrolment.secret, code, actor.at)
    if enrolment is None or step is None:
        raise WrongFactorError
    with store.writing(actor.name, actor.at) as tx:
        if not factors.use_factor(tx, enrolment.factor, step):
            raise WrongFactorError
        factors.confirm_factor(tx, enrolment.factor)
    return _first_recovery_codes(store, account, actor)


def is_valid_code(store: Store, account: str, code: str, actor: Actor) -> bool:
    """Return whether a code of an app or a recovery code is right, and use it up."""
    digits = "".join(code.split())
    if len(digits) == CODE_DIGITS and digits.isdecimal():
        key = ServiceKey(store.home)
        for factor in confirmed_factors(store, account):
            if factor.kind is FactorKind.APP:
                step = _step_of(key.decrypt(PURPOSE, factor.secret), digits, actor.at)
                if step is not None:
                    with store.writing(actor.name, actor.at) as tx:
                        return factors.use_factor(tx, factor, step)
        return False
    with store.writing(actor.name, actor.at) as tx:
        return factors.use_recovery_code(tx, account, _recovery_hash(code))


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the time step that a code is for, within the allowed drift; None if it is not right."""
    totp, now = _pyotp().TOTP(secret), int(at.timestamp()) // STEP_SECONDS
    digits = "".join(code.split()).encode("utf-8", "replace")
    steps = range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1)
    right = [step for step in steps if secrets.compare_digest(totp.generate_otp(step).encode(), digits)]
    return right[0] if right else None


def _pyotp() -> Any:
    try:
        import pyotp  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("second factors", "web") from error
    return pyotp


# Recovery codes


def new_recovery_codes(store: Store, account: str, actor: Actor) -> tuple[str, ...]:
    """Return new recovery codes, of which only hashes are stored; earlier codes no longer work."""
    matches: list[str] = []
    for _ in range(RECOVERY_CODES):
        letters = base64.b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode().lower()
        matches.append("-".join(letters[start : start + 4] for start in range(0, len(letters), 4)))
    codes = tuple(matches)
    with store.writing(actor.name, actor.at) as tx:
        factors.replace_recovery_codes(tx, account, [_recovery_hash(code) for code in codes])
    return codes


def _first_recovery_codes(store: Store, account: str, actor: Actor) -> tuple[str, ...]:
    return () if unused_recovery_codes(store, account) else new_recovery_codes(store, account, actor)


def _recovery_hash(code: str) -> str:
    plain = "".join(sign for sign in code.lower() if sign.isalnum())
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()  # 80 random bits: no slow hash


# Security keys


def registration_options(store: Store, account: str, site: Site) -> tuple[str, str]:
    """Return the challenge (base64url) for a new security key, and the options for the browser as JSON."""
    _check_room(store, account)
    from webauthn import generate_registration_options, options_to_json  # noqa: PLC0415 - an extra
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415

    options = generate_registration_options(
        rp_id=site.host,
        rp_name=ISSUER,
        user_name=account,
        user_id=hashlib.sha256(account.encode()).digest(),
        exclude_credentials=_descriptors(_keys_of(store, account)),
    )
    return bytes_to_base64url(options.challenge), options_to_json(options)


def add_security_key(
    store: Store, account: str, answer: KeyAnswer, actor: Actor, *, label: str = ""
) -> tuple[str, ...]:
    """Add the security key that answered a challenge; return recovery codes if the account had none.

    Raises WrongFactorError if the answer does not verify.
    """
    _check_room(store, account)
    from webauthn import verify_registration_response  # noqa: PLC0415 - an extra
    from webauthn.helpers import base64url_to_bytes, bytes_to_base64url  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        verified = verify_registration_response(
            credential=answer.credential,
            expected_challenge=base64url_to_bytes(answer.challenge),
            expected_rp_id=answer.site.host,
            expected_origin=answer.site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise WrongFactorError from error
    credential = bytes_to_base64url(verified.credential_id)
    public_key = bytes_to_base64url(verified.credential_public_key)
    with store.writing(actor.name, actor.at) as tx:
        known = {factor.credential for factor in factors.factors_of(tx.connection, account)}
        if credential in known:
            raise WrongFactorError
        factors.remove_unconfirmed(tx, account)
        label = label.strip()[:LONGEST_LABEL]
        factors.add_security_key(tx, account, label, credential, public_key, verified.sign_count)
    return _first_recovery_codes(store, account, actor)


def authentication_options(store: Store, account: str, site: Site) -> tuple[str, str]:
    """Return the challenge (base64url) for the security keys of an account, and the options as JSON.

    Both are empty if the account has no security key.
    """
    keys = _keys_of(store, account)
    if not keys:
        return "", ""
    from webauthn import generate_authentication_options, options_to_json  # noqa: PLC0415 - an extra
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415

    options = generate_authentication_options(rp_id=site.host, allow_credentials=_descriptors(keys))
    return bytes_to_base64url(options.challenge), options_to_json(options)


def is_valid_key(store: Store, account: str, answer: KeyAnswer, actor: Actor) -> bool:
    """Return whether a security key of an account signed the challenge, and record its use."""
    from webauthn import verify_authentication_response  # noqa: PLC0415 - an extra
    from webauthn.helpers import (  # noqa: PLC0415
        base64url_to_bytes,
        bytes_to_base64url,
        parse_authentication_credential_json,
    )
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    try:
        credential = parse_authentication_credential_json(answer.credential)
        name = bytes_to_base64url(credential.raw_id)
        factor = next((key for key in _keys_of(store, account) if key.credential == name), None)
        if factor is None or not answer.challenge:
            return False
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=base64url_to_bytes(answer.challenge),
            expected_rp_id=answer.site.host,
            expected_origin=answer.site.origin,
            credential_public_key=base64url_to_bytes(factor.secret),
            credential_current_sign_count=factor.counter,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    with store.writing(actor.name, actor.at) as tx:
        return factors.use_factor(tx, factor, verified.new_sign_count)


def _keys_of(store: Store, account: str) -> list[Factor]:
    return [factor for factor in confirmed_factors(store, account) if factor.kind is FactorKind.KEY]


def _descriptors(keys: Sequence[Factor]) -> list[Any]:
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - an extra
    from webauthn.helpers.structs import PublicKeyCredentialDescriptor  # noqa: PLC0415

    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential)) for key in keys]


# Removing


def remove_factor(store: Store, account: str, number: int, actor: Actor) -> None:
    """Remove a factor of an account; recovery codes go with the last one.

    Raises UnknownNameError if the account does not have it, RequiredFactorError for the last required one.
    """
    with store.writing(actor.name, actor.at) as tx:
        owner = accounts.find_account(tx.connection, account)
        left = [factor for factor in _confirmed(tx.connection, account) if factor.id != number]
        required = _required(tx.connection)
        if owner is not None and not left and any(grant.role in required for grant in owner.grants):
            raise RequiredFactorError
        if not factors.remove_factor(tx, account, number):
            raise UnknownNameError("second factor", str(number))
        if not left:
            factors.remove_factors(tx, account)


def reset_factors(store: Store, account: str, actor: Actor) -> int:
    """Remove all factors of an account and end its sessions, after a loss; return their number."""
    with store.writing(actor.name, actor.at) as tx:
        if accounts.find_account(tx.connection, account) is None:
            raise UnknownNameError("account", account)
        accounts.end_sessions(tx, account)
        return factors.remove_factors(tx, account)


def _check_room(store: Store, account: str) -> None:
    if len(confirmed_factors(store, account)) >= MOST_FACTORS:
        raise TooManyFactorsError
