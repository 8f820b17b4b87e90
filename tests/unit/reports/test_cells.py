"""Cells of tables that carry their heading."""

from markupsafe import Markup

from overzicht.reports.html.cells import with_labels


def test_each_cell_has_the_heading_of_its_column() -> None:
    rows = Markup(
        '<tr class="a"><th>x</th>\n<td class="n">1</td><td>2</td></tr><tr><th>y</th><td>3</td></tr>'
    )
    labelled = with_labels(rows, ["name", 'one & "two"', Markup('<th><a href="?s">three</a></th>')])
    assert labelled == (
        '<tr class="a"><th>x</th>\n<td data-label="one &amp; &#34;two&#34;" class="n">1</td>'
        '<td data-label="three">2</td></tr><tr><th>y</th><td data-label="one &amp; &#34;two&#34;">3</td></tr>'
    )


def test_a_cell_beyond_the_headings_has_none() -> None:
    assert with_labels(Markup("<tr><th>x</th><td>1</td></tr>"), ["name"]) == "<tr><th>x</th><td>1</td></tr>"
