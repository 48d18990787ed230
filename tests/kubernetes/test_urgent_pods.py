"""Urgent jobs take the room of others in a cluster, which lose nothing, and go on after them."""

import json
import threading
from dataclasses import replace

import pytest
import yaml

from orchestrator.cli.main import main
from orchestrator.cloud_errors import CloudRefused
from orchestrator.desk.elsewhere import write_where
from orchestrator.desk.entries import Where
from orchestrator.errors import SecondUnitError
from orchestrator.fleet.kubernetes.cluster import Cluster, at_urgency, load_clusters, save_clusters
from orchestrator.fleet.kubernetes.line import line_of
from orchestrator.fleet.kubernetes.urgency import lacking_classes, priorities, require_class
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import read_record, set_urgent
from orchestrator.runner import drive
from remote_worker.contract.records import JobId
from tests.faults.stories import twin
from tests.kubernetes.rig import KEYS, When
from tests.kubernetes.rules import problems

pytestmark = pytest.mark.timeout(120)
CLASSES = {"priority_class": "secondunit-batch", "urgent_priority_class": "secondunit-urgent"}


def have_class(mini, name, value, **more):
    made = {"kind": "PriorityClass", "metadata": {"name": name}, "value": value, **more}
    mini.objects[("PriorityClass", name)] = made


def have_classes(rig):
    """Have the cluster's owner apply what is printed for them."""
    for each in lacking_classes(rig.api, rig.cluster):
        rig.api.create(each)


# -- the story -----------------------------------------------------------------------------


def test_an_urgent_render_takes_the_pods_of_another_and_both_come_out_whole(
    rig, original, tmp_path
):
    mini = rig.mini
    have_classes(rig)
    with mini.lock:
        mini.nodes = {name: mini.nodes[name] for name in ("spot-0", "spot-1")}
    batch_home, batch = twin(original, tmp_path / "batch", workers=2)
    urgent_home, urgent = _urgent_twin(original, tmp_path / "urgent")
    place_for = rig.place_for(**CLASSES)
    ended = []

    def render(home, record, watch=None):
        outcome = drive(home, record.job_id, place_for=place_for, watch=watch)
        ended.append((record.job_id, outcome))

    other = threading.Thread(target=render, args=(urgent_home, urgent))
    begin = When(20, other.start)
    render(batch_home, batch, begin)
    assert begin.done
    other.join(60)
    assert [name for name, _ in ended] == [urgent.job_id, batch.job_id], "urgent comes first"
    for (_, outcome), (home, record) in zip(
        ended, ((urgent_home, urgent), (batch_home, batch)), strict=True
    ):
        assert outcome.last.phase is Phase.DONE, outcome.last.fault
        rig.check_video(original, home, record)
    rig.check_nothing_is_left()
    made_room = [each.split()[0] for each in mini.history if each.endswith("made room")]
    assert made_room
    assert all(str(batch.job_id) in each for each in made_room)
    assert not any(f"{each}: Count" in mini.history for each in made_room), "nobody's failure"
    assert ended[1][1].last.segments_rendered == 12, "each was drained: none is rendered twice"


def _urgent_twin(original, folder):
    """Return the same job again, urgent and of another name."""
    home, record = twin(original, folder, workers=2)
    renamed = type(record.job_id)(f"{record.job_id}u")
    path = home.job(record.job_id)
    text = (path / "job.json").read_text().replace(f'"{record.job_id}"', f'"{renamed}"')
    (path / "job.json").write_text(text)
    path.rename(home.job(renamed))
    set_urgent(home, renamed, urgent=True)
    return home, read_record(home, renamed)


# -- what is chosen ------------------------------------------------------------------------


def test_clusters_of_before_are_still_read(tmp_path):
    home = Home(tmp_path)
    save_clusters(home, (Cluster(context="studio", priority_class="low"),))
    path = tmp_path / "clusters.json"
    plain = json.loads(path.read_text())
    del plain["clusters"][0]["urgent_priority_class"]
    path.write_text(json.dumps(plain))
    assert load_clusters(home) == (Cluster(context="studio", priority_class="low"),)


def test_only_urgent_jobs_have_the_urgent_class_and_without_one_they_have_that_of_all():
    both = Cluster(context="studio", **CLASSES)
    assert at_urgency(both, urgent=True).priority_class == "secondunit-urgent"
    assert at_urgency(both, urgent=False).priority_class == "secondunit-batch"
    one = Cluster(context="studio", priority_class="low")
    assert at_urgency(one, urgent=True).priority_class == "low"


# -- what the cluster has ------------------------------------------------------------------


def test_what_is_printed_is_sound_and_takes_room_from_nobody_elses_pods(rig):
    found = lacking_classes(rig.api, rig.cluster)
    assert [problems(each) for each in found] == [[], []]
    assert [each["value"] for each in found] == [-5, 0]
    assert not any(each["globalDefault"] for each in found)


