"""A Job puts FaceFusion on a volume, whatever becomes of its pods, and renders use it there."""

import json
import threading
from dataclasses import replace

import av
import boto3
import numpy as np
import pytest

from orchestrator.cli.main import main
from orchestrator.cloud_errors import CloudRefused
from orchestrator.errors import RequestRefused
from orchestrator.facefusion import bucket as engine_bucket
from orchestrator.facefusion.errors import EngineInstallFailed, EngineLicenceOpen
from orchestrator.facefusion.install import models_for
from orchestrator.fleet.kubernetes import engine_install, engine_manifests, names
from orchestrator.fleet.kubernetes.cluster import save_clusters
from orchestrator.fleet.kubernetes.engine import engine_finding, find_claim, make_claim
from orchestrator.fleet.kubernetes.engine_install import EngineWish, install
from orchestrator.fleet.kubernetes.engine_manifests import ClaimWish
from orchestrator.fleet.kubernetes.engine_store import bring
from orchestrator.fleet.kubernetes.engine_watch import Patience
from orchestrator.fleet.kubernetes.run import require_engine
from orchestrator.fleet.kubernetes.sweep import sweep
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import read_index, read_record, write_record
from orchestrator.licences import accept, labels_of_models, to_accept
from orchestrator.prepare import Wish, prepare
from orchestrator.runner import drive
from orchestrator.settings_file import load
from remote_worker.engines.facefusion.installation import VARIABLE, Installation
from tests.clips import barcode, make_clip
from tests.fakes.engine_mirror import engine_mirror
from tests.fakes.facefusion_home import STAND_IN, hold_to_pins
from tests.fakes.facefusion_home import install as lay_out
from tests.fakes.fleets import FakeFleet
from tests.kubernetes.engine_image import WHEEL, fill, package, pinned, wheel
from tests.kubernetes.image import NAME, agent_image
from tests.kubernetes.rig import BUCKET, KEYS, REGION, wait_for

pytestmark = pytest.mark.timeout(180)
SETTINGS = (("frame_enhancer_model", "span_kendata_x4"), ("processors", "frame_enhancer"))
CLAIM = "facefusion"
QUICK = Patience(look_s=0.1, hopeless_s=1.0, doubtful_s=2.0, start_s=3.0, away_s=3.0)
SECRET = {"AWS_ACCESS_KEY_ID": "dGVzdGluZw==", "AWS_SECRET_ACCESS_KEY": "dGVzdGluZw=="}
LARGE, LATER = "/models/hyperswap_1a_256.onnx", "/models/xseg_1.onnx"


@pytest.fixture(scope="module")
def stubs(tmp_path_factory):
    """This desktop's own FaceFusion, whose lock says which files the models are."""
    return lay_out(STAND_IN, tmp_path_factory.mktemp("desktop") / "facefusion")


@pytest.fixture
def mirror(stubs):
    with engine_mirror() as held:
        fill(held, stubs)
        yield held


@pytest.fixture
def stage(rig, context, mirror, stubs, tmp_path, monkeypatch):
    """A cluster whose image pins the stand-in, with a claim that is empty."""
    hold_to_pins(monkeypatch)
    monkeypatch.setattr(engine_install, "packages_for", lambda *asked: (package(),))
    folder = tmp_path / "engine-image"
    folder.mkdir()
    image = agent_image(folder, context, slow=False)
    rig.mini.images[NAME] = pinned(folder, image, monkeypatch.setattr)
    monkeypatch.setattr(engine_bucket, "known_digest", lambda model, pins: pins.get(model.name))
    made = Stage(rig, mirror, stubs, tmp_path)
    made.add_claim(CLAIM)
    yield made
    made.empty_bucket()


