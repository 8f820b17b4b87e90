"""What bodies said in public, in the language of whoever reads the answer."""

from datetime import date

import pytest
from answer_tools import NOW, act_on, draft, fresh_store

from overzicht.reports.i18n import words_for
from overzicht.subjects.register import statements

COLUMNS = (
    "public_body,country,maker_named,quantity,device_kind,use_or_place,status,source_address,source_date"
)
ROWS = (
    "Gemeente Eigenstad,NL,Hikvision,at least 9,camera,,in use,https://courant.example/2,2026-01",
    "Gemeente Eigenstad,NL,Hikvision,7 fixed + 1 movable,camera,,in use,https://raad.example/1,2026-01",
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """Return the sentences of the answer on own statements in English, by language."""
    folder = tmp_path_factory.mktemp("statements")
    store = fresh_store(folder / "home")
    path = folder / "said.csv"
    path.write_text("\n".join([COLUMNS, *ROWS]), encoding="utf-8")
    statements.store_statements(store, path, act_on(date(2026, 2, 2)))
    facts = [fact.text for one in draft(store, NOW).questions for fact in one.all_facts]
    store.close()
    return {
        lang: [said for fact in facts if "Eigenstad" in (said := words_for(lang).say(fact))]
        for lang in ("en", "nl")
    }


@pytest.mark.parametrize(
    ("lang", "parts"),
    [
        ("en", ("Public statement on Gemeente Eigenstad (2026-01): at least 9 × camera",)),
        ("nl", ("Openbare uitspraak over Gemeente Eigenstad (2026-01): minstens 9 × camera",)),
        ("en", ("cannot both be true: at least 9 (courant.example) and 8 (“7 fixed + 1 movable”)",)),
        ("nl", ("kunnen niet allebei", "minstens 9 (courant.example)", "8 (“7 fixed + 1 movable”)")),
    ],
)
def test_a_quantity_is_worded_and_what_it_says_more_stays_as_written(
    told: dict[str, list[str]], lang: str, parts: tuple[str, ...]
) -> None:
    assert any(all(part in said for part in parts) for said in told[lang]), told[lang]


def test_no_bound_of_another_language_is_left(told: dict[str, list[str]]) -> None:
    assert not any("at least" in said for said in told["nl"])
    assert not any("minstens" in said for said in told["en"])
