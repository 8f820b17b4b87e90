"""The grammar of questions: clauses, the cues in them, and the rules that make queries of them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from overzicht.devices.knowledge import load_knowledge
from overzicht.law.instruments import instruments
from overzicht.subjects.answers.reading.bodies import bodies_named
from overzicht.subjects.answers.reading.clauses import parts_of, sentences_in
from overzicht.subjects.answers.reading.days import spans_in
from overzicht.subjects.answers.reading.described_uses import described_use
from overzicht.subjects.answers.reading.ellipsis import completed
from overzicht.subjects.answers.reading.framing import (
    Denial,
    absence_in,
    denial_in,
    statement_in,
    without_addressee,
    without_stress,
)
from overzicht.subjects.answers.reading.lexicon import (
    ListTarget,
    Relation,
    cues_in,
    either_of,
    has_any,
    kind_named,
    lexicon,
    lists_named,
    names_of,
    themes_in,
)
from overzicht.subjects.answers.reading.names import Subject, subjects_in
from overzicht.subjects.answers.reading.query import Clause, Query, Reading
from overzicht.subjects.answers.reading.query_union import query_for, with_learned
from overzicht.subjects.answers.reading.references import (
    is_of_own_devices,
    is_of_that_body,
    is_of_unread,
    of_that_ship,
)
from overzicht.subjects.answers.reading.weights import plain_words

_BLACKLIST = re.compile(r"\b(?:zwarte ?lijst|black ?list|entity list)", re.IGNORECASE)
_SAME_LIST = re.compile(
    r"\b(?:(?:that|this|the) (?:very )?same|that|this|die|deze|dezelfde|diezelfde) "
    r"(?:[\w-]+ )?[\w-]*(?:list|lijst)\b",
    re.IGNORECASE,
)
_TREASURY = re.compile(r"(?<!\bus )(?<!u\.s\. )(?<!american )\btreasury\b", re.IGNORECASE)
_NO_TITLES = frozenset(
    {"regulation", "verordening", "directive", "richtlijn", "its agreements", "haar verdragen"}
)
_OF_MATTER = re.compile(
    r"(?:International|Internationaal) (?:Convention|Covenant|Verdrag) (?P<matter>\w+ .+)"
)
_ARTICLE = re.compile(
    r"\b\d{2,3} ?F\.? ?R\.? ?\d+|\b(?:article|artikel|art\.?) \d+\w*(?:\(\d+\))*(?:\(\w\))?", re.IGNORECASE
)


_REQUEST = re.compile(
    r"(?:kunt|wilt|zou|could|can|please|to ask|graag|noem|geef|licht|name|state|give|say|tell|list)\b",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:from|off|van|af|uit) (?:\w+ ){0,2}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the questions before named and asked: parties, lists, queries and public bodies.

    Relative dates (`last year`) count from `today`, the date of the questions; without it they are left out.
    `is_by_rules`: without the learned reading.
    """

    subjects: tuple[Subject, ...] = ()
    lists: tuple[ListTarget, ...] = ()
    queries: tuple[Query, ...] = ()
    today: date | None = None
    body_names: tuple[str, ...] = ()
    is_by_rules: bool = False

    def after(self, reading: Reading) -> "Earlier":
        """Return what is known after a question: what it names and asks, and else what was known before."""
        return Earlier(
            reading.subjects or self.subjects,
            lists_of(reading) or self.lists,
            reading.queries or self.queries,
            self.today,
            reading.body_names or self.body_names,
            self.is_by_rules,
        )


NOTHING = Earlier()


