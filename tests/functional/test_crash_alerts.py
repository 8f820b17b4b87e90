"""The check of list changes, killed at each step: tasks exactly once, messages at least once with one id."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from store_tools import NOON, company, put, snapshot_of

from overzicht.evidence.actor import Actor
from overzicht.store.database import Store
from overzicht.store.log import verify_log
from overzicht.store.tables.alerts import alert, alert_change, alert_message
from overzicht.store.tables.tasks import task
from overzicht.subjects.alerts.settings import AlertSettings, set_alert_settings
from overzicht.subjects.screening.party_files import screen_file

pytestmark = pytest.mark.slow
TABLES = (alert_change, alert, alert_message, task)
MAIL, HOOK = "a@example.org", "https://hooks.example.org/overzicht"

# Loads the code once, then does each piece of work in a fork, for each line of JSON: kind of work, the step
# to be killed at (0: none), and hours after noon. A step is a row that is written, a commit that begins, or a
# message that was sent. The sent messages go to a file, by their id.
RUNNER = """
import json, os, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlalchemy import event
from sqlalchemy.engine import Engine
from overzicht.evidence.actor import Actor
from overzicht.store.database import Store, Transaction
from overzicht.subjects.alerts import checking, sending

home, sent = Path(sys.argv[1]), Path(sys.argv[2])
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)

def work(kind, last, hours):
    steps = 0
    def step(*_):
        nonlocal steps
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGKILL)
    def counted(original):
        def write(*arguments, **values):
            step()
            return original(*arguments, **values)
        return write
    def deliver(name):
        with sent.open("a") as lines:
            lines.write(name + chr(10))
        step()
    Transaction.insert, Transaction.update = counted(Transaction.insert), counted(Transaction.update)
    event.listen(Engine, "commit", step)
    sending.call_webhook = lambda call, *_: deliver(call.event_id)
    sending.send_mail = lambda _, mail: deliver(mail.message_id)
    at = NOON + timedelta(hours=hours)
    store = Store.open(home)
    if kind == "check":
        checking.check_alerts(store, Actor(at.date(), "tester", at))
    else:
        sending.send_due(store, {"mail_server": "smtp://mail.example.org"}, lambda: at)

for line in sys.stdin:
    child = os.fork()
    if child == 0:
        code = 99
        try:
            work(*json.loads(line))
            code = 0
        finally:
            os._exit(code)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


class CheckProcess:
    """Work on a store, and the ids of the messages that it sent."""

    def __init__(self, folder: Path) -> None:
        self.home, self.sent = folder / "home", folder / "sent.txt"
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(self.home), str(self.sent)],
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ),
        )  # fmt: skip

    def is_killed(self, kind: str, step: int, hours: int = 0) -> bool:
        """Do work, and return whether it was killed at a step; it has ended otherwise."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([kind, step, hours]), file=self.process.stdin, flush=True)
        code = int(self.process.stdout.readline())
        assert code in {0, -signal.SIGKILL}
        return code != 0

    def messages(self) -> list[str]:
        return self.sent.read_text(encoding="utf-8").split() if self.sent.exists() else []

    def counts(self) -> tuple[int, ...]:
        """Return the numbers of rows of changes, alerts, messages and tasks; the log must state them."""
        store = Store.open(self.home)
        with store.reading() as connection:
            verify_log(connection)
            rows = [connection.execute(select(func.count()).select_from(table)).scalar() for table in TABLES]
        store.close()
        return tuple(int(count or 0) for count in rows)

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
def work(tmp_path: Path) -> Iterator[CheckProcess]:
    """Yield work on a store with a file of customers, where a new version of a list names two of them."""
    store = Store.open(tmp_path / "home", at=NOON)
    actor = Actor(date(2026, 11, 25), "tester", NOON)
    path = tmp_path / "customers.csv"
    path.write_text("id,name\nC1,Zhongxing Optical Instruments\nC2,Aurora Bakery\n", encoding="utf-8")
    screen_file(store, path, path.name, actor, lambda _done, _total: None)
    set_alert_settings(store, AlertSettings((MAIL,), HOOK), actor)
    other = company("un-2", "Completely Different Shipping")
    named = [company("un-1", "Zhongxing Optical Instruments"), company("un-3", "Aurora Bakery")]
    for month, digest, records in ((10, "a", [other]), (11, "b", [other, *named])):
        put(store, replace(snapshot_of("un-sc", date(2026, month, 1), digest), complete=True), records)
    store.close()
    made = CheckProcess(tmp_path)
    yield made
    made.close()


def test_a_check_that_is_killed_at_any_step_makes_tasks_once(work: CheckProcess) -> None:
    step, whole = 1, (1, 2, 3, 2)  # one mail, and a call of the webhook for each alert
    while work.is_killed("check", step):
        assert work.counts() in {(0, 0, 0, 0), whole}, f"something was half stored at step {step}"
        step += 1
    assert step > sum(whole), "the check was not killed at each row"
    assert work.counts() == whole
    assert not work.is_killed("check", 0)
    assert work.counts() == whole


def test_sending_that_is_killed_at_any_step_sends_at_least_once_with_the_same_id(work: CheckProcess) -> None:
    assert not work.is_killed("check", 0)
    step, hours = 1, 0
    while work.is_killed("send", step, hours):  # a claimed message is due again after a pause
        step, hours = step + 1, hours + 48
        assert step < 40, "sending never ends"
    assert not work.is_killed("send", 0, hours + 480)
    sent = work.messages()
    assert len(set(sent)) == 3, "one id per mail and per event"
    assert len(sent) > 3, "no message was sent before the kill"
    again = len(sent)
    assert not work.is_killed("send", 0, hours + 960)
    assert len(work.messages()) == again, "a message that was sent is not sent again"
