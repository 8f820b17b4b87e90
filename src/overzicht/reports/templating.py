"""The Jinja environment of all pages: escaped, strict about names, and translated."""

from functools import partial

import jinja2

from overzicht.register.quantities import worded
from overzicht.reports.i18n import Words
from overzicht.reports.places import place_words


def environment_for(words: Words, *packages: str) -> jinja2.Environment:
    """Return an environment over the templates of the packages, in order, in the language of `words`."""
    environment = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.PackageLoader(package, "templates") for package in packages]),
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
    environment.globals["place_words"] = partial(place_words, words=words)
    environment.globals["quantity_words"] = lambda said: words.value(worded(said))
    return environment
