"""First lines and facts of questions of any set, over the starter facts and a register of one's own."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from answer_tools import act_on, draft, fresh_store
from store_tools import company, put, snapshot_of

from overzicht.entities import Record
from overzicht.subjects.answers.drafting import AnswerChoices
from overzicht.subjects.answers.model import (
    FACTS_SHOWN,
    AnsweredQuestion,
    AnswerReport,
    FirstKind,
    FirstLine,
)
from overzicht.subjects.answers.papers import PaperFile
from overzicht.subjects.register import organisations
from overzicht.subjects.register.imports import importing
from overzicht.subjects.register.imports.importing import ImportChoices
from overzicht.subjects.register.organisations import NewOrganisation

DAY = date(2026, 11, 20)
CASES = (  # question, kind of the first line, part of its text, part of a fact (empty: none is needed)
    ("Staat Hikvision op de Entity List?", "yes", "2019-10-09", "Hikvision is listed on"),
    ("Was Hikvision on the Entity List on 8 October 2019?", "no", "2019-10-09", "only from 2019-10-09"),
    ("Was Hikvision on the Entity List on 1 January 2031?", "not-checked", "2031-01-01", ""),
    ("Sinds wanneer staat Dahua op de Entity List?", "value", "2019-10-09", "Dahua is listed on"),
    ("On the basis of which act is Dahua on the Entity List?", "value", "84 FR 54004", "84 FR 54004"),
    ("Staat Nergens Optiek op de Entity List?", "not-checked", "US Entity List", ""),
    ("Is Nergens Optiek on any official list?", "not-checked", "official lists", ""),
    ("Staat Hikvision op de Britse sanctielijst?", "not-checked", "United Kingdom", ""),
    (
        "Verbiedt de Entity List een Nederlandse gemeente camera's te kopen?",
        "no",
        "Entity List",
        "no purchase",
    ),
    ("May a Dutch municipality buy cameras of a party on the Entity List?", "yes", "does not forbid", ""),
    ("Bindt een vermelding op de EU-sanctielijst een Nederlandse gemeente?", "yes", "European Union", ""),
    ("Who makes the cameras that are sold as Annke?", "value", "Hikvision", "Annke"),
    ("Is Annke made by Dahua?", "possible", "do not decide", "Annke"),
    ("Is Honeywell by Dahua?", "yes", "in part", "Honeywell"),
    ("Welke merken maakt Hikvision?", "value", "HiLook", "HiLook"),
    ("Staat de maker van Annke op de Entity List?", "yes", "Hikvision", "Annke"),
    ("Wie is de eigenaar van Hikvision?", "value", "China Electronics Technology", "Hikvision"),
    ("Is Hikvision on the Entity List and, if so, since when?", "yes", "since 2019-10-09", "is listed on"),
    ("Staat Dahua op de Entity List en, zo ja, sinds welke datum?", "yes", "2019-10-09", "is listed on"),
    ("Is SenseTime on the US investment ban on Chinese military-industrial companies?", "yes", "NS-CMIC", ""),
    ("Was Hikvision on the Entity List a year before?", "unknown", "not clear what is asked", ""),
    ("Does a tool that unlocks a phone need an export licence?", "yes", "5A004", "5A004"),
    ("Must a port authority obey section 889 when it buys cameras?", "no", "does not bind", ""),
    ("Is EZVIZ part of Hikvision?", "yes", "Hikvision owns EZVIZ", "share of EZVIZ"),
    ("Behoort EZVIZ tot een bedrijf op een lijst?", "yes", "an owner of EZVIZ", "Hikvision is listed on"),
    ("Is Lorex nog een dochter van Dahua?", "no", "until 2022-11", "owned an unknown share of Lorex"),
    ("Was Lorex owned by Dahua on 1 May 2020?", "yes", "Dahua owned Lorex on 2020-05-01", "Until 2022-11"),
    ("Does Dahua still own Luminys?", "no", "until 2024-01", "Luminys until 2024-01"),
    ("Did Amazon own Ring in 2015?", "no", "only from a later day", "12"),
    ("Did Hikvision own EZVIZ in 2005?", "unknown", "no source says", "Stated in 2021"),
    ("Is China Mobile an owner of Dahua?", "unknown", "no source says", "China Mobile"),
    ("Is an owner of Lorex on any official list?", "unknown", "only former owners", "until 2022-11"),
    ("Does China Electronics Technology Group own EZVIZ?", "yes", "owns EZVIZ", "of Hikvision"),
    ("Does Fu Liquan own Lorex?", "no", "until 2022-11", "share of Dahua"),
    ("Did Dahua own Lorex in 2015?", "no", "only from a later day", "only from 2018 on"),
    ("Did Dahua own Lorex in 2022?", "yes", "for a part of that time", "until 2022-11"),
    ("Is Lorex no longer owned by Dahua?", "yes", "until 2022-11", "until 2022-11"),
    ("Is EZVIZ niet langer eigendom van Hikvision?", "no", "still owns", "EZVIZ"),
    ("Who owned Lorex in 2010?", "unknown", "2010", "only from 2018 on"),
    ("Who owned Lorex in 2020?", "value", "Dahua", "Until 2022-11"),
    ("Are Luminys cameras made by Dahua today?", "unknown", "other days", "until 2024-01"),
    ("Who owns Lorex?", "unknown", "until 2022-11; the exact day is not known", "owned"),
    ("Does Schneider Electric still own Pelco?", "no", "until 2019", "until 2019; the exact day"),
    ("Who owns Uniview?", "possible", "may own", "Bain Capital may own"),
    ("Who owned Uniview on 1 June 2014?", "possible", "may own", "Bain Capital may own"),
    ("Who owns Bosch Security Systems?", "possible", "Triton may own", "Robert Bosch GmbH owned"),
    ("Who owned Huawei on 1 June 2014?", "unknown", "no source names an owner", ""),
    ("Is an owner of Bosch Security Systems on any official list?", "not-checked", "", "Triton may own"),
    ("Who owns Huawei Marine Networks?", "unknown", "names an owner of Huawei Marine Networks", ""),
    ("Who owns the 54th Research Institute of CETC?", "unknown", "owner of 54th Research Institute of", ""),
    ("Who makes the cameras sold as Grundig?", "value", "a lead with low confidence", "Hikvision"),
    ("Who makes the cameras sold as Honeywell?", "value", "do not show which", "Dahua"),
    ("Is Grundig made by Hikvision?", "possible", "do not decide", "Hikvision"),
    ("Is the maker of Grundig cameras on the Entity List?", "possible", "not certain who makes", ""),
    ("Is the maker of Loryta cameras on the Entity List?", "yes", "for some devices", "Loryta"),
    ("Who makes IndigoVision?", "value", "Dahua", "until 2021-04"),
    ("Does a listed company stand behind Hikvision?", "yes", "an owner of Hikvision", "of Hikvision"),
    ("Hoeveel camera's van Hikvision heeft de gemeente Eigenstad?", "number", "5 devices", "Eigenstad: 5"),
    ("Van welk merk zijn de camera's van de gemeente Eigenstad?", "value", "Hikvision", "Eigenstad"),
    ("Hoeveel camera's van Hikvision hangen er langs de N999?", "unknown", "no site", ""),
    ("Hoeveel camera's hangen er in het theater van de gemeente Eigenstad?", "unknown", "no site", ""),
    ("Hoeveel drones heeft de gemeente Eigenstad?", "unknown", "no own kind", ""),
    ("Heeft het waterschap camera's van Hikvision?", "unknown", "no inventory of het waterschap", ""),
    ("Heeft de gemeente Eigenstad camera's van Uniview?", "no", "0 devices", "show no"),
    ("Gebruikt de gemeente Elders camera's van Hikvision?", "unknown", "no inventory of Elders", ""),
    ("Is the AI Act in force on 1 January 2025?", "no", "2025-01-01", "AI Act"),
    ("Is emotion recognition of employees prohibited by the AI Act?", "yes", "AI Act", "AI Act"),
    ("Is voor de uitvoer van inbraaksoftware een vergunning nodig?", "yes", "4A005", "4A005"),
    ("Is een exportvergunning nodig om Amerikaanse chips aan Hikvision te leveren?", "yes", "licence", ""),
    ("Deelt u de mening dat Hikvision geweerd moet worden?", "judgement", "judgement", ""),
    ("Bent u bereid hierover met Hikvision te spreken?", "judgement", "judgement", ""),
    (
        "Staat Hikvision sinds 2018 op de Entity List?",
        "no",
        "only since 2019-10-09",
        "Hikvision is listed on",
    ),
    ("Staat Hikvision sinds 2019 op de Entity List?", "yes", "since 2019-10-09", "Hikvision is listed on"),
    ("Stond Hikvision acht jaar geleden op de Entity List?", "no", "2019-10-09", "only from 2019-10-09"),
    ("Stond Hikvision vorig jaar op de Entity List?", "yes", "2019-10-09", "Hikvision is listed on"),
    ("Staat Hikvision dit jaar op de Entity List?", "yes", "2019-10-09", "Hikvision is listed on"),
    (
        "Staan Hikvision en Dahua op de Entity List?",
        "yes",
        "Hikvision, Dahua are listed",
        "Dahua is listed on",
    ),
    (
        "Is it true that Hikvision is on the Entity List and is not on the section 1260H list?",
        "no",
        "the denial is wrong",
        "1260H",
    ),
    (
        "Klopt het dat Hikvision niet op de SDN-lijst staat maar wel op de Entity List?",
        "not-checked",
        "SDN",
        "Hikvision is listed on",
    ),
    ("Klopt het dat Hikvision en Nevel Optiek op de Entity List staan?", "not-checked", "Entity List", ""),
    ("Mag de politie op een festival live gezichtsherkenning gebruiken?", "no", "prohibits it", "AI Act"),
    ("Is Annke een huismerk van Hikvison?", "yes", "Hikvision", "Annke"),
    ("Hoeveel camera's en recorders van Hikvision heeft de gemeente Eigenstad?", "number", "5 devices", ""),
    ("Hangen er in het zwembad van de gemeente Eigenstad camera's van Hikvision?", "yes", "at Zwembad", "2"),
    ("Hoeveel camera's van Dahua hangen er in het Stadhuis van de gemeente Eigenstad?", "number", "0", ""),
    (
        "How many devices of the municipality of Eigenstad are made by companies on the Entity List?",
        "number",
        "5 devices of listed makers",
        "Eigenstad: 5",
    ),
    ("Is CETC a subsidiary of Hikvision?", "no", "CETC as the owner of Hikvision", ""),
    ("Is Hikvision a subsidiary of CETC?", "yes", "CETC owns Hikvision", ""),
    ("Will Uniview be put on the Entity List?", "outside", "only a person", ""),
    ("Is Hikvision the owner of China Electronics Technology Group?", "no", "as the owner of Hikvision", ""),
    ("Is it Hikvision that sits behind Annke?", "yes", "the maker of devices", "Annke"),
    ("Is Hikvision the shareholder of Annke?", "unknown", "names an owner of Annke", "Hikvision"),
    ("Is Hikvision de eigenaar van Annke?", "unknown", "names an owner of Annke", "Hikvision"),
    ("Is the owner of Hikvision the state company CETC?", "yes", "CETC owns Hikvision", ""),
    ("Is de eigenaar van Hikvision het staatsbedrijf CETC?", "yes", "CETC owns Hikvision", ""),
    ("Is the shareholder of Hikvision the group CETC?", "yes", "CETC owns Hikvision", ""),
    (
        "Which of Hikvision and Dahua are missing from the Entity List?",
        "number",
        "None of them: Hikvision on",
        "Dahua is listed on",
    ),
    ("Which of Hikvision and Dahua are on the Entity List?", "value", "Dahua on", "Dahua is listed on"),
    ("Is Hikvision on the Entity List, while it escapes the SDN list?", "unknown", "not clear", ""),
    ("Can you confirm that Hikvision does not breach the Entity List?", "yes", "does not bind", ""),
    (
        "Did the city remove cameras of Hikvision because Hikvision is on the Entity List?",
        "yes",
        "listed on the US Entity List since",
        "",
    ),
    (
        "Did the United States remove Hikvision from the Entity List?",
        "no",
        "still on",
        "Hikvision is listed on",
    ),
    ("Voor 9 oktober 2019 verleende vergunningen: staat Hikvision op de Entity List?", "yes", "since", ""),
    ("Hikvision is not on the Entity List, is it?", "no", "the denial is wrong", "Hikvision is listed on"),
    (
        "Does the Entity List name Hikvision, and on which notice does that rest?",
        "yes",
        "2019-10-09",
        "84 FR",
    ),
    ("Will Hikvision exist in fifty years?", "outside", "only a person", ""),
    (
        "Bevinden zich in het register van de gemeente Eigenstad apparaten van makers op de Entity List?",
        "yes",
        "5 devices of listed makers",
        "Hikvision is listed on",
    ),
    (
        "Is any of the equipment of the municipality of Eigenstad made by a company on the Unverified List?",
        "not-checked",
        "Unverified List",
        "",
    ),
    ("Op welke locatie hangt in de gemeente Eigenstad de Annke-camera?", "value", "Zwembad", "Zwembad 2"),
    ("Waar hangt hun Hikvision-camera?", "value", "Stadhuis", "Eigenstad: the sites of devices"),
    ("Hangt daar ook nog iets van Tiandy?", "no", "0 devices of Tiandy in the register of Eigenstad", ""),
    ("Where can the Tiandy camera of the municipality of Eigenstad be found?", "no", "0 devices", ""),
)
HEADER = "Nummer,Merk,Model,MAC,Locatie,Aantal\n"
ROWS = "C-1,Hikvision,DS-2CD2143G2-I,,Stadhuis,3\nC-2,Annke,C800,44:19:B6:00:00:03,Zwembad,2\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnswerReport]:
    folder = tmp_path_factory.mktemp("queries")
    store = fresh_store(folder / "home")
    organisations.add_organisation(store, NewOrganisation("Gemeente Eigenstad"), act_on(date(2026, 1, 1)))
    inventory = folder / "lijst.csv"
    inventory.write_text(HEADER + ROWS, encoding="utf-8")
    day = act_on(date(2026, 2, 1))
    view = importing.preview_import(store, inventory, ImportChoices("gemeente-eigenstad"), day)
    importing.accept_import(store, view.import_.id, day)
    lines = [
        "number: eigen-set",
        "title: Eigen vragen",
        "asked: 2026-01-05",
        "asked_by: A. Voorbeeld",
        "questions:",
    ]
    for number, (words, *_) in enumerate(CASES, 1):
        lines.append(f'  - {{number: {number}, text: "{words}"}}')
    path = folder / "set.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    yield draft(store, DAY, "", AnswerChoices(example=False, paper=PaperFile.of(path)))
    store.close()


@pytest.mark.parametrize("number", range(1, len(CASES) + 1), ids=lambda number: CASES[number - 1][0][:40])
def test_the_first_line_answers_the_question(report: AnswerReport, number: int) -> None:
    words, kind, part, fact = CASES[number - 1]
    answered: AnsweredQuestion = report.question(number)
    assert (answered.first.kind.value, words) == (kind, words), answered.first
    assert part in str(answered.first.text), answered.first
    texts = [str(each.text) for each in answered.all_facts]
    assert not fact or any(fact in each for each in texts), texts


def test_every_fact_is_cited_and_only_a_number_or_a_name_has_a_value(report: AnswerReport) -> None:
    for answered in report.questions:
        assert all(fact.citations for fact in answered.all_facts)
        if answered.first.kind in {FirstKind.NUMBER, FirstKind.VALUE}:
            assert answered.first.value


def answer_of(folder: Path, words: str, *held: Record) -> AnsweredQuestion:
    """Return the answer to one question over a loaded list with some entries."""
    store = fresh_store(folder / "home")
    put(store, snapshot_of("eu-fsf", date(2026, 11, 10)), held)
    lines = ["number: eigen", "title: Vraag", "asked: 2026-11-12", "asked_by: A. Voorbeeld", "questions:"]
    path = folder / "set.yaml"
    path.write_text("\n".join([*lines, f'  - {{number: 1, text: "{words}"}}']), encoding="utf-8")
    answered = draft(store, DAY, "", AnswerChoices(example=False, paper=PaperFile.of(path))).question(1)
    store.close()
    return answered


def first_of(folder: Path, words: str, *held: Record) -> FirstLine:
    """Return the first line of the answer to one question."""
    return answer_of(folder, words, *held).first


def test_an_answer_about_one_party_shows_entries_of_different_lists_and_measures(tmp_path: Path) -> None:
    answered = answer_of(tmp_path, "Is Hikvision on any official list?")
    entries = {"".join(re.findall(r"“.+?” \(.+?\)", str(fact.text))[:1]) for fact in answered.facts}
    assert 2 < len(entries - {""}) == len(answered.facts) <= FACTS_SHOWN
    assert answered.more


@pytest.mark.parametrize(
    ("words", "names", "kind"),
    [
        ("Is Kvantova on the EU sanctions list?", ["Kvantova Co. Ltd."], "yes"),
        ("Is Kvantova on the EU sanctions list?", ["Kvantova Scientific Instruments"], "possible"),
        ("Is Kvantova on the EU sanctions list?", ["Kvantova Scientific Research Institute"], "possible"),
        (
            "Is the Kvantova research institute on the EU sanctions list?",
            ["Kvantova Research Institute"],
            "yes",
        ),
        ("Is Kvantova on the EU sanctions list?", ["Kvantova Nevelzicht", "Kvantova Bergzicht"], "possible"),
        ("Is Kvantova on the EU sanctions list?", ["Nevelzicht Optics"], "no"),
    ],
)
def test_a_word_of_a_listed_name_is_never_a_no(
    tmp_path: Path, words: str, names: list[str], kind: str
) -> None:
    since = date(2020, 1, 1)
    held = [company(f"eu-{n}", name, since=since, list_id="eu-fsf") for n, name in enumerate(names)]
    first = first_of(tmp_path, words, *held)
    assert first.kind.value == kind, first


@pytest.mark.parametrize(
    ("words", "names", "kind"),
    [
        ("Staan Kvantova Nevel en Bergzicht Optics op de EU-sanctielijst?",
         ["Kvantova Nevel", "Bergzicht Optics"], "yes"),
        ("Are Kvantova Nevel and Bergzicht Optics both on the EU sanctions list?",
         ["Kvantova Nevel", "Bergzicht Optics"], "yes"),
        ("Staan Kvantova Nevel en Bergzicht Optics allebei op de EU-sanctielijst?", ["Zeezicht"], "no"),
        ("Is Kvantova and Bergzicht on the EU sanctions list?", ["Kvantova and Bergzicht"], "yes"),
        ("Is Kvantova and Bergzicht on the EU sanctions list?", ["Nevel and Bergzicht"], "no"),
    ],
)  # fmt: skip
def test_a_name_with_and_is_of_several_parties_if_each_has_an_entry(
    tmp_path: Path, words: str, names: list[str], kind: str
) -> None:
    since = date(2020, 1, 1)
    held = [company(f"eu-{n}", name, since=since, list_id="eu-fsf") for n, name in enumerate(names)]
    first = first_of(tmp_path, words, *held)
    assert first.kind.value == kind, first


def test_a_party_keeps_its_entry_on_a_day_before_it(tmp_path: Path) -> None:
    entry = company("eu-1", "Kvantova Nevel Co. Ltd.", since=date(2020, 1, 1), list_id="eu-fsf")
    first = first_of(tmp_path, "Was Kvantova Nevel on the EU sanctions list on 1 May 2019?", entry)
    assert (first.kind, "only since 2020-01-01" in str(first.text)) == (FirstKind.NO, True), first


def test_a_later_entry_denies_only_on_the_lists_that_cover_the_day(tmp_path: Path) -> None:
    entry = company("eu-1", "Kvantova Nevel Co. Ltd.", since=date(2020, 1, 1), list_id="eu-fsf")
    first = first_of(tmp_path, "Was Kvantova Nevel on any official list on 1 May 2019?", entry)
    assert first.kind is FirstKind.NO
    assert re.search(
        r"none of the \d+ lists that cover 2019-05-01; .* only since 2020-01-01", str(first.text)
    ), first


def test_an_entry_of_another_party_in_the_question_is_not_that_of_this_one(tmp_path: Path) -> None:
    entry = company("eu-1", "Dahua Electronics Corporation", since=date(2020, 1, 1), list_id="eu-fsf")
    alone = "Is Dahua Technology on the EU sanctions list?"
    both = f"Dahua Electronics Corporation is on the EU sanctions list. {alone}"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert first_of(tmp_path / "a", alone, entry).kind is not FirstKind.NO
    assert first_of(tmp_path / "b", both, entry).kind is FirstKind.NO


def test_a_party_that_the_clause_leaves_unanswered_keeps_its_entry(tmp_path: Path) -> None:
    entry = company("eu-1", "Zeta Optics Kvantor", since=date(2020, 1, 1), list_id="eu-fsf")
    first = first_of(
        tmp_path, "Staat Optics Kvantor op de EU-sanctielijst, of de Zeta Optics Kvantor?", entry
    )
    assert first.kind in {FirstKind.YES, FirstKind.POSSIBLE}, first


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("How many names does the EU sanctions list name on 1 June 2024?", FirstKind.NUMBER, "2"),
        ("How many firms did the EU sanctions list hold at the end of 2023?", FirstKind.NUMBER, "2"),
        ("How many companies were added to the EU sanctions list in 2023?", FirstKind.NUMBER, "1"),
    ],
)
def test_a_count_on_a_date_is_of_what_the_list_held(
    tmp_path: Path, words: str, kind: FirstKind, value: str
) -> None:
    first_days = {"Nevel Optiek": date(2020, 1, 1), "Kvantor Optiek": date(2023, 5, 1)}
    held = [company(name, name, since=day, list_id="eu-fsf") for name, day in first_days.items()]
    first = first_of(tmp_path, words, *held)
    assert (first.kind, first.value) == (kind, value), first


@pytest.mark.parametrize(
    ("published", "number", "part"),
    [
        (date(2020, 12, 1), "2", "the first takes effect on 2023-05-01, the last on 2024-02-01"),
        (date(2026, 11, 1), "0", "fit the question on 2021-01-01"),
    ],
)
def test_a_later_version_does_not_tell_what_takes_effect_after_the_draft(
    tmp_path: Path, published: date, number: str, part: str
) -> None:
    store = fresh_store(tmp_path / "home")
    days = (date(2023, 5, 1), date(2024, 2, 1))
    held = [company(f"eu-{n}", f"Nevel {n}", since=day, list_id="eu-fsf") for n, day in enumerate(days)]
    put(store, snapshot_of("eu-fsf", published), held)
    lines = ["number: eigen", "title: Vraag", "asked: 2021-01-01", "asked_by: A. Voorbeeld", "questions:"]
    lines.append('  - {number: 1, text: "How many companies are on the EU sanctions list?"}')
    path = tmp_path / "set.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    choices = AnswerChoices(example=False, paper=PaperFile.of(path))
    first = draft(store, date(2021, 1, 1), "", choices).question(1).first
    store.close()
    assert (first.value, part in str(first.text)) == (number, True), first


def test_an_entry_of_a_later_version_without_a_start_leaves_the_day_open(tmp_path: Path) -> None:
    store = fresh_store(tmp_path / "home")
    entry = company("eu-9", "Nergens Optiek B.V.", list_id="eu-fsf")
    put(store, snapshot_of("eu-fsf", date(2021, 7, 7)), [entry])
    lines = ["number: eigen", "title: Vraag", "asked: 2020-01-06", "asked_by: A. Voorbeeld", "questions:"]
    lines.append('  - {number: 1, text: "Is Nergens Optiek B.V. on any official list?"}')
    path = tmp_path / "set.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    answered = draft(
        store, date(2020, 6, 15), "", AnswerChoices(example=False, paper=PaperFile.of(path))
    ).question(1)
    store.close()
    assert answered.first.kind is FirstKind.NOT_CHECKED
    assert "from 2021-07-07 at the latest" in str(answered.first.text)
    (fact,) = (str(fact.text) for fact in answered.all_facts if "2021-07-07" in str(fact.text))
    assert "No loaded version shows whether it was listed on 2020-06-15." in fact
    assert "since 2021" not in fact
