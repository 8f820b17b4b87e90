"""Findings on the parties of a use for the human rights sanctions regime: listed, owned or controlled.

The statements of the description count with their source. With a store, the parties are also screened against
the Union's lists: the consolidated list and the acts of the Official Journal. The answers are found, not
found and not checked; a name that only resembles an entry gives not checked.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from overzicht.dates import DateBasis, LegalDate, Period
from overzicht.entities.owned import OwnedOutcome, owned
from overzicht.entities.ownership import UNKNOWN_SHARE, OwnershipGraph, OwnershipStatement, Share
from overzicht.evidence import Answer, Citation, Confidence, Finding, FindingKind, Reason, Text, text
from overzicht.law import ownership_regime
from overzicht.names.normal import exact_key
from overzicht.store.database import Store
from overzicht.subjects.diligence.law_stakes import KnownOwners, known_owners
from overzicht.subjects.diligence.sanctions import CONTROL
from overzicht.subjects.diligence.uses import StatedListing, StatedOwner, Use

if TYPE_CHECKING:
    from overzicht.subjects.screening.lookup import PartyListings

LISTS = ("eu-fsf", "eu-official-journal")
PROGRAMME = "HR"  # the human rights regime, in the Union's own keys


@dataclass(frozen=True, slots=True)
class _Listed:
    """The answer on one party's own listing, with its sentence and reasons."""

    answer: Answer
    statement: Text
    reasons: tuple[Reason, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class _ListedParties:
    """The listings and the owners of makers in the store, by name in normal form."""

    listings: Mapping[str, _Listed] = field(default_factory=dict)
    owners: Mapping[str, KnownOwners] = field(default_factory=dict)

    def listing(self, name: str) -> _Listed | None:
        """Return the answer of the lists about a name; None if it was not screened."""
        return self.listings.get(exact_key(name))


def party_findings(uses: Sequence[Use], as_of: date, store: Store | None) -> tuple[tuple[Finding, ...], ...]:
    """Return per use the findings on all its parties, the actor first; without a store no lists are used."""
    if store is None:
        screened = _ListedParties()
    else:
        # screen all parties against the Union's lists; owners are looked up if the description has none
        from overzicht.entities import PartyQuery  # noqa: PLC0415 - the engine is loaded only for screening
        from overzicht.subjects.screening.lookup import ask_lists  # noqa: PLC0415

        bare = [party.name for use in uses for party in use.counterparties if not party.owners]
        owners = known_owners(store, bare, as_of)
        names = list(dict.fromkeys(name for use in uses for name in _names(use)))
        names += [name for known in owners.values() for _, name in known.above(as_of) if name not in names]
        queries = [PartyQuery(f"{number}", (name,)) for number, name in enumerate(names)]
        answers = ask_lists(store, queries, as_of=as_of, lists=LISTS) if names else []
        listings = {
            exact_key(name): _answer(name, answer, as_of) for name, answer in zip(names, answers, strict=True)
        }
        screened = _ListedParties(listings, owners)
    return tuple(tuple(_of_use(use, as_of, screened)) for use in uses)


def _names(use: Use) -> Iterator[str]:
    yield use.actor.name
    for party in use.counterparties:
        yield party.name
        yield from (owner.name for owner in party.all_owners)
        yield from (sign.by for sign in party.control)


def _of_use(use: Use, day: date, screened: _ListedParties) -> Iterator[Finding]:
    actor = screened.listing(use.actor.name)
    if actor is not None and actor.answer is not Answer.NOT_CHECKED:
        yield _finding(use, day, FindingKind.LISTING, use.actor.name, actor)
    for party in use.counterparties:
        own = _listing(use, party.name, party.listed, day, screened)
        yield _finding(use, day, FindingKind.LISTING, party.name, own)
        if own.answer is not Answer.FOUND and not party.cannot_be_owned:
            # whether listed parties own a party by the Union's threshold in force on the date
            known = screened.owners.get(exact_key(party.name))
            if party.owners:
                ends = [owner.name for owner in party.all_owners if owner.cannot_be_owned]
                listings = {o.name: _listing(use, o.name, o.listed, day, screened) for o in party.all_owners}
                graph = OwnershipGraph(_statements(use, party.name, party.owners), ends)
                result = _owned(use, party.name, (party.name, graph), listings, day)
            elif known is not None:
                listings = {
                    owner: _listing(use, name, None, day, screened) for owner, name in known.above(day)
                }
                result = _owned(use, party.name, (known.asset, known.graph), listings, day)
            else:
                regime = ownership_regime("eu")
                sentence = text("the owners of {party} are not described", party=party.name)
                reason = Reason(
                    sentence, Confidence.NONE, (*regime.cite(regime.on(day)), _own(use, party.name))
                )
                result = _Listed(Answer.NOT_CHECKED, sentence, (reason,))
            yield _finding(use, day, FindingKind.OWNER_LISTING, party.name, result)
        # the signs that a listed party controls another; a person decides whether it does
        stated = {owner.name: owner.listed for owner in reversed(list(party.all_owners))}
        for sign in party.control:
            by = _listing(use, sign.by, stated.get(sign.by), day, screened)
            values = {"party": party.name, "by": sign.by, "sign": sign.sign}
            match by.answer:
                case Answer.FOUND:
                    control_sentence = text(
                        "a sign that {by}, which is listed, controls {party}: {sign}; a person decides",
                        **values,
                    )
                case Answer.NOT_FOUND:
                    control_sentence = text(
                        "a sign that {by} controls {party}: {sign}; {by} is not listed", **values
                    )
                case _:
                    control_sentence = text(
                        "a sign that {by} controls {party}: {sign}; {by} was not checked", **values
                    )
            cited = (sign.source.cite(use.id, f"control of {party.name}"),)
            reasons = (Reason(control_sentence, Confidence.MEDIUM, cited), *by.reasons)
            control_result = _Listed(by.answer, control_sentence, reasons)
            yield _finding(use, day, FindingKind.OWNERSHIP, party.name, control_result)


def _finding(use: Use, day: date, kind: FindingKind, name: str, result: _Listed) -> Finding:
    confidences = {Answer.FOUND: Confidence.HIGH, Answer.NOT_FOUND: Confidence.MEDIUM}
    return Finding(
        id=f"{kind.value.replace(' ', '-')}-{use.id}-{exact_key(name).replace(' ', '-')}",
        kind=kind,
        subject=name,
        object=CONTROL if kind is FindingKind.OWNERSHIP else "",
        answer=result.answer,
        statement=result.statement,
        as_of=day,
        confidence=confidences.get(result.answer, Confidence.NONE),
        reasons=result.reasons,
    )


def _listing(
    use: Use, name: str, stated: StatedListing | None, day: date, screened: _ListedParties
) -> _Listed:
    """Return the listing of a party: by the lists, else by the description, else not checked."""
    result = screened.listing(name)
    if result is not None and (result.answer is Answer.FOUND or stated is None):
        return result
    if stated is not None:
        answer = Answer.FOUND if stated.holds_on(day) else Answer.NOT_FOUND
        if answer is Answer.FOUND:
            sentence = text("{party} is listed since {since}, as described", party=name, since=stated.since)
        elif day < stated.since:
            sentence = text(
                "{party} was not listed yet: only since {since}, as described", party=name, since=stated.since
            )
        else:
            sentence = text(
                "{party} is no longer listed since {until}, as described",
                party=name,
                until=stated.until or day,
            )
        cited = (stated.source.cite(use.id, f"listing of {name}"),)
        return _Listed(answer, sentence, (Reason(sentence, Confidence.MEDIUM, cited),))
    sentence = text("{party}: not checked against a list", party=name)
    return _Listed(Answer.NOT_CHECKED, sentence, (Reason(sentence, Confidence.NONE, (_own(use, name),)),))


def _own(use: Use, name: str) -> Citation:
    return Citation(source=f"use: {use.id}", title=use.title, place=f"party {name}", official=False)


def _owned(
    use: Use, name: str, node: tuple[str, OwnershipGraph], listings: Mapping[str, _Listed], day: date
) -> _Listed:
    """Return whether listed parties own an asset; owners that were not checked count for the upper bound."""
    asset, graph = node
    listed = {owner for owner, listing in listings.items() if listing.answer is Answer.FOUND}
    unsure = {owner for owner, listing in listings.items() if listing.answer is Answer.NOT_CHECKED}
    regime = ownership_regime("eu")
    sure, most = owned(graph, asset, listed, regime, day), owned(graph, asset, listed | unsure, regime, day)
    if sure.outcome is OwnedOutcome.OWNED:
        answer = Answer.FOUND
        sentence = text(
            "{party} is owned by listed parties. The law presumes that they benefit from what it receives; "
            "this can be rebutted",
            party=name,
        )
    elif most.outcome is OwnedOutcome.NOT_OWNED:
        answer, sentence = Answer.NOT_FOUND, text("{party} is not owned by listed parties", party=name)
    else:
        answer = Answer.NOT_CHECKED
        sentence = text("it cannot be ruled out that listed parties own {party}", party=name)
    own = [reason for listing in listings.values() for reason in listing.reasons]
    return _Listed(answer, sentence, (*own, *_cited(sure.reasons, _own(use, name))))


def _cited(reasons: Iterable[Reason], source: Citation) -> Iterator[Reason]:
    """Yield reasons with this source if they have none."""
    for reason in reasons:
        yield Reason(reason.text, reason.strength, reason.citations or (source,), reason.against)


def _statements(use: Use, asset: str, owners: Iterable[StatedOwner]) -> Iterator[OwnershipStatement]:
    for owner in owners:
        dates = (
            None if day is None else LegalDate(day, DateBasis.STATED) for day in (owner.since, owner.until)
        )
        yield OwnershipStatement(
            owner=owner.name,
            asset=asset,
            share=UNKNOWN_SHARE if owner.percent is None else Share.exactly(Decimal(str(owner.percent))),
            period=Period(*dates),
            stated_on=owner.source.date or date.min,
            citation=owner.source.cite(use.id, f"owner {owner.name} of {asset}"),
        )
        yield from _statements(use, owner.name, owner.owners)


def _answer(name: str, screened: "PartyListings", day: date) -> _Listed:
    """Return the answer of the Union's lists about a name."""
    current = [listing for listing in screened.listings if listing.state.answer is Answer.FOUND]
    for listing in (*current, *screened.possible):
        if listing.state.listing.programme == PROGRAMME:
            # the answer for a listing: found, or not checked if the entry is only possibly the party
            state, title, is_sure = listing.state, listing.card.heading, listing.answer is Answer.FOUND
            if is_sure:
                act = state.listing.act or state.listing.measure
                sentence = text(
                    "{party} is listed on {list} since {since} ({act})",
                    party=name,
                    list=title,
                    since=state.since.day,
                    act=act,
                )
            else:
                sentence = text(
                    "{party} resembles {entry} on {list}; a person has to decide whether they are the same",
                    party=name,
                    entry=state.record.caption,
                    list=title,
                )
            own = Reason(sentence, Confidence.HIGH if is_sure else Confidence.LOW, (listing.citation,))
            answer = Answer.FOUND if is_sure else Answer.NOT_CHECKED
            return _Listed(answer, sentence, (own, *_cited(listing.match.reasons, listing.citation)))
    others: list[Reason] = []
    for each_listing in current:
        elsewhere_sentence = text(
            "{party} is listed on {list} under another regime ({programme}), which also freezes assets",
            party=name,
            list=each_listing.card.heading,
            programme=each_listing.state.listing.programme,
        )
        others.append(Reason(elsewhere_sentence, Confidence.HIGH, (each_listing.citation,)))
    from overzicht.sources.lists.effects import effect_of  # noqa: PLC0415
    from overzicht.sources.lists.registry import load_card  # noqa: PLC0415

    notes: list[Reason] = []
    for list_id in LISTS:
        note = next(answer for answer in screened.answers if answer.list_id == list_id).note
        list_note = text("{list}: {note}", list=load_card(list_id).heading, note=note)
        cited = effect_of(list_id, "", "Asset freeze", PROGRAMME, day).act
        notes.append(Reason(list_note, Confidence.MEDIUM, (replace(cited, place=name),)))
    if all(answer.answer is Answer.NOT_CHECKED for answer in screened.answers):
        sentence = text("{party}: not checked; no loaded list of the Union covers this date", party=name)
        return _Listed(Answer.NOT_CHECKED, sentence, (*notes, *others))
    sentence = text("{party} is not listed on the Union's list for human rights on this date", party=name)
    return _Listed(Answer.NOT_FOUND, sentence, (*notes, *others))
