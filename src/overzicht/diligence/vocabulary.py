"""The words for what a use can be described by, and for what comes out of weighing it."""

from collections.abc import Mapping

from overzicht.dates import Holds
from overzicht.diligence.uses import Act, ActorKind, FactName, Ground, Side
from overzicht.diligence.weighing import Label, Outcome
from overzicht.evidence import Text, text

FACTS: Mapping[str, Text] = {
    FactName.FACE_RECOGNITION: text("it recognises faces"),
    FactName.REMOTE_IDENTIFICATION: text("it identifies people from afar by biometrics"),
    FactName.REAL_TIME: text("it does so in real time"),
    FactName.PUBLIC_SPACE: text("it works in spaces open to the public"),
    FactName.LAW_ENFORCEMENT: text("it serves law enforcement"),
    FactName.AUTHORISED_EXCEPTION: text("an exception of the law is authorised for it"),
    FactName.SINGLES_OUT_GROUP: text("it singles out a group"),
    FactName.INFERS_ATTRIBUTE: text("it infers an attribute of people from biometrics"),
    FactName.LABELS_LAWFUL_DATA: text("it only labels or filters data that were lawfully acquired"),
    FactName.UNTARGETED_SCRAPING: text("its database is filled by untargeted scraping of faces"),
    FactName.INFERS_EMOTION: text("it infers emotions"),
    FactName.WORK_OR_EDUCATION: text("it is used at work or in education"),
    FactName.MEDICAL_OR_SAFETY: text("it is used for medical or safety reasons"),
    FactName.PREDICTS_CRIME: text("it predicts crimes of a person"),
    FactName.ONLY_PROFILING: text("it rests on profiling or traits alone"),
    FactName.SOCIAL_SCORING: text("it gives people a social score"),
    FactName.UNJUSTIFIED_TREATMENT: text("it leads to unjustified detrimental treatment"),
    FactName.MANIPULATES: text("it manipulates or deceives people"),
    FactName.EXPLOITS_VULNERABILITY: text("it exploits the vulnerability of people"),
    FactName.SIGNIFICANT_HARM: text("it causes significant harm"),
    FactName.IMPAIRS_RIGHTS: text("it impairs the rights of people, or is meant to"),
    FactName.WITHOUT_LEGAL_BASIS: text("it is arbitrary or without a basis in law"),
    FactName.EXCLUSIVELY_MILITARY: text("it serves military, defence or national security purposes only"),
    FactName.OUTPUT_USED_IN_UNION: text("its output is used in the Union"),
}

GROUNDS: Mapping[str, Text] = {
    Ground.RACE: text("race"),
    Ground.COLOUR: text("colour"),
    Ground.DESCENT: text("descent"),
    Ground.NATIONAL_ORIGIN: text("national origin"),
    Ground.ETHNIC_ORIGIN: text("ethnic origin"),
    Ground.RELIGION: text("religion"),
    Ground.BELIEF: text("belief"),
    Ground.POLITICAL_OPINION: text("political opinion"),
    Ground.TRADE_UNION: text("trade union membership"),
    Ground.SEX: text("sex"),
    Ground.SEX_LIFE: text("sex life or orientation"),
    Ground.LANGUAGE: text("language"),
    Ground.NATIONALITY: text("nationality"),
    Ground.AGE: text("age"),
    Ground.DISABILITY: text("disability"),
    Ground.SOCIAL_SITUATION: text("social situation"),
}

ACTS: Mapping[str, Text] = {
    Act.USE: text("uses it"),
    Act.BUY: text("buys it"),
    Act.SUPPLY: text("supplies it"),
    Act.EXPORT: text("exports it"),
    Act.DEVELOP: text("develops it"),
}

ACTORS: Mapping[str, Text] = {
    ActorKind.STATE: text("a state"),
    ActorKind.PUBLIC_BODY: text("a public body"),
    ActorKind.ENTERPRISE: text("an enterprise"),
    ActorKind.ORGANISATION: text("an international organisation"),
    ActorKind.PERSON: text("a person"),
}

SIDES: Mapping[str, Text] = {
    Side.PRESS: text("press"),
    Side.RESEARCH: text("research"),
    Side.COMPANY: text("the company"),
    Side.GOVERNMENT: text("a government"),
    Side.INTERNATIONAL_BODY: text("an international body"),
    Side.CIVIL_SOCIETY: text("civil society"),
    Side.AFFECTED: text("people affected"),
    Side.SUPPLIER: text("a supplier"),
    Side.OWN: text("own finding"),
}

OUTCOMES: Mapping[str, Text] = {
    Outcome.PROHIBITED: text("prohibited"),
    Outcome.LIKELY_VIOLATION: text("likely violated"),
    Outcome.CONTRARY: text("at odds with it"),
    Outcome.DUTIES: text("duties apply"),
    Outcome.EXPECTED: text("conduct is expected"),
    Outcome.SIGNAL: text("outside its scope, but flagged"),
    Outcome.UNKNOWN: text("cannot be told"),
    Outcome.NO_VIOLATION: text("no violation as described"),
    Outcome.NOT_BOUND: text("binds nobody here"),
    Outcome.OUTSIDE: text("outside its scope"),
    Outcome.NO_RULE: text("no rule on it"),
    Outcome.NOT_APPLICABLE: text("did not apply"),
}

LABELS: Mapping[str, Text] = {
    Label.LAW: text("law"),
    Label.GUIDANCE: text("guidance"),
    Label.POLICY: text("own policy signal"),
}

HOLDS: Mapping[str, Text] = {
    Holds.YES: text("yes"),
    Holds.NO: text("no"),
    Holds.UNKNOWN: text("unknown"),
}
