"""The first page: the devices, their manufacturers, and the lists that cover the date."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from sqlalchemy import Connection
from starlette.responses import HTMLResponse

from overzicht.devices.knowledge import load_maker_cards
from overzicht.evidence import FindingKind, text
from overzicht.kit.operation import Paging, Part
from overzicht.register.terms import Status
from overzicht.reports.html import charts
from overzicht.reports.html.view import Figure
from overzicht.reports.i18n import Words
from overzicht.store import decisions
from overzicht.store.register.devices import Counts, DeviceFilter
from overzicht.store.register.imports import list_imports
from overzicht.store.runs import StoredRun, count_by_object, list_runs
from overzicht.store.tables.tasks import Task
from overzicht.subjects.lists.updating import covering, list_states
from overzicht.subjects.overview.build import COMMAND as OVERVIEW
from overzicht.subjects.register import tasks as operations
from overzicht.subjects.register.charts import UNKNOWN_MAKER, Count, makers_figure, places_figure
from overzicht.subjects.register.devices import review_queue
from overzicht.subjects.register.register_day import cached, cached_counts, screen_register
from overzicht.subjects.register.replacement_plans import PlanView, list_plans
from overzicht.subjects.register.sites import list_sites
from overzicht.web.auth import PageReader
from overzicht.web.context import PageContext

router = APIRouter()
MAX_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """The contents of the register on a date: counts, and manufacturers and places with their charts."""

    counts: Counts
    makers: list[Count]
    figure: Figure
    places: list[Count]
    places_figure: Figure


@dataclass(frozen=True, slots=True)
class OpenWork:
    """Devices to judge, imports to check, open plans, and tasks with the first due date first."""

    waiting: int
    imports: int
    plans: tuple[PlanView, ...]
    tasks: Part[Task]


@router.get("/", response_class=HTMLResponse)
def start(context: PageReader) -> HTMLResponse:
    """Show the counts of the register, or else of the newest run; the lists; and open work."""
    words = context.words
    screen_register(context, context.day)
    register = _register(context)
    with context.store.reading() as connection:
        runs = _runs(connection, context)
        makers = _makers_of_run(connection, runs[0], words) if runs else []
    states = list_states(context.store, context.day)
    return context.render(
        "start.html",
        register=register,
        run=runs[0] if runs else None,
        runs=runs,
        earlier_runs=[
            (
                words.day(run.as_of),
                int(run.summary.get("devices", 0)),
                f"{', '.join(name for name, _ in run.inputs)} ({run.id})",
            )
            for run in runs[1 : MAX_SHOWN + 1]
        ],
        makers=makers,
        figure=makers_figure(makers, words, text("Rows of the newest inventory by manufacturer")),
        has_charts=charts.are_available(),
        states=states,
        covered=covering(states),
        todo=_open_work(context),
    )


def _runs(connection: Connection, context: PageContext) -> list[StoredRun]:
    """Return the runs on inventories, newest first; on a chosen date those as of it or earlier."""
    if context.allowed is not None:  # a run does not state its organisation
        return []
    runs = [run for run in list_runs(connection) if run.command == OVERVIEW]
    return [run for run in runs if not context.has_chosen_day or run.as_of <= context.day]


def _register(context: PageContext) -> RegisterCounts | None:
    """Return the contents of the register for this reader; None if it has no device on the date."""
    counts = cached_counts(context, DeviceFilter(context.day, allowed=context.allowed))
    if not counts.total:
        return None
    words = context.words
    sites = {site.id: site.name for site in list_sites(context.store, context.day)}
    makers = _named(counts.by_maker, counts.maker_names, words.say(UNKNOWN_MAKER))
    places = _named(counts.by_site, sites, words.say(text("place unknown")))
    figure = makers_figure(makers, words, text("Devices per manufacturer"), counts.listed_by_maker)
    return RegisterCounts(counts, makers, figure, places, places_figure(places, counts, words))


def _named(counts: Mapping[str, int], names: Mapping[str, str], unknown: str) -> list[Count]:
    return [(key, names.get(key, key) or unknown, count) for key, count in counts.items()]


def _open_work(context: PageContext) -> OpenWork:
    day, ids = context.day, context.allowed_ids(context.day)
    with context.store.reading() as connection:
        imports = [i for i in list_imports(connection, ids, Status.PREVIEW) if i.day <= day]
        version = decisions.version_of_judgements(connection)
    queue = cached(
        context,
        ("queue", day, ids, version),
        lambda: review_queue(context.store, DeviceFilter(day, allowed=context.allowed)),
    )
    plans = [view for view in list_plans(context.store, day) if context.sees(view.plan.organisation_id)]
    tasks = operations.tasks(context, Paging(1, MAX_SHOWN))
    return OpenWork(queue.waiting, len(imports), tuple(plans), tasks)


def _makers_of_run(connection: Connection, run: StoredRun, words: Words) -> list[Count]:
    """Return the rows of a run by manufacturer, most first; rows without a known manufacturer last."""
    names = {maker_id: card.trade_name for maker_id, card in load_maker_cards().items()}
    counts = count_by_object(connection, run.id, FindingKind.MAKER)
    makers = _named(
        {key: count for key, count in counts.items() if key or count}, names, words.say(UNKNOWN_MAKER)
    )
    return sorted(makers, key=lambda row: (not row[0], -row[2], row[1]))
