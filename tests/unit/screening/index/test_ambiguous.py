"""A name that one list gives to two parties joins none of them; one of two entries of one party does."""

from dataclasses import replace

from overzicht.screening.index.build import IndexedParty, build_arrays
from overzicht.screening.index.resolve import NAME, NUMBERS


def party(id_: str, list_id: str, *names: str, schema: str = "Organization") -> IndexedParty:
    links = tuple((NAME, name.casefold()) for name in names)
    return IndexedParty(id_, schema, names, list_id, links=links)


def groups(*parties: IndexedParty) -> list[list[str]]:
    index = build_arrays(parties)
    members: dict[int, list[str]] = {}
    for number, root in enumerate(index.resolved.root.tolist()):
        members.setdefault(root, []).append(index.party_ids.get(number))
    return sorted(map(sorted, members.values()))


MOVEMENT = party("au-1", "au", "Ansar Allah", "The Houthis", "Partisans of God", "Supporters of God")
OTHER = party("au-2", "au", "Party of God", "Hizb Allah", "Ansar Allah", "Islamic Resistance")
ELSEWHERE = party("un-1", "un", "The Houthis", "Ansar Allah")


def test_a_name_of_two_parties_of_one_list_joins_none() -> None:
    assert groups(MOVEMENT, OTHER, ELSEWHERE) == [["au-1", "un-1"], ["au-2"]]


def test_without_the_list_that_tells_them_apart_a_name_joins() -> None:
    assert groups(OTHER, ELSEWHERE) == [["au-2", "un-1"]]


def test_entries_with_one_main_name_or_most_names_in_common_are_of_one_party() -> None:
    again = party("au-3", "au", "Ansar Allah", "Believing Youth")
    assert groups(MOVEMENT, again, ELSEWHERE) == [["au-1", "au-3", "un-1"]]
    copied = party("au-4", "au", "Supporters of God", "The Houthis", "Partisans of God")
    assert groups(MOVEMENT, copied) == [["au-1", "au-4"]]


def test_what_follows_the_main_name_in_brackets_does_not_count() -> None:
    long = party("au-5", "au", "Lens Export Works (LEW)", "Lens Export Works", "LEW")
    short = party("au-6", "au", "Lens Exporting Works", "Lens Export Works")
    assert groups(long, short) == [["au-5", "au-6"]]


def test_entries_of_persons_make_no_name_ambiguous() -> None:
    person = party("au-7", "au", "Ansar Allah", "Abu Nasr", "Haji Nasr", schema="Person")
    assert groups(MOVEMENT, person, ELSEWHERE) == [["au-1", "au-7", "un-1"]]


def test_any_name_of_two_parties_joins_none_and_any_number_joins() -> None:
    for n in range(12):
        one, other = (
            party(f"au-{k}", "au", f"Works {n} {k}", f"Ansar {n}", f"Line {n} {k}", f"Ost {k}")
            for k in (1, 2)
        )
        assert groups(one, other, party("un-1", "un", f"Ansar {n}")) == [["au-1"], ["au-2"], ["un-1"]]
        for kind in NUMBERS:
            same = ((kind, str(n)),)
            numbered = [replace(entry, links=same) for entry in (one, other)]
            assert groups(*numbered) == [["au-1", "au-2"]]
