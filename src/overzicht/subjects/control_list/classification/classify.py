"""Check an item against the provisions on a date: met, not met or unknown, with reasons and quotes.

**What the law says.** An item is listed if a provision of Annex I describes it and no note excludes it.

**What we check.** Each provision that has rules and applies to a stated function of the item, with its
conditions in our own words, its notes of release and technical notes. If the user's copy of the list gives
another limit, the answer is unknown.

**What we cannot see.** Facts that are not stated, and entries that no function of the item names. An entry
without rules is walked from its text, criterion by criterion. While an entry that could describe the item is
not decided, the result is open and names it. The answer is never that an item is not listed.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from overzicht.evidence import Text, text
from overzicht.evidence.packaged import LocalizedText, StrictModel, packaged_facts
from overzicht.evidence.phrases import SEMICOLONS, joined
from overzicht.law.export_rules import export_rules
from overzicht.subjects.control_list.classification.evaluate import (
    Evaluator,
    ProvisionResult,
    note_places,
)
from overzicht.subjects.control_list.classification.interview import walk_entry, without_text
from overzicht.subjects.control_list.classification.item import Item, with_derived
from overzicht.subjects.control_list.classification.result import (
    Classification,
    ConditionResult,
    EntryResult,
    EvaluatedCondition,
    Outcome,
    PathResult,
    Question,
    Quote,
)
from overzicht.subjects.control_list.classification.rules import (
    ListDay,
    Node,
    ProvisionRule,
    RuleSet,
    rule_set,
)
from overzicht.subjects.control_list.classification.vocabulary import vocabulary
from overzicht.subjects.control_list.model import ControlList, NoteKind
from overzicht.subjects.control_list.path import ControlPath, entry_of, parse_path, sort_key
from overzicht.subjects.control_list.quantity import (
    Quantity,
    is_same_amount,
    read_quantity,
    read_thresholds,
)


class Route(LocalizedText):
    """A question outside the list; `because` says why it is asked, `when` what decides it, if facts can.

    `before` is its article in Regulation 428/2009, empty if that had no such rule.
    """

    article: str
    before: str = ""
    because: LocalizedText
    when: Node | None = None


class RoutesFile(StrictModel):
    """`routes.yaml`: the questions, and the text on functions that no entry names."""

    unlisted: LocalizedText
    unlisted_before: LocalizedText
    terms: tuple[str, ...]
    questions: tuple[Route, ...]

    def unlisted_on(self, day: date) -> Text:
        """Return the text on functions that no entry names, with the articles in force on `day`."""
        return (self.unlisted_before if export_rules(day).is_earlier else self.unlisted).text


@cache
def routes_file() -> RoutesFile:
    """Return the packaged questions, read once; PackagedFactError where they are wrong."""
    return packaged_facts(RoutesFile, "overzicht.subjects.control_list", "data/classification/routes.yaml")


def routes_for(evaluator: Evaluator) -> tuple[Question, ...]:
    """Return the questions of the regulation of the day in order, answered where the stated facts decide.

    Empty before Regulation 428/2009.
    """
    rules = export_rules(evaluator.at.day)
    if not rules.applies_on(evaluator.at.day):
        return ()
    routes = [
        (route.before if rules.is_earlier else route.article, route) for route in routes_file().questions
    ]
    questions: list[Question] = []
    for article, route in routes:
        if article:
            cited = (rules.cite(article),)
            if route.when is None:
                questions.append(
                    Question(article, route.text, route.because.text, ConditionResult.UNKNOWN, cited)
                )
                continue
            outcome = evaluator.decide(route.when)
            sentences = [leaf.sentence for leaf in outcome.leaves]
            because = text(
                "{because}; {reasons}", because=route.because.text, reasons=joined(sentences, SEMICOLONS)
            )
            questions.append(Question(article, route.text, because, outcome.met, cited, outcome.missing))
    return tuple(questions)


def quotes_for(control_list: ControlList, rules: RuleSet, rule: ProvisionRule) -> tuple[Quote, ...]:
    """Return the text of a provision from its entry down, with its notes, without cross-references.

    General notes are included if the loaded file contains them; those of a category are among its notes.
    """
    if control_list.find(rule.path) is None:
        return ()
    chain = [Quote(p.path, "", p.text) for p in control_list.context(rule.path) if p.text]
    below = [Quote(p.path, "", p.text) for p in tuple(control_list.open(rule.path).walk())[1:] if p.text]
    notes = [
        Quote(note.path, note.heading, note.full_text.removeprefix(f"{note.heading}: "))
        for note in control_list.notes_on(rule.path)
        if note.kind is not NoteKind.SEE_ALSO
    ]
    general = [
        Quote(parse_path(rule.path), title, words)
        for general_title in rules.titles(rule)
        for title, words in control_list.general_notes
        if general_title.lower() in title.lower() and not title.startswith("Category")
    ]
    return (*chain, *below, *notes, *general)


def disagreement(control_list: ControlList, rules: RuleSet, rule: ProvisionRule, at: ListDay) -> Text | None:
    """Return how the loaded text differs from the text behind the rule, or None if they agree.

    The provision must exist, be in use, and contain each limit of the rule's own conditions. A rule of other
    versions has nothing to compare.
    """
    if rule.versions and control_list.version.name not in rule.versions:
        return None
    provision = control_list.find(rule.path)
    if provision is None or not provision.is_used:
        return text(
            "the loaded list of {version} has no provision {path}: check the rule",
            version=control_list.version.name,
            path=rule.path,
        )
    path = parse_path(rule.path)
    places: list[ControlPath] = [path, *(parse_path(release.at) for release in rule.releases if release.at)]
    provisions = [p for place in places if control_list.find(place) for p in control_list.open(place).walk()]
    provisions += control_list.context(path)
    texts = [p.text for p in provisions]
    texts += [note.full_text for p in provisions for note in p.notes]
    amounts = [threshold.quantity for words in texts for threshold in read_thresholds(words)]
    for node in (n for n in rules.nodes(rule) if n.limits):
        written = node.limits.get("") or at.value(node.limits)
        limit = read_quantity(written) if written else None
        if limit is not None and not any(_same(limit, amount) for amount in amounts):
            return text(
                "the loaded list of {version} does not contain the limit {limit} at {path}: check the rule",
                version=control_list.version.name,
                limit=str(limit),
                path=rule.path,
            )
    return None


def _same(limit: Quantity, amount: Quantity) -> bool:
    if limit.unit == amount.unit or not amount.unit:
        return limit.value == amount.value
    return is_same_amount(amount, limit)


IMMATERIAL = frozenset({"software", "technology"})
NEUTRAL = frozenset({"cryptography"})  # applies to equipment and to software


def classify(
    item: Item, at: ListDay, control_list: ControlList | None, cautions: tuple[Text, ...] = ()
) -> Classification:
    """Return the classification of an item; `control_list` is the user's text for the date, if loaded.

    Raises ContradictoryFactsError if a stated fact contradicts a derived one.
    """
    rules = rule_set()
    evaluator = Evaluator(rules, with_derived(item), at)
    walked = [rule for rule in rules.provisions.values() if is_for(rule, item.functions)]
    path_results: list[PathResult] = []
    for rule in walked:
        decided = _checked(evaluator.rules, evaluator.provision(rule), rule, evaluator.at, control_list)
        path = ControlPath(rule.path)
        notes = note_places(path, decided.releases)
        inner = [p for release in decided.releases for p in release.outcome.paths]
        path_results.append(
            PathResult(
                path=path,
                covers=rule.text,
                met=decided.met,
                conditions=decided.conditions,
                releases=decided.releases,
                quotes=quotes_for(control_list, evaluator.rules, rule) if control_list else (),
                used=tuple(dict.fromkeys((path, *decided.conditions.paths, *notes, *inner))),
                reading=rule.reading.text if rule.reading else None,
                asks_a_person=rule.mode == "interview",
            )
        )
    results = tuple(path_results)
    names = {rule.path for rule in walked}
    is_listed = any(result.met is ConditionResult.MET for result in results)
    functions = [vocabulary().functions[name] for name in item.functions]
    sentences = [
        text("{function}: {nothing}", function=function.text, nothing=routes_file().unlisted_on(at.day))
        for function in functions
        if function.is_unlisted
    ]
    if sentences and control_list:
        terms = routes_file().terms
        hits = sorted(
            provision.path
            for provision in control_list.by_path.values()
            if any(term in provision.text.lower() for term in terms)
        )
        sentences.append(
            text(
                "searched in the loaded list of {version} ({entries} entries): {terms}; found in: {hits}",
                version=control_list.version.name,
                entries=len(control_list.entries),
                terms=", ".join(terms),
                hits=", ".join(hits) or text("none"),
            )
        )
    if not control_list and not at.version:
        cautions = (*cautions, text("no version of the list is known for {day}", day=at.day))
    elif not control_list:
        no_text = text(
            "the text of the list of {version} is not loaded: there are no quotes, and the limits come "
            "from this product",
            version=at.version,
        )
        cautions = (*cautions, no_text)
    return Classification(
        item=item.id,
        name=item.name,
        day=at.day,
        version=str(control_list.version) if control_list else at.version,
        results=results,
        not_walked=tuple(path for path in rules.provisions if path not in names),
        unlisted=tuple(sentences),
        routes=() if is_listed else routes_for(evaluator),
        cautions=cautions,
        unused=item.unused,
        entries=_entries(evaluator, walked, control_list),
    )


def _entries(
    evaluator: Evaluator, walked: Sequence[ProvisionRule], control_list: ControlList | None
) -> tuple[EntryResult, ...]:
    """Return every entry that could describe the item, decided by rules and by answers to its text."""
    item, rules = evaluator.item, evaluator.rules.provisions
    of_functions = (entry for name in item.functions for entry in vocabulary().functions[name].entries)
    of_answers = (entry_of(key) for key in item.answers)
    of_rules = (entry_of(rule.path) for rule in walked)
    named = {ControlPath(path) for path in (*of_functions, *item.entries, *of_answers, *of_rules)}
    decided = {
        path: met is ConditionResult.MET
        for path, rule in rules.items()
        if entry_of(path) in named
        and (
            met := _checked(evaluator.rules, evaluator.provision(rule), rule, evaluator.at, control_list).met
        )
        is not ConditionResult.UNKNOWN
    }
    paths = sorted(named, key=sort_key)
    if control_list is None:
        return tuple(without_text(path, item.answers, decided) for path in paths)
    return tuple(
        walk_entry(control_list, path, item.answers, decided)
        for path in paths
        if control_list.find(path) is not None
    )


def is_for(rule: ProvisionRule, functions: Sequence[str]) -> bool:
    """Return whether a provision is walked for an item with these functions."""
    stated = set(functions)
    if rule.for_equipment and stated & IMMATERIAL and stated <= IMMATERIAL | NEUTRAL:
        return False
    return not rule.functions or bool(set(rule.functions) & set(functions))


def _checked(
    rules: RuleSet,
    decided: ProvisionResult,
    rule: ProvisionRule,
    at: ListDay,
    control_list: ControlList | None,
) -> ProvisionResult:
    """Return the result, or unknown if the loaded text differs from the text behind the rule."""
    if control_list is None or at.counts(rule.versions) is not True:
        return decided
    leaned_on = (rules.provisions[p] for p in decided.conditions.paths if p in rules.provisions)
    disagreements = (disagreement(control_list, rules, related, at) for related in (rule, *leaned_on))
    differs = next(
        (disagreement_text for disagreement_text in disagreements if disagreement_text is not None), None
    )
    if differs is None:
        return decided
    outcome = Outcome(
        ConditionResult.UNKNOWN,
        (EvaluatedCondition(differs, ConditionResult.UNKNOWN),),
        decided.conditions.paths,
    )
    return ProvisionResult(ConditionResult.UNKNOWN, outcome, ())
