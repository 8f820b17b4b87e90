"""Reasoning once per group gives every device the answer that it gets by itself."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from overzicht.devices import Identification, Sighting, Trace
from overzicht.devices.evidence import Gatherer
from overzicht.devices.identify import GroupedIdentifier, identify_all
from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.traces.interface import Lookup
from overzicht.devices.traces.mac import packaged_registry
from overzicht.evidence import Citation
from overzicht.sources.inventories.registry import read_inventory

DAY = date(2026, 3, 1)


def grouped() -> GroupedIdentifier:
    return GroupedIdentifier(Gatherer(Lookup(load_knowledge(), packaged_registry()), DAY))


def bare(found: Identification) -> Identification:
    return replace(found, sighting_id="")


def sighting(mac: str, **said: object) -> Sighting:
    citation = Citation(source="inventory", title="a")
    traces = {Trace.MAC: (mac,), Trace.BRAND: (str(said.get("brand", "Annke")),), Trace.SERIAL: (mac * 2,)}
    bought = said.get("bought")
    assert bought is None or isinstance(bought, date)
    return Sighting("s", citation, traces, bought=bought, kind=str(said.get("kind", "")))


def test_each_device_of_the_example_is_identified_as_by_itself(project_root: Path) -> None:
    folder = project_root / "examples/gemeente-voorbeeldstad"
    sightings = [
        each
        for name in ("apparatuur.xlsx", "netwerkscan.xml")
        for each in read_inventory(folder / name).sightings
    ]
    alone = identify_all(sightings, load_knowledge(), as_of=DAY, registry=packaged_registry())
    once = grouped()
    together = [once.identify(each)[1] for each in sightings]
    assert [bare(found) for found in together] == [bare(found) for found in alone]
    by_traces = [once.identification(each) for each in sightings]
    assert [bare(found) for found in by_traces] == [bare(found) for found in alone]
    assert len({id(found) for found in by_traces}) < len(sightings)
    assert len(once.samples) < len(sightings)


def test_addresses_of_one_block_are_one_group_and_those_of_another_are_not() -> None:
    once = grouped()
    first, second = (once.key(sighting(f"44:19:B6:00:00:0{n}")) for n in (1, 2))
    assert first == second
    assert once.key(sighting("AC:CC:8E:00:00:01")) != first
    assert once.key(sighting("44:19:B6:00:00:01", kind="recorder")) != first
    assert once.key(sighting("44:19:B6:00:00:01", brand="Axis")) != first


def test_the_day_of_purchase_counts_where_the_brand_changed_makers() -> None:
    once = grouped()
    days = (date(2008, 1, 1), date(2024, 1, 1))
    own = {once.key(sighting("44:19:B6:00:00:01", brand="Axis", bought=day)) for day in days}
    changed = {once.key(sighting("44:19:B6:00:00:01", brand="Honeywell", bought=day)) for day in days}
    assert (len(own), len(changed)) == (1, 2)


def test_addresses_that_software_chose_are_one_group() -> None:
    once = grouped()
    first, second = (once.identification(sighting(f"02:19:B6:00:00:0{n}")) for n in (1, 2))
    assert first is second
    assert "not assigned by a factory" in str([str(reason.text) for reason in first.reasons])


def test_days_of_purchase_in_one_period_of_a_brand_are_one_group() -> None:
    once = grouped()
    days = (date(2009, 1, 1), date(2014, 5, 6), date(2014, 5, 7), date(2024, 1, 1))
    for brand in ("Bosch", "Honeywell", "Hanwha", "Samsung Techwin"):
        seen = [sighting("44:19:B6:00:00:01", brand=brand, bought=day) for day in days]
        alone = identify_all(seen, load_knowledge(), as_of=DAY, registry=packaged_registry())
        by_traces = [once.identification(each) for each in seen]
        assert [bare(found) for found in by_traces] == [bare(found) for found in alone]
        assert by_traces[1] is by_traces[2]
