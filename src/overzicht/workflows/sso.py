"""Single sign-on with OpenID Connect: discovery, the code flow with PKCE, and roles from a claim.

Sources: OpenID Connect Core 1.0 §3.1 (a new log-in: `prompt`, `max_age`, `auth_time`) and Discovery 1.0 §4;
RFC 7636 (PKCE); RFC 9207 (issuer in the answer).
"""

import json
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from overzicht.errors import EXIT_FETCH, EXIT_SETUP, MissingExtraError, OverzichtError
from overzicht.store import accounts
from overzicht.store.accounts import Account, Grant, Role
from overzicht.store.database import Store
from overzicht.workflows.accounts import SSO_ACTOR, check_name

SCOPE = "openid profile email"
ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
SECONDS = 10  # for each answer of the provider
LONGEST_ANSWER = 1_000_000  # bytes
LEEWAY_SECONDS = 60  # between the clocks
METADATA_LASTS = timedelta(hours=1)
KEYS_LAST = timedelta(minutes=1)  # an unknown key is looked for again after this time
LONGEST_SUBJECT = 500
LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SsoSettingsError(OverzichtError):
    """The settings of single sign-on cannot be used."""

    exit_code = EXIT_SETUP


class SsoProviderError(OverzichtError):
    """The OpenID provider cannot be reached, or its answer cannot be trusted."""

    exit_code = EXIT_FETCH

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the log-in at the provider did not succeed: {reason}",
            fix="try again, or ask an administrator of this service",
        )


class SsoRefusedError(OverzichtError):
    """The provider identified a person who has no access to this service."""


