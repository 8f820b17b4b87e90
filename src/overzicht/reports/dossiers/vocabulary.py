"""The fixed words of dossiers: one for every status, position, kind and state."""

from collections.abc import Mapping

from overzicht.dossiers.model import EntryKind, Position, PresenceKind, StepKind
from overzicht.dossiers.weighing import ClaimStatus, Completeness
from overzicht.evidence import Text, text

STATUSES: Mapping[str, Text] = {
    ClaimStatus.REPORTED: text("reported, not weighed by others"),
    ClaimStatus.CONFIRMED: text("confirmed"),
    ClaimStatus.CONFIRMED_IN_PART: text("confirmed in part"),
    ClaimStatus.CONTRADICTED: text("contradicted"),
    ClaimStatus.DISPUTED: text("disputed"),
    ClaimStatus.NOT_CONFIRMED: text("could not be confirmed"),
    ClaimStatus.WITHOUT_SOURCE: text("without a source"),
}

STATUS_TONES: Mapping[str, str] = {
    ClaimStatus.CONFIRMED: "danger",
    ClaimStatus.CONFIRMED_IN_PART: "warning",
    ClaimStatus.DISPUTED: "warning",
    ClaimStatus.CONTRADICTED: "neutral",
}

POSITIONS: Mapping[str, Text] = {
    Position.CONFIRMS: text("confirms it"),
    Position.CONFIRMS_IN_PART: text("confirms a part of it"),
    Position.CONTRADICTS: text("contradicts it"),
    Position.CANNOT_CONFIRM: text("cannot confirm it from own information"),
}

STEPS: Mapping[str, Text] = {
    StepKind.TALK: text("talk"),
    StepKind.MEETING: text("meeting"),
    StepKind.LETTER: text("letter"),
    StepKind.QUESTIONS: text("parliamentary questions"),
    StepKind.ANSWER: text("answer to parliament"),
    StepKind.MOTION: text("motion"),
    StepKind.VOTE: text("vote"),
    StepKind.LISTING: text("listing"),
    StepKind.STATEMENT: text("joint statement"),
    StepKind.TREATY: text("treaty"),
    StepKind.NOTICE: text("notice"),
    StepKind.DECISION: text("decision"),
    StepKind.REPLACEMENT: text("replacement"),
}

ENTRIES: Mapping[str, Text] = {
    EntryKind.SOURCE: text("source"),
    EntryKind.CLAIM: text("claim"),
    EntryKind.RESPONSE: text("response to a claim"),
    EntryKind.STEP: text("contact or step"),
    EntryKind.ASKED: text("question to the party"),
    EntryKind.REPLY: text("reply"),
    EntryKind.PRESENCE: text("presence in a country"),
}

MOMENTS: Mapping[str, Text] = {
    **STEPS,
    "claim": text("report"),
    "response": text("response to a claim"),
    EntryKind.ASKED: text("question to the party"),
    EntryKind.REPLY: text("reply"),
}

PRESENCES: Mapping[str, Text] = {
    PresenceKind.SUBSIDIARY: text("subsidiary"),
    PresenceKind.CONTRACT: text("contract"),
    PresenceKind.DEVICE: text("device"),
}

COMPLETENESS: Mapping[str, Text] = {
    Completeness.REPLIED: text("the party's own statement is in the dossier"),
    Completeness.ASKED: text("the party was asked; no statement of it is in the dossier"),
    Completeness.MISSING: text(
        "incomplete: neither a statement of the party nor a record of having asked it"
    ),
}
