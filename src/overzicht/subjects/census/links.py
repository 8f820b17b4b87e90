"""The signed link in a letter: it opens the form of one request, without an account."""

import base64

from overzicht.errors import OverzichtError
from overzicht.evidence.signing import FORMAT, SignatureError, SignedStatement, Signer, read_statement
from overzicht.store.database import Store

LINK_KIND = "census-link"
PATH = "/census/return"
LONGEST_LINK = 2_000


class AnswerLinkError(OverzichtError):
    """The link of a letter is wrong, or a newer letter ended it."""

    slug = "census-link"

    def __init__(self) -> None:
        super().__init__(
            "the link is not valid", fix="use the link in the newest letter, or ask for a new letter"
        )


def make_link(store: Store, round_id: str, body: str, code: str) -> str:
    """Return the path and query of the link in a letter, signed by the key of the store."""
    statement = Signer.open(store.receipts.key).sign(LINK_KIND, _link_content(round_id, body, code))
    words = "\n".join((round_id, body, code, statement.signature))
    return f"{PATH}?key={base64.urlsafe_b64encode(words.encode()).decode()}"


def _link_content(round_id: str, body: str, code: str) -> dict[str, str]:
    return {"round": round_id, "body": body, "code": code}


def read_link(store: Store, key: str) -> tuple[str, str, str]:
    """Return the round, body and code of a link with the signature of this store; else AnswerLinkError."""
    try:
        words = base64.urlsafe_b64decode(key[:LONGEST_LINK].encode("ascii")).decode()
        round_id, body, code, signature = words.split("\n")
        statement = SignedStatement(
            format=FORMAT,
            kind=LINK_KIND,
            content=_link_content(round_id, body, code),
            public_key=Signer.open(store.receipts.key).public_key,
            signature=signature,
        )
        read_statement(statement.to_bytes(), LINK_KIND, "link")
    except (ValueError, SignatureError) as error:
        raise AnswerLinkError from error
    return round_id, body, code
