"""Why an agent ended is told apart: done, told to, or with a host that goes down under it."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from orchestrator.fleet.ec2.lease import Life, Patience
from orchestrator.fleet.ec2.ledger import Asked, Launched
from remote_worker.contract.messages import Bye, Drain, Notice, encode

NOW = datetime.now(UTC)
LAUNCHED = Launched(
    lease_id="lease-1", token="t", instance_id="i-1", instance_type="g6.xlarge",  # noqa: S106  # none
    zone="a", region="r", market="spot", usd_per_hour=Decimal(1),
    on_demand_usd_per_hour=Decimal(2), at=NOW.isoformat(),
)  # fmt: skip


class Clock:
    """A second passes with each look."""

    def __init__(self):
        self.now_s = 0.0

    def __call__(self):
        self.now_s += 1.0
        return self.now_s


def life_of(state, reason="", *, ends_in=timedelta(hours=1)):
    """Return a lease whose instance EC2 describes so."""
    described = {"State": {"Name": state}, "StateReason": {"Code": reason}}
    ec2 = SimpleNamespace(
        describe_instances=lambda InstanceIds: {"Reservations": [{"Instances": [described]}]}  # noqa: N803  # AWS's name
    )
    asked = Asked(
        lease_id="lease-1", attempt=1, token="t", region="r", pools=(), market="spot",  # noqa: S106  # none
        ends_at=(NOW + ends_in).isoformat(), at=NOW.isoformat(),
    )  # fmt: skip
    kit = SimpleNamespace(clients=lambda name: ec2, ledger=SimpleNamespace(lines=(asked, LAUNCHED)))
    told = []
    life = Life("lease-1", kit, told.append, Clock())
    life.over.wait = lambda seconds: False
    return life, told


def ended(life, told, *said):
    """Hear an agent's last words, and return how its lease is told to have ended."""
    for each in said:
        life._take(encode(each).encode())
    life._tell_gone(life._ending(LAUNCHED), None)
    gone = told[-1]
    return gone.orderly, gone.how


def test_an_agent_that_has_nothing_left_to_do_is_let_go():
    life, told = life_of("running")
    assert ended(life, told, Bye(reason="finished"))[0]


def test_an_agent_that_was_told_to_end_is_let_go():
    life, told = life_of("running")
    life._heard.said_hello = True
    life.pass_on(Drain(grace_s=1.0))
    assert ended(life, told, Bye(reason="drained"))[0]


def test_a_notice_decides_whatever_comes_after():
    life, told = life_of("terminated", "Client.UserInitiatedShutdown")
    assert ended(life, told, Notice(grace_s=2.0), Bye(reason="drained")) == (True, "interrupted")


@pytest.mark.parametrize("words", [(), (Bye(reason="drained"),)])
@pytest.mark.parametrize(
    ("reason", "ends_in", "how"),
    [
        ("Server.SpotInstanceTermination", timedelta(hours=1), "interrupted"),
        ("Client.InstanceInitiatedShutdown", timedelta(hours=1), "ended"),
        ("Client.InstanceInitiatedShutdown", timedelta(seconds=10), "expired"),
        ("Client.UserInitiatedShutdown", timedelta(hours=1), "terminated"),
    ],
)
def test_a_host_that_goes_down_takes_its_agent_with_it(words, reason, ends_in, how):
    life, told = life_of("shutting-down", reason, ends_in=ends_in)
    assert ended(life, told, *words) == (False, how)


def test_an_agent_that_died_on_a_host_that_lives_is_lost():
    life, told = life_of("running")
    assert ended(life, told) == (False, "lost")


def test_an_agent_that_leaves_a_host_that_lives_has_said_goodbye():
    life, told = life_of("running")
    assert ended(life, told, Bye(reason="drained"))[0]


@pytest.mark.parametrize(
    ("reached_s", "now_s", "lost"),
    [(None, 500.0, False), (None, 901.0, True), (100.0, 150.0, False), (100.0, 160.0, True)],
)
def test_a_host_that_was_reached_and_falls_silent_in_its_boot_is_not_waited_out(
    reached_s, now_s, lost
):
    life, _ = life_of("running")
    life.kit.patience = Patience()
    life._heard.reached_s = reached_s
    assert life._is_lost_in_boot(now_s) == lost
