"""The doors: each asks the product about parties on a day, and yields plain claims. Nothing is judged
here."""

import csv
import html
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from oracle.asking import Product
from oracle.claims import (
    LISTED,
    NOT_LISTED,
    POSSIBLE,
    SILENT,
    Claim,
    answer_of,
    day_of,
    iso_of_words,
    listing,
    pick,
)
from oracle.statements import Party

ORGANISATION = "claim-audit"
BEFORE = "2010-01-04"  # devices are in the register, and dossiers are filed, before every day asked
STANDS = re.compile(
    r"^(?P<party>.+?) (?:stands|is listed) on (?:the list )?“(?P<list>[^”]+)” \((?P<measure>.+?)\),? since "
    r"(?P<since>\d{1,2} \w+ \d{4})(?P<bound> at the latest)?"
)
LIKELY = re.compile(r"possibly listed on (?:the list )?“(?P<list>[^”]+)”")
SEARCH_ROW = re.compile(
    r'<th[^>]*scope="row"[^>]*>(?P<name>.*?)</th><td[^>]*><a[^>]*href="/lists/(?P<list>[\w-]+)[^>]*>.*?</a></td>'
    r"<td[^>]*>(?P<answer>.*?)</td><td[^>]*>(?P<since>.*?)</td>", re.DOTALL,
)  # fmt: skip
MAKER_TABLE = re.compile(r'id="t-listings".*?</table>', re.DOTALL)
CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def branded(parties: Sequence[Party]) -> list[Party]:
    """Return the parties whose brand is a row of the inventory."""
    return [party for party in parties if party.brand]


def prepare(product: Product, parties: Sequence[Party]) -> None:
    """Put a device of every brand into the register, and a dossier of every party into the store."""
    product.run("register", "organisations", "add", "Claim audit", "--id", ORGANISATION, "--as-of", BEFORE)
    inventory = _inventory(product, parties)
    product.run(
        "register", "import", inventory, "--organisation", ORGANISATION, "--as-of", BEFORE, "--accept"
    )
    files = []
    for party in parties:
        files.append(product.work / f"{_dossier_id(party)}.yaml")
        about = party.maker or _dossier_id(party)
        files[-1].write_text(
            f"dossier:\n  id: {_dossier_id(party)}\n  about: {about}\n  title: {json.dumps(party.id)}\n"
            f"  names: {json.dumps([party.ask], ensure_ascii=False)}\n",
            encoding="utf-8",
        )
    product.run("dossier", "import", *files, "--as-of", BEFORE)


def _dossier_id(party: Party) -> str:
    return f"audit-{party.id}"


def _inventory(product: Product, parties: Sequence[Party]) -> Path:
    file = product.work / "inventory.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        sheet = csv.writer(stream, delimiter=";")
        sheet.writerow(["Nummer", "Locatie", "Merk", "IP-adres"])
        sheet.writerows([p.id, "Raadhuis", p.brand, f"10.8.0.{n}"] for n, p in enumerate(branded(parties), 1))
    return file


# Screening: one shape of answer behind four doors.
def _screened(door: str, party: str, day: str, row: dict[str, Any]) -> Iterator[Claim]:
    for each in row["answers"]:
        yield Claim("answer", door, party, pick(each, "list", "list_id"), day, answer_of(each["answer"]))
    for each in row["listings"]:
        if answer_of(each["answer"]) == LISTED:
            yield listing(door, party, day, each)


def screen_one(
    product: Product, parties: Sequence[Party], day: str, lists: Sequence[str] = ()
) -> Iterator[Claim]:
    only = [word for list_id in lists for word in ("--list", list_id)]
    for party in parties:
        row = product.json("screen", "one", party.ask, "--kind", party.kind, "--as-of", day, "--json", *only)
        yield from _screened("screen one", party.id, day, row)


