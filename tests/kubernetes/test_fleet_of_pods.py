"""The fleet gives leases to pods, ends those that fell silent, and is not fooled by old ones."""

import threading
import time
from dataclasses import replace

import pytest

from orchestrator.cloud_errors import CloudUnreachable, PermissionMissing
from orchestrator.events import LeaseId
from orchestrator.fleet import Gone, Refused, Said
from orchestrator.fleet.kubernetes.fleet import Choice, KubernetesFleet, Patience
from orchestrator.fleet.kubernetes.seen import OUTRANKED, PodSeen
from remote_worker.contract.messages import Drain, Finish, Hello, Notice, encode
from remote_worker.queues import Depth
from tests.kubernetes.kubelet import stamp
from tests.kubernetes.rig import wait_for

HELLO = Hello(
    agent_id="a", contract_version=1, worker_digest="d", build="b", cpu_count=1, memory_bytes=1,
    gpu="",
)  # fmt: skip
QUICK = Patience(
    look_s=0.02, silent_s=0.5, last_words_s=0.2, node_s=0.3, hopeless_s=0.1, away_s=0.3
)


class Cluster:
    """Pods on paper: what they say, and what is done to them."""

    def __init__(self):
        self.pods = {}
        self.said = {}
        self.done = []
        self.looks = 0
        self.error = None
        self.log_error = None
        self.lock = threading.Lock()
        self.api = self

    def run(self, name, *words, **changed):
        with self.lock:
            self.pods[name] = PodSeen(
                name=name, uid=name, **{"pool": "spot", "round": 1, "state": "running", **changed}
            )
            self.said[name] = list(words)

    def change(self, name, **changed):
        with self.lock:
            self.pods[name] = replace(self.pods[name], **changed)

    # -- as Pools

    def look(self):
        self.looks += 1
        if self.error is not None:
            raise self.error
        with self.lock:
            return tuple(self.pods.values())

    def have(self, pool, target, alive, given_up):
        if not self.done or self.done[-1] != (pool, target, len(given_up)):
            self.done.append((pool, target, len(given_up)))

    def broken(self):
        return None

    def end_pod(self, name, within_s):
        self.done.append(("end", name, within_s))

    def give_up_pod(self, name):
        self.done.append(("give up", name))
        self.change(name, ending=True)

    def end(self):
        self.done.append(("end all",))

    # -- as Api

    def lines(self, pod, *, since_s, silent_s):
        if self.log_error is not None:
            raise self.log_error
        for number, word in enumerate(self.said[pod]):
            yield f"{stamp(1_800_000_000 + number)} {encode(word).strip()}"


@pytest.fixture
def cluster():
    return Cluster()


@pytest.fixture
def heard():
    return []


@pytest.fixture
def fleet(cluster, heard):
    choice = Choice(worker_digest="d", build="b", patience=QUICK)
    depth = lambda: Depth(waiting=9, claimed=0, dead=0)  # noqa: E731  # a queue that is never empty
    made = KubernetesFleet(cluster, depth, choice, heard.append)
    yield made
    made.close()


def told(heard, kind):
    return [each for each in heard if isinstance(each, kind)]


def test_pods_get_the_leases_that_waited_longest(fleet, cluster, heard):
    for number in (1, 2):
        fleet.request(LeaseId(f"lease-{number}"))
    wait_for(lambda: ("spot", 2, 0) in cluster.done)
    cluster.run("b", HELLO)
    wait_for(lambda: told(heard, Said))
    cluster.run("a", HELLO)
    wait_for(lambda: len(told(heard, Said)) == 2)
    assert [each.lease_id for each in told(heard, Said)] == ["lease-1", "lease-2"]


def test_a_pod_that_fell_silent_is_given_up_and_made_up_for(fleet, cluster, heard):
    fleet.request(LeaseId("lease-1"))
    cluster.run("a", HELLO)
    wait_for(lambda: told(heard, Gone))
    assert not told(heard, Gone)[0].orderly
    assert ("give up", "a") in cluster.done
    fleet.request(LeaseId("lease-2"))
    wait_for(lambda: ("spot", 1, 1) in cluster.done)


def test_a_pod_beyond_the_leases_works_and_gets_the_next_one(fleet, cluster, heard):
    fleet.request(LeaseId("lease-1"))
    cluster.run("a", HELLO)
    wait_for(lambda: told(heard, Said))
    cluster.run("b", HELLO)
    wait_for(lambda: len(told(heard, Said)) == 2)
    assert told(heard, Said)[1].lease_id == "pod-b"
    fleet.request(LeaseId("lease-2"))
    wait_for(lambda: len(told(heard, Said)) == 3)
    assert told(heard, Said)[2] == Said(LeaseId("lease-2"), HELLO)


def test_pods_that_ended_before_this_run_are_nobodys(fleet, cluster, heard):
    cluster.run("old", HELLO, state="ended", exit_code=1)
    fleet.request(LeaseId("lease-1"))
    wait_for(lambda: ("spot", 1, 0) in cluster.done)
    cluster.run("quick", state="ended", exit_code=1, reason="Error")
    wait_for(lambda: told(heard, Gone))
    assert told(heard, Gone)[0].lease_id == "lease-1"
    assert "exit code 1" in told(heard, Gone)[0].last_words


