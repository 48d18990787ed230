"""A deadline decides which pools are named, and when the full price is paid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from orchestrator.events import LeaseId
from orchestrator.fleet import Said
from orchestrator.fleet.ec2.deadline import Course, Deadline, Rest, due
from orchestrator.fleet.ec2.launch import Pool
from orchestrator.fleet.ec2.ledger import EndedInstance, Launched, Line
from remote_worker.contract.messages import Progress, SegmentStored
from remote_worker.contract.records import ChunkId, Digest, SegmentId

BEGUN = datetime(2026, 5, 1, tzinfo=UTC)
SEGMENTS = {SegmentId(f"segment-{number}"): 100 for number in range(144)}
AGAIN_S = 10.0


def pool(kind: str, zone: str, spot: str | None, full: str) -> Pool:
    return Pool(
        instance_type=kind,
        zone=zone,
        subnet_id=f"subnet-{zone}",
        spot_usd_per_hour=None if spot is None else Decimal(spot),
        on_demand_usd_per_hour=Decimal(full),
    )


CHEAP = pool("g6.xlarge", "a", "0.26", "0.80")
DEAR = pool("g6.xlarge", "b", "0.60", "0.80")
NONE = pool("g6.xlarge", "c", None, "0.80")
SLOW = pool("g4dn.xlarge", "a", "0.20", "0.53")
POOLS = (CHEAP, DEAR, NONE, SLOW)
DEADLINE = Deadline(
    at=BEGUN + timedelta(hours=6),
    frames=SEGMENTS,
    stored=frozenset(),
    frames_per_s={"g6.xlarge": 4.0, "g4dn.xlarge": 2.0},
    boot_s=240.0,
    instances=1,
    pays_in_full=True,
)
"""An hour of work on the quicker type."""


def stored(segment_id: SegmentId) -> Said:
    message = SegmentStored(
        chunk_id=ChunkId("chunk"),
        segment_id=segment_id,
        blob=Digest("0" * 64),
        segment_bytes=1,
        reused=False,
    )
    return Said(LeaseId("lease"), message)


class Clock:
    """A time of day that a test sets."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        return self.now


def test_with_time_only_the_cheapest_work_is_named() -> None:
    ask = Course(DEADLINE, Clock()).ask(POOLS, (), AGAIN_S)
    assert (ask.spot, ask.full) == ((CHEAP,), ())  # the slow one costs more for the same frames


def test_with_little_time_every_pool_is_named_and_then_the_full_price() -> None:
    clock = Clock()
    course = Course(DEADLINE, clock)
    clock.now = DEADLINE.at - timedelta(seconds=3600 + 3 * 240)
    ask = course.ask(POOLS, (), AGAIN_S)
    assert ask.spot == (CHEAP, SLOW, DEAR)
    assert ask.full == (CHEAP, DEAR, NONE), "the type that is cheapest on demand for its work"
    clock.now = DEADLINE.at - timedelta(seconds=3600 + 240)
    assert course.ask(POOLS, (), AGAIN_S).spot == ()


def test_the_full_price_is_not_paid_where_it_was_not_allowed() -> None:
    clock = Clock()
    course = Course(replace(DEADLINE, pays_in_full=False), clock)
    clock.now = DEADLINE.at - timedelta(seconds=600)
    ask = course.ask(POOLS, (), AGAIN_S)
    assert ask.full == ()
    assert set(ask.spot) == {CHEAP, DEAR, SLOW}


def test_what_is_done_gives_time_back() -> None:
    clock = Clock()
    course = Course(DEADLINE, clock)
    clock.now = DEADLINE.at - timedelta(seconds=3600 + 240)
    assert course.ask(POOLS, (), AGAIN_S).full
    for segment_id in list(SEGMENTS)[:72]:
        course.hear(stored(segment_id))
        course.hear(stored(segment_id))  # told twice, counted once
    assert not course.ask(POOLS, (), AGAIN_S).full


def test_an_earlier_runs_segments_are_not_counted_again() -> None:
    clock = Clock()
    done = frozenset(list(SEGMENTS)[:72])
    course = Course(replace(DEADLINE, stored=done), clock)
    clock.now = DEADLINE.at - timedelta(seconds=3600 + 240)
    assert not course.ask(POOLS, (), AGAIN_S).full


def test_several_instances_share_the_work() -> None:
    clock = Clock()
    course = Course(replace(DEADLINE, instances=4), clock)
    clock.now = DEADLINE.at - timedelta(seconds=3600 + 240)
    assert not course.ask(POOLS, (), AGAIN_S).full


