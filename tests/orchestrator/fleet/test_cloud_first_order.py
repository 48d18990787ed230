"""The first order of a host ends it after its life, or sooner at a time that is fixed."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from orchestrator.fleet.ec2.user_data import user_data
from remote_worker.bucket import Place
from remote_worker.first import FirstPlan, life_left_s

PLAN = FirstPlan(
    root="/opt/x", prefix="jobs/x/", place=Place(name="b", region="r"), idle_s=60.0,
    life_s=3600.0, publish_host_key=True,
)  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="hosts have a shell")
@pytest.mark.parametrize(
    ("minutes", "told"), [(None, 60), (10, 10), (90, 60), (-5, 1), (600_000, 60)]
)
def test_a_host_is_told_in_how_many_minutes_it_ends(minutes, told):
    ends_at = ""
    if minutes is not None:
        ends_at = (datetime.now(UTC) + timedelta(minutes=minutes, seconds=-2)).isoformat()
    order = user_data(replace(PLAN, ends_at=ends_at)).split("\n")[1]
    assert order.startswith("shutdown -P +")
    argv = ["/bin/sh", "-c", order.replace("shutdown -P", "echo")]
    said = subprocess.run(argv, check=True, capture_output=True, text=True).stdout
    assert said.strip() == f"+{told}"


def test_the_watchdog_stands_no_longer_than_that():
    now = datetime(2026, 3, 14, tzinfo=UTC)
    soon = replace(PLAN, ends_at=(now + timedelta(seconds=600)).isoformat())
    assert life_left_s(PLAN, now) == 3600.0
    assert life_left_s(soon, now) == 600.0
    assert life_left_s(soon, now - timedelta(days=1)) == 3600.0
    assert life_left_s(soon, now + timedelta(days=1)) == 60.0
