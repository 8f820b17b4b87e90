"""Runs: what was asked of which inputs, and what came out."""

from datetime import date
from typing import Any

from pydantic import BaseModel

from overzicht.store.decisions import Judgement
from overzicht.store.runs import StoredRun
from overzicht.web.api.models.shared import FindingModel


class InputModel(BaseModel):
    """A file that went in."""

    filename: str
    sha256: str


class RunModel(BaseModel):
    """A run that is kept; `summary` are its headline numbers by name."""

    id: str
    command: str
    as_of: date
    at: str
    by: str
    version: str
    inputs: list[InputModel]
    summary: dict[str, Any]

    @classmethod
    def of(cls, run: StoredRun) -> "RunModel":
        """Return the form of a stored run."""
        return cls(
            id=run.id, command=run.command, as_of=run.as_of, at=run.at, by=run.actor, version=run.version,
            inputs=[InputModel(filename=name, sha256=digest) for name, digest in run.inputs],
            summary=run.summary,
        )  # fmt: skip


class JudgementModel(BaseModel):
    """What somebody decided on a finding; `withdrawn_at` is empty while it stands."""

    id: int
    finding: str
    verdict: str
    reason: str
    by: str
    at: str
    withdrawn_at: str

    @classmethod
    def of(cls, each: Judgement) -> "JudgementModel":
        """Return the form of a decision."""
        return cls(
            id=each.id, finding=each.finding_id, verdict=each.verdict.value, reason=each.reason,
            by=each.actor, at=each.at, withdrawn_at=each.withdrawn_at,
        )  # fmt: skip


class ChainModel(BaseModel):
    """The whole chain of reasons: findings on the subject, then on its maker, then on the owners."""

    run: str
    subjects: list[str]
    findings: list[FindingModel]
    judgements: list[JudgementModel]
