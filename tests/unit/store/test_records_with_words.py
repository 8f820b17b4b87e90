"""Records of some snapshots whose content has a word, on both databases."""

from datetime import date

from store_tools import company, put, snapshot_of

from overzicht.store.database import Store
from overzicht.store.list_records import records_with_words

NAMES = ("XINJIANG Nevel", "Kvantor xinjiang", "Xinjang Optiek", "Nevel 100% Zicht", "Nevel 1000 Zicht")


def test_case_is_ignored_and_signs_are_literal(store: Store) -> None:
    held = [company(f"eu-{n}", name, list_id="eu-fsf") for n, name in enumerate(NAMES)]
    key = put(store, snapshot_of("eu-fsf", date(2026, 1, 1)), held)
    put(store, snapshot_of("un-sc", date(2026, 1, 1)), [company("un-1", NAMES[0], list_id="un-sc")])
    with store.reading() as connection:
        found = records_with_words(connection, [key], ["Xinjiang", "xinjiang"])
        assert found == [("eu-fsf", "eu-0"), ("eu-fsf", "eu-1")]
        assert records_with_words(connection, [key], ["xinj_ang", "nergens"]) == []
        assert records_with_words(connection, [key], ["100% zicht"]) == [("eu-fsf", "eu-3")]
        assert records_with_words(connection, [], ["xinjiang"]) == []
