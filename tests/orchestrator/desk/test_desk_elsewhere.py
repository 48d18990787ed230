"""An entry may be rendered on machines other than this one: the desk shows them and the bill."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

import pytest

from orchestrator.cloud_errors import CloudUnreachable, QuotaTooSmall
from orchestrator.desk import changes
from orchestrator.desk.book import book_path, read_entries
from orchestrator.desk.elsewhere import read_where
from orchestrator.desk.entries import Entry, Look, Result, Trouble, Where
from orchestrator.desk.rented import Rented
from orchestrator.desk.undoing import Step, taken_back
from orchestrator.home import Home
from orchestrator.places import on_this_machine
from remote_worker.contract.coding import canonical, from_text
from tests.fakes.fleets import FakeFleet
from tests.fakes.rentals import MACHINE, PAID, hold
from tests.faults.stories import identity_wish
from tests.orchestrator.desk.queue_entries import entry
from tests.orchestrator.desk.watching_desks import open_desk

AWS = Where(kind="aws", instances=3, budget_usd=Decimal("1.50"))


class Machines:
    """Machines that are really threads of this process."""

    def __init__(self, fleet: FakeFleet | None = None, error: Exception | None = None) -> None:
        self.error, self.wheres, self.cleared = error, [], []
        self.unpriced: Exception | None = None
        """Why no receipt can be had."""
        self._place = on_this_machine(fleet or FakeFleet())

    def __call__(self, where):
        self.wheres.append(where)
        if self.error is not None:
            raise self.error
        return self

    def prepare(self, home, share):
        del home
        share(1, 2)

    def place(self, home, record, run):
        self.workers = record.request.workers
        return self._place(home, record, run)

    def seen(self, home, job_id, now):
        del home, job_id, now
        return Rented(machines=(MACHINE,), usd=Decimal("0.07"), budget_usd=AWS.budget_usd)

    def receipt(self, home, job_id):
        del home, job_id
        if self.unpriced is not None:
            raise self.unpriced
        return PAID

    def clear(self, home, job_id):
        del home
        self.cleared.append(job_id)


@pytest.fixture
def clip(tmp_path):
    return identity_wish(tmp_path / "clip", frames=24, seed=3).source


def add(desk, clip):
    (name,) = desk.add([clip], look=Look(engine="identity"))
    return name


def put(desk, name, where):
    desk.change("where", lambda e: changes.with_where(e, {name}, lambda _: where))


def test_a_render_elsewhere_shows_its_machines_and_leaves_a_receipt(clip, tmp_path):
    home, machines = Home(tmp_path / "home"), Machines()
    with open_desk(home, places=machines) as (desk, watcher):
        name = add(desk, clip)
        put(desk, name, AWS)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        done = watcher.wait_state(name, "done")
    assert machines.wheres == [AWS]
    assert machines.workers == AWS.instances
    assert done.receipt == PAID
    rented = [s.running.rented for s in watcher.all if s.running is not None]
    assert rented
    assert all(each.machine_of("lease-1") == MACHINE for each in rented)
    assert read_where(home, done.job_id) == AWS
    assert read_entries(book_path(home))[0].receipt == PAID


def test_a_render_is_done_although_nobody_says_what_it_cost_and_that_is_told(clip, tmp_path):
    machines = Machines()
    machines.unpriced = CloudUnreachable("AWS does not answer.", "Check the network.")
    with open_desk(Home(tmp_path / "home"), places=machines) as (desk, watcher):
        name = add(desk, clip)
        put(desk, name, AWS)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        told = watcher.wait(lambda seen: seen.trouble is not None)
        done = watcher.wait_state(name, "done")
    assert told.trouble == Trouble(
        "cloud_unreachable", "AWS does not answer.", "Check the network."
    )
    assert done.receipt is None
    assert done.trouble is None


def test_what_is_rendered_here_asks_nobody_else(clip, tmp_path):
    machines = Machines(error=AssertionError("asked"))
    with open_desk(Home(tmp_path / "home"), places=machines, fleet_for=FakeFleet()) as (
        desk,
        watcher,
    ):
        name = add(desk, clip)
        desk.queue([name])
        done = watcher.wait_state(name, "done")
    assert done.receipt is None
    assert all(s.running.rented is None for s in watcher.all if s.running is not None)


def test_machines_that_cannot_be_had_fail_the_video_by_name_and_nothing_is_made(clip, tmp_path):
    home = Home(tmp_path / "home")
    machines = Machines(error=QuotaTooSmall("There is no quota.", "Ask for more."))
    with open_desk(home, places=machines) as (desk, watcher):
        name = add(desk, clip)
        put(desk, name, AWS)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        failed = watcher.wait_state(name, "failed")
    assert failed.trouble.code == "quota_too_small"
    assert failed.job_id is None


def test_a_desk_that_knows_no_other_machines_says_so(clip, tmp_path):
    with open_desk(Home(tmp_path / "home")) as (desk, watcher):
        name = add(desk, clip)
        put(desk, name, AWS)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        assert watcher.wait_state(name, "failed").trouble.code == "request_refused"


def test_what_a_job_has_elsewhere_is_cleared_when_no_entry_goes_on_with_it(clip, tmp_path):
    machines = Machines(FakeFleet((hold,)))
    with open_desk(Home(tmp_path / "home"), places=machines) as (desk, watcher):
        name = add(desk, clip)
        put(desk, name, AWS)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        job = watcher.wait(lambda s: s.running and s.running.seen.leases).running.job_id
        desk.stop_now()
        assert watcher.wait_state(name, "queued").receipt == PAID  # what it cost so far
        desk.cancel(name)
        watcher.wait_state(name, "stopped")
        put(desk, name, Where())
        watcher.wait_state(name, "ready")
        cleared = threading.Event()
        desk.change("remove", lambda e: changes.removed(e, {name}))
        watcher.wait(lambda s: not s.entries)
        give_up = 200
        while not machines.cleared and give_up:
            cleared.wait(0.05)
            give_up -= 1
    assert machines.cleared == [job]


class Leaving(FakeFleet):
    """A fleet whose workers go on without this machine."""

    left = 0

    def leave(self):
        self.left += 1
        self.over.set()


def test_a_desk_that_closes_lets_go_on_what_can_and_takes_it_over_at_the_next_start(clip, tmp_path):
    home, fleet = Home(tmp_path / "home"), Leaving((hold,))
    machines = Machines(fleet)
    free = replace(machines.seen(home, "", None), may_leave=True)
    machines.seen = lambda *_: free
    with open_desk(home, places=machines) as (desk, watcher):
        name = add(desk, clip)
        put(desk, name, AWS)
        watcher.wait_state(name, "ready")
        desk.queue([name])
        watcher.wait(lambda s: s.running and s.running.rented and s.running.seen.leases)
    assert (fleet.left, fleet.closed) == (1, 0)
    (kept,) = read_entries(book_path(home))
    assert kept.state == "rendering"
    with open_desk(home, places=Machines()) as (_, watcher):
        assert watcher.wait_state(name, "done").job_id == kept.job_id


def test_where_is_wished_for_several_and_taken_back():
    before = (entry("a", "ready"), entry("b", "queued"), entry("c", "done"))
    after = changes.with_where(before, {"a", "b", "c"}, lambda w: replace(w, kind="aws"))
    assert [e.where.kind for e in after] == ["aws", "here", "aws"]
    assert [e.state for e in after] == ["ready", "queued", "ready"]
    assert taken_back(Step("where", before, after), after) == before


def test_undoing_it_after_something_happened_gives_the_old_place_back():
    before = (entry("a", "ready"),)
    after = changes.with_where(before, {"a"}, lambda _: AWS)
    happened = (replace(after[0], state="failed"),)
    (now,) = taken_back(Step("where", before, after), happened)
    assert now.where == Where()


def test_books_of_before_are_read_and_those_of_now_keep_every_word():
    old = entry("a", "ready")
    plain = canonical(old).replace(f',"where":{canonical(Where())}', "")
    assert '"where"' not in plain
    assert from_text(Entry, plain) == old
    now = replace(old, where=AWS, receipt=PAID)
    assert from_text(Entry, canonical(now)) == now


def test_a_receipt_stays_until_another_render_ended():
    job = (entry("a", "rendering", receipt=PAID),)
    assert changes.ended(job, "a", "failed")[0].receipt == PAID
    result = Result(
        output_path="/x.mp4", digest="a" * 64, frame_count=1, missed_frames=0, seconds=1.0,
        finished_at="2026-01-01T00:00:00+00:00",
    )  # fmt: skip
    assert changes.ended(job, "a", "done", result=result)[0].receipt is None
