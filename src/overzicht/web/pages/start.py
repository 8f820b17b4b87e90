"""The first page: what there is, who made it, and what the lists can tell."""

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from overzicht.devices.knowledge import load_maker_cards
from overzicht.evidence import FindingKind, Text, text
from overzicht.register.model import Status
from overzicht.reports.html import charts
from overzicht.reports.html.charts import BLUE, GREY, Bar
from overzicht.reports.html.svg import Caption
from overzicht.reports.html.view import ROWS_DRAWN, Figure
from overzicht.reports.i18n import Words
from overzicht.store import decisions
from overzicht.store.accounts import Role
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.store.register.devices import Page as TasksPage
from overzicht.store.register.imports import list_imports
from overzicht.store.runs import StoredRun, count_by_object, list_runs
from overzicht.web.asof import AsOf, OnPage
from overzicht.web.auth import Reader
from overzicht.web.page import render, words_of
from overzicht.web.register_day import ask_the_lists, counted, remember
from overzicht.web.rights import allowed, allowed_ids, sees
from overzicht.web.service import Here, Service
from overzicht.workflows.accounts import Principal
from overzicht.workflows.lists import list_states
from overzicht.workflows.register.listings import COMMAND
from overzicht.workflows.register.organisations import list_sites
from overzicht.workflows.register.plans import PlanView, list_plans
from overzicht.workflows.register.review import review_queue
from overzicht.workflows.register.tasks import TaskFilter, TaskPage, list_tasks

router = APIRouter()
MOST_SHOWN = 10
ROWS_BY_MAKER = text("Rows of the newest inventory by maker")
Count = tuple[str, str, int]  # maker id (empty: unknown), name, devices or rows


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register holds on a day: counts, and makers and places with their pictures, most first."""

    counts: Counts
    makers: list[Count]
    figure: Figure
    places: list[Count]
    places_figure: Figure


@dataclass(frozen=True, slots=True)
class Todo:
    """What waits for people: devices to judge, imports to look at, plans that run, tasks due first."""

    waiting: int
    imports: int
    plans: tuple[PlanView, ...]
    tasks: TaskPage


@router.get("/", response_class=HTMLResponse)
def start(request: Request, here: Here, who: Reader, day: OnPage) -> HTMLResponse:
    """Show the numbers of the register, else of the newest run; the lists; and what is to be done."""
    words = words_of(request)
    ask_the_lists(here, day.day)
    register = _register(here, who, day.day, words)
    sees_all = who.organisations is None  # a run and a task tell not whose they are
    with here.store.reading() as connection:
        runs = _runs(connection, day) if sees_all else []
        makers = _makers(connection, runs[0], words) if runs else []
    states = list_states(here.store, day.day)
    return render(
        request,
        "start.html",
        register=register,
        run=runs[0] if runs else None,
        runs=runs,
        runs_told=_told(runs, words),
        makers=makers,
        figure=_figure(makers, words, ROWS_BY_MAKER),
        has_charts=charts.are_available(),
        states=states,
        told=sum(state.coverage.covers_date for state in states),
        todo=_todo(here, who, day.day),
    )


def _runs(connection: Connection, day: AsOf) -> list[StoredRun]:
    """Return the runs on inventories, newest first; on a chosen day those asked for it or a day before."""
    found = [run for run in list_runs(connection) if run.command != COMMAND]
    return [run for run in found if not day.chosen or run.as_of <= day.day]


def _register(here: Service, who: Principal, day: date, words: Words) -> Registered | None:
    """Return what the register holds for this reader on a day; None where it has no device."""
    found = counted(here, DeviceFilter(day, allowed=allowed(who)))
    if not found.total:
        return None
    sites = {site.id: site.name for site in list_sites(here.store, day)}
    unknown = words.say(text("unknown or undecided"))
    makers = [(key, found.maker_names.get(key, key) or unknown, n) for key, n in found.by_maker.items()]
    unnamed = words.say(text("place unknown"))
    places = [(key, sites.get(key, key) or unnamed, n) for key, n in found.by_site.items()]
    figure = _figure(makers, words, text("Devices per maker"))
    return Registered(found, makers, figure, places, _places_figure(places, words))


def _places_figure(places: list[Count], words: Words) -> Figure:
    caption = Caption(
        "fig-places",
        words.say(text("Devices per place")),
        words.say(text("Bars for {places} places, most devices first.", places=len(places))),
    )
    bars = [Bar(name, ((count, BLUE if site else GREY),)) for site, name, count in places[:ROWS_DRAWN]]
    return Figure(caption, charts.bar_chart(bars, caption, words), (), len(places) - len(bars))


def _todo(here: Service, who: Principal, day: date) -> Todo:
    ids = allowed_ids(here, who, day)
    queue = remember(
        here,
        ("queue", day, ids, _judgements(here)),
        lambda: review_queue(here.store, DeviceFilter(day, allowed=allowed(who))),
    )
    with here.store.reading() as connection:
        imports = [each for each in list_imports(connection, ids, Status.PREVIEW) if each.day <= day]
    plans = [view for view in list_plans(here.store, day) if sees(here, who, view.plan.organisation_id)]
    tasks = list_tasks(
        here.store,
        TaskFilter(organisations=ids, as_of=day, with_cases=who.may(Role.OFFICER)),
        TasksPage(1, MOST_SHOWN),
    )
    return Todo(queue.waiting, len(imports), tuple(plans), tasks)


def _judgements(here: Service) -> int:
    with here.store.reading() as connection:
        return decisions.version_of_judgements(connection)


def _makers(connection: Connection, run: StoredRun, words: Words) -> list[Count]:
    """Return rows of the run by maker, most first; those without a settled maker last."""
    cards = load_maker_cards()
    counts = count_by_object(connection, run.id, FindingKind.MAKER)
    named = [
        (maker_id, cards[maker_id].trade_name if maker_id in cards else maker_id, count)
        for maker_id, count in counts.items()
        if maker_id
    ]
    unknown = [("", words.say(text("unknown or undecided")), counts[""])] if counts.get("") else []
    return [*sorted(named, key=lambda row: (-row[2], row[1])), *unknown]


def _figure(makers: list[Count], words: Words, title: Text) -> Figure:
    caption = Caption(
        "fig-makers",
        words.say(title),
        words.say(text("Bars for {makers} makers, most rows first.", makers=len(makers))),
    )
    bars = [Bar(name, ((count, BLUE if maker_id else GREY),)) for maker_id, name, count in makers]
    # those without a settled maker stand last, and are drawn however many makers there are
    drawn = [*bars[: ROWS_DRAWN - 1], *bars[ROWS_DRAWN - 1 :][-1:]]
    return Figure(caption, charts.bar_chart(drawn, caption, words), (), len(bars) - len(drawn))


def _told(runs: list[StoredRun], words: Words) -> list[tuple[str, str, str]]:
    return [
        (
            words.day(run.as_of),
            words.say(text("{count} devices", count=int(run.summary.get("devices", 0)))),
            f"{', '.join(name for name, _ in run.inputs)} ({run.id})",
        )
        for run in runs[1 : MOST_SHOWN + 1]
    ]
