"""The words of the pages of the control list: values of facts, answers to conditions, kinds of changes."""

from collections.abc import Mapping
from typing import Any

from overzicht.evidence import Text
from overzicht.evidence.worded_enum import words_of
from overzicht.reports.i18n import Words
from overzicht.reports.vocabulary import tellers
from overzicht.subjects.control_list.classification.options import OPTIONS
from overzicht.subjects.control_list.classification.result import ConditionResult
from overzicht.subjects.control_list.diff import ChangeKind

TABLES: Mapping[str, Mapping[str, Text]] = {
    "option_word": OPTIONS,
    "met_word": words_of(ConditionResult),
    "change_word": words_of(ChangeKind),
}


def control_words(words: Words) -> dict[str, Any]:
    """Return the functions that templates use for these words, by name."""
    return tellers(words, TABLES)
