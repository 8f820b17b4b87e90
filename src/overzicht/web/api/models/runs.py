"""Runs: why something was found."""

from collections.abc import Sequence

from pydantic import BaseModel

from overzicht.evidence import Finding
from overzicht.store.decisions import Judgement


class ChainModel(BaseModel):
    """The whole chain of reasons: findings on the subject, then on its maker, then on the owners."""

    run: str
    subjects: Sequence[str]
    findings: Sequence[Finding]
    judgements: Sequence[Judgement]