class Stage:
    """What an installation is begun with, and what it left."""

    def __init__(self, rig, mirror, here, folder):
        self.rig, self.mirror, self.here, self.folder = rig, mirror, here, folder
        self.mini, self.api = rig.mini, rig.api
        self.cluster = replace(rig.cluster, engine_claim=CLAIM)
        self.models = models_for([{}, dict(SETTINGS)])
        self.told = []
        self.s3 = boto3.client("s3", endpoint_url=rig.services, region_name=REGION)

    def add_claim(self, name):
        volume = self.folder / f"volume-{name}"
        volume.mkdir()
        volume.chmod(0o777)
        self.mini.objects[("PersistentVolumeClaim", name)] = {
            "metadata": {"name": name, "uid": f"uid-of-{name}"},
            "spec": {"accessModes": ["ReadWriteMany"]},
            "status": {"phase": "Bound", "accessModes": ["ReadWriteMany"]},
            "folder": str(volume),
        }
        return volume

    def wish(self, **more):
        told = {"models": self.models, "accepted": tuple(labels_of_models(self.models))}
        told |= {"mirror": self.mirror.url, "patience": QUICK}
        return EngineWish(**(told | more))

    def install(self, *, stop=None, cluster=None, **more):
        stop = stop or threading.Event()
        chosen = cluster or self.cluster
        return install(
            self.api, chosen, KEYS, self.wish(**more), self.here, self.told.append, stop
        )  # fmt: skip

    def volume(self, claim=CLAIM):
        return Installation(self.folder / f"volume-{claim}")

    def pods(self):
        return [each for each in self.mini.running() if names.ENGINE in each["metadata"]["labels"]]

    def asked(self, path):
        return [span for each, span in list(self.mirror.asked) if each == path]

    def arrived_bytes(self, path, claim=CLAIM):
        parts = self.volume(claim).folder / "parts"
        name = path.rpartition("/")[2]
        return sum(each.stat().st_size for each in parts.glob(f"*{name}.part"))

    def hold(self, path):
        """Have the mirror send half of a file and wait; return what lets it go on."""
        let_go = threading.Event()
        self.mirror.halfway.clear()
        self.mirror.moods[path] = [let_go]
        return let_go

    def empty_bucket(self):
        for each in self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", []):
            self.s3.delete_object(Bucket=BUCKET, Key=each["Key"])


class Aside:
    """Installs in a thread of its own, so that a test can disturb it."""

    def __init__(self, stage, **more):
        self.stop, self.error, self.installed = threading.Event(), None, None
        self._thread = threading.Thread(target=self._run, args=(stage, more), daemon=True)
        self._thread.start()

    def _run(self, stage, more):
        try:
            self.installed = stage.install(stop=self.stop, **more)
        except Exception as error:  # it is looked at by the test
            self.error = error

    def end(self):
        self._thread.join(90)
        assert not self._thread.is_alive()


def a_clip(folder):
    return make_clip(
        folder / "source.mp4", frames=24, width=160, height=96,
        paint=barcode,
    )  # fmt: skip


def pixels_of(path):
    with av.open(str(path)) as media:
        return [frame.to_ndarray(format="bgr24") for frame in media.decode(video=0)]


def test_pods_that_are_killed_and_a_desktop_that_stops_cost_no_byte_and_renders_find_it(
    stage, tmp_path, monkeypatch
):
    killed = stage.hold(LARGE)
    going = Aside(stage)
    wait_for(stage.mirror.halfway.is_set, within_s=60)
    wait_for(lambda: stage.arrived_bytes(LARGE) > 0)
    (pod,) = stage.pods()
    container = stage.mini.containers[pod["metadata"]["uid"]]
    container.kill()
    assert container.ended.wait(30)
    stopped = stage.hold(LATER)
    killed.set()
    wait_for(stage.mirror.halfway.is_set, within_s=60)
    assert stage.asked(LARGE)[-1].startswith("bytes="), "the next pod went on from the byte"
    going.stop.set()
    stopped.set()
    going.end()
    assert isinstance(going.error, EngineInstallFailed)
    assert going.error.code == "engine_stopped"
    assert not stage.mini.left()
    assert find_claim(stage.api, stage.cluster).holds is None
    again = stage.install()
    assert not again.was_there
    assert again.holds.models == tuple(sorted(stage.models))
    assert len(stage.asked(LARGE)) == 2, "what had arrived was used"
    held = stage.volume()
    for name in stage.models:
        assert (held.models / f"{name}.onnx").read_bytes() == (
            stage.here.models / f"{name}.onnx"
        ).read_bytes()
    assert any(told.progress and told.progress.step == "models" for told in stage.told)
    calls = len(stage.mini.calls)
    assert stage.install().was_there
    assert not any(method == "POST" for method, _ in stage.mini.calls[calls:])
    finding = engine_finding(stage.api, stage.cluster)
    assert (finding.state, "12 models" in finding.found) == ("good", True)
    assert list(stage.mini.left()) == [f"ConfigMap {names.engine_name(CLAIM)}-holds"]
    renders_as_here(stage, tmp_path, monkeypatch)


