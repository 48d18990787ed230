"""The job's promises, held after every event of every story."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator import job as jobs
from orchestrator.events import (
    Assembled,
    AssembleVideo,
    AssemblyFailed,
    Begun,
    CancelAsked,
    ChunkBuried,
    ChunkClaimed,
    ChunkFetched,
    ChunkSpoiled,
    ChunkStaged,
    ChunkStored,
    DrainLease,
    Fault,
    FetchChunk,
    FinishLease,
    LeaseEnded,
    LeaseId,
    LeaseLost,
    LeaseNoticed,
    LeaseOutpriced,
    LeaseReady,
    LeaseRefused,
    RequestLease,
    SegmentFinished,
    StageChunks,
    StagingFailed,
    StopAsked,
)
from orchestrator.job import (
    CONTENT_REFUSED,
    MOST_LOSSES_WITHOUT_PROGRESS,
    TRANSITIONS,
    InvalidTransition,
    LeaseState,
    Phase,
    new_job,
    step,
)
from remote_worker.contract.records import ChunkId

PLAN = tuple(ChunkId(f"c{number}") for number in range(4))
FAULT = Fault("engine_failed", "It could not be rendered.", "Try again.")
WORKING = (Phase.STAGING, Phase.LEASING, Phase.RENDERING, Phase.RECOVERING)
L1, L2, L3 = (LeaseId(f"lease-{number}") for number in (1, 2, 3))


class Story:
    """Plays events into a job and holds its promises after each one."""

    def __init__(self, plan=PLAN):
        self.job = new_job(plan)
        self.plan = plan
        self.told, self.said = [], []
        self.requested = set()

    def tell(self, *events):
        """Return what the job says to the last of ``events``."""
        said = ()
        for event in events:
            before = self.job
            self.told.append(event)
            self.job, said = step(before, event)
            self.said += said
            self._check(before, event, said)
        return said

    def _check(self, before, event, said):
        job = self.job
        rendering = [chunk for chunk, _ in job.rendering]
        held = [*job.waiting, *rendering, *job.stored, *job.fetched, *job.buried]
        assert sorted(held) == sorted(self.plan), "a chunk was lost or is held twice"
        leases = [lease for lease, _ in job.leases]
        assert len(set(leases)) == len(leases), "one lease is held twice"
        lasting = [
            lease
            for lease, state in job.leases
            if state is not LeaseState.DRAINING and lease not in job.leaving
        ]
        assert len(lasting) <= job.workers, "more leases than were wanted"
        ready = {lease for lease, state in job.leases if state is LeaseState.READY}
        assert job.leaving <= ready, "what is to be left does not work"
        coming = [state for _, state in job.leases if state is LeaseState.REQUESTED]
        assert coming or not job.leaving, "a worker is to be left for nobody"
        assert {lease for _, lease in job.rendering} <= set(leases), "nobody holds that chunk"
        assert len({lease for _, lease in job.rendering}) == len(job.rendering)
        for effect in said:
            self._check_effect(effect, event)
        if job.phase is Phase.DONE:
            assert job.fetched == set(self.plan), "done without all of it"
            assert AssembleVideo() in self.said
        if job.phase.is_terminal:
            told_to_end = {e.lease_id for e in self.said if isinstance(e, DrainLease | FinishLease)}
            assert set(leases) <= told_to_end, "at rest with a lease that nobody ends"
        if job.phase is Phase.FAILED:
            assert job.fault is not None, "failed without saying why"
        if before.phase in (Phase.DONE, Phase.CANCELLED):
            assert job.phase is before.phase
            begins = (RequestLease, StageChunks, AssembleVideo)
            assert not any(isinstance(effect, begins) for effect in said), "began after the end"

    def _check_effect(self, effect, event):
        match effect:
            case RequestLease(lease_id):
                assert lease_id not in self.requested, "asked for one lease twice"
                self.requested.add(lease_id)
                assert self.job.phase in WORKING, "asked for a worker with no work"
            case AssembleVideo():
                assert self.job.phase is Phase.ASSEMBLING
                assert self.job.fetched == set(self.plan), "assembles what is not here"
            case StageChunks(chunk_ids):
                assert self.job.phase in WORKING
                assert not set(chunk_ids) & (self.job.stored | self.job.fetched)
            case FetchChunk(chunk_id):
                assert chunk_id in self.job.stored
            case FinishLease():
                assert not self.job.unfinished, "lets a worker go while there is work"
            case DrainLease():
                assert not isinstance(event, Begun)

    def finish(self):
        """Let everything go well from here."""
        for lease, _ in self.job.leases:
            self.tell(LeaseReady(lease))
        for chunk in self.job.unfinished:
            self.tell(ChunkStored(chunk))
        for chunk in sorted(self.job.stored):
            self.tell(ChunkFetched(chunk))
        self.tell(Assembled())

    def begun(self, workers=2):
        self.tell(Begun(workers))
        return self

    def ready(self):
        self.begun().tell(LeaseReady(L1), LeaseReady(L2))
        return self


leases = st.sampled_from([LeaseId(f"lease-{number}") for number in range(1, 8)])
chunks = st.sampled_from([*PLAN, ChunkId("another job's")])
faults = st.just(FAULT)
events = st.one_of(
    st.builds(Begun, st.integers(1, 4)),
    st.builds(ChunkStaged, chunks),
    st.builds(StagingFailed, faults),
    st.builds(LeaseReady, leases),
    st.builds(LeaseNoticed, leases),
    st.builds(LeaseOutpriced, leases),
    st.builds(LeaseLost, leases),
    st.builds(LeaseEnded, leases),
    st.builds(LeaseRefused, leases, faults),
    st.builds(ChunkClaimed, leases, chunks),
    st.builds(SegmentFinished, chunks, st.booleans()),
    st.builds(ChunkStored, chunks),
    st.builds(ChunkBuried, chunks, faults),
    st.builds(ChunkFetched, chunks),
    st.builds(ChunkSpoiled, chunks),
    st.just(Assembled()),
    st.builds(AssemblyFailed, faults),
    st.just(StopAsked()),
    st.just(CancelAsked()),
)
helpful = st.one_of(
    st.builds(LeaseReady, leases),
    st.builds(ChunkClaimed, leases, st.sampled_from(PLAN)),
    st.builds(ChunkStored, st.sampled_from(PLAN)),
    st.builds(ChunkFetched, st.sampled_from(PLAN)),
)
stories = st.lists(st.one_of(helpful, events), max_size=50)


@settings(max_examples=400, deadline=None)
@given(stories)
def test_after_any_story_the_job_can_still_finish(happened):
    story = Story()
    story.tell(Begun(2), *happened)
    ended = story.job.phase in (Phase.CANCELLED, Phase.CANCELLING)
    story.tell(Begun(2))
    story.finish()
    assert story.job.phase is (Phase.CANCELLED if ended else Phase.DONE)


@settings(max_examples=150, deadline=None)
@given(stories)
def test_replaying_what_happened_gives_the_same_job(happened):
    story = Story()
    story.tell(*happened)
    again = Story()
    again.tell(*story.told)
    assert (again.job, again.said) == (story.job, story.said)


@settings(max_examples=150, deadline=None)
@given(stories, st.sampled_from([StopAsked(), CancelAsked()]))
def test_a_job_that_is_ended_comes_to_rest_when_its_workers_are_gone(happened, ending):
    story = Story()
    story.tell(Begun(2), *happened, ending)
    for lease, _ in story.job.leases:
        assert DrainLease(lease) in story.said
    story.tell(*(LeaseEnded(lease) for lease, _ in story.job.leases))
    assert story.job.phase.is_terminal


def test_begun_stages_everything_and_asks_for_the_workers():
    story = Story()
    assert story.tell(Begun(2)) == (StageChunks(PLAN), RequestLease(L1), RequestLease(L2))
    assert story.job.phase is Phase.STAGING


def test_no_more_workers_than_chunks():
    story = Story(PLAN[:1])
    assert story.tell(Begun(8)) == (StageChunks(PLAN[:1]), RequestLease(L1))


def test_a_lost_worker_is_replaced_at_once_and_its_chunk_waits():
    story = Story().ready()
    story.tell(ChunkClaimed(L1, PLAN[0]))
    assert story.tell(LeaseLost(L1)) == (RequestLease(L3),)
    assert PLAN[0] in story.job.waiting
    assert story.job.interruptions == 1
    assert story.tell(LeaseLost(L1)) == ()


def test_losing_every_worker_is_recovering_until_one_is_ready():
    story = Story().begun(1)
    story.tell(LeaseReady(L1))
    assert story.job.phase is Phase.RENDERING
    story.tell(LeaseLost(L1))
    assert story.job.phase is Phase.RECOVERING
    story.tell(LeaseReady(L2))
    assert story.job.phase is Phase.RENDERING


def test_workers_that_only_die_fail_the_job_and_a_stored_segment_forgives():
    story = Story().begun(1)
    for number in range(1, MOST_LOSSES_WITHOUT_PROGRESS + 1):
        story.tell(LeaseLost(LeaseId(f"lease-{number}")))
    story.tell(SegmentFinished(PLAN[0], reused=False))
    assert story.job.losses == 0
    for number in range(1, MOST_LOSSES_WITHOUT_PROGRESS + 2):
        assert story.job.phase in WORKING
        story.tell(LeaseLost(LeaseId(f"lease-{number + MOST_LOSSES_WITHOUT_PROGRESS}")))
    assert story.job.phase is Phase.FAILED
    assert story.job.fault.reason == "workers_die"


def test_a_chunk_claimed_by_another_worker_moves_to_it():
    story = Story().ready()
    story.tell(ChunkClaimed(L1, PLAN[0]), ChunkClaimed(L2, PLAN[0]))
    assert story.job.rendering == ((PLAN[0], L2),)
    story.tell(ChunkClaimed(L2, PLAN[1]))
    assert story.job.rendering == ((PLAN[1], L2),)
    assert PLAN[0] in story.job.waiting


def test_late_words_change_nothing():
    story = Story().ready()
    story.tell(ChunkStored(PLAN[0]), ChunkFetched(PLAN[0]))
    before = story.job
    late = (
        ChunkClaimed(L1, PLAN[0]),
        ChunkClaimed(LeaseId("lease-9"), PLAN[1]),
        ChunkStored(PLAN[0]),
        ChunkFetched(PLAN[0]),
        ChunkBuried(PLAN[0], FAULT),
        ChunkSpoiled(PLAN[1]),
        SegmentFinished(ChunkId("another job's"), reused=False),
        LeaseReady(L1),
        Assembled(),
    )
    for event in late:
        assert step(before, event) == (before, ()), event


def test_words_that_reach_a_stopping_job_change_nothing():
    story = Story().ready()
    story.tell(StopAsked())
    for late in (ChunkStaged(PLAN[0]), StagingFailed(FAULT), StopAsked()):
        assert story.tell(late) == ()
        assert (story.job.phase, story.job.fault) == (Phase.STOPPING, None)


def test_words_of_workers_that_reach_an_assembling_job_change_nothing():
    story = Story().begun(2)
    story.tell(LeaseReady(L1), *(ChunkStored(chunk) for chunk in PLAN))
    story.tell(*(ChunkFetched(chunk) for chunk in PLAN))
    assert story.tell(LeaseReady(L2)) == story.tell(LeaseNoticed(L1)) == ()
    assert story.job.phase is Phase.ASSEMBLING


def test_what_was_cancelled_does_not_begin_again():
    story = Story()
    story.tell(CancelAsked())
    assert story.tell(Begun(1)) == ()
    assert story.job.phase is Phase.CANCELLED


def test_the_last_stored_chunk_lets_the_workers_go():
    story = Story().ready()
    story.tell(*(ChunkStored(chunk) for chunk in PLAN[:-1]))
    assert story.tell(ChunkStored(PLAN[-1])) == (
        FetchChunk(PLAN[-1]),
        FinishLease(L1),
        FinishLease(L2),
    )
    story.tell(LeaseEnded(L1), LeaseEnded(L2))
    assert len(story.requested) == 2


def test_a_worker_that_is_ready_when_nothing_is_left_may_go():
    story = Story().begun(1)
    story.tell(*(ChunkStored(chunk) for chunk in PLAN))
    assert story.tell(LeaseReady(L1)) == (FinishLease(L1),)


def test_a_buried_chunk_fails_the_job_only_when_the_rest_is_here():
    story = Story().ready()
    story.tell(ChunkBuried(PLAN[0], FAULT))
    for chunk in PLAN[1:]:
        assert story.job.phase in WORKING
        story.tell(ChunkStored(chunk), ChunkFetched(chunk))
    assert (story.job.phase, story.job.fault) == (Phase.FAILED, FAULT)
    assert story.job.buried == {PLAN[0]}
    story.tell(Begun(1))
    assert story.job.waiting == {PLAN[0]}
    story.finish()
    assert story.job.phase is Phase.DONE


def test_refused_content_fails_the_job_at_once_and_nobody_is_rented_for_it_again():
    story = Story().ready()
    refused = Fault(CONTENT_REFUSED, "The video shows what is not swapped.", "Choose another.")
    said = story.tell(ChunkBuried(PLAN[0], refused))
    assert (story.job.phase, story.job.fault) == (Phase.FAILED, refused)
    assert {DrainLease(L1), DrainLease(L2)} <= set(said)
    story.tell(LeaseEnded(L1), LeaseEnded(L2))
    assert story.tell(Begun(2)) == ()
    assert (story.job.phase, story.job.fault) == (Phase.FAILED, refused)


def test_a_spoiled_chunk_is_made_again_even_while_assembling():
    story = Story().begun(1)
    story.tell(LeaseReady(L1), *(ChunkStored(chunk) for chunk in PLAN))
    story.tell(LeaseEnded(L1), *(ChunkFetched(chunk) for chunk in PLAN))
    assert story.job.phase is Phase.ASSEMBLING
    assert story.tell(ChunkSpoiled(PLAN[2])) == (StageChunks((PLAN[2],)), RequestLease(L2))
    story.tell(Assembled())
    assert story.job.phase is not Phase.DONE


def test_a_chunk_spoiled_while_stopping_waits_for_the_resume():
    story = Story().begun(1)
    story.tell(ChunkStored(PLAN[0]), StopAsked())
    assert story.tell(ChunkSpoiled(PLAN[0])) == ()
    assert PLAN[0] in story.job.waiting


def test_a_job_killed_with_all_chunks_here_only_assembles():
    story = Story().begun(1)
    story.tell(*(ChunkStored(chunk) for chunk in PLAN), *(ChunkFetched(chunk) for chunk in PLAN))
    assert story.tell(Begun(1)) == (AssembleVideo(),)


def test_resuming_fetches_what_is_stored_and_stages_only_the_rest():
    story = Story().ready()
    story.tell(ChunkStored(PLAN[0]), ChunkClaimed(L1, PLAN[1]))
    said = story.tell(Begun(1))
    assert said == (FetchChunk(PLAN[0]), StageChunks(PLAN[1:]), RequestLease(L3))
    assert story.job.waiting == set(PLAN[1:])


def test_stopping_drains_then_rests_and_a_worker_still_booting_is_not_used():
    story = Story().begun()
    story.tell(LeaseReady(L1))
    assert story.tell(StopAsked()) == (DrainLease(L1), DrainLease(L2))
    assert {state for _, state in story.job.leases} == {LeaseState.DRAINING}
    assert story.tell(LeaseReady(L2), LeaseLost(L1)) == ()
    assert story.job.phase is Phase.STOPPING
    story.tell(LeaseEnded(L2))
    assert story.job.phase is Phase.STOPPED


def test_a_worker_refused_while_stopping_does_not_keep_the_job_from_its_rest():
    story = Story().begun(1)
    story.tell(StopAsked(), LeaseRefused(L1, FAULT))
    assert (story.job.phase, story.job.fault) == (Phase.STOPPED, None)


def test_a_stop_can_become_a_cancel_and_nothing_resumes_that():
    story = Story().ready()
    story.tell(StopAsked(), CancelAsked())
    assert story.job.phase is Phase.CANCELLING
    assert story.tell(Begun(1)) == ()
    assert story.job.phase is Phase.CANCELLED


@pytest.mark.parametrize("event", [StagingFailed(FAULT), AssemblyFailed(FAULT)])
def test_what_cannot_go_on_fails_with_its_fault_and_drains(event):
    story = Story().ready()
    said = story.tell(event)
    assert (story.job.phase, story.job.fault) == (Phase.FAILED, FAULT)
    assert said == tuple(DrainLease(lease) for lease, _ in story.job.leases)
    assert said


def test_a_refused_worker_leaves_the_work_to_the_others_and_the_last_one_fails_the_job():
    story = Story().begun()
    assert story.tell(LeaseReady(L2), LeaseRefused(L1, FAULT)) == ()
    assert (story.job.phase, story.job.workers) == (Phase.RENDERING, 1)
    assert story.tell(LeaseLost(L2)) == (RequestLease(L3),)
    story.tell(LeaseRefused(L3, FAULT))
    assert (story.job.phase, story.job.fault) == (Phase.FAILED, FAULT)


def test_a_replacement_that_is_refused_is_no_loss_to_one_that_is_on_its_way_out():
    story = Story().begun(1)
    story.tell(LeaseReady(L1), LeaseNoticed(L1), LeaseRefused(L2, FAULT))
    assert story.job.phase is Phase.FAILED


def test_a_failed_job_can_be_cancelled():
    story = Story().begun()
    story.tell(StagingFailed(FAULT), LeaseEnded(L1), LeaseEnded(L2), CancelAsked())
    assert story.job.phase is Phase.CANCELLED


def test_an_illegal_change_of_phase_is_refused_by_name(monkeypatch):
    monkeypatch.setitem(TRANSITIONS, Phase.PLANNED, frozenset())
    with pytest.raises(InvalidTransition, match="planned to staging by Begun"):
        step(new_job(PLAN), Begun(1))


def test_what_is_no_event_is_refused():
    with pytest.raises(AssertionError):
        step(new_job(PLAN), "begun")


@pytest.mark.parametrize("plan", [(), (PLAN[0], PLAN[0])])
def test_a_job_has_chunks_and_each_once(plan):
    with pytest.raises(ValueError, match="each once"):
        new_job(plan)


def test_every_phase_has_its_row_of_transitions():
    assert set(TRANSITIONS) == set(Phase)
    assert all(phase not in TRANSITIONS[phase] for phase in Phase)
    assert replace(new_job(PLAN), phase=Phase.DONE).phase.is_terminal
    assert jobs.TRANSITIONS[Phase.DONE] == frozenset()


def test_the_replacement_is_asked_for_at_the_notice_and_only_once():
    story = Story().ready()
    story.tell(ChunkClaimed(L1, PLAN[0]))
    assert story.tell(LeaseNoticed(L1)) == (RequestLease(L3),)
    assert story.tell(LeaseNoticed(L1)) == ()
    assert dict(story.job.rendering) == {PLAN[0]: L1}, "it finishes what it has in hand"
    assert story.tell(LeaseLost(L1)) == ()
    assert story.job.interruptions == 1
    assert PLAN[0] in story.job.waiting


def test_a_notice_when_all_is_stored_asks_for_nobody():
    story = Story().ready()
    story.tell(*(ChunkStored(chunk) for chunk in PLAN))
    assert story.tell(LeaseNoticed(L1)) == ()


def test_a_noticed_worker_that_says_goodbye_is_an_interruption_too():
    story = Story().ready()
    story.tell(LeaseNoticed(L1), LeaseEnded(L1))
    assert (story.job.interruptions, story.job.losses) == (1, 0)
    assert [lease for lease, _ in story.job.leases] == [L2, L3]


def test_a_worker_that_is_outpriced_works_until_the_cheaper_one_is_ready():
    story = Story().ready()
    story.tell(ChunkClaimed(L1, PLAN[0]))
    assert story.tell(LeaseOutpriced(L1)) == (RequestLease(L3),)
    assert story.tell(LeaseOutpriced(L1)) == ()
    assert dict(story.job.rendering) == {PLAN[0]: L1}
    assert story.tell(LeaseReady(L3)) == (DrainLease(L1),)
    assert story.tell(LeaseEnded(L1)) == ()
    assert (story.job.interruptions, story.job.losses, story.job.gone) == (0, 0, ())
    assert [lease for lease, _ in story.job.leases] == [L2, L3]


@pytest.mark.parametrize("end", [LeaseLost(L3), LeaseEnded(L3), LeaseRefused(L3, FAULT)])
def test_a_worker_stays_where_the_cheaper_one_does_not_come(end):
    story = Story().ready()
    story.tell(LeaseOutpriced(L1))
    assert story.tell(end) == ()
    assert story.job.leaving == frozenset()
    assert [lease for lease, _ in story.job.leases] == [L1, L2]
    assert story.tell(LeaseOutpriced(L1)) == (RequestLease(LeaseId("lease-4")),)


def test_an_outpriced_worker_that_is_taken_back_meanwhile_is_replaced_once():
    story = Story().ready()
    story.tell(LeaseOutpriced(L1))
    assert story.tell(LeaseNoticed(L1)) == ()
    assert story.tell(LeaseReady(L3)) == ()


def test_nobody_is_outpriced_when_what_is_left_needs_no_other():
    story = Story().ready()
    story.tell(*(ChunkStored(chunk) for chunk in PLAN))
    assert story.tell(LeaseOutpriced(L1)) == ()


def test_a_notice_to_a_worker_of_a_stopping_job_changes_nothing():
    story = Story().ready()
    story.tell(StopAsked())
    assert story.tell(LeaseNoticed(L1)) == ()
    story.tell(LeaseEnded(L1), LeaseEnded(L2))
    assert story.job.phase is Phase.STOPPED


def test_a_worker_still_booting_is_let_go_only_when_it_is_ready():
    story = Story().begun()
    story.tell(LeaseReady(L1), *(ChunkStored(chunk) for chunk in PLAN[:-1]))
    assert story.tell(ChunkStored(PLAN[-1])) == (FetchChunk(PLAN[-1]), FinishLease(L1))
    assert story.tell(LeaseReady(L1)) == story.tell(LeaseReady(L3)) == ()
    assert story.tell(LeaseReady(L2)) == (FinishLease(L2),)


def test_resuming_forgives_the_losses_of_the_run_before():
    story = Story().begun(1)
    story.tell(LeaseLost(L1), LeaseLost(L2), StopAsked(), Begun(1))
    assert (story.job.losses, story.job.interruptions) == (0, 2)


def test_rendered_and_reused_segments_are_counted_apart():
    story = Story().ready()
    for reused in (True, False, True):
        story.tell(SegmentFinished(PLAN[0], reused=reused))
    assert (story.job.segments_rendered, story.job.segments_reused) == (1, 2)
