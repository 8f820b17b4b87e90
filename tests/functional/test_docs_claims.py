"""Every limit that README and the documentation state is checked against what exists."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from fastapi.routing import APIRoute
from reference_blocks import leaves

from overzicht.cli.main import cli
from overzicht.settings import DATABASE_VARIABLE
from overzicht.subjects.overview.reports import FORMATS
from overzicht.web.registry import PARTS
from overzicht.web.routers import router_of

ROOT = Path(__file__).resolve().parents[2]
PAGES = [
    ROOT / "README.md",
    ROOT / "publiccode.yml",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if "decisions" not in page.parts),
]
ARCHITECTURE = ROOT / "docs/explanation/architecture.md"
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)

# What a page may deny: words for it, and the command, route, format or setting that would make it untrue.
SUBJECTS = (
    (r"web pages?|pages? in (?:the|a) browser|browser", "GET /"),
    (r"service|HTTP interface|API", "serve"),
    (r"PostgreSQL", DATABASE_VARIABLE),
    (r"(?:user )?roles?|user accounts?|accounts", "users grant"),
    (r"tokens for programs", "users token"),
    (r"tenders?|procurement notices?", "tenders"),
    (r"questions in parliament|parliamentary questions?", "questions add"),
    (r"draft answers?", "answer"),
    (r"similar names|fuzzy matching", "screen names"),
    (r"registers?(?: of equipment)?", "register import"),
    (r"merging|merges?", "register merge"),
    (r"backups?", "register backup"),
    (r"licence cases?|export licences?", "licence new"),
    (r"denials?", "denial add"),
    (r"classification", "control classify"),
    (r"dossiers?", "dossier show"),
    (r"due diligence", "diligence new"),
    (r"judgements?|decisions of people", "judge"),
    (r"JSON (?:report|output)", "overview --json"),
    (r"standard input", "overview"),
    (r"PDF report", ".pdf"),
    (r"Excel|XLSX", ".xlsx"),
    (r"second factor", "POST /login/second-factor"),
    (r"single sign-on", "GET /login/sso"),
    (r"configuration file", "--config"),
)
# "not yet" of something that the product has no command for; each entry is a phrase of one sentence.
NOT_YET_OF_THE_WORLD = (
    "No list has been loaded yet",  # the reader's store, at that point of the tutorial
    "no rule is held yet",  # law that does not apply before 2027
    "what has no translation yet",  # what a tool for developers prints
)
PRODUCT_HAS = re.compile(
    r"\b(?:there (?:is|are)|it has|overzicht has|offers|supports|comes with)\b|\byet\b", re.I
)
NO = r"\b[Nn]o (?:[\w-]+ ){{0,2}}?(?:{0})\b"
NOT = (
    r"\b(?:{0})\b(?:[\w ,-]{{0,60}}?) (?:is|are|does|do|can|could) ?not "
    r"[\w ]{{0,30}}?(?:yet|supported|possible|available|there)\b"
)


def existing() -> set[str]:
    """Return the names of all commands and routes, the formats of the report, and the settings."""
    routes = {
        f"{method} {part.prefix}{route.path}"
        for part in PARTS
        for route in router_of(part).routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }
    commands = dict(leaves(cli))
    options = {
        f"{name} {each}" for name, command in commands.items() for p in command.params for each in p.opts
    }
    root = {each for param in cli.params for each in param.opts}
    return routes | set(commands) | options | root | set(FORMATS) | {DATABASE_VARIABLE}


def sentences(text: str) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n|\n(?=[-|#])", FENCED.sub("", text)):
        yield from re.split(r"(?<=[.!?;|])\s+", " ".join(paragraph.split()))


def untrue(text: str, exists: set[str]) -> list[str]:
    """Return what the text denies although it exists, each with what shows it."""
    found = []
    for sentence in sentences(text):
        for words, shown_by in SUBJECTS:
            is_absent = PRODUCT_HAS.search(sentence) and re.search(NO.format(words), sentence)
            is_denied = is_absent or re.search(NOT.format(words), sentence)
            if is_denied and shown_by in exists:
                found.append(f"{shown_by} exists, but: {sentence}")
    return found


def unexplained(text: str) -> list[str]:
    """Return the sentences with "yet" that neither the table of subjects nor that of the world knows."""
    known = "|".join(words for words, _ in SUBJECTS)
    return [
        sentence
        for sentence in sentences(text)
        if re.search(r"\b(?:not?|nothing|none)\b[^.;|]*\byet\b", sentence, re.IGNORECASE)
        and not any(phrase in sentence for phrase in NOT_YET_OF_THE_WORLD)
        and not re.search(known, sentence)
    ]


@pytest.fixture(scope="module")
def exists() -> set[str]:
    return existing()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_nothing_is_denied_that_exists(page: Path, exists: set[str]) -> None:
    text = page.read_text(encoding="utf-8")
    assert untrue(text, exists) == []
    assert unexplained(text) == []


def test_the_first_readme_would_be_caught(exists: set[str]) -> None:
    """What README said when all of it had long been there."""
    said = """- There is no web page, no PostgreSQL, no user roles and no PDF report yet; tenders and
        questions in parliament are not read yet."""
    shown_by = {line.partition(" exists")[0] for line in untrue(said, exists)}
    assert shown_by == {"GET /", DATABASE_VARIABLE, "users grant", "tenders", "questions add", ".pdf"}
    assert unexplained("Maps of the moon are not drawn yet.")


def test_every_subject_that_can_be_untrue_is_named_as_it_exists(exists: set[str]) -> None:
    absent = {shown_by for _, shown_by in SUBJECTS} - exists
    assert absent == {"--config"}


def test_the_readme_counts_nothing_by_hand() -> None:
    """Figures stand between markers, where they are made; years, versions and examples are no figures."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    by_hand = re.sub(r"<!-- (.+?): made by .*?<!-- end of \1 -->", "", FENCED.sub("", text), flags=re.DOTALL)
    assert re.findall(r"\b\d[\d,]* (?:passed|tests|lists|makers|commands|seconds|minutes)\b", by_hand) == []
    assert "half a minute" not in by_hand


