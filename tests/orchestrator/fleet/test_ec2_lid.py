"""The light says that the laptop may be closed only when everything goes on without it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestrator.fleet.ec2.lid import LidState, can_close_laptop

GOING = LidState(
    in_the_cloud=True,
    at_rest=False,
    staged=True,
    unfinished=5,
    machines_ready=2,
    machines_kept=True,
    left_s=100.0,
    paid_s=3600.0,
)


@pytest.mark.parametrize(
    ("change", "why", "may"),
    [
        ({}, "it goes on", True),
        ({"paid_s": None, "left_s": None}, "it goes on", True),
        ({"at_rest": True, "staged": False}, "nothing runs", True),
        ({"unfinished": 0, "machines_ready": 0}, "all is rendered", True),
        ({"in_the_cloud": False}, "rendered here", False),
        ({"staged": False}, "uploading", False),
        ({"machines_ready": 0}, "no machine yet", False),
        ({"machines_kept": False}, "not replaced", False),
        ({"left_s": 3601.0}, "short of time", False),
        ({"left_s": None}, "short of time", False),
    ],
)
def test_the_answer_has_one_reason(change, why, may):
    answer = can_close_laptop(replace(GOING, **change))
    assert (answer.why, answer.may_close) == (why, may)


@given(
    st.builds(
        LidState,
        in_the_cloud=st.booleans(),
        at_rest=st.sampled_from([False]),
        staged=st.booleans(),
        unfinished=st.integers(1, 9),
        machines_ready=st.integers(0, 3),
        machines_kept=st.booleans(),
        left_s=st.none() | st.floats(0, 9e3),
        paid_s=st.none() | st.floats(0, 9e3),
    )
)
def test_work_that_is_left_needs_all_of_it_staged_and_a_machine_that_stays(state):
    if can_close_laptop(state).may_close:
        assert state.in_the_cloud
        assert state.staged
        assert state.machines_ready
        assert state.machines_kept
