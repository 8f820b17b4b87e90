"""Export control: the system by goods on a day, what changed since the answer, and lists of parties."""

from collections.abc import Iterator
from datetime import date

from overzicht.evidence import Citation, Text, text
from overzicht.law.export_systems import ExportSystem, Point, systems_on
from overzicht.sources.controllists.card import control_list_card
from overzicht.workflows.answers.facts import Fact, Gap, Topic, Wanted
from overzicht.workflows.answers.places import party_name

GOODS_ORDER = ("list", "update", "end-use", "human-rights", "cyber-surveillance", "others-lists", "denials",
               "party-list")  # fmt: skip


def control(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield what the law by goods says on the day, and what has changed since the answer."""
    now = systems_on(wanted.as_of, "goods")
    for system in now:
        yield _applies(system, wanted.as_of)
        for name in GOODS_ORDER:
            if name in system.points:
                yield _point(system, system.points[name])
        yield from _versions(wanted.as_of)
        if wanted.answered_on is not None and wanted.answered_on < wanted.as_of:
            for before in systems_on(wanted.answered_on, "goods"):
                if before.id != system.id:
                    yield from _difference(before, system, wanted.answered_on)
    if not now:
        said = text("No data: no export-control system of the Union is recorded for {day}.", day=wanted.as_of)
        yield Gap(Topic.CONTROL, said)


def _applies(system: ExportSystem, day: date) -> Fact:
    said = text(
        "On {day} {law} applies; it binds {whom}.",
        day=day, law=system.title.text, whom=system.binds.text,
    )  # fmt: skip
    return Fact(Topic.CONTROL, _with_caution(said, system.caution), (system.cite(),))


def _with_caution(said: Text, caution: Text | None) -> Text:
    return said if caution is None else text("{says} ({caution})", says=said, caution=caution)


def _point(system: ExportSystem, point: Point) -> Fact:
    said = text("{law}: {says}.", law=system.title.text, says=point.text)
    if point.article:
        said = text("{law}, Article {article}: {says}.", law=system.title.text, article=point.article,
                    says=point.text)  # fmt: skip
    return Fact(Topic.CONTROL, said, (system.cite(point.article),))


def _versions(day: date) -> Iterator[Fact]:
    """Yield the newest act that set the list by the day."""
    acts = [act for act in control_list_card().history if act.since <= day]
    if not acts:
        return
    newest = max(acts, key=lambda act: act.since)
    card = control_list_card()
    said = text(
        "The list as it stood was last changed by {act}, from {since} on.", act=newest.act, since=newest.since
    )
    cited = Citation(source=card.id, title=newest.act, address=newest.address)
    yield Fact(Topic.CONTROL, said, (cited,))


def _difference(before: ExportSystem, now: ExportSystem, then: date) -> Iterator[Fact]:
    """Yield what the system of now does that the one of the answer did not, or no longer does."""
    said = text(
        "When the set was answered, on {day}, {old} applied; {new} replaced it on {since}.",
        day=then, old=before.title.text, new=now.title.text, since=now.since,
    )  # fmt: skip
    yield Fact(Topic.CONTROL, said, (before.cite(), now.cite()))
    for name in GOODS_ORDER:
        if name in now.points and name not in before.points:
            point = now.points[name]
            new = text("New since then: {says} (Article {article}).", says=point.text, article=point.article)
            yield Fact(Topic.CONTROL, new, (now.cite(point.article),))
        if name in before.points and name not in now.points:
            point = before.points[name]
            gone = text(
                "Gone since then: {says} (Article {article}).", says=point.text, article=point.article
            )
            yield Fact(Topic.CONTROL, gone, (before.cite(point.article),))


def entity_lists(wanted: Wanted) -> Iterator[Fact | Gap]:
    """Yield the systems that go by party, for contrast, and which of the makers they name on the day."""
    held = [one for one in wanted.held if one.maker in wanted.everybody]
    for system in systems_on(wanted.as_of, "parties"):
        for point in system.points.values():
            said = text("By contrast, {law}, {article}: {says}.", law=system.title.text,
                        article=point.article, says=point.text)  # fmt: skip
            yield Fact(Topic.ENTITY_LIST, _with_caution(said, system.caution), (system.cite(point.article),))
        rows = [one for one in held if one.found.card.id == system.list_id]
        for one in rows:
            said = text("{maker} stands on {law} since {since}.", maker=party_name(one.maker),
                        law=system.title.text, since=one.found.state.since.day)  # fmt: skip
            yield Fact(Topic.ENTITY_LIST, said, (one.found.citation,), parties=frozenset({one.maker}))
        if not rows:
            said = text("No maker that the set means is found on {law} for {day}.",
                        law=system.title.text, day=wanted.as_of)  # fmt: skip
            yield Gap(Topic.ENTITY_LIST, said)
