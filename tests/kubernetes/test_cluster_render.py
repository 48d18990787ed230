"""A render in a cluster whose pods may vanish gives the bytes of one that nobody disturbed."""

import threading
from dataclasses import replace

import pytest

from orchestrator import events
from orchestrator.fleet.kubernetes.line import QUEUE_PASSWORD
from orchestrator.fleet.kubernetes.run import in_a_cluster
from orchestrator.job import Phase
from orchestrator.jobs import journal_path
from orchestrator.journal import read_events
from orchestrator.runner import StopSignal, cancel, drive
from orchestrator.secrets import Secret
from tests.faults.stories import twin
from tests.kubernetes.image import NAME
from tests.kubernetes.kubelet import Image
from tests.kubernetes.rig import When, wait_for

pytestmark = pytest.mark.timeout(120)
FRAMES_A_SEGMENT = 10


def rendered(home, record):
    happened = read_events(journal_path(home, record.job_id))
    return sum(isinstance(e, events.SegmentFinished) and not e.reused for e in happened)


def test_an_undisturbed_render_gives_the_same_bytes_and_leaves_nothing(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=2)
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.check_whole(original, home, record)
    assert rig.mini.most_pods == 2
    assert outcome.last.interruptions == 0


def test_pods_that_are_evicted_shut_down_and_lost_are_replaced(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=2)
    mini = rig.mini

    def first(what):
        pod = mini.running()[0]
        what(pod["metadata"]["name"] if what == mini.evict else pod["spec"]["nodeName"])

    trouble = [
        When(20, lambda: first(mini.evict)),
        When(45, lambda: first(mini.lose_node)),
        When(75, lambda: first(mini.shut_down_node)),
    ]

    def watch(seen):
        for each in trouble:
            each(seen)

    outcome = drive(home, record.job_id, place_for=rig.place_for(), watch=watch)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert all(each.done for each in trouble)
    rig.check_whole(original, home, record)
    # Without a word at most the segment in hand is rendered again, with a notice none is.
    assert rendered(home, record) <= 12 + 1
    assert outcome.last.interruptions >= 3
    # Drains and lost nodes are nobody's failure; a pod that was ended before it began may be one.
    counted = {each.removesuffix(": Count") for each in mini.history if each.endswith(": Count")}
    drained = {each.split()[0] for each in mini.history if each.endswith(" ended with 4")}
    assert not counted & drained, mini.history


def test_where_spot_has_no_node_a_few_on_demand_pods_stand_in(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=2)
    with rig.mini.lock:
        rig.mini.nodes = {n: node for n, node in rig.mini.nodes.items() if n.startswith("plain")}
    rig.wanted = replace(rig.wanted, fall_back=True)
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.check_whole(original, home, record)
    assert rig.mini.most_pods == 1


def test_without_a_node_for_it_a_job_says_so_and_can_be_cancelled(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=1)
    with rig.mini.lock:
        rig.mini.nodes.clear()
    place_for = rig.place_for()
    outcome = drive(home, record.job_id, place_for=place_for)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "no_node"
    assert "nodes are available" in outcome.last.fault.sentence
    assert cancel(home, record.job_id)
    place_for(home, record, 1).tidy()
    rig.check_nothing_is_left()


@pytest.mark.parametrize(
    ("script", "reason"),
    [("exit 2", "worker_misconfigured"), ("echo broken; exit 1", "workers_die")],
)
def test_agents_that_fail_by_their_own_fault_end_the_job(rig, original, tmp_path, script, reason):
    home, record = twin(original, tmp_path / "run", workers=2)
    rig.mini.images[NAME] = Image(["/bin/sh", "-c", script], {"PATH": "/bin"}, {})
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == reason, outcome.last.fault
    assert not rig.mini.running()


def test_an_image_that_cannot_be_had_is_named(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=1)
    rig.mini.images.clear()
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.fault.reason == "pods_do_not_start"
    assert "ErrImagePull" in outcome.last.fault.sentence


def test_an_image_of_another_version_is_not_worked_with(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=1)
    folder = next(
        path for at, path in rig.mini.images[NAME].layers.items() if at.endswith("remote_worker")
    )
    (folder / "lines.py").write_text((folder / "lines.py").read_text() + "# another version\n")
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.fault.reason == "worker_unfit"


def test_pods_go_on_without_the_desktop_which_takes_them_over_when_it_is_back(
    rig, original, tmp_path
):
    home, record = twin(original, tmp_path / "run", workers=2)
    stop = StopSignal()
    outcome = drive(
        home, record.job_id, place_for=rig.place_for(), stop=stop, watch=When(30, stop.leave)
    )
    assert not outcome.last.phase.is_terminal
    assert rig.mini.running()
    rig.mini.evict(rig.mini.running()[0]["metadata"]["name"])  # the cluster replaces it by itself
    wait_for(lambda: any(each.endswith(": Ignore") for each in rig.mini.history))
    wait_for(lambda: len(rig.mini.running()) == 2)
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.check_whole(original, home, record)


def test_pods_take_from_rabbitmq_and_keep_segments_on_a_volume(rabbit, rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=2)
    volume = tmp_path / "volume"
    volume.mkdir()
    claim = {"metadata": {"name": "films"}, "folder": str(volume)}
    rig.mini.objects[("PersistentVolumeClaim", "films")] = claim
    chosen = replace(
        rig.cluster,
        store="claim",
        claim="films",
        claim_folder=str(volume),
        queue="rabbitmq",
        queue_endpoint_url=rabbit.place("any").url,
    )
    keys = {QUEUE_PASSWORD: Secret((rabbit.folder / "password").read_text())}
    place_for = in_a_cluster(rig.api, chosen, keys, rig.wanted)
    evict = When(40, lambda: rig.mini.evict(rig.mini.running()[0]["metadata"]["name"]))
    outcome = drive(home, record.job_id, place_for=place_for, watch=evict)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.check_whole(original, home, record)
    assert evict.done
    assert not list((volume / "jobs").iterdir())


def test_a_cluster_that_is_away_for_a_while_is_waited_for(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=2)

    def go_away():
        rig.mini.away = True
        threading.Timer(1.5, lambda: setattr(rig.mini, "away", False)).start()

    outcome = drive(
        home, record.job_id, place_for=rig.place_for(), watch=When(FRAMES_A_SEGMENT, go_away)
    )
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.check_whole(original, home, record)
