"""A render on instances that may vanish gives the bytes of one that nobody disturbed."""

import pytest

from orchestrator.job import Phase
from orchestrator.runner import drive
from tests.cloud_faults.rig import Rig
from tests.faults.stories import identity_original, twin

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=120, segment_frames=10, seed=7)


@pytest.fixture
def rig(region):
    return Rig(region).set_up()


class Trouble:
    """Watches a render and makes trouble once, when enough frames are done."""

    def __init__(self, rig, make, *, at=20):
        self._rig, self._make, self._at = rig, make, at
        self.made, self.seen = False, []

    def __call__(self, seen):
        self.seen.append(seen)
        if not self.made and seen.frames_done >= self._at and seen.phase is Phase.RENDERING:
            self.made = True
            for host in self._rig.region.alive():
                self._make(self._rig.region, host.instance_id)


def render(rig, original, folder, watch=None, **wanted):
    """Render a twin of ``original`` in the account; check its bytes and that nothing is left."""
    home, record = twin(original, folder, workers=1)
    outcome = drive(home, record.job_id, place_for=rig.place_for(**wanted), watch=watch)
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    assert outcome.finished.video.digest == original.digest
    rig.wait_until_all_ended()
    rig.check_nothing_is_left()
    return outcome


def test_a_video_is_rendered_on_an_instance_and_nothing_is_left(rig, original, tmp_path):
    outcome = render(rig, original, tmp_path / "twin")
    assert outcome.last.interruptions == 0


TROUBLES = {
    "notice": lambda region, instance: region.interrupt(instance, notice_s=4),
    "no notice": lambda region, instance: region.interrupt(instance, notice_s=0),
    "silent death": lambda region, instance: region.kill(instance),
}


@pytest.mark.parametrize("make", TROUBLES.values(), ids=TROUBLES)
def test_an_instance_that_is_taken_costs_no_frame(rig, original, tmp_path, make):
    trouble = Trouble(rig, make)
    outcome = render(rig, original, tmp_path / "twin", trouble)
    assert trouble.made
    assert outcome.last.interruptions == 1
    assert len(rig.region.hosts()) == 2
