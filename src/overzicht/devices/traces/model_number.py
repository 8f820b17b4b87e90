"""Model numbers: which maker numbers its devices like this."""

import re

from normality import ascii_text, squash_spaces

from overzicht.devices.knowledge import Knowledge, KnownRule
from overzicht.devices.sighting import Trace
from overzicht.devices.traces.interface import Evidence, Family, Lookup
from overzicht.evidence import Confidence, Reason, Text, text

LONGEST_MODEL = 120
SHORTEST_IN_TEXT = 6  # shorter words in free text are rarely model numbers
_REMARK = re.compile(r"\s+-\s+|\s*[;|]\s*")
_WORDS = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_.()+-]+")

# Confidence by the strength of a rule. A weak rule is a hint, because many makers use similar numbers.
STRENGTHS = {"high": Confidence.HIGH, "medium": Confidence.MEDIUM, "low": Confidence.LOW}


def clean_model(value: str) -> str:
    """Return the model number without remark (` - 1.3MP Dome`), odd spaces and non-ASCII characters."""
    model = squash_spaces(ascii_text(value[:LONGEST_MODEL]))
    return _REMARK.split(model, maxsplit=1)[0].strip("'\"*")


def without_brand(model: str, knowledge: Knowledge) -> str:
    """Return the model without a brand in front of it (`AXIS P5515`); unchanged when nothing is left."""
    beginning = knowledge.brands.beginning(model)
    if beginning is None:
        return model
    rest = " ".join(model.split(" ")[beginning[1] :])
    return rest if any(char.isdigit() for char in rest) else model


def model_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what a model number says: one piece of evidence per rule that matches it."""
    model = clean_model(value)
    if len(model) < 2:
        return ()
    forms = dict.fromkeys((model, without_brand(model, lookup.knowledge)))
    rules = {
        (rule.maker_id, rule.fact.pattern): rule
        for form in forms
        for rule in lookup.knowledge.rules.matches(form)
    }
    return tuple(_of_rule(rule, model, lookup) for rule in rules.values())


def serial_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what a serial number says that begins with the model number, as some makers write them."""
    rules = [rule for rule in lookup.knowledge.rules.matches(clean_model(value)) if _is_strong(rule)]
    return tuple(
        _of_rule(rule, value, lookup, text("The serial number begins with a model number of {maker}"))
        for rule in rules
    )


def text_evidence(value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return what model numbers in free text say; only rules that prove a maker by themselves count."""
    evidence: dict[tuple[str, str], Evidence] = {}
    for word in _WORDS.findall(ascii_text(value[:1000])):
        if len(word) < SHORTEST_IN_TEXT or not any(char.isdigit() for char in word):
            continue
        for rule in lookup.knowledge.rules.matches(word):
            if _is_strong(rule):
                evidence.setdefault((rule.maker_id, rule.fact.pattern), _of_rule(rule, word, lookup))
    return tuple(evidence.values())


def _is_strong(rule: KnownRule) -> bool:
    return rule.fact.strength == "high" and not rule.fact.needs_brand


def _of_rule(rule: KnownRule, model: str, lookup: Lookup, sentence: Text | None = None) -> Evidence:
    maker = lookup.knowledge.maker_name(rule.maker_id)
    if sentence is not None:
        sentence = text(sentence.template, maker=maker)
    elif rule.fact.label:
        sentence = text(
            "{maker} makes the devices that {brand} sells with numbers such as {example}: {model} is one",
            maker=maker,
            brand=rule.fact.label,
            example=rule.fact.examples[0],
            model=model,
        )
    else:
        sentence = text(
            "{maker} uses model numbers such as {example}: {model} is one",
            maker=maker,
            example=rule.fact.examples[0],
            model=model,
        )
    strength = STRENGTHS[rule.fact.strength]
    return Evidence(
        rule.maker_id,
        Family.MODEL,
        Reason(sentence, strength, (rule.citation,)),
        kind=rule.fact.kind,
        line=rule.fact.line,
        label=rule.fact.label,
        is_hint=strength is Confidence.LOW,
        needs_support=rule.fact.needs_brand,
        not_for=rule.not_for,
    )


LONGEST_SHOWN = 80

FAMILIES = {
    Trace.CERTIFICATE: Family.CERTIFICATE,
    Trace.PRODUCT: Family.SCANNER,
    Trace.SERIAL: Family.MODEL,
    Trace.DESCRIPTION: Family.LABEL,
}


def fingerprint_evidence(trace: Trace, value: str, lookup: Lookup) -> tuple[Evidence, ...]:
    """Return the evidence of the matching fingerprints of all cards. Weak fingerprints are hints."""
    known = lookup.knowledge.fingerprints.get(trace, ())
    of_fingerprint: list[Evidence] = []
    for fact in known:
        if fact.pattern.search(value):
            strength = STRENGTHS[fact.fact.strength]
            shown = value if len(value) <= LONGEST_SHOWN else value[:LONGEST_SHOWN] + "…"
            sentence = text(
                "The device shows {value} ({trace}), which is known of devices of {maker}",
                value=shown,
                trace=trace.value,
                maker=lookup.knowledge.maker_name(fact.maker_id),
            )
            of_fingerprint.append(
                Evidence(
                    fact.maker_id,
                    FAMILIES.get(trace, Family.SERVICE),
                    Reason(sentence, strength, (fact.citation,)),
                    kind=fact.fact.kind,
                    is_hint=strength is Confidence.LOW,
                )
            )
    return tuple(of_fingerprint)
