"""A configuration is taken whole or refused with its reason."""

import json
import subprocess
import sys

import pytest

from remote_worker.agent import EXIT_CONFIG, EXIT_UNAVAILABLE
from remote_worker.config import QueueConfig, StoreConfig, open_queue, open_store, read_config
from remote_worker.contract.coding import ContractError
from remote_worker.errors import StoreUnavailable


@pytest.fixture
def plain(tmp_path):
    return {
        "agent_id": "one",
        "queue": {"kind": "sqlite", "path": str(tmp_path / "queue")},
        "store": {"kind": "folder", "root": str(tmp_path / "store")},
        "cache_folder": str(tmp_path / "cache"),
        "work_folder": str(tmp_path / "work"),
        "spool": str(tmp_path / "spool"),
    }


def written(tmp_path, plain):
    path = tmp_path / "config.json"
    path.write_text(json.dumps(plain))
    return path


def test_what_is_not_said_has_its_default(tmp_path, plain):
    config = read_config(written(tmp_path, plain))
    assert (config.failures_allowed, config.listens) == (3, True)


@pytest.mark.parametrize("wrong", [{"hold_s": 0}, {"more": 1}, {"agent_id": 1}, {"queue": {}}])
def test_a_configuration_that_says_something_else_is_refused(tmp_path, plain, wrong):
    with pytest.raises(ContractError):
        read_config(written(tmp_path, plain | wrong))


def test_kinds_that_are_not_known_are_refused(tmp_path):
    with pytest.raises(ContractError, match="no queue of kind 'carrier pigeon'"):
        open_queue(QueueConfig(kind="carrier pigeon"))
    with pytest.raises(ContractError, match="no store"):
        open_store(StoreConfig(kind="shoebox"))
    with pytest.raises(StoreUnavailable):
        open_store(StoreConfig(kind="folder", root=str(tmp_path / "none")))


@pytest.mark.parametrize(
    ("change", "code"), [({"hold_s": -1}, EXIT_CONFIG), ({}, EXIT_UNAVAILABLE)]
)
def test_a_process_that_cannot_start_says_why_by_its_exit_code(tmp_path, plain, change, code):
    argv = [sys.executable, "-m", "remote_worker", "--config"]
    argv.append(str(written(tmp_path, plain | change)))
    ended = subprocess.run(argv, check=False, capture_output=True, text=True, timeout=60)
    assert ended.returncode == code
    assert ended.stdout == ""
    assert ended.stderr
