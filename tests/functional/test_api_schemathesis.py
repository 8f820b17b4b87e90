"""Requests made from the interface's own description: nothing breaks, every answer is as described.

The library's own way into pytest does not fit the runner's newest version, so its cases are asked for here.
"""

from collections.abc import Iterator

import pytest
import schemathesis
import web_tools
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from overzicht.web import app as application
from overzicht.web.registry import PARTS
from overzicht.web.service import ServiceOptions
from overzicht.web.work import WORKERS

# A day of the year 413, a text with NUL or an unknown kind of party fits the types of the description and is
# refused with 422, which is described.
LEFT_OUT = [positive_data_acceptance]
EXAMPLES = 12
SEED = 20261125
ENDPOINTS = [
    (method, f"{part.prefix}{route.path}")
    for part in PARTS
    if not part.is_page
    for route in application.router_of(part).routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods)
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BaseSchema]:
    patch = pytest.MonkeyPatch()
    patch.setattr(application, "WORKERS", {kind: lambda _work: {} for kind in WORKERS})
    options = ServiceOptions(hosts=("*",), rate="")
    served = web_tools.serve(tmp_path_factory.mktemp("api"), options)
    schema = schemathesis.openapi.from_asgi("/openapi.json", served.app)
    schema.config.update(
        headers={"Authorization": f"Bearer {served.tokens['admin']}"},
        request_timeout=120,  # some routes draft many answers, and the machine may be busy
    )
    yield schema
    served.app.state.service.runner.stop()
    served.store.close()
    patch.undo()


@pytest.mark.parametrize(("method", "path"), ENDPOINTS, ids=[" ".join(each) for each in ENDPOINTS])
def test_every_answer_is_as_described(api: BaseSchema, method: str, path: str) -> None:
    @seed(SEED)
    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=api[path][method].as_strategy())
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(excluded_checks=LEFT_OUT)

    ask()


def test_the_description_is_of_the_version_that_programs_expect(api: BaseSchema) -> None:
    assert api.raw_schema["openapi"] == "3.1.0"
    assert {f"{m} {p}" for m, p in ENDPOINTS} == {
        f"{m.upper()} {p}" for p, found in api.raw_schema["paths"].items() for m in found
    }