def screen_names(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    file = product.work / "names.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        sheet = csv.writer(stream)
        sheet.writerow(["id", "name", "kind"])
        sheet.writerows([party.id, party.ask, party.kind] for party in parties)
    for line in product.run("screen", "names", file, "--as-of", day).splitlines():
        row = json.loads(line)
        if "query" in row:  # the first line names the input
            yield from _screened("screen names", row["query"], day, row)


def match_api(
    product: Product, parties: Sequence[Party], day: str, lists: Sequence[str] = ()
) -> Iterator[Claim]:
    queries = [{"id": p.id, "names": [p.ask], "kind": p.kind} for p in parties]
    body = {"queries": queries, **({"lists": list(lists)} if lists else {})}
    door = "/api/v1/match" + (", one list" if lists else "")
    for row in product.post("/api/v1/match", body, as_of=day)["results"]:
        yield from _screened(door, row.get("id") or row["query"], day, row)


def match_one_list(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    for list_id in ("us-csl", "us-1260h", "us-procurement-bans"):
        yield from match_api(product, parties, day, (list_id,))


# The compatible programs' doors.
def yente_match(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    for start in range(0, len(parties), 20):
        some = parties[start : start + 20]
        queries = {p.id: {"schema": p.kind, "properties": {"name": [p.ask]}} for p in some}
        reply = product.post("/match/default", {"queries": queries}, as_of=day, limit=50)
        for party, result in reply["responses"].items():
            values: dict[str, str] = {}
            for hit in result["results"]:
                for dataset in hit["datasets"]:
                    if hit["match"] or dataset not in values:
                        values[dataset] = LISTED if hit["match"] else POSSIBLE
            yield from _all_lists(product, "/match", party, day, values)


def yente_search(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    """Yield the entries that the search shows, each as a listing, and that it was asked."""
    for party in parties:
        yield Claim("searched", "/search", party.id, "", day)
        for hit in product.get("/search/default", q=party.ask, limit=100, as_of=day)["results"]:
            names = tuple(dict.fromkeys([hit["caption"], *hit["properties"].get("name", [])]))
            for list_id in hit["datasets"]:
                yield Claim("searched", "/search", party.id, list_id, day, LISTED, names)


def search_page(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    for party in parties:
        page = product.get("/search", q=party.ask, as_of=day, lang="en")
        values: dict[str, str] = {}
        for row in SEARCH_ROW.finditer(page):
            value = answer_of(_plain(row["answer"]))
            if value == POSSIBLE:
                values.setdefault(row["list"], POSSIBLE)
            if value == LISTED:
                values[row["list"]] = LISTED
                name, (since, basis) = _plain(row["name"]), day_of(_plain(row["since"]))
                yield Claim(
                    "shown",
                    "page /search",
                    party.id,
                    row["list"],
                    day,
                    value,
                    (name,),
                    since=since,
                    basis=basis,
                )
        yield from _all_lists(product, "page /search", party.id, day, values)


def _all_lists(product: Product, door: str, party: str, day: str, values: dict[str, str]) -> Iterator[Claim]:
    """Yield an answer per list for a door that shows hits only: silence on a list is a claim too."""
    for each in product.lists:
        yield Claim("answer", door, party, each["list"], day, values.get(each["list"], SILENT))


def _plain(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", fragment)).strip()


# Reports: the overview of a file, and of the register.
def overview(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    yield from report_claims(product, parties, day, "overview", ("overview", _inventory(product, parties)))


def register_overview(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    command = ("register", "overview", "--organisation", ORGANISATION)
    yield from report_claims(product, parties, day, "register overview", command)


def report_claims(
    product: Product, parties: Sequence[Party], day: str, door: str, command: tuple[str | Path, ...]
) -> Iterator[Claim]:
    """Yield what a report in JSON says of the parties whose ids are the labels of its devices."""
    file = product.work / f"{door.replace(' ', '-')}.json"
    product.run(*command, "--as-of", day, "--lang", "en", "--out", file)
    report = json.loads(file.read_text(encoding="utf-8"))
    asked, party_of = {party.id for party in branded(parties)}, {}
    for device in report["devices"]:
        if device["label"] not in asked:
            continue  # a device of the register that is not asked about
        if party := device["maker_id"] or device.get("party_id"):
            party_of[party] = device["label"]
        else:
            yield Claim("answer", door, device["label"], "*", day, SILENT)
    for check in report["checks"]:
        if check["party_id"] in party_of:
            party = party_of[check["party_id"]]
            yield Claim("answer", door, party, check["list_id"], day, answer_of(check["answer"]))
    for row in report["listings"]:
        if row["party_id"] in party_of and row["relation"] == "maker" and row["is_current"]:
            yield listing(door, party_of[row["party_id"]], day, row)
    yield Claim("count", door, "devices", "", day, str(report["counts"]["devices"]))
    yield Claim("count", door, "devices of listed makers", "", day, str(report["counts"]["listed"]))


# Makers and dossiers.
def makers_api(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    for party in parties:
        if party.maker:
            reply = product.get(f"/api/v1/makers/{party.maker}", as_of=day)
            for row in reply["answers"]:
                if row["party"] == party.maker:
                    yield Claim(
                        "answer", "/api/v1/makers", party.id, row["list_id"], day, answer_of(row["answer"])
                    )
            for row in reply["listings"]:
                if row["party"] == party.maker and row["relation"] == "maker" and row["is_current"]:
                    yield listing("/api/v1/makers", party.id, day, row)


def maker_page(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    """Yield what the table of a maker's page shows to be in force: list, first day, whether it binds."""
    for party in parties:
        if not party.maker:
            continue
        page = product.get(f"/makers/{party.maker}", as_of=day, lang="en")
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
        assert heading, f"the page of {party.maker} has no heading"
        values: dict[str, str] = {}
        table = MAKER_TABLE.search(page)
        for row in table[0].split("<tr")[2:] if table else ():  # the first row is the head
            name, title, since, _, in_force, binds = map(_plain, CELL.findall(row))
            if in_force == "yes" and name == _plain(heading[1]):
                (start, basis), list_id = day_of(since), product.list_of(title)
                values[list_id] = LISTED
                yield Claim(
                    "shown",
                    "page /makers",
                    party.id,
                    list_id,
                    day,
                    LISTED,
                    (party.ask,),
                    since=start,
                    basis=basis,
                    binds=binds == "yes",
                )
        yield from _all_lists(product, "page /makers", party.id, day, values)


def dossiers_api(product: Product, parties: Sequence[Party], days: Sequence[str]) -> Iterator[Claim]:
    for party in parties:
        reply = product.get(f"/api/v1/dossiers/{_dossier_id(party)}", as_of=days[-1], on=list(days))
        yield from _dossier("/api/v1/dossiers", party, days, reply)


def dossier_command(product: Product, parties: Sequence[Party], days: Sequence[str]) -> Iterator[Claim]:
    on = [word for day in days for word in ("--on", day)]
    for party in parties:
        reply = product.json("dossier", "show", _dossier_id(party), "--as-of", days[-1], *on, "--json")
        yield from _dossier("dossier", party, days, reply)


def _dossier(door: str, party: Party, days: Sequence[str], reply: dict[str, Any]) -> Iterator[Claim]:
    for each in reply["listings"]:
        if each["day"] not in days:
            continue
        own = [row for row in each["listings"] if row["relation"] == "maker"]
        answers = dict.fromkeys((pick(row, "list_id", "list") for row in own), LISTED)
        for key in ("not_listed", "not_checked", "possibly_listed"):
            for list_id in each.get(key, ()):
                answers[list_id] = answer_of(key.replace("_", " "))
        for list_id, value in answers.items():
            yield Claim("answer", door, party.id, list_id, each["day"], value)
        for row in own:
            yield listing(door, party.id, each["day"], row)


# Written answers.
def written_answers(product: Product, parties: Sequence[Party], day: str) -> Iterator[Claim]:
    """Yield what `answer` says to "is X on any official list?" of bodies; a sentence on another is a claim
    too."""
    asked = [party for party in parties if not party.is_person]
    lines = [
        "number: claim-audit",
        "title: {en: Audit, nl: Audit}",
        "asked: 2010-01-05",
        "asked_by: A. Voorbeeld",
    ]
    lines.append("questions:")
    for number, party in enumerate(asked, 1):
        text = json.dumps(f"Is {party.ask} on any official list?", ensure_ascii=False)
        lines += [f"  - number: {number}", f"    text: {text}"]
    file = product.work / "questions.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    reply = product.json("answer", file, "--as-of", day, "--no-example", "--json")
    for question in reply["questions"]:
        party = asked[int(question["number"]) - 1]
        yield from _written(product, party, day, question)


def _written(product: Product, party: Party, day: str, question: dict[str, Any]) -> Iterator[Claim]:
    stated = [STANDS.match(fact["text"]) for fact in question["facts"] + question["more"]]
    values: dict[str, str] = {}
    for found in filter(None, stated):
        list_id = product.list_of(found["list"])
        values[list_id] = LISTED
        yield Claim("subject", "answer", party.id, list_id, day, found["party"])
        yield Claim(
            "shown",
            "answer",
            party.id,
            list_id,
            day,
            LISTED,
            (found["party"],),
            found["measure"],
            iso_of_words(found["since"]),
            "not later than" if found["bound"] else "stated",
        )
    said = [fact["text"] for fact in question["facts"] + question["more"]] + [
        str(each) for each in question["missing"]
    ]
    for likely in filter(None, map(LIKELY.search, said)):
        values.setdefault(product.list_of(likely["list"]), POSSIBLE)
    if not values and re.search(r"on none of|is not listed on", " ".join(said)):
        yield Claim("answer", "answer", party.id, "*", day, NOT_LISTED)
    yield from _all_lists(product, "answer", party.id, day, values)
