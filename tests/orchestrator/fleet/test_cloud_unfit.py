"""Who answers with other code, or in another environment, is not spoken to as a worker."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from orchestrator.cloud_errors import WorkerUnfit
from orchestrator.fleet.ec2.lease import Life
from remote_worker.contract.messages import Hello, encode
from remote_worker.contract.records import Digest

CODE, WHEELS, OTHER = Digest("ab" * 32), Digest("cd" * 32), Digest("ef" * 32)
HELLO = Hello(
    agent_id="lease-1", contract_version=1, worker_digest=CODE, build="", cpu_count=1,
    memory_bytes=1, gpu="", environment=WHEELS,
)  # fmt: skip


@pytest.fixture
def heard():
    return []


@pytest.fixture
def life(heard):
    plan = SimpleNamespace(wheelhouse_digest=WHEELS)
    kit = SimpleNamespace(worker_digest=CODE, boot_plan=lambda lease_id: plan)
    return Life("lease-1", kit, heard.append)


def test_the_worker_of_this_app_is_heard(life, heard):
    life._take(encode(HELLO).encode())
    assert [each.message for each in heard] == [HELLO]


@pytest.mark.parametrize("what", ["worker_digest", "environment"])
def test_another_worker_is_refused_before_anything_is_told(life, heard, what):
    with pytest.raises(WorkerUnfit):
        life._take(encode(replace(HELLO, **{what: OTHER})).encode())
    assert heard == []
