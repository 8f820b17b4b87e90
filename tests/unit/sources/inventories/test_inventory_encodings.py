"""Code pages of many languages are recognised by their bytes alone."""

from pathlib import Path

import pytest

from overzicht.devices import Trace
from overzicht.sources.inventories import read_inventory
from overzicht.sources.inventories.encoding import detect_encoding
from overzicht.sources.inventories.tables.row_roles import LEFT_OUT

TABLES = {
    "ko": (
        "관리번호,소재지,제조사,모델\n1,대전광역시 동구 판암동,한화,QNV-6080R\n2,서구,한화,QNV-6082R\n",
        ["cp949"],
    ),
    "ja": (
        "管理番号,設置場所,型番\n1,東京都千代田区 駅前広場,WV-S1531\n2,新宿区西新宿,SNC-VB630\n",
        ["cp932", "euc_jp"],
    ),
    "zh": (
        "设备名称,安装位置,品牌\n东门摄像机,一号楼东门入口,海康威视\n停车场,地下停车场二层,大华\n",
        ["gb18030"],
    ),
    "tw": ("編號,安裝位置,廠牌\n1,臺北市信義區市府路一號,晶睿通訊\n2,停車場入口,奇偶科技\n", ["big5"]),
    "ru": (
        "Номер,Адрес,Производитель\n1,улица Ленина дом 5 вход,Дахуа\n",
        ["cp1251", "koi8_r", "iso8859_5", "cp866"],
    ),
    "el": ("Αριθμός,Τοποθεσία,Μοντέλο\n1,Κεντρική είσοδος δημαρχείου,P3245\n", ["cp1253", "iso8859_7"]),
    "pl": (
        "Numer,Lokalizacja,Zakup\n1,Wejście główne przy ulicy Świętokrzyskiej,2020\n2,Łódź parking,2021\n",
        ["cp1250", "iso8859_2"],
    ),
    "tr": (
        "Numara,Konum,Üretici\n1,Belediye binası giriş kapısı,Axis\n2,Şişli meydanı ağaçlık,Bosch\n",
        ["cp1254"],
    ),
    "nl": (
        "Nummer,Locatie,Merk\n1,Café de Brug één,Axis\n2,Coördinatiepunt België,Bosch\n",
        ["cp1252", "cp850", "mac_roman"],
    ),
    "de": (
        "Nr,Standort,Größe\n1,Rathaus Köln Straße,3\n2,Münster Südflügel,4\n",
        ["cp1252", "cp850", "iso8859_15"],
    ),
    "fr": ("N,Emplacement,Marque\n1,Entrée mairie – côté été,Axis\n2,Hôtel à Besançon,Bosch\n", ["cp1252"]),
    "es": (
        "Número,Ubicación,Marca\n1,Plaza de España señalización,Axis\n2,Estación de autobús,Bosch\n",
        ["cp1252"],
    ),
    "pt": ("Número,Localização,Marca\n1,Praça São João estação,Axis\n", ["cp1252"]),
}


@pytest.mark.parametrize(
    ("language", "code_page"), [(name, page) for name, (_, pages) in TABLES.items() for page in pages]
)
def test_a_code_page_is_recognised(language: str, code_page: str) -> None:
    content = TABLES[language][0]
    data = content.encode(code_page)
    assert data.decode(detect_encoding(data)) == content


def test_a_last_character_that_is_cut_leaves_the_text_utf_8() -> None:
    data = "Café één".encode()
    assert detect_encoding(data[:-2]) == "utf-8"


POINTS = "번호,명칭,주소,위도,경도\nA-1,공원 입구,동구 1,36.31,127.45\nA-2,주민센터,서구 2,36.34,127.37\n"


def with_kinds(kind: str) -> str:
    """Return the points with a column that says this of each of them."""
    head, *rows = POINTS.splitlines()
    return "\n".join([f"{head},x", *(f"{row},{kind}" for row in rows)]) + "\n"


@pytest.mark.parametrize(
    ("name", "content", "is_proposed"),
    [
        ("cctv_list.csv", POINTS, False),
        ("lijst.csv", POINTS.replace("명칭", "카메라명"), False),
        ("lijst.csv", POINTS, True),
        ("lijst.csv", with_kinds("방범카메라"), False),
        ("lijst.csv", with_kinds("도서관"), True),
    ],
)
def test_points_on_a_map_are_cameras_if_the_file_says_so(
    name: str, content: str, is_proposed: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("cp949"))
    result = read_inventory(path)
    assert (len(result.sightings), result.sightings[0].latitude) == (2, 36.31)
    assert result.sightings[0].kind == "camera"
    assert (result.proposal is not None) == is_proposed


