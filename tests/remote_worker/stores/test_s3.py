"""The bucket store keeps its contract, and faults of the service are named."""

import threading

import boto3
import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, IncompleteReadError
from moto import mock_aws

from remote_worker.errors import BlobMissing, DiskFull, StoreUnavailable
from remote_worker.stores import s3
from remote_worker.stores.s3 import Bucket, S3Store
from tests.contract_suites.store_suite import StoreSuite, digest

REGION = "us-east-1"


@pytest.fixture(autouse=True)
def account(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        yield boto3.client("s3", region_name=REGION)


@pytest.fixture
def client(account):
    account.create_bucket(Bucket="staging")
    return account


class OneAtATime:
    """Lets one write or read in at a time: moto races with itself, the real service does not."""

    def __init__(self, client):
        self._client, self._lock = client, threading.Lock()

    def put_object(self, **asked):
        with self._lock:
            return self._client.put_object(**asked)

    def get_object(self, **asked):
        with self._lock:
            return self._client.get_object(**asked)

    def __getattr__(self, name):
        return getattr(self._client, name)


@pytest.fixture
def store(client):
    return S3Store(Bucket(name="staging", prefix="jobs/one/"), client=OneAtATime(client))


class TestS3Store(StoreSuite):
    """The contract."""


def test_all_lies_below_the_prefix_and_nothing_else_is_seen(store, client):
    client.put_object(Bucket="staging", Key="jobs/two/orders/x.json", Body=b"another's")
    store.put("orders/a.json", b"ours")
    keys = [each["Key"] for each in client.list_objects_v2(Bucket="staging")["Contents"]]
    assert "jobs/one/orders/a.json" in keys
    assert list(store.keys("")) == ["orders/a.json"]


@pytest.mark.parametrize("prefix", ["jobs", "../", "/", "Jobs/", "a//"])
def test_a_prefix_that_is_none_is_refused(prefix, client):
    with pytest.raises(ValueError, match="not a prefix"):
        S3Store(Bucket(name="staging", prefix=prefix), client=client)


class Faulty:
    """Answers a few calls of one name with faults, then as the client does."""

    def __init__(self, client, name, *faults):
        self._client, self._name, self._faults = client, name, list(faults)
        self.calls = 0

    def __getattr__(self, name):
        if name != self._name:
            return getattr(self._client, name)

        def call(**asked):
            self.calls += 1
            if self._faults:
                raise self._faults.pop(0)
            return getattr(self._client, name)(**asked)

        return call


@pytest.fixture
def no_pause(monkeypatch):
    monkeypatch.setattr(s3.time, "sleep", lambda seconds: None)


def test_a_race_on_a_conditional_write_is_tried_again(client, no_pause):
    raced = ClientError({"Error": {"Code": "ConditionalRequestConflict"}}, "PutObject")
    faulty = Faulty(client, "put_object", raced, raced)
    assert S3Store(Bucket(name="staging"), client=faulty).put("a", b"x", if_absent=True)
    assert faulty.calls == 3


def test_a_body_that_breaks_off_is_read_again(client, no_pause, tmp_path):
    broken = IncompleteReadError(actual_bytes=1, expected_bytes=2)
    S3Store(Bucket(name="staging"), client=client).put("a", b"whole")
    faulty = Faulty(client, "get_object", broken)
    S3Store(Bucket(name="staging"), client=faulty).fetch("a", tmp_path / "a", digest(b"whole"))
    assert (tmp_path / "a").read_bytes() == b"whole"


def test_a_service_that_never_answers_is_named_after_bounded_tries(client, no_pause):
    away = EndpointConnectionError(endpoint_url="https://staging")
    faulty = Faulty(client, "head_object", *[away] * 100)
    with pytest.raises(StoreUnavailable, match="EndpointConnectionError"):
        S3Store(Bucket(name="staging"), client=faulty).has("a")
    assert faulty.calls <= 4


def test_a_refused_right_is_named_and_not_tried_again(client, no_pause):
    refused = ClientError({"Error": {"Code": "AccessDenied"}}, "PutObject")
    faulty = Faulty(client, "put_object", *[refused] * 9)
    with pytest.raises(StoreUnavailable, match="AccessDenied"):
        S3Store(Bucket(name="staging"), client=faulty).put("a", b"x")
    assert faulty.calls == 1


def test_a_bucket_that_is_not_there_is_no_missing_object(account):
    store = S3Store(Bucket(name="nowhere", region=REGION))
    with pytest.raises(StoreUnavailable, match="NoSuchBucket"):
        store.get("a")
    assert not issubclass(StoreUnavailable, BlobMissing)


def test_a_full_disk_of_the_reader_is_told_as_that(store, tmp_path, monkeypatch):
    store.put("a", b"x" * 1000)

    class Full(s3.WholeFile):
        def write(self, data):
            raise DiskFull("There is no room.")

    monkeypatch.setattr(s3, "WholeFile", Full)
    with pytest.raises(DiskFull):
        store.fetch("a", tmp_path / "a", digest(b"x" * 1000))
    assert list(tmp_path.iterdir()) == []


def test_a_large_file_goes_up_in_parts_and_comes_back(store, tmp_path):
    data = bytes(range(256)) * (80 << 10)
    (tmp_path / "in").write_bytes(data)
    store.put_file("blobs/large", tmp_path / "in")
    store.fetch("blobs/large", tmp_path / "out", digest(data))
    assert (tmp_path / "out").read_bytes() == data
