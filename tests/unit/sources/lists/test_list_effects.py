"""What an entry does in law: per list, part, measure and programme, before and on the day of a change."""

from datetime import date, timedelta

import pytest

from overzicht.evidence import Confidence
from overzicht.sources.lists.effects import Effect, effect_of
from overzicht.sources.lists.registry import READERS, load_card
from overzicht.sources.starter import packaged_starter

ONE_DAY = timedelta(days=1)
TODAY = date(2026, 11, 27)
BANS = "us-procurement-bans"
SDN = "Specially Designated Nationals"
CMIC = "Non-SDN Chinese Military-Industrial Complex Companies List"
CONSOLIDATED = "Non-SDN Consolidated Sanctions List"


@pytest.mark.parametrize(
    ("asked", "kind", "words"),
    [
        (
            ("us-ofac", "consolidated", CONSOLIDATED, "CMIC-EO13959"),
            "investment ban",
            "publicly traded securities",
        ),
        (("us-ofac", "sdn", SDN, "GLOMAG"), "asset freeze", "must block"),
        (("us-ofac", "sdn", SDN, "UKRAINE-EO13662"), "asset freeze", "must block"),
        (("us-ofac", "consolidated", CONSOLIDATED, "UKRAINE-EO13662"), "finance ban", "new debt"),
        (("us-ofac", "consolidated", CONSOLIDATED, "NS-PLC"), "finance ban", "banks must reject"),
        (("us-ofac", "consolidated", CONSOLIDATED, "561-Related"), "mixed", "short of a freeze"),
        (("us-csl", "", CMIC, "CMIC-EO13959"), "investment ban", "publicly traded securities"),
        (("us-csl", "", SDN, "GLOMAG"), "asset freeze", "must block"),
        (("us-csl", "", "Entity List", ""), "export licence", "needs a licence"),
        (("us-csl", "", "Unverified List", ""), "export licence", "No licence exception"),
        (("us-csl", "", "Military End User", ""), "export licence", "military end user"),
        (("us-csl", "", "Denied Persons List", ""), "export licence", "removes the right to take part"),
        (("us-bis-entity-list", "", "Entity List", ""), "export licence", "needs a licence"),
        (("us-bis-dpl", "", "Denied Persons List", ""), "export licence", "removes the right to take part"),
        (
            ("us-1260h", "", "Section 1260H", "Section 1260H"),
            "naming",
            "names the company as Chinese military",
        ),
        ((BANS, "section-889", "Section 889", ""), "procurement ban", "federal agencies may not"),
        ((BANS, "fcc-covered-list", "FCC Covered List", ""), "authorisation ban", "gets no auth"),
        ((BANS, "section-5949", "Section 5949", ""), "procurement ban", "semiconductors"),
        ((BANS, "section-154", "Section 154", ""), "procurement ban", "batteries"),
        ((BANS, "section-1286", "Section 1286", ""), "naming", "names foreign institutions"),
        (("us-uflpa", "", "UFLPA Entity List", ""), "import ban", "may not be imported"),
        (("eu-fsf", "", "Asset freeze", "HR"), "asset freeze", "are frozen"),
        (("eu-official-journal", "32020R1998", "Asset freeze", "HR"), "asset freeze", "are frozen"),
        (("eu-official-journal", "32014R0833", "Services ban", ""), "dealing ban", "services"),
        (("un-sc", "", "Security Council measures", "DPRK"), "asset freeze", "are frozen"),
        (("un-sc", "", "Security Council measures", "GB"), "travel ban", "entry or transit"),
        (("uk", "ofsi", "Asset freeze", ""), "asset freeze", "must freeze"),
        (("uk", "fcdo", "Travel Ban", ""), "mixed", "depends on its measures"),
        (("ca-sema", "", "SEMA", ""), "asset freeze", "may not deal in the party"),
        (("au-dfat", "", "Asset freeze", ""), "asset freeze", "may not deal with the party"),
        (("nl-terrorism", "", "Asset freeze", ""), "asset freeze", "are frozen"),
    ],
)
def test_each_part_has_its_own_effect(asked: tuple[str, str, str, str], kind: str, words: str) -> None:
    effect = effect_of(*asked, TODAY)
    assert (effect.kind, words in str(effect.text)) == (kind, True), effect.text


CHANGES = [  # list, part, measure, programme, day of the change, words that come with it
    (
        "us-ofac",
        "consolidated",
        CONSOLIDATED,
        "CMIC-EO13959",
        date(2021, 8, 2),
        "Americans may not buy or sell",
    ),
    ("us-csl", "", CMIC, "CMIC-EO13959", date(2021, 8, 2), "Americans may not buy or sell"),
    ("us-1237", "eo-13959", "Executive Order 13959", "", date(2021, 1, 11), "until 11 November 2021"),
    ("us-1260h", "", "Section 1260H", "", date(2023, 12, 22), "from 30 June 2026"),
    ("us-1260h", "", "Section 1260H", "", date(2026, 6, 30), "since 30 June 2026"),
    (BANS, "section-889", "Section 889", "", date(2019, 8, 13), "from 13 August 2020"),
    (BANS, "section-889", "Section 889", "", date(2020, 8, 13), "loans and grants"),
    (BANS, "fcc-covered-list", "FCC Covered List", "", date(2023, 2, 6), "New equipment that"),
    (BANS, "section-154", "Section 154", "", date(2027, 10, 1), "The Department of Defense may not"),
    (BANS, "section-5949", "Section 5949", "", date(2027, 12, 23), "American federal agencies"),
]


