"""The ownership picture: who holds what, drawn by Graphviz from left (owner) to right (maker).

On a phone it is drawn from top to bottom, so that nothing has to be scrolled sideways.

Labels come from sources, so nothing in them may be read as markup or as an escape of the DOT language. The
stylesheet colours the boxes by class, so that the picture follows the theme.
"""

import os
import textwrap
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from markupsafe import Markup

from overzicht.reports.html.charts import Picture
from overzicht.reports.html.svg import SVG, Caption, finish, parse
from overzicht.reports.i18n import Words
from overzicht.reports.overview_report import OverviewReport, OwnershipEdge
from overzicht.reports.xml_text import xml_text

LABEL_WIDTH, NARROW_LABEL_WIDTH = 24, 15  # characters per line in a box
FONT = "DejaVu Sans,Noto Sans,Arial,sans-serif"  # measured while drawing; wide ones leave room for others
STANDARD_ERROR = 2  # the file descriptor
PIXELS_PER_POINT = 96 / 72


@dataclass(frozen=True, slots=True)
class Party:
    """A box: the name and its marks."""

    name: str
    is_maker: bool
    is_listed: bool


def is_available() -> bool:
    """Return whether the library that draws graphs is installed."""
    try:
        import pygraphviz  # noqa: F401, PLC0415  # an extra
    except ImportError:
        return False
    return True


def ownership_picture(report: OverviewReport, caption: Caption, words: Words) -> Picture | None:
    """Return the picture of a report, or None without stakes or without the library that draws."""
    return stakes_picture(report.ownership, parties_of(report), caption, words)


def stakes_picture(
    stakes: Sequence[OwnershipEdge], parties: Mapping[str, Party], caption: Caption, words: Words
) -> Picture | None:
    """Return the picture of stakes between parties by id, or None without stakes or without the library."""
    if not stakes or not is_available():
        return None
    wide, narrow = (
        _drawn(stakes, parties, replace(caption, id=f"{caption.id}-{name}"), words, is_wide=name == "wide")
        for name in ("wide", "narrow")
    )
    return Picture(wide, narrow)


def _drawn(
    stakes: Sequence[OwnershipEdge],
    parties: Mapping[str, Party],
    caption: Caption,
    words: Words,
    *,
    is_wide: bool,
) -> Markup:
    import pygraphviz  # noqa: PLC0415  # an extra

    keys = {party_id: f"n{number}" for number, party_id in enumerate(parties, start=1)}
    graph = pygraphviz.AGraph(
        directed=True, strict=False, bgcolor="transparent", rankdir="LR" if is_wide else "TB"
    )
    graph.graph_attr.update(
        nodesep="0.25" if is_wide else "0.1", ranksep="0.6" if is_wide else "0.4", pad="0.1"
    )
    graph.node_attr.update(
        shape="box", style="rounded,filled", fontname=FONT, fontsize="12", margin="0.12,0.08"
    )
    graph.edge_attr.update(fontname=FONT, fontsize="10", arrowsize="0.7")
    for party_id, party in parties.items():
        kinds = ("maker",) if party.is_maker else ("owner",)
        lines = textwrap.wrap(
            " ".join(party.name.split()), LABEL_WIDTH if is_wide else NARROW_LABEL_WIDTH
        ) or ["?"]
        if party.is_listed:
            listed = words.text("on a list")
            lines.append(f"● {listed}")
        graph.add_node(
            keys[party_id],
            label="\n".join(_safe(line) for line in lines),
            **{"class": " ".join((*kinds, "listed") if party.is_listed else kinds)},
        )
    for edge in stakes:
        style = {"label": _safe(f" {words.share(edge.min_percent, edge.max_percent)} ")}
        if edge.min_percent is None:
            style["style"] = "dashed"
        graph.add_edge(keys[edge.owner_id], keys[edge.asset_id], **style)
    _read_font_settings()
    root = parse(graph.draw(format="svg", prog="dot").decode("utf-8"))
    # put names in place of keys in the titles, and drop the titles of stakes: their labels say it
    names = {keys[party_id]: party.name for party_id, party in parties.items()}
    for title in root.iter(f"{{{SVG}}}title"):
        key = title.text or ""
        group = title.getparent()
        if key in names:
            title.text = xml_text(names[key])
        elif group is not None and group is not root:
            group.remove(title)
    for name in ("width", "height"):
        points = float(str(root.get(name)).removesuffix("pt"))
        root.set(name, str(round(points * PIXELS_PER_POINT)))
    return finish(root, caption, role="group")


@cache
def _read_font_settings() -> None:
    """Make the bundled font library read the machine's settings, once and without its talk.

    It prints a warning on an element of Debian's newer settings that it does not know (and need not),
    straight to the standard error of the process, where it looks like a fault of the report.
    """
    import pygraphviz  # noqa: PLC0415  # an extra

    graph = pygraphviz.AGraph()
    graph.add_node("a")
    kept = os.dup(STANDARD_ERROR)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), STANDARD_ERROR)
            graph.draw(format="svg", prog="dot")
    finally:
        os.dup2(kept, STANDARD_ERROR)
        os.close(kept)


def parties_of(report: OverviewReport) -> dict[str, Party]:
    """Return owners and owned parties by id, in the order in which they appear."""
    listed = {maker.maker_id for maker in report.makers if maker.is_listed}
    makers = {maker.maker_id for maker in report.makers}
    return parties_in(report.ownership, makers, listed)


def parties_in(stakes: Sequence[OwnershipEdge], makers: Set[str], listed: Set[str]) -> dict[str, Party]:
    """Return the parties of stakes by id; `listed` are ids beyond the owners that the stakes call listed."""
    listed = {*listed, *(edge.owner_id for edge in stakes if edge.owner_is_listed)}
    parties: dict[str, Party] = {}
    for edge in stakes:
        for party_id, name in ((edge.owner_id, edge.owner_name), (edge.asset_id, edge.asset_name)):
            parties.setdefault(party_id, Party(name, party_id in makers, party_id in listed))
    return parties


def _safe(line: str) -> str:
    r"""Return the line as DOT takes it literally: `\` starts an escape there, and `<…>` is read as markup."""
    line = xml_text(line).replace("\\", "\\\\")
    return "\u200b" + line if line.startswith("<") else line
