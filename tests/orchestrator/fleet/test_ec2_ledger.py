"""What is asked of an account is on disk before it is asked, whatever dies."""

from contextlib import closing
from decimal import Decimal

import pytest

from orchestrator.errors import JournalBroken
from orchestrator.fleet.ec2.ledger import (
    Asked,
    EndedInstance,
    Launched,
    Ledger,
    RefusedLaunch,
    alive,
    next_attempt,
    unanswered,
)
from orchestrator.fleet.ec2.names import bucket_name, client_token, is_ours, job_prefix, tags

AT = "2026-01-31T12:00:00+00:00"


def asked(lease="lease-1", attempt=1, once="t1"):
    return Asked(
        lease_id=lease,
        attempt=attempt,
        token=once,
        region="us-east-2",
        pools=(("g6.xlarge", "subnet-1"),),
        market="spot",
        at=AT,
    )


def launched(once="t1", instance="i-1"):
    return Launched(
        lease_id="lease-1",
        token=once,
        instance_id=instance,
        instance_type="g6.xlarge",
        zone="us-east-2a",
        region="us-east-2",
        market="spot",
        usd_per_hour=Decimal("0.2600"),
        on_demand_usd_per_hour=Decimal("0.8048"),
        at=AT,
    )


def refused(once="t1"):
    return RefusedLaunch(lease_id="lease-1", token=once, reason="capacity_refused", at=AT)


def read(path):
    with closing(Ledger(path)) as ledger:
        return ledger.lines


def test_what_is_written_is_there_for_the_next_life(tmp_path):
    lines = (asked(), launched(), EndedInstance(instance_id="i-1", how="released", at=AT))
    with closing(Ledger(tmp_path / "ledger")) as ledger:
        for line in lines:
            ledger.write(line)
    assert read(tmp_path / "ledger") == lines


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_line_cut_by_a_kill_is_forgotten_and_the_rest_stays(tmp_path, cut):
    path = tmp_path / "ledger"
    with closing(Ledger(path)) as ledger:
        ledger.write(asked())
        whole = path.read_bytes()
        ledger.write(launched())
    path.write_bytes(path.read_bytes()[:-cut])
    with closing(Ledger(path)) as again:
        assert again.lines == (asked(),)
        assert path.read_bytes() == whole
        again.write(launched())
    assert read(path) == (asked(), launched())


def test_a_damaged_line_is_told_and_not_passed_over(tmp_path):
    (tmp_path / "ledger").write_text('{"kind": "Launched", "line": {}}\n')
    with pytest.raises(JournalBroken, match="cannot be read"):
        Ledger(tmp_path / "ledger")


def test_a_launch_nobody_knows_the_end_of_is_asked_again():
    assert unanswered((asked(), asked(once="t2"), launched("t2"))) == (asked(),)
    assert unanswered((asked(), refused())) == ()


def test_an_instance_is_alive_until_aws_says_otherwise():
    ended = EndedInstance(instance_id="i-1", how="interrupted", at=AT)
    assert alive((asked(), launched())) == (launched(),)
    assert alive((asked(), launched(), ended)) == ()


def test_no_attempt_is_numbered_twice():
    assert next_attempt((), "lease-1") == 1
    lines = (asked(attempt=1), refused(), asked("lease-2", 7, "t2"), asked(attempt=2, once="t3"))
    assert next_attempt(lines, "lease-1") == 3


def test_a_token_is_one_for_the_same_parts_and_another_for_others():
    parts = ("job", "lease-1", "1", "g6.xlarge", "us-east-2a")
    assert client_token(*parts) == client_token(*parts)
    others = {client_token(*parts[:n], "else", *parts[n + 1 :]) for n in range(len(parts))}
    assert len(others | {client_token(*parts)}) == len(parts) + 1
    assert client_token("ab", "c") != client_token("a", "bc")
    assert len(client_token("a")) == 64


def test_what_is_tagged_is_ours_and_nothing_else():
    tagged = {tag["Key"]: tag["Value"] for tag in tags("job-1", "lease-1", AT)}
    assert is_ours(tagged)
    assert not is_ours({"Name": tagged["Name"]})


@pytest.mark.parametrize("job", ["", "../x", "A", "a/b", "a" * 65, "a b"])
def test_what_is_no_jobs_id_names_no_keys(job):
    with pytest.raises(ValueError, match="no job's id"):
        job_prefix(job)


def test_a_bucket_is_named_for_its_account_and_region():
    assert bucket_name("123456789012", "eu-west-1") == "secondunit-123456789012-eu-west-1"
