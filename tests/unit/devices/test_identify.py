"""Combining traces into a maker."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from unit_devices import FakeRegistry, identify, make_card, make_sighting, make_statements

from overzicht.devices import DeviceKind, Identification, Sighting
from overzicht.devices.device_kind import kind_of_words
from overzicht.devices.identify import identify_all
from overzicht.devices.knowledge import Knowledge, build
from overzicht.evidence import Confidence

AS_OF = date(2026, 11, 24)
Who = Callable[..., Identification]  # of traces, by their names


@pytest.fixture
def who(invented: Knowledge, registry: FakeRegistry) -> Who:
    def ask(**traces: Any) -> Identification:
        return identify(make_sighting(**traces), invented, as_of=AS_OF, registry=registry)

    return ask


@pytest.mark.parametrize(
    ("traces", "maker", "confidence"),
    [
        ({"brand": "Kestrel"}, "kestrel", "high"),
        ({"brand": "KES-TREL"}, "kestrel", "high"),
        ({"brand": "Hangzhou Kestrel Digital Technology Co Ltd"}, "kestrel", "high"),
        ({"brand": "Kestrel Security"}, "kestrel", "high"),
        ({"brand": "Kestrl"}, "kestrel", "medium"),
        ({"brand": "Harrier"}, "kestrel", "medium"),
        ({"model": "KS-2CD2146G2 - 4MP Dome"}, "kestrel", "high"),
        ({"model": "Kestrel KS-2CD2146G2"}, "kestrel", "high"),
        ({"serial": "KS-2CD2146G220200101AAWRD1"}, "kestrel", "high"),
        ({"mac": "44-00-00-12-34-56"}, "kestrel", "high"),
        ({"mac_registrant": "Hangzhou Kestrel Digital Tech"}, "kestrel", "medium"),
        ({"banner": "http: KES-Webs"}, "kestrel", "high"),
        ({"protocol": "kesapi"}, "kestrel", "medium"),
        ({"protocol": "kesapi", "mac_registrant": "Hangzhou Kestrel Digital Tech"}, "kestrel", "high"),
        ({"certificate": "CN=cam,O=Kestrel,C=NL"}, "kestrel", "medium"),
        ({"product": "Kestrel IPCam control port"}, "kestrel", "medium"),
        ({"onvif_scope": "onvif://www.onvif.org/hardware/KS-2CD2146"}, "kestrel", "high"),
        ({"onvif_scope": "onvif://www.onvif.org/name/Kestrel%20KS-2CD2146"}, "kestrel", "high"),
        ({"brand": "Badge"}, "kestrel", "medium"),
        ({"brand": "Daughter"}, "osprey", "medium"),
        ({"brand": "Rumour"}, "osprey", "low"),
        ({"brand": "Split", "model": "M-24"}, "osprey", "high"),
        ({"brand": "Split", "model": "A-34"}, "kestrel", "medium"),
        ({"brand": "Kestrel", "model": "A123"}, "kestrel", "high"),
        ({"model": "ZED-1"}, "kestrel", "medium"),
        ({"brand": "Zed", "model": "ZED-1"}, "kestrel", "medium"),
        ({"brand": "Osprey"}, "osprey", "high"),
        ({"brand": "Hearsay"}, "osprey", "medium"),
        ({"brand": "Limited"}, "osprey", "low"),
        ({"brand": "Limited", "model": "L-1"}, "osprey", "high"),
    ],
)
def test_a_maker_is_found_with_a_reason(
    who: Who, traces: dict[str, Any], maker: str, confidence: str
) -> None:
    found = who(**traces)
    assert (found.maker_id, found.confidence) == (maker, Confidence(confidence))
    assert found.reasons[0].citations
    assert found.candidates[0].maker_id == maker


@pytest.mark.parametrize(
    "traces",
    [
        {},
        {"brand": "Unheard Of"},
        {"brand": "General", "model": "IPCAM"},
        {"brand": "GM8135"},
        {"brand": "Kestrel Limited"},
        {"mac": "4C:00:00:12:34:56"},
        {"mac": "54:00:00:12:34:56"},
        {"mac": "46:00:00:12:34:56"},
        {"mac": "45:00:00:12:34:56"},
        {"mac": "50:00:00:12:34:56"},
        {"mac": "not a MAC"},
        {"model": "A123"},
        {"model": "NVR301"},
        {"brand": "Yonder", "model": "ZED-1"},
        {"brand": "Likeness"},
        {"brand": "Limited", "model": "X-1"},
        {"os_guess": "Kestrel embedded"},
        {"product": "BusyBox ftpd (Kestrel KS-2CD2146 camera)"},
        {"onvif_scope": "onvif://kestrelext.example/scope"},
        {"onvif_scope": "onvif://www.onvif.org/name/IPCAM"},
    ],
)
def test_a_maker_stays_unknown_where_nothing_proves_it(who: Who, traces: dict[str, Any]) -> None:
    found = who(**traces)
    assert (found.maker_id, found.undecided, found.confidence) == ("", (), Confidence.NONE)


def test_a_brand_with_two_makers_is_undecided_and_shows_both(who: Who) -> None:
    for brand in ("Turncoat", "Split", "Either", "Kestrel;Osprey"):
        found = who(brand=brand)
        assert (found.maker_id, found.undecided) == ("", ("kestrel", "osprey")), brand
        assert len(found.reasons) == 2


@pytest.mark.parametrize(
    ("bought", "maker"),
    [(date(2018, 12, 31), "kestrel"), (date(2019, 1, 1), "osprey"), (date(2010, 1, 1), "kestrel")],
)
def test_the_year_of_purchase_chooses_between_makers_of_a_brand(who: Who, bought: date, maker: str) -> None:
    assert who(brand="Turncoat", bought=bought).maker_id == maker


def test_a_statement_on_years_to_come_does_not_count(invented: Knowledge) -> None:
    found = identify(make_sighting(brand="Turncoat"), invented, as_of=date(2018, 6, 1))
    assert found.maker_id == "kestrel"


def test_another_trace_chooses_between_makers_of_a_brand(who: Who) -> None:
    found = who(brand="Either", mac="48:00:00:12:34:56")
    assert (found.maker_id, found.is_relabelled, found.brand) == ("osprey", True, "Either")
    assert found.conflicts == ()


def test_a_device_under_an_unknown_name_is_relabelled(who: Who) -> None:
    found = who(brand="House Brand", model="KS-2CD2146", mac="44:00:00:12:34:56")
    assert (found.maker_id, found.is_relabelled, found.brand) == ("kestrel", True, "House Brand")


def test_own_brands_and_lines_are_not_relabelled(who: Who) -> None:
    assert (who(brand="HiKes").product_line, who(brand="HiKes").is_relabelled) == ("HiKes", False)
    assert not who(brand="Daughter").is_relabelled
    assert who(model="ZED-1").brand == "Zed"
    assert who(model="ZED-1").is_relabelled
    assert who(model="KS-2CD2146").product_line == "Pro"


def test_a_label_on_a_number_that_the_maker_uses_itself_is_not_the_brand(registry: FakeRegistry) -> None:
    labelled = {"pattern": r"ZED-\d", "kind": "camera", "examples": ["ZED-1"], "label": "Zed"}
    own, other = {**labelled, "label": ""}, {**labelled, "label": "", "pattern": r"ZED-1"}
    for makers, brand in (
        ([make_card("kestrel", models=[labelled])], "Zed"),
        ([make_card("kestrel", models=[labelled, other])], ""),
        (
            [
                make_card("kestrel", models=[labelled]),
                make_card("osprey", models=[{**own, "strength": "low"}]),
            ],
            "Zed",
        ),
    ):
        found = identify(make_sighting(model="ZED-1"), build(makers, {}), as_of=AS_OF, registry=registry)
        assert (found.maker_id, found.brand, found.is_relabelled) == ("kestrel", brand, bool(brand))


@pytest.mark.parametrize(
    ("relation", "is_own"),
    [
        ("sub_brand", True),
        ("subsidiary", True),
        ("former_subsidiary", True),
        ("acquired_brand", True),
        ("joint_or_subsidiary", True),
        ("oem_relabel", False),
    ],
)
def test_a_brand_of_a_daughter_is_the_makers_own(registry: FakeRegistry, relation: str, is_own: bool) -> None:
    statement = {"brand": "Badge", "maker": "kestrel", "relation": relation}
    knowledge = build([make_card("kestrel")], make_statements(statement))
    found = identify(make_sighting(brand="Badge"), knowledge, as_of=AS_OF, registry=registry)
    assert (found.maker_id, found.is_relabelled) == ("kestrel", not is_own)


def test_a_statement_that_leaves_others_open_opens_the_owner_of_the_name(registry: FakeRegistry) -> None:
    statement = {"brand": "Osprey", "undecided": ["kestrel", "merlin"]}
    knowledge = build(
        [make_card(name) for name in ("osprey", "kestrel", "merlin")], make_statements(statement)
    )
    found = identify(make_sighting(brand="Osprey"), knowledge, as_of=AS_OF, registry=registry)
    assert (found.maker_id, found.undecided) == ("", ("kestrel", "merlin", "osprey"))


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({}, "makes devices sold as Badge"),
        ({"since": "2019"}, "makes devices sold as Badge since 2019"),
        ({"until": "2018-05"}, "made devices sold as Badge until 2018-05"),
        ({"since": "2010", "until": "2018"}, "made devices sold as Badge from 2010 to 2018"),
        ({"scope": "its domes"}, "makes devices sold as Badge: its domes"),
    ],
)
def test_a_statement_is_worded_with_its_dates(
    registry: FakeRegistry, dates: dict[str, str], words: str
) -> None:
    statement = {"brand": "Badge", "maker": "kestrel", **dates}
    knowledge = build([make_card("kestrel")], make_statements(statement))
    found = identify(make_sighting(brand="Badge"), knowledge, as_of=AS_OF, registry=registry)
    assert str(found.reasons[0].text) == f"A source says that Kestrel {words}"


@pytest.mark.parametrize(("length", "shown"), [(80, 80), (81, 80), (200, 80)])
def test_a_long_value_is_cut_in_its_sentence(who: Who, length: int, shown: int) -> None:
    value = "kestrelext".ljust(length, "x")
    (reason,) = who(onvif_scope=value).candidates[0].reasons
    cut = value[:shown] + "…" * (length > shown)
    assert f"shows {cut} (onvif scope)" in str(reason.text)


@pytest.mark.parametrize(
    ("kind", "description", "expected"),
    [
        ("camera", "kentekencamera", DeviceKind.NUMBER_PLATE_READER),
        ("camera", "recorder", DeviceKind.CAMERA),
        ("recorder", "kentekencamera", DeviceKind.RECORDER),
        ("", "kentekencamera", DeviceKind.NUMBER_PLATE_READER),
        ("thing", "recorder", DeviceKind.RECORDER),
        ("thing", "thing", DeviceKind.UNKNOWN),
    ],
)
def test_words_refine_the_kind_of_the_inventory(kind: str, description: str, expected: DeviceKind) -> None:
    assert kind_of_words(make_sighting(kind=kind, description=description))[0] is expected


@pytest.mark.parametrize("brand", ["Kes", "Kertsel", "Kestrell"])
def test_a_misspelt_own_name_is_not_taken_for_another_brand(who: Who, brand: str) -> None:
    found = who(brand=brand, model="KS-2CD2146")
    assert (found.maker_id, found.brand, found.is_relabelled) == ("kestrel", "Kestrel", False)


@pytest.mark.parametrize(
    ("kind", "is_own"),
    [("trade", True), ("short", True), ("former", True), ("legal", False), ("as-listed", False)],
)
def test_a_brand_cut_short_is_that_of_a_name_in_use(kind: str, is_own: bool) -> None:
    names = [{"name": "Falcon Systems", "kind": "legal"}, {"name": "Peregrine", "kind": kind}]
    models = [{"pattern": r"FA-\d{4}", "kind": "camera", "examples": ["FA-1234"]}]
    knowledge = build([make_card("falcon", names=names, models=models)], {})
    found = identify(make_sighting(brand="Per", model="FA-1234"), knowledge, as_of=AS_OF)
    assert (found.maker_id, found.is_relabelled) == ("falcon", not is_own)
    assert found.brand == (knowledge.maker_name("falcon") if is_own else "Per")


@pytest.mark.parametrize("trace", ["serial", "http title", "favicon md5", "banner", "protocol", "firmware"])
def test_a_fingerprint_of_a_card_is_of_one_kind_of_trace(trace: str) -> None:
    fingerprints = [{"trace": trace, "pattern": r"^FX\d", "kind": "camera", "strength": "high"}]
    knowledge = build([make_card("falcon", fingerprints=fingerprints)], {})
    values = {"serial": "FX1234567", "product": "FX1234567"}
    for name in {*values, trace.replace(" ", "_")}:
        traces: dict[str, Any] = {name: "FX1234567"}
        found = identify(make_sighting(**traces), knowledge, as_of=AS_OF)
        assert found.maker_id == ("falcon" if name == trace.replace(" ", "_") else "")


@pytest.mark.parametrize(("model", "maker"), [("K7", "falcon"), ("K", ""), ("7", "")])
def test_a_model_number_has_two_characters_or_more(model: str, maker: str) -> None:
    models = [{"pattern": r"K?\d?", "kind": "camera", "examples": ["K7"]}]
    found = identify(make_sighting(model=model), build([make_card("falcon", models=models)], {}), as_of=AS_OF)
    assert found.maker_id == maker


@pytest.mark.parametrize(
    ("makers", "maker", "confidence"),
    [([], "falcon", "high"), (["falcon"], "falcon", "high"), (["osprey"], "", "none")],
)
def test_a_source_may_name_the_maker_of_the_same_name_or_another(
    makers: list[str], maker: str, confidence: str
) -> None:
    statements = make_statements(*({"brand": "Falcon", "maker": maker} for maker in makers))
    knowledge = build([make_card("falcon"), make_card("osprey")], statements)
    found = identify(make_sighting(brand="Falcon"), knowledge, as_of=AS_OF)
    assert (found.maker_id, found.confidence) == (maker, confidence)


def test_strong_traces_that_disagree_are_undecided_with_the_conflict(who: Who) -> None:
    found = who(brand="Osprey", mac="44:00:00:12:34:56")
    assert (found.maker_id, found.undecided) == ("", ("kestrel", "osprey"))
    assert len(found.conflicts) == 2


def test_more_traces_win_but_the_conflict_stays_and_lowers_the_confidence(who: Who) -> None:
    found = who(brand="Osprey", mac="44:00:00:12:34:56", model="KS-2CD2146")
    assert (found.maker_id, found.confidence, found.is_relabelled) == ("kestrel", Confidence.MEDIUM, True)
    assert [str(conflict) for conflict in found.conflicts] == [
        "A trace points at Osprey: The name Osprey is that of the maker Osprey itself"
    ]
    assert found.reasons[-1].against


def test_a_block_of_a_brand_owner_is_said_to_prove_nothing(who: Who) -> None:
    (reason,) = who(mac="4C:00:00:12:34:56").reasons
    assert str(reason.text).startswith("The MAC block is registered to Badge Inc, which has others make")
    assert reason.strength is Confidence.NONE
    assert "Turncoat Ltd" in str(who(mac="54:00:00:12:34:56").reasons[0].text)


def test_a_correction_of_the_spelling_is_said(who: Who) -> None:
    assert "read as Kestrel" in str(who(brand="Kestrl").reasons[0].text)


def test_the_citation_of_a_mac_block_names_registry_and_version(who: Who) -> None:
    citation = who(mac="44:00:00:12:34:56").reasons[0].citations[0]
    assert (citation.title, citation.place) == ("invented registry, version 1", "44:00:00")


@pytest.mark.parametrize(
    ("traces", "kind"),
    [
        ({"model": "KS-2TD1228"}, DeviceKind.THERMAL_CAMERA),
        ({"model": "KS-2TD1228", "description": "koortscamera"}, DeviceKind.TEMPERATURE_CAMERA),
        ({"model": "KS-2CD2146", "kind": "kentekencamera"}, DeviceKind.NUMBER_PLATE_READER),
        ({"model": "KS-2CD2146", "kind": "recorder"}, DeviceKind.CAMERA),
        ({"brand": "Kestrel", "kind": "Portofoon"}, DeviceKind.RADIO),
        ({"brand": "Kestrel", "kind": "toegangscontrole"}, DeviceKind.ACCESS_CONTROL),
        ({"brand": "Unheard Of", "kind": "bodycam"}, DeviceKind.BODY_CAMERA),
        ({"brand": "Unheard Of", "kind": "videodeurpost"}, DeviceKind.INTERCOM),
        ({"banner": "http: KES-Webs"}, DeviceKind.RECORDER),
        ({"brand": "Unheard Of"}, DeviceKind.UNKNOWN),
    ],
)
def test_the_kind_of_device(who: Who, traces: dict[str, Any], kind: DeviceKind) -> None:
    assert who(**traces).kind is kind


def test_hearsay_on_a_makers_own_name_is_shown_as_a_hint(who: Who) -> None:
    found = who(brand="Osprey")
    assert [candidate.maker_id for candidate in found.candidates] == ["osprey", "kestrel"]
    assert "weak source" in str(found.candidates[1].reasons[0].text)
    assert found.conflicts == ()


def test_a_batch_keeps_order_and_equals_one_by_one(invented: Knowledge, registry: FakeRegistry) -> None:
    many: list[Sighting] = [
        make_sighting(brand="Kestrel"),
        make_sighting(),
        make_sighting(brand="Rumour"),
    ] * 3
    batch = identify_all(many, invented, as_of=AS_OF, registry=registry)
    assert batch == [identify(one, invented, as_of=AS_OF, registry=registry) for one in many]


def test_a_statement_on_one_kind_of_device_is_low_until_the_kind_is_known(who: Who) -> None:
    assert who(brand="Recorders Only").confidence is Confidence.LOW
    assert who(brand="Recorders Only", kind="NVR").confidence is Confidence.MEDIUM
    assert who(brand="Recorders Only", kind="camera").maker_id == ""
    assert who(brand="Recorders Only").kind is DeviceKind.UNKNOWN
