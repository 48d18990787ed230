"""The account as the window sees it: connected, set up, swept and cleared, with the real pieces."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orchestrator.cloud import Caps, Cloud
from orchestrator.home import Home
from tests.cloud.region import ACCOUNT

pytestmark = pytest.mark.timeout(120)
REGION = "us-east-1"


@pytest.fixture
def shown(region, tmp_path):
    del region  # it is found by the environment
    return Cloud(Home(tmp_path / "home"))


def test_an_account_is_connected_set_up_examined_and_removed_again(shown):
    assert shown.connection().state == "none"
    assert not shown.is_chosen
    found = shown.choose_profile("", REGION)
    assert (found.state, found.account_id, found.region) == ("not set up", ACCOUNT, REGION)
    steps = []
    region_bucket = f"secondunit-{ACCOUNT}-{REGION}"
    assert shown.set_up(steps.append).state == "ready"
    assert steps[0] == "bucket"
    assert shown.connection().state == "ready"
    shown.sign_in().clients("s3").delete_bucket_policy(Bucket=region_bucket)  # see Rig.set_up
    assert {"sign-in", "permissions", "network"} <= {each.name for each in shown.examine()}
    report = shown.sweep(lambda *_: None)
    assert (report.removed, report.failed) == ((), ())
    assert REGION in report.regions
    assert shown.remove_set_up(steps.append).state == "not set up"
    assert shown.forget().state == "none"


def test_what_may_be_spent_is_kept_and_a_new_video_begins_with_it(shown):
    shown.choose_profile("", REGION)
    shown.set_caps(Caps(job_usd=Decimal("1.50"), month_usd=Decimal(40), instances=3))
    where = shown.connection().where()
    assert (where.kind, where.instances, where.budget_usd) == ("aws", 3, Decimal("1.50"))


def test_the_quota_is_read_and_asked_for(shown):
    shown.choose_profile("", REGION)
    before = shown.quota()
    assert before.region == REGION
    asked = shown.ask_for(before.instances + 2)
    assert asked.asked_vcpus > before.vcpus
    assert str(asked.asked_vcpus) in shown.case_text(before.instances + 2)