def read_question(
    number: int,
    words: str,
    *,
    known: Iterable[str] = (),
    bodies: Iterable[str] = (),
    earlier: Earlier = NOTHING,
) -> Reading:
    """Return the content of a question; without a name it is about the parties that `earlier` ones name.

    `known` are further names of parties to look for, `bodies` names of public
    bodies. A question that means a group of makers is about that group.
    """
    body_names, words = bodies_named(without_addressee(without_stress(words)), bodies)
    known, plain = tuple(known), " ".join(words.split())
    is_group = has_any(lexicon().group, plain)
    _, bare = lists_named(plain)
    _, bare = spans_in(bare)
    _, bare = _instruments(bare)
    subjects = subjects_in(bare, known)
    meant = subjects or (() if is_group or is_of_own_devices(plain, body_names) else earlier.subjects)
    meant = of_that_ship(meant, plain)
    lists = _narrowed(lists_named(plain)[0], plain, earlier.lists)
    is_general = all(target.is_general for target in lists)
    if is_general and (has_any(lexicon().that_list, plain) or (not lists and _is_count_of_added(plain))):
        lists = earlier.lists or lists
    # the clauses in order; a clause without a name or a list has those of the question. `meant` are the
    # parties that the question means, `named` those that it names. The clauses of a statement before a
    # question have no query.
    read_clauses: list[Clause] = []
    meant_before = replace(earlier, subjects=meant, lists=lists)
    is_question, before, preceding = "?" in words, meant_before.queries, None
    for sentence in sentences_in(words):
        is_aside = is_question and "?" not in sentence and not _REQUEST.match(sentence)
        for part, is_joined in parts_of(sentence):
            own = subjects if before is meant_before.queries else ()
            read, like = _clause(" ".join(part.split()), known, meant_before)
            clause = completed(read, before, own, preceding)
            if clause.queries == read.queries and not (is_aside or meant_before.is_by_rules):
                clause = with_learned(clause, like, before)
            if "that_day" in clause.cues and clause.span is None:
                span = next((query.span for query in before if query.span is not None), None)
                clause = replace(clause, queries=tuple(replace(q, span=span) for q in clause.queries))
            before, preceding = clause.queries or before, clause
            read_clauses.append(
                replace(clause, queries=() if is_aside else clause.queries, is_joined=is_joined)
            )
    clauses = tuple(read_clauses)
    is_law = any({"law", "prohibits"} & clause.cues for clause in clauses) and not lists
    return Reading(
        number=number,
        clauses=clauses,
        judged=names_of(lexicon().judgements, plain),
        subjects=meant,
        is_named=bool(subjects),
        is_group=is_group,
        kind=kind_named(plain),
        places=names_of(lexicon().places, plain),
        bodies=names_of(lexicon().bodies, plain),
        themes=themes_in(plain),
        body_names=body_names or (earlier.body_names if is_of_that_body(plain) else ()),
        use=described_use(number, words) if is_law else None,
    )


def lists_of(reading: Reading) -> tuple[ListTarget, ...]:
    """Return the lists that a question names, for those after it."""
    return tuple({target.id: target for query in reading.queries for target in query.lists}.values())


def _clause(words: str, known: tuple[str, ...], meant: Earlier) -> tuple[Clause, Query]:
    """Return a clause, and a query with the things that it names."""
    targets, without_lists = lists_named(words)
    targets = _narrowed(targets, words, meant.lists)
    if not targets and has_any(lexicon().that_list, words):
        targets = meant.lists
    elif all(target.is_general for target in targets) and any(
        not target.is_general for target in meant.lists
    ):
        targets = meant.lists if targets and has_any(lexicon().that_list, words) else targets
    spans, without_days = spans_in(without_lists, meant.today)
    span = spans[0] if spans else None
    laws, bare = _instruments(without_days)
    subjects = subjects_in(bare, known)
    blanked = (("LIST", without_lists), ("DAY", without_days), ("LAW", bare))
    plain = plain_words(
        words, blanked, (name for subject in subjects for name in (subject.name, *subject.aliases))
    )
    if not subjects:
        # whether a clause asks about goods under export control, and not about parties on a list
        is_of_parties = _BLACKLIST.search(words) is not None
        if not is_of_parties and has_any(lexicon().cues["control"], words):
            targets = ()  # the list of goods, not one of parties
    if not targets and _is_count_of_added(words):
        targets = meant.lists
    known_parties = () if targets and not subjects and is_of_unread(bare) else meant.subjects
    cues = _cues(words, bare, targets, subjects or known_parties, laws)
    if len(subjects) == 1 and cues >= {"by_party", "pronoun"}:  # `Is that a brand of …?`
        subjects = (*(subject for subject in meant.subjects if subject not in subjects), *subjects)
    if len(subjects) < 2:
        cues -= {"by_party"}
    cues = (cues - {"listed_goods"} | {"named"} if subjects else cues) - ({"to_come"} if span else set())
    # what a clause denies; with a number or `still`, it is open what is denied
    if cues & {"quantity", "which"}:  # `How many of them are not …?`
        is_denied = {denial_in(words), absence_in(words)} != {Denial.NONE}
        denied = Denial.PART if is_denied else Denial.NONE
    else:
        denial = absence_in(words) if "list" in cues else Denial.NONE
        denial = denial_in(statement_in(words)) if denial is Denial.NONE else denial
        denied = Denial.PART if denial is not Denial.NONE and cues >= {"removal", "still"} else denial
    template = Query(
        relation=lexicon().rules[0].relation,
        subjects=subjects or known_parties,
        lists=targets,
        instruments=laws,
        span=span,
        cues=cues,
        words=words,
        denial=denied,
        is_stated=bool(statement_in(words)),
        is_named=bool(subjects),
        others=tuple(subject.name for subject in meant.subjects),
    )
    matches: list[Query] = []
    seen: set[Relation] = set()
    for rule in sorted(lexicon().rules, key=lambda rule: rule.is_last):
        is_open = rule.relation not in seen and not (rule.is_last and seen)
        if is_open and cues.issuperset(rule.all) and cues.isdisjoint(rule.none):
            seen.add(rule.relation)
            matches.append(query_for(rule.relation, template))
    queries = tuple(matches)
    return Clause(words, queries, "opinion" in cues, cues, subjects, targets, span, plain=plain), template


