"""What ended an instance while the app was away or stuck is told, and costs no frame."""

import signal
import time
from datetime import datetime

import pytest

from orchestrator import events
from orchestrator.fleet.ec2.ledger import EndedInstance, Launched
from orchestrator.fleet.ec2.receipt import read_lines
from orchestrator.jobs import journal_path
from orchestrator.journal import Journal
from tests.cloud_faults.tales import check_whole
from tests.cloud_faults.test_cloud_away import Away
from tests.faults.stories import identity_original

pytestmark = pytest.mark.timeout(240)
NEVER_S = 7200.0
SOON_S = 20.0
"""Longer than a boot and the first segment take, and than the desktop is silent on its line."""
ENDED_S = 90.0
ABSENT_S = 3.0


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=50, segment_frames=10, seed=7)


class Absent(Away):
    """A job whose app is away while its instance, which is cut off too, comes to its end."""

    def cut_off(self):
        """Let the instance reach nobody, so that it cannot finish the work."""
        for host in self.rig.region.alive():
            self.rig.region.cut(host.instance_id)


class Stuck(Absent):
    """It hangs, with all its lines, and goes on when the instance is gone."""

    def absent(self):
        """Hang as soon as there is something to lose."""
        self.wait_for_work()
        self.app.process.send_signal(signal.SIGSTOP)
        self.cut_off()

    def back(self):
        """Go on as if no time had passed."""
        self.app.process.send_signal(signal.SIGCONT)
        try:
            self.app.live(())
        finally:
            self.app.end()


class Killed(Absent):
    """It is killed, and started again when the instance is gone."""

    def absent(self):
        """Be killed as soon as there is something to lose."""
        self.close_lid()
        self.cut_off()

    def back(self):
        """Be started again."""
        self.come_back()


WHEN = {"stuck": Stuck, "away": Killed}
HOW = {
    "expired": {"life_s": SOON_S, "idle_s": NEVER_S},
    "ended": {"life_s": NEVER_S, "idle_s": SOON_S},
    "terminated": {"life_s": NEVER_S, "idle_s": NEVER_S},
}


def in_the_console(rig):
    """Terminate what is there, as the account's user does."""
    ids = [host.instance_id for host in rig.region.alive()]
    rig.clients("ec2").terminate_instances(InstanceIds=ids)


@pytest.mark.parametrize(
    ("how", "when"),
    [
        ("expired", "stuck"),
        ("terminated", "away"),
        pytest.param("ended", "stuck", marks=pytest.mark.nightly),
        pytest.param("expired", "away", marks=pytest.mark.nightly),
        pytest.param("ended", "away", marks=pytest.mark.nightly),
        pytest.param("terminated", "stuck", marks=pytest.mark.nightly),
    ],
)
def test_what_ended_an_instance_meanwhile_is_told_and_costs_no_frame(
    region, original, tmp_path, how, when
):
    job = WHEN[when](region, original, tmp_path, alone_s=NEVER_S, **HOW[how])
    try:
        job.absent()
        if how == "terminated":
            in_the_console(job.rig)
        job.rig.wait_until_all_ended(ENDED_S)
        ended_by_s = time.time()
        while time.time() < ended_by_s + ABSENT_S:  # what is not paid for is time after its end
            time.sleep(0.1)
        job.back()
    finally:
        job.app.end()
    check_whole(job.rig, original, job.home, job.record)
    lines = read_lines(job.home, job.record.job_id)
    first = next(line for line in lines if isinstance(line, Launched))
    (end,) = [line for line in lines if isinstance(line, EndedInstance)
              and line.instance_id == first.instance_id]  # fmt: skip
    assert end.how == how
    assert datetime.fromisoformat(end.at).timestamp() <= ended_by_s + 1, (
        "billed for longer than it was there"
    )
    if when == "stuck":
        assert ("lease-1", how) in _lost(job)


def _lost(job):
    journal = Journal(journal_path(job.home, job.record.job_id))
    journal.close()
    return [
        (each.lease_id, each.how) for each in journal.events if isinstance(each, events.LeaseLost)
    ]
