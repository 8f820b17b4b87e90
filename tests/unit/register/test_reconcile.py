"""What a second inventory comes to beside the register: known again, changed, gone, new, or asked."""

from datetime import date
from typing import Any

import pytest

from overzicht.devices import Sighting, Trace
from overzicht.evidence import Citation
from overzicht.register.reconcile import reconcile
from overzicht.register.terms import Change, KnownDevice, LifecycleState, Outcome, SameDayRow


def seen(number: int = 0, **said: Any) -> Sighting:
    """Return a sighting; `brand`, `model`, `mac`, `serial` are traces, the rest are fields."""
    names = {"brand": Trace.BRAND, "model": Trace.MODEL, "mac": Trace.MAC, "serial": Trace.SERIAL}
    traces = {names[name]: (said.pop(name),) for name in list(said) if name in names}
    citation = Citation(source="inventory", title="a.csv", place=f"row {number}", snapshot="ab")
    return Sighting(id=f"s{number}", citation=citation, traces=traces, **said)


def known(device: str, life: LifecycleState = LifecycleState.IN_USE, **said: Any) -> KnownDevice:
    return KnownDevice(device, life, {"table": seen(**said)})


MAC_1, MAC_2 = "44:19:B6:00:00:01", "44:19:B6:00:00:02"


def test_the_same_inventory_twice_changes_nothing() -> None:
    rows = [
        seen(0, mac=MAC_1, model="DS-2CD2143"),
        seen(1, serial="AB123456", model="M1"),
        seen(2, site="Hall", place="door", model="M2"),
        seen(3, label="CAM-3", brand="Axis"),
    ]
    devices = [KnownDevice(f"d{n}", LifecycleState.IN_USE, {"table": row}) for n, row in enumerate(rows)]
    found = reconcile(rows, "table", devices, scope=[device.id for device in devices])
    assert [(row.outcome, row.device) for row in found] == [
        (Outcome.UNCHANGED, f"d{number}") for number in range(4)
    ]
    assert [row.matched_by for row in found] == ["mac", "serial", "place and model", "label"]


def test_a_field_that_differs_is_shown_old_and_new_and_silence_changes_nothing() -> None:
    device = known("d", mac=MAC_1, place="door", model="M1", bought=date(2019, 1, 1))
    (row,) = reconcile([seen(mac="4419.b600.0001", place="roof", model="M1")], "table", [device])
    assert row.outcome is Outcome.CHANGED
    assert row.changes == (Change("place", "door", "roof"),)


def test_another_kind_of_source_adds_what_it_saw_beside_what_is_kept() -> None:
    device = known("d", label="CAM-1", brand="Eagle", mac=MAC_1)
    scanned = seen(mac=MAC_1, brand="Hikvision", address="10.0.0.4")
    (row,) = reconcile([scanned], "nmap-xml", [device])
    assert row.changes == (
        Change("address", "", "10.0.0.4"), Change("brand", "Eagle", "Eagle / Hikvision"),
    )  # fmt: skip
    again = KnownDevice("d", LifecycleState.IN_USE, row.evidence)
    (row,) = reconcile([seen(label="CAM-1", brand="Eagle", mac=MAC_1)], "table", [again])
    assert row.outcome is Outcome.UNCHANGED


def test_what_an_inventory_should_show_and_does_not_is_gone_and_else_it_is_left_alone() -> None:
    devices = [
        known("a", mac=MAC_1),
        known("b", mac=MAC_2),
        known("c", life=LifecycleState.PLANNED, label="x"),
    ]
    rows = reconcile([seen(mac=MAC_1)], "table", devices, scope=["a", "b", "c"])
    assert [(row.outcome, row.device) for row in rows][1:] == [(Outcome.GONE, "b")]
    assert len(reconcile([seen(mac=MAC_1)], "table", devices, scope=[])) == 1


@pytest.mark.parametrize(
    ("device", "row"),
    [
        (known("d", label="CAM-1", mac=MAC_1), seen(label="CAM-1", mac=MAC_2)),
        (known("d", mac=MAC_1, serial="AB123456"), seen(mac=MAC_1, serial="ZZ999999")),
        (known("d", label="CAM-1", site="Hall"), seen(label="CAM-1", site="Pool")),
        (known("d", life=LifecycleState.REMOVED, mac=MAC_1), seen(mac=MAC_1)),
    ],
)
def test_contradicting_marks_are_asked_and_their_device_is_not_gone(
    device: KnownDevice, row: Sighting
) -> None:
    found = reconcile([row], "table", [device], scope=["d"])
    assert [(each.outcome, each.candidates) for each in found] == [(Outcome.UNCLEAR, ("d",))]
    assert found[0].why is not None


def test_marks_of_two_devices_are_asked() -> None:
    devices = [known("a", mac=MAC_1), known("b", serial="AB123456")]
    (row,) = reconcile([seen(mac=MAC_1, serial="AB123456")], "table", devices)
    assert (row.outcome, row.candidates) == (Outcome.UNCLEAR, ("a", "b"))


