"""Facts that can be described about a use, the grounds of those about groups, and what follows from them."""

from collections.abc import Mapping

from overzicht.evidence import text
from overzicht.evidence.worded_enum import WordedEnum


class Ground(WordedEnum):
    """Ground on which a group is singled out or an attribute is inferred."""

    RACE = "race", text("race")
    COLOUR = "colour", text("colour")
    DESCENT = "descent", text("descent")
    NATIONAL_ORIGIN = "national origin", text("national origin")
    ETHNIC_ORIGIN = "ethnic origin", text("ethnic origin")
    RELIGION = "religion", text("religion")
    BELIEF = "belief", text("belief")
    POLITICAL_OPINION = "political opinion", text("political opinion")
    TRADE_UNION = "trade union membership", text("trade union membership")
    SEX = "sex", text("sex")
    SEX_LIFE = "sex life or orientation", text("sex life or orientation")
    LANGUAGE = "language", text("language")
    NATIONALITY = "nationality", text("nationality")
    AGE = "age", text("age")
    DISABILITY = "disability", text("disability")
    SOCIAL_SITUATION = "social situation", text("social situation")


class FactName(WordedEnum):
    """Facts that can be described about a use; rules depend only on these."""

    FACE_RECOGNITION = "face-recognition", text("it recognises faces")
    REMOTE_IDENTIFICATION = "remote-identification", text("it identifies people from afar by biometrics")
    REAL_TIME = "real-time", text("it does so in real time")
    PUBLIC_SPACE = "public-space", text("it works in spaces open to the public")
    LAW_ENFORCEMENT = "law-enforcement", text("it serves law enforcement")
    AUTHORISED_EXCEPTION = "authorised-exception", text("an exception of the law is authorised for it")
    SINGLES_OUT_GROUP = "singles-out-group", text("it singles out a group")
    INFERS_ATTRIBUTE = "infers-attribute", text("it infers an attribute of people from biometrics")
    LABELS_LAWFUL_DATA = (
        "labels-lawful-data",
        text("it only labels or filters data that were lawfully acquired"),
    )
    UNTARGETED_SCRAPING = (
        "untargeted-scraping",
        text("its database is filled by untargeted scraping of faces"),
    )
    INFERS_EMOTION = "infers-emotion", text("it infers emotions")
    WORK_OR_EDUCATION = "work-or-education", text("it is used at work or in education")
    MEDICAL_OR_SAFETY = "medical-or-safety", text("it is used for medical or safety reasons")
    PREDICTS_CRIME = "predicts-crime", text("it predicts crimes of a person")
    ONLY_PROFILING = "only-profiling", text("it rests on profiling or traits alone")
    SOCIAL_SCORING = "social-scoring", text("it gives people a social score")
    UNJUSTIFIED_TREATMENT = "unjustified-treatment", text("it leads to unjustified detrimental treatment")
    MANIPULATES = "manipulates", text("it manipulates or deceives people")
    EXPLOITS_VULNERABILITY = "exploits-vulnerability", text("it exploits the vulnerability of people")
    SIGNIFICANT_HARM = "significant-harm", text("it causes significant harm")
    IMPAIRS_RIGHTS = "impairs-rights", text("it impairs the rights of people, or is meant to")
    WITHOUT_LEGAL_BASIS = "without-legal-basis", text("it is arbitrary or without a basis in law")
    EXCLUSIVELY_MILITARY = (
        "exclusively-military",
        text("it serves military, defence or national security purposes only"),
    )
    OUTPUT_USED_IN_UNION = "output-used-in-union", text("its output is used in the Union")
    PERSONAL_DATA = "personal-data", text("it processes data about identifiable people")
    CONTROLLER = "controller", text("the actor itself processes the data, or decides on it")
    BIOMETRIC_IDENTIFICATION = (
        "biometric-identification",
        text("it identifies or verifies people by biometrics"),
    )
    SPECIAL_CATEGORIES = (
        "special-categories",
        text("it processes data on race, opinions, belief, union membership, health or sex life"),
    )
    CRIMINAL_DATA = "criminal-data", text("it processes data on offences or convictions of people")
    COMMUNICATIONS_DATA = "communications-data", text("it intercepts or keeps data about communications")
    JOURNALIST_SOURCES = "journalist-sources", text("it can reveal the sources of journalists")
    IDENTITY_DATA_ONLY = (
        "identity-data-only",
        text("it keeps only the identity or IP address of users, not their traffic or location"),
    )
    TARGETS_EXPRESSION = (
        "targets-expression",
        text("it watches people for what they say or for taking part in a meeting"),
    )
    MINORS = "minors", text("the people concerned are minors")
    EMPLOYEES = "employees", text("the people concerned are employees of the actor")
    FROM_OTHER_SOURCES = "from-other-sources", text("its data do not come from the people concerned")
    OTHER_PURPOSE = "other-purpose", text("it uses data that were collected for another purpose")
    DISCLOSES_DATA = "discloses-data", text("it gives data or images to media or other third parties")
    INDISCRIMINATE = "indiscriminate", text("it covers people without any link to its purpose")
    HIGH_RISK = "high-risk", text("it is likely to bring a high risk to people")
    LARGE_SCALE_MONITORING = (
        "large-scale-monitoring",
        text("it systematically monitors a public place on a large scale"),
    )
    HIGH_RESIDUAL_RISK = "high-residual-risk", text("the impact assessment shows a high risk that remains")
    SOLELY_AUTOMATED = (
        "solely-automated",
        text("the system alone takes decisions with serious effects for people"),
    )
    SUPPLIER_ACCESS = "supplier-access", text("a supplier or processor can access the data")
    THIRD_COUNTRY_ACCESS = (
        "third-country-access",
        text("the data can be accessed from outside the European Economic Area"),
    )
    NUMBER_PLATES = "number-plates", text("it records the number plates of vehicles")
    PROSECUTOR_ORDER = (
        "prosecutor-order",
        text("records are consulted only by order of the public prosecutor"),
    )
    PUBLIC_ORDER = "public-order", text("it serves public order")
    HOUSEHOLD = "household", text("it serves a purely personal or household activity")
    JOURNALISM = "journalism", text("it serves journalism, art or academic expression only")
    IMPLEMENTS_UNION_LAW = "implements-union-law", text("it implements Union law")
    LEGAL_BASIS = "legal-basis", text("it has a legal basis")
    CLEAR_LAW = "clear-law", text("the law states its purpose, its data and whom it covers")
    VALID_CONSENT = "valid-consent", text("the people concerned freely gave explicit consent")
    REFUSABLE = "refusable", text("people can refuse without a disadvantage")
    LAW_FOR_PUBLIC_INTEREST = (
        "law-for-public-interest",
        text("a law allows it for a substantial public interest, with safeguards"),
    )
    LAW_FOR_CRIMINAL_DATA = (
        "law-for-criminal-data",
        text("a law with safeguards allows it to process data on offences"),
    )
    OTHER_EXCEPTION = "other-exception", text("another exception to the ban on special categories applies")
    NEEDED_FOR_SECURITY = "needed-for-security", text("it is necessary for authentication or security")
    NECESSARY = "necessary", text("it is necessary and proportionate for its purpose")
    STRICT_NECESSITY_SHOWN = (
        "strict-necessity-shown",
        text("the authority itself showed that it is strictly necessary"),
    )
    SERIOUS_THREAT = (
        "serious-threat",
        text("it answers a real and serious threat to national security, for a limited time"),
    )
    SAFEGUARDS = "safeguards", text("there are adequate safeguards against abuse")
    INDEPENDENT_REVIEW = (
        "independent-review",
        text("a judge or an independent authority authorises or reviews it"),
    )
    REMEDY = "remedy", text("people can complain to a court or an independent body")
    LIMITED_RETENTION = "limited-retention", text("data are kept for a fixed and limited time")
    INFORMS_PEOPLE = "informs-people", text("the people concerned are informed, for example by a sign")
    ANSWERS_REQUESTS = "answers-requests", text("requests for access are answered")
    ERASES_DATA = "erases-data", text("data are erased when the law requires it")
    HONOURS_OBJECTIONS = "honours-objections", text("people can object, and objections are honoured")
    IMPACT_ASSESSMENT = "impact-assessment", text("an adequate impact assessment was made before the start")
    PRIOR_CONSULTATION = (
        "prior-consultation",
        text("the supervisory authority was consulted before the start"),
    )
    HUMAN_INTERVENTION = "human-intervention", text("people can have a decision reviewed by a person")
    PROCESSOR_CONTRACT = "processor-contract", text("there is a contract with the supplier or processor")
    PROTECTED_BY_DESIGN = (
        "protected-by-design",
        text("technical and organisational measures protect the data by design"),
    )
    SECURED = "secured", text("the data are secured appropriately")
    TRANSFER_TOOL = "transfer-tool", text("an adequacy decision or safeguards cover the access from outside")
    TRANSFER_ASSESSED = (
        "transfer-assessed",
        text("it was assessed that the law of the third country leaves the safeguards intact"),
    )
    REPRESENTATIVE = "representative", text("a representative in the Union was appointed")
    ESSENTIAL_ENTITY = "essential-entity", text("the actor is an essential or important entity")
    VITAL_PROVIDER = "vital-provider", text("the actor was designated as a provider of an essential service")
    SUPPLIERS_ASSESSED = "suppliers-assessed", text("the security of each direct supplier was assessed")
    SECURITY_INCIDENT = "security-incident", text("a significant security incident occurred")
    INCIDENT_REPORTED = "incident-reported", text("the incident was reported in time")
    NETWORK_CAMERA = "network-camera", text("it uses cameras in a network")
    NETWORK_SEGREGATED = "network-segregated", text("its network is separated from other systems")
    DIGITAL_PRODUCT = "digital-product", text("the actor makes or sells a product with digital elements")
    EXPLOITED_VULNERABILITY = (
        "exploited-vulnerability",
        text("a vulnerability of the product is actively exploited"),
    )
    VULNERABILITY_REPORTED = "vulnerability-reported", text("the vulnerability was reported in time")
    USERS_INFORMED = "users-informed", text("the users of the product were informed about the vulnerability")
    SECURE_PRODUCT = "secure-product", text("the product meets the essential cybersecurity requirements")
    TELECOM_CRITICAL = "telecom-critical", text("it is a critical part of a public telecom network")
    COVERED_EQUIPMENT = (
        "covered-equipment",
        text("section 889 names the manufacturer of a substantial component"),
    )
    TAKES_DECISION = "takes-decision", text("an administrative body takes a decision")
    ON_APPLICATION = "on-application", text("a party applied for the decision")
    REASONS_STATED = "reasons-stated", text("the decision states its reasons")
    DECIDED_IN_TIME = "decided-in-time", text("the decision was taken within the term")
    PROSECUTOR_CONSULTED = "prosecutor-consulted", text("the mayor consulted the public prosecutor")
    POLICE_OPERATED = "police-operated", text("the police direct the use of the cameras")
    NEW_OR_CHANGED = (
        "new-or-changed",
        text("it came into use, or its design changed, after the duties began to apply"),
    )
    FORCED_LABOUR = "forced-labour", text("a product or component was made with forced labour")
    FORCED_LABOUR_RISK = (
        "forced-labour-risk",
        text("a component comes from a region or product with a known risk of forced labour"),
    )
    ORIGIN_DOCUMENTED = "origin-documented", text("the origin of every component is documented")
    CSDDD_SCOPE = "csddd-scope", text("the company exceeds the thresholds of the due diligence directive")
    ADVERSE_IMPACT = "adverse-impact", text("an adverse impact on human rights was identified")
    IMPACT_ADDRESSED = "impact-addressed", text("the adverse impact was prevented, mitigated or ended")
    POLICY = "policy", text("due diligence is integrated into policies and contracts")
    IMPACTS_ASSESSED = "impacts-assessed", text("adverse impacts in the chain were identified and assessed")
    STAKEHOLDERS = "stakeholders", text("the people affected were consulted")
    GRIEVANCE = "grievance", text("there is a complaints procedure for the people affected")
    MONITORED = "monitored", text("the effect of the measures is assessed periodically")


