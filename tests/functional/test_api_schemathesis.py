"""Requests made from the interface's own description: nothing breaks, every answer is as described.

The library's own way into pytest does not fit the runner's newest version, so its cases are asked for here.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
import web_tools
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from overzicht.composition import Interface
from overzicht.web import app as application
from overzicht.web.openapi import PATHS
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of
from overzicht.web.service import ServiceOptions
from overzicht.web.work import WORKERS

# A day of the year 413, a text with NUL or an unknown kind of party fits the types of the description and is
# refused with 400, which is described.
LEFT_OUT: list[Any] = [positive_data_acceptance]
EXAMPLES = 12
SEED = 20261125
ENDPOINTS = [
    (part.interface, method, route.path)
    for part in PARTS
    if part.interface is not None
    for route in router_of(part).routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]


@pytest.fixture(scope="module")
def interfaces(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Interface, BaseSchema]]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    options = ServiceOptions(hosts=("*",), rate="")
    served = web_tools.serve(tmp_path_factory.mktemp("api"), options)
    schemas: dict[Interface, BaseSchema] = {}
    for path, interface in PATHS.items():
        schemas[interface] = schemathesis.openapi.from_asgi(path, served.app)
        schemas[interface].config.update(
            headers={"Authorization": f"Bearer {served.tokens['admin']}"},
            request_timeout=120,  # some routes draft many answers, and the machine may be busy
        )
    yield schemas
    served.app.state.service.runner.stop()
    served.store.close()
    patch.undo()


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("interface", "method", "path"), ENDPOINTS, ids=[" ".join(e) for e in ENDPOINTS])
def test_every_answer_is_as_described(
    interfaces: dict[Interface, BaseSchema], interface: Interface, method: str, path: str
) -> None:
    api = interfaces[interface]

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=api[path][method].as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(excluded_checks=LEFT_OUT)

    ask()


def test_each_operation_is_described_in_its_interface(interfaces: dict[Interface, BaseSchema]) -> None:
    assert {api.raw_schema["openapi"] for api in interfaces.values()} == {"3.1.0"}
    assert set(ENDPOINTS) == {
        (interface, method.upper(), path)
        for interface, api in interfaces.items()
        for path, found in api.raw_schema["paths"].items()
        for method in found
    }