def test_a_second_row_of_a_device_is_a_duplicate_unless_it_is_another_product() -> None:
    device = known("d", serial="AB123456", label="R-1")
    rows = reconcile([seen(0, serial="AB123456", label="R-1"), seen(1, serial="AB123456")], "table", [device])
    assert [(row.outcome, row.device, row.first) for row in rows] == [
        (Outcome.UNCHANGED, "d", -1), (Outcome.DUPLICATE, "d", 0),
    ]  # fmt: skip
    assert str(rows[1].why) == "row 0 shows the same device: the same serial number"
    copied = [seen(0, serial="AB123456", model="M1"), seen(1, serial="AB123456", model="M2")]
    assert [row.outcome for row in reconcile(copied, "table", [])] == [Outcome.ADDED, Outcome.ADDED]


@pytest.mark.parametrize(
    ("row", "proposed"),
    [
        ({"brand": "Dahua", "model": "IPC-1"}, True),
        ({"brand": "Axis", "model": "M2"}, False),  # the same maker: an edit
        ({"brand": "Axis", "model": "M1", "mac": MAC_2}, True),
    ],
)
def test_another_product_behind_a_label_is_proposed_as_a_replacement_and_never_an_edit(
    row: dict[str, Any], proposed: bool
) -> None:
    device = known("d", label="CAM-1", site="Hall", brand="Axis", model="M1", mac=MAC_1)
    if "mac" not in row:
        device = known("d", label="CAM-1", site="Hall", brand="Axis", model="M1")
    (found,) = reconcile([seen(label="CAM-1", site="Hall", **row)], "table", [device], scope=["d"])
    assert (found.outcome is Outcome.UNCLEAR) is proposed
    assert (found.changes == (Change("replaced?", "", "d"),)) is proposed


def test_what_files_of_one_day_say_is_one_delivery_whatever_their_order() -> None:
    """A third file shows that two devices of the day are one; the second of them ends."""
    first, second = (
        SameDayRow("a", "table", seen(1, mac=MAC_1), 1, 0),
        SameDayRow("b", "table", seen(2, serial="AB123456"), 2, 0),
    )
    devices = [KnownDevice(each.device, LifecycleState.IN_USE, {}, (each,)) for each in (first, second)]
    row, ended = reconcile([seen(3, mac=MAC_1, serial="AB123456")], "table", devices)
    assert (row.outcome, row.device, row.moved) == (Outcome.CHANGED, "a", (second,))
    assert (ended.device, ended.changes) == ("b", (Change("life", "in use", "removed"),))
    earlier = [
        KnownDevice(each.device, LifecycleState.IN_USE, {"table": each.sighting}) for each in (first, second)
    ]
    (row,) = reconcile([seen(3, mac=MAC_1, serial="AB123456")], "table", earlier)
    assert (row.outcome, row.candidates) == (Outcome.UNCLEAR, ("a", "b"))


def test_equal_devices_at_one_place_are_counted_not_guessed() -> None:
    here: dict[str, Any] = {"site": "Hall", "place": "lobby", "model": "M1"}
    three = [known(f"d{n}", **here) for n in range(3)]
    rows = reconcile([seen(n, **here) for n in range(4)], "table", three, scope=["d0", "d1", "d2"])
    assert [row.outcome for row in rows] == [Outcome.UNCHANGED] * 3 + [Outcome.ADDED]
    rows = reconcile([seen(n, **here) for n in range(2)], "table", three, scope=["d0", "d1", "d2"])
    assert [row.outcome for row in rows] == [Outcome.UNCHANGED] * 2 + [Outcome.GONE]
    marked = [known("a", mac=MAC_1, **here), known("b", mac=MAC_2, **here)]
    rows = reconcile([seen(**here)], "table", marked, scope=["a", "b"])
    assert [(row.outcome, row.candidates) for row in rows] == [(Outcome.UNCLEAR, ("a", "b"))]


def test_a_label_used_on_every_site_chooses_by_the_site() -> None:
    devices = [known("a", label="1", site="Hall"), known("b", label="1", site="Pool")]
    rows = reconcile([seen(0, label="1", site="Pool"), seen(1, label="1", site="Hall")], "table", devices)
    assert [(row.outcome, row.device) for row in rows] == [(Outcome.UNCHANGED, "b"), (Outcome.UNCHANGED, "a")]


def test_an_address_is_a_key_only_while_the_product_agrees() -> None:
    device = known("d", address="10.0.0.1", model="M1")
    assert reconcile([seen(address="10.0.0.1")], "nmap-xml", [device])[0].matched_by == "network address"
    assert reconcile([seen(address="10.0.0.1", model="M2")], "table", [device])[0].outcome is Outcome.ADDED


def test_a_person_chooses() -> None:
    devices = [known("d", label="CAM-1", mac=MAC_1), known("e", mac=MAC_2)]
    row = seen(label="CAM-1", serial="AB123456")
    for choice, outcome, device in (
        ("e", Outcome.CHANGED, "e"), ("new", Outcome.ADDED, ""), ("skip", Outcome.UNCLEAR, ""),
        ("replaces:d", Outcome.ADDED, ""),
    ):  # fmt: skip
        found = reconcile([row], "table", devices, choices={0: choice}, scope=["d"])
        assert (found[0].outcome, found[0].device) == (outcome, device), choice
        gone = [each.device for each in found[1:]]
        assert gone == ([] if choice == "replaces:d" else ["d"]), choice


def test_a_device_not_seen_that_is_seen_again_is_in_use() -> None:
    (row,) = reconcile([seen(mac=MAC_1)], "table", [known("d", life=LifecycleState.NOT_SEEN, mac=MAC_1)])
    assert row.changes == (Change("life", "not seen", "in use"),)
