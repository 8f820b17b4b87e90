"""One answer on owners and makers: a question, an overview and the page of a manufacturer say the same."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answer_tools import draft, fresh_store

from overzicht.devices.knowledge import load_knowledge
from overzicht.evidence import Confidence
from overzicht.reports.overview_report import DeviceRow, OverviewReport
from overzicht.store.database import Store
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import AnswerReport, FirstKind
from overzicht.subjects.answers.papers import PaperFile
from overzicht.subjects.answers.resolving.owners import asks_owner
from overzicht.subjects.makers.profile import show_party
from overzicht.subjects.overview.build import OverviewChoices, make_overview

DAYS = (date(2014, 6, 1), date(2019, 12, 31), date(2026, 11, 20))
# one of each kind: stated, announced, ended, with uncertain dates; a lead, several makers, a hint, unknown
MAKERS = ("axis", "bosch", "dahua", "hikvision", "huawei", "i-pro", "pelco", "pips-technology", "uniview")
BRANDS = ("Annke", "Honeywell", "Grundig", "Provision-ISR", "Hikvision", "Hikvision Europe", "Ongekend")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    made = fresh_store(tmp_path_factory.mktemp("doors") / "home")
    yield made
    made.close()


def answers_to(questions: list[str], store: Store, day: date, folder: Path) -> AnswerReport:
    lines = [
        "number: own",
        "title: Eigen vragen",
        "asked: 2009-01-05",
        "asked_by: A. Voorbeeld",
        "questions:",
    ]
    lines += [f'  - {{number: {number}, text: "{words}"}}' for number, words in enumerate(questions, 1)]
    path = folder / "set.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    return draft(store, day, "", AnswerChoices(example=False, paper=PaperFile.of(path)))


def overview_of(brands: list[str], store: Store, day: date, folder: Path) -> OverviewReport:
    path = folder / "inventory.csv"
    path.write_text("Nummer;Merk\n" + "".join(f"D{n};{brand}\n" for n, brand in enumerate(brands)))
    return make_overview(store, [path], OverviewChoices(), as_of=day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_an_owner_is_as_sure_in_an_answer_as_in_an_overview_and_on_a_page(
    day: date, store: Store, tmp_path: Path
) -> None:
    cards = load_knowledge().makers
    names = [cards[maker].trade_name for maker in MAKERS]
    answered = answers_to([f"Who owns {name}?" for name in names], store, day, tmp_path)
    report = overview_of(names, store, day, tmp_path)
    for number, maker in enumerate(MAKERS, 1):
        first, facts = answered.question(number).first, answered.question(number).all_facts
        owners = [row.owner_name for row in report.ownership if row.asset_id == maker]
        page = show_party(store, maker, as_of=day)
        assert [row.owner_name for row in page.ownership if row.asset_id == maker] == owners
        if not owners:
            assert first.kind in {FirstKind.UNKNOWN, FirstKind.POSSIBLE}, (maker, first)
        else:
            assert set(first.value.split("; ")) == set(owners), maker
        unsure = {str(each) for each in page.uncertain_stakes}
        assert unsure <= set(map(str, report.unknowns))
        told = " ".join(str(fact.text) for fact in facts)
        for sentence in unsure:
            assert f" of {names[number - 1]}:" not in sentence or sentence.rstrip(".") in told, sentence
        for finding in report.findings:
            if finding.kind.value == "ownership" and finding.subject == maker:
                assert str(finding.statement) in told


def test_the_maker_of_a_brand_is_the_same_in_an_answer_and_in_an_overview(
    store: Store, tmp_path: Path
) -> None:
    day = DAYS[-1]
    questions = [f"Who makes the cameras sold as {brand}?" for brand in BRANDS]
    answered = answers_to(questions, store, day, tmp_path)
    devices: dict[str, DeviceRow] = {
        device.label: device for device in overview_of(list(BRANDS), store, day, tmp_path).devices
    }
    for number, brand in enumerate(BRANDS):
        first, device = answered.question(number + 1).first, devices[f"D{number}"]
        makers = device.maker_name or " / ".join(device.undecided)
        assert first.value == makers, brand
        assert ("a lead with low confidence" in str(first.text)) is (
            bool(device.maker_id) and device.confidence is Confidence.LOW
        ), brand


@pytest.mark.parametrize(
    "words",
    [
        "Who owns the Dutch subsidiary of Dahua?",
        "Who owns Dahua's Dutch subsidiary?",
        "Van wie is de Nederlandse tak van Dahua?",
        "Is the Dutch subsidiary of Dahua on the Entity List?",
    ],
)
def test_a_part_that_a_question_does_not_name_has_not_the_answer_of_the_whole(
    words: str, store: Store, tmp_path: Path
) -> None:
    first = answers_to([words], store, DAYS[-1], tmp_path).question(1).first
    assert first.kind is FirstKind.UNKNOWN
    assert "a part of Dahua that it does not name" in str(first.text)


@pytest.mark.parametrize(
    ("words", "is_about_owner"),
    [
        ("Who owned Bosch in 2014?", True),
        ("Van wie is Bosch?", True),
        ("Who makes Bosch cameras?", False),
        ("Who makes the devices that Bosch owned?", False),
    ],
)
def test_a_question_on_an_owner_is_not_answered_with_a_maker(words: str, is_about_owner: bool) -> None:
    assert asks_owner(words) is is_about_owner
