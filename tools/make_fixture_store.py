"""Make a store with rows in every table, by the product's own commands and with invented data only.

The fixture that later versions must open was made by the version that it is named after:

    git worktree add /tmp/cf06620 cf06620
    PYTHONPATH=/tmp/cf06620/src:tests python tools/make_fixture_store.py /tmp/made

It writes `home.tar.xz` (the database and the raw files), `export.zip` (`overzicht register export`) and
`contents.json`: version of the schema, rows by table and hashes. It ends with 1, and names the tables, where
a table has no row. The clock and the salts of passwords differ from run to run, so bytes do; rows do not.
"""

import hashlib
import json
import os
import shlex
import sqlite3
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import web_tools
from functional_tools import run_command
from invented_lists import ofac_consolidated_set, un_list
from licensing_tools import FIXTURES
from served_register import finished
from starlette.testclient import TestClient

from overzicht.settings import Settings
from overzicht.store.database import Store
from overzicht.store.schema import metadata
from overzicht.web import app as application
from overzicht.web.service import ServiceOptions

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
TOWN = "gemeente-voorbeelddorp"
USCC = "91330000998877665K"
CARD_MAC, NEW_MAC = "44:19:B6:10:00:02", "AC:CC:8E:10:00:99"
LEVELS = (
    "--scale 2 --scope 3 --irremediability 1 --likelihood 2 --involvement linked --leverage some "
    "--reason people --likelihood-reason seldom"
)
OWNERS = (
    {"id": "xx-own", "schema": "Company", "properties": {"name": ["Nevelzicht Holding"], "country": ["cn"]}},
    {"id": "xx-sub", "schema": "Company", "properties": {"name": ["Nevelzicht Optics"], "country": ["cn"]}},
    {
        "id": "xx-stake",
        "schema": "Ownership",
        "properties": {
            "owner": ["xx-own"], "asset": ["xx-sub"], "percentage": ["60"], "startDate": ["2019-03-01"],
        },
    },
)  # fmt: skip


def main() -> None:
    """Make the fixture in the folder that is named."""
    target = Path(sys.argv[1]).resolve()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="overzicht-fixture-") as scratch:
        home, files = Path(scratch, "home"), Path(scratch, "files")
        files.mkdir()
        os.environ |= {"OVERZICHT_HOME": str(home), "OVERZICHT_DATABASE_URL": "", "LOGNAME": "noor"}
        os.chdir(files)
        write_inputs(files)
        for step in steps():
            step() if callable(step) else run(*shlex.split(step))
        use_the_service(home)
        print(run_command("register", "verify").output)
        (target / "export.zip").unlink(missing_ok=True)
        run("register", "export", target / "export.zip")
        rows = pack(home, target)
    empty = [name for name, count in rows.items() if not count]
    print(f"{len(rows)} tables, {sum(rows.values())} rows; without a row: {', '.join(empty) or 'none'}")
    sys.exit(1 if empty else 0)


