"""A small invented dossier, for tests that do not need the shipped ones."""

from collections.abc import Mapping
from datetime import date

from ask_tools import asked_by
from store_tools import NOON

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.subjects.dossiers import operations, records
from overzicht.subjects.dossiers.model import MODELS, DossierHead, Entry, EntryKind
from overzicht.subjects.dossiers.showing import claims_about_each, replies_of_each
from overzicht.subjects.dossiers.views import ClaimView, ReplyView

ACT = Actor(NOON.date(), "Noor", NOON)
READ = date(2026, 11, 20)
BOTH = {"en": "said so", "nl": "zei dat"}


def entry(kind: str, /, **fields: object) -> Entry:
    """Return an entry of a kind, with what every one of that kind needs."""
    return MODELS[EntryKind(kind)].model_validate({**_GIVEN[kind], **fields})


_GIVEN: dict[str, dict[str, object]] = {
    "source": {"title": "The paper", "address": "https://paper.example/1", "read": READ},
    "claim": {"what": {"en": "It did it.", "nl": "Het deed het."}, "about": ["acme"]},
    "response": {"position": "confirms", "by": "the ministry", "what": BOTH, "day": "2025-03-01"},
    "step": {
        "kind": "talk",
        "day": "2025-04-01",
        "forum": {"en": "a talk", "nl": "een gesprek"},
        "parties": ["the ministry"],
        "what": BOTH,
    },
    "asked": {"day": "2025-02-01", "whom": "Acme", "by": "the newsroom", "what": BOTH},
    "reply": {"day": "2025-02-10", "by": "Acme", "what": BOTH},
    "presence": {"party": "acme", "kind": "subsidiary", "country": "NL", "name": "Acme Nederland B.V."},
}


def begin(store: Store, *entries: Entry, dossier_id: str = "acme") -> None:
    """Begin a dossier about Acme and add entries in order."""
    head = DossierHead(id=dossier_id, about="acme", title=BOTH, names=("Acme", "Acme Ltd"))  # type: ignore[arg-type]
    with store.writing(ACT.name, ACT.at) as tx:
        records.add_dossier(tx, head)
    for each in entries:
        add_entry(store, dossier_id, each, ACT)


def add_entry(store: Store, dossier_id: str, entry: Entry, actor: Actor) -> None:
    """Add an entry to a dossier."""
    with store.writing(actor.name, actor.at) as tx:
        records.add_entry(tx, dossier_id, entry)


def correct(
    store: Store, dossier_id: str, entry_id: str, changes: Mapping[str, str], actor: Actor, reason: str
) -> None:
    """Correct fields of an entry."""
    operations.correct(asked_by(store, actor), dossier_id, entry_id, dict(changes), reason=reason)


def withdraw(store: Store, dossier_id: str, entry_id: str, actor: Actor, reason: str) -> None:
    """Withdraw an entry."""
    operations.withdraw(asked_by(store, actor), dossier_id, entry_id, reason=reason)


def report(by: str, day: str, source: str, original: str = "") -> dict[str, str]:
    """Return a report of a claim as a file has it."""
    return {"by": by, "day": day, "source": source, "original": original}


def whole() -> tuple[Entry, ...]:
    """Return a dossier with an entry of every kind, two reports of one original, and one of another."""
    return (
        entry("source", id="agency", publisher="Agency"),
        entry("source", id="paper", publisher="Paper"),
        entry("source", id="other", publisher="Other"),
        entry("source", id="answer", publisher="Ministry", official=True),
        entry("source", id="acme-site", publisher="Acme"),
        entry(
            "claim",
            id="deed",
            reports=[
                report("Agency", "2025-01-10", "agency"),
                report("Paper", "2025-01-11", "paper", "agency"),
                report("Other", "2025-01-12", "other"),
            ],
        ),
        entry("response", id="ministry", claim="deed", source="answer", position="confirms in part"),
        entry("response", id="denial", claim="deed", source="acme-site", position="contradicts", by="Acme"),
        entry("step", id="talk", source="answer"),
        entry("step", id="own-step"),
        entry("asked", id="asked", source="paper"),
        entry("reply", id="reply", source="acme-site", claims=["deed"]),
        entry("presence", id="office", source="other", since="2024-06-01"),
    )


def claims_about(store: Store, party: str, day: date) -> tuple[ClaimView, ...]:
    """Return the claims of all dossiers about one party on a date."""
    return claims_about_each(store, [party], day)[party]


def replies_of(store: Store, party: str, day: date) -> tuple[ReplyView, ...]:
    """Return the own statements of one party, and the questions to it, on a date."""
    return replies_of_each(store, [party], day)[party]