def renders_as_here(stage, tmp_path, monkeypatch):
    """Render with what is on the volume, and with this machine's; both give the same frames."""
    monkeypatch.setenv(VARIABLE, str(stage.here.folder))
    home = Home(tmp_path / "local")
    accept(home, to_accept("facefusion", SETTINGS, ()))
    wish = Wish(
        source=a_clip(tmp_path), output=tmp_path / "local.mp4", engine="facefusion",
        settings=SETTINGS, workers=1, segment_frames=8,
    )  # fmt: skip
    record = read_record(home, prepare(home, wish))
    outcome = drive(home, record.job_id, fleet_for=FakeFleet())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    afar = Home(tmp_path / "afar")
    request = replace(record.request, output_path=str(tmp_path / "afar.mp4"))
    write_record(afar, replace(record, request=request), read_index(home, record.job_id))
    place_for = stage.rig.place_for(engine_claim=CLAIM)
    outcome = drive(afar, record.job_id, place_for=place_for)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    ours, theirs = pixels_of(tmp_path / "local.mp4"), pixels_of(tmp_path / "afar.mp4")
    assert len(ours) == len(theirs) == 24
    assert all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))
    source = pixels_of(tmp_path / "source.mp4")
    assert float(ours[0].mean()) < 0.7 * float(source[0].mean()), "the engine worked on it"
    lacking = replace(
        record.plan.work.engine, settings=(("processors", "face_enhancer"),)
    )  # fmt: skip
    work = replace(record.plan.work, engine=lacking)
    other = replace(record, plan=replace(record.plan, work=work))
    with pytest.raises(RequestRefused, match=r"gfpgan_1.4"):
        place_for(afar, other, 1)


def test_a_second_volume_is_filled_from_the_clusters_storage_alone_and_from_a_terminal(
    stage, tmp_path, monkeypatch, capsys
):
    stage.install()
    assert stage.asked(LARGE)
    stage.mirror.asked.clear()
    home = Home(tmp_path / "home")
    monkeypatch.setenv("SECONDUNIT_HOME", str(home.root))
    monkeypatch.setenv(VARIABLE, str(stage.here.folder))
    keys = {"kind": "Secret", "metadata": {"name": "studio-keys"}, "data": SECRET}
    stage.mini.objects[("Secret", "studio-keys")] = keys
    save_clusters(home, (replace(stage.cluster, engine_claim="another", secret="studio-keys"),))  # noqa: S106  # a name
    share = {"metadata": {"name": "share"}}
    stage.mini.objects[("StorageClass", "share")] = share
    asked = ["--json", f"--mirror={stage.mirror.url}"]
    asked += [f"--set={name}={value}" for name, value in SETTINGS]
    assert main(["kubernetes", "engine", *asked]) == 2, "nobody agreed yet"
    assert "--accept-licences" in capsys.readouterr().out
    assert main(["kubernetes", "engine", *asked, "--accept-licences"]) == 2, "there is no claim"
    assert "--make-claim" in capsys.readouterr().out
    assert to_accept("facefusion", SETTINGS, load(home).accepted_licences) == ()
    claim = ["--make-claim=2Gi", "--storage-class=share"]
    assert main(["manifest", "engine", *asked, *claim, "--validate"]) == 0
    printed = said(capsys)
    assert [each["kind"] for each in printed] == ["PersistentVolumeClaim", "ConfigMap", "Job"]
    assert not stage.mini.objects.get(("PersistentVolumeClaim", "another"))
    assert main(["kubernetes", "engine", *asked, *claim]) == 0
    assert said(capsys)["was_there"] is False
    assert stage.mirror.asked == []
    volume = Installation(stage.mini.volumes / "another")
    assert volume.state() == stage.volume().state()
    assert main(["kubernetes", "engine", *asked]) == 0
    assert said(capsys)["was_there"] is True


def said(capsys):
    """Return the result of a command that was told to speak to machines."""
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return next(line["result"] for line in lines if "result" in line)


def test_what_others_applied_counts_once_its_job_ended_well(stage):
    outfit = engine_install.outfit_for(stage.cluster, {}, stage.wish(), stage.here)
    job = engine_manifests.install_job(outfit, stays=True)
    assert "ttlSecondsAfterFinished" not in job["spec"]
    assert not engine_manifests.plan_map(outfit)["data"].keys() - {"engine.json"}
    job["status"] = {"succeeded": 1, "conditions": [{"type": "Complete", "status": "True"}]}
    stage.mini.objects[("Job", job["metadata"]["name"])] = job
    assert engine_finding(stage.api, stage.cluster).state == "good"
    assert stage.install().was_there


