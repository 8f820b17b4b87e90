"""Invented applications and denials, as data to change and as records."""

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from overzicht.subjects.licensing.denial_model import Denial
from overzicht.subjects.licensing.model import Application

FIXTURES = Path(__file__).parent / "fixtures" / "licensing"


def raw(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))
    return data


def changed(data: Mapping[str, Any], **fields: Any) -> dict[str, Any]:
    return {**copy.deepcopy(dict(data)), **fields}


def fact(answer: str) -> dict[str, str]:
    return {"answer": answer, "source": "an invented note"}


def application(**fields: Any) -> Application:
    return Application.model_validate(changed(raw("camera"), **fields))


def with_facts(facts: Mapping[str, str], **fields: Any) -> Application:
    return application(facts={name: fact(answer) for name, answer in facts.items()}, **fields)


def unlisted(**fields: Any) -> list[dict[str, Any]]:
    item = changed(raw("camera")["items"][0], not_listed=True, **fields)
    del item["code"]
    return [item]


def denial(**fields: Any) -> Denial:
    return Denial.model_validate(changed(raw("denial"), **fields))


def write(folder: Path, name: str, data: Any) -> Path:
    path = folder / name
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return path
