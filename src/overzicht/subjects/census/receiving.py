"""Acceptance of signed returns: trusted key, next version, known body; anything else never counts."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.errors import EXIT_INCOMPLETE, OverzichtError
from overzicht.evidence import Text
from overzicht.evidence.actor import Actor
from overzicht.evidence.faults import in_words
from overzicht.evidence.signing import SignatureError, Signer, is_public_key, read_statement
from overzicht.isolation import Limits, in_child
from overzicht.sources.files import LocalFile
from overzicht.store import snapshots
from overzicht.store.codec import storable
from overzicht.store.database import Store, Transaction
from overzicht.store.rows import batches
from overzicht.subjects.census import return_records as stored
from overzicht.subjects.census import roll_records as stored_rolls
from overzicht.subjects.census import round_records as stored_rounds
from overzicht.subjects.census.answers import (
    UNNAMED,
    CountLine,
    Depth,
    Level,
    deepest,
    device_sums,
    device_total,
    missing_scopes,
    replaced_total,
    summary_of,
)
from overzicht.subjects.census.claims_workflow import maker_id
from overzicht.subjects.census.return_records import FaultLine
from overzicht.subjects.census.returns import (
    KEY_KIND,
    KIND,
    RECEIPT_KIND,
    AnswerLine,
    ReturnContent,
    arrival_notes,
    register_lines,
)
from overzicht.subjects.census.round_records import StoredRound
from overzicht.subjects.census.rounds_workflow import code_hash
from overzicht.subjects.register.publishing import parse_published

MAX_BYTES = 50_000_000
LONGEST_NAME, LONGEST_ID, LONGEST_REASON = 300, 120, 2_000
BATCH = 50  # files in one child and one transaction
LEVELS = list(Level)
KINDS = frozenset(kind.value for kind in DeviceKind)


@dataclass(frozen=True, slots=True)
class SignedFile:
    """A signed file of a body: its kind, content and lines, or `fault`: why it cannot be read."""

    name: str
    sha256: str
    kind: str = ""
    public_key: str = ""
    body: str = ""
    content: Any = None
    lines: tuple[CountLine, ...] = ()
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """Outcome for a file: the version that counts now, notes to ask about, or the reason of a refusal."""

    file: str
    body: str
    number: int
    depth: Depth | None
    notes: tuple[Text, ...] = ()
    refusal: str = ""
    receipt: bytes = b""

    @property
    def is_accepted(self) -> bool:
        """Whether it counts."""
        return not self.refusal


class RefusedReturnError(OverzichtError):
    """A file cannot be accepted as a return; states why."""

    exit_code = EXIT_INCOMPLETE


@in_child(Limits(seconds=60))
def read_signed_files(paths: tuple[Path, ...]) -> tuple[SignedFile, ...]:
    """Return the signed files; one that cannot be read has its fault."""
    return tuple(map(_read_signed, paths))


def _read_signed(path: Path) -> SignedFile:
    content, read = b"", SignedFile(storable(path.name, LONGEST_NAME), "")
    try:
        with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
            content = stream.read()
        # the body that a file names, whether or not its signature is right
        inner = _stated(content).get("content")
        stated_body = str(inner.get("body", "")) if isinstance(inner, dict) else ""
        body = storable(stated_body, LONGEST_ID)
        read = replace(read, sha256=hashlib.sha256(content).hexdigest(), body=body)
        kind = KEY_KIND if _stated(content).get("kind") == KEY_KIND else KIND
        statement = read_statement(content, kind, read.name)
        read = replace(read, kind=kind, public_key=statement.public_key, content=statement.content)
        if kind == KEY_KIND:
            return read
        answer = ReturnContent.model_validate(statement.content)
        register = answer.published_register
        lines = [line.line(line.maker) for line in answer.answers]
        if register is not None:
            parse_published(json.dumps(register).encode(), read.name)
            lines += register_lines(register)
        return replace(read, lines=tuple(lines))
    except ValidationError as error:
        return replace(read, fault=storable(in_words(error.errors()), LONGEST_REASON))
    except OverzichtError as error:
        return replace(read, fault=storable(error.message, LONGEST_REASON))


def _stated(content: bytes) -> dict[str, Any]:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def receive(store: Store, round_id: str, paths: Sequence[Path], actor: Actor) -> Iterator[Received]:
    """Accept the returns in files, and yield the outcome for each; a refused file is recorded."""
    with store.reading() as connection:
        own = stored_rounds.get_round(connection, round_id)
    signer = Signer.open(store.receipts.key)
    for batch in batches(paths, BATCH):
        try:
            files = read_signed_files(tuple(batch))
        except OverzichtError:  # one file ended the reader: each is read alone, to name it
            files = tuple(_alone(path) for path in batch)
        with store.writing(actor.name, actor.at) as tx:
            outcomes = [_receive(tx, own, file, actor.day) for file in files]
            for path, outcome in zip(batch, outcomes, strict=True):
                if outcome.is_accepted:
                    snapshots.keep_file(store.folder, path, LocalFile(path).sha256())
        for file, outcome in zip(files, outcomes, strict=True):
            content = {
                "round": own.id,
                "body": outcome.body,
                "file": file.sha256,
                "number": outcome.number,
                "accepted": outcome.is_accepted,
                "reason": outcome.refusal,
                "on": actor.day.isoformat(),
            }
            yield replace(outcome, receipt=signer.sign(RECEIPT_KIND, content).to_bytes())


def _alone(path: Path) -> SignedFile:
    try:
        return read_signed_files((path,))[0]
    except OverzichtError as error:
        return SignedFile(
            storable(path.name, LONGEST_NAME), "", fault=storable(error.message, LONGEST_REASON)
        )


def _receive(tx: Transaction, own: StoredRound, file: SignedFile, day: date) -> Received:
    try:
        return (_change_key if file.kind == KEY_KIND else _accept)(tx, own, file, day)
    except RefusedReturnError as error:
        stored.add_fault(tx, own.id, FaultLine(file.body, file.name, file.sha256, error.message, day))
        tx.log("refuse census return", file.name, round=own.id, reason=error.message)
        return Received(file.name, file.body, 0, None, refusal=error.message)


def _accept(tx: Transaction, own: StoredRound, file: SignedFile, day: date) -> Received:
    if file.fault:
        raise RefusedReturnError(file.fault)
    content = ReturnContent.model_validate(file.content)
    members = _members(tx, own, content, day)
    newest = stored.newest_return(tx.connection, own.id, content.body)
    if content.round != own.id:
        raise RefusedReturnError(f"it is for another round than {own.id}")
    if content.reference_date != own.reference_date:
        raise RefusedReturnError(
            f"it is about {content.reference_date}; the reference date is {own.reference_date}"
        )
    number = newest.number if newest else 0
    if newest is not None and newest.sha256 == file.sha256:
        raise RefusedReturnError(f"version {number} of this body is this file already")
    if content.number <= number:
        raise RefusedReturnError(f"version {content.number} is not newer than version {number}")
    if content.number > number + 1:
        raise RefusedReturnError(f"version {content.number} leaves a gap after version {number}")
    if content.previous != (newest.sha256 if newest else ""):
        raise RefusedReturnError("its hash of the version before is not that of the stored file")
    _check_key(tx, own, (content, members), file, day)
    lines = [replace(line, maker=maker_id(line.maker) if line.maker else "") for line in file.lines]
    least, most = device_total(lines)
    summary = summary_of(lines, own.settings.scopes)
    depth = Depth.REGISTER if content.published_register else deepest(lines)
    level = min(content.level, own.settings.level, key=LEVELS.index)
    values = {
        "round_id": own.id,
        "body_id": content.body,
        "number": content.number,
        "sha256": file.sha256,
        "depth": depth,
        "level": level,
        "is_partial": bool(missing_scopes(lines, own.settings.scopes)),
        "is_withdrawn": content.is_withdrawn,
        "ground": content.ground,
        "answers_for": list(members),
        "least": least,
        "most": most,
        "replaced": replaced_total(lines),
        "present": summary.present,
        "excludes": summary.excludes,
        "valid_from": day,
    }
    stored.add_return(tx, values, lines, device_sums(list(map(_public_line, lines))))
    tx.log("accept census return", content.body, round=own.id, number=content.number, sha256=file.sha256)
    owners = _owners_with_returns(tx, own, lines)
    notes = tuple(arrival_notes(lines, own.settings.scopes, owners))
    return Received(file.name, content.body, content.number, depth, notes)


def _public_line(line: CountLine) -> CountLine:
    """Return a line as the national tables show it: a maker without a card and a free kind have no name."""
    maker = line.maker if line.maker in load_knowledge().makers else UNNAMED if line.maker else ""
    return replace(line, maker=maker, kind=line.kind if line.kind in KINDS else UNNAMED if line.kind else "")


def _members(tx: Transaction, own: StoredRound, content: ReturnContent, day: date) -> tuple[str, ...]:
    """Return the other bodies of the round that a return answers for; refuses an unknown body."""
    is_asked = stored_rounds.find_request(tx.connection, own.id, content.body) is not None
    requests = (
        {line.body_id for line in stored_rounds.read_requests(tx.connection, own.id)}
        if (content.answers_for or not is_asked)
        else set()
    )
    unknown = sorted(set(content.answers_for) - requests)
    if unknown:
        raise RefusedReturnError(
            f"it answers for {len(unknown)} bodies that are not on the roll of the round"
        )
    if is_asked:
        return content.answers_for
    roll = stored_rolls.read_bodies(tx.connection, [own.roll_id])
    parts = tuple(body for body in sorted(requests) if roll.answering(body, day) == (content.body,))
    if not parts:
        raise RefusedReturnError(f"{content.body} is not on the roll of the round, and follows no body of it")
    return content.answers_for or parts


def _check_key(
    tx: Transaction,
    own: StoredRound,
    answer: tuple[ReturnContent, tuple[str, ...]],
    file: SignedFile,
    day: date,
) -> None:
    """Pin the key of a file with the code of a letter, or refuse a file whose key is not trusted.

    A successor may use the letter of a body that it answers for.
    """
    content, members = answer
    keys = stored.keys_of(tx.connection, content.body)
    if any(key.public_key == file.public_key and key.is_trusted_on(day) for key in keys):
        return
    requests = (stored_rounds.find_request(tx.connection, own.id, body) for body in (content.body, *members))
    digest = code_hash(content.code)
    letter = next((line for line in requests if content.code and line and line.code_hash == digest), None)
    if letter is None:
        reason = "its key is not that of the body" if keys else "the key of the body is not known"
        raise RefusedReturnError(f"{reason}: sign with the known key, or give the code of a new letter")
    stored.pin_key(tx, content.body, file.public_key, "letter", day)
    stored_rounds.set_code(tx, own.id, letter.body_id, "")


def _change_key(tx: Transaction, own: StoredRound, file: SignedFile, day: date) -> Received:
    """Pin the new key that a trusted one names."""
    content = file.content
    new_key, body = str(content.get("new_key", "")), str(content.get("body", ""))
    keys = stored.keys_of(tx.connection, body)
    if not any(key.public_key == file.public_key and key.is_trusted_on(day) for key in keys):
        raise RefusedReturnError("a new key needs the signature of the old one, or the code of a new letter")
    if not is_public_key(new_key) or content.get("round") != own.id:
        raise RefusedReturnError("it names no new key for this round")
    stored.pin_key(tx, body, new_key, "old key", day)
    return Received(file.name, body, 0, None)


def _owners_with_returns(tx: Transaction, own: StoredRound, lines: Sequence[CountLine]) -> frozenset[str]:
    owners = {line.owner for line in lines if line.owner}
    return frozenset(o for o in owners if stored.newest_return(tx.connection, own.id, o) is not None)


def sign_return(path: Path, key: Path, answer: Mapping[str, Any]) -> tuple[ReturnContent, bytes]:
    """Return the content of a return and its signed file; SignatureError names what is wrong.

    The fields of `answer`, if any, are the one line of the return in place of those in the file.
    """
    content = read_unsigned(path)
    if answer:
        try:
            content = content.model_copy(update={"answers": (AnswerLine.model_validate(answer),)})
        except ValidationError as error:
            raise SignatureError(path.name, in_words(error.errors())) from error
    data = json.loads(content.model_dump_json(by_alias=True, exclude_defaults=False))
    return content, Signer.open(key).sign(KIND, data).to_bytes()


@in_child(Limits())
def read_unsigned(path: Path) -> ReturnContent:
    """Return the content of a return that is not signed yet; SignatureError names what is wrong."""
    with LocalFile(path, max_bytes=MAX_BYTES).open() as stream:
        try:
            return ReturnContent.model_validate_json(stream.read())
        except ValidationError as error:
            raise SignatureError(path.name, in_words(error.errors())) from error
