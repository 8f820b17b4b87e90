"""The files of facts that ship with classification, read as YAML, refused where they are wrong."""

from importlib.resources import files
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from overzicht.errors import PackagedFactError
from overzicht.evidence import Text, in_both
from overzicht.safeyaml import read_yaml

FOLDER = "data/classification"
M = TypeVar("M", bound=BaseModel)


class Fact(BaseModel):
    """A frozen record of a packaged file; a field that it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BothWords(Fact):
    """A text of ours in English and Dutch."""

    en: str = Field(min_length=3)
    nl: str = Field(min_length=3)

    @property
    def text(self) -> Text:
        """The text as a sentence for either language."""
        return in_both(en=self.en, nl=self.nl)


def read_packaged(model: type[M], name: str) -> M:
    """Return a packaged file as `model`; PackagedFactError names the file and the place in it."""
    raw = files("overzicht.exportcontrol").joinpath(FOLDER, name).read_text(encoding="utf-8")
    try:
        data: Any = read_yaml(raw)
        return model.model_validate(data)
    except (yaml.YAMLError, ValidationError) as error:
        raise PackagedFactError(f"{FOLDER}/{name}", str(error)) from error


def packaged_names(folder: str) -> tuple[str, ...]:
    """Return the YAML files of a packaged folder, in order."""
    found = files("overzicht.exportcontrol").joinpath(FOLDER, folder).iterdir()
    return tuple(sorted(f"{folder}/{each.name}" for each in found if each.name.endswith(".yaml")))
