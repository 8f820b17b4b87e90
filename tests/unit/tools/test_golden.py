"""Golden outputs: what is masked, how pages become text, what is asked, and what a comparison tells."""

import shlex
from pathlib import Path
from typing import Any

import golden
import golden_service
import pytest
import yaml
from reference_blocks import leaves

from overzicht.cli.main import cli

ASKED: dict[str, Any] = yaml.safe_load(golden.ASKED.read_text(encoding="utf-8"))
NOT_ASKED = {
    "alerts send": "it sends messages to others",
    "census key change": "a body does it, with a key that is drawn by chance",
    "census key withdraw": "a body does it, with a key that is drawn by chance",
    "census sum": "it writes a file for others, signed with a key that is drawn by chance",
    "census sums": "it reads files that others signed",
    "census survey import": "there is no example of a survey",
    "control correlation": "the table is not part of the examples",
    "demo": "it serves until it is stopped",
    "law annexes": "the texts of acts are not part of the examples",
    "law load": "the texts of acts are not part of the examples",
    "licence derogation": "there is no example of a derogation",
    "register backup": "its file differs each time",
    "register describe": "it describes a file that another command wrote",
    "register export": "its file differs each time",
    "register map": "it writes a picture",
    "register merge": "it reads files that another command wrote",
    "register publish": "it writes a file",
    "register receipt": "what it prints is hashes of what differs each time",
    "screen pairs": "it measures the engine",
    "screen records": "it measures the engine",
    "screen retrieve": "it measures the engine",
    "subjects": "its tests ask it in homes of their own",
    "serve": "it serves; the outputs of the service are asked over HTTP",
    "denial import": "the exchanged file is that of the register itself",
    "licence export": "it writes a file for another system",
}


def asked_commands() -> set[str]:
    """Return the commands that are asked, by the names that lead to one."""
    known, found = dict(leaves(cli)), set()
    for line in (line for part in ("fill", "read", "refused", "change") for line in ASKED[part]):
        words = shlex.split(line.partition(" => ")[0])
        found |= {path for size in (1, 2, 3) if (path := " ".join(words[:size])) in known}
    return found


def test_every_command_is_asked_or_has_a_reason_not_to() -> None:
    assert set(dict(leaves(cli))) - asked_commands() == set(NOT_ASKED)


def test_chance_is_replaced_and_days_remain(tmp_path: Path) -> None:
    outputs = golden.Outputs(tmp_path, {"/y/x": "<folder>", "/y/x-more": "<other>"})
    text = "/y/x-more/a /y/x 2026-05-20T12:01:07Z, 44:19:B6:10:00:01 at 12:01, overzicht_abcdefghij_klmnopqrs"
    assert (
        outputs.plain(text) == "<other>/a <folder> 2026-05-20 <time>, 44:19:B6:10:00:01 at <time>, <token 1>"
    )


def test_a_value_keeps_its_number_within_an_output(tmp_path: Path) -> None:
    first, second = "1b4e28ba-2fa1-4d2a-883f-0016d3cca427", "6fa459ea-ee8a-4ca4-894e-db77e160355e"
    plain = golden.Outputs(tmp_path).plain(f"{second} {first} {second}")
    assert plain == "<id 1> <id 2> <id 1>"


def test_the_hash_of_a_log_is_replaced_and_that_of_a_file_remains(tmp_path: Path) -> None:
    """An entry of the log has its time, so its hash differs from run to run."""
    first, second = "ab" * 32, "cd" * 32
    plain = golden.Outputs(tmp_path).plain(f'newest {first} "hash": "{second}" "snapshot": "{first}"')
    assert plain == f'newest <hash 1> "hash": "<hash 2>" "snapshot": "{first}"'


def test_outputs_with_one_name_get_numbers(tmp_path: Path) -> None:
    outputs = golden.Outputs(tmp_path)
    for text in ("a", "b"):
        outputs.write("read", "tasks list --all", text)
    assert sorted(path.name for path in tmp_path.rglob("*.txt")) == [
        "tasks_list_--all.txt", "tasks_list_--all~2.txt",
    ]  # fmt: skip


PAGE = """<html><head><title>Tasks</title><style>x{}</style></head><body>
<h1>Task <em>1</em></h1><table><tr><th>Owner</th><td>ann</td></tr></table><a href="/tasks?closed=1">all</a>
<form method="post" action="/tasks/1/close"><input type="hidden" name="back" value="/tasks">
<textarea name="outcome" required maxlength="200"></textarea>
<select name="state"><option value="open" selected>Open</option><option value="">None</option></select>
<button name="do" value="close">Close</button></form></body></html>"""


def test_a_page_is_its_text_its_links_and_its_forms() -> None:
    assert golden_service.page_text(PAGE).splitlines() == [
        "Tasks",
        "Task 1",
        "| Owner | ann",
        "all (/tasks?closed=1)",
        "Open",
        "None",
        "Close",
        "",
        "form POST /tasks/1/close",
        "  field back hidden value=/tasks",
        "  field outcome textarea required maxlength=200",
        "  field state select",
        "    option open selected",
        "    option ",
        "  field do submit value=close",
    ]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/tasks/1", "tasks/*?"),
        ("/tasks?closed=1&page=2", "tasks?closed,page"),
        ("/dossiers/acme/entries/deed", "dossiers/*/entries/*?"),
        ("/docs/try/list_tasks", "/docs/try/*?"),
    ],
)
def test_addresses_of_a_kind(path: str, kind: str) -> None:
    service = golden_service.Service(golden.Outputs(Path()), ASKED, {})
    assert service.kind(path) == kind


def test_a_comparison_names_what_differs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, texts in {"old": {"a": "one\n", "b": "same\n"}, "new": {"a": "two\n", "b": "same\n"}}.items():
        for name, text in texts.items():
            path = tmp_path / folder / f"{name}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    old, new = tmp_path / "old", tmp_path / "new"
    assert golden.compare(old, old) is False
    assert golden.compare(old, new) is True
    printed = capsys.readouterr().out
    assert "changed: a.txt" in printed
    assert "-one\n+two" in printed
    assert "b.txt" not in printed
    (new / "a.txt").write_text("one\n", encoding="utf-8")
    (new / "c.txt").write_text("more\n", encoding="utf-8")
    assert golden.compare(old, new) is True
    assert "new: c.txt" in capsys.readouterr().out


def test_a_folder_without_outputs_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="no outputs"):
        golden.compare(tmp_path, tmp_path)
