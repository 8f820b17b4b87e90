"""The oracle by itself: it shares nothing with the product, and reads what a person reads in the raw
files."""

import ast
import sys
from pathlib import Path

import pytest
from oracle.claims import day_of, effect_of
from oracle.entries import Entry, RawLists
from oracle.spellings import plain_form, spellings
from oracle.statements import LISTED, NOT_LISTED, OPEN, Oracle, Party, facts, read_parties

HERE = Path(__file__).parent
READERS = ("entries", "american", "elsewhere", "raw", "spellings", "statements")
# Read by hand in the raw rows: party, list, day, answer, first day by part.
BY_HAND: tuple[tuple[str, str, str, str, dict[str, str]], ...] = (
    ("hikvision-han", "us-1260h", "2026-08-25", LISTED, {"": "2021-06-03"}),
    ("hikvision-han", "us-procurement-bans", "2019-07-01", LISTED, {"Section 889": "2018-08-13"}),
    ("hikvision-han", "us-csl", "2019-10-08", NOT_LISTED, {}),
    ("ymtc", "us-1260h", "2026-04-01", NOT_LISTED, {}),  # removed on 17 February 2026, back on 8 June
    ("ymtc", "us-1260h", "2026-06-08", LISTED, {"": "2026-06-08"}),
    ("tp-link", "us-1260h", "2025-01-20", NOT_LISTED, {}),
    ("kaspersky", "us-procurement-bans", "2022-04-25", LISTED, {"FCC Covered List": "2022-03-25"}),
    ("sugon", "us-csl", "2020-06-15", LISTED, {"Entity": "2019-06-24"}),
    ("ri-won-ho", "un-sc", "2016-11-29", NOT_LISTED, {}),
    ("ri-won-ho", "un-sc", "2016-11-30", LISTED, {"": "2016-11-30"}),
    ("huo-liujun", "ca-sema", "2025-01-20", LISTED, {"": "2024-12-09"}),
    ("huo-liujun", "us-ofac", "2020-07-08", NOT_LISTED, {}),
    ("huo-liujun", "us-ofac", "2020-12-20", LISTED, {"sdn": "2020-07-09"}),
    ("green-pine", "us-ofac", "2019-07-01", OPEN, {}),  # the file of 2021 prints no day
    ("kandiri", "us-csl", "2022-04-25", NOT_LISTED, {}),
    ("candiru", "us-csl", "2021-11-03", NOT_LISTED, {}),
)


@pytest.mark.parametrize("name", READERS)
def test_the_reader_imports_nothing_of_the_product(name: str) -> None:
    tree = ast.parse((HERE / f"{name}.py").read_text(encoding="utf-8"))
    imported = {
        module.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert imported <= {*sys.stdlib_module_names, "oracle"}


def test_there_are_enough_parties_and_days_and_every_fact_has_a_source() -> None:
    parties, days = read_parties()
    assert len({party.id for party in parties}) == len(parties) >= 40
    assert len(set(days)) >= 12
    assert all(fact["source"] and set(fact["parties"]) <= {p.id for p in parties} for fact in facts()["act"])


@pytest.mark.shared
@pytest.mark.parametrize(("party", "list_id", "day", "answer", "starts"), BY_HAND)
def test_the_oracle_says_what_a_person_reads(
    oracle_of_files: Oracle, party: str, list_id: str, day: str, answer: str, starts: dict[str, str]
) -> None:
    (asked,) = (each for each in read_parties()[0] if each.id == party)
    state = oracle_of_files.ask(asked, list_id, day)
    assert (state.answer, {part: stated.since for part, stated in state.parts.items()}) == (answer, starts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quillbrook Optics Co., Ltd.", "QUILLBROOK OPTICS"),
        ("A.K.A. Företag AB", "aka foretag"),
        ("Works & Sons", "Works and Sons GmbH"),
    ],
)
def test_names_are_one_without_legal_form_case_and_accents(one: str, other: str) -> None:
    assert plain_form(one) == plain_form(other)
    assert plain_form(one) != plain_form(f"{other} Limburg")


def test_a_bracket_at_the_end_is_another_name() -> None:
    assert spellings("Acme Optics Co. (also known as Acmo)*") == [
        "Acme Optics Co. (also known as Acmo)",
        "Acme Optics Co.",
        "Acmo",
    ]


@pytest.mark.parametrize(
    ("day", "answer"),
    [
        ("2020-01-01", OPEN),
        ("2021-01-01", LISTED),
        ("2022-05-01", OPEN),
        ("2023-01-01", NOT_LISTED),
        ("2024-06-01", OPEN),
    ],
)
def test_without_a_printed_day_versions_alone_tell(day: str, answer: str) -> None:
    raw = RawLists()
    raw.add(
        [
            Entry("list", "", "", "Quillbrook", version="2021-01-01"),
            Entry("list", "", "", "Other", version="2021-01-01"),
        ]
    )
    raw.add([Entry("list", "", "", "Other", version="2023-01-01")])
    party = Party("q", "Quillbrook", "Company", ())
    assert Oracle(raw).ask(party, "list", day).answer == answer
    assert Oracle(raw).ask(Party("z", "Zonnebloem", "Company", ()), "list", "2024-06-01").answer == OPEN


def test_texts_of_doors_are_read() -> None:
    assert day_of("13 August 2018 (derived)") == ("2018-08-13", "derived")
    assert day_of("not later than 2021-03-10") == ("2021-03-10", "not later than")
    assert day_of({"day": "2021-06-03", "basis": "stated"}) == ("2021-06-03", "stated")
    assert effect_of("Americans must block the party's property") == "asset freeze"
    assert effect_of("It freezes nothing; sending items needs a licence.") == "export licence"
    assert effect_of("") is None
