"""The application: the parts of the registry, the middleware around them, and one format for errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from anyio import to_thread
from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from overzicht import __version__
from overzicht.errors import StoreError
from overzicht.evidence.actor import SYSTEM_ACTOR, Actor
from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.store.writer_turns import MOST_WAITING
from overzicht.web import problems, published
from overzicht.web import schedules as clock_work
from overzicht.web.audit import AuditTrail
from overzicht.web.clock import now, today
from overzicht.web.contacts import contact_of, security_contact_of
from overzicht.web.cors import Cors
from overzicht.web.draining import RequestDrain
from overzicht.web.etags import ETags
from overzicht.web.guards import Headers, RequestChecks, Sizes
from overzicht.web.jobs import Runner
from overzicht.web.language import set_language
from overzicht.web.limits import Limits
from overzicht.web.problem_page import problem_page
from overzicht.web.refused import form_again
from overzicht.web.registry import OWN, PARTS
from overzicht.web.response_cache import ResponseCache
from overzicht.web.routers import router_of
from overzicht.web.service import Service, ServiceOptions
from overzicht.web.versions import Versions, check_query
from overzicht.web.work import WORKERS
from overzicht.workflows.engines import engines_of
from overzicht.workflows.retention import destroy_expired
from overzicht.workflows.sso import provider_of

MOST_THREADS = 2 * MOST_WAITING  # of requests: those that read are answered while writers wait


def create_app(store: Store, settings: Settings, options: ServiceOptions | None = None) -> FastAPI:
    """Return the application over an open store, which the caller closes after the application stops."""
    options = options or ServiceOptions()
    runner, audit = Runner(store, settings, WORKERS), AuditTrail(store)
    schedules = [begin(store, settings, runner) for begin in clock_work.ADDED.added()]

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = MOST_THREADS
        runner.begin()
        for schedule in schedules:
            schedule.begin()
        with suppress(StoreError):  # it is done again at the next start
            destroy_expired(store, Actor(today(), SYSTEM_ACTOR, now()))
        yield
        for schedule in schedules:
            schedule.stop()
        runner.stop()
        audit.stop()

    app = FastAPI(
        title="Overzicht", version=__version__, openapi_url=None, redirect_slashes=False, lifespan=lifespan
    )
    limits, cache = Limits(options.rate), ResponseCache(store)
    app.state.service = Service(
        store,
        settings,
        options,
        limits,
        runner,
        cache,
        engines_of(store),
        audit,
        provider_of(settings.values),
    )
    checks = {True: [Depends(check_query)], False: []}
    for part in PARTS:
        app.include_router(
            router_of(part),
            prefix=part.prefix,
            dependencies=[Depends(set_language), *checks[part.interface is OWN]],
        )
    folders: list[str | tuple[str, str]] = [
        ("overzicht.web", "static"),
        ("overzicht.reports", "assets"),
        ("fontpkg_source_sans_3", "files"),
    ]
    app.mount("/static", StaticFiles(packages=folders), name="static")
    problems.install(app, problem_page, form_again)
    published.install(app, contact_of(settings.values), security_contact_of(settings.values))
    app.add_middleware(Versions)
    app.add_middleware(ETags)  # the middleware that is added last is outermost
    app.add_middleware(Sizes, options=options)
    app.add_middleware(Cors, options=options)
    app.add_middleware(RequestChecks, options=options)
    app.add_middleware(Headers)
    app.add_middleware(RequestDrain, max_bytes=options.max_upload_bytes)
    return app