def test_a_table_in_another_language_is_read_by_its_header(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(
        "设备名称,安装位置,品牌,型号,IP地址\n东门,一号楼,海康威视,DS-2CD2146,192.0.2.2\n".encode("gb18030")
    )
    (sighting,) = read_inventory(path).sightings
    assert (sighting.label, sighting.site, sighting.address) == ("东门", "一号楼", "192.0.2.2")
    assert sighting.values(Trace.MODEL) == ("DS-2CD2146",)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        (
            "cp1250",
            "Označení;Adresa;Počet kamer;Šířka;Délka\nK1;Nádražní 1;3;49,1907;16,6128\n;Celkem: 3;;;\n",
        ),
        ("latin-1", "Kennung;Standort;Anzahl Kameras;Breite;Länge\nK1;Nadrazni 1;3;49,1907;16,6128\n"),
        (
            "cp1251",
            "Название;Адрес;Количество камер;Широта;Долгота\nK1;Nadrazni 1;3;49,1907;16,6128\nИтого;;3;;\n",
        ),
        ("cp932", "カメラ名称,設置場所,カメラ台数,緯度,経度\nK1,Nadrazni 1,3,49.1907,16.6128\n合計,,3,,\n"),
        ("cp949", "카메라명,설치장소,카메라대수,위도,경도\nK1,Nadrazni 1,3,49.1907,16.6128\n합계,,3,,\n"),
    ],
)
def test_a_register_of_places_is_read_with_its_numbers_and_without_its_total(
    code: str, content: str, tmp_path: Path
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_bytes(content.encode(code))
    result = read_inventory(path)
    (sighting,) = result.sightings
    assert (sighting.label, sighting.quantity) == ("K1", 3)
    assert sighting.site in {"Nádražní 1", "Nadrazni 1"}
    assert (sighting.latitude, sighting.longitude) == (49.1907, 16.6128)
    assert [row.reason for row in result.left_out] == [LEFT_OUT["total"]] * (result.records - 1)


def test_a_column_of_widths_is_no_latitude(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Kamera;Modell;Breite\nK1;P3245-LVE;120\nK2;P3245-LVE;130\n", encoding="utf-8")
    assert [sighting.latitude for sighting in read_inventory(path).sightings] == [None, None]


@pytest.mark.parametrize("word", ["camera’s", "l’entrée", "ÉÉÉ", "Straße", "façade – côté"])
def test_a_single_word_of_the_west_is_no_other_code_page(word: str) -> None:
    content = f"Nummer;Merk;Opmerking\n1;Axis;{word}\n"
    assert content.encode("cp1252").decode(detect_encoding(content.encode("cp1252"))) == content


def test_quotes_round_a_delimiter_are_no_ditto_marks(tmp_path: Path) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text('Nummer;Merk;Model\n1;Axis;";"\n2;Axis;P1\n', encoding="utf-8")
    models = [sighting.values(Trace.MODEL) for sighting in read_inventory(path).sightings]
    path.write_text('Nummer;Merk;Model\n1;Axis;P1\n2;";"\n', encoding="utf-8")
    assert models == [(";",), ("P1",)]
    assert [s.values(Trace.MODEL) for s in read_inventory(path).sightings] == [("P1",), ("P1",)]


@pytest.mark.parametrize("tail", ["</cameras></objects>", ""])
def test_xml_that_declares_another_encoding_than_its_bytes_have_is_read(tail: str, tmp_path: Path) -> None:
    path = tmp_path / "objects.xml"
    camera = (
        '<camera name="Hal é"><settings><videosourcestring>rtsp://192.0.2.1/s</videosourcestring></settings>'
    )
    head = '<?xml version="1.0" encoding="utf-16" standalone="no"?>\n<objects><cameras>'
    path.write_text(f"{head}{camera}</camera>{tail}", encoding="utf-8")
    result = read_inventory(path)
    assert [(s.label, s.address) for s in result.sightings] == [("Hal é", "192.0.2.1")]
    assert result.end is not None
    assert result.end.is_whole is bool(tail)
