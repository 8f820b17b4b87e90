"""The drawing of the map of sites."""

from datetime import date

import pytest
from lxml import etree

from overzicht.reports.html.charts import NARROW, WIDE
from overzicht.reports.i18n import words_for
from overzicht.reports.map_drawing import MapRegion
from overzicht.reports.site_map import SitePoint, site_map

DAY = date(2026, 11, 20)
EN = words_for("en")
AREA = MapRegion("", "A <b>", (((5.0, 52.0), (5.2, 52.0), (5.2, 52.2), (5.0, 52.0)),))
POINTS = [
    SitePoint("s1", "Stadhuis & hal", (5.1, 52.1), 40, 10),
    SitePoint("s2", "Zwembad", (5.1, 52.1), 4, 0),
]


def parsed(drawing: str) -> etree._Element:
    return etree.fromstring(drawing.encode())


def test_a_site_is_a_disc_with_the_share_of_listed_manufacturers() -> None:
    picture = site_map(POINTS, [AREA], DAY, EN, lambda point: f"/devices?site={point.id}&x=1")
    assert picture is not None
    drawing = picture.wide
    root = parsed(drawing)
    circles = root.findall(".//{*}circle")
    assert len(circles) == 3  # the second site has no listed manufacturer
    outer, inner = (float(str(circle.get("r"))) for circle in circles[:2])
    assert inner == round(outer / 2, 1)  # a quarter of the devices is a quarter of the disc
    assert "hatch" in str(circles[1].get("fill"))
    links = root.findall(".//{*}a")
    assert [link.get("href") for link in links] == ["/devices?site=s1&x=1", "/devices?site=s2&x=1"]
    assert links[0].get("aria-label") == "Stadhuis & hal: devices 40, made by a listed manufacturer 10"
    assert "A &lt;b&gt;" in drawing
    assert "20 November 2026" in drawing


@pytest.mark.parametrize(("name", "width"), [("wide", WIDE), ("narrow", NARROW)])
def test_names_do_not_cover_each_other_and_all_is_inside(name: str, width: int) -> None:
    root = parsed(getattr(site_map(POINTS, [], DAY, EN), name))
    labels = [(text.text, float(str(text.get("x")))) for text in root.findall(".//{*}text")]
    assert [name for name, _ in labels] == ["Stadhuis & hal", "Zwembad"]
    assert labels[0][1] > labels[1][1]  # the second is on the other side
    assert all(0 <= x <= width for _, x in labels)


def test_an_area_of_a_published_map_has_a_number_and_no_name() -> None:
    picture = site_map([SitePoint("", "", (5.1, 52.1), 7, 2, 0.2)], [AREA], DAY, EN)
    assert picture is not None
    root = parsed(picture.wide)
    assert [text.text for text in root.findall(".//{*}text")] == ["7"]
    assert len(root.findall(".//{*}a")) == 0


def test_nothing_to_draw_is_no_map() -> None:
    assert site_map([], [], DAY, EN) is None
