"""The work of the office by commands: terms, attachments, conditions, shipments, notices, and what is due."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest
from functional_tools import answer_questions, run_command
from licensing_tools import changed, raw, write

from overzicht.cli.language import error_text, settle
from overzicht.store.database import Store

CRITERIA = Path(__file__).parents[2] / "examples" / "export-control" / "criteria.yaml"
DAY = ("--as-of", "2026-03-20")
pytestmark = pytest.mark.usefixtures("own_home")


def _submit(folder: Path, **fields: Any) -> None:
    data = changed(raw("camera"), issuing_state="NL", located_in="NL", **fields)
    run_command("licence", "new", write(folder, "x.yaml", data), *DAY)
    assert run_command("licence", "submit", "DE-0001", *DAY).exit_code == 0


def _grant(folder: Path, *options: str) -> None:
    _submit(folder)
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, *DAY)
    answer_questions("DE-0001", *DAY)
    decide = (
        "licence",
        "decide",
        "DE-0001",
        "granted-with-conditions",
        "--reason",
        "weighed",
        "--by",
        "C. Chief",
    )
    granted = run_command(*decide, "--condition", "report each delivery", *options, *DAY)
    assert granted.exit_code == 0, granted.stderr


def _office(day: str = "2026-03-20") -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(
        run_command("licence", "show", "DE-0001", "--json", "--as-of", day).stdout
    )["office"]
    return shown


def _tasks() -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = json.loads(
        run_command("tasks", "list", "--json", "--all", "--as-of", "2099-01-01").stdout
    )
    return tasks


def test_the_term_runs_stops_and_is_a_task(tmp_path: Path) -> None:
    _submit(tmp_path)
    assert _office()["terms"][0]["due"] == "2026-05-15"
    ask = ("licence", "supplement", "DE-0001", "--until", "2026-04-10", "--as-of", "2026-03-27")
    assert run_command(*ask).exit_code == 10  # without a reason
    assert run_command(*ask, "--reason", "the certificate").exit_code == 0
    assert run_command(*ask, "--reason", "the certificate").exit_code == 10  # one is open
    assert _office("2026-04-02")["terms"][0]["is_suspended"] is True
    assert (
        run_command("licence", "supplement", "DE-0001", "--received", "--as-of", "2026-04-03").exit_code == 0
    )
    assert _office("2026-04-03")["terms"][0]["due"] == "2026-05-21"
    (task,) = [task for task in _tasks() if "Awb 4:13" in task["title"]]
    assert (task["due"], task["closed_at"]) == ("2026-05-21", "")
    late = run_command("licence", "watch", "--as-of", "2026-05-22")
    assert (late.exit_code, "DE-0001: the decision was due on 2026-05-21" in late.stdout) == (1, True)
    run_command("licence", "watch", "--as-of", "2026-05-22")
    assert [task["title"] for task in _tasks()].count("DE-0001: the decision was due on 2026-05-21") == 1
    assert (
        run_command(
            "licence", "extend", "DE-0001", "2026-07-01", "--reason", "r", "--as-of", "2026-05-22"
        ).exit_code
        == 10
    )
    assert (
        run_command(
            "licence", "extend", "DE-0001", "2026-07-01", "--reason", "r", "--as-of", "2026-05-21"
        ).exit_code
        == 0
    )
    assert _office("2026-05-21")["terms"][0]["due"] == "2026-07-01"


def test_a_changed_attachment_is_found(tmp_path: Path, own_home: Path) -> None:
    _submit(tmp_path)
    document = tmp_path / "certificate.pdf"
    document.write_bytes(b"")
    assert run_command("licence", "attach", "DE-0001", document, *DAY).exit_code == 10
    document.write_bytes(b"we shall not re-export")
    attached = run_command("licence", "attach", "DE-0001", document, "--kind", "end-use-certificate", *DAY)
    assert (attached.exit_code, "end-use certificate: certificate.pdf" in attached.stdout) == (0, True)
    (entry,) = _office()["attachments"]
    assert run_command("register", "verify").exit_code == 0
    stored = own_home / "snapshots" / entry["sha256"][:2] / entry["sha256"]
    stored.write_bytes(b"we shall re-export")
    assert run_command("register", "verify").exit_code == 13
    stored.unlink()
    gone = run_command("register", "verify")
    assert (gone.exit_code, "attachment in case event" in gone.stdout + gone.stderr) == (13, True)


def test_shipments_are_written_off_until_nothing_is_left(tmp_path: Path) -> None:
    _grant(tmp_path, "--valid-until", "2026-06-30")
    ship = ("licence", "ship", "DE-0001", "1")
    done = run_command(*ship, "15", "pieces", "--document", "26NL1", "--as-of", "2026-04-01")
    assert (done.exit_code, "line 1: 5 of 20 pieces" in done.stdout) == (0, True), done.stderr
    more = run_command(*ship, "6", "pieces", "--document", "26NL2", "--as-of", "2026-04-02")
    assert (more.exit_code, "line 1 has 5 pieces left, not 6" in more.stderr) == (10, True)
    early = run_command(*ship, "1", "pieces", "--document", "26NL3", "--as-of", "2026-03-31")
    assert (early.exit_code, "record shipments in order of date" in early.stderr) == (10, True)
    reverse = ("licence", "ship", "DE-0001", "--reverse", "1", "--as-of", "2026-04-03")
    assert run_command(*reverse).exit_code == 10
    assert run_command(*reverse, "--reason", "returned unopened").exit_code == 0
    assert run_command(*reverse, "--reason", "twice").exit_code == 11
    assert [_office(day)["balances"][0]["written_off"] for day in ("2026-04-01", "2026-04-03")] == ["15", "0"]
    ended = run_command(*ship, "1", "pieces", "--document", "26NL4", "--as-of", "2026-07-01")
    assert (ended.exit_code, "the licence ended on 2026-06-30" in ended.stderr) == (10, True)
    assert (
        "DE-0001: the licence ends on 2026-06-30"
        in run_command("licence", "watch", "--as-of", "2026-06-15").stdout
    )


def test_a_breached_condition_and_a_gate_that_shuts_stop_shipments(tmp_path: Path) -> None:
    _grant(tmp_path)
    ship = ("licence", "ship", "DE-0001", "1", "1", "pieces", "--document", "26NL1", "--as-of")
    assert (
        run_command("licence", "condition", "DE-0001", "1", "open", "--due", "2026-04-30", *DAY).exit_code
        == 0
    )
    assert run_command("licence", "condition", "DE-0001", "2", "met", "--source", "s", *DAY).exit_code == 11
    late = run_command(*ship, "2026-05-01")
    assert (late.exit_code, "condition 1 is breached or overdue" in late.stderr) == (10, True)
    assert "condition 1 is overdue" in run_command("licence", "watch", "--as-of", "2026-05-01").stdout
    met = ("licence", "condition", "DE-0001", "1", "met", "--as-of", "2026-05-01")
    assert run_command(*met).exit_code == 10
    assert run_command(*met, "--source", "report of 1 May").exit_code == 0
    assert run_command(*ship, "2026-05-01").exit_code == 0
    fact = ("licence", "fact", "DE-0001", "restrictive_measures", "yes", "--source", "a new act")
    run_command(*fact, "--as-of", "2026-05-04")
    shut = run_command(*ship, "2026-05-04")
    assert (shut.exit_code, "G2 prohibited" in shut.stderr) == (10, True)
    watched = run_command("licence", "watch", "--as-of", "2026-05-04")
    assert (watched.exit_code, "a gate shut after the grant: assess DE-0001 again" in watched.stdout) == (
        1,
        True,
    )
    titles = [task["title"] for task in _tasks() if not task["closed_at"]]
    assert titles.count("a gate shut after the grant: assess DE-0001 again") == 1
    notice = ("licence", "notice", "DE-0001", "decision", "Commission", "--proof", "message 1", *DAY)
    assert run_command(*notice).exit_code == 0
    assert (
        run_command("licence", "notice", "DE-0001", "BZ-9", "Commission", "--proof", "m", *DAY).exit_code
        == 11
    )


def test_the_letter_has_everything_in_both_languages_and_as_a_word_document(tmp_path: Path) -> None:
    _grant(tmp_path)
    document = tmp_path / "certificate.pdf"
    document.write_bytes(b"we shall not re-export")
    run_command("licence", "attach", "DE-0001", document, "--kind", "end-use-certificate", *DAY)
    shown = ("licence", "show", "DE-0001", "--document", "decision", *DAY)
    letters = {}
    for lang in ("nl", "en"):
        page, word = tmp_path / f"{lang}.html", tmp_path / f"{lang}.docx"
        assert run_command(*shown, "--lang", lang, "--out", page, "--out", word).exit_code == 0
        letters[lang] = [page.read_text("utf-8"), _words(word)]
        first = word.read_bytes()
        run_command(*shown, "--lang", lang, "--out", word)
        assert word.read_bytes() == first
    for lang, expected in {
        "nl": (
            "1 mei 2026",
            "U kunt tot en met",
            "Totale waarde: EUR 60.000",
            "report each delivery",
            "20 pieces",
        ),
        "en": (
            "1 May 2026",
            "You can object",
            "Total value: EUR 60,000",
            "report each delivery",
            "20 pieces",
        ),
    }.items():
        for letter in letters[lang]:
            assert [words for words in (*expected, "Nieuwe Handel FZE", "certificate.pdf", "weighed")
                    if words not in letter] == []  # fmt: skip
    other = ("licence", "show", "DE-0001", "--document", "application", "--out", tmp_path / "x.docx", *DAY)
    assert run_command(*other).exit_code == 2


def _words(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def _object(step: str, day: str, *options: str) -> Any:
    return run_command("licence", "objection", "DE-0001", step, *options, "--as-of", day)


def test_an_objection_runs_from_receipt_to_the_decision_on_it(tmp_path: Path) -> None:
    _submit(tmp_path)
    received = ("--party", "Exporter GmbH", "--reason", "the use is civil")
    assert _object("received", "2026-03-27", *received).exit_code == 10  # nothing is decided
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, *DAY)
    denied = run_command(
        "licence", "decide", "DE-0001", "denied", "--reason", "criterion 2", "--by", "C. Chief", *DAY
    )
    assert denied.exit_code == 0, denied.stderr
    assert _object("received", "2026-04-15", *received).exit_code == 0
    assert _object("decided", "2026-04-16", "--outcome", "founded", "--reason", "r").exit_code == 10
    assert _object("heard", "2026-05-06", "--reason", "the exporter explained the use").exit_code == 0
    late = run_command("licence", "watch", "--as-of", "2026-06-15")
    assert "the decision on objection 1 was due on 2026-06-12" in late.stdout
    decide = ("--outcome", "founded", "--reason", "the use is shown to be civil", "--by")
    own = _object("decided", "2026-06-10", *decide, "C. Chief")
    assert (own.exit_code, "cannot decide on an objection" in own.stderr) == (10, True)
    assert _object("decided", "2026-06-10", *decide, "D. Other").exit_code == 0
    (objection,) = _office("2026-06-10")["objections"]
    assert (objection["outcome"], objection["decided_by"], objection["is_late"]) == (
        "founded",
        "D. Other",
        False,
    )
    (task,) = [task for task in _tasks() if "Awb 7:10" in task["title"]]
    assert (task["due"], bool(task["closed_at"])) == ("2026-06-12", True)
    again = run_command("licence", "assess", "DE-0001", "--as-of", "2026-06-11")  # the decision is revised
    assert "assessed" in run_command("licence", "show", "DE-0001", "--as-of", "2026-06-11").stdout, again


def _denied(folder: Path) -> None:
    _submit(folder)
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, *DAY)
    run_command("licence", "decide", "DE-0001", "denied", "--reason", "criterion 2", "--by", "C. Chief", *DAY)


def test_steps_of_objections_are_recorded_in_order_of_date(tmp_path: Path) -> None:
    _denied(tmp_path)
    assert _object("received", "2026-04-20", "--party", "Alice B.V.", "--reason", "a").exit_code == 0
    early = _object("received", "2026-04-10", "--party", "Bob B.V.", "--reason", "b")
    assert (early.exit_code, "until 2026-04-20 are recorded" in early.stderr) == (10, True)
    assert _object("received", "2026-04-20", "--party", "Bob B.V.", "--reason", "b").exit_code == 0
    assert _object("heard", "2026-04-22", "--reason", "by phone", "--number", "1").exit_code == 0
    unnamed = _object("heard", "2026-04-23", "--reason", "by phone")
    assert (unnamed.exit_code, "1 (Alice B.V.), 2 (Bob B.V.)" in unnamed.stderr) == (10, True)
    alice, bob = _office("2026-04-28")["objections"]
    assert [(o["number"], o["party"], o["is_heard"]) for o in (alice, bob)] == [
        (1, "Alice B.V.", True), (2, "Bob B.V.", False),
    ]  # fmt: skip
    letters = {}
    for number in (0, 1, 2):
        page = tmp_path / f"{number}.html"
        show = ("licence", "show", "DE-0001", "--document", "objection", "--number", str(number))
        assert run_command(*show, "--out", page, "--as-of", "2026-04-28").exit_code == 0
        letters[number] = page.read_text(encoding="utf-8")
    assert [("Alice B.V." in text, "Bob B.V." in text) for text in letters.values()] == [
        (False, True), (True, False), (False, True),
    ]  # fmt: skip


def test_an_objection_that_was_decided_meanwhile_is_not_decided_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _denied(tmp_path)
    _object("received", "2026-04-20", "--party", "Alice B.V.", "--reason", "a")
    _object("heard", "2026-04-22", "--reason", "by phone")
    decide = ("decided", "2026-04-23", "--reason", "r", "--by")
    writing, others = Store.writing, ["D. Other"]

    def after_another(store: Store, *given: Any) -> Any:
        """Let another officer decide between the start of the command and its lock."""
        if others:
            assert _object(*decide, others.pop(), "--outcome", "founded").exit_code == 0
        return writing(store, *given)

    monkeypatch.setattr(Store, "writing", after_another)
    second = _object(*decide, "E. Third", "--outcome", "unfounded")
    assert (second.exit_code, "the objection is closed" in second.stderr) == (10, True)
    (objection,) = _office("2026-04-23")["objections"]
    assert (objection["outcome"], objection["decided_by"]) == ("founded", "D. Other")


def test_why_a_step_is_refused_is_dutch(tmp_path: Path) -> None:
    _denied(tmp_path)
    _object("received", "2026-04-20", "--party", "Alice B.V.", "--reason", "a")
    refused = _object("decided", "2026-04-22", "--lang", "nl").exception
    settle(["--lang", "nl"])
    shown = error_text(refused)
    settle(())
    assert shown == (
        "over zaak DE-0001 kan nog niet worden besloten: een reden is verplicht; een uitkomst is verplicht; "
        "de bezwaarmaker is niet gehoord (Awb 7:2)\n"
        "  → geef die met --reason; geef die op met --outcome; leg het horen vast, of `not heard` met de "
        "grond van Awb 7:3"
    )


def test_the_letter_about_an_objection_is_a_page_and_a_word_document(tmp_path: Path) -> None:
    _submit(tmp_path)
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, *DAY)
    run_command("licence", "decide", "DE-0001", "denied", "--reason", "criterion 2", "--by", "C. Chief", *DAY)
    _object("received", "2026-05-04", "--party", "Exporter GmbH", "--reason", "the use is civil")
    show = ("licence", "show", "DE-0001", "--document", "objection", "--as-of", "2026-05-04")
    page, word = tmp_path / "letter.html", tmp_path / "letter.docx"
    assert run_command(*show, "--lang", "nl", "--out", page, "--out", word).exit_code == 0
    html = page.read_text(encoding="utf-8")
    assert "Brief over een bezwaar" in html
    assert "12 juni 2026" in html
    paragraphs = "\n".join(paragraph.text for paragraph in docx.Document(str(word)).paragraphs)
    assert "the use is civil" in paragraphs
    assert "7:2" in paragraphs


def test_a_letter_is_a_pdf_too_and_names_what_was_not_established(tmp_path: Path) -> None:
    pytest.importorskip("weasyprint")
    _submit(tmp_path)
    run_command("licence", "assess", "DE-0001", "--criteria", CRITERIA, *DAY)
    run_command("licence", "decide", "DE-0001", "denied", "--reason", "criterion 2", "--by", "C. Chief", *DAY)
    show = ("licence", "show", "DE-0001", "--document", "decision", *DAY)
    page, pdf = tmp_path / "letter.html", tmp_path / "letter.pdf"
    assert run_command(*show, "--out", page, "--out", pdf).exit_code == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    basis, _, rest = page.read_text(encoding="utf-8").partition("Points that were not established")
    assert "not known" in rest
    assert "not known" not in basis.partition("Legal basis")[2]
