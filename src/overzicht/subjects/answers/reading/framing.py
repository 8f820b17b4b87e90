"""Words around the content of a question: whom it is put to, and the statements that it asks to confirm."""

import re
from enum import StrEnum

_STRESSED = re.compile(
    r"(?<![\w-])(?:níet|níets|níemand|nóóit|nóoit|géén|wél|nú|ú|dát|dít|díe|dié|déze|óók|óók|nóg|ál|zélf|zíjn|ís|stáát|méér|"
    r"álle|wáár|wíe|wát|hóé|hóeveel|óp|ín)(?![\w-])",
    re.IGNORECASE,
)  # accents for stress
_ACUTE = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")
_OFFICE = (
    r"(?:minister\w*|staatssecretaris\w*|secretar\w+|commissioner|eurocommissaris|commissie|commission|"
    r"regering|kabinet|government|wethouder|gedeputeerde|burgemeester|college|raad|council|taoiseach|"
    r"high representative|premier|chancellor)"
)
_PUT = re.compile(
    r"^(?P<ask>to ask) (?P<whom>[^?;]{3,160}?),? "
    r"(?=(?:(?:on|for|by|to|under|in|at|from|with|of) )?(?:whether|if|what|which|who|whom|when|why|how)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_ANSWERED = re.compile(
    rf"^(?:(?P<dutch>kan|kunt|kon|wil|zou)|can|could|please)\b (?=[^,?]{{0,80}}\b{_OFFICE}\b)[^,?]{{3,120}}? "
    r"(?=(?:ons |mij |us |me )?(?:aangeven|bevestigen|zeggen|melden|meedelen|toelichten|laten weten|say|"
    r"confirm|state|tell|clarify|indicate)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SAID = (
    r"(?:say|state|confirm|tell|clarify|indicate|specify|explain|disclose|inform|aangeven|aan te geven|"
    r"bevestigen|zeggen|mee(?: te )?delen|melden|(?:te )?laten (?:mij |ons )?weten|toelichten|toe te lichten|"
    r"vertellen|verduidelijken|uiteenzetten|uiteen te zetten)"
)
_POLITE = re.compile(
    r"(?:^|(?<=[,:;.] ))(?:(?:would|could|can|will|might|may) (?:you|[^,?;:]{0,60}?\b"
    + _OFFICE
    + r") (?:please |kindly |also |perhaps )*(?:be (?:so )?(?:kind|good)(?: enough)?(?: as)? to |"
    r"be (?:able|willing|prepared|in a position) to |care to |like to )?(?:please |kindly )*"
    rf"(?={_SAID}\b)"
    r"|kindly (?=\w+\b)|(?:may|could|can|might) (?:i|we) (?:ask|know|inquire|enquire) "
    r"(?=(?:whether|if|what|which|who|when|why|how)\b)|"
    r"(?:i|we) (?:would|should) (?:like|love|be glad) to (?:know|hear|learn) )",
    re.IGNORECASE | re.MULTILINE,
)
_POLITE_DUTCH = re.compile(
    rf"(?:^|(?<=[,:;.] ))(?:(?:zou|zouden|zoudt|kunt|kan|wilt|wil) (?:u|[^,?;:]{{0,60}}?\b{_OFFICE}) "
    rf"(?:[\w-]+ ){{0,7}}?(?:te )?{_SAID}\b,? |"
    r"(?:mag|mogen) (?:ik|wij|we) (?:vragen|weten|vernemen),? |"
    r"graag (?:verneem|hoor|weet) (?:ik|ik van u),? |"
    r"(?:ik|wij) (?:zou|zouden) graag (?:willen )?(?:weten|vernemen|horen),? )"
    r"(?=(?:of|dat|wat|welk\w*|wie|wanneer|waarom|hoe\w*|sinds|vanaf|per|waar\w*|op|in|door|aan)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SURE = re.compile(
    r"(?:^|(?<=[,:;.] ))(?:am i|are we) (?:right|correct|justified) (?:in (?:\w+ing)|to (?:\w+)) that |"
    r"(?:^|(?<=[,:;.] ))(?:can|could|may|might) it be (?:confirmed|said|stated|assumed|taken) that |"
    r"(?:^|(?<=[,:;.] ))(?:would|is) it (?:be )?"
    r"(?:right |correct |fair |true |accurate |safe )?to (?:say|state|assume|conclude) that ",
    re.IGNORECASE | re.MULTILINE,
)
_SURE_DUTCH = re.compile(
    r"(?:^|(?<=[,:;.] ))(?:kan (?:worden )?(?:bevestigd|vastgesteld|gesteld)(?: worden)?|"
    r"(?:heb|hebben) (?:ik|wij) (?:het )?(?:goed|juist|gelijk)(?: begrepen)?|"
    r"(?:begrijp|begrijpen|zie) (?:ik|wij|ik het|wij het) (?:het )?(?:goed|juist)|"
    r"klopt (?:mijn|onze|de) (?:indruk|waarneming|veronderstelling|stelling|bewering)|"
    r"mag (?:ik|ervan) (?:ervan )?(?:uitgaan|worden uitgegaan)),? dat ",
    re.IGNORECASE | re.MULTILINE,
)
_CONFIRMED = re.compile(
    r"^(?:(?:en|and) )?(?:klopt (?:het|dit|dan|nu|ook)?\b|(?:is het|is dit) (?:dan |nu |ook )?"
    r"(?:juist|waar|zo|correct|een feit)\b|"
    r"(?:is|was) it (?:\w+ )?(?:true|correct|right|so|the case|a fact)\b|"
    r"(?:kunt|kan|wilt|can|could|will|would|please)\b.{0,60}\b(?:bevestigen|confirm)\b|"
    r"(?:bent|is|zijn|was|are|does|do|did|weet|wist|kent)\b.{0,60}?\b"
    r"(?:bekend|hoogte|bewust|weet|u|aware|know|informed)\b).{0,12}?\b(?:dat|that)\b"
    r"(?P<claim>.*)"
    r"|^(?P<tagged>.+?)[,;:] (?:klopt (?:dat|dit)|"
    r"is (?:dat|dit|that|this) (?:juist|waar|zo|correct|right|true|so)|"
    r"toch|niet ?waar|is het niet|of niet|of wel|right|correct|am i right|"
    r"(?:is|are|was|were|does|do|did|has|have|had)(?:n['’]t)? (?:it|they|he|she)(?: not)?) ?\?"
    r"|^(?P<declared>(?!(?:who|what|which|whose|when|where|why|how|wie|wat|welke?|wanneer|waar\w*|hoe\w*|is|are|"
    r"was|were|has|have|does|do|did|staa[nt]|stonde?n?|zijn|heeft|kom[te]n?|valt|kan|kunt)\b)[^,;:?]{2,60}? "
    r"(?:is|are|was|were|has|have|staa[nt]|stonde?n?|zijn|komt|valt)"
    r"(?: (?:toch|dus|immers|then|therefore|surely))? (?:not|niet|geen)\b[^?]*)\?",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:niet|nooit|geen|nergens|evenmin|noch|not|never|nowhere|neither|nor|no(?!\.? ?\d))\b|n['’]t\b",
    re.IGNORECASE,  # but not the “No” of the number of an act
)
_ABSENT = re.compile(
    r"\b(?:missing from|absent from|left out of|leaves? out|omit(?:s|ted)?|escap(?:es?|ed)|spared|"
    r"stay(?:s|ed)? off|kept off|ontbre(?:ekt|ken|kt)|ontbrak(?:en)?|afwezig|weggelaten|"
    r"(?:blij(?:ft|ven)|bleef|bleven|valt|vallen|viel)\b.{1,40}\bbuiten|"
    r"(?:false|untrue|incorrect|wrong|inaccurate|mistaken|(?:a )?(?:mistake|misunderstanding|myth))"
    r" (?:that|to (?:say|state|claim|think) that)|"
    r"(?:onjuist|onwaar|incorrect|(?:een )?(?:misverstand|fabel|vergissing|onwaarheid)) "
    r"(?:om te (?:zeggen|stellen) )?dat)\b",
    re.IGNORECASE,
)  # words that deny without a `not`
_NO_LONGER = r"\b(?:niet (?:meer|langer)|geen\b.{0,20}\bmeer|no longer|not any ?more)\b"
_ENDED = re.compile(rf"{_NO_LONGER}|\bnot (?:only|just)\b|\bniet (?:alleen|slechts|enkel)\b", re.IGNORECASE)
_NEITHER = re.compile(r"\b(noch\b.*)\bnoch\b|\b(neither\b.*)\bnor\b", re.IGNORECASE)
_WHETHER = re.compile(r"\b(?:of|or|zo|waarom|if|why) (?:niet|not)\b", re.IGNORECASE)
_ASIDE = re.compile(
    r",? ?\((?:[^()]*)\)|, (?:dat|die|wat|which|who|waar\w*|een|a|the|de|het)\b[^,]*,", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:wel|maar|but|except|behalve|tenzij|unless|unlike|anders dan|in tegenstelling|terwijl|while|"
    r"whereas|hoewel|although|though|omdat|because|zodat|aangezien)\b|\b(?:en|and) (?:dat|that)\b|"
    r"\w,? (?:dat|die|which|who|that|waar\w*)\b|"
    r"\b(?:en|and) (?:\S+ ){1,5}?(?:(?:is |are |was |were |staat |staan )?(?:niet|not|wel)|\w+n['’]t)\W*$",
    re.IGNORECASE,
)  # words for a second statement: the denial may belong to it
_CONTRAST = re.compile(
    r"\b(?:maar|but|except|behalve|tenzij|unless|unlike|anders dan|in tegenstelling|terwijl|while|whereas|"
    r"hoewel|although|though)\b",
    re.IGNORECASE,
)
_PRESENT = re.compile(r"\b(?:on|op)\b.{1,60}\b(?:list|lijst)\b", re.IGNORECASE)
_AND_ALSO = re.compile(
    r",? (?:en|and|maar|but) (?=(?:dat|that)\b|(?:(?:is|are|was|were|has|have|staa[nt]|stond|stonden) )?"
    r"(?:(?:wel|niet|ook|nooit|not|also|never) )*"
    r"(?:op|on|in|under|onder|by|door|niet|not|never|no longer)\b)",
    re.IGNORECASE,
)


