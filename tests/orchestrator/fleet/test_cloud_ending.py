"""How an instance went is told by AWS's own word for it, and by when it was to be gone."""

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest

from orchestrator.events import Loss
from orchestrator.fleet.ec2.ending import WORDS, ended_at, loss_of

NOW = datetime(2026, 3, 14, 9, 26, 53, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("code", "ends_at", "told"),
    [
        ("Server.SpotInstanceTermination", LATER, "interrupted"),
        ("Server.SpotInstanceTermination", NOW, "interrupted"),
        ("Client.InstanceInitiatedShutdown", LATER, "ended"),
        ("Client.InstanceInitiatedShutdown", NOW + timedelta(seconds=30), "expired"),
        ("Client.UserInitiatedShutdown", LATER, "terminated"),
        ("Client.UserInitiatedShutdown", NOW - timedelta(seconds=5), "expired"),
        ("Client.UserInitiatedShutdown", None, "terminated"),
        ("Server.InternalError", LATER, "lost"),
        ("", LATER, "lost"),
    ],
)
def test_how_an_instance_went(code, ends_at, told):
    described = {"StateReason": {"Code": code}} if code else {}
    assert loss_of(described, ends_at, NOW) == told


def test_each_way_has_words():
    assert set(WORDS) == set(get_args(Loss))
    assert all(sentence and advice for sentence, advice in WORDS.values())


def test_who_looks_late_learns_when_it_ended_and_why():
    long_after = LATER + timedelta(hours=9)
    by_user = {
        "StateReason": {"Code": "Client.UserInitiatedShutdown"},
        "StateTransitionReason": f"User initiated ({NOW:%Y-%m-%d %H:%M:%S} GMT)",
    }
    assert ended_at(by_user, LATER, long_after) == NOW
    assert loss_of(by_user, LATER, long_after) == "terminated", "its time was not over then"
    assert loss_of(by_user, NOW + timedelta(seconds=30), long_after) == "expired"


def test_where_nobody_knows_when_it_ended_it_was_when_its_time_was_over():
    assert ended_at({}, LATER, LATER + timedelta(hours=9)) == LATER
    assert ended_at({}, LATER, NOW) == NOW
    assert ended_at({}, None, NOW) == NOW
