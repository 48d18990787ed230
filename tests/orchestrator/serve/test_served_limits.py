"""Nobody asks too much, too often, too slowly or in the clear, and no token can be found out."""

from __future__ import annotations

import errno
import queue
import socket
import threading
from contextlib import contextmanager
from dataclasses import replace

import httpx
import pytest

from orchestrator.cli.exits import Exit
from orchestrator.cli.main import main
from orchestrator.desk.book import Book, book_path
from orchestrator.desk.entries import OnceLooked
from orchestrator.desk.looker import _casts
from orchestrator.errors import RequestRefused, SettingsRefused
from orchestrator.faces.people import Appearance, Person, Scan
from orchestrator.home import Home
from orchestrator.serve.limits import AtOnce, Buckets, Limits
from orchestrator.serve.problems import ApiRefused
from orchestrator.serve.server import Running, Where, require_safe, serve
from orchestrator.serve.tokens import Tokens, served_folder
from orchestrator.serve.uploads import Uploads
from remote_worker.contract.records import Box
from tests.orchestrator.notify.receiving import make_identity

DEADLINE_S = 60.0


@pytest.fixture
def home(tmp_path):
    made = Home(tmp_path / "home")
    made.root.mkdir()
    return made


@contextmanager
def served(home, limits=None, where=None):
    """Run a server in this process."""
    ready: queue.SimpleQueue[Running] = queue.SimpleQueue()
    where = where or Where(port=0)
    thread = threading.Thread(
        target=lambda: serve(home, where, limits or Limits(), workers=1, ready=ready.put)
    )
    thread.start()
    running = ready.get(timeout=DEADLINE_S)
    try:
        yield running.url
    finally:
        running.end()
        thread.join(DEADLINE_S)
    assert not thread.is_alive()


def headers_of(home, name="me"):
    return {"authorization": f"Bearer {Tokens(home).make(name).reveal()}"}


# -- rates and sizes -------------------------------------------------------------------------------


def test_a_bucket_gives_so_many_at_once_and_refills():
    now_s = [0.0]
    buckets = Buckets(2.0, 3, lambda: now_s[0])
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a") == 0.5
    assert buckets.take("b") == 0
    now_s[0] += 0.5
    assert buckets.take("a") == 0
    assert buckets.take("a") > 0
    now_s[0] += 1000
    assert [buckets.take("a") for _ in range(4)][3] > 0, "it holds no more than it holds"


def test_only_so_many_go_on_at_once():
    at_once = AtOnce(2)
    with (
        at_once.one("a"),
        at_once.one("a"),
        at_once.one("b"),
        pytest.raises(ApiRefused),
        at_once.one("a"),
    ):
        pass
    with at_once.one("a"), at_once.one("a"):
        pass


def test_who_asks_too_often_is_told_when_to_ask_again(home):
    with served(
        home, Limits(requests_per_s=0.01, burst=3, guesses_per_s=0.01, guess_burst=2)
    ) as url:
        mine, other = headers_of(home), headers_of(home, "other")
        with httpx.Client(base_url=f"{url}/v1") as client:
            codes = [client.get("/jobs", headers=mine).status_code for _ in range(5)]
            assert codes == [200, 200, 200, 429, 429]
            refused = client.get("/jobs", headers=mine)
            assert int(refused.headers["retry-after"]) >= 1
            assert refused.json()["code"] == "too_often"
            guesses = [client.get("/jobs").status_code for _ in range(4)]
            assert guesses == [401, 401, 429, 429]
            assert client.get("/jobs", headers=other).status_code == 200, "another is not held up"


