"""The words for what an answer is made of: kinds of question, and where a sentence comes from."""

from collections.abc import Mapping

from overzicht.evidence import Text, text
from overzicht.reports.answers.model import Origin

MARKS: Mapping[Origin, Text] = {
    Origin.SHIPPED: text("shipped evidence"),
    Origin.INVENTED: text("example"),
}

KINDS: Mapping[str, Text] = {
    "known": text("is it known?"),
    "conduct": text("what does it do?"),
    "assess": text("how is it judged?"),
    "law": text("which law?"),
    "contact": text("was there contact?"),
    "companies": text("which companies?"),
    "control": text("which export control?"),
    "count": text("how many?"),
    "replaced": text("was it replaced?"),
    "listed": text("who is listed?"),
    "steps": text("what was done?"),
    "cost": text("what does it cost?"),
    "other": text("not recognised"),
}
