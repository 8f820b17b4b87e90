"""The manifest of the reconciliation interface: its functions and their addresses."""

from typing import Any
from urllib.parse import urlencode

from fastapi import Request

from overzicht import __version__
from overzicht.web import asof
from overzicht.web.compat.vocabulary import DEFAULT_TYPES, SCHEMA_SPACE, type_of
from overzicht.web.service import Service
from overzicht.workflows.parties.datasets import Dataset

BATCH_SIZE = 50
PREVIEW_WIDTH, PREVIEW_HEIGHT = 430, 320  # pixels
DOCUMENTATION = "https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/"
TOKEN = {"type": "apiKey", "name": "Authorization", "in": "header"}  # `Bearer TOKEN`
LIMIT = {
    "name": "limit",
    "label": "Maximum number of values",
    "type": "number",
    "default": 0,
    "help_text": "Maximum number of values of a property; 0 for all.",
}


def manifest_of(request: Request, service: Service, dataset: Dataset) -> dict[str, Any]:
    """Return the manifest of a dataset. A date in the address is repeated in every address in it."""
    base = str(request.base_url).rstrip("/")
    own = f"{base}/reconcile/{dataset.name}"
    as_of = request.query_params.get(asof.PARAMETER)
    day = f"?{urlencode({asof.PARAMETER: as_of})}" if as_of else ""
    suggest = {
        kind: {"service_url": own, "service_path": f"/suggest/{kind}{day}"}
        for kind in ("entity", "type", "property")
    }
    manifest: dict[str, Any] = {
        "versions": ["0.2"],
        "name": f"Overzicht: {dataset.title}",
        "identifierSpace": f"{base}/entities/",
        "schemaSpace": SCHEMA_SPACE,
        "documentation": DOCUMENTATION,
        "serviceVersion": __version__,
        "batchSize": BATCH_SIZE,
        "defaultTypes": [type_of(name).model_dump(exclude_none=True) for name in DEFAULT_TYPES],
        "view": {"url": f"{base}/reconcile/view/{{{{id}}}}{day}"},
        "preview": {
            "url": f"{base}/reconcile/preview/{{{{id}}}}{day}",
            "width": PREVIEW_WIDTH,
            "height": PREVIEW_HEIGHT,
        },
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": own, "service_path": f"/properties{day}"},
            "property_settings": [LIMIT],
        },
    }
    if not service.options.reads_openly:
        manifest["authentication"] = TOKEN
    return manifest
