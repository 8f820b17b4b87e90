"""The words of due diligence: the six steps, kinds of risk and of action, and what the levels mean.

The steps are those of the OECD Due Diligence Guidance for Responsible Business Conduct (2018); the parts of
severity and the ways of being involved are those of the UN Guiding Principles (14, 19, 24).
"""

from collections.abc import Mapping
from enum import StrEnum

from overzicht.evidence import Citation, Text, text

LOWEST, HIGHEST = 1, 4  # of scale, scope, irremediability and likelihood


class Step(StrEnum):
    """The six steps, in their order."""

    POLICY = "policy"
    MAP = "map"
    ADDRESS = "address"
    TRACK = "track"
    COMMUNICATE = "communicate"
    REMEDIATE = "remediate"


class RiskKind(StrEnum):
    """What a place on the map is: use of one's own, somebody in the chain, or what a person adds."""

    OWN_USE = "own use"
    UNKNOWN_MAKER = "unknown maker"
    BRAND = "brand"
    SUPPLIER = "supplier"
    OWNER = "owner"
    ADDED = "added"


class Involvement(StrEnum):
    """How the organisation is involved in an impact; what is asked of it depends on this."""

    CAUSE = "cause"
    CONTRIBUTE = "contribute"
    LINKED = "linked"


class Leverage(StrEnum):
    """How far the organisation can move those who cause an impact."""

    NONE = "none"
    SOME = "some"
    GREAT = "great"


class ActionKind(StrEnum):
    """What an action is for."""

    CEASE = "cease"
    PREVENT = "prevent"
    MITIGATE = "mitigate"
    REMEDIATE = "remediate"


class ActionState(StrEnum):
    """Where an action stands."""

    OPEN = "open"
    IN_PROGRESS = "in progress"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to be done."""
        return self in {ActionState.DONE, ActionState.DROPPED}


class RecordKind(StrEnum):
    """What a person records beside judgements and actions; `risk` puts something on the map."""

    POLICY = "policy"
    INDICATOR = "indicator"
    COMMUNICATION = "communication"
    REMEDIATION = "remediation"
    RISK = "risk"


STEPS: Mapping[Step, Text] = {
    Step.POLICY: text("Embed responsible conduct in policy and management"),
    Step.MAP: text("Identify and assess impacts"),
    Step.ADDRESS: text("Cease, prevent and mitigate"),
    Step.TRACK: text("Track what comes of it"),
    Step.COMMUNICATE: text("Communicate"),
    Step.REMEDIATE: text("Remediate, or cooperate in it"),
}
RISK_KINDS: Mapping[RiskKind, Text] = {
    RiskKind.OWN_USE: text("own use"),
    RiskKind.UNKNOWN_MAKER: text("own use, maker unknown"),
    RiskKind.BRAND: text("brand that resells"),
    RiskKind.SUPPLIER: text("supplier"),
    RiskKind.OWNER: text("owner of a maker"),
    RiskKind.ADDED: text("added by a person"),
}
INVOLVEMENTS: Mapping[Involvement, Text] = {
    Involvement.CAUSE: text("causes it"),
    Involvement.CONTRIBUTE: text("contributes to it"),
    Involvement.LINKED: text("is linked to it by a business relationship"),
}
LEVERAGES: Mapping[Leverage, Text] = {
    Leverage.NONE: text("no leverage"),
    Leverage.SOME: text("some leverage"),
    Leverage.GREAT: text("great leverage"),
}
ACTION_KINDS: Mapping[ActionKind, Text] = {
    ActionKind.CEASE: text("cease"),
    ActionKind.PREVENT: text("prevent"),
    ActionKind.MITIGATE: text("mitigate"),
    ActionKind.REMEDIATE: text("remediate"),
}
ACTION_STATES: Mapping[ActionState, Text] = {
    ActionState.OPEN: text("open"),
    ActionState.IN_PROGRESS: text("in progress"),
    ActionState.DONE: text("done"),
    ActionState.DROPPED: text("dropped"),
}
RECORD_KINDS: Mapping[RecordKind, Text] = {
    RecordKind.POLICY: text("policy"),
    RecordKind.INDICATOR: text("indicator"),
    RecordKind.COMMUNICATION: text("communication"),
    RecordKind.REMEDIATION: text("remediation"),
    RecordKind.RISK: text("risk"),
}
LEVELS: Mapping[int, Text] = {
    1: text("small"),
    2: text("moderate"),
    3: text("great"),
    4: text("very great"),
}
LEVEL_MEANINGS: Mapping[str, Text] = {
    "scale": text("how grave it is for those who are harmed"),
    "scope": text("how many people it reaches"),
    "irremediability": text("how hard it is to put right again"),
    "likelihood": text("how likely it is that it happens, or goes on"),
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
