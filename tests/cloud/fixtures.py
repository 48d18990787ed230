"""Give tests the cloud: import `cloud`, `region` and `tidy_region` in a conftest."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import boto3
import pytest
import pytest_socket

from tests.cloud.region import NETWORKS, Region, open_region, why_not


@pytest.fixture(scope="session")
def cloud() -> Iterator[Region]:
    """One running cloud for all tests of this process; skips where there can be none."""
    reason = why_not()
    if reason:
        pytest.skip(reason)
    with open_region() as region:
        yield region


@pytest.fixture
def region(cloud: Region, monkeypatch: pytest.MonkeyPatch) -> Iterator[Region]:
    """A clean account, and an environment in which plain boto3 finds it."""
    pytest_socket.socket_allow_hosts(list(NETWORKS), allow_unix_socket=True)
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    # Plain boto3 keeps the keys that it read first: a test before may have had others.
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", _plain_session())
    cloud.reset()
    yield cloud
    cloud.reset()


@functools.cache
def _plain_session() -> boto3.Session:
    session = boto3.Session()
    session.get_credentials()  # out of the environment as it is now
    return session


@pytest.fixture
def tidy_region(region: Region) -> Iterator[Region]:
    """As `region`, and the test fails if it leaves anything that costs or clutters."""
    yield region
    left = region.left_behind()
    assert not left, f"left behind: {left}"
