"""Words of the FollowTheMoney vocabulary for the effects of listings and the dates of law, and its model."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from overzicht.dates import DateBasis, LegalDate
from overzicht.errors import MissingExtraError

if TYPE_CHECKING:
    from followthemoney.model import Model

TOPICS: Mapping[str, str] = {  # legal effect of a list: topic of FollowTheMoney
    "asset freeze": "sanction",
    "mixed": "sanction",
    "export licence": "export.control",
    "procurement ban": "debarment",
    "authorisation ban": "reg.action",
    "investment ban": "invest.ban",
    "finance ban": "sanction",
    "dealing ban": "sanction",
    "import ban": "forced.labor",
    "travel ban": "sanction",
    "naming": "reg.warn",
}


def stated_day(value: LegalDate | None) -> str:
    """Return the ISO day; empty for no date and for a date that is only a bound."""
    if value is None or value.basis is DateBasis.NOT_LATER_THAN:
        return ""
    return value.day.isoformat()


def load_model() -> "Model":
    """Return the model of FollowTheMoney; MissingExtraError without the extra `ftm`."""
    try:
        from followthemoney import model  # noqa: PLC0415 - an extra, and slow to load
    except ImportError as error:
        raise MissingExtraError("entities of FollowTheMoney", "ftm") from error
    return model
