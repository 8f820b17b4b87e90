"""Recog fingerprints from a folder."""

from datetime import date
from pathlib import Path

import pytest
from unit_devices import identify, make_sighting

from overzicht.devices import DeviceKind, Trace
from overzicht.devices.knowledge import Knowledge
from overzicht.devices.traces.recog_files import compile_ruby, load_recog
from overzicht.errors import InputFileError

SERVERS = """<?xml version='1.0'?>
<fingerprints matches="http_header.server" protocol="http" database_type="service">
  <fingerprint pattern="^kes-httpd/(\\d+)\\z" flags="REG_ICASE">
    <description>Kestrel web server</description>
    <param pos="0" name="hw.vendor" value="Kestrel"/>
    <param pos="0" name="hw.device" value="DVR"/>
    <param pos="1" name="service.version"/>
    <param pos="0" name="hw.product" value="Kes {service.version}"/>
  </fingerprint>
  <fingerprint pattern="^badge" certainty="0.25"><description>Badge</description>
    <param pos="0" name="hw.vendor" value="Badge"/></fingerprint>
  <fingerprint pattern="(?&lt;unclosed"><description>wrong</description></fingerprint>
</fingerprints>
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "http_servers.xml").write_text(SERVERS, encoding="utf-8")
    return tmp_path


def test_a_banner_is_read_with_its_parameters(folder: Path) -> None:
    recog = load_recog(folder)
    ((fingerprint, params),) = recog.read(Trace.BANNER, "http: KES-httpd/7")
    assert params["hw.product"] == "Kes 7"
    assert fingerprint.citation.place == "http_servers.xml: Kestrel web server"
    assert list(recog.read(Trace.BANNER, "ftp: kes-httpd/7")) == []


@pytest.mark.parametrize(
    ("file", "service"),
    [
        ("sip_banners", "sip"),
        ("rtsp_servers", "rtsp"),
        ("http_servers", "https"),
        ("http_wwwauth", "http-auth"),
    ],
)
def test_each_service_has_a_file_of_fingerprints(tmp_path: Path, file: str, service: str) -> None:
    (tmp_path / f"{file}.xml").write_text(SERVERS, encoding="utf-8")
    (tmp_path / "telnet_banners.xml").write_text("<fingerprints/>", encoding="utf-8")
    recog = load_recog(tmp_path)
    assert len(list(recog.read(Trace.BANNER, f"{service}: badge"))) == 1
    assert list(recog.read(Trace.BANNER, "telnet: badge")) == []


def test_a_fingerprint_is_certain_unless_it_states_less(folder: Path) -> None:
    (fingerprints,) = load_recog(folder).files.values()
    assert [fingerprint.certainty for fingerprint in fingerprints] == [1, 0.25]


def test_a_pattern_that_python_cannot_compile_is_counted(folder: Path) -> None:
    assert load_recog(folder).skipped == {"http_servers.xml": 1}


def test_a_vendor_is_evidence_for_the_maker_of_that_name_only(folder: Path, invented: Knowledge) -> None:
    recog = load_recog(folder)
    found = identify(make_sighting(banner="http: kes-httpd/7"), invented, as_of=date(2026, 1, 1), recog=recog)
    assert (found.maker_id, found.kind) == ("kestrel", DeviceKind.RECORDER)
    brand = identify(make_sighting(banner="http: badge"), invented, as_of=date(2026, 1, 1), recog=recog)
    assert brand.maker_id == ""


def test_ruby_patterns_are_changed_to_python() -> None:
    pattern = compile_ruby(r"^(?<name>\h+)$")
    assert pattern is not None
    assert pattern.search("x\nBEEF\ny")
    assert compile_ruby("(") is None
    for written in ("^(?i)kes", "(?i)^kes"):
        pattern = compile_ruby(written)
        assert pattern is not None
        assert [bool(pattern.search(text)) for text in ("x\nKES 7", "xkes")] == [True, False]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("<fingerprints>", "it is not XML"),
        ("<nmaprun/>", "its root is 'nmaprun'"),
    ],
)
def test_a_file_that_is_no_recog_file_is_refused(tmp_path: Path, content: str, why: str) -> None:
    (tmp_path / "http_servers.xml").write_text(content, encoding="utf-8")
    with pytest.raises(InputFileError, match=why):
        load_recog(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no recog fingerprints"):
        load_recog(tmp_path)


@pytest.mark.shared
def test_the_real_files_load_and_few_patterns_are_lost(shared_data: Path) -> None:
    recog = load_recog(shared_data / "devices/fingerprints-recog/xml")
    usable = sum(len(found) for found in recog.files.values())
    assert usable > 2000
    assert sum(recog.skipped.values()) <= 0.01 * usable
    ((_, params),) = recog.read(Trace.BANNER, "http: DNVRS-Webs")
    assert params["hw.vendor"] == "Hikvision"
