"""A render whose Jobs somebody else applies ends as any other, and never touches the cluster."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from io import StringIO
from pathlib import Path

import boto3
import pytest
import yaml

from orchestrator.cli.arguments import parse
from orchestrator.cli.driving import Asking
from orchestrator.cli.elsewhere import where_of
from orchestrator.cli.main import main
from orchestrator.cli.report import PlainReporter
from orchestrator.cloud import Cloud
from orchestrator.desk.elsewhere import write_where
from orchestrator.desk.entries import Where
from orchestrator.desk.rented import Asks
from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes.api import Api, Exists
from orchestrator.fleet.kubernetes.applied import require_by_reference
from orchestrator.fleet.kubernetes.cluster import Cluster, save_clusters
from orchestrator.fleet.kubernetes.handover import Counts, Handover, read_applied
from orchestrator.fleet.kubernetes.line import QUEUE_PASSWORD
from orchestrator.fleet.kubernetes.machines import Pods
from orchestrator.fleet.kubernetes.others import Waiting
from orchestrator.fleet.kubernetes.run import Wanted, outfit_for_checks
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import read_state
from orchestrator.runner import cancel, drive
from orchestrator.secrets import Secret
from tests.faults.stories import codes_in, twin
from tests.kubernetes.rig import BUCKET, KEYS, PACE, QUICK, REGION, wait_for
from tests.kubernetes.server import NAMESPACE, OWNER_TOKEN

pytestmark = pytest.mark.timeout(120)
NAMED = "studio-keys"
SECRET = {"AWS_ACCESS_KEY_ID": "dGVzdGluZw==", "AWS_SECRET_ACCESS_KEY": "dGVzdGluZw=="}
WRITES = {
    (verb, what)
    for verb in ("create", "patch", "delete")
    for what in ("jobs", "pods", "configmaps", "secrets")
}
READS = {
    (verb, what)
    for verb in ("get", "list")
    for what in ("jobs", "configmaps", "secrets", "persistentvolumeclaims", "serviceaccounts")
}
BLIND = {("list", "pods"), ("get", "pods"), ("get", "pods/log")}
WAITING = Waiting(look_s=0.3, apply_s=20.0, again_s=1.0, silent_s=20.0)
WANTED = Wanted(pace=replace(PACE, summary_s=0.5), patience=QUICK, waiting=WAITING)


class Owner:
    """Whoever applies what lies in a folder, with rights of their own, as a GitOps agent does."""

    def __init__(self, mini, kubeconfig, folder, monkeypatch):
        self.mini, self.folder = mini, folder
        mine = mini.write_kubeconfig(kubeconfig.with_name("owner"), "owner", token=OWNER_TOKEN)
        monkeypatch.setenv("KUBECONFIG", str(mine))
        self.api = Api("owner", NAMESPACE)
        monkeypatch.setenv("KUBECONFIG", str(kubeconfig))
        folder.mkdir()

    def apply(self):
        """Apply every file; an object that is there already stays, as it says the same."""
        (path,) = self.folder.iterdir()
        for manifest in yaml.safe_load_all(path.read_text()):
            try:
                self.api.create(manifest)
            except Exists:
                there = self.api.get(manifest["kind"], manifest["metadata"]["name"])
                assert there.get("data") == manifest.get("data")

    def jobs(self):
        return [name for kind, name in self.mini.objects if kind == "Job"]


@pytest.fixture
def owner(rig, tmp_path, monkeypatch):
    secret = {"kind": "Secret", "metadata": {"name": NAMED}, "data": SECRET}
    rig.mini.objects[("Secret", NAMED)] = secret
    rig.mini.forbidden = WRITES | READS
    return Owner(rig.mini, tmp_path / "kubeconfig", tmp_path / "git", monkeypatch)


@pytest.fixture
def story(rig, owner, original, tmp_path, monkeypatch):
    """A job that is to be rendered so, its home, and its pods."""
    home, record = twin(original, tmp_path / "run", workers=2)
    monkeypatch.setenv("SECONDUNIT_HOME", str(home.root))
    save_clusters(home, (replace(rig.cluster, secret=NAMED, applied_by="others"),))
    where = Where(kind="kubernetes", instances=1, manifests=str(owner.folder))
    write_where(home, record.job_id, replace(where, instances=2))
    return home, record, Pods(home, Cloud(home).secrets, where, wanted=WANTED)


class Asked:
    """Sees what is asked for, as the window and the terminal do, and does something about it."""

    def __init__(self, pods, home, record, **do):
        self._pods, self._home, self._job_id, self._do = pods, home, record.job_id, do
        self.seen = []

    def __call__(self, now):
        asks = self._pods.seen(self._home, self._job_id, now).asks
        if asks is None or (self.seen and self.seen[-1] == asks):
            return
        self.seen.append(asks)
        if (act := self._do.get(asks.what.replace(" ", "_"))) is not None:
            threading.Thread(target=act).start()

    def what(self):
        return [each.what for each in self.seen]


def check_whole(rig, original, home, record):
    """Check the video, and that only what the owner applied is left, which does nothing."""
    output = Path(record.request.output_path)
    assert read_state(home, record.job_id).job.phase is Phase.DONE
    assert hashlib.sha256(output.read_bytes()).hexdigest() == original.digest, "other bytes"
    shown = list(codes_in(output, original.band_px))
    assert shown == list(range(record.plan.work.frame_count)), "a frame is lost or moved"
    check_only_the_owners_is_left(rig)


def check_only_the_owners_is_left(rig):
    wait_for(lambda: not rig.mini.running(), within_s=30)
    sqs = boto3.client("sqs", endpoint_url=rig.services, region_name=REGION)
    assert not sqs.list_queues().get("QueueUrls")
    s3 = boto3.client("s3", endpoint_url=rig.services, region_name=REGION)
    kept = s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    assert not kept, [each["Key"] for each in kept]
    asked = {method for method, path in rig.mini.calls if "selfsubject" not in path}
    assert asked <= {"GET"}, "it tried to change something"


def test_a_render_that_others_apply_survives_the_death_of_the_app(
    rig, owner, story, original, capsys
):
    home, record, _ = story
    command = [sys.executable, "-m", "orchestrator.cli.main", "resume", record.job_id, "--json"]

    def begin(output):
        return subprocess.Popen(command, stdout=output, env=dict(os.environ))

    said = home.root / "said.txt"
    with said.open("wb") as output:
        app = begin(output)
    try:
        wait_for(lambda: list(owner.folder.iterdir()), within_s=60)
        assert not rig.mini.running(), "nobody applied anything yet"
        owner.apply()
        wait_for(lambda: len(rig.mini.running()) == 2, within_s=30)
        wait_for(lambda: list((home.store / "segments").glob("*")), within_s=30)
    finally:
        app.send_signal(signal.SIGKILL)
        app.wait(10)
    assert "for somebody to apply" in said.read_text()
    assert len(rig.mini.running()) == 2, "pods do without it"
    assert main(["resume", record.job_id, "--json"]) == 0
    check_whole(rig, original, home, record)
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    words = " ".join(line["say"] for line in lines if "say" in line)
    assert f"take {next(owner.folder.iterdir())} away" in words
    assert [line for line in rig.mini.history if "ended with" in line] == [
        f"{name} ended with 0" for name in sorted_pods(rig)
    ], "every agent ended well, and by itself"
    assert len(owner.jobs()) == 1, "it is its owner's to remove"


def sorted_pods(rig):
    return [line.split()[0] for line in rig.mini.history if "ended with" in line]


def test_without_a_way_into_the_cluster_store_and_queue_are_enough(
    rig, owner, story, original, tmp_path, monkeypatch
):
    home, record, _ = story
    monkeypatch.setenv("KUBECONFIG", str(tmp_path / "none"))
    where = Where(kind="kubernetes", instances=1, manifests=str(owner.folder))
    pods = Pods(home, Cloud(home).secrets, where, wanted=WANTED)
    asked = Asked(pods, home, record, apply=owner.apply)
    most = []

    def watch(now):
        asked(now)
        most.append((len(now.leases), now.frames_done))

    outcome = drive(home, record.job_id, place_for=pods.place, watch=watch)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert asked.what() == ["apply"]
    assert not asked.seen[0].sees_pods
    assert any(0 < done < record.plan.work.frame_count for _, done in most), "it shows how far"
    assert outcome.last.segments_rendered == 12
    assert not rig.mini.calls
    check_whole(rig, original, home, record)


def test_jobs_that_are_over_too_early_are_asked_for_again_by_another_name(
    rig, owner, story, original
):
    home, record, pods = story

    def lose():
        owner.apply()
        wait_for(lambda: list((home.store / "segments").glob("*")), within_s=30)
        for name in owner.jobs():
            owner.api.delete("Job", name)

    asked = Asked(pods, home, record, apply=lose, apply_again=owner.apply)
    outcome = drive(home, record.job_id, place_for=pods.place, watch=asked)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert asked.what() == ["apply", "apply again"]
    assert owner.jobs() == [f"secondunit-{record.job_id}-spot-2"]
    check_whole(rig, original, home, record)


def test_where_nobody_applies_them_it_says_so_and_can_be_cancelled(rig, owner, story, capsys):
    home, record, pods = story
    pods = Pods(
        home,
        Cloud(home).secrets,
        Where(kind="kubernetes", instances=2, manifests=str(owner.folder)),
        wanted=replace(WANTED, waiting=replace(WAITING, apply_s=1.0)),
    )
    outcome = drive(home, record.job_id, place_for=pods.place)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "nobody_applied"
    assert cancel(home, record.job_id)
    pods.clear(home, record.job_id)
    check_only_the_owners_is_left(rig)
    assert not owner.jobs()


def test_pods_of_a_job_that_is_cancelled_find_no_queue_and_end(rig, owner, story):
    home, record, pods = story
    seen = threading.Event()
    asked = Asked(pods, home, record, apply=owner.apply)

    def watch(now):
        asked(now)
        if now.frames_done > 20 and not seen.is_set():
            seen.set()
            cancel(home, record.job_id)

    outcome = drive(home, record.job_id, place_for=pods.place, watch=watch)
    assert outcome.last.phase is Phase.CANCELLED
    check_only_the_owners_is_left(rig)
    ended = [line for line in rig.mini.history if "ended with" in line]
    assert len(ended) == 1
    assert all(line.endswith("with 0") for line in ended), ended


def test_a_file_that_says_the_same_is_left_alone_and_a_changed_job_gets_another_name(
    rig, owner, story
):
    home, record, pods = story
    place = pods.place(home, record, 1)
    (path,) = owner.folder.iterdir()
    before = path.stat().st_mtime_ns
    pods.place(home, record, 2)
    assert path.stat().st_mtime_ns == before
    save_clusters(home, (replace(rig.cluster, secret=NAMED, memory="24Gi"),))
    again = Pods(home, Cloud(home).secrets, Where(manifests=str(owner.folder)), wanted=WANTED)
    again.place(home, record, 3)
    assert f"{record.job_id}-spot-2" in path.read_text()
    assert read_applied(home, record.job_id).by == "others", "as it began"
    place.tidy()
    assert not any(word in path.read_text() for word in ("testing", "AKIA")), "no secret"


def test_jobs_that_are_of_no_use_are_not_applied_again_by_their_name(rig, tmp_path):
    home, outfit = Home(tmp_path / "home"), outfit_for_checks(rig.cluster)
    home.job(outfit.job_id).mkdir(parents=True)

    def handed():
        return Handover(home, outfit, Counts(spot=1), str(tmp_path / "git"), sees_pods=True)

    handed().write()
    spent = handed()
    spent.write()
    assert spent.round == 1
    spent.spend()
    fresh = handed()
    fresh.write()
    fresh.write()
    (path,) = (tmp_path / "git").iterdir()
    assert fresh.round == 2
    assert f"{outfit.job_id}-spot-2" in path.read_text()


def test_pods_that_would_have_no_keys_are_refused_before_anything_is_made(rig):
    cluster = replace(rig.cluster, queue="rabbitmq")
    with pytest.raises(RequestRefused, match="would have no keys"):
        require_by_reference(cluster, KEYS)
    require_by_reference(replace(cluster, secret=NAMED), KEYS)
    require_by_reference(replace(cluster, service_account="agents"), KEYS)
    with pytest.raises(RequestRefused):
        require_by_reference(
            replace(cluster, service_account="agents"), {QUEUE_PASSWORD: Secret("x")}
        )


@pytest.mark.parametrize(
    ("typed", "by", "manifests"),
    [
        ([], "app", ""),
        (["--applied-by-others"], "others", ""),
        (["--applied-by-others", "--manifests", "-"], "others", "-"),
        (["--applied-by-others", "--manifests", "git"], "others", str(Path("git").absolute())),
        (["--manifests", "git"], None, None),
    ],
)
def test_who_applies_is_typed_with_a_render_or_is_as_the_cluster_has_it(
    tmp_path, typed, by, manifests
):
    home = Home(tmp_path)
    save_clusters(home, (Cluster(context="studio"),))
    asked = parse(["render", "a.mp4", "--on", "kubernetes", *typed])
    if by is None:
        with pytest.raises(RequestRefused, match="where others apply them"):
            where_of(home, asked)
        return
    where = where_of(home, asked)
    assert (where.applied_by, where.manifests) == (by, manifests)
    save_clusters(home, (Cluster(context="studio", applied_by="others"),))
    assert where_of(home, asked).applied_by == "others"
    elsewhere = parse(["render", "a.mp4", "--applied-by-others"])
    with pytest.raises(RequestRefused, match="for a render elsewhere"):
        where_of(home, elsewhere)


def test_manifests_are_printed_where_that_is_wished_and_asked_for_once(tmp_path):
    path = tmp_path / "manifests.yaml"
    path.write_text("kind: Job\n")
    out, err = StringIO(), StringIO()
    asking = Asking(PlainReporter(out, err), prints=True)
    asks = Asks(what="apply", manifests=str(path), until="2026-03-14T10:11+00:00", sees_pods=False)
    for each in (None, asks, asks):
        asking.tell(each)
    assert out.getvalue().strip() == "kind: Job"
    assert err.getvalue().count(f"for somebody to apply {path}") == 1
    assert "cannot be read from here" in err.getvalue()


def test_the_role_of_who_only_watches_changes_nothing(rig, story, capsys):
    assert main(["kubernetes", "rights", "--user", "anna", "--account", "app", "--json"]) == 0
    printed = said(capsys)
    rules = [(each["resources"], each["verbs"]) for each in printed[0]["rules"]]
    assert rules == [(["pods"], ["list"]), (["pods/log"], ["get"])]
    assert [each["name"] for each in printed[1]["subjects"]] == ["anna", "app"]
    assert main(["kubernetes", "rights", "--no-applied-by-others", "--json"]) == 0
    verbs = {tuple(each["resources"]): each["verbs"] for each in said(capsys)[0]["rules"]}
    assert verbs[("jobs",)] == ["create", "list", "patch", "delete"]


def test_its_manifests_are_printed_again_and_for_keda_too(rig, owner, story, capsys):
    home, record, _ = story
    where = Where(kind="kubernetes", instances=1, manifests=str(owner.folder))
    place = Pods(home, Cloud(home).secrets, where).place(home, record, 1)
    (path,) = owner.folder.iterdir()
    asked_before = list(rig.mini.calls)
    capsys.readouterr()
    assert main(["manifest", record.job_id, "--pods", "1", "--on-demand-pods", "0"]) == 0
    printed = list(yaml.safe_load_all(capsys.readouterr().out))
    assert printed[1] == list(yaml.safe_load_all(path.read_text()))[1]
    assert main(["manifest", record.job_id, "--keda", "--on-demand-pods", "0"]) == 0
    printed = list(yaml.safe_load_all(capsys.readouterr().out))
    assert [each["kind"] for each in printed] == ["ConfigMap", "ScaledJob"]
    agent = json.loads(printed[0]["data"]["agent.json"])
    assert agent["idle_s"] == 60.0
    assert agent["finish_key"], "its pods also end well when the queue is gone"
    assert rig.mini.calls == asked_before, "the cluster was not asked for any of it"
    place.tidy()


def test_the_doctor_asks_for_no_right_to_change_anything(rig, owner, story, capsys):
    assert main(["kubernetes", "doctor", "--json"]) == 0
    found = said(capsys)
    assert [each["name"] for each in found] == ["rights", "manifests", "storage", "queue"]
    assert {each["state"] for each in found} == {"good"}
    rig.mini.forbidden |= BLIND
    assert main(["kubernetes", "doctor", "--json"]) == 0, "it goes without"
    assert said(capsys)[0]["state"] == "note"


def said(capsys):
    """Return the result of a command that was told to speak to machines."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return next(line["result"] for line in lines if "result" in line)


def test_what_others_applied_is_not_swept(rig, owner, story, capsys):
    home, record, pods = story
    place = pods.place(home, record, 1)
    owner.apply()
    rig.mini.forbidden = set()
    cancel(home, record.job_id)
    place.tidy()
    capsys.readouterr()
    assert main(["kubernetes", "sweep", "--yes", "--json"]) == 0
    found = said(capsys)["found"]
    assert {each["why"] for each in found} == {"applied by others"}
    assert owner.jobs()
