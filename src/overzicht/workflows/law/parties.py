"""Findings on the parties of a use for the human rights sanctions regime: listed, owned or controlled.

What the description states counts as stated, with its source. Where there is a store, the Union's lists are
asked for the day as well: the consolidated list, and the acts of the Official Journal. Each answer is one of
found, not found and not checked; a name that only resembles an entry is never more than not checked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.diligence.sanctions import CONTROL
from overzicht.diligence.uses import Counterparty, StatedListing, StatedOwner, Use
from overzicht.entities.owned import Owned, OwnedOutcome, owned
from overzicht.entities.ownership import UNKNOWN_SHARE, OwnershipGraph, OwnershipStatement, Share
from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, Text, text
from overzicht.law import ownership_regime
from overzicht.names.normal import exact_key
from overzicht.store.database import Store
from overzicht.workflows.law.stakes import KnownOwners, known_owners

if TYPE_CHECKING:
    from overzicht.workflows.ask import PartyListings
    from overzicht.workflows.listings import FoundListing

LISTS = ("eu-fsf", "eu-official-journal")
PROGRAMME = "HR"  # the human rights regime, in the Union's own keys
SURE = 0.9  # from this score on a match is the party; below, a person has to look


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is known of one party's own listing: the answer, its sentence, and why."""

    answer: Answer
    says: Text
    reasons: tuple[Reason, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _Told:
    """What the store tells: listings by name, and owners of makers by name, both in normal form."""

    listings: Mapping[str, _Listed] = field(default_factory=dict)
    owners: Mapping[str, KnownOwners] = field(default_factory=dict)

    def listing(self, name: str) -> _Listed | None:
        """Return what the lists tell of a name; None where none was asked."""
        return self.listings.get(exact_key(name))


def party_findings(
    uses: Sequence[Use], as_of: date, store: Store | None
) -> tuple[tuple[Finding, ...], ...]:  # fmt: skip
    """Return per use the findings on everybody it names, the actor first; without a store no lists."""
    told = _Told() if store is None else _ask_store(store, uses, as_of)
    return tuple(tuple(_of_use(use, as_of, told)) for use in uses)


def _ask_store(store: Store, uses: Sequence[Use], as_of: date) -> _Told:
    """Return what the store tells of everybody named; owners are looked up where none are described."""
    bare = [party.name for use in uses for party in use.counterparties if not party.owners]
    owners = known_owners(store, bare, as_of)
    names = dict.fromkeys(name for use in uses for name in _names(use))
    names.update(dict.fromkeys(name for known in owners.values() for _, name in known.above(as_of)))
    return _Told(_ask(store, tuple(names), as_of) if names else {}, owners)


def _names(use: Use) -> Iterator[str]:
    yield use.actor.name
    for party in use.counterparties:
        yield party.name
        yield from (owner.name for owner in party.all_owners)
        yield from (sign.by for sign in party.control)


def _of_use(use: Use, day: date, told: _Told) -> Iterator[Finding]:
    actor = told.listing(use.actor.name)
    if actor is not None and actor.answer is not Answer.NOT_CHECKED:
        yield _finding(use, day, FindingKind.LISTING, use.actor.name, actor)
    for party in use.counterparties:
        own = _listing(use, party.name, party.listed, day, told)
        yield _finding(use, day, FindingKind.LISTING, party.name, own)
        if own.answer is not Answer.FOUND and not party.cannot_be_owned:
            yield _ownership(use, party, day, told)
        yield from _control(use, party, day, told)


def _finding(use: Use, day: date, kind: FindingKind, name: str, said: _Listed, what: str = "") -> Finding:
    sure = {Answer.FOUND: Confidence.HIGH, Answer.NOT_FOUND: Confidence.MEDIUM}.get(
        said.answer, Confidence.NONE
    )
    return Finding(
        id=f"{kind.value.replace(' ', '-')}-{use.id}-{exact_key(name).replace(' ', '-')}",
        kind=kind, subject=name, answer=said.answer, statement=said.says, as_of=day, confidence=sure,
        object=what, reasons=said.reasons,
    )  # fmt: skip


def _listing(
    use: Use, name: str, stated: StatedListing | None, day: date, told: _Told
) -> _Listed:  # fmt: skip
    """Return whether a party is listed: what the lists tell comes first, then what the description states."""
    found = told.listing(name)
    if found is not None and found.answer is Answer.FOUND:
        return found
    if stated is not None:
        return _stated(use, name, stated, day)
    if found is not None:
        return found
    said = text("{party}: no list was asked whether it is listed", party=name)
    return _Listed(Answer.NOT_CHECKED, said, (Reason(said, Confidence.NONE, (_own(use, name),)),))


def _stated(use: Use, name: str, stated: StatedListing, day: date) -> _Listed:
    cited = (stated.source.cite(use.id, f"listing of {name}"),)
    if stated.holds_on(day):
        said = text("{party} is listed since {since}, as described", party=name, since=stated.since)
        return _Listed(Answer.FOUND, said, (Reason(said, Confidence.MEDIUM, cited),))
    if day < stated.since:
        said = text(
            "{party} was not listed yet: only since {since}, as described", party=name, since=stated.since
        )
    else:
        said = text(
            "{party} is no longer listed since {until}, as described", party=name, until=stated.until or day
        )
    return _Listed(Answer.NOT_FOUND, said, (Reason(said, Confidence.MEDIUM, cited),))


def _own(use: Use, name: str) -> Citation:
    return Citation(source=f"use: {use.id}", title=use.title, place=f"party {name}", official=False)


def _ownership(use: Use, party: Counterparty, day: date, told: _Told) -> Finding:
    """Return whether listed parties own a party by the Union's threshold of the day, on the owners stated."""
    known = told.owners.get(exact_key(party.name))
    if party.owners:
        ends = [owner.name for owner in party.all_owners if owner.cannot_be_owned]
        listings = {o.name: _listing(use, o.name, o.listed, day, told) for o in party.all_owners}
        graph = OwnershipGraph(_statements(use, party.name, party.owners), ends)
        said = _owned(use, party.name, (party.name, graph), listings, day)
    elif known is not None:
        listings = {who: _listing(use, name, None, day, told) for who, name in known.above(day)}
        said = _owned(use, party.name, (known.asset, known.graph), listings, day)
    else:
        regime = ownership_regime("eu")
        words = text("who owns {party} is not described", party=party.name)
        reason = Reason(words, Confidence.NONE, (*regime.cite(regime.on(day)), _own(use, party.name)))
        said = _Listed(Answer.NOT_CHECKED, words, (reason,))
    return _finding(use, day, FindingKind.OWNER_LISTING, party.name, said)


def _owned(
    use: Use, name: str, asked: tuple[str, OwnershipGraph], listings: Mapping[str, _Listed], day: date
) -> _Listed:  # fmt: skip
    """Return whether who is listed owns an asset; who is not told of counts for the upper bound."""
    asset, graph = asked
    listed = {who for who, found in listings.items() if found.answer is Answer.FOUND}
    unsure = {who for who, found in listings.items() if found.answer is Answer.NOT_CHECKED}
    regime = ownership_regime("eu")
    sure, most = owned(graph, asset, listed, regime, day), owned(graph, asset, listed | unsure, regime, day)
    answer, says = _by_ownership(name, sure, most)
    own = tuple(reason for found in listings.values() for reason in found.reasons)
    return _Listed(answer, says, (*own, *_cited(use, name, sure.reasons)))


def _cited(use: Use, name: str, reasons: Iterable[Reason]) -> Iterator[Reason]:
    """Yield reasons of arithmetic with the description as their source, where they have none."""
    for reason in reasons:
        cited = reason.citations or (_own(use, name),)
        yield Reason(reason.text, reason.strength, cited, reason.against)


def _by_ownership(name: str, sure: Owned, most: Owned) -> tuple[Answer, Text]:
    if sure.outcome is OwnedOutcome.OWNED:
        said = text(
            "{party} is owned by listed parties; that what it gets reaches them is presumed, and can be "
            "rebutted",
            party=name,
        )
        return Answer.FOUND, said
    if most.outcome is OwnedOutcome.NOT_OWNED:
        return Answer.NOT_FOUND, text("{party} is not owned by listed parties", party=name)
    return Answer.NOT_CHECKED, text("it cannot be ruled out that listed parties own {party}", party=name)


def _statements(use: Use, asset: str, owners: Iterable[StatedOwner]) -> Iterator[OwnershipStatement]:
    for owner in owners:
        yield _statement(use, asset, owner)
        yield from _statements(use, owner.name, owner.owners)


def _statement(use: Use, asset: str, owner: StatedOwner) -> OwnershipStatement:
    share = UNKNOWN_SHARE if owner.percent is None else Share.exactly(Decimal(str(owner.percent)))
    cited = owner.source.cite(use.id, f"owner {owner.name} of {asset}")
    return OwnershipStatement(
        owner=owner.name, asset=asset, share=share,
        period=Period(_day(owner.since), _day(owner.until)),
        stated_on=owner.source.date or date.min, citation=cited,
    )  # fmt: skip


def _day(value: date | None) -> LegalDate | None:
    return None if value is None else LegalDate(value, DateBasis.STATED)


def _control(use: Use, party: Counterparty, day: date, told: _Told) -> Iterator[Finding]:
    """Yield the signs that a listed party controls another; whether it does is for a person to decide."""
    for sign in party.control:
        by = _controller(use, party, sign.by, day, told)
        cited = (sign.source.cite(use.id, f"control of {party.name}"),)
        values = {"party": party.name, "by": sign.by, "sign": sign.sign}
        match by.answer:
            case Answer.FOUND:
                said = text(
                    "a sign that {by}, which is listed, controls {party}: {sign}; a person decides", **values
                )
            case Answer.NOT_FOUND:
                said = text("a sign that {by} controls {party}: {sign}; {by} is not listed", **values)
            case _:
                said = text(
                    "a sign that {by} controls {party}: {sign}; whether {by} is listed was not told", **values
                )
        reasons = (Reason(said, Confidence.MEDIUM, cited), *by.reasons)
        yield _finding(
            use, day, FindingKind.OWNERSHIP, party.name, _Listed(by.answer, said, reasons), CONTROL
        )


def _controller(use: Use, party: Counterparty, name: str, day: date, told: _Told) -> _Listed:
    """Return whether who would control is listed; an owner's listing may be stated beside its share."""
    stated = next((owner.listed for owner in party.all_owners if owner.name == name), None)
    return _listing(use, name, stated, day, told)


def _ask(store: Store, names: Sequence[str], day: date) -> dict[str, _Listed]:
    """Return by name what the Union's lists tell of it for the day."""
    from overzicht.entities import PartyQuery  # noqa: PLC0415 - the engine is loaded only where there are lists
    from overzicht.workflows.ask import ask_lists  # noqa: PLC0415

    queries = [PartyQuery(f"{number}", (name,)) for number, name in enumerate(names)]
    asked = ask_lists(store, queries, as_of=day, lists=LISTS)
    return {exact_key(name): _answered(name, one, day) for name, one in zip(names, asked, strict=True)}


def _answered(name: str, asked: "PartyListings", day: date) -> _Listed:
    current = [each for each in asked.listings if each.state.answer is Answer.FOUND]
    own = [each for each in current if each.state.listing.programme == PROGRAMME]
    sure = [each for each in own if each.match.score >= SURE]
    if sure:
        return _on_list(name, sure[0])
    if own:
        return _perhaps(name, own[0])
    others = tuple(_elsewhere(name, each) for each in current if each.match.score >= SURE)
    notes = tuple(_list_note(name, asked, list_id, day) for list_id in LISTS)
    silent = [answer for answer in asked.answers if answer.answer is Answer.NOT_CHECKED]
    if len(silent) == len(asked.answers):
        said = text("{party}: the lists of the Union that are loaded cannot tell for that day", party=name)
        return _Listed(Answer.NOT_CHECKED, said, (*notes, *others))
    said = text("{party} is not on the Union's list for human rights on that day", party=name)
    return _Listed(Answer.NOT_FOUND, said, (*notes, *others))


def _on_list(name: str, found: "FoundListing") -> _Listed:
    state = found.state
    said = text(
        "{party} stands on {list} since {since} ({act})",
        party=name, list=_title(found), since=state.since.day, act=state.listing.act or state.listing.measure,
    )  # fmt: skip
    reasons = (Reason(said, Confidence.HIGH, (found.citation,)), *_uncited(found))
    return _Listed(Answer.FOUND, said, reasons)


def _uncited(found: "FoundListing") -> Iterator[Reason]:
    for reason in found.match.reasons:
        yield Reason(reason.text, reason.strength, reason.citations or (found.citation,), reason.against)


def _perhaps(name: str, found: "FoundListing") -> _Listed:
    said = text(
        "{party} resembles {entry} on {list}; a person has to tell whether they are the same",
        party=name, entry=found.state.record.caption, list=_title(found),
    )  # fmt: skip
    return _Listed(
        Answer.NOT_CHECKED, said, (Reason(said, Confidence.LOW, (found.citation,)), *_uncited(found))
    )


def _elsewhere(name: str, found: "FoundListing") -> Reason:
    said = text(
        "{party} stands on {list} under another regime ({programme}), whose own rules freeze as well",
        party=name, list=_title(found), programme=found.state.listing.programme,
    )  # fmt: skip
    return Reason(said, Confidence.HIGH, (found.citation,))


def _list_note(name: str, asked: "PartyListings", list_id: str, day: date) -> Reason:
    from overzicht.sources.lists.effects import effect_of  # noqa: PLC0415
    from overzicht.sources.lists.registry import load_card  # noqa: PLC0415

    card = load_card(list_id)
    answer = next(each for each in asked.answers if each.list_id == list_id)
    said = text("{list}: {note}", list=card.heading, note=answer.note)
    act = effect_of(list_id, "", "Asset freeze", PROGRAMME, day).act
    return Reason(said, Confidence.MEDIUM, (replace(act, place=name),))


def _title(found: "FoundListing") -> Text:
    return found.card.heading
