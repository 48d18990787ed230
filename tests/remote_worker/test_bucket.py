"""With nothing installed a host signs as the SDK does, and takes no damaged byte."""

import hashlib
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials as SdkCredentials
from hypothesis import given
from hypothesis import strategies as st

from remote_worker import bucket
from remote_worker.bucket import (
    AlreadyThere,
    BucketFailed,
    Credentials,
    Place,
    fetch,
    put_if_absent,
    role_credentials,
    signed_headers,
)
from tests.fakes.metadata import fake_metadata

KEYS = Credentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "a/token==")
NOW = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)
PLACE = Place(name="staging", region="eu-west-1")


def by_the_sdk(method, url, headers, payload, monkeypatch):
    request = AWSRequest(method=method, url=url, headers=dict(headers))
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: NOW)
    signer = S3SigV4Auth(SdkCredentials(KEYS.key_id, KEYS.secret, KEYS.token), "s3", "eu-west-1")
    monkeypatch.setattr(signer, "payload", lambda request: payload)
    signer.add_auth(request)
    return request.headers["Authorization"]


@pytest.mark.parametrize(
    ("method", "key", "headers"),
    [
        ("GET", "jobs/one/archive.tar", {}),
        ("PUT", "jobs/one/hosts/i-1.pub", {"If-None-Match": "*", "Content-Type": "text/plain"}),
        ("GET", "jobs/one/a-key_with.dots~and", {}),
    ],
)
def test_a_request_is_signed_as_the_sdk_signs_it(method, key, headers, monkeypatch):
    url, payload = PLACE.url(key), hashlib.sha256(b"x").hexdigest()
    own = signed_headers(method, url, headers, payload, KEYS, "eu-west-1", NOW)
    assert own["Authorization"] == by_the_sdk(method, url, headers, payload, monkeypatch)


@given(st.text(min_size=1, max_size=40))
def test_any_key_makes_one_address_of_plain_letters(key):
    assert PLACE.url(key).isascii()


class Service:
    """A bucket on a port of this machine that can be told to fail."""

    def __init__(self):
        self.objects, self.failing, self.seen = {}, [], []


@pytest.fixture
def service(monkeypatch):
    monkeypatch.setattr(bucket.time, "sleep", lambda seconds: None)
    held = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_PUT(self):
            data = self.rfile.read(int(self.headers["Content-Length"]))
            if self.headers["If-None-Match"] == "*" and self.path in held.objects:
                return self.answer(412)
            if self.fails():
                return None
            held.objects[self.path] = data
            return self.answer(200)

        def do_GET(self):
            if self.fails():
                return None
            data = held.objects.get(self.path)
            return self.answer(404) if data is None else self.answer(200, data)

        def fails(self):
            held.seen.append(self.headers["Authorization"])
            if held.failing:
                self.answer(held.failing.pop(0))
                return True
            return False

        def answer(self, status, data=b""):
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *given):
            del given

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        held.place = Place(
            name="staging",
            region="eu-west-1",
            endpoint_url=f"http://127.0.0.1:{server.server_address[1]}",
        )
        yield held
        server.shutdown()
        thread.join(10)


def test_what_is_published_once_stays(service):
    put_if_absent(service.place, "host.pub", b"the key", KEYS)
    with pytest.raises(AlreadyThere):
        put_if_absent(service.place, "host.pub", b"another's", KEYS)
    assert service.objects["/staging/host.pub"] == b"the key"


def test_an_object_is_fetched_whole_after_passing_faults(service, tmp_path):
    service.objects["/staging/a.tar"] = data = bytes(range(256)) * 9000
    service.failing = [503, 403, 500]
    fetch(service.place, "a.tar", tmp_path / "a.tar", hashlib.sha256(data).hexdigest(), KEYS)
    assert (tmp_path / "a.tar").read_bytes() == data
    assert len(service.seen) == 4


def test_damaged_bytes_are_refused_and_nothing_is_left(service, tmp_path):
    service.objects["/staging/a.tar"] = b"damaged"
    with pytest.raises(BucketFailed, match="damaged"):
        fetch(service.place, "a.tar", tmp_path / "a", hashlib.sha256(b"whole").hexdigest(), KEYS)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there_is_told_after_bounded_tries(service, tmp_path):
    with pytest.raises(BucketFailed, match="status 404"):
        fetch(service.place, "none", tmp_path / "none", "0" * 64, KEYS)
    assert len(service.seen) <= 8


def test_the_hosts_role_gives_the_credentials():
    with fake_metadata() as metadata:
        metadata.lies["iam/security-credentials/"] = "the-role\n"
        metadata.lies["iam/security-credentials/the-role"] = (
            '{"AccessKeyId": "ASIA1", "SecretAccessKey": "s", "Token": "t", "Code": "Success"}'
        )
        assert role_credentials(metadata.url) == Credentials("ASIA1", "s", "t")


def test_a_host_without_a_role_is_told_as_that():
    with fake_metadata() as metadata, pytest.raises(BucketFailed, match="no role"):
        role_credentials(metadata.url, tries=1)


def test_credentials_show_no_secret():
    assert "EXAMPLEKEY" not in repr(KEYS)
    assert "token" not in repr(KEYS)
