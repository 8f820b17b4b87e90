"""OFAC's CSV sets: an invented set of four files, its faults, and the whole official sets."""

from datetime import date
from pathlib import Path

import pytest
from us_reading import assert_sound, named, read_list

from overzicht.sources.files import LocalFile
from overzicht.sources.interface import Sample
from overzicht.sources.lists.interface import Layout
from overzicht.sources.lists.registry import load_reader

READER = load_reader("us-ofac")
NULLS = ",".join(["-0- "] * 7)
WORKS = (
    f'7,"LENS WORKS CO., LTD.",-0- ,"CMIC-EO13959] [GLOMAG",{NULLS},'
    '"Unified Social Credit Code (USCC) 91330000733796106P (China); ISIN CNE100000PM8; alt. ISIN CNE2; '
    "Listing Date (CMIC) 03 Jun 2021; Shoe Size 44; a.k.a. 'LW'; Linked To: SOME GROUP; Registra\""
)
DOE = (
    f'9,"DOE, Jane",individual,"GLOMAG","Head",{",".join(["-0- "] * 6)},'
    '"DOB Jan 1958; alt. DOB 10 Dec 1959; POB Harbin; nationality China; Gender Female; '
    'Passport G12 (China) issued 02 May 2010 expires 01 May 2020; citizen Atlantis."'
)
ALT = '7,1,"aka","LENS W.",-0- \n7,2,"fka","OLD LENS",-0- \n9,3,"aka","ROE, Jane",-0- \n'
ADD = (
    '7,1,"Road 1","Hangzhou 310051","China",-0- \n9,2,-0- ,-0- ,"China",-0- \n'
    '9,3,-0- ,-0- ,"undetermined",-0- \n'
)
COMMENTS = '7,"tion Number 123 (China)."\n'


def write(folder: Path, *, main: str = f"{WORKS}\n{DOE}\n", alt: str = ALT, add: str = ADD,
          comments: str = COMMENTS) -> Path:  # fmt: skip
    for name, text in (("SDN.CSV", main), ("ALT.CSV", alt), ("ADD.CSV", add), ("SDN_COMMENTS.CSV", comments)):
        (folder / name).write_bytes(text.replace("\n", "\r\n").encode() + b"\x1a")
    return folder / "SDN.CSV"


def test_the_four_files_are_joined(tmp_path: Path) -> None:
    (works, doe), report = read_list(READER, write(tmp_path))
    assert report.problems == []
    assert_sound([works, doe], "us-ofac")
    assert works.schema == "Company"
    assert works.names == ("LENS WORKS CO., LTD.", "LENS W.", "OLD LENS")
    assert works.values("previousName") == ("OLD LENS",)
    assert works.weak_names == ("LW",)
    assert works.values("uscCode") == ("91330000733796106P",)
    assert works.values("isinCode") == ("CNE100000PM8", "CNE2")
    assert works.values("registrationNumber") == ("123",), "the remark was cut inside a word"
    assert works.values("address") == ("Road 1, Hangzhou 310051, China",)
    assert {"Shoe Size 44", "Linked To: SOME GROUP"} <= set(works.values("notes"))
    starts = {listing.programme: listing.period.start for listing in works.listings}
    assert starts["GLOMAG"] is None
    assert starts["CMIC-EO13959"] is not None
    assert starts["CMIC-EO13959"].day == date(2021, 6, 3)


def test_a_person_is_read_from_the_remarks(tmp_path: Path) -> None:
    (_, doe), _ = read_list(READER, write(tmp_path))
    assert doe.names == ("Jane DOE", "Jane ROE")
    assert doe.values("birthDate") == ("1958-01", "1959-12-10")
    assert doe.values("birthPlace") == ("Harbin",)
    assert doe.values("passportNumber") == ("G12",)
    assert doe.values("nationality") == ("cn",)
    assert doe.values("position") == ("Head",)
    assert set(doe.values("notes")) == {"citizen Atlantis", "Country: undetermined"}


def test_vessels_and_aircraft_keep_their_own_columns(tmp_path: Path) -> None:
    main = (
        '3,"SEA ONE",vessel,"IRAN",-0- ,"9HDS9","Tug","2,597","212","Malta","Sea Owners",'
        '"Vessel Registration Identification IMO 9187629; MMSI 572469210; Former Vessel Flag Malta."\n'
        f'4,"EP-AB1",aircraft,"IRAN",{NULLS},"Aircraft Model A300; Aircraft Manufacture Date 17 May 1988."\n'
    )
    (vessel, plane), report = read_list(READER, write(tmp_path, main=main, alt="", add="", comments=""))
    assert report.problems == []
    assert vessel.values("imoNumber") == ("IMO9187629",)
    assert (vessel.first("flag"), vessel.first("pastFlags"), vessel.first("callSign")) == (
        "mt",
        "mt",
        "9HDS9",
    )
    assert "owner: Sea Owners" in vessel.values("notes")
    assert (plane.first("model"), plane.first("buildDate")) == ("A300", "1988-05-17")


