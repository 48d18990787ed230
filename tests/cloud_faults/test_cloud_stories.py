"""Whatever happens to instances, cloud, network and app: the same bytes, and nothing left."""

import pytest

from tests.cloud_faults.rig import Rig
from tests.cloud_faults.tales import seeds, tale, tell
from tests.faults.stories import identity_original

pytestmark = pytest.mark.timeout(240)
FEW, MANY = 20, 120


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    folder = tmp_path_factory.mktemp("original") / "one"
    return identity_original(folder, frames=80, segment_frames=10, seed=11)


@pytest.mark.parametrize("seed", seeds(FEW))
def test_a_story_of_faults_costs_no_frame(region, original, tmp_path, seed):
    tell(Rig(region).set_up(), original, tmp_path / "twin", tale(seed))


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(FEW + 1, MANY + 1))
def test_many_stories_of_faults_cost_no_frame(region, original, tmp_path, seed):
    for each in tell(Rig(region).set_up(), original, tmp_path / "twin", tale(seed)):
        print(f"seed {seed}: {each}")  # noqa: T201  # the nightly log says what was lived through