def test_a_notice_of_ours_is_not_told_and_one_of_the_platforms_is(fleet, cluster, heard):
    for number in (1, 2):
        fleet.request(LeaseId(f"lease-{number}"))
    cluster.run("a", HELLO, Notice(grace_s=12.0))
    wait_for(lambda: len(told(heard, Said)) == 2)
    assert told(heard, Said)[1].message == Notice(grace_s=12.0)
    cluster.change("a", state="ended", exit_code=4)
    wait_for(lambda: told(heard, Gone))
    assert told(heard, Gone)[0].how == "interrupted"


def test_pods_whose_room_more_urgent_ones_took_are_waited_for(cluster, heard):
    now_s = [0.0]
    choice = Choice(worker_digest="d", build="b", patience=replace(QUICK, outranked_s=7200.0))
    fleet = KubernetesFleet(
        cluster, lambda: Depth(9, 0, 0), choice, heard.append, clock=lambda: now_s[0]
    )
    try:
        fleet.request(LeaseId("lease-1"))
        cluster.run("a", HELLO)
        wait_for(lambda: told(heard, Said))
        cluster.change("a", ending=True, disrupted=True, reason=OUTRANKED)
        looked = cluster.looks
        wait_for(lambda: cluster.looks > looked + 1)
        cluster.change("a", state="ended", exit_code=4)
        cluster.run("b", state="pending", reason="Unschedulable")
        wait_for(lambda: told(heard, Gone))
        assert told(heard, Gone)[0].how == "interrupted"
        fleet.request(LeaseId("lease-2"))
        now_s[0], looked = 3600.0, cluster.looks
        wait_for(lambda: cluster.looks > looked + 2)
        assert not told(heard, Refused)
        now_s[0] = 7300.0
        wait_for(lambda: told(heard, Refused))
        assert told(heard, Refused)[0].fault.reason == "no_node"
    finally:
        fleet.close()


def test_a_cluster_that_makes_no_pods_is_said_so_in_the_end(cluster, heard):
    now_s = [0.0]
    patience = replace(QUICK, silent_s=1e9, node_s=1e9, podless_s=1800.0)
    choice = Choice(worker_digest="d", build="b", patience=patience)
    fleet = KubernetesFleet(
        cluster, lambda: Depth(9, 0, 0), choice, heard.append, clock=lambda: now_s[0]
    )
    try:
        fleet.request(LeaseId("lease-1"))
        wait_for(lambda: cluster.looks > 2)
        cluster.run("a", state="pending")
        now_s[0], looked = 1000.0, cluster.looks
        wait_for(lambda: cluster.looks > looked + 2)
        with cluster.lock:
            cluster.pods.clear()
        looked = cluster.looks
        wait_for(lambda: cluster.looks > looked + 2)
        now_s[0], looked = 2500.0, cluster.looks
        wait_for(lambda: cluster.looks > looked + 2)
        assert not told(heard, Refused), "it had one meanwhile"
        now_s[0] = 2900.0
        wait_for(lambda: told(heard, Refused))
        assert told(heard, Refused)[0].fault.reason == "no_pods"
    finally:
        fleet.close()


def test_orders_end_pods_and_a_lease_without_one_is_gone_at_once(fleet, cluster, heard):
    for number in (1, 2):
        fleet.request(LeaseId(f"lease-{number}"))
    cluster.run("a", HELLO)
    wait_for(lambda: told(heard, Said))
    fleet.order(LeaseId("lease-2"), Finish())
    assert told(heard, Gone) == [
        Gone(LeaseId("lease-2"), orderly=True, last_words="not needed any more")
    ]
    fleet.order(LeaseId("lease-1"), Drain(grace_s=5.0))
    wait_for(lambda: ("end", "a", 5.0) in cluster.done)
    assert cluster.done.index(("spot", 0, 0)) < cluster.done.index(("end", "a", 5.0))


def test_an_agent_of_another_build_is_ended_and_said_so(fleet, cluster, heard):
    fleet.request(LeaseId("lease-1"))
    cluster.run("a", replace(HELLO, build="another"))
    wait_for(lambda: told(heard, Refused))
    assert told(heard, Refused)[0].fault.reason == "worker_unfit"
    wait_for(lambda: any(each[:2] == ("end", "a") for each in cluster.done))


def test_a_cluster_that_stays_away_refuses_what_waits(fleet, cluster, heard):
    cluster.error = CloudUnreachable("The cluster does not answer.", "")
    fleet.request(LeaseId("lease-1"))
    wait_for(lambda: told(heard, Refused))
    assert told(heard, Refused)[0].fault.reason == "cloud_unreachable"


def test_logs_that_may_not_be_read_are_said_at_once(fleet, cluster, heard):
    cluster.log_error = PermissionMissing("The cluster does not let you: logs.", "", "Forbidden")
    fleet.request(LeaseId("lease-1"))
    cluster.run("a")
    wait_for(lambda: told(heard, Refused))
    assert told(heard, Refused)[0].fault.reason == "permission_missing"


def test_to_leave_ends_nothing(cluster, heard):
    choice = Choice(worker_digest="d", build="b", patience=QUICK)
    fleet = KubernetesFleet(cluster, lambda: Depth(1, 0, 0), choice, heard.append)
    fleet.request(LeaseId("lease-1"))
    cluster.run("a", HELLO)
    wait_for(lambda: told(heard, Said))
    began_s = time.monotonic()
    fleet.leave()
    assert time.monotonic() - began_s < 10
    assert not [each for each in cluster.done if "end" in each[0]]