def without_stress(words: str) -> str:
    """Return a text without the accents that stress a common word: `níet` is `niet`."""
    return _STRESSED.sub(lambda match: match[0].translate(_ACUTE), words)


def without_addressee(words: str) -> str:
    """Return a question without the names in the words for whom it is put to.

    `To ask His Majesty's Government whether …` is `To ask whether …`; `Kan minister Voorbeeld aangeven of …`
    is `Kunt u aangeven of …`.
    """
    words = _SURE_DUTCH.sub("Klopt het dat ", _SURE.sub("Is it true that ", words))
    words = _POLITE_DUTCH.sub(_asked_dutch, _POLITE.sub(_asked, words))
    words = _PUT.sub(lambda match: f"{match['ask']} ", words)
    return _ANSWERED.sub(lambda match: "Kunt u " if match["dutch"] else "Can you ", words)


def _asked_dutch(match: re.Match[str]) -> str:
    """Return the short form of a polite request in Dutch."""
    return "Kunt u bevestigen " if "bevestigen" in match[0].lower() else "Kunt u aangeven "


def _asked(match: re.Match[str]) -> str:
    """Return the short form of a polite request before what it asks to say."""
    polite = match[0].lower()
    is_verb = polite.startswith("kindly")
    is_said = polite.startswith(("may", "might", "could", "can", "i ", "we ")) and not re.match(
        _SAID, match.string[match.end() :], re.IGNORECASE
    )
    return "Please " if is_verb else "Can you say " if is_said else "Can you "


