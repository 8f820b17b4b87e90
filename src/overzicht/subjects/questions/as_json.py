"""Sets and figures as JSON for other programs: plain values, days as ISO, nothing translated."""

from typing import Any

from overzicht.subjects.questions.facts import term
from overzicht.subjects.questions.labels import Side
from overzicht.subjects.questions.model import NoteUse, Paper
from overzicht.subjects.questions.people import people_of
from overzicht.subjects.questions.references import find_refs, follow
from overzicht.subjects.questions.sets import QuestionSet


def set_json(question_set: QuestionSet) -> dict[str, Any]:
    """Return a whole set; each question names the answers that cover it by their index in the paper."""
    papers: list[dict[str, Any]] = []
    for joined in question_set.papers:
        paper, origin = joined.paper, joined.paper.origin
        answers: list[dict[str, Any]] = []
        for n, answer in enumerate(paper.answers):
            refs = [
                {
                    "kind": ref.kind.value,
                    "literal": ref.literal,
                    "start": ref.start,
                    "end": ref.end,
                    "targets": list(ref.targets),
                    "extra": ref.is_extra,
                }
                for ref in find_refs(answer.text)
            ]
            answers.append(
                {
                    "label": answer.printed,
                    "covers": list(answer.covers),
                    "derived": list(answer.derived),
                    "text": answer.text,
                    "notes": _uses(paper, Side.ANSWER, n),
                    "references": refs,
                }
            )
        papers.append(
            {
                "id": paper.key,
                "ids": list(paper.ids),
                "kind": paper.kind.value,
                "edited": paper.is_edited,
                "asked": _day(paper.dates.asked_on),
                "received": _day(paper.dates.received),
                "issued": _day(paper.dates.issued),
                "available": _day(paper.dates.available),
                "see_also": list(paper.see_also),
                "address": paper.origin.address,
                "source": {"form": origin.layout.value, "file": origin.filename, "sha256": origin.sha256},
                "completed_from": [other.sha256 for other in joined.others],
                "questions": [
                    {
                        "label": q.printed,
                        "numbers": list(q.numbers),
                        "text": q.text,
                        "notes": _uses(paper, Side.QUESTION, n),
                    }
                    for n, q in enumerate(paper.questions)
                ],
                "answers": answers,
                "follow": {str(n): _trail(paper, n) for n in paper.numbers} if paper.answers else {},
                "notes": [{"number": n.number, "text": n.text, "urls": list(n.urls)} for n in paper.notes],
                "remarks": [{"title": remark.title, "text": remark.text} for remark in paper.remarks],
                "flags": [{"code": flag.code.value, "where": flag.where} for flag in paper.flags],
            }
        )
    return {
        **head_json(question_set),
        "topics": list(question_set.topics),
        "supplements": list(question_set.supplements),
        "session": question_set.session,
        "papers": papers,
    }


def head_json(question_set: QuestionSet) -> dict[str, Any]:
    """Return number, subject, state, roles and days of a set."""
    when = question_set.timing
    roles: list[dict[str, Any]] = []
    for person in people_of(question_set):
        role = person.role
        roles.append(
            {
                "role": role.kind.value,
                "name": role.name,
                "party": role.party,
                "party_resolved": person.party,
                "office": role.office,
                "person": {"name": person.name, "source": person.source} if person.name else None,
            }
        )
    return {
        "number": question_set.number,
        "subject": question_set.subject,
        "kind": question_set.kind.value,
        "state": question_set.state.value,
        "as_of": question_set.as_of.isoformat(),
        "roles": roles,
        "asked": _day(when.asked_on),
        "due": _day(when.last_day),
        "answered": _day(when.answered),
        "notice": _day(when.notice),
        "has_notice": when.has_notice.value,
        "days": when.days,
        "open_days": when.open_days,
        "late": when.is_late.value,
        "rule": {
            "days": term().days,
            "extended": term().extended,
            "source": term().rule,
            "address": term().address,
            "unverified": list(map(str, term().unverified)),
        },
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _trail(paper: Paper, number: int) -> dict[str, Any]:
    trail = follow(paper, number)
    return {"path": list(trail.path), "answers": list(trail.answers), "reason": trail.reason}


def _uses(paper: Paper, side: Side, index: int) -> list[dict[str, int]]:
    mine: list[NoteUse] = [use for use in paper.uses if use.side is side and use.index == index]
    return [{"note": use.note, "block": use.block, "offset": use.offset} for use in mine]