@pytest.mark.nightly
def test_pods_without_a_network_install_what_was_brought(stage):
    stage.mirror.lies.clear()
    with pytest.raises(EngineInstallFailed, match="does not have") as caught:
        stage.install(mirror=f"{stage.mirror.url}/nowhere")
    assert "--bring" in caught.value.advice
    wheels = stage.folder / "wheels"
    wheels.mkdir()
    (wheels / WHEEL).write_bytes(wheel())
    brought = bring(
        stage.cluster, KEYS, stage.here, (package(),), wheels, lambda *told: None,
        threading.Event(),
    )  # fmt: skip
    assert {"source", WHEEL, "xseg_1"} <= set(brought.sent)
    assert not stage.install().was_there


def test_a_claim_is_made_where_there_is_none(stage):
    chosen = replace(stage.cluster, engine_claim="fresh")
    assert find_claim(stage.api, chosen) is None
    assert engine_finding(stage.api, chosen).state == "missing"
    with pytest.raises(RequestRefused, match="no PersistentVolumeClaim fresh"):
        stage.install(cluster=chosen)
    with pytest.raises(CloudRefused, match="no default storage class"):
        make_claim(stage.api, chosen, ClaimWish())
    note = {"storageclass.kubernetes.io/is-default-class": "true"}
    share = {"metadata": {"name": "share", "annotations": note}}
    stage.mini.objects[("StorageClass", "share")] = share
    with pytest.raises(CloudRefused, match="no storage class fast") as caught:
        make_claim(stage.api, chosen, ClaimWish(storage_class="fast"))
    assert "share" in caught.value.advice
    make_claim(stage.api, chosen, ClaimWish(size="5Gi"))
    make_claim(stage.api, chosen, ClaimWish(size="5Gi"))
    seen = find_claim(stage.api, chosen)
    assert (seen.phase, seen.capacity, seen.access_modes) == ("Bound", "5Gi", ("ReadWriteMany",))
    assert engine_finding(stage.api, chosen).state == "note"
    with pytest.raises(RequestRefused, match="ReadOnlyMany"):
        engine_manifests.access_mode_of("ReadOnlyMany")


def test_what_keeps_an_installation_from_beginning_is_said_in_words(stage):
    with pytest.raises(EngineLicenceOpen, match="Non-Commercial"):
        stage.install(accepted=())
    stage.mini.policies = {"Job": 'admission webhook "guard" denied the request: no root'}
    with pytest.raises(CloudRefused, match=r"policy of the cluster refuses this.*guard"):
        stage.install()
    stage.mini.policies = {}
    claim = stage.mini.objects[("PersistentVolumeClaim", CLAIM)]
    claim["status"]["accessModes"] = ["ReadOnlyMany"]
    with pytest.raises(RequestRefused, match="ReadOnlyMany cannot be installed on"):
        stage.install()
    claim["status"]["accessModes"] = ["ReadWriteOnce"]
    with stage.mini.lock:
        stage.mini.nodes.clear()
    with pytest.raises(EngineInstallFailed, match="nodes are available"):
        stage.install()
    keys = engine_manifests.keys_secret(stage.cluster, KEYS)
    stage.api.create(keys)  # and this desktop died
    (left,) = sweep(stage.api, Home(stage.folder / "home"))
    assert (left.kind, left.why) == ("Secret", "left over")
    with pytest.raises(RequestRefused, match="no FaceFusion"):
        require_engine(replace(stage.cluster, engine_claim=""), "facefusion")
    assert not stage.mini.left()


def test_a_volume_that_cannot_be_written_to_is_said_so(stage):
    volume = stage.folder / f"volume-{CLAIM}"
    volume.chmod(0o755)
    with pytest.raises(EngineInstallFailed, match="cannot be written to by user 10001") as caught:
        stage.install()
    assert caught.value.code == "engine_volume_unusable"
    assert not stage.mini.left()
    assert list(volume.iterdir()) == []


@pytest.mark.nightly
def test_whoever_asks_for_the_same_meanwhile_joins_and_for_other_things_waits(stage):
    let_go = stage.hold(LARGE)
    first = Aside(stage)
    wait_for(stage.mirror.halfway.is_set, within_s=60)
    second = Aside(stage)
    with pytest.raises(RequestRefused, match="Something else is being installed"):
        stage.install(models=(*stage.models, "gfpgan_1.4"), accepted=_all_labels(stage))
    assert len(stage.pods()) == 1
    let_go.set()
    first.end()
    second.end()
    assert (first.error, second.error) == (None, None)
    assert first.installed.holds == second.installed.holds


def _all_labels(stage):
    return tuple(labels_of_models((*stage.models, "gfpgan_1.4")))
