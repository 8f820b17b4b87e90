"""Dutch or English: chosen on a page, else the preference of the browser."""

from fastapi import Request

from overzicht.evidence.text import SAY
from overzicht.reports.i18n import Language, words_for

PARAMETER = "lang"
COOKIE = "overzicht-lang"


def language_of(request: Request) -> Language:
    """Return the language of a request: of the address, of the cookie, of the browser, else English."""
    for value in (request.query_params.get(PARAMETER), request.cookies.get(COOKIE)):
        if value in list(Language):
            return Language(value)
    # the supported language with the highest quality in an Accept-Language header
    header = request.headers.get("accept-language", "")
    weights: dict[Language, float] = {}
    for part in header.split(",")[:20]:
        tag, _, quality = part.partition(";")
        primary = tag.strip().split("-")[0].lower()
        if primary in list(Language):
            name, _, number = quality.strip().partition("=")
            try:
                weight = float(number) if name.strip() == "q" else 1.0
            except ValueError:
                weight = 0.0
            weights[Language(primary)] = max(weight, weights.get(Language(primary), 0.0))
    best = max(weights, key=lambda language: weights[language], default=Language.EN)
    return best if weights.get(best, 0.0) > 0 else Language.EN


async def set_language(request: Request) -> None:
    """Write the sentences of an answer in the language of its request; async, to stay in the same task."""
    SAY.set(words_for(language_of(request)).say)
