"""The fixed words of a report: one sentence or word for every value of every enumeration."""

from collections.abc import Callable, Mapping
from typing import Any

from overzicht.devices import DeviceKind
from overzicht.devices.vulnerabilities.affected_products import Grade
from overzicht.evidence import Answer, Confidence, Text, text
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import Part

ANSWER_MEANINGS: Mapping[str, Text] = {
    Answer.FOUND: text("this party is on the list"),
    Answer.POSSIBLE: text("an entry has this name or a similar one; check whether it is this party"),
    Answer.NOT_FOUND: text("the list was searched and does not name this party"),
    Answer.NOT_CHECKED: text("no loaded version covers this date"),
    Answer.COULD_NOT_READ: text("the list is loaded but could not be read"),
}

CONFIDENCES: Mapping[str, Text] = {
    Confidence.HIGH: text("high"),
    Confidence.MEDIUM: text("medium"),
    Confidence.LOW: text("low"),
    Confidence.NONE: text("none"),
}

CONFIDENCE_MEANINGS: Mapping[str, Text] = {
    Confidence.HIGH: text("strong traces that agree: may be acted on"),
    Confidence.MEDIUM: text("good reasons: check before acting on it"),
    Confidence.LOW: text("a lead to examine, not more"),
    Confidence.NONE: text("the manufacturer is unknown or undecided"),
}

KINDS: Mapping[str, Text] = {
    DeviceKind.CAMERA: text("camera"),
    DeviceKind.THERMAL_CAMERA: text("thermal camera"),
    DeviceKind.TEMPERATURE_CAMERA: text("temperature camera"),
    DeviceKind.RECORDER: text("recorder"),
    DeviceKind.NUMBER_PLATE_READER: text("number-plate reader"),
    DeviceKind.BODY_CAMERA: text("body-worn camera"),
    DeviceKind.ACCESS_CONTROL: text("access control"),
    DeviceKind.INTERCOM: text("intercom"),
    DeviceKind.ENCODER: text("encoder"),
    DeviceKind.RADIO: text("radio"),
    DeviceKind.SOFTWARE: text("software"),
    DeviceKind.OTHER: text("other"),
    DeviceKind.UNKNOWN: text("unknown"),
    DeviceKind.PRINTER: text("printer"),
    DeviceKind.PHONE: text("phone"),
    DeviceKind.COMPUTER: text("computer"),
    DeviceKind.SERVER: text("server"),
    DeviceKind.NETWORK_EQUIPMENT: text("network equipment"),
    DeviceKind.BUILDING_EQUIPMENT: text("office or building equipment"),
}

PARTS: Mapping[str, Text] = {
    Part.DEVICE: text("surveillance equipment"),
    Part.OTHER_EQUIPMENT: text("other equipment"),
    Part.PLANNED: text("planned"),
    Part.OUT_OF_USE: text("out of use"),
}

GRADES: Mapping[str, Text] = {
    Grade.FIRMWARE: text("model and firmware"),
    Grade.KIND: text("manufacturer and kind; version unknown"),
    Grade.MAKER: text("manufacturer only"),
}

RELATIONS: Mapping[str, Text] = {
    "maker": text("the manufacturer itself"),
    "owner": text("an owner of the manufacturer"),
    "shareholder": text("shareholder"),
    "controlling shareholder": text("controlling shareholder"),
    "parent": text("parent company"),
    "ultimate parent": text("ultimate parent"),
    "subsidiary": text("parent of a subsidiary"),
}

OUTCOMES: Mapping[str, Text] = {
    "owned": text("owned"),
    "not owned": text("not owned"),
    "cannot rule out": text("cannot be ruled out"),
    "not in force": text("not in force"),
    "status unknown": text("not established"),
}

BASES: Mapping[str, Text] = {
    "full": text("full list"),
    "incomplete": text("incomplete list"),
    "starter": text("starter facts only"),
    "none": text("nothing loaded"),
}

BODY_KINDS: Mapping[str, Text] = {
    "municipality": text("municipality"),
    "province": text("province"),
    "ministry": text("ministry"),
    "water board": text("water board"),
}

