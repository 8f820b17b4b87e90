"""Counts of registers: devices, bodies, relabelled, unknown, replaced, and contradicting statements."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.vocabulary import squashed
from overzicht.evidence import Citation, Text, text, unique
from overzicht.evidence.text import Value
from overzicht.register.quantities import worded
from overzicht.register.terms import LifecycleState, Status
from overzicht.store.database import Store
from overzicht.store.register.devices import COUNTED, UNKNOWN, DeviceFilter, DeviceLine, all_devices
from overzicht.store.register.imports import list_imports
from overzicht.store.register.organisations import list_organisations
from overzicht.subjects.answers.facts import Fact, Gap, Scope, SetContext, Topic
from overzicht.subjects.answers.model import Origin
from overzicht.subjects.answers.value_names import bodies_text, kind_text, party_name
from overzicht.subjects.register.statements import StatementView, list_statements

BODIES_SHOWN = 12  # more bodies than these are counted together only


@dataclass(frozen=True, slots=True)
class BodyCount:
    """The devices of a scope that one body has, and had; numbers count quantities."""

    name: str
    there: Mapping[str, int]  # by party
    relabelled: int
    replaced: int
    removed: int
    unknown: int
    not_seen: int
    cited: tuple[Citation, ...]

    @property
    def total(self) -> int:
        """The devices that are there."""
        return sum(self.there.values())

    @property
    def is_any(self) -> bool:
        """Whether the register has anything of the scope with this body."""
        return bool(self.total or self.replaced or self.removed)


def counts(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield for each scope the devices of every body, and the sum; a gap without a body in the register."""
    for scope in context.scopes:
        is_any = False
        for store, origin in _with_register(context):
            bodies = list(count_bodies(store, scope, context.as_of))
            is_any = is_any or bool(bodies)
            yield from _facts(bodies, scope, origin)
        if not is_any:
            sentence = text(
                "No data: the register holds no inventory of {bodies}; `overzicht register import` takes "
                "one in.",
                bodies=bodies_text(scope.place),
            )
            yield Gap(Topic.COUNT, sentence, scope=scope)
            yield Gap(Topic.REPLACED, sentence, scope=scope)
        else:
            sentence = text(
                "Inventories of the {bodies} that the register does not have, and the unknown manufacturers "
                "of devices.",
                bodies=bodies_text(scope.place),
            )
            yield Gap(Topic.COUNT, sentence, scope=scope)


def _with_register(context: SetContext) -> Iterator[tuple[Store, Origin]]:
    for layer in context.layers:
        if layer.origin is not None:
            yield layer.store, layer.origin


def count_bodies(store: Store, scope: Scope, as_of: date) -> Iterator[BodyCount]:
    """Yield the count of each body of a place with an inventory, by name."""
    with store.reading() as connection:
        bodies = {o.id: o for o in list_organisations(connection, as_of) if o.country.upper() == scope.place}
        lines = all_devices(connection, DeviceFilter(as_of, kind=scope.kind, life=()))
    cited = inventories_of(store, list(bodies), as_of)
    for body in sorted(bodies.values(), key=lambda o: (o.name, o.id)):
        if body.id in cited:
            own = [line for line in lines if line.organisation_id == body.id]
            count_cited = cited[body.id]
            mine = [(party, line) for line in own for party in _party_of(line, scope.parties)]
            there = Counter[str]()
            for party, line in mine:
                if line.life in COUNTED:
                    there[party] += line.quantity
            yield BodyCount(
                name=body.name,
                there=there,
                relabelled=sum(
                    line.quantity for _, line in mine if line.life in COUNTED and line.is_relabelled
                ),
                replaced=sum(line.quantity for _, line in mine if line.life is LifecycleState.REPLACED),
                removed=sum(line.quantity for _, line in mine if line.life is LifecycleState.REMOVED),
                unknown=sum(
                    line.quantity
                    for line in own
                    if line.life in COUNTED and not line.maker_id and not any(_party_of(line, scope.parties))
                ),
                not_seen=sum(line.quantity for _, line in mine if line.life is LifecycleState.NOT_SEEN),
                cited=count_cited,
            )


