"""The common parts of all HTML documents: templates and words, style, content policy.

The stylesheet is allowed by its hash alone, so a text that slipped through the escaping could neither run
nor restyle the page.
"""

import base64
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from importlib.resources import files
from typing import Any

import jinja2
from markupsafe import Markup

from overzicht import __version__
from overzicht.composition import subjects
from overzicht.evidence.answers import LISTING_ANSWERS, answer_of
from overzicht.evidence.claim import UNCHECKED, words_of
from overzicht.register.quantities import worded
from overzicht.reports import vocabulary
from overzicht.reports.account import account_line
from overzicht.reports.citation_places import place_words
from overzicht.reports.html.cells import with_labels
from overzicht.reports.html.view import site_name
from overzicht.reports.i18n import Language, Words, words_for
from overzicht.reports.sections import ANSWER_TONES
from overzicht.reports.tables import by_count
from overzicht.reports.vocabulary import tellers

ONE_COLUMN = ".oz-layout--single { display: block; }\n"  # a document without a table of contents
WEB_ADDRESSES = ("https://", "http://")
HASH_SHOWN = 12  # hexadecimal digits that name a snapshot in print
OURS = "overzicht.reports"
Spoken = Callable[[Words], Mapping[str, Any]]
_TABLES = {
    "answer_word": LISTING_ANSWERS,
    "answer_meaning": vocabulary.ANSWER_MEANINGS,
    "confidence_word": vocabulary.CONFIDENCES,
    "confidence_meaning": vocabulary.CONFIDENCE_MEANINGS,
    "kind_word": vocabulary.KINDS,
    "part_word": vocabulary.PARTS,
    "grade_word": vocabulary.GRADES,
    "relation_word": vocabulary.RELATIONS,
    "outcome_word": vocabulary.OUTCOMES,
    "basis_word": vocabulary.BASES,
    "input_word": vocabulary.INPUT_KINDS,
}


def document_head(version: str, style: str = "") -> dict[str, Any]:
    """Return the values of `_document.html`: the version of the product, and the style with its policy.

    `style` comes after our stylesheet, for a form that one kind of document alone has.
    """
    css = stylesheet() + style
    return {"version": version, "css": Markup(css), "policy": content_policy(css)}  # noqa: S704  # our own file


def content_policy(css: str) -> str:
    """Return the policy that allows this stylesheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of document: its template, the package with its templates, its own words and style."""

    template: str
    package: str = OURS
    spoken: Spoken | None = None
    style: str = ""

    def render(self, lang: Language, version: str = __version__, **values: Any) -> str:
        """Return the document in a language, with these values for its template."""
        environment = page_environment(lang, self.package, self.spoken)
        head = document_head(version, self.style)
        return environment.get_template(self.template).render(**head, **values)


@cache
def stylesheet() -> str:
    """Return the packaged stylesheet."""
    return files(OURS).joinpath("assets", "report.css").read_text(encoding="utf-8")


@cache
def page_environment(lang: Language, package: str = OURS, spoken: Spoken | None = None) -> jinja2.Environment:
    """Return an environment with the words of our macros: escaped, strict about names, translated.

    The templates of `package` go before ours, those of the subjects last; the names of `spoken` go before
    those of every page.
    """
    words = words_for(lang)
    packages = dict.fromkeys(
        (package, OURS, *(subject.package for subject in subjects() if subject.has_templates))
    )
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(name, "templates") for name in packages]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    # the i18n extension adds this method at run time
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        words.catalogue.gettext, words.catalogue.ngettext, newstyle=True
    )
    environment.filters["say"] = words.say
    environment.filters["with_labels"] = with_labels
    common = {
        "lang": words.lang.value,
        "words": words,
        "say": words.say,
        "answer_of": answer_of,
        "claim_words": lambda claim: words.say(words_of(UNCHECKED if claim is None else claim)),
        "answer_tones": ANSWER_TONES,
        "day": words.day,
        "num": words.number,
        "by_count": by_count,
        "is_web_address": is_web_address,
        "account_line": account_line,
        "place_words": partial(place_words, words=words),
        "quantity_words": lambda quantity: words.value(worded(quantity)),
        "site_name": partial(site_name, words=words),
        "hash_shown": HASH_SHOWN,
        **tellers(words, _TABLES),
    }
    environment.globals.update(common, **(spoken(words) if spoken else {}))
    return environment


def is_web_address(address: str) -> bool:
    """Return whether an address may be a link: only pages of the web, never `javascript:` or a file."""
    return address.lower().startswith(WEB_ADDRESSES)