@pytest.mark.parametrize(
    ("files", "place", "reason"),
    [
        ({"main": f"{DOE}\n{WORKS}\n", "alt": "", "add": "", "comments": ""}, "line 2", "not in order"),
        ({"main": f"{WORKS}\n{WORKS}\n"}, "line 2", "occurs twice"),
        ({"main": f"{WORKS}\n9,short\n"}, "line 2", "2 cells, 12 are expected"),
        ({"main": f'{WORKS}\n9,"DOE'}, "line 2", "not a whole table"),
        ({"main": f"{WORKS}\n\x1a\n{DOE}\n"}, "line 3", "0x1A"),
        ({"main": WORKS.replace("-0- ", "robot", 1) + "\n"}, "line 1", "unsupported type 'robot'"),
        ({"main": f"{WORKS.replace('2021', '2922')}\n"}, "line 1", "the year 2922"),
        ({"alt": ALT + '8,4,"aka","NOBODY",-0- \n'}, "ALT.CSV, line 4", "not in order"),
        ({"alt": '8,4,"aka","NOBODY",-0- \n'}, "ALT.CSV, line 1", "entry 8, which is not in the list"),
        (
            {"add": ADD + '99,4,-0- ,-0- ,"Peru",-0- \n'},
            "ADD.CSV, line 4",
            "entry 99, which is not in the list",
        ),
        ({"alt": '7,1,"zka","LENS W.",-0- \n'}, "line 1", "unsupported kind of name 'zka'"),
    ],
)
def test_faults_are_told_with_file_and_line(
    tmp_path: Path, files: dict[str, str], place: str, reason: str
) -> None:
    _, report = read_list(READER, write(tmp_path, **files))
    told = [(problem.place, problem.reason) for problem in report.problems]
    matching = [each for each in told if each[0].lower() == place.lower() and reason in each[1]]
    assert matching, told
    assert not report.complete


def test_a_missing_companion_is_a_problem_and_not_a_silence(tmp_path: Path) -> None:
    path = write(tmp_path)
    (tmp_path / "ADD.CSV").unlink()
    rows, report = read_list(READER, path)
    assert len(rows) == 2
    assert report.problems[0].place.lower() == "add.csv"
    assert [file.filename for file in READER.companions(LocalFile(path))] == ["ALT.CSV", "SDN_COMMENTS.CSV"]


@pytest.mark.parametrize("name", ["sdn.csv", "2021-sdn.csv"])
def test_the_part_follows_from_the_name_of_the_file(name: str) -> None:
    head = f"{WORKS}\r\n".encode()
    assert READER.recognise(Sample(name, head)) == Layout("csv-no-header", "sdn")
    consolidated = name.replace("sdn", "cons_prim")
    assert READER.recognise(Sample(consolidated, head)) == Layout("csv-no-header", "consolidated")
    assert READER.recognise(Sample(name.replace("sdn", "alt"), ALT.encode())) is None
    assert READER.recognise(Sample(name, b"ent_num,name\r\n")) is None


@pytest.mark.shared
def test_the_whole_sdn_set(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/us-ofac/202107-sdn/sdn.csv")
    assert len(rows) == 8_976
    assert report.problems == []
    assert_sound(rows, "us-ofac")
    (wang,) = named(rows, "Junzheng WANG")
    assert wang.schema == "Person"
    assert [listing.programme for listing in wang.listings] == ["GLOMAG"]
    assert named(rows, "Mingguo CHEN")


@pytest.mark.shared
def test_the_whole_consolidated_set(shared_data: Path) -> None:
    rows, report = read_list(READER, shared_data / "lists/us-ofac/202512-consolidated/cons_prim.csv")
    assert len(rows) == 442
    assert report.problems == []
    assert_sound(rows, "us-ofac")
    (hikvision,) = [row for row in rows if "91330000733796106P" in row.values("uscCode")]
    assert hikvision.caption == "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD."
    (listing,) = hikvision.listings
    assert listing.programme == "CMIC-EO13959"
    assert listing.period.start is not None
    assert listing.period.start.day == date(2021, 6, 3)
