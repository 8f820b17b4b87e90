"""The words for what an answer is made of: kinds of question, and where a sentence comes from."""

from collections.abc import Mapping

from overzicht.evidence import Text, text
from overzicht.subjects.answers.model import Origin

MARKS: Mapping[Origin, Text] = {
    Origin.SHIPPED: text("shipped evidence"),
    Origin.INVENTED: text("example"),
    Origin.ANSWER: text("from the published answer"),
}

KINDS: Mapping[str, Text] = {
    "listed-on": text("on which list?"),
    "listed-since": text("listed since when?"),
    "listed-why": text("why listed?"),
    "delisted": text("still listed?"),
    "how-many-listed": text("how many are listed?"),
    "who-listed": text("who is listed?"),
    "binding": text("whom does it bind?"),
    "owned-by-listed": text("is an owner listed?"),
    "maker-listed": text("is the manufacturer listed?"),
    "owner-of": text("who is the owner?"),
    "made-by": text("who makes it?"),
    "brands-of": text("which brands?"),
    "in-use": text("how many?"),
    "replaced": text("was it replaced?"),
    "known-report": text("is it known?"),
    "conduct": text("what does it do?"),
    "assess": text("how is it judged?"),
    "law-applies": text("which law?"),
    "contact": text("was there contact?"),
    "companies": text("which companies?"),
    "export-control": text("which export control?"),
    "steps": text("what was done?"),
    "cost": text("what does it cost?"),
}
