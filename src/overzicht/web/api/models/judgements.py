"""Judgements: what is to be decided of a finding."""

from pydantic import BaseModel

from overzicht.store.decisions import Verdict
from overzicht.web.api.models.shared import Key


class JudgementAsked(BaseModel):
    """A decision on a finding, with the reason that makes it one."""

    finding: Key
    verdict: Verdict
    reason: Key
