"""Terms of due diligence: the six steps, kinds of risk and of action, and the meaning of the levels.

The steps are those of the OECD Due Diligence Guidance for Responsible Business Conduct (2018). The parts of
severity and the kinds of involvement are those of the UN Guiding Principles (14, 19, 24).
"""

from collections.abc import Mapping

from overzicht.evidence import Citation, Text, text
from overzicht.evidence.worded_enum import WordedEnum

LOWEST, HIGHEST = 1, 4  # of scale, scope, irremediability and likelihood


class Step(WordedEnum):
    """The six steps, in their order."""

    POLICY = "policy", text("Embed responsible conduct in policy and management")
    MAP = "map", text("Identify and assess impacts")
    ADDRESS = "address", text("Cease, prevent and mitigate")
    TRACK = "track", text("Track implementation and results")
    COMMUNICATE = "communicate", text("Communicate")
    REMEDIATE = "remediate", text("Provide for or cooperate in remediation")


class RiskKind(WordedEnum):
    """Kind of place on the map: own use, a party in the supply chain, or an addition by a person."""

    OWN_USE = "own use", text("own use")
    UNKNOWN_MAKER = "unknown maker", text("own use, manufacturer unknown")
    BRAND = "brand", text("reseller brand")
    SUPPLIER = "supplier", text("supplier")
    OWNER = "owner", text("owner of a manufacturer")
    ADDED = "added", text("added by a person")


class Involvement(WordedEnum):
    """Involvement of the organisation in an impact; its duties depend on it."""

    CAUSE = "cause", text("causes it")
    CONTRIBUTE = "contribute", text("contributes to it")
    LINKED = "linked", text("is linked to it by a business relationship")


class Leverage(WordedEnum):
    """Influence of the organisation on the parties that cause an impact."""

    NONE = "none", text("no leverage")
    SOME = "some", text("some leverage")
    GREAT = "great", text("great leverage")


class ActionKind(WordedEnum):
    """Purpose of an action."""

    CEASE = "cease", text("cease")
    PREVENT = "prevent", text("prevent")
    MITIGATE = "mitigate", text("mitigate")
    REMEDIATE = "remediate", text("remediate")


class ActionState(WordedEnum):
    """State of an action."""

    OPEN = "open", text("open")
    IN_PROGRESS = "in progress", text("in progress")
    DONE = "done", text("done")
    DROPPED = "dropped", text("dropped")

    @property
    def is_over(self) -> bool:
        """Whether the action has ended."""
        return self in {ActionState.DONE, ActionState.DROPPED}


class RecordKind(WordedEnum):
    """Kinds of record other than judgements and actions; `risk` adds a place to the map."""

    POLICY = "policy", text("policy")
    INDICATOR = "indicator", text("indicator")
    COMMUNICATION = "communication", text("communication")
    REMEDIATION = "remediation", text("remediation")
    CONTRACT_CLAUSE = "contract clause", text("contract clause")
    RED_FLAG = "red flag", text("red flag")
    STAKEHOLDERS = "stakeholders", text("consultation of stakeholders")
    DOWNSTREAM_USE = "downstream use", text("downstream use")
    DISENGAGEMENT = "disengagement", text("disengagement")
    GRIEVANCE = "grievance", text("complaints procedure")
    RISK = "risk", text("risk")


STEP_RECORDS: Mapping[Step, tuple[RecordKind, ...]] = {  # records that a step asks for in addition to its own
    Step.POLICY: (RecordKind.CONTRACT_CLAUSE,),
    Step.MAP: (RecordKind.RED_FLAG, RecordKind.STAKEHOLDERS, RecordKind.DOWNSTREAM_USE),
    Step.ADDRESS: (RecordKind.DISENGAGEMENT,),
    Step.TRACK: (),
    Step.COMMUNICATE: (),
    Step.REMEDIATE: (RecordKind.GRIEVANCE,),
}
OWN_RECORDS: Mapping[Step, RecordKind] = {  # the record without which a step says that it has none
    Step.POLICY: RecordKind.POLICY,
    Step.TRACK: RecordKind.INDICATOR,
    Step.COMMUNICATE: RecordKind.COMMUNICATION,
    Step.REMEDIATE: RecordKind.REMEDIATION,
}
LEVELS: Mapping[int, Text] = {1: text("small"), 2: text("moderate"), 3: text("great"), 4: text("very great")}
LEVEL_MEANINGS: Mapping[str, Text] = {
    "scale": text("gravity of the harm to people"),
    "scope": text("number of people affected"),
    "irremediability": text("difficulty of restoring the earlier situation"),
    "likelihood": text("likelihood that it happens or continues"),
}

SOURCES: tuple[Citation, ...] = (
    Citation(
        source="oecd-due-diligence-guidance",
        title="OECD Due Diligence Guidance for Responsible Business Conduct (2018)",
        address="https://mneguidelines.oecd.org/OECD-Due-Diligence-Guidance-for-Responsible-Business-Conduct.pdf",
    ),
    Citation(
        source="ungp",
        title="UN Guiding Principles on Business and Human Rights (2011)",
        place="principles 14 to 24",
        address="https://www.ohchr.org/sites/default/files/documents/publications/guidingprinciplesbusinesshr_en.pdf",
    ),
)