def _cues(
    words: str,
    bare: str,
    targets: tuple[ListTarget, ...],
    subjects: tuple[Subject, ...],
    laws: tuple[str, ...],
) -> frozenset[str]:
    """Return the cues of a clause: the matching words, and what it names."""
    cues = set(cues_in(words))
    # whether a name is that of a brand whose maker sources name, and not of a maker alone
    any_brand = False
    for subject in subjects:
        match = load_knowledge().brands.find(subject.name)
        if match is not None and (
            bool(match.brand.statements) or subject.party_id not in load_knowledge().makers
        ):
            any_brand = True
            break
    named = (
        ("list", targets),
        ("subject", subjects),
        ("instrument", laws),
        ("detail", any(has_any(detail.names, words) for detail in lexicon().details)),
        ("product", names_of(lexicon().products, words) or has_any(lexicon().uncontrolled, words)),
        ("described", described_use(0, words)),
        ("brand", any_brand),
        ("maker", any(subject.party_id in load_knowledge().makers for subject in subjects)),
    )
    cues.update(cue for cue, value in named if value)
    if any(not target.is_general and has_any(target.names, words) for target in targets):
        cues.discard("control")  # a list of exports is asked about, not the control of goods
    if not has_any(lexicon().cues["binding"], bare):
        cues.discard("binding")  # a ban in the name of a list
    # whether a list is what something is taken from (`removed from the Entity List`)
    if "taken" in cues and (
        "device" not in cues
        or any(
            _FROM.search(words[: match.start()])
            for target in targets
            for pattern in target.names
            for match in pattern.finditer(words)
        )
    ):
        cues.add("removal")
    if "device" in cues and "use" in cues and has_any(lexicon().cues["device"], bare):
        cues.add("device_use")
    if cues >= {"device", "body_use"}:
        cues.add("device_in_use")  # `Does the city have cameras that come from …?`
    return frozenset(cues)


def _narrowed(
    targets: tuple[ListTarget, ...], words: str, before: tuple[ListTarget, ...]
) -> tuple[ListTarget, ...]:
    """Return the lists, with the part that was named before for its whole: `that Treasury list`.

    `The Treasury` alone is the British one after a question about British lists.
    """
    if _TREASURY.search(words) is not None:
        british = [target for target in before if target.id == "uk"]
        targets = tuple(british[0] if british and target.id == "ofac" else target for target in targets)
    if _SAME_LIST.search(words) is None:
        return targets
    if [target.id for target in targets] == ["us"]:  # `that American list` after one of them
        american = tuple(
            target
            for target in before
            if not target.is_general and target.measures.keys() <= targets[0].measures.keys()
        )
        return american or targets
    parts = {target.part_of: target for target in before if target.part_of}
    meant = [parts.get(target.id, target) for target in targets]
    return tuple({target.id: target for target in meant}.values())


def _is_count_of_added(words: str) -> bool:
    """Return whether a clause asks how many were added, to the list that was named before."""
    cues = cues_in(words)
    return {"quantity", "added"} <= set(cues) and not {"device", "cost", "event"} & set(cues)


def _instruments(words: str) -> tuple[tuple[str, ...], str]:
    """Return the laws that a text names, and the text with their names blanked."""
    named = []
    for name, pattern in _law_patterns():
        if pattern.search(words):
            named.append(name)
            words = pattern.sub(lambda match: " " * len(match[0]), words)
    return tuple(named), _ARTICLE.sub(lambda match: " " * len(match[0]), words)


@cache
def _law_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the pattern of names per instrument: title, parts of the title, and short names."""
    patterns = []
    for name, card in instruments().items():
        titles = {card.short, card.short_nl, card.title.en, card.title.nl}
        parts = {part.strip(" )") for title in titles for part in re.split(r"[,(]", title)}
        numbers = {number for title in titles for number in re.findall(r"\d{4}/\d{2,4}|\d{2,4}/\d{4}", title)}
        matters = {match["matter"] for title in titles if (match := _OF_MATTER.match(title))}
        words = {
            part
            for part in {*titles, *parts, *numbers, *matters}
            if len(part) > 2 and part.lower() not in _NO_TITLES
        }
        further = [pattern.pattern for pattern in lexicon().instrument_names.get(name, ())]
        exact = either_of(word for word in words if word.isupper())  # `WHO` is not `who`
        others = either_of(word for word in words if not word.isupper())
        known = [f"(?i:{part})" for part in (others, *further) if part]
        either = "|".join([*([exact] if exact else []), *known])
        patterns.append((name, re.compile(rf"(?<!\w)(?:{either})(?!\w)")))
    return tuple(patterns)
