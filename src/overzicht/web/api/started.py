"""Work that an operation begins: the job is the answer, and its address is in the header `Location`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Response, UploadFile

from overzicht.store.jobs import Job
from overzicht.web.registry import API_PREFIX
from overzicht.web.service import Here, Service
from overzicht.web.uploads import keep_uploads
from overzicht.workflows.accounts import Principal


@dataclass(frozen=True, slots=True)
class Beginner:
    """Begins long work for a request."""

    service: Service
    response: Response

    def __call__(
        self, kind: str, parameters: Mapping[str, Any], who: Principal, files: Sequence[UploadFile] = ()
    ) -> Job:
        """Return a job that was begun in somebody's name; the files of the request are kept for it."""
        keep = (lambda folder: keep_uploads(files, folder)) if files else None
        job = self.service.runner.start(kind, parameters, actor=who.name, keep=keep)
        self.response.headers["Location"] = f"{API_PREFIX}/jobs/{job.id}"
        return job


def _beginner(here: Here, response: Response) -> Beginner:
    return Beginner(here, response)


Begin = Annotated[Beginner, Depends(_beginner)]
