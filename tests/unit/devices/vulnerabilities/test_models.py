"""Model numbers of sources compared with the models of devices."""

import pytest

from overzicht.devices.knowledge import load_knowledge
from overzicht.devices.sighting import DeviceKind
from overzicht.devices.vulnerabilities.affected_products import AffectedProduct
from overzicht.devices.vulnerabilities.models import (
    ModelMatch,
    is_model_number,
    kinds_of,
    model_names,
    products_of,
)

NAMED, SIMILAR, OTHER = ModelMatch.NAMED, ModelMatch.SIMILAR, ModelMatch.OTHER


def best(product: str, model: str, vendor: str = "") -> ModelMatch:
    matches = [name.match(model) for name in model_names(product, vendor)]
    return max(matches, key=(OTHER, SIMILAR, NAMED).index, default=OTHER)


@pytest.mark.parametrize(
    ("product", "model", "result"),
    [
        ("DS-2CD2xx2F-I Series", "DS-2CD2532F-IWS", NAMED),
        ("DS-2CD2xx2F-I Series", "2CD2032F-I (4mm)", NAMED),
        ("DS-2CD2xx2F-I Series", "iDS-2CD2032F-I", OTHER),
        ("DS-2CD2xx2F-I Series", "DS-2CD2042WD-I", OTHER),
        ("DS- 2CD4x2xFWD Series", "DS-2CD4124FWD-IZ", NAMED),
        ("DS- 2CD4x2xFWD Series", "iDS-2CD4124FWD-IZ", OTHER),
        ("DS-2DFx Series", "DS-2DF8223I-AEL", NAMED),
        ("DS-2CD63xx Series", "DS-2CD63620F", OTHER),
        ("IPC-HX3XXX", "IPC-HFW3541T-ZAS", NAMED),
        ("IPC-HX3XXX", "IPC-HFW2300R-Z", OTHER),
        ("NVR5XXX", "DHI-NVR5216-4KS2", NAMED),
        ("NVR6XX", "NVR6000", OTHER),
        ("VTH542XH", "VTH5422H", NAMED),
        ("SD49", "SD49225XA-HNR", SIMILAR),
        ("RLC-410W IP Camera", "RLC-410W-5MP", NAMED),
        ("RLC-410", "RLC-410W", SIMILAR),
        ("RLC-410", "RLC-4105", OTHER),  # a series name ends in two digits at most
        ("RLC-410W IP Camera", "RLC-410", OTHER),
        ("DCS-2530L and DCS-2670L Devices", "D-Link DCS-2670L", NAMED),
        ("NVRmini2 Devices", "NVRmini 2", NAMED),
        ("gv-bx1500", "GV-BX1500", NAMED),
        ("GV_IPCAMD_GV_BX1500", "GV-BX1500", NAMED),
        ("PT30X-SDI/NDI Cameras", "PT20X-SDI", OTHER),
        ("BioTime", "BioTime 8.5", NAMED),
        ("UniFi OS", "UDM-Pro", OTHER),
        ("DS-2DFx-series", "DS-2DF8223I-AEL", NAMED),
        ("NVR4x Series", "NVR4123", NAMED),
        ("NVR4x", "NVR4123", OTHER),
        ("NVR4xx Series", "NVR4123", OTHER),
        ("IPC-HX3XX", "IPC-HAB312", NAMED),
        ("IPC-HX3XX", "IPC-H1312", NAMED),
        ("IPC-HX3XX", "IPC-H312", OTHER),
        ("IPC-HXW3XX", "IPC-HAW312", OTHER),  # the letters of a family stand before a digit
        ("DH-HCVR5104", "HCVR5104", NAMED),
        ("DH-HCVR5104", "XX-HCVR5104", OTHER),
        ("A1B2C", "A-1 B_2.C", NAMED),  # signs may stand between letters and digits
        ("AB12", "AB-12", NAMED),
        ("AB12", "AB1-2", OTHER),
        ("AB12", "A-B12", OTHER),
        ("Rulven Eye", "Rulven Eye 2", NAMED),
        ("Rulven Eye", "Rulven", OTHER),
    ],
)
def test_how_a_model_matches_a_product(product: str, model: str, result: ModelMatch) -> None:
    assert best(product, model) is result


@pytest.mark.parametrize(
    "product",
    [
        "Multiple Products",
        "IP Camera Firmware",
        "Security cameras web server",
        "Access controllers and recorders",
        "Access Controller, certain versions",
        "Thermal PTZ cameras and other network devices",
        "Smart IP dome camera, build time before all",
        "Video door terminals",
        "Other product, buildtime before",
        "All software versions of some video recorders based on Linux",
        "ab",
        "Rulven Eye One Two Three Four Five",
        "",
    ],
)
def test_a_product_in_general_words_names_no_model(product: str) -> None:
    assert model_names(product, "Hikvision") == ()


def test_models_in_the_place_of_versions_are_divided_by_their_build_dates() -> None:
    stated = (
        "IP devices IPC-HX3XXX and IPC-HX5XXX Buildtime before May, 2020, "
        "NVR5XXX Buildtime before December, 2019."
    )
    first, second = products_of(AffectedProduct("Dahua", "Some devices", (stated,)))
    assert first == AffectedProduct(
        "Dahua", "IP devices IPC-HX3XXX and IPC-HX5XXX", ("Buildtime before May, 2020",)
    )
    assert second == AffectedProduct("Dahua", "NVR5XXX", ("Buildtime before December, 2019",))


def test_a_model_in_the_place_of_a_version_has_no_range() -> None:
    (product,) = products_of(AffectedProduct("Dahua", "Digital Video Recorders", ("DH-IPC-HDW1XXX,",)))
    assert (product.product, product.affected) == ("Digital Video Recorders DH-IPC-HDW1XXX", ())
    version = AffectedProduct("Vivotek", "CC8160", ("VVTK-0100d",))
    assert products_of(version) == (version,)


@pytest.mark.parametrize(
    "version", ["< 4.0", "4.0", "n/a", "< NVR6XX", ">= IPC-HDW1XXX", "before the update"]
)
def test_a_version_in_its_place_divides_nothing(version: str) -> None:
    product = AffectedProduct("Dahua", "NVR5XXX", (version,))
    assert products_of(product) == (product,)


@pytest.mark.parametrize(
    ("product", "kinds"),
    [
        ("IP cameras and network video recorders", {DeviceKind.CAMERA, DeviceKind.RECORDER}),
        ("IP cameras/NVR", {DeviceKind.CAMERA, DeviceKind.RECORDER}),
        ("DS-2CD2xx2F-I Series", {DeviceKind.CAMERA}),
        ("Multiple Products", set()),
    ],
)
def test_kinds_are_read_from_words_and_model_numbers(product: str, kinds: set[DeviceKind]) -> None:
    assert kinds_of(product, "hikvision", load_knowledge()) == kinds


def test_a_word_is_not_a_model_number() -> None:
    assert is_model_number("DS-2CD2532F")
    assert not any(map(is_model_number, ("IP Camera", "H.264", "4MP dome", "IPC", "2.8.0")))


def test_a_product_of_any_length_is_read_quickly() -> None:
    for text in ("x" * 50_000, "A1-" * 20_000, "DS-" * 20_000, "1x" * 20_000):
        for name in model_names(text):
            name.match("DS-2CD2532F-IWS" * 50)
