"""Three published registers in one overview: nothing twice, and what is not shared stays unknown."""

from merged_tools import MODEL, register

from overzicht.register.merging import Level, merge


def test_three_registers_add_up_and_say_what_they_do_not_share() -> None:
    shared = register("b", 20, level=Level.MODELS, models=[MODEL])
    merged = merge(
        [register("a", 10), shared, register("c", 5, level=Level.FULL, models=[MODEL], devices=[])]
    )
    assert merged.totals == {"total": 35, "listed": 17}
    assert merged.makers == {"hikvision": 35}
    assert merged.models == [{**MODEL, "devices": 6, "organisations": ["B", "C"]}]
    assert merged.models_of == 2
    assert [[str(text) for text in member.unknown] for member in merged.members] == [
        ["it does not share its models", "it does not share its devices"],
        ["it does not share its devices"],
        [],
    ]


def test_of_one_organisation_only_the_newest_counts() -> None:
    old, new = register("a", 10), register("a", 12, "2026-04-01")
    for files in ([old, new], [new, old]):
        merged = merge(files)
        assert merged.totals["total"] == 12
        assert [(member.counts, str(member.note or "")) for member in merged.members] == [
            (False, "its newer register of 2026-04-01 counts"), (True, ""),
        ]  # fmt: skip


def test_the_same_file_twice_counts_once() -> None:
    assert merge([register("a", 10), register("a", 10)]).totals["total"] == 10


def test_what_lies_below_another_counts_with_it() -> None:
    region = register("region", 30, includes=("a", "b", "region"))
    merged = merge([register("a", 10), region, register("c", 1)])
    assert merged.totals["total"] == 31
    (left_out,) = [member for member in merged.members if not member.counts]
    assert str(left_out.note) == "it is included in Region"


def test_two_that_include_the_same_are_named() -> None:
    merged = merge([register("r", 30, includes=("a", "r")), register("s", 30, includes=("a", "s"))])
    assert [str(note) for note in merged.notes] == [
        "More than one register includes a. These may count twice."
    ]


def test_statements_stand_beside_the_counts_and_other_days_are_said() -> None:
    said = [{"said": "2025-11", "quantity": "120", "maker_named": "Hikvision", "status": "in use"}]
    merged = merge([register("a", 10, statements=said), register("b", 1, "2026-05-01")])
    assert merged.totals["total"] == 11
    assert [row["quantity"] for row in merged.statements] == ["120"]
    assert "2026-03-01 to 2026-05-01" in str(merged.notes[0])
