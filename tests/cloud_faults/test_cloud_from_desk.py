"""A video of the queue is quoted, rendered in the account and billed, with the real pieces."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from decimal import Decimal

import pytest

from orchestrator import cloud_images, cloud_machines
from orchestrator.cloud import Cloud
from orchestrator.cloud_pasts import read_pasts
from orchestrator.desk import changes
from orchestrator.desk.entries import Look, Where
from orchestrator.fleet.ec2.wheelhouse import Wheelhouse
from orchestrator.home import Home
from tests.cloud_faults.rig import KEY, QUICK, Rig
from tests.faults.stories import identity_original
from tests.orchestrator.desk.watching_desks import open_desk

pytestmark = pytest.mark.timeout(240)
WHERE = Where(kind="aws", instances=1, budget_usd=Decimal("1.50"))


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=120, segment_frames=10, seed=7)


@pytest.fixture
def rig(region, monkeypatch):
    """The account, with hosts that have this machine's packages and stories told quickly."""
    made = Rig(region).set_up()

    def quick(choose):
        def choose_quick(*asked):
            choice = choose(*asked)
            return replace(
                choice,
                wanted=replace(choice.wanted, again_s=0.5),
                patience=QUICK,
                hold_s=4.0,
                wheelhouse_key=KEY,
                python=f"{sys.prefix}/bin/python",
            )

        return choose_quick

    def packages(signed, home, share):
        del signed, home, share
        return Wheelhouse(None, made.wheelhouse)

    monkeypatch.setattr(cloud_machines, "choice_of", quick(cloud_machines.choice_of))
    monkeypatch.setattr(cloud_images, "choice_to_bake", quick(cloud_images.choice_to_bake))
    for each in (cloud_machines, cloud_images):
        monkeypatch.setattr(each, "staged_packages", packages)
    monkeypatch.setenv("SECONDUNIT_CHECK_IP_URL", region.check_ip_url)
    return made


def put_in_the_account(desk, watcher, source):
    (name,) = desk.add([source], look=Look(engine="identity"))
    watcher.wait_state(name, "ready")
    desk.change("where", lambda e: changes.with_where(e, {name}, lambda _: WHERE))
    return name, watcher.wait_state(name, "ready")


def test_a_video_is_quoted_rendered_and_billed_and_nothing_is_left(rig, original, tmp_path):
    home = Home(tmp_path / "home")
    source = tmp_path / "clip.mp4"
    shutil.copy2(original.record.request.source_path, source)
    cloud = Cloud(home)
    assert cloud.choose_profile("", rig.account.region).state == "ready"
    with open_desk(home, places=cloud.places) as (desk, watcher):
        name, entry = put_in_the_account(desk, watcher, source)
        quote = cloud.quote([entry])
        assert 0 < quote.least_usd <= quote.most_usd <= quote.on_demand_usd
        assert 0 < quote.least_s <= quote.most_s
        desk.queue([name])
        watcher.wait(lambda s: s.running and s.running.seen.frames_done >= 20)
        rig.region.interrupt(rig.region.alive()[0].instance_id, notice_s=4)
        done = watcher.wait_state(name, "done", "failed")
    assert done.state == "done", done.trouble
    rented = [s.running.rented for s in watcher.all if s.running and s.running.rented]
    assert {each.why_stay for each in rented} & {"uploading", "no machine yet"}
    assert rented[-1].machines[0].instance_type
    assert rented[-1].budget_usd == WHERE.budget_usd
    receipt = done.receipt
    assert receipt.is_all_gone, receipt.left
    assert receipt.interruptions == 1
    assert 0 < receipt.usd < receipt.on_demand_usd
    assert {past.instance_type for past in read_pasts(home)} <= {
        line.instance_type for line in receipt.lines
    }
    assert sum(past.frames for past in read_pasts(home)) > 0
    rig.wait_until_all_ended()
    rig.check_nothing_is_left()


def test_an_account_without_quota_says_so_before_anything_is_made(rig, original, tmp_path):
    rig.region.quota("L-3819A6DF", 0)
    home, cloud = Home(tmp_path / "home"), Cloud(Home(tmp_path / "home"))
    source = tmp_path / "clip.mp4"
    shutil.copy2(original.record.request.source_path, source)
    cloud.choose_profile("", rig.account.region)
    with open_desk(home, places=cloud.places) as (desk, watcher):
        name, _ = put_in_the_account(desk, watcher, source)
        desk.queue([name])
        failed = watcher.wait_state(name, "failed")
    assert failed.trouble.code == "quota_too_small"
    assert failed.receipt is None
    assert not rig.region.hosts()
    rig.check_nothing_is_left()
