"""Invented lists in official layouts, and the parties of the small audit that always runs."""

from pathlib import Path

from functional_tools import run_command
from invented_lists import ofac_consolidated_set, un_list
from oracle import american, elsewhere
from oracle.entries import RawLists
from oracle.statements import Party

UN_DAY, OFAC_DAY = "2026-02-27", "2025-12-19"
DAYS = ["2012-12-30", "2012-12-31", "2021-06-03", "2026-03-01"]
UN_NAMES = {
    "INVENTED ENTITY 900001<": "QUILLBROOK OPTICS<",
    "INVENTED ENTITY 900002<": "VIVOTEK INC.<",  # a maker with a card, on an invented list
    "INVENTED INDIVIDUAL 10001<": "MIRWAN TEDOZ OLVARSKI<",
}
OFAC_NAMES = {
    "INVENTED WORKS 3 CO., LTD.": "MARENDOLIN VISION CO., LTD.",
    'OTHER NAME 3"': 'Марендолин Вижн"',
    "Equity Ticker 3.": "Listing Date (CMIC) 03 Jun 2021; Equity Ticker 3.",
}


def parties() -> list[Party]:
    """Return parties that the invented lists name, in two scripts, and some that they do not."""
    marendolin = ("Marendolin Vision Co., Ltd.", "Марендолин Вижн")
    return [
        Party("quillbrook", "Quillbrook Optics B.V.", "Company", ("Quillbrook Optics",), "Quillbrook Optics"),
        Party("vivotek", "Vivotek", "Company", ("Vivotek Inc.",), "Vivotek", "vivotek"),
        Party("olvarski", "OLVARSKI, Mirwan Tedoz", "Person", ("Mirwan Tedoz Olvarski",)),
        Party("marendolin", "Marendolin Vision", "Company", marendolin, "Marendolin Vision"),
        Party("marendolin-cyrillic", "Марендолин Вижн", "Company", marendolin),
        Party("tarquish", "Tarquish Holdings Ltd", "Company", (), "Tarquish"),
        Party("milesight", "Milesight", "Company", (), "Milesight", "milesight"),
        Party("jansen", "Willemijn Jansen", "Person", ()),
    ]


def _write(folder: Path) -> None:
    folder.mkdir(parents=True)
    text = un_list(day=UN_DAY).decode()
    for old, new in UN_NAMES.items():
        assert old in text
        text = text.replace(old, new)
    (folder / "consolidated.xml").write_text(text, encoding="utf-8")
    (folder / "ofac").mkdir()
    for name, raw in ofac_consolidated_set().items():
        content = raw.decode()
        for old, new in OFAC_NAMES.items():
            content = content.replace(old, new)
        (folder / "ofac" / name).write_bytes(content.encode())


def raw_lists(folder: Path) -> RawLists:
    """Write the lists into a new folder, and return what the oracle reads there."""
    _write(folder)
    raw = RawLists()
    raw.add(elsewhere.security_council(folder / "consolidated.xml", UN_DAY))
    files = ("CONS_PRIM.CSV", "CONS_ALT.CSV", "CONS_COMMENTS.CSV")
    raw.add(american.treasury_csv(folder / "ofac", files, "consolidated", OFAC_DAY))
    return raw


def load(folder: Path) -> RawLists:
    """Load the invented lists into the home in use, and return what the oracle reads of them."""
    raw = raw_lists(folder)
    for arguments in ((folder / "consolidated.xml",), (folder / "ofac", "--published", OFAC_DAY)):
        done = run_command("lists", "add", *arguments)
        assert done.exit_code == 0, (done.output, done.stderr)
    return raw