def inventories_of(
    store: Store, organisations: Sequence[str], as_of: date
) -> Mapping[str, tuple[Citation, ...]]:
    """Return by organisation the accepted inventories until a date, by day; one without any is left out."""
    with store.reading() as connection:
        imports = list_imports(connection, list(organisations), Status.ACCEPTED)
    cited: dict[str, dict[tuple[str, ...], Citation]] = {}
    for stored in sorted(imports, key=lambda stored: (stored.day, stored.id)):
        if stored.day <= as_of:
            citation = Citation(
                source="inventory",
                title=stored.filename,
                snapshot=stored.sha256,
                published=stored.day,
                official=False,
            )
            cited.setdefault(stored.organisation_id, {})[citation.key] = citation
    return {organisation: tuple(citations.values()) for organisation, citations in cited.items()}


def _party_of(line: DeviceLine, parties: frozenset[str]) -> Iterator[str]:
    """Yield the party of a scope whose device it is: by its maker, or by the brand of one without a card."""
    if line.maker_id:
        if line.maker_id in parties:
            yield line.maker_id
        return
    brand = squashed(line.brand)
    for party in sorted(parties - load_knowledge().makers.keys()):
        if brand and (brand == squashed(party) or squashed(party).startswith(brand)):
            yield party
            return


def _facts(bodies: Sequence[BodyCount], scope: Scope, origin: Origin) -> Iterator[Fact]:
    fact = partial(Fact, origin=origin, parties=scope.parties, kind=scope.kind, scope=scope)
    telling = [body for body in bodies if body.is_any]
    for body in telling[:BODIES_SHOWN]:
        if body.total:
            sentence = text(
                "{body} has {count} {devices} of these makers: {makers}.",
                body=body.name,
                count=body.total,
                devices=_devices(scope),
                makers=_by_maker(body.there),
            )
            if body.relabelled:
                sentence = text("{says} Under another brand: {count}.", says=sentence, count=body.relabelled)
            if body.not_seen:
                sentence = text(
                    "{says} Missing in the newest inventory: {count}.", says=sentence, count=body.not_seen
                )
            yield fact(Topic.COUNT, sentence, body.cited)
        values: dict[str, Value] = {"body": body.name, "devices": _devices(scope), "there": body.total}
        if body.replaced or body.removed:
            replaced = text(
                "{body}, {devices} of these makers: replaced {replaced}, taken away {removed}, still there "
                "{there}.",
                replaced=body.replaced,
                removed=body.removed,
                **values,
            )
        else:
            replaced = text("{body} has replaced none of its {there} {devices} of these makers.", **values)
        yield fact(Topic.REPLACED, replaced, body.cited)
    if bodies:
        cited = unique(cited for body in bodies for cited in body.cited)
        yield fact(Topic.COUNT, _sum(bodies, scope), cited)
        if not telling:
            yield fact(Topic.REPLACED, _sum(bodies, scope), cited)


def _devices(scope: Scope) -> Text:
    if scope.kind:
        return text("devices of the kind {kind}", kind=kind_text(scope.kind))
    return text("devices")


def _by_maker(there: Mapping[str, int]) -> str:
    ranked = sorted(there.items(), key=lambda item: (-item[1], party_name(item[0])))
    return ", ".join(f"{party_name(party)} {count}" for party, count in ranked)