# The table of packages


def packages_in_tree() -> set[str]:
    """Return the packages and modules below `overzicht`, as import-linter names them."""
    names = set()
    for path in (ROOT / "src/overzicht").iterdir():
        if path.suffix == ".py" and path.stem not in {"__init__", "__main__"}:
            names.add(path.stem)
        elif (path / "__init__.py").exists():
            names.add(path.name)
    return names


def packages_in_table() -> list[str]:
    rows = re.findall(r"^\| (`[^|]+`) \|", ARCHITECTURE.read_text(encoding="utf-8"), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`(\w+)`", row)]


def test_the_architecture_has_a_row_for_every_package_and_no_other() -> None:
    table = packages_in_table()
    assert len(table) == len(set(table))
    assert set(table) == packages_in_tree()


def test_the_rows_stand_in_the_order_of_the_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (layers,) = [each["layers"] for each in contracts["contracts"] if each["type"] == "layers"]
    rank = {name: place for place, row in enumerate(layers) for name in re.findall(r"\w+", row)}
    ranks = [rank[name] for name in packages_in_table() if name in rank]
    assert ranks == sorted(ranks)


def test_publiccode_names_the_parts_of_the_product() -> None:
    data = yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))
    for lang, words in (
        ("en", ("browser", "PostgreSQL", "register", "tenders", "parliament", "licence", "due diligence")),
        ("nl", ("browser", "PostgreSQL", "register", "aanbestedingen", "Kamervragen", "vergunning")),
    ):
        description = data["description"][lang]
        told = f"{description['longDescription']} {' '.join(description['features'])}"
        assert [word for word in words if word.lower() not in told.lower()] == []
