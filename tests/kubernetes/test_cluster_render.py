"""A render in a cluster whose pods may vanish gives the bytes of one that nobody disturbed."""

import pytest

from orchestrator.job import Phase
from orchestrator.runner import drive
from tests.faults.stories import check_result, twin

pytestmark = pytest.mark.timeout(120)


def test_an_undisturbed_render_gives_the_same_bytes_and_leaves_nothing(rig, original, tmp_path):
    home, record = twin(original, tmp_path / "run", workers=2)
    outcome = drive(home, record.job_id, place_for=rig.place_for())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    check_result(original, home, record)
    assert rig.mini.most_pods == 2
    rig.check_nothing_is_left()
