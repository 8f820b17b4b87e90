"""Which makers and models a notice names, and which words only look like it."""

import pytest

from overzicht.subjects.tenders.naming import Mention, is_surveillance, mentions_in
from overzicht.subjects.tenders.notice import Body, Contract, Notice, Passage

CAMERAS = ("35125300",)


def notice(words: str, language: str = "en", cpv: tuple[str, ...] = (), title: str = "") -> Notice:
    return Notice(
        number="1", title=title, buyers=(), passages=(Passage("text", words),), cpv=cpv, language=language
    )


def named(words: str, language: str = "en", cpv: tuple[str, ...] = ()) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.brand, each.models) for each in mentions_in(notice(words, language, cpv))]


@pytest.mark.parametrize(
    ("language", "words", "found"),
    [
        ("en", "Supply of forty Hikvision cameras.", [("Hikvision", ())]),
        ("nl", "Twintig camera's van het merk Dahua, type IPC-HFW2431S-S.", [("Dahua", ("IPC-HFW2431S-S",))]),
        ("de", "Zwölf Kameras, Fabrikat „Axis“ P3245-V.", [("Axis", ("P3245-V",))]),
        ("fr", "Caméras de marque Uniview pour la vidéosurveillance.", [("Uniview", ())]),
        ("it", "Fornitura di telecamere Hikvision DS-2CD2143G0-I.", [("Hikvision", ("DS-2CD2143G0-I",))]),
        ("es", "Cámaras de seguridad Dahua o equivalente.", [("Dahua", ())]),
        ("pl", "Dostawa kamer Hikvision.", [("Hikvision", ())]),
        ("bg", "Доставка на камери Hikvision.", [("Hikvision", ())]),
        ("el", "Προμήθεια κάμερες Dahua.", [("Dahua", ())]),
        ("", "Kamery Hikvision pro město.", [("Hikvision", ())]),
        ("en", "The recorder is a DS-2CD2143G0-I with CCTV.", [("", ("DS-2CD2143G0-I",))]),
    ],
)
def test_a_brand_is_met_in_many_languages(
    language: str, words: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert named(words, language) == found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("it", "La Camera di Commercio acquista stampanti Canon e telefoni Huawei."),
        ("it", "Le camere d'albergo. Assicurazione Hikvision."),
        ("es", "La Cámara de Comercio compra equipos Huawei."),
        ("pt", "A Câmara Municipal compra telefones Huawei."),
        ("en", "The hearing was held in camera; Motorola radios are used."),
        ("en", "Hikvision"),  # nothing is bought that we look for
    ],
)
def test_a_chamber_is_no_camera(language: str, words: str) -> None:
    assert not is_surveillance(notice(words, language))
    assert named(words, language) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "New cameras. Thirty Motorola radios for the wardens."),
        ("en", "Cameras for the hall, and Motorola two-way radios for the guards of the hall."),
        ("en", "Cameras at the gate; the Siemens X-ray scanners stay."),
        ("nl", "Camera's voor het stadhuis. De schermen zijn van Samsung."),
        ("nl", "Camera's voor het stadhuis. De Bosch-ketels vallen erbuiten."),
        ("nl", "Camera's voor het stadhuis. Lotnummers staan in de bijlage."),
        ("de", "Kameras, ganz neu. Der Ring und die Star-Beleuchtung bleiben."),
        ("en", "CCTV cameras along one axis of the square, and at the ring road."),
        ("en", "CCTV CAMERAS AT THE RING ROAD AND THE STAR HOTEL"),
        ("en", "Cameras with access to the capture card; the flock of birds is of no concern."),
        ("en", "Cameras under contract number DS-1."),
    ],
)
def test_other_goods_and_ordinary_words_are_no_cameras_of_a_maker(language: str, words: str) -> None:
    assert is_surveillance(notice(words, language))
    assert named(words, language, CAMERAS) == []


def test_a_maker_of_cameras_alone_is_met_without_the_word() -> None:
    assert named("Maintenance of the Hikvision installation.", cpv=CAMERAS) == [("Hikvision", ())]
    assert named("Maintenance of the Panasonic installation.", cpv=CAMERAS) == []


def test_a_camera_for_a_laboratory_is_no_surveillance() -> None:
    words = "A high-speed camera for the wind tunnel; now a Hikvision camera is used."
    assert not is_surveillance(notice(words, cpv=("38651000",)))
    assert is_surveillance(notice(words + " CCTV", cpv=("38651000",)))
    assert is_surveillance(notice(words))


def test_a_brand_stands_with_the_contract_of_its_lot() -> None:
    one, two = (Contract(f"award {n}", (Body(f"Supplier {n}"),), lots=(n,)) for n in "12")
    found = mentions_in(
        Notice(
            number="1", title="Cameras", buyers=(), language="en", contracts=(one, two),
            passages=(
                Passage("a", "Hikvision cameras.", "2"), Passage("b", "Hikvision cameras again.", "2"),
                Passage("c", "Hikvision cameras.", "1"),
            ),
        )
    )  # fmt: skip
    assert [(each.place, each.contract) for each in found] == [("notice 1, a", two), ("notice 1, c", one)]


@pytest.mark.parametrize(
    ("supplier", "is_maker"),
    [
        ("Hikvision Deutschland GmbH", True), ("Axis Communications AB", True), ("Axis Bank", False),
        ("Ring Road Builders", False), ("Bluefern Installations", False),
    ],
)  # fmt: skip
def test_a_supplier_that_bears_a_makers_name(supplier: str, is_maker: bool) -> None:
    contract = Contract("award", (Body(supplier),))
    made = Notice("1", "CCTV", (), (), contracts=(contract,), language="en")
    expected = [Mention("notice 1, award", supplier, (), "", contract=contract, is_supplier=True)]
    assert list(mentions_in(made)) == (expected if is_maker else [])
    assert mentions_in(Notice("1", "Chairs", (), (), contracts=(contract,), language="en")) == ()
