"""The facts of a case and the roles of parties in both languages, in one place."""

from overzicht.evidence import Text, in_both
from overzicht.exportcontrol.licensing.model import FactName, Role

FACTS = {
    FactName.RESTRICTIVE_MEASURES: (
        "another Union regulation restricts the export",
        "een andere verordening van de Unie beperkt de uitvoer",
    ),
    FactName.ARMS_EMBARGO: (
        "the purchaser or the destination is under an arms embargo",
        "de koper of de bestemming valt onder een wapenembargo",
    ),
    FactName.MILITARY_END_USE: ("a military end-use", "een militair eindgebruik"),
    FactName.CBRN_USE: (
        "a use for chemical, biological or nuclear weapons or their missiles",
        "een gebruik voor chemische, biologische of kernwapens of hun raketten",
    ),
    FactName.UNLAWFUL_MILITARY_PARTS: (
        "a use as part of military items that left a member state unlawfully",
        "een gebruik als deel van militaire goederen die een lidstaat onrechtmatig verlieten",
    ),
    FactName.RIGHTS_VIOLATION_USE: (
        "a use for repression or serious violations of human rights",
        "een gebruik voor onderdrukking of ernstige schendingen van mensenrechten",
    ),
    FactName.INFORMED_ART4: (
        "the authority informed the exporter under Article 4(1)",
        "de autoriteit informeerde de exporteur volgens artikel 4, lid 1",
    ),
    FactName.INFORMED_ART5: (
        "the authority informed the exporter under Article 5(1)",
        "de autoriteit informeerde de exporteur volgens artikel 5, lid 1",
    ),
    FactName.INFORMED_ART10: (
        "the authority informed the exporter under Article 10(1)",
        "de autoriteit informeerde de exporteur volgens artikel 10, lid 1",
    ),
    FactName.AWARE_ART4: (
        "the exporter is aware of a use under Article 4(1)",
        "de exporteur weet van een gebruik van artikel 4, lid 1",
    ),
    FactName.AWARE_ART5: (
        "the exporter is aware of a use under Article 5(1)",
        "de exporteur weet van een gebruik van artikel 5, lid 1",
    ),
    FactName.SUSPICION_ART4: (
        "there are grounds to suspect a use under Article 4(1)",
        "er zijn gronden voor een vermoeden van gebruik van artikel 4, lid 1",
    ),
    FactName.SUSPICION_ART5: (
        "there are grounds to suspect a use under Article 5(1)",
        "er zijn gronden voor een vermoeden van gebruik van artikel 5, lid 1",
    ),
    FactName.NATIONAL_LAW_ON_SUSPICION: (
        "national law asks for an authorisation on suspicion",
        "nationaal recht eist bij een vermoeden een vergunning",
    ),
    FactName.NATIONAL_LIST_ART9: (
        "the item is on a national list of the exporter's state",
        "het product staat op een nationale lijst van de staat van de exporteur",
    ),
    FactName.OTHER_STATES_LIST_ART10: (
        "the item is on the published national list of another state",
        "het product staat op de gepubliceerde nationale lijst van een andere staat",
    ),
    FactName.DUAL_USE: (
        "the item has civil and military uses",
        "het product heeft civiel en militair gebruik",
    ),
    FactName.SPECIALLY_DESIGNED: (
        "it is specially designed for surveillance",
        "het is speciaal ontworpen voor surveillance",
    ),
    FactName.COVERT: ("the surveillance is covert", "de surveillance is heimelijk"),
    FactName.NATURAL_PERSONS: ("it watches natural persons", "het volgt natuurlijke personen"),
    FactName.HANDLES_DATA: (
        "it monitors, extracts, collects or analyses data",
        "het volgt, onttrekt, verzamelt of ontleedt gegevens",
    ),
    FactName.FROM_ICT_SYSTEMS: (
        "the data come from information and telecommunication systems",
        "de gegevens komen uit informatie- en telecommunicatiesystemen",
    ),
    FactName.FREE_ZONE: (
        "the shipment goes to a customs-free zone or free warehouse",
        "de zending gaat naar een vrije zone of een vrij entrepot",
    ),
    FactName.SECURITY_USER: (
        "the end-user is a government's military, police, intelligence or security service",
        "de eindgebruiker is een leger, politie, inlichtingen- of veiligheidsdienst van een overheid",
    ),
    FactName.COMPLIANCE_PROGRAMME: (
        "the exporter has an internal compliance programme",
        "de exporteur heeft een intern nalevingsprogramma",
    ),
    FactName.REGISTERED: (
        "the exporter is registered for the general authorisation",
        "de exporteur is geregistreerd voor de algemene vergunning",
    ),
    FactName.EXPORTER_BARRED: (
        "the exporter is barred from general authorisations",
        "de exporteur is uitgesloten van algemene vergunningen",
    ),
    FactName.RE_EXPORT_ELSEWHERE: (
        "the exporter is aware of a re-export to another destination",
        "de exporteur weet van wederuitvoer naar een andere bestemming",
    ),
    FactName.CONDITIONS_MET: (
        "the conditions of the general authorisation are met",
        "aan de voorwaarden van de algemene vergunning is voldaan",
    ),
    FactName.SUBJECT_TO_EAR: (
        "the items fall under the American export rules",
        "de producten vallen onder de Amerikaanse exportregels",
    ),
}

ROLES = {
    Role.EXPORTER: ("exporter", "exporteur"),
    Role.CONSIGNEE: ("consignee", "ontvanger"),
    Role.END_USER: ("end-user", "eindgebruiker"),
    Role.AGENT: ("agent", "vertegenwoordiger"),
    Role.INTERMEDIARY: ("intermediary", "tussenpersoon"),
    Role.OTHER: ("other party", "andere partij"),
}


def fact_text(name: FactName) -> Text:
    """Return a fact in words."""
    en, nl = FACTS[name]
    return in_both(en=en, nl=nl)


def role_text(role: Role) -> Text:
    """Return a role in words."""
    en, nl = ROLES[role]
    return in_both(en=en, nl=nl)
