"""The key of a job's instances is where secrets are kept, or in memory, and in no file."""

from __future__ import annotations

import http.server
import threading

import keyring
import pytest
from keyring.backends import fail

from orchestrator import secrets as password_stores
from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.fleet.ec2.address import my_address
from orchestrator.fleet.ec2.job_key import forget_key, key_of
from orchestrator.home import Home
from orchestrator.secrets import Secrets
from tests.fakes.stores_for_secrets import KeptInMemory


@pytest.fixture
def store(monkeypatch):
    """A password store of the system that works."""
    kind = (KeptInMemory.__module__, KeptInMemory.__qualname__)
    monkeypatch.setattr(password_stores, "_ALLOWED", {kind: "Test Keychain"})
    yield from in_use(KeptInMemory())


@pytest.fixture
def no_store():
    """A system without one."""
    yield from in_use(fail.Keyring())


def in_use(chosen):
    before = keyring.get_keyring()
    keyring.set_keyring(chosen)
    yield chosen
    keyring.set_keyring(before)


def test_a_key_is_kept_until_it_is_forgotten(store):
    first = key_of(Secrets(), "j1")
    again = key_of(Secrets(), "j1")
    assert (again.private_pem, again.public_line) == (first.private_pem, first.public_line)
    forget_key(Secrets(), "j1")
    forget_key(Secrets(), "j1")
    assert key_of(Secrets(), "j1").public_line != first.public_line


def test_each_job_has_a_key_of_its_own(store):
    assert key_of(Secrets(), "j1").public_line != key_of(Secrets(), "j2").public_line


def test_without_a_store_a_key_lives_as_long_as_the_process(no_store):
    secrets = Secrets()
    first = key_of(secrets, "j1")
    assert key_of(secrets, "j1").public_line == first.public_line
    assert key_of(Secrets(), "j1").public_line != first.public_line
    forget_key(Secrets(), "j1")


def test_a_key_is_written_to_no_file(tmp_path, no_store):
    home = Home(tmp_path)
    home.job("j1").mkdir(parents=True)
    key_of(Secrets(), "j1")
    assert list(home.job("j1").iterdir()) == []


@pytest.mark.parametrize(
    ("told", "address"),
    [(b"203.0.113.7\n", "203.0.113.7"), (b"<html>sign in to the wifi", None), (b"::1", None)],
)
def test_the_address_is_what_is_told_when_that_is_one(told, address, monkeypatch, socket_enabled):
    del socket_enabled

    class Answer(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *said):
            del said

    with http.server.HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}"
        monkeypatch.setenv("SECONDUNIT_CHECK_IP_URL", url)
        if address is not None:
            assert my_address() == address
        else:
            with pytest.raises(CloudUnreachable):
                my_address()


def test_no_other_kind_of_address_is_asked(monkeypatch):
    monkeypatch.setenv("SECONDUNIT_CHECK_IP_URL", "file:///etc/hostname")
    with pytest.raises(CloudUnreachable):
        my_address()
