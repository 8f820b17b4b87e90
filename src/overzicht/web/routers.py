"""The router of each part of the service: that of its module, or one made from the operations in it."""

from importlib import import_module

from fastapi import APIRouter

from overzicht.composition import Part
from overzicht.web.operations import routes_of


def router_of(part: Part) -> APIRouter:
    """Return the router of a part; declared operations have `TAG` as tag, or the name of the subject."""
    module = import_module(f"overzicht.{part.module}")
    router: APIRouter | None = getattr(module, "router", None)
    return router or routes_of(part.module, getattr(module, "TAG", part.module.split(".")[1]))
