"""An image is made on an instance of its own, which is gone after; a worker begins from it."""

import json
import threading
from dataclasses import replace

import pytest

from orchestrator.cloud_errors import CommandFailed
from orchestrator.fleet.ec2 import bakery
from orchestrator.fleet.ec2.bakery import STEPS, Cancelled, Oven, bake_image
from orchestrator.fleet.ec2.image import baked_images, best_image, forget_image
from orchestrator.fleet.ec2.policy import user_policy
from orchestrator.fleet.ec2.receipt import receipts
from orchestrator.fleet.ec2.sweep import jobs_here, sweep
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.runner import drive
from remote_worker.contract.records import Digest
from tests.cloud_faults.rig import KEY, REGION, Rig
from tests.faults.stories import identity_original, twin

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=20, segment_frames=10, seed=7)


@pytest.fixture
def rig(region):
    return Rig(region).set_up()


@pytest.fixture
def oven(rig, tmp_path):
    address = rig.region.client_address
    home = Home(tmp_path / "home")
    return Oven(
        clients=rig.clients, account=rig.account, home=home, choice=rig.choice(), my_address=address
    )


def check_only_images_are_left(rig, oven, number):
    rig.wait_until_all_ended()
    images = baked_images(rig.clients)
    assert len(images) == number
    for image in images:
        forget_image(rig.clients, image.image_id)
    rig.check_nothing_is_left()
    assert list(oven.home.jobs.iterdir()) == []


def test_a_worker_begins_from_a_baked_image_without_its_packages(rig, oven, original, tmp_path):
    rig.region.limit(json.loads(user_policy(rig.account)))
    steps = []
    image = bake_image(oven, lambda *step: steps.append(step), threading.Event())
    rig.region.unlimit()
    assert [name for _, _, name in steps] == [*STEPS, ""]
    assert best_image(rig.clients, rig.wheelhouse) == image
    (receipt,) = receipts(oven.home)
    assert receipt.proof.holds, receipt.proof
    rig.wait_until_all_ended()
    rig.clients("s3").delete_object(Bucket=rig.account.bucket, Key=KEY)
    home, record = twin(original, tmp_path / "twin", workers=1)
    choice = {"image_id": image.image_id}
    last = drive(home, record.job_id, place_for=rig.place_for(original, choice=choice)).last
    assert last.phase is Phase.DONE, last.fault
    rig.clients("s3").put_object(Bucket=rig.account.bucket, Key=KEY, Body=rig.wheelhouse_tar)
    check_only_images_are_left(rig, oven, 1)


@pytest.mark.parametrize("step", [STEPS[1], STEPS[2], STEPS[3]])
def test_whoever_does_not_want_it_any_more_is_left_with_nothing(rig, oven, step):
    cancelled = threading.Event()

    def share(done, total, name):
        if name == step:
            cancelled.set()

    with pytest.raises(Cancelled):
        bake_image(oven, share, cancelled)
    check_only_images_are_left(rig, oven, 0)


def test_a_host_that_cannot_be_made_ready_leaves_nothing(rig, oven):
    other = Digest("ab" * 32)  # than that of what lies under the key
    broken = replace(oven, choice=replace(oven.choice, wheelhouse_digest=other))
    with pytest.raises(CommandFailed, match="damaged"):
        bake_image(broken, lambda *step: None, threading.Event())
    check_only_images_are_left(rig, oven, 0)


def test_what_a_killed_maker_left_is_swept(rig, oven, monkeypatch):
    class Killed(BaseException):
        """The process ends here."""

    def share(done, total, name):
        if name == STEPS[2]:
            raise Killed

    with monkeypatch.context() as dead:  # it clears nothing away
        dead.setattr(bakery._Baking, "clear", lambda baking: baking._run._ledger.close() or ())
        dead.setattr(bakery.shutil, "rmtree", lambda *_, **__: None)
        with pytest.raises(Killed):
            bake_image(oven, share, threading.Event())
    assert rig.region.alive()
    report = sweep(rig.clients, rig.account, [REGION], jobs_here(oven.home))
    assert report.is_clean, report
    (folder,) = oven.home.jobs.iterdir()
    bakery.shutil.rmtree(folder)
    check_only_images_are_left(rig, oven, 0)
