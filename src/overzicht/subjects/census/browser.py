"""Answers in the browser: the signed link of a letter opens a form, without an account.

The link has the code of the letter, and the signature of the coordinator. The key that signs the return
follows from the code, so only who has the letter can sign, and a later version comes from the same key. The
service stores neither the code nor the key.
"""

import json
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from overzicht.errors import InputFileError
from overzicht.evidence import Text
from overzicht.evidence.actor import Actor
from overzicht.evidence.faults import in_words
from overzicht.evidence.signing import SignatureError, Signer
from overzicht.identifiers.slug import slug
from overzicht.store.database import Store
from overzicht.subjects.census import return_records as stored
from overzicht.subjects.census import round_records as stored_rounds
from overzicht.subjects.census.answers import Basis, Depth, Level, Scope
from overzicht.subjects.census.letters import claims_about
from overzicht.subjects.census.links import AnswerLinkError, read_link
from overzicht.subjects.census.receiving import Received, receive
from overzicht.subjects.census.returns import FORM, KIND, VERSION, ReturnContent
from overzicht.subjects.census.round_records import RequestLine, StoredRound
from overzicht.subjects.census.rounds_workflow import code_hash
from overzicht.subjects.register.publishing import read_published

NUMBERED = (Depth.COUNTS, Depth.MODELS)


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that a link opens: round and body, the claims of others, and the version stored last."""

    round: StoredRound
    line: RequestLine
    code: str
    claims: tuple[Text, ...]
    number: int
    previous: str


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row of the form with a number; an empty number is not given."""

    maker: str = ""
    model: str = ""
    kind: str = ""
    least: str = ""
    most: str = ""


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """A filled in form: depth and scope, with rows of numbers or the file of a published register."""

    depth: Depth
    scope: Scope = Scope.ALL
    basis: Basis | None = None
    ground: str = ""
    level: Level = Level.COUNTS
    role: str = ""
    rows: tuple[FormRow, ...] = ()
    register: tuple[str, bytes] | None = None  # name and content of the file


def open_link(store: Store, key: str, day: date) -> OpenRequest:
    """Return the request that the key of a link opens; AnswerLinkError if it is wrong or was ended."""
    round_id, body, code = read_link(store, key)
    with store.reading() as connection:
        own = stored_rounds.get_round(connection, round_id)
        line = stored_rounds.find_request(connection, own.id, body)
        keys = stored.keys_of(connection, body)
        newest = stored.newest_return(connection, own.id, body)
    digest = code_hash(code)
    signer = Signer.derive(code)
    is_pinned = any(key.public_key == signer.public_key and key.is_trusted_on(day) for key in keys)
    if line is None or (line.code_hash != digest and not (is_pinned and not line.code_hash)):
        raise AnswerLinkError
    claims = claims_about(store, own, body, day)
    number, previous = (newest.number, newest.sha256) if newest else (0, "")
    return OpenRequest(own, line, code, claims, number, previous)


def answer_by_link(store: Store, request: OpenRequest, form: FormAnswer, actor: Actor) -> Received:
    """Sign a form as the body, and return the outcome of its arrival; SignatureError names what is wrong."""
    # the answers of a form, or its register
    if form.depth is Depth.REGISTER:
        if form.register is None:
            raise InputFileError(
                "",
                "the file of the register is missing",
                fix="choose the file of `overzicht register publish`",
            )
        name, own_content = form.register
        with tempfile.TemporaryDirectory() as own_folder:
            path = Path(own_folder) / name
            path.write_bytes(own_content)
            read_published(path)  # in a child process, whose limits then hold for these bytes here
        answers = {"register": json.loads(own_content), "answers": []}
    elif form.depth not in NUMBERED:
        answers = {"answers": [{"scope": form.scope, "depth": form.depth, "basis": form.basis}]}
    else:
        rows = [row for row in form.rows if row != FormRow()]
        answers = {
            "answers": [
                {
                    "scope": form.scope,
                    "depth": form.depth,
                    "basis": form.basis,
                    "maker": row.maker,
                    "model": row.model if form.depth is Depth.MODELS else "",
                    "kind": row.kind,
                    "least": row.least or None,
                    "most": row.most or None,
                }
                for row in rows
            ]
        }
    data = {
        "form": FORM,
        "version": VERSION,
        "round": request.round.id,
        "body": request.line.body_id,
        "number": request.number + 1,
        "previous": request.previous,
        "role": form.role,
        "reference_date": request.round.reference_date.isoformat(),
        "level": form.level,
        "code": request.code if request.line.code_hash else "",
        "ground": form.ground,
        **answers,
    }
    try:
        content = ReturnContent.model_validate(data)
    except ValidationError as error:
        raise SignatureError("", in_words(error.errors())) from error
    plain = json.loads(content.model_dump_json(by_alias=True))
    signed = Signer.derive(request.code).sign(KIND, plain).to_bytes()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{slug(request.line.body_id)}-{content.number}.json"
        path.write_bytes(signed)
        (outcome,) = receive(store, request.round.id, [path], actor)
    return outcome