def test_what_an_instance_really_does_counts_more_than_what_was_expected() -> None:
    clock = Clock()
    course, ledger = Course(DEADLINE, clock), (launched(0, BEGUN.isoformat()),)
    clock.now = DEADLINE.at - timedelta(hours=2)
    assert not course.ask(POOLS, ledger, AGAIN_S).full
    course.hear(Said(LeaseId("lease-0"), progress(0.1, done=1)))  # it just began
    assert not course.ask(POOLS, ledger, AGAIN_S).full
    course.hear(Said(LeaseId("lease-0"), progress(2.1, done=60)))
    assert course.ask(POOLS, ledger, AGAIN_S).full, "at half the pace there is no time left"


def progress(frames_per_s: float, done: int) -> Progress:
    return Progress(
        chunk_id=ChunkId("chunk"),
        segment_id=SegmentId("segment-0"),
        frames_done=done,
        frames_total=100,
        frames_per_s=frames_per_s,
    )


def test_a_type_whose_pace_nobody_knows_is_not_named() -> None:
    strange = pool("p9.huge", "a", "0.01", "9.00")
    ask = Course(DEADLINE, Clock()).ask((strange, CHEAP), (), AGAIN_S)
    assert ask.spot == (CHEAP,)
    assert Course(DEADLINE, Clock()).ask((strange,), (), AGAIN_S).spot == ()


def test_after_the_deadline_nothing_is_bought_for_it() -> None:
    clock = Clock()
    course = Course(DEADLINE, clock)
    assert course.is_due
    clock.now = DEADLINE.at
    assert not course.is_due


def test_what_was_lost_already_holds_bets_back() -> None:
    clock = Clock()
    course = Course(DEADLINE, clock)
    clock.now = BEGUN + timedelta(hours=2)
    assert course.ask(POOLS, lost(3), AGAIN_S).spot == (CHEAP,), "little money was lost"
    assert course.ask(POOLS, lost(20), AGAIN_S).spot == (), "no bet is left; on demand in time"


def lost(number: int) -> tuple[Line, ...]:
    """Return a ledger of so many instances that lived for five minutes and did nothing."""
    lines: list[Line] = []
    for each in range(number):
        begun = BEGUN + timedelta(seconds=300 * each)
        lines.append(launched(each, begun.isoformat()))
        end = (begun + timedelta(seconds=290)).isoformat()
        lines.append(EndedInstance(instance_id=f"i-{each}", how="lost", at=end))
    return tuple(lines)


def launched(number: int, at: str) -> Launched:
    return Launched(
        lease_id=f"lease-{number}",
        token=f"token-{number}",
        instance_id=f"i-{number}",
        instance_type="g6.xlarge",
        zone="a",
        region="us-east-2",
        market="spot",
        usd_per_hour=Decimal("0.10"),
        on_demand_usd_per_hour=Decimal("0.80"),
        at=at,
    )


def test_the_last_segments_leave_time_to_be_fetched_and_joined() -> None:
    assert due(BEGUN, 7200) == BEGUN + timedelta(seconds=7200 * 0.95 - 60)
    assert due(BEGUN, 10) == BEGUN


def bought(kind: str = "g6.xlarge") -> Launched:
    """Return an on-demand instance that works since an hour before the deadline's begin."""
    return Launched(
        lease_id="lease",
        token="t",  # noqa: S106  # none
        instance_id="i-1",
        instance_type=kind,
        zone="a",
        region="r",
        market="on-demand",
        usd_per_hour=Decimal("0.80"),
        on_demand_usd_per_hour=Decimal("0.80"),
        at=BEGUN.isoformat(),
    )


REST = Rest(
    frames=SEGMENTS,
    stored=frozenset(),
    frames_per_s={"g6.xlarge": 4.0, "g4dn.xlarge": 2.0},
    boot_s=240.0,
    instances=1,
)


def test_an_on_demand_instance_is_left_for_what_saves_more_than_its_boots() -> None:
    held = bought()
    course = Course(REST, Clock())
    assert course.cheaper(held, POOLS, (held,), AGAIN_S)[0] == CHEAP
    hardly = replace(DEAR, spot_usd_per_hour=Decimal("0.75"))
    assert course.cheaper(held, (hardly, NONE), (held,), AGAIN_S) == (), "saves too little"
    for each in list(SEGMENTS)[:-10]:  # four minutes are left, and a boot takes as long
        course.hear(stored(each))
    assert course.cheaper(held, POOLS, (held,), AGAIN_S) == ()


def test_a_spot_instance_is_not_left() -> None:
    held = replace(bought(), market="spot", usd_per_hour=Decimal("0.60"))
    assert Course(REST, Clock()).cheaper(held, POOLS, (held,), AGAIN_S) == ()


def test_what_was_bought_for_a_deadline_is_left_only_while_there_is_slack() -> None:
    held, clock = bought(), Clock()
    course = Course(DEADLINE, clock)
    assert course.cheaper(held, POOLS, (held,), AGAIN_S)[0] == CHEAP
    clock.now = DEADLINE.at - timedelta(seconds=3600 + 200)  # an hour of work, and no boot more
    assert course.cheaper(held, POOLS, (held,), AGAIN_S) == ()