INPUT_KINDS: Mapping[str, Text] = {
    "table": text("table (spreadsheet)"),
    "nmap-xml": text("network scan (nmap)"),
    "nmap-text": text("network scan (nmap)"),
    "onvif": text("ONVIF answers"),
    "openhab": text("openHAB things"),
    "hikvision-isapi": text("ISAPI answers"),
    "dahua-dhip": text("DHIP answers"),
    "geojson": text("points on a map (GeoJSON)"),
    "ted-xml": text("procurement notice (TED XML)"),
    "eforms": text("procurement notice (eForms)"),
    "ocds": text("procurement notices (OCDS)"),
    "snmp": text("answers of an SNMP agent"),
    "tree": text("export of a program (JSON, YAML or XML)"),
    "text": text("text that a program printed"),
    **dict.fromkeys(
        (
            "arp-scan",
            "censys",
            "httpx",
            "naabu",
            "nessus-xml",
            "nuclei",
            "openvas",
            "openvas-xml",
            "rustscan",
            "tenable-sc",
            "ws-discovery",
            "masscan-json",
            "masscan-list",
            "nessus",
            "nmap-csv",
            "nmap-grepable",
            "shodan",
            "zmonvif-probe",
            "sadp-xml",
        ),
        text("network scan"),
    ),
    **dict.fromkeys(
        ("arp", "lldpctl", "switch-text"),
        text("table of a switch or network"),
    ),
    **dict.fromkeys(
        (
            "dhcpd-conf",
            "dnsmasq-leases",
            "isc-dhcpd-leases",
            "kea-config",
            "kea-leases",
            "mikrotik-leases",
            "openwrt-dhcp",
            "opnsense",
            "pihole-static",
            "windows-netsh",
        ),
        text("addresses that were handed out (DHCP)"),
    ),
    **dict.fromkeys(
        (
            "agent-dvr",
            "blue-iris",
            "blue-iris-json",
            "frigate",
            "go2rtc",
            "gb28181",
            "go2rtc-api",
            "home-assistant-cameras",
            "homebridge",
            "m3u",
            "mediamtx",
            "milestone-cameras",
            "milestone-rest",
            "motion",
            "rtsp-list",
            "scrypted",
            "shinobi",
            "synology",
            "unifi-protect",
            "viseron",
            "zoneminder",
        ),
        text("export of camera software"),
    ),
    **dict.fromkeys(
        (
            "ansible-ini",
            "checkmk",
            "cyclonedx-hbom",
            "device42",
            "glpi-inventory",
            "glpi-xml",
            "home-assistant",
            "home-assistant-registry",
            "hosts-file",
            "icinga",
            "known-devices",
            "librenms",
            "nagios",
            "netbox-csv",
            "netbox-dump",
            "netbox-initializers",
            "netbox-rest",
            "nornir",
            "opennms",
            "phpipam",
            "prtg",
            "router-db",
            "smokeping",
            "snipeit",
            "snipeit-csv",
            "unifi-network",
            "uptime-kuma",
            "xymon",
            "zabbix",
            "zabbix-api",
        ),
        text("asset register"),
    ),
    **dict.fromkeys(("dutch-sensor-register", "dutch-sensor-register-json"), text("sensor register")),
    "osm": text("points on a map (OpenStreetMap)"),
}


def word(table: Mapping[str, Text], key: str) -> Text:
    """Return the word for a value, or the value itself where the table has none (a source's own word)."""
    return table.get(key) or Text("{word}", (("word", key),))


def tellers(words: Words, tables: Mapping[str, Mapping[str, Text]]) -> dict[str, Callable[[Any], str]]:
    """Return, for each table by its name in templates, the function from a value to its word."""
    return {name: _teller(words, table) for name, table in tables.items()}


def _teller(words: Words, table: Mapping[str, Text]) -> Callable[[Any], str]:
    return lambda key: words.say(word(table, key))


# Sentences with names that an export may have to leave out.
BRANDS_ALONE = text(
    "{count} devices have only a brand ({brands}): no maker card or loaded list names their manufacturer."
)
SUPPLIERS_LISTED = text("A list names these suppliers of devices: {suppliers}.")
