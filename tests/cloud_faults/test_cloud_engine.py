"""Hosts of the test cloud install an engine from the account's bucket before they render."""

from __future__ import annotations

import io
import json
import tarfile
import threading
import zipfile
from pathlib import Path

import pytest

from orchestrator.facefusion import bucket as engine_bucket
from orchestrator.job import Phase
from orchestrator.runner import drive
from remote_worker.contract.records import Digest, EngineSpec
from remote_worker.engines.facefusion import manifest, origins, provision
from remote_worker.engines.facefusion.installation import Installation
from remote_worker.engines.facefusion.origins import order_key
from tests.cloud_faults import rig as rigs
from tests.cloud_faults.rig import Rig
from tests.fakes import engine_mirror as small
from tests.fakes.engine_mirror import PINNED, sha256
from tests.faults.stories import identity_original, twin

pytestmark = [pytest.mark.nightly, pytest.mark.timeout(240)]
ROOT = Path(__file__).parents[2]
SPEC = EngineSpec(name="facefusion", digest=Digest("0" * 64), halo_frames=0, settings=(), models=())


def wheelhouse(pins) -> bytes:
    """Return a wheelhouse that has hosts pin the small FaceFusion instead of the real one."""
    code = (
        f"import json, sys\nsys.path.append({str(ROOT)!r})\n"
        "from tests.fakes import engine_mirror\n"
        f"engine_mirror.apply(json.loads({json.dumps(pins)!r}))\n"
    )
    wheel = io.BytesIO()
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("sitecustomize.py", code)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        entry = tarfile.TarInfo("small-1.0-py3-none-any.whl")
        entry.size = len(wheel.getvalue())
        tar.addfile(entry, io.BytesIO(wheel.getvalue()))
    return made.getvalue()


@pytest.fixture
def published(tmp_path, monkeypatch):
    """The small FaceFusion; hosts do not reach where it is published."""
    with small.engine_mirror() as mirror:
        pins = small.pins(mirror.url, tmp_path / "pinned")
        small.apply(pins, monkeypatch.setattr)
        monkeypatch.setattr(rigs, "slow_wheelhouse", lambda: wheelhouse(pins))
        order = mirror.order(PINNED)
        monkeypatch.setattr(engine_bucket, "packages_for", lambda *asked: order.packages)
        monkeypatch.setattr(engine_bucket, "models_needed", lambda settings: order.models)
        monkeypatch.setattr(engine_bucket, "manifest", manifest.manifest)
        monkeypatch.setattr(engine_bucket, "HOST_FLAVOUR", "cpu")
        monkeypatch.setattr(engine_bucket, "PYTHON", order.python_version)
        yield mirror, order


def test_a_host_installs_the_engine_before_it_renders(published, region, tmp_path):
    mirror, order = published
    rig = Rig(region).set_up()
    desktop = Installation(tmp_path / "desktop")
    place = origins.Published(patience=small.QUICK)
    provision.provision(order, desktop, place, lambda told: None, threading.Event())
    engine_bucket.seed(
        rig.clients, rig.account, desktop, lambda *told: None, threading.Event(),
        packages=tmp_path / "packages",
    )  # fmt: skip
    engine = engine_bucket.stage_order(rig.clients, rig.account, SPEC, desktop)
    mirror.asked.clear()
    original = identity_original(tmp_path / "one", frames=20, segment_frames=10, seed=3)
    render(rig, original, tmp_path / "first", engine)
    assert mirror.asked == []
    left = rig.clients("s3").list_objects_v2(Bucket=rig.account.bucket, Prefix="jobs/")
    assert left["KeyCount"] == 0


def test_a_job_ends_in_words_where_no_host_can_have_its_engine(published, region, tmp_path):
    """Else instance after instance would be paid for."""
    rig = Rig(region).set_up()
    order = b'{"of": "another version"}'
    rig.clients("s3").put_object(
        Bucket=rig.account.bucket, Key=order_key(sha256(order)), Body=order
    )
    original = identity_original(tmp_path / "one", frames=20, segment_frames=10, seed=3)
    home, record = twin(original, tmp_path / "first", workers=1)
    place_for = rig.place_for(choice={"engine": sha256(order)})
    outcome = drive(home, record.job_id, place_for=place_for)
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "worker_unfit"
    assert "FaceFusion could not be installed" in outcome.last.fault.sentence
    assert "secondunit engine seed" in outcome.last.fault.advice
    assert len(region.hosts()) == 2
    rig.wait_until_all_ended()


def render(rig, original, folder, engine):
    home, record = twin(original, folder, workers=1)
    place_for = rig.place_for(choice={"engine": engine})
    outcome = drive(home, record.job_id, place_for=place_for)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    rig.wait_until_all_ended()
