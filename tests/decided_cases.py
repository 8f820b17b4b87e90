"""Decided cases as uses: each coded fact of a case becomes a described fact by one table.

The table translates words, never a case: it knows no identifier, no court and no outcome.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from overzicht.law.instruments import instruments
from overzicht.subjects.diligence.facts import FactName, Ground
from overzicht.subjects.diligence.uses import Use

KINDS = {
    "police": "police", "intelligence": "intelligence service", "state": "state", "legislator": "state",
    "municipality": "public body", "region": "public body", "school": "public body",
    "university": "public body", "ministry": "public body", "supervisory_authority": "public body",
    "public_body": "public body", "person": "person", "individual": "person",
}  # fmt: skip
FACTS: Mapping[str, Mapping[str, Mapping[str, str]]] = {
    "biometric": {"yes": {"biometric-identification": "yes"}, "no": {"biometric-identification": "no"}},
    "real_time": {"yes": {"real-time": "yes"}, "no": {"real-time": "no"}},
    "public_space": {"yes": {"public-space": "yes"}, "no": {"public-space": "no"}},
    "legal_basis": {"none": {"legal-basis": "no"}, "no": {"legal-basis": "no"},
                    "insufficient": {"legal-basis": "no"},
                    "general": {"legal-basis": "yes", "clear-law": "no"},
                    "contested": {"legal-basis": "unknown"}, "*": {"legal-basis": "yes"}},
    "consent": {"no": {"valid-consent": "no"}, "none": {"valid-consent": "no"},
                "invalid": {"valid-consent": "no"}, "yes": {"valid-consent": "yes"}},
    "targeted": {"no": {"indiscriminate": "yes"}, "yes": {"indiscriminate": "no"}},
    "safeguards": {"no": {"safeguards": "no"}, "deficient": {"safeguards": "no"},
                   "partial": {"safeguards": "no"}, "partly": {"safeguards": "no"},
                   "yes": {"safeguards": "yes"}},
    "threshold": {"no": {"clear-law": "no"}},
    "independent_authorisation": {"no": {"independent-review": "no"}, "yes": {"independent-review": "yes"}},
    "authorisation": {"judge": {"independent-review": "yes"}, "court": {"independent-review": "yes"},
                      "no": {"independent-review": "no"}},
    "independent_oversight": {"no": {"remedy": "no"}, "*": {"remedy": "yes"}},
    "access_from_third_country": {"yes": {"third-country-access": "yes"}},
    "transfer_tool": {"no": {"transfer-tool": "no"}, "*": {"transfer-tool": "yes"}},
    "transfer_assessment": {"yes": {"transfer-assessed": "yes"}, "*": {"transfer-assessed": "no"}},
    "prior_consultation": {"yes": {"prior-consultation": "yes"}, "no": {"prior-consultation": "no"}},
    "processor_contract": {"yes": {"processor-contract": "yes"}, "no": {"processor-contract": "no"}},
    "scraped_database": {"yes": {"untargeted-scraping": "yes"}},
    "automated_effect": {"yes": {"solely-automated": "yes"}},
    "erasure_possible": {"no": {"erases-data": "no"}, "yes": {"erases-data": "yes"}},
    "place": {"work": {"employees": "yes"}, "school": {"minors": "yes"}},
    "alternatives": {"yes": {"necessary": "no"}},
    "necessity": {"no": {"necessary": "no"}, "yes": {"necessary": "yes"}},
    "proportionate": {"no": {"necessary": "no"}, "yes": {"necessary": "yes"}},
    "necessity_security": {"no": {"needed-for-security": "no"}, "yes": {"needed-for-security": "yes"}},
    "strict_necessity_checked": {"yes": {"strict-necessity-shown": "yes"},
                                 "*": {"strict-necessity-shown": "no"}},
    "substantial_public_interest": {"yes": {"law-for-public-interest": "yes"},
                                    "no": {"law-for-public-interest": "no"}},
    "dpia": {"yes": {"impact-assessment": "yes"}, "*": {"impact-assessment": "no"}},
    "signs": {"yes": {"informs-people": "yes"}, "no": {"informs-people": "no"},
              "incomplete": {"informs-people": "no"}},
    "information": {"yes": {"informs-people": "yes"}, "*": {"informs-people": "no"}},
    "retention": {"indefinite": {"limited-retention": "no"}, "unlimited": {"limited-retention": "no"},
                  "until_death": {"limited-retention": "no"}, "too_long": {"limited-retention": "no"},
                  "permanent": {"limited-retention": "no"}, "no_limit": {"limited-retention": "no"},
                  "*": {"limited-retention": "yes"}},
    "disclosure": {"no": {"discloses-data": "no"}, "*": {"discloses-data": "yes"}},
    "emotion": {"yes": {"infers-emotion": "yes"}},
    "journalists": {"yes": {"journalist-sources": "yes"}},
    "employees": {"yes": {"employees": "yes"}},
    "minors": {"yes": {"minors": "yes"}},
    "remedy": {"yes": {"remedy": "yes"}, "no": {"remedy": "no"}},
    "access_requests": {"no": {"answers-requests": "no"}, "yes": {"answers-requests": "yes"}},
    "design": {"no": {"protected-by-design": "no"}, "yes": {"protected-by-design": "yes"}},
    "security": {"no": {"secured": "no"}, "yes": {"secured": "yes"}},
    "objection": {"no": {"honours-objections": "no"}, "yes": {"honours-objections": "yes"}},
}  # fmt: skip
YES_WORDS = frozenset({"yes", "done", "given", "adequate", "sufficient", "full", "clear", "shown"})
NO_WORDS = frozenset({"no", "not", "none", "absent", "missing", "ignored", "refused", "unclear"})
PURPOSES = {
    "law-enforcement": ("crime", "watchlist", "investigation", "police", "lockdown", "terror", "stolen"),
    "public-order": ("public_order", "demonstration"),
    "targets-expression": ("protest", "demonstration", "expression", "journalis"),
}
TECHNOLOGIES = {
    "face-recognition": ("face_recognition", "facial"),
    "untargeted-scraping": ("scraped",),
    "communications-data": (
        "traffic_data",
        "location_data",
        "data_retention",
        "interception",
        "secret_surveillance",
        "wiretap",
        "telecom",
    ),
    "identity-data-only": ("ip_address", "sim_registration", "subscriber", "identity_data"),
    "biometric-identification": ("fingerprint", "dna", "voice", "iris"),
    "infers-emotion": ("emotion",),
}


def use_of_case(case: Mapping[str, Any]) -> Use:
    """Return a decided case as a use: it processes data about people, unless its technology is goods."""
    coded = case["facts"]
    facts = _described(coded)
    kind = KINDS.get(coded["actor_kind"]) or _kind_by_ending(coded["actor_kind"])
    if kind not in {"enterprise", "person"}:
        for name, words in PURPOSES.items():
            if any(word in coded.get("purpose", "") for word in words):
                facts[name] = "yes"
    country = "BE" if case["country"] == "EU" else case["country"]
    if case["country"] == "EU":
        facts["implements-union-law"] = "yes"
    own = coded.get("establishment", country)
    return Use.model_validate(
        {
            "id": f"case-{case['id']}",
            "title": case["id"] if len(case["id"]) > 2 else f"case {case['id']}",
            "act": "use",
            "actor": {"name": "the actor", "kind": kind, "country": own},
            "place": country,
            "facts": [
                *({"fact": name, "value": value} for name, value in facts.items()),
                *_groups(coded.get("categorises_by", "")),
            ],
        }
    )


def _kind_by_ending(kind: str) -> str:
    is_public = kind.endswith(("authority", "agency", "ministry", "service", "court", "prosecutor"))
    return "public body" if is_public else "enterprise"


def _groups(categories: str) -> list[dict[str, str]]:
    """Return the fact that a group is singled out, for each ground that the value names."""
    words = categories.replace("_", " ")
    return [
        {"fact": "singles-out-group", "value": "yes", "ground": ground.value}
        for ground in Ground
        if re.search(rf"\b{ground.value}\b", words)
    ]


def _described(coded: Mapping[str, str]) -> dict[str, str]:
    facts = {"personal-data": "yes"}
    for key, value in coded.items():
        table = FACTS.get(key, {})
        facts |= next((table[word] for word in _words(value) if word in table), table.get("*", {}))
    for name, words in TECHNOLOGIES.items():
        if any(word in coded.get("technology", "") for word in words):
            facts.setdefault(name, "yes")
    for fact in FactName:  # a key that is the name of a fact
        if coded.get(fact.value.replace("-", "_")) in {"yes", "no"}:
            facts[fact.value] = coded[fact.value.replace("-", "_")]
    if coded["actor_kind"] == "legislator":
        facts.setdefault("legal-basis", "yes")  # the act is a law
        facts["controller"] = "no"
    if facts.get("valid-consent") == "yes" and coded.get("alternatives") == "yes":
        facts.pop("necessary", None)  # people who can do without it are free to consent
        facts["refusable"] = "yes"
    return facts


def _words(value: str) -> tuple[str, ...]:
    """Return a value as one word, its first words as one, and its first word: `not shown` is `no`."""
    words = re.findall(r"\w+", value.lower().replace("_", " "))
    first = "".join(words[:1])
    meaning = "no" if first in NO_WORDS else "yes" if first in YES_WORDS else first
    return ("_".join(words), "_".join(words[:2]), first, meaning)


def day_of(case: Mapping[str, Any]) -> date:
    """Return the date of a decision; the last day as a party for a state that left the ECHR before it.

    The obligations of such a state remain for acts before that day (ECHR, Article 58(2)).
    """
    day = date.fromisoformat(case["date"])
    left = instruments()["echr"].standings["party"].until.get(case["country"], day)
    is_of_echr = any(finding["instrument"] == "ECHR" for finding in case["findings"])
    return left - timedelta(days=1) if is_of_echr and left < day else day
