"""Which questions the audit asks of which door on which day: a part of them each time, all when tests are
thorough."""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from oracle import casework, doors
from oracle.asking import Product
from oracle.claims import Claim
from oracle.statements import Party

DAILY = (
    doors.screen_names,
    doors.overview,
    doors.register_overview,
    doors.match_api,
    doors.yente_match,
    doors.makers_api,
    doors.maker_page,
    doors.yente_search,
    casework.licence_case,
    casework.tender_overview,
    casework.reconciliation,
)
SAMPLED = (doors.screen_one, doors.match_one_list, doors.search_page, doors.written_answers)
SEED = 20260831
DAYS_EACH_TIME = 2  # of the days of the audit; a door that asks one party at a time takes some of the parties
PARTIES_EACH_TIME = 12


@dataclass
class Asked:
    """The claims, with the seconds that each door took."""

    claims: list[Claim] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)

    def take(self, name: str, claims: Iterator[Claim]) -> None:
        start = time.perf_counter()
        self.claims += claims
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def ask_all(product: Product, parties: Sequence[Party], days: Sequence[str], *, is_thorough: bool) -> Asked:
    """Return what every door claims of the parties on the days; the sample is the same each time."""
    pick, asked = random.Random(SEED), Asked()  # noqa: S311 - a sample, no secret
    some_days = list(days) if is_thorough else sorted(pick.sample(list(days), DAYS_EACH_TIME))
    doors.prepare(product, parties)
    for day in some_days:
        for door in DAILY:
            asked.take(door.__name__, door(product, parties, day))
        for door in SAMPLED:
            some = list(parties) if is_thorough else pick.sample(list(parties), PARTIES_EACH_TIME)
            asked.take(door.__name__, door(product, some, day))
    asked.take("dossiers_api", doors.dossiers_api(product, parties, some_days))
    few = list(parties) if is_thorough else pick.sample(list(parties), 4)
    asked.take("dossier_command", doors.dossier_command(product, few, some_days))
    return asked