def _sum(bodies: Sequence[BodyCount], scope: Scope) -> Text:
    there = Counter[str]()
    for body in bodies:
        there.update(body.there)
    values: dict[str, Value] = {
        "bodies": bodies_text(scope.place),
        "devices": _devices(scope),
        "held": len(bodies),
        "having": sum(body.total > 0 for body in bodies),
        "count": sum(there.values()),
        "relabelled": sum(body.relabelled for body in bodies),
        "unknown": sum(body.unknown for body in bodies),
        "replaced": sum(body.replaced for body in bodies),
        "removed": sum(body.removed for body in bodies),
    }
    if not there:
        return text(
            "In all, {bodies} in the register: {held}; with {devices} of {makers}: 0; replaced: {replaced}; "
            "taken away: {removed}; of unknown make: {unknown}.",
            makers=", ".join(party_name(party) for party in sorted(scope.parties)),
            **{
                name: value for name, value in values.items() if name not in {"having", "count", "relabelled"}
            },
        )
    return text(
        "In all, {bodies} in the register: {held}; with {devices} of these makers: {having}; number: {count} "
        "({makers}); under another brand: {relabelled}; replaced: {replaced}; taken away: {removed}; of "
        "unknown make: {unknown}.",
        makers=_by_maker(there),
        **values,
    )


def statements(context: SetContext) -> Iterator[Fact | Gap]:
    """Yield the public statements of bodies on devices in a scope, and their contradictions."""
    for scope in context.scopes:
        for store, origin in _with_register(context):
            yield from _said(store, origin, scope, context.as_of)


def _said(store: Store, origin: Origin, scope: Scope, as_of: date) -> Iterator[Fact]:
    with store.reading() as connection:
        names = {
            o.id: o.name for o in list_organisations(connection, as_of) if o.country.upper() == scope.place
        }
    views = {view.statement.id: view for view in list_statements(store, as_of)}
    mine = []
    for each_view in views.values():
        statement = each_view.statement
        if statement.withdrawn_at or statement.organisation_id not in names:
            continue
        is_party = not statement.makers or bool(set(statement.makers) & scope.parties)
        if is_party and (
            not scope.kind or statement.kind.casefold() in {scope.kind, str(kind_text(scope.kind))}
        ):
            mine.append(each_view)
    fact = partial(Fact, origin=origin, parties=scope.parties, kind=scope.kind, scope=scope)
    for view in mine:
        cited = (view.statement.citation,)
        statement = view.statement
        message = text(
            "Public statement on {body} ({day}): {quantity} × {kind}, maker {maker}; {status}.",
            body=names[statement.organisation_id],
            day=statement.said_as,
            quantity=worded(statement.quantity) if statement.quantity else "?",
            kind=statement.kind,
            maker=statement.maker_named or UNKNOWN,
            status=statement.status,
        )
        yield fact(Topic.STATEMENT, message, cited)
    for view in mine:
        for other in (views[number] for number in view.contradicts if number > view.statement.id):
            sentence = text(
                "These two statements on {body} cannot both be true: {one} ({where}) and {other} "
                "({elsewhere}).",
                body=names[view.statement.organisation_id],
                one=worded(view.statement.quantity),
                where=view.statement.citation.title,
                other=worded(other.statement.quantity),
                elsewhere=other.statement.citation.title,
            )
            both = (view.statement.citation, other.statement.citation)
            yield fact(Topic.STATEMENT, sentence, both)
    counted = {body.name: body for body in count_bodies(store, scope, as_of)}
    for view in mine:
        body = counted.get(names[view.statement.organisation_id])
        if body is not None:
            # whether the register counts what a statement rules out; one on an open maker rules nothing
            # out
            statement = view.statement
            if not statement.makers or not set(statement.makers) <= scope.parties:
                is_against = False
            else:
                count = sum(body.there.get(maker, 0) for maker in statement.makers)
                is_against = statement.at_most is not None and count > statement.at_most
            if is_against:
                yield fact(Topic.STATEMENT, _against(view, body), (view.statement.citation, *body.cited))


def _against(view: StatementView, body: BodyCount) -> Text:
    statement = view.statement
    return text(
        "The register contradicts the statement on {body} of {day}: it counts {count} devices of {maker}, "
        "the statement {quantity}.",
        body=body.name,
        day=statement.said_as,
        count=sum(body.there.get(m, 0) for m in statement.makers),
        maker=statement.maker_named,
        quantity=worded(statement.quantity),
    )