def test_a_class_that_is_there_is_left_and_the_other_one_fits_it(rig):
    have_class(rig.mini, "low", 1000)
    chosen = replace(rig.cluster, priority_class="low")
    (made,) = lacking_classes(rig.api, chosen)
    assert (made["metadata"]["name"], made["value"]) == ("secondunit-urgent", 1001)
    have_class(rig.mini, "secondunit-urgent", -7)
    (made,) = lacking_classes(rig.api, rig.cluster)
    assert (made["metadata"]["name"], made["value"]) == ("secondunit-batch", -8)


def test_who_may_not_look_is_given_both_classes_and_is_not_refused(rig):
    rig.mini.forbidden = {("get", "priorityclasses")}
    assert len(lacking_classes(rig.api, rig.cluster)) == 2
    require_class(rig.api, "secondunit-urgent")
    found = priorities(rig.api, replace(rig.cluster, **CLASSES))
    assert (found.state, found.found.split()[:2]) == ("note", ["may", "not"])


def test_a_class_that_is_not_there_is_said_before_anything_is_made(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=1)
    with pytest.raises(SecondUnitError, match="no PriorityClass secondunit-batch") as refused:
        rig.place_for(**CLASSES)(home, record, 1)
    assert isinstance(refused.value, CloudRefused)
    assert "kubernetes priority-classes" in refused.value.advice
    assert not rig.mini.left()
    line_of(rig.cluster, record.job_id, KEYS, hold_s=1.0).queue.remove()
    rig.check_nothing_is_left()


@pytest.mark.parametrize(
    ("there", "state", "said"),
    [
        ({"secondunit-batch": -5, "secondunit-urgent": 0}, "good", "secondunit-urgent (0)"),
        ({"secondunit-batch": -5}, "missing", "no PriorityClass secondunit-urgent"),
        ({}, "missing", "secondunit-batch and no secondunit-urgent"),
        ({"secondunit-batch": 5, "secondunit-urgent": 5}, "note", "do not go first"),
    ],
)
def test_the_doctor_says_whether_urgent_jobs_go_first(rig, there, state, said):
    for name, value in there.items():
        have_class(rig.mini, name, value)
    found = priorities(rig.api, replace(rig.cluster, **CLASSES))
    assert (found.state, said in found.found) == (state, True), found


def test_the_doctor_says_that_urgent_jobs_wait_or_have_no_one_below_them(rig):
    have_class(rig.mini, "soon", 10, preemptionPolicy="Never")
    only = replace(rig.cluster, urgent_priority_class="soon")
    assert "wait for room" in priorities(rig.api, only).found
    have_class(rig.mini, "soon", 0)
    assert "smaller value for all others" in priorities(rig.api, only).advice


def test_from_a_terminal_classes_are_printed_applied_and_used(
    rig, original, tmp_path, monkeypatch, capsys
):
    home, record = _urgent_twin(original, tmp_path / "run")
    monkeypatch.setenv("SECONDUNIT_HOME", str(home.root))
    save_clusters(home, (replace(rig.cluster, **CLASSES),))
    assert main(["kubernetes", "doctor", "--json"]) == 5
    capsys.readouterr()
    assert main(["kubernetes", "priority-classes"]) == 0
    printed = capsys.readouterr()
    assert "--urgent-priority-class secondunit-urgent" in printed.err
    for each in yaml.safe_load_all(printed.out):
        rig.api.create(each)
    assert main(["kubernetes", "priority-classes"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["kubernetes", "doctor", "--json"]) == 0
    write_where(home, record.job_id, Where(kind="kubernetes", cluster="studio"))
    capsys.readouterr()
    assert main(["manifest", record.job_id, "--validate"]) == 0
    _, job, *_ = yaml.safe_load_all(capsys.readouterr().out)
    assert job["spec"]["template"]["spec"]["priorityClassName"] == "secondunit-urgent"
    set_urgent(home, record.job_id, urgent=False)
    for typed, name in (([], "secondunit-batch"), (["--urgent"], "secondunit-urgent")):
        assert main(["manifest", record.job_id, *typed]) == 0
        _, job, *_ = yaml.safe_load_all(capsys.readouterr().out)
        assert job["spec"]["template"]["spec"]["priorityClassName"] == name
    assert main(["cancel", record.job_id]) == 0
    rig.check_nothing_is_left()


# -- queues --------------------------------------------------------------------------------


def test_a_jobs_own_queue_takes_what_is_urgent_though_it_has_no_queue_for_it(rig):
    line = line_of(rig.cluster, JobId("20260101-000000-beef"), KEYS, hold_s=5.0)
    try:
        assert line.queue.make().urgent_url == ""
        queue = line.queue.open(quick=False)
        queue.send("a", message_id="a", urgent=True)
        assert queue.depth().waiting == 1
        claim = queue.claim(wait_s=1.0, hold_s=5.0)
        assert claim is not None
        assert claim.body == "a"
        queue.acknowledge(claim)
    finally:
        line.queue.remove()
    rig.check_nothing_is_left()
