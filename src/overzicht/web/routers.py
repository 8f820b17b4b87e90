"""The router of each part of the service: that of its module, or one made from the operations in it."""

from importlib import import_module

from fastapi import APIRouter

from overzicht.web.operations import routes_of
from overzicht.web.registry import Part


def router_of(part: Part) -> APIRouter:
    """Return the router of a part; those of a subject have its name as their tag, or `TAG`."""
    if part.module.startswith("subjects."):
        subject = import_module(f"overzicht.{part.module}")
        return routes_of(part.module, getattr(subject, "TAG", part.module.split(".")[1]))
    router: APIRouter = import_module(f"overzicht.web.{part.module}").router
    return router
