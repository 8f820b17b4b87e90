"""Grades of matches between devices and affected products."""

from dataclasses import replace

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct, Grade
from overzicht.devices.vulnerabilities.grading import DeviceFacts, device_keys, grade_of, vendor_keys

KNOWLEDGE = load_knowledge()
SERIES = AffectedProduct("Hikvision", "DS-2CD2xx2F-I Series", ("<= 5.4.0 build 160530",))
GENERAL = AffectedProduct("Hikvision", "Security cameras web server")
CAMERA = DeviceFacts(
    maker_id="hikvision",
    brands=("Hikvision",),
    models=("DS-2CD2032F-I",),
    firmware=("V5.3.0 build 150513",),
    kind=DeviceKind.CAMERA,
    is_relabelled=False,
)


def grade(facts: DeviceFacts, *products: AffectedProduct) -> Grade | None:
    match = grade_of(facts, products, KNOWLEDGE)
    return match.grade if match else None


def test_the_three_grades() -> None:
    assert grade(CAMERA, GENERAL, SERIES) is Grade.FIRMWARE
    assert grade(replace(CAMERA, firmware=()), GENERAL, SERIES) is Grade.KIND
    assert grade(replace(CAMERA, models=("DS-2CD2146G2-ISU",)), SERIES) is Grade.MAKER
    assert not Grade.MAKER.is_finding


def test_firmware_outside_the_range_is_not_a_match_even_if_the_catalogue_is_general() -> None:
    assert grade(replace(CAMERA, firmware=("V5.6.2build 190701",)), GENERAL, SERIES) is None


def test_a_general_product_matches_by_kind_until_a_source_names_models() -> None:
    other = replace(CAMERA, models=("DS-2CD2146G2-ISU",))
    assert grade(other, GENERAL) is Grade.KIND
    assert grade(other, GENERAL, SERIES) is Grade.MAKER
    assert grade(replace(other, kind=DeviceKind.RECORDER), GENERAL) is Grade.MAKER
    assert grade(replace(other, kind=DeviceKind.THERMAL_CAMERA), GENERAL) is Grade.KIND
    assert grade(replace(other, kind=DeviceKind.UNKNOWN), GENERAL) is Grade.MAKER


def test_an_unknown_model_matches_by_the_kind_of_the_named_models() -> None:
    assert grade(replace(CAMERA, models=(), firmware=()), SERIES) is Grade.KIND
    assert grade(replace(CAMERA, models=("IP Camera",), firmware=()), SERIES) is Grade.KIND


def test_a_relabelled_device_inherits_and_its_own_model_number_is_not_compared() -> None:
    relabelled = replace(CAMERA, brands=("LTS",), is_relabelled=True)
    assert grade(relabelled, SERIES) is Grade.FIRMWARE
    own_number = replace(relabelled, models=("TVIP62561",), firmware=())
    assert grade(own_number, SERIES) is Grade.KIND
    assert grade(replace(own_number, firmware=("V5.7.3build 220112",)), SERIES) is Grade.MAKER


def test_only_every_version_affects_a_device_without_firmware() -> None:
    whole = replace(SERIES, affected=("*",))
    assert grade(replace(CAMERA, firmware=()), whole) is Grade.FIRMWARE
    assert grade(replace(CAMERA, firmware=()), replace(SERIES, affected=())) is Grade.KIND


def test_a_vendor_is_its_maker_and_a_brand_that_others_supply_is_itself() -> None:
    dahua = vendor_keys(AffectedProduct("Dahua Technology Co, Ltd", "NVR5XXX"), KNOWLEDGE)
    amcrest = vendor_keys(AffectedProduct("Amcrest", "Cameras"), KNOWLEDGE)
    relabelled = replace(CAMERA, maker_id="dahua", brands=("Amcrest",), is_relabelled=True)
    own = replace(CAMERA, maker_id="dahua", brands=("Dahua",))
    assert not device_keys(relabelled, KNOWLEDGE).isdisjoint(dahua)
    assert not device_keys(relabelled, KNOWLEDGE).isdisjoint(amcrest)
    assert device_keys(own, KNOWLEDGE).isdisjoint(amcrest)
    assert vendor_keys(AffectedProduct("", "x"), KNOWLEDGE) == frozenset()


def test_the_brand_may_be_the_first_word_of_the_product() -> None:
    keys = vendor_keys(AffectedProduct("Nice", "Linear eMerge E3-Series"), KNOWLEDGE)
    assert {"brand nice", "brand linear"} <= keys
    general = vendor_keys(AffectedProduct("Hikvision", "Security cameras web server"), KNOWLEDGE)
    assert "brand security" not in general
