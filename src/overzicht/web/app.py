"""The application: parts from the registry, guards around them, one shape for errors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from importlib import import_module
from typing import Any

from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from overzicht import __version__
from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.web import openapi, problems
from overzicht.web.cors import Cors
from overzicht.web.draining import Drain
from overzicht.web.etags import ETags
from overzicht.web.guards import Gate, Headers, Sizes
from overzicht.web.jobs import Runner
from overzicht.web.language import speak
from overzicht.web.limits import Limits
from overzicht.web.memory import Memory
from overzicht.web.problem_page import problem_page
from overzicht.web.registry import PARTS, Part
from overzicht.web.service import Service, ServiceOptions
from overzicht.web.tree import above
from overzicht.web.work import WORKERS
from overzicht.workflows.engines import engines_of


def create_app(store: Store, settings: Settings, options: ServiceOptions | None = None) -> FastAPI:
    """Return the application over an open store, which the caller closes after the application ended."""
    chosen = options or ServiceOptions()
    runner = Runner(store, settings, WORKERS)
    app = FastAPI(
        title="Overzicht", version=__version__, docs_url=None, redoc_url=None, lifespan=_lifespan(runner)
    )
    app.state.service = Service(
        store=store,
        settings=settings,
        options=chosen,
        limits=Limits(chosen.rate),
        runner=runner,
        memory=Memory(store),
        engines=engines_of(store),
        above=partial(above, store),
    )
    for part in PARTS:
        app.include_router(
            router_of(part),
            prefix=part.prefix,
            include_in_schema=not part.is_page,
            dependencies=[Depends(speak)],
        )
    folders: list[str | tuple[str, str]] = [("overzicht.web", "static"), ("overzicht.reports", "assets")]
    app.mount("/static", StaticFiles(packages=folders), name="static")
    problems.install(app, problem_page)
    app.openapi = lambda: openapi.describe(app)  # type: ignore[method-assign]  # FastAPI's own way to change it
    app.add_middleware(ETags)  # the last one added is the outermost
    app.add_middleware(Sizes, options=chosen)
    app.add_middleware(Cors, options=chosen)
    app.add_middleware(Gate, options=chosen)
    app.add_middleware(Headers)
    app.add_middleware(Drain, most=chosen.max_upload_bytes)
    return app


def router_of(part: Part) -> APIRouter:
    """Return the router of a part's module."""
    router: APIRouter = import_module(f"overzicht.web.{part.module}").router
    return router


def _lifespan(runner: Runner) -> Any:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        runner.begin()
        yield
        runner.stop()

    return lifespan
