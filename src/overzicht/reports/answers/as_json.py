"""An answer as JSON for other programs: sentences in one language, citations whole."""

import json
from typing import Any

from overzicht.evidence import Citation
from overzicht.reports.answers.model import AnsweredQuestion, AnswerReport, Sentence
from overzicht.reports.i18n import Language, Words, words_for


def answer_json(report: AnswerReport, lang: Language) -> dict[str, Any]:
    """Return the answer in the shape that `docs/how-to/answer-questions.md` describes."""
    words = words_for(lang)
    return {
        "number": report.number,
        "title": words.say(report.title),
        "as_of": report.as_of.isoformat(),
        "language": words.lang.value,
        "version": report.version,
        "is_fictional": report.is_fictional,
        "is_full_text": report.is_full_text,
        "heading": [words.say(line) for line in report.heading],
        "notes": [words.say(note) for note in report.notes],
        "questions": [_question(one, words) for one in report.questions],
    }


def render_json(report: AnswerReport, lang: Language) -> str:
    """Return the answer as JSON text, equal for equal answers."""
    return json.dumps(answer_json(report, lang), ensure_ascii=False, indent=2) + "\n"


def _question(one: AnsweredQuestion, words: Words) -> dict[str, Any]:
    return {
        "number": one.number,
        "question": words.say(one.question),
        "kinds": list(one.kinds),
        "facts": [_sentence(fact, words) for fact in one.facts],
        "answered_then": _sentence(one.answered_then, words) if one.answered_then else None,
        "judgement": [words.say(each) for each in one.judgement],
        "missing": [words.say(each) for each in one.missing],
    }


def _sentence(sentence: Sentence, words: Words) -> dict[str, Any]:
    return {
        "text": words.say(sentence.text),
        "origin": sentence.origin.value,
        "citations": [_citation(each) for each in sentence.citations],
    }


def _citation(citation: Citation) -> dict[str, Any]:
    return citation.to_json()
