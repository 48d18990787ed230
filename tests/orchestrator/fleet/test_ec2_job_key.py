"""The key of a job's instances is the same after a restart and nobody else's to read."""

from __future__ import annotations

import http.server
import os
import stat
import threading

import pytest

from orchestrator.cloud_errors import CloudUnreachable
from orchestrator.errors import StorageFailed
from orchestrator.fleet.ec2.address import my_address
from orchestrator.fleet.ec2.job_key import forget_key, key_of
from orchestrator.home import Home


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path)
    made.job("j1").mkdir(parents=True)
    return made


def test_a_key_is_kept_until_it_is_forgotten(home):
    first = key_of(home, "j1")
    again = key_of(home, "j1")
    assert (again.private_pem, again.public_line) == (first.private_pem, first.public_line)
    forget_key(home, "j1")
    forget_key(home, "j1")
    assert key_of(home, "j1").public_line != first.public_line


@pytest.mark.skipif(os.name == "nt", reason="rights of files are those of the folder there")
def test_only_this_user_can_read_it(home):
    before = os.umask(0)
    try:
        key_of(home, "j1")
    finally:
        os.umask(before)
    (path,) = home.job("j1").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_damaged_key_is_no_key(home):
    key_of(home, "j1")
    (path,) = home.job("j1").iterdir()
    path.write_text("{")
    with pytest.raises(StorageFailed):
        key_of(home, "j1")


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