ABOUT_GROUP = frozenset({FactName.SINGLES_OUT_GROUP, FactName.INFERS_ATTRIBUTE})

_OPPOSITES: Mapping[str, tuple[FactName, ...]] = {
    FactName.LEGAL_BASIS: (FactName.WITHOUT_LEGAL_BASIS,),
    FactName.WITHOUT_LEGAL_BASIS: (FactName.LEGAL_BASIS,),
}
_IDENTIFYING = (FactName.FACE_RECOGNITION, FactName.REMOTE_IDENTIFICATION)
_PROFILING = (FactName.PREDICTS_CRIME, FactName.SOCIAL_SCORING, FactName.SINGLES_OUT_GROUP)
_IMPLIED_BY: Mapping[str, tuple[FactName, ...]] = {
    FactName.PERSONAL_DATA: (
        FactName.BIOMETRIC_IDENTIFICATION,
        *_IDENTIFYING,
        FactName.UNTARGETED_SCRAPING,
        FactName.INFERS_ATTRIBUTE,
        FactName.INFERS_EMOTION,
        *_PROFILING,
        FactName.SPECIAL_CATEGORIES,
        FactName.CRIMINAL_DATA,
        FactName.COMMUNICATIONS_DATA,
        FactName.TARGETS_EXPRESSION,
        FactName.LARGE_SCALE_MONITORING,
        FactName.NUMBER_PLATES,
    ),
    FactName.BIOMETRIC_IDENTIFICATION: _IDENTIFYING,
    FactName.HIGH_RISK: (
        FactName.BIOMETRIC_IDENTIFICATION,
        *_IDENTIFYING,
        FactName.UNTARGETED_SCRAPING,
        FactName.INFERS_ATTRIBUTE,
        FactName.INFERS_EMOTION,
        *_PROFILING,
        FactName.LARGE_SCALE_MONITORING,
    ),
    FactName.FROM_OTHER_SOURCES: (FactName.UNTARGETED_SCRAPING,),
    FactName.FORCED_LABOUR_RISK: (FactName.FORCED_LABOUR,),
}

# A public body that films everybody in a public place monitors it on a large scale (GDPR 35(3)(c)).
TOGETHER: Mapping[FactName, tuple[FactName, ...]] = {
    FactName.LARGE_SCALE_MONITORING: (FactName.PUBLIC_SPACE, FactName.INDISCRIMINATE)
}


def opposite_of(name: str) -> tuple[FactName, ...]:
    """Return the facts that state the opposite of a fact; empty if there are none."""
    return _OPPOSITES.get(name, ())


def implied_by(name: str) -> tuple[FactName, ...]:
    """Return the facts that make a fact true by definition; a no of these implies nothing."""
    return _IMPLIED_BY.get(name, ())
