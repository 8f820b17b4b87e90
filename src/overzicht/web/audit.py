"""The audit trail of the running service. No request waits long for it: a thread writes the events.

A request waits up to half a second, so that its event is normally stored before its answer. While another
writer holds the store, events wait in memory; a full queue drops events and records their number.
"""

import logging
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from overzicht.store import accounts
from overzicht.store.accounts import Principal
from overzicht.store.audit import AuditEvent, AuditKind, add_events
from overzicht.store.database import Store, Transaction
from overzicht.store.engines import StoreBusyError
from overzicht.web.clock import now
from overzicht.workflows.audit import PRODUCT

MOST_WAITING = 10_000
WAIT_SECONDS = 0.5
LAST_WAIT_SECONDS = 10.0  # at the end of the service
BATCH = 500
TOUCH_AFTER = timedelta(hours=1)  # not every request with a token writes
LOG = logging.getLogger("overzicht.web.audit")

Write = Callable[[Transaction], None]


class AuditTrail:
    """Stores events, and the times at which tokens were used, in the order in which they came."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: queue.Queue[tuple[Write, threading.Event]] = queue.Queue(MOST_WAITING)
        self._lost = 0
        self._touched: dict[int, datetime] = {}
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def record(
        self, kind: AuditKind, *, account: str = "", address: str = "", subject: str = "", **detail: Any
    ) -> None:
        """Store an event of now."""
        event = AuditEvent(now().isoformat(timespec="milliseconds"), kind, account, address, subject, detail)
        self._submit(lambda tx: add_events(tx, [event])).wait(WAIT_SECONDS)

    def touch(self, principal: Principal) -> None:
        """Record the use of a token, at most once an hour; no effect for a session."""
        at = now()
        last = self._touched.get(principal.token)
        if principal.token and (last is None or at - last > TOUCH_AFTER):
            self._touched[principal.token] = at
            used_at = at.isoformat(timespec="seconds")
            self._submit(lambda tx: accounts.touch_token(tx, principal.token, used_at))

    def flush(self, seconds: float = WAIT_SECONDS) -> None:
        """Wait until what was recorded before is stored, up to a number of seconds."""
        if not self._waiting.empty() or self._thread is not None:
            self._submit(lambda _tx: None).wait(seconds)

    def stop(self) -> None:
        """Store what waits, at the end of the service."""
        self.flush(LAST_WAIT_SECONDS)

    def _submit(self, write: Write) -> threading.Event:
        is_stored = threading.Event()
        try:
            self._waiting.put_nowait((write, is_stored))
        except queue.Full:
            with self._lock:
                self._lost += 1
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
                self._thread.start()
        return is_stored

    def _run(self) -> None:
        while True:
            batch = [self._waiting.get()]
            with suppress(queue.Empty):
                while len(batch) < BATCH:
                    batch.append(self._waiting.get_nowait())
            while not self._is_stored([write for write, _ in batch]):
                pass
            for _, is_stored in batch:
                is_stored.set()

    def _is_stored(self, writes: list[Write]) -> bool:
        """Return whether the writes need no other attempt."""
        with self._lock:
            lost, self._lost = self._lost, 0
        try:
            with self._store.writing(PRODUCT, now()) as tx:
                for write in writes:
                    write(tx)
                if lost:
                    at = now().isoformat(timespec="milliseconds")
                    add_events(tx, [AuditEvent(at, AuditKind.EVENTS_LOST, detail={"count": lost})])
        except StoreBusyError:
            with self._lock:
                self._lost += lost
            return False
        except Exception:  # the thread goes on: later events can be stored
            LOG.exception("%s events of the audit trail were not stored", len(writes))
        return True