@dataclass(frozen=True, slots=True)
class SsoRequest:
    """Values of a log-in that are remembered until the provider answers.

    `fresh_at` is the Unix time at which the person was asked to log in again; 0 if that is not required.
    """

    state: str
    nonce: str
    verifier: str
    fresh_at: int = 0

    @classmethod
    def new(cls, fresh_at: int = 0) -> "SsoRequest":
        """Return a request with random values (256 bits each)."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        return cls(state, nonce, verifier, fresh_at)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person as the provider states: `subject` is issuer and subject, `roles` the values of the claim."""

    subject: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class Provider:
    """An OpenID provider: its address, this client, and the role for each value of a claim."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    title: str
    name_claim: str
    role_claim: str
    roles: Mapping[str, Grant]
    _cache: dict[str, tuple[datetime, dict[str, Any]]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def address(self, request: SsoRequest, return_address: str, *, at: datetime) -> str:
        """Return the address at the provider to which the browser goes."""
        with self._session(return_address) as session:
            address, _ = session.create_authorization_url(
                self._metadata(at)["authorization_endpoint"],
                state=request.state,
                nonce=request.nonce,
                code_verifier=request.verifier,
                **({"prompt": "login", "max_age": "0"} if request.fresh_at else {}),
            )
        return str(address)

    def is_issuer(self, named: str, *, at: datetime) -> bool:
        """Return whether an answer is from this provider; it must name itself if its description says so."""
        if not named:
            return not self._metadata(at).get("authorization_response_iss_parameter_supported")
        return named == self.issuer

    def identity(self, request: SsoRequest, code: str, return_address: str, *, at: datetime) -> Identity:
        """Return the person for whom the provider gave a code; SsoProviderError if that cannot be trusted."""
        from authlib.integrations.base_client import OAuthError  # noqa: PLC0415 - an extra
        from requests import RequestException  # noqa: PLC0415 - an extra

        metadata = self._metadata(at)
        try:
            with self._session(return_address) as session:
                token = session.fetch_token(
                    metadata["token_endpoint"],
                    code=code,
                    code_verifier=request.verifier,
                    timeout=SECONDS,
                    allow_redirects=False,
                )
        except (OAuthError, RequestException, ValueError) as error:
            raise SsoProviderError("it did not accept the code") from error
        claims = self._verified(str(token.get("id_token", "")), request.nonce, at)
        time, earliest = claims.get("auth_time"), request.fresh_at - LEEWAY_SECONDS
        is_new = isinstance(time, int | float) and not isinstance(time, bool) and time >= earliest
        if request.fresh_at and not is_new:
            raise SsoProviderError("it does not state that you logged in again (auth_time)")
        if not {self.name_claim, self.role_claim.partition(".")[0]} <= claims.keys():
            claims = {
                **self._user_info(metadata, str(token.get("access_token", "")), claims["sub"]),
                **claims,
            }
        return self._identity_of(claims)

    def grants(self, identity: Identity) -> tuple[Grant, ...]:
        """Return the roles of a person: the highest one for each organisation; none is empty."""
        best: dict[str, Grant] = {}
        for value in identity.roles:
            grant = self.roles.get(value)
            if grant is not None:
                known = best.get(grant.organisation)
                if known is None or known.role.rank < grant.role.rank:
                    best[grant.organisation] = grant
        return tuple(best[organisation] for organisation in sorted(best))

    def _identity_of(self, claims: Mapping[str, Any]) -> Identity:
        value: Any = claims
        for part in self.role_claim.split("."):
            value = value.get(part, ()) if isinstance(value, Mapping) else ()
        values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        subject = f"{self.issuer} {claims['sub']}"
        if len(subject) > LONGEST_SUBJECT:
            raise SsoProviderError("the subject is too long")
        return Identity(subject, str(claims.get(self.name_claim, "")).strip(), tuple(map(str, values)))

    def _session(self, return_address: str) -> Any:
        try:
            from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise MissingExtraError("single sign-on", "web") from error
        return OAuth2Session(
            self.client_id,
            self.client_secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.client_secret else "none",
            scope=SCOPE,
            redirect_uri=return_address,
            code_challenge_method="S256",
        )

    def _metadata(self, at: datetime) -> dict[str, Any]:
        address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
        metadata = self._cached(address, at, METADATA_LASTS)
        if metadata.get("issuer") != self.issuer:
            raise SsoProviderError("its description names another issuer")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not is_safe_address(str(metadata.get(name, ""))):
                raise SsoProviderError(f"its description has no safe {name}")
        return metadata

    def _verified(self, token: str, nonce: str, at: datetime) -> dict[str, Any]:
        """Return the claims of an ID token with a valid signature, for this client and this log-in."""
        from joserfc import jwt  # noqa: PLC0415 - comes with authlib
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        registry = jwt.JWTClaimsRegistry(
            now=int(at.timestamp()),
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": self.issuer},
            aud={"essential": True, "value": self.client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        address = self._metadata(at)["jwks_uri"]
        for lasts in (METADATA_LASTS, KEYS_LAST):  # the provider may have a new key
            try:
                keys = KeySet.import_key_set(self._cached(address, at, lasts))  # type: ignore[arg-type]
                claims = jwt.decode(token, keys, algorithms=list(ALGORITHMS)).claims
            except (JoseError, ValueError, KeyError, TypeError) as error:
                fault = error
                continue
            try:
                registry.validate(claims)
            except JoseError as error:
                raise SsoProviderError("its token is not for this log-in") from error
            if (
                isinstance(claims["aud"], list)
                and len(claims["aud"]) > 1
                and claims.get("azp") != self.client_id
            ):
                raise SsoProviderError("its token is for another client")
            return dict(claims)
        raise SsoProviderError("the signature of its token is not valid") from fault

    def _user_info(self, metadata: Mapping[str, Any], access_token: str, subject: str) -> dict[str, Any]:
        address = str(metadata.get("userinfo_endpoint", ""))
        if not is_safe_address(address) or not access_token:
            return {}
        claims = _get_json(address, {"Authorization": f"Bearer {access_token}"})
        if claims.get("sub") != subject:
            raise SsoProviderError("it described another person")
        return claims

    def _cached(self, address: str, at: datetime, lasts: timedelta) -> dict[str, Any]:
        with self._lock:
            stored = self._cache.get(address)
        if stored is not None and at - stored[0] < lasts:
            return stored[1]
        content = _get_json(address)
        with self._lock:
            self._cache[address] = (at, content)
        return content


def provider_of(values: Mapping[str, str]) -> Provider | None:
    """Return the provider of the settings; None without an issuer.

    Raises SsoSettingsError for a setting that cannot be used.
    """
    issuer = values.get("oidc_issuer", "").strip()
    if not issuer:
        return None
    if not is_safe_address(issuer):
        raise SsoSettingsError(
            f"OVERZICHT_OIDC_ISSUER: {issuer!r} is not an https address", fix="use https://…"
        )
    client = values.get("oidc_client_id", "").strip()
    if not client:
        raise SsoSettingsError(
            "OVERZICHT_OIDC_CLIENT_ID is missing", fix="set it as registered at the provider"
        )
    return Provider(
        issuer=issuer,
        client_id=client,
        client_secret=values.get("oidc_client_secret", "").strip(),
        title=values.get("oidc_title", "").strip() or urlsplit(issuer).hostname or issuer,
        name_claim=values.get("oidc_name_claim", "").strip() or "preferred_username",
        role_claim=values.get("oidc_role_claim", "").strip() or "roles",
        roles=role_map(values.get("oidc_roles", "")),
    )


def role_map(line: str) -> dict[str, Grant]:
    """Return the role for each value of the claim: `admins=admin, editors-a=editor@gemeente-a`.

    Raises SsoSettingsError for another form or an unknown role.
    """
    roles = {}
    for part in filter(None, (part.strip() for part in line.split(","))):
        value, sign, role = part.rpartition("=")
        name, _, organisation = role.strip().partition("@")
        if not sign or not value.strip() or name not in list(Role):
            raise SsoSettingsError(
                f"OVERZICHT_OIDC_ROLES: {part!r} is not VALUE=ROLE or VALUE=ROLE@ORGANISATION",
                fix=f"use, for example, cameras=editor. Roles: {', '.join(Role)}",
            )
        roles[value.strip()] = Grant(Role(name), organisation)
    return roles


def is_safe_address(address: str) -> bool:
    """Return whether an address is https, or http on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def account_of(store: Store, provider: Provider, identity: Identity, at: datetime) -> Account:
    """Return the account of a person, made at the first log-in, with the roles that the provider gives now.

    Raises SsoRefusedError without a role, for a closed account, or if the name belongs to another account.
    """
    grants = provider.grants(identity)
    with store.reading() as connection:
        account = accounts.find_sso_account(connection, identity.subject)
    if account is None:
        if not grants:
            raise _without_role()
        check_name(identity.name)
        with store.writing(identity.name, at):
            pass  # the account is an actor too
    with store.writing(SSO_ACTOR, at) as tx:
        account = accounts.find_sso_account(tx.connection, identity.subject)
        if account is None:
            if accounts.find_account(tx.connection, identity.name) is not None:
                raise SsoRefusedError(
                    f"the name {identity.name!r} belongs to another account of this service",
                    fix="ask an administrator of this service",
                )
            accounts.add_account(tx, identity.name, "", identity.subject)
        name = account.name if account is not None else identity.name
        current = accounts.find_account(tx.connection, name)
        assert current is not None  # noqa: S101 - it was found or added above
        if not current.closed_at:
            # give an account exactly these roles; its sessions end if something changed
            kept = {grant.organisation for grant in grants}
            for grant in current.grants:
                if grant.organisation not in kept:
                    accounts.take_grant(tx, current.name, grant.organisation)
            for grant in grants:
                if grant not in current.grants:
                    accounts.give_grant(tx, current.name, grant)
    if current.closed_at or not grants:
        raise _without_role()
    return current


def _without_role() -> SsoRefusedError:
    return SsoRefusedError(
        "you have no role in this service",
        fix="ask the administrator of your organisation's accounts for a role in Overzicht",
    )


def _get_json(address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return the JSON object at an address; no redirect is followed."""
    try:
        import requests  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("single sign-on", "web") from error
    try:
        with requests.get(
            address, headers=dict(headers or {}), timeout=SECONDS, allow_redirects=False, stream=True
        ) as answer:
            content = answer.raw.read(LONGEST_ANSWER + 1, decode_content=True)
            if answer.status_code != 200 or len(content) > LONGEST_ANSWER:
                raise SsoProviderError(f"it answered {answer.status_code} or too much")
            value = json.loads(content)
    except (requests.RequestException, ValueError, OSError) as error:
        raise SsoProviderError("it cannot be reached, or its answer is not JSON") from error
    if not isinstance(value, dict):
        raise SsoProviderError("its answer is not a JSON object")
    return value
