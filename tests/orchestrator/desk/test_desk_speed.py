"""A desk of thousands of videos leaves the window's thread its time."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import replace

import pytest

from orchestrator.desk import changes
from orchestrator.desk.naming import new_entry_ids
from orchestrator.home import Home
from tests.orchestrator.desk.queue_entries import entry
from tests.orchestrator.desk.watching_desks import open_desk


@pytest.mark.alone
def test_ten_thousand_entries_keep_nobody_waiting(tmp_path):
    """Another thread, as the window's is, gets the interpreter whatever the desk does."""
    names = new_entry_ids(10_000)
    new = tuple(replace(entry(name, "done"), source=f"/videos/{name}.mp4") for name in names)
    with open_desk(Home(tmp_path / "home"), renders=False) as (desk, watcher), lateness() as late:
        desk.change("add", lambda e: changes.added(e, new))
        watcher.wait(lambda s: len(s.entries) == len(names))
        desk.change("move", lambda e: changes.moved(e, set(names[5000:]), names[0]))
        watcher.wait(lambda s: s.entries[0].entry_id == names[5000])
        desk.change("remove", lambda e: changes.removed(e, set(names[:5000])))
        watcher.wait(lambda s: len(s.entries) == 5000)
        desk.undo()
        watcher.wait(lambda s: len(s.entries) == len(names))
    with open_desk(Home(tmp_path / "home"), renders=False) as (_, watcher):
        assert [e.entry_id for e in watcher.last.entries[:2]] == list(names[5000:5002])
    late.sort()
    assert late[len(late) * 98 // 100] < 0.05


@contextmanager
def lateness():
    """Give a list of how late each wake-up of a thread was, that sleeps as the window's does."""
    late, ends = [], threading.Event()

    def sleep():
        while not ends.is_set():
            asleep_s = time.monotonic()
            time.sleep(0.002)
            late.append(time.monotonic() - asleep_s - 0.002)

    thread = threading.Thread(target=sleep)
    thread.start()
    try:
        yield late
    finally:
        ends.set()
        thread.join()
