"""Facts that ship with the product as YAML: strict records, texts in two languages, and one reader."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from overzicht.errors import PackagedFactError
from overzicht.evidence.faults import faults_of
from overzicht.evidence.phrases import in_both
from overzicht.evidence.text import Text
from overzicht.safeyaml import read_packaged_yaml

M = TypeVar("M", bound=BaseModel)
T = TypeVar("T")


class StrictModel(BaseModel):
    """A frozen record of a file or of user input; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LocalizedText(StrictModel):
    """Our own text in English and Dutch."""

    en: str = Field(min_length=3)
    nl: str = Field(min_length=3)

    @property
    def text(self) -> Text:
        """The text as a sentence for either language."""
        return in_both(en=self.en, nl=self.nl)


def _with_ids(entries: Any) -> Any:
    if not isinstance(entries, Mapping):
        return entries
    return {
        key: {"id": key, **entry} if isinstance(entry, Mapping) else entry for key, entry in entries.items()
    }


ById = Annotated[dict[str, T], BeforeValidator(_with_ids)]
"""Records by their key, which is also their field `id`."""


def read_facts(kind: type[M], name: str, written: str | bytes) -> M:
    """Return the facts of a YAML text; PackagedFactError names file, place and reason."""
    try:
        return kind.model_validate(read_packaged_yaml(written))
    except yaml.YAMLError as error:
        raise PackagedFactError(name, f"it is not YAML: {error}") from error
    except ValidationError as error:
        field, reason = faults_of(error.errors())[0]
        raise PackagedFactError(name, reason, place=field) from error


def packaged_text(package: str, path: str) -> str:
    """Return a file that ships with a package as text."""
    return files(package).joinpath(*path.split("/")).read_text(encoding="utf-8")


def packaged_facts(kind: type[M], package: str, path: str) -> M:
    """Return the facts of a YAML file that ships with a package, as `read_facts`."""
    return read_facts(kind, path.removeprefix("data/"), packaged_text(package, path))


def packaged_names(package: str, folder: str) -> tuple[str, ...]:
    """Return the paths of the YAML files in a folder of a package, in order."""
    entries = files(package).joinpath(*folder.split("/")).iterdir()
    return tuple(
        sorted(f"{folder}/{entry.name}" for entry in entries if entry.name.endswith((".yaml", ".yml")))
    )
