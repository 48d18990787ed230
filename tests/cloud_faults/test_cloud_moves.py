"""What was bought on demand is left for spot again when that pays: make before break."""

import random

import pytest

from orchestrator import events
from orchestrator.fleet.ec2.deadline import Rest
from orchestrator.fleet.ec2.ledger import EndedInstance, Launched, RefusedLaunch, launches
from orchestrator.job import Phase
from tests.cloud_faults.rig import TYPE, Rig
from tests.cloud_faults.test_cloud_render import render
from tests.faults.stories import identity_original

pytestmark = pytest.mark.timeout(240)
SEGMENTS, SEGMENT_FRAMES = 8, 8
FRAME_S = 0.4
"""A host that boots has time while another renders, also on a busy machine."""
THEN = ("killed in its boot", "interrupted")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    frames = SEGMENTS * SEGMENT_FRAMES
    return identity_original(folder, frames=frames, segment_frames=SEGMENT_FRAMES, seed=5)


class Tale:
    """Spot is out when the job begins, and comes back; then something happens to what came."""

    def __init__(self, rig, chance, then):
        self._rig, self._then = rig, then
        self._given_at = chance.randint(1, 2 * SEGMENT_FRAMES)
        self._taken_at = chance.randint(4, 5) * SEGMENT_FRAMES
        self._notice_s = chance.uniform(2.0, 5.0)
        self._pool = chance.choice(rig.zones())
        self.is_given = self.is_done = False
        for pool in rig.zones():
            rig.region.run_out(*pool)

    def __call__(self, seen):
        if seen.phase is not Phase.RENDERING:
            return
        if not self.is_given and seen.frames_done >= self._given_at:
            self.is_given = True
            self._rig.region.give(*self._pool, None if self._then != "killed in its boot" else 1)
        if self.is_given and not self.is_done:
            self.is_done = self._happens(seen)

    def _happens(self, seen):
        spot = [host for host in self._rig.region.alive() if host.lifecycle == "spot"]
        if not spot:
            return False
        if self._then == "killed in its boot":
            self._rig.region.kill(spot[0].instance_id)
        elif self._then == "interrupted" and seen.frames_done >= self._taken_at:
            self._rig.region.interrupt(spot[0].instance_id, notice_s=self._notice_s)
        return self._then != "interrupted" or seen.frames_done >= self._taken_at


def rest_of(original):
    """Return what moves are weighed by; a boot is soon worth it."""
    chunks = original.record.plan.chunks
    return Rest(
        frames={
            ref.segment_id: ref.end_frame - ref.start_frame
            for chunk in chunks
            for ref in chunk.segments
        },
        stored=frozenset(),
        frames_per_s={TYPE: 1 / FRAME_S},
        boot_s=1.0,
        instances=1,
    )


def told(region, original, folder, monkeypatch, seed, then):
    """Tell a tale of a seed."""
    monkeypatch.setattr("orchestrator.fleet.ec2.fleet._LOOK_S", 0.5)
    rig, chance = Rig(region, frame_s=FRAME_S).set_up(), random.Random(f"{seed} {then}")
    tale = Tale(rig, chance, then)
    options = {"patience_s": 1.0, "fall_back": True, "rest": rest_of(original)}
    return render(rig, original, folder, tale, **options)


def leases(told, kind):
    return [each.lease_id for each in told.events if isinstance(each, kind)]


def at(told, event):
    return told.events.index(event)


@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.nightly) for seed in range(2, 6))]
)
def test_an_instance_on_demand_is_left_for_spot_and_nothing_is_lost(
    region, original, tmp_path, monkeypatch, seed
):
    seen = told(region, original, tmp_path / "twin", monkeypatch, seed, "nothing")
    dear, cheap = seen.kinds(Launched)
    assert (dear.market, cheap.market) == ("on-demand", "spot"), f"seed {seed}"
    assert [each.lease_id for each in launches(seen.launches)] == ["lease-1", "lease-2"]
    ends = {line.instance_id: line.how for line in seen.kinds(EndedInstance)}
    assert ends == {dear.instance_id: "moved", cheap.instance_id: "released"}
    assert leases(seen, events.LeaseOutpriced) == ["lease-1"]
    assert at(seen, events.LeaseReady("lease-2")) < at(seen, events.LeaseEnded("lease-1"))
    assert (seen.last.interruptions, seen.last.gone) == (0, ())
    assert seen.rendered() == SEGMENTS, "a segment was rendered twice"


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(1, 4))
@pytest.mark.parametrize("then", THEN)
def test_whatever_happens_to_what_is_moved_to_costs_no_frame(
    region, original, tmp_path, monkeypatch, seed, then
):
    seen = told(region, original, tmp_path / "twin", monkeypatch, seed, then)
    launched = seen.kinds(Launched)
    assert [line.market for line in launched[:2]] == ["on-demand", "spot"], f"seed {seed}"
    ends = {line.instance_id: line.how for line in seen.kinds(EndedInstance)}
    if then == "killed in its boot":
        assert ends[launched[0].instance_id] == "released", "left for nobody"
    else:
        assert ends[launched[0].instance_id] == "moved"
    if then == "interrupted":
        assert ends[launched[1].instance_id] == "interrupted"
    assert seen.rendered() <= SEGMENTS + 1
    assert len(seen.kinds(RefusedLaunch)) < 30, "spot is not asked without end"
