"""The states of a case and the steps between them. No step is automatic."""

from overzicht.errors import OverzichtError
from overzicht.evidence import Text, text
from overzicht.evidence.worded_enum import WordedEnum


class Status(WordedEnum):
    """Where a case stands."""

    DRAFT = "draft", text("draft")
    SUBMITTED = "submitted", text("submitted")
    COMPLETE = "complete", text("complete")
    CONSULTING = "consulting", text("being examined")  # that a state is consulted is confidential
    ASSESSED = "assessed", text("assessed")
    GRANTED = "granted", text("granted")
    GRANTED_WITH_CONDITIONS = "granted with conditions", text("granted with conditions")
    DENIED = "denied", text("denied")
    PROHIBITED = "prohibited", text("prohibited: no licence can be given")
    NOT_NEEDED = "no licence needed", text("no licence needed")
    WITHDRAWN = "withdrawn", text("withdrawn")
    SUSPENDED = "suspended", text("suspended")
    MODIFIED = "modified", text("modified")
    ANNULLED = "annulled", text("annulled")
    REVOKED = "revoked", text("revoked")
    EXPIRED = "expired", text("expired")


GRANTS = frozenset({Status.GRANTED, Status.GRANTED_WITH_CONDITIONS, Status.MODIFIED})
LEFT_OPEN = frozenset({Status.SUBMITTED, Status.COMPLETE, Status.CONSULTING, Status.ASSESSED})
DECIDED = (
    Status.GRANTED,
    Status.GRANTED_WITH_CONDITIONS,
    Status.DENIED,
    Status.PROHIBITED,
    Status.NOT_NEEDED,
    Status.WITHDRAWN,
)
_AFTER_GRANT = (Status.SUSPENDED, Status.MODIFIED, Status.ANNULLED, Status.REVOKED, Status.EXPIRED)

STEPS: dict[Status, tuple[Status, ...]] = {
    Status.DRAFT: (Status.SUBMITTED, Status.WITHDRAWN),
    Status.SUBMITTED: (Status.COMPLETE, Status.WITHDRAWN),
    Status.COMPLETE: (Status.CONSULTING, Status.ASSESSED, Status.WITHDRAWN),
    Status.CONSULTING: (Status.CONSULTING, Status.ASSESSED, Status.WITHDRAWN),
    Status.ASSESSED: (Status.CONSULTING, Status.ASSESSED, *DECIDED),
    Status.GRANTED: _AFTER_GRANT,
    Status.GRANTED_WITH_CONDITIONS: _AFTER_GRANT,
    Status.MODIFIED: _AFTER_GRANT,
    # A suspension ends with the final assessment, which is notified too (Article 16(1)).
    Status.SUSPENDED: (*_AFTER_GRANT[1:], Status.GRANTED),
    # A refusal may be reviewed. The earlier decision remains in the history.
    Status.DENIED: (Status.ASSESSED,),
    Status.PROHIBITED: (Status.ASSESSED,),
    Status.NOT_NEEDED: (Status.ASSESSED,),
    Status.WITHDRAWN: (),
    Status.ANNULLED: (Status.ASSESSED,),
    Status.REVOKED: (Status.ASSESSED,),
    Status.EXPIRED: (),
}
DECISIONS = (*DECIDED, *_AFTER_GRANT)
NOTIFIED = frozenset(
    {Status.DENIED, Status.PROHIBITED, Status.ANNULLED, Status.SUSPENDED, Status.MODIFIED, Status.REVOKED}
)


class StepNotPossibleError(OverzichtError):
    """A case cannot go from where it stands to where it was sent."""

    def __init__(self, case: str, now: Status, target: Status) -> None:
        possible = ", ".join(STEPS[now]) or "nothing: this is the end"
        super().__init__(f"case {case} is {now} and cannot become {target}", fix=f"possible now: {possible}")


def check_step(case: str, now: Status, target: Status) -> None:
    """Raise StepNotPossibleError unless the step is one of the table."""
    if target not in STEPS[now]:
        raise StepNotPossibleError(case, now, target)


def status_words(status: Status) -> Text:
    """Return the status of a case as its officers see it."""
    return text("consulting") if status is Status.CONSULTING else status.words