def write_inputs(folder: Path) -> None:
    """Write the invented lists, a control list in two versions, and inventories that differ."""
    names = (
        ("INVENTED ENTITY 900000", "ULVENSTADE SHIPPING COMPANY"),
        ("INVENTED ENTITY 900001", "HANGZHOU HIKVISION DIGITAL TECHNOLOGY CO., LTD."),
    )
    first = un_list(day="2020-06-01", persons=8, bodies=20).decode()
    second = un_list(persons=9, bodies=24).decode()
    for old, new in names:
        second = second.replace(f"{old}<", f"{new}<")
    (folder / "un-2020.xml").write_text(first, encoding="utf-8")
    (folder / "un-2026.xml").write_text(second, encoding="utf-8")
    sdn = folder / "ofac"
    sdn.mkdir()
    for name, content in ofac_consolidated_set(entries=40).items():
        text = content.replace(b"INVENTED WORKS 2 CO., LTD.", b"ULVENSTAD SHIPPING CO., LTD.")
        (sdn / name).write_bytes(text)
    (folder / "owners.ftm.json").write_text("".join(f"{json.dumps(owner)}\n" for owner in OWNERS))
    limits = (("2021", "9 Hz"), ("2025-11-15", "8 Hz"))
    for day, limit in limits:
        rows = [
            ("6A003", "provision", "Cameras, as follows:"),
            ("6A003.b", "provision", "Imaging cameras, as follows:"),
            ("6A003.b.4", "provision", "Imaging cameras having any of the following arrays:"),
            ("6A003.b.4.b", "provision", "Arrays of which the pitch is less than 25 µm;"),
            ("6A003.b.4", "note", f"Note 3: 6A003.b.4.b. does not control cameras of {limit} or less."),
        ]
        lines = [{"entry": path[:5], "path": path, "kind": kind, "text": text} for path, kind, text in rows]
        (folder / f"annex-{day}.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    inventory = (EXAMPLES / "registers/voorbeelddorp.csv").read_text(encoding="utf-8")
    (folder / "later.csv").write_text(inventory.replace(CARD_MAC, NEW_MAC), encoding="utf-8")
    (folder / "word").write_text(f"{web_tools.PASSWORD}\n", encoding="utf-8")


def steps() -> list[str | Callable[[], None]]:
    """Return the commands, in order, and what needs the answer of a command before it."""
    questions = " ".join(
        str(path) for path in sorted((ROOT / "tests/fixtures/questions").glob("*.[xj][ms]*"))
    )
    inventory = EXAMPLES / "registers/voorbeelddorp.csv"
    return [
        "lists add un-2020.xml --force",
        "lists add un-2026.xml --force",
        "lists add ofac --published 2026-02-27 --force",
        "lists add owners.ftm.json --published 2026-02-27 --force",
        f"overview {inventory} --as-of 2026-03-01 --out report.json",
        "parties same --as-of 2026-11-01",
        "tasks open hikvision 'ask which cameras are replaced' --owner ann",
        "tasks assign 1 --owner piet --due 2026-05-01",
        "tasks close 1 --outcome seen",
        "tasks reopen 1 --reason 'not well'",
        "control update annex-2021.jsonl --force",
        "control use add EU001 6A003.b.4.b --destination CH --since 2021-10-01",
        f"licence new {FIXTURES}/camera.yaml --as-of 2026-03-20",
        "control update annex-2025-11-15.jsonl --force",
        f"control classify {EXAMPLES}/export-control/thermal-core.yaml --as-of 2025-11-15",
        "licence submit DE-0001 --as-of 2026-03-20",
        "licence assess DE-0001 --as-of 2026-03-20",
        "licence decide DE-0001 denied --reason risk --as-of 2026-03-20 --by decider",
        f"denial add {FIXTURES}/denial.yaml",
        "denial match DE-0001 --as-of 2026-03-20",
        "denial review NL-D-2026-01 renew --as-of 2026-04-01",
        f"questions add {questions}",
        "dossier import --examples",
        f"dossier import {EXAMPLES}/dossiers/acme.yaml",
        "dossier new invented --about acme --title Acme --title-nl Acme",
        "dossier add invented source --id paper title=Paper address=https://p.example read=2025-01-11",
        "dossier add invented claim --id deed what=Deed about=acme by=Paper day=2025-01-10 source=paper",
        "dossier add invented step kind=talk day=2025-02-01 'forum=Town hall' 'parties=us; Acme' what=spoke",
        "dossier correct invented deed by=Other day=2025-01-12 source=paper --reason again",
        "register organisations add Regio --id regio --as-of 2025-01-01",
        "register organisations add 'Gemeente Voorbeelddorp' --parent regio --as-of 2026-01-01",
        f"register import {inventory} --organisation {TOWN} --as-of 2026-02-01 --accept",
        replace_a_device,
        f"register import later.csv --organisation {TOWN} --as-of 2026-04-01",
        f"register statements add {EXAMPLES}/registers/uitspraken.csv",
        "register mark VD-01 removed --reason broken --as-of 2026-04-01",
        "register overview --as-of 2026-02-01 --out register.json",
        f"register plan new Replacement --organisation {TOWN} --listed --due 2027-01-01 --as-of 2026-04-02",
        f"diligence new {TOWN} --as-of 2026-03-03",
        f"diligence judge {TOWN} own-use:hikvision {LEVELS} --as-of 2026-03-05",
        "users add anna --role admin --password-file word",
        "users token dashboard --role reader --days 3660",
        judge,
    ]


def run(*arguments: str | Path) -> str:
    """Run a command; it may end with what is incomplete, not with an error."""
    began = time.monotonic()
    result = run_command(*arguments)
    print(f"{time.monotonic() - began:5.1f} s", *arguments, file=sys.stderr)
    if result.exit_code > 1:
        raise SystemExit(
            f"{' '.join(map(str, arguments))} ended with {result.exit_code}: {result.output}{result.stderr}"
        )
    return result.stdout


def replace_a_device() -> None:
    """Import an inventory with a new device, and record that it replaced an earlier one."""
    command = ("register", "import", "later.csv", "--organisation", TOWN, "--as-of", "2026-03-01", "--json")
    (view,) = json.loads(run(*command))
    (row,) = [row for row in view["rows"] if row["outcome"] == "unclear"]
    run("register", "choose", str(view["id"]), str(row["row"]), f"replaces:{row['candidates'][0]}")
    run("register", "accept", str(view["id"]))


def judge() -> None:
    """Judge the first suggestion that two records are one party, and one finding of the overview."""
    parties = json.loads(run("parties", "same", "--as-of", "2026-11-01", "--json"))
    run("judge", parties["suggested"][0]["id"], "unsure", "--reason", "the names alone")
    (view,) = json.loads(run("register", "show", "VD-02", "--json", "--as-of", "2026-02-01"))
    run("judge", view["finding"]["id"], "confirm", "--reason", "the label inside")
    run("withdraw", "2")


def use_the_service(home: Path) -> None:
    """Log in with a password, and start one job of the service."""
    words = run("users", "token", "worker", "--role", "admin").split()
    (secret,) = [word for word in words if len(word) > 30]
    token = {"Authorization": f"Bearer {secret}"}
    store = Store.open(home)
    try:
        app = application.create_app(store, Settings(home=home), ServiceOptions(rate=""))
        with TestClient(app, base_url=web_tools.BASE, client=web_tools.NEAR) as client:
            client.post(
                "/login", data={"name": "anna", "password": web_tools.PASSWORD}, follow_redirects=False
            )
            job = client.post("/api/v1/store/check", json={}, headers=token).json()
            client.headers |= token
            finished(client, job)
    finally:
        store.close()


def pack(home: Path, target: Path) -> dict[str, int]:
    """Write the home with its database and raw files, and what it holds; returns the rows by table."""
    copy = home / "copy.sqlite"
    with closing(sqlite3.connect(home / "overzicht.sqlite")) as database:
        database.execute("VACUUM INTO ?", (str(copy),))
        names = sorted(table.name for table in metadata.sorted_tables)
        rows = {name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608
        (revision,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    with tarfile.open(target / "home.tar.xz", "w:xz", preset=9) as archive:
        archive.add(copy, "overzicht.sqlite")
        archive.add(home / "snapshots", "snapshots")
    files = ("home.tar.xz", "export.zip")
    hashes = {name: hashlib.sha256((target / name).read_bytes()).hexdigest() for name in files}
    contents = {"schema_revision": revision, "sha256": hashes, "rows": rows}
    (target / "contents.json").write_text(f"{json.dumps(contents, indent=1)}\n", encoding="utf-8")
    return rows


if __name__ == "__main__":
    main()