class Denial(StrEnum):
    """Extent of a denial in a statement that a clause asks to confirm."""

    NONE = "none"
    WHOLE = "whole"  # that it is not so: a yes to the relation is a no to the words
    PART = "part"  # that one thing is so and another is not: no yes or no fits


def statement_in(words: str) -> str:
    """Return the statement that a clause asks to confirm (`Is it true that …?`); empty if there is none."""
    match = _CONFIRMED.match(words)
    return match["claim"] or match["tagged"] or match["declared"] if match is not None else ""


def statements_in(words: str) -> tuple[str, ...]:
    """Return a sentence that asks to confirm several statements as one sentence for each, else the sentence.

    `Is it true that A is on X and is not on Y?` also asks `Is it true that is not on Y?`.
    """
    match = _CONFIRMED.match(words)
    if match is None or not match["claim"]:
        return (words,)
    frame = words[: match.start("claim")]
    first, *others = _AND_ALSO.split(match["claim"])
    return (frame + first, *(f"{frame} {re.sub(r'^(?:dat|that) ', '', other)}" for other in others))


def is_ended(words: str) -> bool:
    """Return whether a text says that something is no longer so (`May it no longer be bought?`)."""
    return re.search(_NO_LONGER, words, re.IGNORECASE) is not None


def absence_in(words: str) -> Denial:
    """Return what a clause denies by a word such as `missing from`.

    With a `not` too, or with a second statement that may not be denied, it is open.
    """
    absent = _ABSENT.search(words)
    if absent is None:
        return Denial.NONE
    is_open = _DENIED.search(_ABSENT.sub(" ", words)) or _CONTRAST.search(words)
    return Denial.PART if is_open or _PRESENT.search(words[: absent.start()]) else Denial.WHOLE


def denial_in(claim: str) -> Denial:
    """Return what a statement denies. `No longer` does not count: the end of a listing has a relation."""
    plain = _NEITHER.sub(
        lambda match: match[1] or match[2], _WHETHER.sub("", _ENDED.sub("", _ASIDE.sub(" ", claim)))
    )
    denials = list(_DENIED.finditer(plain))
    if not denials:
        return Denial.NONE
    other = _OTHER.search(plain)
    return Denial.WHOLE if len(denials) == 1 and other is None else Denial.PART
