"""How many pods there are follows the queue, and the fallback stands in only where it must."""

import pytest

from orchestrator.fleet.kubernetes.scale import PoolSeen, Targets, targets
from remote_worker.queues import Depth

NONE = PoolSeen()


def asked(wanted, waiting, claimed=0, spot=NONE, on_demand=NONE, most=2):
    depth = Depth(waiting=waiting, claimed=claimed, dead=0)
    return targets(wanted, depth, spot, on_demand, most_on_demand=most, patience_s=300)


@pytest.mark.parametrize(
    ("wanted", "waiting", "claimed", "pods"),
    [(0, 5, 0, 0), (4, 9, 0, 4), (4, 1, 1, 2), (4, 0, 0, 1), (200, 1_000_000, 200, 200)],
)
def test_there_are_as_many_pods_as_chunks_and_no_more_than_wanted(wanted, waiting, claimed, pods):
    assert asked(wanted, waiting, claimed) == Targets(spot=pods)


def test_while_nobody_knows_the_queue_all_that_is_wanted_is_asked_for():
    assert targets(3, None, NONE, NONE, most_on_demand=0) == Targets(spot=3)


def test_a_pod_that_runs_is_not_ended_for_being_one_too_many():
    assert asked(4, 1, spot=PoolSeen(running=3)) == Targets(spot=3)


def test_the_fallback_waits_until_spot_has_had_its_time():
    early = PoolSeen(running=1, pending=3, waits_s=299)
    late = PoolSeen(running=1, pending=3, waits_s=300)
    assert asked(4, 9, spot=early).on_demand == 0
    assert asked(4, 9, spot=late) == Targets(spot=4, on_demand=2)


def test_the_fallback_stays_while_spot_lacks_and_goes_when_it_has_enough():
    some = PoolSeen(running=2)
    again = PoolSeen(running=2, pending=2, waits_s=1)
    assert asked(4, 9, spot=again, on_demand=some).on_demand == 2
    assert asked(4, 9, spot=PoolSeen(running=4), on_demand=some).on_demand == 0


def test_without_a_fallback_there_is_none():
    late = PoolSeen(pending=3, waits_s=9999)
    assert asked(3, 9, spot=late, most=0).on_demand == 0
