"""The words of roles on pages."""

from collections.abc import Mapping

from overzicht.evidence import Text
from overzicht.evidence.worded_enum import words_of
from overzicht.reports.i18n import Words
from overzicht.store.accounts import Role

ROLES: Mapping[str, Text] = words_of(Role)


def role_choices(words: Words, highest: Role = Role.ADMIN) -> list[tuple[str, str]]:
    """Return the roles up to a highest one, each with its word, for a field of a form."""
    return [(role.value, words.say(ROLES[role])) for role in Role if role.rank <= highest.rank]
