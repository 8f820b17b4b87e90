"""Charts and drawings of names that anybody may have written."""

import subprocess
import sys
from xml.etree import ElementTree

import pytest

from overzicht.reports.atom import FeedEntry, atom
from overzicht.reports.html.charts import Bar, bar_chart
from overzicht.reports.html.svg import Caption
from overzicht.reports.i18n import Language, words_for
from overzicht.reports.map_drawing import MapDrawing, MapRegion, RegionValue
from overzicht.reports.xml_text import xml_text

NAMES = ("hall\x1b[31m", "a\x00\x0b", "\ufffe", "</text>&#0;", "\U0001f1e6" * 100, "$name")
DRAW = """
from overzicht.reports.html.charts import Bar, bar_chart
from overzicht.reports.html.svg import Caption
from overzicht.reports.i18n import Language, words_for
for name in {names!a}:
    assert bar_chart([Bar(name, ((3, "#a3294a"),))], Caption("c", name, name), words_for(Language.EN))
"""


def test_no_name_ends_the_process_that_draws_it() -> None:
    """The library that draws ended the whole service at a control character, so this runs in a process."""
    pytest.importorskip("vl_convert")
    done = subprocess.run(
        [sys.executable, "-c", DRAW.format(names=NAMES)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_parts_of_a_picture_have_no_words_of_the_library() -> None:
    pytest.importorskip("vl_convert")
    bars = [Bar("hal", ((3, "#a3294a"),))]
    picture = bar_chart(bars, Caption("c", "Apparaten", "Per plaats"), words_for(Language.NL))
    assert picture is not None
    parts = [part for part in ElementTree.fromstring(picture.wide).iter() if "aria-label" in part.attrib]  # noqa: S314 - our own
    assert parts == []
    assert 'role="img"' in picture.wide


@pytest.mark.parametrize("name", NAMES)
def test_a_map_and_a_feed_are_xml_whatever_the_names(name: str) -> None:
    ring = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0))
    drawing = MapDrawing((MapRegion("", name, (ring,)),), {name: RegionValue(0.5, name, short=name)})
    drawn = drawing.draw(Caption("c", name, name))
    assert drawn is not None
    for picture in (drawn.wide, drawn.narrow):
        assert xml_text(name) in "".join(ElementTree.fromstring(picture).itertext())  # noqa: S314 - our own
    entry = FeedEntry("urn:x", name, "2026-01-01T00:00:00+00:00", name, "https://example.org", "maker")
    feed = ElementTree.fromstring(atom("urn:y", name, "https://example.org", "en", [entry]))  # noqa: S314
    assert xml_text(name) in "".join(feed.itertext())


def test_a_text_for_xml_keeps_all_that_xml_can_hold() -> None:
    whole = "a\tb\nc\N{NO-BREAK SPACE}\u202e\ue000\N{ZERO WIDTH JOINER}\U0001f1e6"
    assert xml_text(whole) == whole
    assert xml_text("a\x1fb\x00\ufffe\ud800") == "a b   "
