"""`overzicht screen records`: scores of whole records, in order, and lines that cannot be read."""

import json
from pathlib import Path

from functional_tools import run_command

SHIP = {"schema": "Vessel", "names": ["MAYLO"], "aliases": ["Delvina"], "ids": {"imoNumber": ["9331153"]}}
GOOD = {"id": "a", "left": SHIP, "right": {**SHIP, "names": ["Ocean Pearl"], "aliases": []}}
ENTITY = {"id": "e", "schema": "Company", "properties": {"name": ["Bakkerij De Gouden Aar B.V."]}}
OTHER = {"id": 7, "left": ENTITY, "right": {"schema": "Company", "names": ["Huawei Technologies"]}}


def test_each_pair_has_a_score_and_a_band_in_the_order_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text(f"{json.dumps(GOOD)}\n\n{json.dumps(OTHER)}\n", encoding="utf-8")
    run = run_command("screen", "records", tmp_path / "pairs.jsonl", "--scores", tmp_path / "out.jsonl")
    assert run.exit_code == 0, run.output
    first, second = map(json.loads, (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines())
    assert (first["id"], first["band"]) == ("a", "match")
    assert (second["id"], second["band"]) == (7, "no match")
    assert second["score"] < 0.1
    assert first["score"] > 0.9


def test_a_faulty_line_is_named_with_its_fix_and_the_others_are_scored(tmp_path: Path) -> None:
    lines = [
        b"{", b"[1]", b'{"id": 1}', b"\xff\xfe", json.dumps(GOOD).encode(),
        json.dumps({**GOOD, "right": {"schema": "Robot"}}).encode(),
        json.dumps({"left": SHIP, "right": SHIP}).encode(),
    ]  # fmt: skip
    (tmp_path / "pairs.jsonl").write_bytes(b"\n".join(lines))
    run = run_command("screen", "records", tmp_path / "pairs.jsonl")
    assert run.exit_code == 1
    assert [json.loads(line)["id"] for line in run.stdout.splitlines()] == [
        "a",
        7,
    ]  # no id: the line's number
    for number in (1, 2, 3, 4, 6):
        assert f"pairs.jsonl, line {number}:" in run.stderr
    assert "unknown FollowTheMoney schema 'Robot'" in run.stderr
    assert "write one pair per line" in run.stderr