def test_a_sender_that_falls_silent_is_hung_up_on_and_what_came_is_kept(home):
    with served(home, Limits(part_wait_s=0.3)) as url:
        headers = headers_of(home)
        wish = {"kind": "video", "title": "a", "size_bytes": 100, "sha256": "0" * 64}
        upload = httpx.post(f"{url}/v1/uploads", json=wish, headers=headers).json()["id"]
        host, port = url.split("//")[1].split(":")
        with socket.create_connection((host, int(port)), timeout=DEADLINE_S) as line:
            line.sendall(
                f"PATCH /v1/uploads/{upload} HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n"
                f"authorization: {headers['authorization']}\r\nupload-offset: 0\r\n\r\n"
                "0123456789".encode()
            )
            answer = b""
            while part := line.recv(4096):
                answer += part
        assert answer.startswith(b"HTTP/1.1 408")
        here = httpx.get(f"{url}/v1/uploads/{upload}", headers=headers).json()
        assert here["received_bytes"] == 10
        tail = {**headers, "upload-offset": "10"}
        path = f"{url}/v1/uploads/{upload}"
        assert httpx.patch(path, content=b"x" * 90, headers=tail).json()["code"] == "wrong_digest"


def test_an_upload_that_nobody_uses_goes_after_a_day(home):
    limits = Limits(uploads=2)
    uploads = Uploads(home, limits)
    first = uploads.begin("me", "photo", "a", 10, "0" * 64).upload
    second = uploads.begin("me", "photo", "b", 10, "0" * 64).upload
    with pytest.raises(ApiRefused):
        uploads.begin("me", "photo", "c", 10, "0" * 64)
    used = frozenset({first.upload_id})
    uploads.begin("me", "photo", "c", 10, "0" * 64, used)
    now_s = (served_folder(home) / "uploads" / first.upload_id).stat().st_mtime
    assert uploads.remove_old(used, now_s + limits.upload_age_s - 60) == 0
    assert uploads.remove_old(used, now_s + limits.upload_age_s + 60) == 2
    assert [each.upload.upload_id for each in uploads.all()] == [first.upload_id]
    with pytest.raises(ApiRefused):
        uploads.get("me", second.upload_id)
    with pytest.raises(ApiRefused):
        uploads.begin("me", "photo", "large", limits.photo_bytes + 1, "0" * 64)


def test_a_disk_that_is_full_is_told_without_saying_where_it_is(home, monkeypatch):
    headers = headers_of(home)
    with served(home) as url:
        wish = {"kind": "video", "title": "a", "size_bytes": 4 << 20, "sha256": "0" * 64}
        upload = httpx.post(f"{url}/v1/uploads", json=wish, headers=headers).json()["id"]

        def full(self, data):
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr("orchestrator.serve.uploads.Appending.write", full)
            told = httpx.patch(
                f"{url}/v1/uploads/{upload}",
                content=b"x" * (2 << 20),
                headers={**headers, "upload-offset": "0"},
            )
        assert (told.status_code, told.json()["code"]) == (507, "no_room")
        monkeypatch.setattr("shutil.disk_usage", lambda _: _Usage(0))
        told = httpx.post(f"{url}/v1/uploads", json=wish, headers=headers)
    assert (told.status_code, told.json()["code"]) == (507, "no_room")
    assert str(home.root) not in told.text
    assert list(home.crashes.iterdir()) == []


def test_a_fault_of_the_program_is_written_down_and_not_told(home, monkeypatch):
    def broken(self, owner):
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("orchestrator.serve.jobs.ServedJobs.of", broken)
    with served(home) as url:
        told = httpx.get(f"{url}/v1/jobs", headers=headers_of(home))
        assert httpx.get(f"{url}/v1/health").status_code == 200
    assert (told.status_code, told.json()["code"]) == (500, "fault")
    assert told.headers["content-type"] == "application/problem+json"
    assert "secret" not in told.text
    (report,) = home.crashes.iterdir()
    assert "secret of the house" in report.read_text()


class _Usage:
    def __init__(self, free):
        self.free = self.total = free


# -- tokens ----------------------------------------------------------------------------------------


def test_a_token_opens_until_it_is_revoked_and_is_kept_nowhere(home):
    tokens, other_process = Tokens(home), Tokens(home)
    made = tokens.make("studio").reveal()
    assert other_process.who(made).name == "studio"
    kept = (served_folder(home) / "tokens.json").read_text()
    assert made.split("_")[2] not in kept
    for place in (5, len(made) - 1):
        flipped = "A" if made[place] != "A" else "B"
        assert tokens.who(made[:place] + flipped + made[place + 1 :]) is None
    for wrong in ("", "su_", made + "x", made.upper(), " " + made, "su_" + "0" * 12 + made[15:]):
        assert tokens.who(wrong) is None
    other_process.revoke(made.split("_")[1])
    assert tokens.who(made) is None
    with pytest.raises(RequestRefused):
        tokens.revoke("nobody")


