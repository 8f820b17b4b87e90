"""Accounts, their rights and tokens as lines of a terminal."""

from collections.abc import Iterable, Iterator

from overzicht.cli.language import speak, translate, worded
from overzicht.store.accounts import Account, Grant, Token
from overzicht.subjects.accounts.accounts import RemovedFactors, RemovedRole, RoleOfAccount
from overzicht.workflows import rights
from overzicht.workflows.rights import AccountReview


def account_lines(accounts: Iterable[Account]) -> Iterator[str]:
    """Yield each account with its kind and roles."""
    for account in accounts:
        kind = rights.kind_of(account)
        shown = "" if kind == rights.PASSWORD else f" ({worded(rights.ACCOUNT_KINDS[kind])})"
        grants = "; ".join(map(role_text, account.grants)) or translate("nothing")
        yield f"{account.name}{shown}: {grants}{_closed(account.closed_at)}"


def _closed(at: str | None) -> str:
    return f" [{speak('closed {time}', time=at)}]" if at else ""


def review_lines(reviews: Iterable[AccountReview]) -> Iterator[str]:
    """Yield each account with its last use, and its roles and tokens below it."""
    for review in reviews:
        factor = speak("factors: {count}", count=review.factors)
        if review.lacks_factor:
            factor = translate("second factor required but not set up")
        head = (
            f"{review.name} ({worded(rights.ACCOUNT_KINDS[review.kind])}): {_used(review.used_at)}, {factor}"
        )
        yield head + _closed(review.closed_at)
        for right in review.rights:
            line = role_text(Grant(right.role, right.organisation))
            if right.granted_at:
                line = speak(
                    "{right}, given by {actor} at {time}",
                    right=line,
                    actor=right.granted_by,
                    time=right.granted_at,
                )
            yield f"  {line}"
        for token in review.tokens:
            message = speak("token {token}, {used}", token=_token_line(token), used=_used(token.used_at))
            yield f"  {message}"


def _used(at: str | None) -> str:
    return speak("last used {time}", time=at or translate("never"))


def token_lines(tokens: Iterable[Token]) -> Iterator[str]:
    """Yield each token with its right and state."""
    return map(_token_line, tokens)


def _token_line(token: Token) -> str:
    grant = role_text(token.grant)
    if token.expires_at:
        grant = speak("{right}, until {time}", right=grant, time=token.expires_at)
    state = f" [{speak('revoked {time}', time=token.revoked_at)}]" if token.revoked_at else ""
    return f"{token.id}  {token.account}: {grant}{state}"


def role_lines(given: RoleOfAccount) -> Iterator[str]:
    """Yield the role that an account got."""
    yield f"{given.name}: {role_text(Grant(given.role, given.organisation))}"


def removed_role_lines(removed: RemovedRole) -> Iterator[str]:
    """Yield for what an account has no role any more."""
    scope = removed.organisation or translate("all organisations")
    yield speak("{name}: no role any more for {organisation}", name=removed.name, organisation=scope)


def removed_factors_lines(removed: RemovedFactors) -> Iterator[str]:
    """Yield the number of second factors that an account lost."""
    yield speak(
        "{name}: {count} factors and recovery codes removed", name=removed.name, count=removed.removed
    )


def role_text(grant: Grant) -> str:
    """Return a role with its organisation."""
    scope = grant.organisation or translate("all organisations")
    return speak("{role} of {organisation}", role=grant.role, organisation=scope)
