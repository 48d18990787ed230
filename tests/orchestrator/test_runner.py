"""The runner hears what workers say, and finds out what nobody says any more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from orchestrator import runner
from orchestrator.errors import JobMissing, RequestRefused
from orchestrator.events import (
    Fault,
    LeaseLost,
    LeaseReady,
    SegmentFinished,
)
from orchestrator.fleet import Gone, Refused
from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import journal_path, read_index, read_record, read_state, write_record
from orchestrator.journal import read_events
from orchestrator.places import on_this_machine
from orchestrator.prepare import prepare
from orchestrator.runner import StopSignal, cancel, cancel_path, drive
from orchestrator.transfer.stage import Stager
from remote_worker.contract.messages import (
    Bye,
    ChunkDone,
    Claimed,
    Drain,
    Failed,
    Progress,
    SegmentStored,
)
from remote_worker.contract.records import ChunkId, JobId
from tests.clips import barcodes_of
from tests.fakes.fleets import FakeFleet, finishes, hello
from tests.faults.stories import identity_wish

FRAMES = 48
REASON = "engine_failed"


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """A job of two chunks that nobody has begun."""
    folder = tmp_path_factory.mktemp("planned") / "one"
    home = Home(folder / "home")
    wish = replace(identity_wish(folder, frames=FRAMES, seed=1), segment_frames=12)
    return home, read_record(home, prepare(home, wish))


@pytest.fixture
def job(planned, tmp_path):
    """The same job in a home of its own."""
    there, record = planned
    home = Home(tmp_path / "home")
    request = replace(record.request, output_path=str(tmp_path / "out.mp4"))
    record = replace(record, request=request)
    write_record(home, record, read_index(there, record.job_id))
    return home, record


def events_of(home, record):
    return read_events(journal_path(home, record.job_id))


def failed(chunk_id, *, buried):
    return Failed(
        chunk_id=chunk_id,
        reason=REASON,
        sentence="It broke.",
        advice="Mend it.",
        retry=not buried,
        failures=3,
        buried=buried,
    )


def assert_done(outcome):
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert barcodes_of(outcome.finished.video.output_path) == list(range(FRAMES))


def test_a_job_is_done_and_every_worker_was_told_to_finish(job):
    home, record = job
    fleet = FakeFleet()
    seen = []
    assert_done(drive(home, record.job_id, workers=2, fleet_for=fleet, watch=seen.append))
    assert fleet.requested == ["lease-1", "lease-2"]
    assert finishes(fleet) == {"lease-1", "lease-2"}
    assert fleet.closed
    assert seen[-1].phase is Phase.DONE
    assert seen[-1].frames_done == seen[-1].assembled_frames == FRAMES


def test_a_job_that_is_done_stays_so_and_asks_for_nobody(job):
    home, record = job
    assert_done(drive(home, record.job_id, fleet_for=FakeFleet()))
    fleet = FakeFleet()
    assert_done(drive(home, record.job_id, fleet_for=fleet))
    assert fleet.requested == []


def test_a_finished_video_that_was_taken_away_is_told(job):
    home, record = job
    outcome = drive(home, record.job_id, fleet_for=FakeFleet())
    (home.root.parent / "out.mp4").unlink()
    with pytest.raises(RequestRefused):
        drive(home, record.job_id, fleet_for=FakeFleet())
    with pytest.raises(RequestRefused):
        cancel(home, record.job_id)
    assert outcome.finished is not None


def test_no_job_is_no_job(tmp_path):
    with pytest.raises(JobMissing):
        drive(Home(tmp_path), JobId("none"))


def test_a_refused_lease_fails_the_job_with_its_fault(job):
    home, record = job
    fault = Fault("worker_not_started", "No memory.", "Buy some.")

    class Refusing(FakeFleet):
        def request(self, lease_id):
            self.tell(Refused(lease_id, fault))

    outcome = drive(home, record.job_id, fleet_for=Refusing())
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault == fault
    assert_done(drive(home, record.job_id, fleet_for=FakeFleet()))


def bury_one(*, aloud):
    def pretended(fleet, lease_id):
        yield hello(lease_id)
        claim = None
        while claim is None and not fleet.over.is_set():
            claim = fleet.queue.claim(wait_s=0.1, hold_s=30)
        chunk_id = fleet.record.plan.chunks[0].chunk_id
        fleet.queue.bury(claim, f"{REASON}: It broke.")
        if aloud:
            yield failed(chunk_id, buried=True)
        yield Bye(reason="idle")

    return pretended


@pytest.mark.parametrize("aloud", [True, False])
def test_a_buried_chunk_fails_the_job_when_the_others_are_done_and_resuming_tries_again(job, aloud):
    home, record = job
    outcome = drive(home, record.job_id, workers=1, fleet_for=FakeFleet((bury_one(aloud=aloud),)))
    assert outcome.last.phase is Phase.FAILED
    assert (outcome.last.fault.reason, outcome.last.fault.sentence) == (REASON, "It broke.")
    states = [chunk.state.value for chunk in outcome.last.chunks]
    assert states == ["buried", "fetched"]
    assert_done(drive(home, record.job_id, fleet_for=FakeFleet()))


@pytest.mark.parametrize(
    "kinds", [(ChunkDone,), (SegmentStored, ChunkDone), (Claimed, Progress, SegmentStored)]
)
def test_words_that_are_lost_are_found_out_from_the_store(job, kinds):
    home, record = job
    fleet = FakeFleet(is_lost=lambda message: isinstance(message, kinds))
    assert_done(drive(home, record.job_id, fleet_for=fleet))


def take_all(fleet, lease_id):
    """Acknowledge everything and render nothing, as no agent should."""
    yield hello(lease_id)
    taken = 0
    while taken < 2 and not fleet.over.is_set():
        claim = fleet.queue.claim(wait_s=0.1, hold_s=30)
        if claim is not None:
            fleet.queue.acknowledge(claim)
            taken += 1


def test_a_message_that_got_lost_is_sent_again(job):
    home, record = job
    outcome = drive(home, record.job_id, workers=1, fleet_for=FakeFleet((take_all,)))
    assert_done(outcome)
    assert outcome.last.interruptions == 1


def die(fleet, lease_id):
    yield hello(lease_id)


def test_a_worker_that_dies_is_replaced_and_counted(job):
    home, record = job
    fleet = FakeFleet((die, die, die))
    outcome = drive(home, record.job_id, workers=1, fleet_for=fleet)
    assert_done(outcome)
    assert outcome.last.interruptions == 3
    assert fleet.requested == [f"lease-{number}" for number in range(1, 5)]


def test_workers_that_only_die_fail_the_job(job):
    home, record = job
    outcome = drive(home, record.job_id, workers=1, fleet_for=FakeFleet((die,) * 20))
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "workers_die"


def leave_without_queue(fleet, lease_id):
    yield hello(lease_id)
    yield Bye(reason="queue_unavailable")


def test_a_worker_that_leaves_for_want_of_a_queue_counts_as_lost(job):
    home, record = job
    fleet = FakeFleet((leave_without_queue,))
    outcome = drive(home, record.job_id, workers=1, fleet_for=fleet)
    assert_done(outcome)
    assert outcome.last.interruptions == 1


def complain(fleet, lease_id):
    yield hello(lease_id)
    claim = None
    while claim is None and not fleet.over.is_set():
        claim = fleet.queue.claim(wait_s=0.1, hold_s=60)
    yield failed(fleet.record.plan.chunks[0].chunk_id, buried=False)
    fleet.await_order(lease_id)
    yield Bye(reason="drained")


def test_complaints_without_progress_fail_the_job_with_the_first_of_them(job, monkeypatch):
    home, record = job
    monkeypatch.setattr(runner, "QUEUE_PATIENCE_S", 0.5)
    fleet = FakeFleet((complain, complain))
    outcome = drive(home, record.job_id, workers=2, fleet_for=fleet)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == REASON
    assert {lease for lease, order in fleet.ordered if order == Drain(grace_s=0.0)} == {
        "lease-1",
        "lease-2",
    }


def test_words_of_strangers_change_nothing(job):
    home, record = job

    def babble(fleet, lease_id):
        nowhere = ChunkId("f" * 64)
        yield Bye(reason="before hello")
        yield Claimed(chunk_id=nowhere, deliveries=1)
        yield ChunkDone(chunk_id=nowhere)
        yield failed(nowhere, buried=True)

    assert_done(drive(home, record.job_id, fleet_for=FakeFleet((babble,))))


def stay(fleet, lease_id):
    yield hello(lease_id)
    fleet.over.wait(30)


def test_stopping_drains_and_stopping_twice_closes(job):
    home, record = job
    stop = StopSignal()
    fleet = FakeFleet((stay,))

    def watch(seen):
        if seen.phase is Phase.RENDERING and not stop.stops:
            stop.stop()
        elif seen.phase is Phase.STOPPING and stop.stops == 1:
            assert fleet.closed == 0
            stop.stop()

    outcome = drive(home, record.job_id, workers=1, fleet_for=fleet, stop=stop, watch=watch)
    assert outcome.last.phase is Phase.STOPPED
    assert ("lease-1", Drain(grace_s=runner.STOP_GRACE_S)) in fleet.ordered
    assert_done(drive(home, record.job_id, fleet_for=FakeFleet()))


def obey(fleet, lease_id):
    yield hello(lease_id)
    fleet.await_order(lease_id)
    yield Bye(reason="drained")


@pytest.mark.parametrize("from_elsewhere", [True, False])
def test_a_cancelled_job_does_not_go_on(job, from_elsewhere):
    home, record = job
    stop = StopSignal()

    def watch(seen):
        if seen.phase is not Phase.RENDERING:
            return
        if from_elsewhere:
            assert cancel(home, record.job_id) is False
        else:
            stop.cancel()

    fleet = FakeFleet((obey,))
    outcome = drive(home, record.job_id, workers=1, fleet_for=fleet, stop=stop, watch=watch)
    assert outcome.last.phase is Phase.CANCELLED
    again = FakeFleet()
    assert drive(home, record.job_id, fleet_for=again).last.phase is Phase.CANCELLED
    assert again.requested == []
    assert cancel(home, record.job_id) is True


def test_a_cancel_from_before_does_not_count(job):
    home, record = job
    cancel_path(home, record.job_id).touch()
    assert_done(drive(home, record.job_id, fleet_for=FakeFleet()))


def test_a_fault_in_the_program_is_raised_and_nothing_goes_on(job, monkeypatch):
    home, record = job

    def broken(self, chunk_ids, cancelled):
        raise ZeroDivisionError

    fleet = FakeFleet()
    with monkeypatch.context() as patched:
        patched.setattr(Stager, "stage", broken)
        with pytest.raises(ZeroDivisionError):
            drive(home, record.job_id, fleet_for=fleet)
    assert fleet.closed
    assert_done(drive(home, record.job_id, fleet_for=FakeFleet()))


def test_what_happened_is_in_the_journal_before_it_is_shown(job):
    home, record = job
    shown = []

    def watch(seen):
        written = read_state(home, record.job_id).job
        assert written.phase is seen.phase
        shown.append(seen)

    assert_done(drive(home, record.job_id, fleet_for=FakeFleet(), watch=watch))
    assert shown
    kinds = [type(event) for event in events_of(home, record)]
    assert kinds.count(SegmentFinished) == 4
    assert LeaseReady in kinds


class Killed(BaseException):
    """The process ends here."""


class Rented:
    """A place whose things outlive the process; the first ``kills`` times it is killed on them."""

    def __init__(self, kills):
        self.kills, self.cleared, self.made = kills, 0, 0

    def __call__(self, home, record, run):
        self.made += 1
        here = on_this_machine(FakeFleet())(home, record, run)
        return replace(here, keeps_queue=True, tidy=self.tidy)

    def tidy(self):
        if self.kills:
            self.kills -= 1
            raise Killed
        self.cleared += 1


def test_a_run_killed_between_done_and_clearing_away_leaves_that_to_the_next(job):
    home, record = job
    rented = Rented(kills=2)
    for _ in range(2):
        with pytest.raises(Killed):
            drive(home, record.job_id, place_for=rented)
        assert read_state(home, record.job_id).job.phase is Phase.DONE
    assert_done(drive(home, record.job_id, place_for=rented))
    assert rented.cleared == 1
    assert_done(drive(home, record.job_id, place_for=rented))
    assert (rented.cleared, rented.made) == (1, 3), "cleared twice"


def test_a_worker_that_is_heard_again_from_its_begin_is_counted_once(job):
    home, record = job
    heard = []
    stop = StopSignal()

    def watch(seen):
        if seen.segments_rendered and not stop.stops:
            stop.stop()

    def hear(message):
        heard.append(message)
        if isinstance(message, ChunkDone):
            first.await_order("lease-1")  # the stop comes before the next chunk
        return False

    first = FakeFleet(is_lost=hear)
    drive(home, record.job_id, workers=1, fleet_for=first, watch=watch, stop=stop)
    before = read_state(home, record.job_id).job.segments_rendered
    assert 0 < before < FRAMES // 12

    def heard_again(fleet, lease_id):
        yield from heard

    second = FakeFleet((heard_again,))
    outcome = drive(home, record.job_id, workers=1, fleet_for=second)
    assert_done(outcome)
    assert outcome.last.segments_rendered == FRAMES // 12


def test_how_a_host_went_is_in_the_journal_and_is_shown(job):
    home, record = job

    def shut_down(fleet, lease_id):
        yield hello(lease_id)
        fleet.tell(Gone(lease_id, orderly=False, last_words="", how="ended"))

    outcome = drive(home, record.job_id, workers=1, fleet_for=FakeFleet((shut_down,)))
    assert_done(outcome)
    assert outcome.last.gone == (("lease-1", "ended"),)
    assert LeaseLost("lease-1", "ended") in events_of(home, record)