@pytest.mark.parametrize("change", CHANGES, ids=[f"{each[0]} {each[2]} {each[4]}" for each in CHANGES])
def test_an_effect_changes_on_its_day_and_not_before(change: tuple[str, str, str, str, date, str]) -> None:
    list_id, part, measure, programme, day, words = change
    before, after = (effect_of(list_id, part, measure, programme, each) for each in (day - ONE_DAY, day))
    earlier, later = str(before.text), str(after.text)
    assert later.startswith(words) or f" {words}" in later
    assert words not in earlier or not earlier.startswith(words)
    assert earlier != later
    assert dict(before.text.values)["nl"] != dict(after.text.values)["nl"]
    assert before.kind == after.kind


@pytest.mark.parametrize(
    ("asked", "listed", "applied"),
    [
        (("us-ofac", "consolidated", CONSOLIDATED, "CMIC-EO13959"), date(2021, 6, 3), date(2021, 8, 2)),
        (("us-1237", "eo-13959", "Executive Order 13959", ""), date(2020, 11, 12), date(2021, 1, 11)),
        ((BANS, "section-889", "Section 889", ""), date(2018, 8, 13), date(2019, 8, 13)),
        ((BANS, "fcc-covered-list", "FCC Covered List", ""), date(2021, 3, 12), date(2023, 2, 6)),
        ((BANS, "fcc-covered-list", "FCC Covered List", ""), date(2025, 12, 22), date(2025, 12, 22)),
        (("us-bis-entity-list", "", "Entity List", ""), date(2019, 10, 9), date(2019, 10, 9)),
    ],
)
def test_a_measure_applies_from_its_own_day_or_from_the_listing(
    asked: tuple[str, str, str, str], listed: date, applied: date
) -> None:
    effect = effect_of(*asked, listed)
    assert effect.applies_from(listed) == applied
    assert effect.applies_from(None) is None


@pytest.mark.parametrize(
    ("list_id", "here", "authorities"),
    [
        ("eu-fsf", True, True),
        ("eu-official-journal", True, True),
        ("nl-terrorism", True, True),
        ("un-sc", False, True),
        ("us-ofac", False, False),
        ("us-csl", False, False),
        ("us-1237", False, False),
        ("us-1260h", False, False),
        ("uk", False, False),
        ("gleif", False, False),
        ("ftm", False, False),
    ],
)
def test_whom_a_list_binds(list_id: str, here: bool, authorities: bool) -> None:
    effect = effect_of(list_id, "", "", "", TODAY)
    assert (effect.binds_dutch_public_body, effect.binds_authority_of("NL")) == (here, authorities)
    assert effect_of("uk", "", "", "", TODAY).binds_authority_of("uk"), (
        "a word of a card can be a state's own"
    )


def everything() -> list[tuple[str, str, str, str]]:
    """Every part and every name on the rules of every card, and what starter facts ask for."""
    asked = []
    for list_id in READERS:
        card = load_card(list_id)
        parts = {each.part for each in card.expect} | {address.part for address in card.addresses} | {""}
        asked += [(list_id, part, "", "") for part in parts]
        asked += [(list_id, "", name, "") for rule in card.effects for name in rule.of]
    for list_id, file in packaged_starter().items():
        asked += [
            (list_id, e.part, each.measure, each.programme) for e in file.entries for each in e.listings
        ]
    return sorted(set(asked))


@pytest.mark.parametrize("day", [date(1990, 1, 1), date(2021, 4, 13), TODAY, date(2030, 1, 1)])
def test_every_part_of_every_card_has_an_effect_and_a_binding_on_any_day(day: date) -> None:
    for asked in everything():
        effect: Effect = effect_of(*asked, day)
        assert effect.binds, asked
        assert effect.act.address.startswith("https://"), asked
        assert len(set(dict(effect.text.values).values())) == 2, asked
        assert effect.confidence is not Confidence.NONE, asked


def test_no_rule_of_a_card_is_out_of_reach() -> None:
    for list_id in READERS:
        rules = load_card(list_id).effects
        for number, rule in enumerate(rules):
            day = rule.since or (rule.until - ONE_DAY if rule.until else date(2029, 1, 1))
            names = rule.of[:1]
            assert not any(earlier.is_for(names, day) for earlier in rules[:number]), (list_id, rule.summary)


def test_a_starter_fact_never_gets_the_effect_of_a_whole_list_of_several_parts() -> None:
    for list_id, file in packaged_starter().items():
        rules = load_card(list_id).effects
        for entry in file.entries:
            for listing in entry.listings:
                effect = effect_of(list_id, entry.part, listing.measure, listing.programme, TODAY)
                assert len(rules) == 1 or effect.kind != "mixed", entry.id


@pytest.mark.parametrize(
    ("list_id", "day", "existed"),
    [
        ("us-1237", date(2020, 6, 11), False),
        ("us-1237", date(2020, 6, 12), True),
        ("us-1237", date(2021, 6, 2), True),
        ("us-1237", date(2021, 6, 3), False),
        ("us-uflpa", date(2022, 6, 20), False),
        ("us-uflpa", date(2022, 6, 21), True),
        ("us-ofac", date(1990, 1, 1), True),
    ],
)
def test_a_list_is_one_only_on_its_own_days(list_id: str, day: date, existed: bool) -> None:
    assert load_card(list_id).existed_on(day) is existed
