"""What machines did is remembered for the next quote, and a damaged memory is only a guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from orchestrator.cloud_choice import work_of
from orchestrator.cloud_pasts import pasts_of, read_pasts, remember
from orchestrator.desk.entries import Where
from orchestrator.fleet.ec2.budget import bills
from orchestrator.fleet.ec2.ledger import EndedInstance, Launched
from orchestrator.fleet.ec2.quote import Past
from orchestrator.home import Home
from tests.orchestrator.desk.queue_entries import entry

START = datetime(2026, 3, 14, 10, tzinfo=UTC)


def launched(lease, seconds):
    at = START.isoformat()
    made = Launched(
        lease_id=lease, token=lease, instance_id=f"i-{lease}", instance_type="g6.xlarge",
        zone="us-east-2a", region="us-east-2", market="spot", usd_per_hour=Decimal("0.26"),
        on_demand_usd_per_hour=Decimal("0.80"), at=at,
    )  # fmt: skip
    ended = (START + timedelta(seconds=seconds)).isoformat()
    return made, EndedInstance(instance_id=f"i-{lease}", how="released", at=ended)


def test_frames_are_shared_by_the_time_that_each_rendered():
    lines = (*launched("one", 400), *launched("two", 200), *launched("deaf", 300))
    ready = {name: START + timedelta(seconds=100) for name in ("one", "two")}
    found = pasts_of(bills(lines, START + timedelta(hours=1)), ready, frames=4000)
    assert [(p.frames, p.render_s, p.boot_s) for p in found] == [
        (3000, 300.0, 100.0),
        (1000, 100.0, 100.0),
    ]


def test_nothing_is_learned_of_nothing():
    lines = launched("one", 400)
    assert pasts_of(bills(lines, START), {}, frames=100) == ()
    assert pasts_of(bills(lines, START), {"one": START}, frames=0) == ()


def test_the_newest_are_kept_and_damage_is_a_guess(tmp_path):
    home = Home(tmp_path)
    past = [
        Past(instance_type="g6.xlarge", boot_s=float(n), frames=n + 1, render_s=1.0)
        for n in range(130)
    ]
    remember(home, past[:70])
    remember(home, past[70:])
    assert list(read_pasts(home)) == past[30:]
    (tmp_path / "cloud-pasts.json").write_text('[{"boot_s": "slow"}]')
    assert read_pasts(home) == ()
    remember(home, past[:1])
    assert list(read_pasts(home)) == past[:1]


def test_a_trim_makes_less_work(tmp_path):
    source = tmp_path / "clip.mp4"
    source.write_bytes(bytes(1000))
    whole = entry("a", "ready", source=str(source), where=Where(kind="aws", instances=3))
    work = work_of(whole)
    assert (work.frames, work.pieces, work.upload_bytes) == (300, 3, 1000)
    half = work_of(entry("a", "ready", source=str(source), where=whole.where, trim_in=5))
    assert (half.frames, half.upload_bytes) == (150, 500)
    assert work_of(entry("b", "ready")).upload_bytes == 0
