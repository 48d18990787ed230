"""The bucket store keeps its contract at services that know less than S3, or says what is less."""

import functools
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from remote_worker.config import StoreConfig, open_store
from remote_worker.errors import StoreUnavailable
from remote_worker.stores.s3 import Bucket, S3Store
from tests.contract_suites.store_suite import StoreSuite, digest
from tests.fakes.narrow_s3 import narrow_s3

REGION = "us-east-1"


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")


def service_of(conditions, **asked):
    @pytest.fixture(scope="module", name=f"service_{conditions}")
    def fixture():
        with narrow_s3(conditions, **asked) as service:
            yield service

    return fixture


service_kept = service_of("kept")
service_ignored = service_of("ignored")
service_refused = service_of("refused")


@functools.cache
def client_of(service):
    """Return what a store makes for itself at the service; it takes long to make."""
    return S3Store(place_of(service, "any"))._client


def place_of(service, name):
    return Bucket(
        name=name, prefix="jobs/one/", region=REGION, endpoint_url=service.url, addressing="path"
    )


def bucket_of(service):
    name = f"staging-{uuid.uuid4().hex[:12]}"
    client_of(service).create_bucket(Bucket=name)
    service.asked.clear()
    return place_of(service, name)


def store_of(service):
    return S3Store(bucket_of(service), client=client_of(service))


class TestWhereConditionsAreKept(StoreSuite):
    """The contract at an endpoint that refuses the checksums of newer SDKs."""

    @pytest.fixture
    def store(self, service_kept):
        return store_of(service_kept)


class TestWhereConditionsAreIgnored(StoreSuite):
    """The contract, but that racers may both be told that they won."""

    exactly_one_wins = False

    @pytest.fixture
    def store(self, service_ignored):
        return store_of(service_ignored)


class TestWhereConditionsAreRefused(StoreSuite):
    """The same where the service says so."""

    exactly_one_wins = False

    @pytest.fixture
    def store(self, service_refused):
        return store_of(service_refused)


def test_whether_conditions_work_is_found_out_once(service_kept):
    bucket = bucket_of(service_kept)
    store = S3Store(bucket, client=client_of(service_kept))
    for number in range(5):
        store.put(f"a/{number}", b"x", if_absent=True)
    assert service_kept.count("PUT") == 5 + 2
    service_kept.asked.clear()
    other = S3Store(bucket, client=client_of(service_kept))
    for number in range(5):
        assert not other.put(f"a/{number}", b"x", if_absent=True)
    assert service_kept.count("PUT") == 5 + 1


@pytest.mark.parametrize("conditions", ["ignored", "refused"])
def test_without_conditions_a_write_costs_a_constant_number_of_calls(conditions, request):
    service = request.getfixturevalue(f"service_{conditions}")
    store = store_of(service)
    store.put("a/first", b"x", if_absent=True)
    service.asked.clear()
    for number in range(5):
        assert store.put(f"a/{number}", b"x", if_absent=True)
    assert [service.count(method) for method in ("HEAD", "PUT", "GET")] == [5, 5, 5]
    assert not any(conditional for _, _, conditional in service.asked)


def test_agents_that_start_at_once_find_the_same(service_kept, service_ignored):
    for service, found in ((service_kept, True), (service_ignored, False)):
        bucket = bucket_of(service)
        start, client = threading.Barrier(6), client_of(service)

        def look(_, bucket=bucket, start=start, client=client):
            store = S3Store(bucket, client=client)
            start.wait(30)
            store.put("done/a.json", b"{}", if_absent=True)
            return store._has_conditions

        with ThreadPoolExecutor(6) as threads:
            assert set(threads.map(look, range(6))) == {found}


def test_aws_itself_is_not_asked_what_it_can(monkeypatch):
    assert S3Store(Bucket(name="staging", region=REGION))._has_conditions


def test_a_service_that_fails_while_it_is_asked_is_asked_again(service_kept):
    bucket = bucket_of(service_kept)
    store = S3Store(Bucket(name="nowhere", region=REGION, endpoint_url=bucket.endpoint_url))
    with pytest.raises(StoreUnavailable, match="NoSuchBucket"):
        store.put("a", b"x", if_absent=True)
    assert store._has_conditions is None


def test_a_large_file_goes_up_in_parts_where_checksums_are_refused(service_kept, tmp_path):
    store = store_of(service_kept)
    data = bytes(range(256)) * (80 << 10)
    (tmp_path / "in").write_bytes(data)
    store.put_file("blobs/large", tmp_path / "in")
    store.fetch("blobs/large", tmp_path / "out", digest(data))
    assert (tmp_path / "out").read_bytes() == data


@pytest.mark.parametrize(("addressing", "host"), [("virtual", "staging."), ("path", "")])
def test_the_buckets_name_goes_where_the_service_wants_it(addressing, host):
    store = open_store(
        StoreConfig(
            kind="s3",
            bucket="staging",
            region="oss-cn-hangzhou",
            endpoint_url="https://oss-cn-hangzhou.example.com",
            addressing=addressing,
        )
    )
    url = store._client.generate_presigned_url("get_object", Params=store._at("a"))
    assert url.startswith(f"https://{host}oss-cn-hangzhou.example.com/")
    assert ("/staging/a?" in url) is (addressing == "path")
