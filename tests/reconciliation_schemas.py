"""What answers of the Reconciliation Service API 0.2 look like, as JSON schemas in our own words.

Written from the text of the standard (Community Group Report of 10 April 2023, W3C):
https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. They are stricter than it
where we are: what it leaves open and we always give is required.
"""

from typing import Any

TEXT = {"type": "string", "minLength": 1}
ADDRESS = {"type": "string", "pattern": "^https?://[^ ]+$"}
TEMPLATE = {"type": "string", "pattern": r"^https?://[^ ]*\{\{id\}\}[^ ]*$"}


def record(required: dict[str, Any], optional: dict[str, Any] | None = None, *, closed: bool = True) -> Any:
    """Return the schema of an object with these fields."""
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
        "additionalProperties": not closed,
    }


def rows(of: Any, **limits: Any) -> Any:
    return {"type": "array", "items": of, **limits}


WIDER = record({"id": TEXT, "name": TEXT})
TYPE = record({"id": TEXT, "name": TEXT}, {"broader": rows(WIDER, minItems=1)})
SERVICE = record({"service_url": ADDRESS, "service_path": {"type": "string", "pattern": "^/"}})
SETTING = record(
    {"name": TEXT, "label": TEXT, "type": {"enum": ["number", "text", "checkbox", "select"]}},
    {"default": {}, "help_text": {"type": "string"}, "choices": rows(record({"value": TEXT, "name": TEXT}))},
)
MANIFEST = record(
    {
        "versions": rows(TEXT, contains={"const": "0.2"}),
        "name": TEXT,
        "identifierSpace": ADDRESS,
        "schemaSpace": ADDRESS,
        "defaultTypes": rows(TYPE, uniqueItems=True),
        "view": record({"url": TEMPLATE}),
        "preview": record({"url": TEMPLATE, "width": {"type": "integer"}, "height": {"type": "integer"}}),
        "suggest": record({"entity": SERVICE, "type": SERVICE, "property": SERVICE}),
        "extend": record({"propose_properties": SERVICE, "property_settings": rows(SETTING)}),
        "batchSize": {"type": "integer", "minimum": 1},
    },
    {
        "documentation": ADDRESS,
        "serviceVersion": TEXT,
        "authentication": record(
            {"type": {"const": "apiKey"}, "name": TEXT, "in": {"enum": ["header", "query"]}}
        ),
    },
)
FEATURE = record({"id": TEXT, "value": {"type": ["number", "boolean"]}})
CANDIDATE = record(
    {
        "id": TEXT,
        "name": TEXT,
        "type": rows(TYPE),
        "score": {"type": "number"},
        "match": {"type": "boolean"},
        "features": rows(FEATURE, uniqueItems=True),
        "description": {"type": "string"},
    }
)
RESULTS = {"type": "object", "additionalProperties": record({"result": rows(CANDIDATE)})}
SUGGESTED = {"id": TEXT, "name": TEXT, "description": {"type": "string"}}
SUGGESTIONS = record({"result": rows(record(SUGGESTED))})
ENTITY_SUGGESTIONS = record({"result": rows(record({**SUGGESTED, "notable": rows(TYPE)}))})
PROPOSAL = record({"properties": rows(record(SUGGESTED)), "type": TEXT, "limit": {"type": "integer"}})
VALUE = {"oneOf": [record({"str": {"type": "string"}}), record({"id": TEXT, "name": TEXT})]}
META = record({"id": TEXT, "name": TEXT}, {"type": record({"id": TEXT, "name": TEXT})})
EXTENSION = record(
    {
        "meta": rows(META),
        "rows": {
            "type": "object",
            "additionalProperties": {"type": "object", "additionalProperties": rows(VALUE)},
        },
    }
)
