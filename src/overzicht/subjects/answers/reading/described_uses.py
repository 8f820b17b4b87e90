"""Uses that a question describes, as prefilled descriptions: each fact quotes the words of the question."""

from overzicht.subjects.answers.reading.lexicon import countries_named, has_any, lexicon
from overzicht.subjects.diligence.facts import ABOUT_GROUP, FactName, Ground
from overzicht.subjects.diligence.uses import Act, ActorKind, DescribedFact, Use, UseActor

LONGEST_TITLE = 120  # characters of a question in the title of its use
DECISIVE = frozenset({
    FactName.FACE_RECOGNITION, FactName.REMOTE_IDENTIFICATION, FactName.INFERS_EMOTION,
    FactName.UNTARGETED_SCRAPING, FactName.SOCIAL_SCORING, FactName.PREDICTS_CRIME,
    FactName.SINGLES_OUT_GROUP, FactName.INFERS_ATTRIBUTE,
    FactName.MANIPULATES, FactName.EXPLOITS_VULNERABILITY,
})  # fmt: skip
# a question that names no exception is about the use without one
EXCEPTIONS = (
    FactName.AUTHORISED_EXCEPTION,
    FactName.MEDICAL_OR_SAFETY,
    FactName.LABELS_LAWFUL_DATA,
    FactName.EXCLUSIVELY_MILITARY,
)
NOT_NAMED = "not named in the question"


def described_use(number: int, words: str) -> Use | None:
    """Return the use that a question describes; None if it names no fact that a law depends on."""
    plain = " ".join(words.split("\n", maxsplit=1)[0].split())
    matches: list[DescribedFact] = []
    ground = next(
        (Ground(name) for name, patterns in lexicon().grounds.items() if has_any(patterns, plain)), None
    )
    for name, patterns in lexicon().facts.items():
        fact = FactName(name)
        match = next((match for pattern in patterns if (match := pattern.search(plain))), None)
        if match is None or (fact in ABOUT_GROUP and ground is None):
            continue
        own = ground if fact in ABOUT_GROUP else None
        start = plain.rfind(" ", 0, match.start() + 1) + 1
        end = plain.find(" ", match.end())
        matches.append(
            DescribedFact(
                fact=fact, value="yes", ground=own, note=plain[start : end if end >= 0 else len(plain)]
            )
        )
    facts = tuple(matches)
    named = {fact.fact for fact in facts}
    if not DECISIVE & named:
        return None
    facts += tuple(
        DescribedFact(fact=name, value="no", note=NOT_NAMED) for name in EXCEPTIONS if name not in named
    )
    title = plain if len(plain) <= LONGEST_TITLE else f"{plain[:LONGEST_TITLE].rsplit(' ', 1)[0]} …"
    places = [code for code in countries_named(plain) if code != "EU"]
    place = "NL" if "NL" in places else next(iter(places), "NL")
    is_public = has_any(lexicon().public_actors, plain)
    actor = UseActor(
        name="the body in the question" if is_public else "the company in the question",
        kind=ActorKind.PUBLIC_BODY if is_public else ActorKind.ENTERPRISE,
        country=place,
    )
    return Use(id=f"question-{number}", title=title, act=Act.USE, actor=actor, place=place, facts=facts)