def test_tokens_that_cannot_be_read_let_nobody_in(home):
    made = Tokens(home).make("me").reveal()
    (served_folder(home) / "tokens.json").write_text("{")
    with pytest.raises(SettingsRefused):
        Tokens(home).who(made)


@pytest.mark.parametrize("name", ["", "../x", "a\nb", "x" * 65, "-"])
def test_a_name_that_is_none_gets_no_token(home, name):
    with pytest.raises(RequestRefused):
        Tokens(home).make(name)


# -- where it is bound -----------------------------------------------------------------------------


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.9.9.9"])
def test_on_this_computer_it_may_be_served_in_the_clear(host):
    require_safe(Where(host=host))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "10.0.0.1", "studio.local"])  # noqa: S104  # refused
def test_a_network_is_not_served_in_the_clear(host):
    with pytest.raises(RequestRefused):
        require_safe(Where(host=host))
    require_safe(Where(host=host, behind_proxy=True))


def test_it_is_served_over_tls(home, tmp_path):
    identity = make_identity(tmp_path)
    where = Where(port=0, certificate=identity.certificate, key=identity.key)
    with served(home, where=where) as url:
        assert url.startswith("https://")
        answer = httpx.get(f"{url}/v1/health", verify=identity.trusting())
        assert answer.json() == {"status": "ok"}


def test_what_cannot_be_served_is_said_before_anything_is_begun(
    home, tmp_path, capsys, monkeypatch
):
    monkeypatch.setenv("SECONDUNIT_HOME", str(home.root))
    identity = make_identity(tmp_path)
    own = make_identity(_folder(tmp_path / "other"))
    pair = ("--tls-certificate", str(identity.certificate), "--tls-key", str(own.key))
    for options in (("--host", "0.0.0.0"), pair, pair[:2], ("--most-jobs", "0")):  # noqa: S104
        assert main(["serve", "--port", "0", *options]) == Exit.USAGE
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--port", port]) == Exit.USAGE
    book = Book(book_path(home))
    try:
        assert main(["serve", "--port", "0"]) == Exit.FAILED
    finally:
        book.close()
    said = capsys.readouterr().err
    assert "queue_busy" in said
    assert not book_path(home).with_name("x").exists()


def test_a_paused_queue_is_not_served(home, capsys, monkeypatch):
    monkeypatch.setenv("SECONDUNIT_HOME", str(home.root))
    assert main(["queue", "pause"]) == Exit.DONE
    assert main(["serve", "--port", "0"]) == Exit.USAGE
    assert "go-on" in capsys.readouterr().err


def _folder(path):
    path.mkdir()
    return path


# -- who is meant ----------------------------------------------------------------------------------


def person(name, left, size, frames, *, unsure=False):
    boxes = (Box(frame=0, left=left, top=0.1, right=left + size, bottom=0.1 + size),)
    appearance = Appearance(source_digest="d", start_frame=0, end_frame=frames, boxes=boxes)
    return Person(
        person_id=name, unsure=unsure, appearances=(appearance,), embedding=(1.0,), crops=()
    )


@pytest.mark.parametrize(
    ("which", "name"), [("longest", "p1"), ("leftmost", "p2"), ("largest", "p3")]
)
def test_a_person_is_meant_by_time_place_or_size_and_never_an_unsure_one(which, name):
    people = (
        person("p1", 0.5, 0.1, 300),
        person("p2", 0.1, 0.2, 200),
        person("p3", 0.4, 0.4, 100),
        person("p4", 0.0, 0.9, 400, unsure=True),
    )
    once = OnceLooked(cast_face="f" * 32, which=which)
    (cast,) = _casts(once, _scan(people))
    assert (cast.person_id, cast.face_id, cast.start) == (name, "f" * 32, None)
    assert _casts(once, _scan(people[3:])) == ()
    assert _casts(replace(once, cast_face=None), _scan(people)) == ()


def _scan(people):
    return Scan(source_digests=("d",), people=people, frames_looked_at=1, models_digest="m")
