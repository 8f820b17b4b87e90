"""Quotes from the user's copy of the list, and whether it still agrees with the rules."""

from overzicht.evidence import Text, text
from overzicht.exportcontrol.classification.listday import ListDay
from overzicht.exportcontrol.classification.result import Quote
from overzicht.exportcontrol.classification.rules import ProvisionRule, RuleSet
from overzicht.exportcontrol.controllist.model import ControlList, NoteKind
from overzicht.exportcontrol.controllist.path import ControlPath, parse_path
from overzicht.exportcontrol.controllist.quantity import Quantity, read_thresholds
from overzicht.exportcontrol.controllist.units import is_same_amount, read_quantity


def quotes_for(control_list: ControlList, rules: RuleSet, rule: ProvisionRule) -> tuple[Quote, ...]:
    """Return the text of a provision from its entry down, with its notes, without cross-references.

    General notes are included if the loaded file contains them.
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
        if general_title.lower() in title.lower()
    ]
    return (*chain, *below, *notes, *general)


def disagreement(control_list: ControlList, rules: RuleSet, rule: ProvisionRule, at: ListDay) -> Text | None:
    """Return how the loaded text differs from the text behind the rule, or None if they agree.

    The provision must exist, be in use, and contain each limit of the rule's own conditions.
    """
    provision = control_list.find(rule.path)
    if provision is None or not provision.is_used:
        return text(
            "the loaded list of {version} has no provision {path}: the rule must be looked at",
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
                "the loaded list of {version} does not hold the limit {limit} at {path}: "
                "the rule must be looked at",
                version=control_list.version.name,
                limit=str(limit),
                path=rule.path,
            )
    return None


def _same(limit: Quantity, amount: Quantity) -> bool:
    if limit.unit == amount.unit or not amount.unit:
        return limit.value == amount.value
    return is_same_amount(amount, limit)
