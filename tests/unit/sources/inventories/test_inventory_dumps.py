"""Dumps of a NetBox database: the devices with what they point to, everything else counted apart."""

from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.errors import InputFileError
from overzicht.sources.inventories import InventoryResult, read_inventory

DUMP = r"""--
-- PostgreSQL database dump
--

CREATE TABLE public.dcim_device (id bigint, name character varying(64));
COPY public.dcim_device (id, name, serial, device_type_id, site_id, primary_ip4_id, status) FROM stdin;
1	cam-hal	ACCC8E000001	2	3	5	active
2	cam-werf		2	3	\N	planned
\.

COPY public.dcim_devicetype (id, model, manufacturer_id) FROM stdin;
2	P3245-LVE	6
\.

COPY public.dcim_region (id, name) FROM stdin;
9	China
\.

COPY public.dcim_manufacturer (id, name) FROM stdin;
6	Axis
\.

COPY public.dcim_site (id, name) FROM stdin;
3	Stadhuis
\.

COPY public.ipam_ipaddress (id, address) FROM stdin;
5	192.0.2.1/24
\.

--
-- PostgreSQL database dump complete
--
"""


def read(folder: Path, content: str) -> InventoryResult:
    path = folder / "netbox.sql"
    path.write_text(content, encoding="utf-8")
    return read_inventory(path)


def test_the_devices_of_a_dump_are_read_with_what_they_point_to(tmp_path: Path) -> None:
    result = read(tmp_path, DUMP)
    assert (result.kind, result.records) == ("netbox-dump", 7)
    assert [(s.label, s.site, s.address, s.status) for s in result.sightings] == [
        ("cam-hal", "Stadhuis", "192.0.2.1", "active"),
        ("cam-werf", "Stadhuis", "", "planned"),
    ]
    assert result.sightings[0].values(Trace.BRAND) == ("Axis",)
    assert result.sightings[0].values(Trace.SERIAL) == ("ACCC8E000001",)
    assert [row.records for row in result.left_out] == [5]
    assert result.end is not None
    assert result.end.is_whole


@pytest.mark.parametrize("end", ["2\tcam-werf", "COPY public.dcim_site", "9\tChi"])
def test_a_dump_that_ends_too_early_says_so(end: str, tmp_path: Path) -> None:
    result = read(tmp_path, DUMP[: DUMP.index(end) + len(end)])
    assert result.end is not None
    assert result.end.is_whole is False
    assert {s.label for s in result.sightings} <= {"cam-hal", "cam-werf"}


def test_a_dump_of_another_program_is_not_a_table(tmp_path: Path) -> None:
    dump = "-- PostgreSQL database dump\nCOPY public.users (id, name, serial) FROM stdin;\n1\tJan\t5\n\\.\n"
    with pytest.raises(InputFileError):
        read(tmp_path, dump)
