"""What goes up comes back rendered, whatever is killed meanwhile, and nobody sees another's."""

from __future__ import annotations

import hashlib
import os
import signal

import httpx
import pytest
from api_server import ApiServer

from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_frames, demo_portrait
from orchestrator.desk.book import Book, book_path
from orchestrator.errors import QueueBusy
from orchestrator.home import Home
from orchestrator.jobs import list_jobs
from orchestrator.serve.notes import Note
from orchestrator.serve.tokens import Tokens
from orchestrator.sources import statement
from remote_worker.contract.coding import canonical
from tests.clips import barcodes_of, make_clip


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = ApiServer(Home(tmp_path_factory.mktemp("served") / "home"), "--workers", 1)
    yield made
    made.close()


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return make_clip(tmp_path_factory.mktemp("clips") / "a [1].mp4", frames=48)


def files_of(server):
    return [p for p in (server.home.root / "served").rglob("*") if p.is_file()]


def test_a_video_goes_up_in_parts_and_comes_back_rendered(server, clip, tmp_path):
    data = clip.read_bytes()
    half = len(data) // 2
    upload = server.begin(clip)
    assert server.send(upload, data[:half], 0)["received_bytes"] == half
    assert server.refused(
        "PATCH", f"/uploads/{upload}", 409, content=b"x", headers={"upload-offset": "0"}
    ) == "wrong_offset"  # fmt: skip
    assert server.refused("POST", "/jobs", 409, json={"source": upload}) == "upload_not_whole"
    assert server.send(upload, data[half:], half)["state"] == "whole"

    job = server.submit(upload)
    told = server.events(job)
    assert told[-1]["state"] == "done", told[-1]
    assert told[-1]["title"] == "a [1].mp4"
    assert {each["state"] for each in told} & {"queued", "rendering", "new"}

    whole = server.client.get(f"/jobs/{job}/video")
    assert hashlib.sha256(whole.content).hexdigest() == told[-1]["result"]["sha256"]
    assert len(whole.content) == told[-1]["result"]["size_bytes"]
    part = server.client.get(f"/jobs/{job}/video", headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    (tmp_path / "back.mp4").write_bytes(whole.content)
    assert barcodes_of(tmp_path / "back.mp4") == list(range(48))

    server.ask("DELETE", f"/jobs/{job}", 204)
    assert server.refused("GET", f"/jobs/{job}", 404) == "job_missing"
    assert server.refused("GET", f"/uploads/{upload}", 404) == "upload_missing"
    assert not [p for p in files_of(server) if upload in str(p) or job in str(p)]
    home = server.home
    assert list_jobs(home) == ()
    for kept in (home.store, home.scans, home.cache / "thumbnails"):
        left = [p for p in kept.rglob("*") if p.is_file() and not p.name.startswith("content-")]
        assert left == [], "what was made of it or seen in it is still there"


def test_what_is_asked_twice_under_one_key_is_made_once(server, clip):
    upload = server.upload(clip)
    wish = {"source": upload, "look": {"engine": "identity"}, "render": False}
    key = {"idempotency-key": "order-1"}
    first = server.ask("POST", "/jobs", 201, json=wish, headers=key)
    again = server.ask("POST", "/jobs", 200, json=wish, headers=key)
    assert first["id"] == again["id"]
    other = {"json": wish | {"trim_in": 1.0}, "headers": key}
    assert server.refused("POST", "/jobs", 422, **other) == "key_of_another"
    server.await_state(first["id"], "ready")
    assert server.refused("DELETE", f"/uploads/{upload}", 409) == "upload_in_use"
    assert server.ask("POST", f"/jobs/{first['id']}/render")["state"] in ("queued", "rendering")
    assert server.ask("POST", f"/jobs/{first['id']}/cancel")["state"] != "rendering"
    server.ask("DELETE", f"/jobs/{first['id']}", 204)


def test_a_file_that_is_not_what_was_told_is_not_kept(server, clip):
    upload = server.begin(clip)
    bent = bytes([clip.read_bytes()[0] ^ 1]) + clip.read_bytes()[1:]
    headers = {"upload-offset": "0"}
    code = server.refused("PATCH", f"/uploads/{upload}", 422, content=bent, headers=headers)
    assert code == "wrong_digest"
    assert server.refused("GET", f"/uploads/{upload}", 404) == "upload_missing"

    small = server.begin(clip, size_bytes=10)
    code = server.refused("PATCH", f"/uploads/{small}", 413, content=b"x" * 11, headers=headers)
    assert code == "more_than_told"
    server.ask("DELETE", f"/uploads/{small}", 204)
    assert not [path for path in files_of(server) if upload in str(path) or small in str(path)]


def test_nobody_gets_in_without_a_token_or_sees_what_is_anothers(server, clip):
    job = server.submit(server.upload(clip), render=False)
    other = {"authorization": f"Bearer {Tokens(server.home).make('other').reveal()}"}
    assert server.client.get("/jobs", headers=other).json() == []
    for path in (f"/jobs/{job}", f"/jobs/{job}/video", f"/jobs/{job}/people"):
        assert server.refused("GET", path, 404, headers=other) == "job_missing"
    assert server.refused("DELETE", f"/jobs/{job}", 404, headers=other) == "job_missing"
    for wrong in ("", "Bearer", "Bearer x", "Bearer su_000000000000_" + "A" * 43, "Basic eDp5"):
        code = server.refused("GET", "/jobs", 401, headers={"authorization": wrong})
        assert code == "who_asks"
    mine = Tokens(server.home)
    gone = mine.make("leaver").reveal()
    headers = {"authorization": f"Bearer {gone}"}
    assert server.client.get("/jobs", headers=headers).status_code == 200
    mine.revoke(gone.split("_")[1])
    assert server.client.get("/jobs", headers=headers).status_code == 401
    assert gone.split("_")[2] not in (server.home.root / "served/tokens.json").read_text()
    server.ask("DELETE", f"/jobs/{job}", 204)


def test_a_window_cannot_have_the_home_that_is_served(server):
    with pytest.raises(QueueBusy):
        Book(book_path(server.home))


def test_bodies_are_bounded(server):
    code = server.refused("POST", "/jobs", 413, content=b"[" * (300 << 10))
    assert code == "body_too_large"

    def endless():
        for _ in range(400):
            yield b" " * 1024

    try:
        answer = server.client.post("/jobs", content=endless())
        assert answer.status_code == 413
    except httpx.TransportError:
        pass  # it hung up before everything was sent
    assert server.ask("GET", "/health") == {"status": "ok"}


def test_a_face_is_taken_only_with_its_consent_and_put_on_the_largest(server, tmp_path):
    photo = tmp_path / "grace.jpg"
    photo.write_bytes(demo_portrait(FACE_TO_PUT_ON))
    pictures = list(demo_frames(12))
    film = make_clip(
        tmp_path / "film.mp4",
        frames=12,
        width=288,
        height=324,
        paint=lambda index, width_px, height_px: pictures[index],
    )
    consent = {
        "basis": "licensed",
        "statement": statement("licensed"),
        "stated_by": "a test",
    }
    face = {"name": "grace", "photos": [server.upload(photo, "photo")], "consent": consent}
    for spoilt in (
        {k: v for k, v in face.items() if k != "consent"},
        face | {"consent": {k: v for k, v in consent.items() if k != "stated_by"}},
    ):
        assert server.refused("POST", "/faces", 422, json=spoilt) == "not_understood"
    own_words = face | {"consent": consent | {"statement": "sure"}}
    assert server.refused("POST", "/faces", 422, json=own_words) == "consent_missing"
    assert consent["statement"] in str(server.ask("GET", "/consent"))
    kept = server.ask("POST", "/faces", 201, json=face)
    assert server.ask("GET", "/faces") == [kept]

    casts = [{"face": kept["id"], "person": "largest"}]
    job = server.ask("POST", "/jobs", 201, json={"source": server.upload(film), "casts": casts})
    assert server.refused("DELETE", f"/faces/{kept['id']}", 409) == "face_in_use"
    done = server.events(job["id"])[-1]
    assert done["state"] == "done", done["trouble"]
    people = {each["id"]: each for each in server.ask("GET", f"/jobs/{job['id']}/people")}
    (cast,) = done["casts"]
    assert (cast["face"], cast["start"], cast["end"]) == (kept["id"], None, None)
    assert not people[cast["person"]]["unsure"]
    picture = server.client.get(f"/jobs/{job['id']}/people/{cast['person']}/picture")
    assert picture.headers["content-type"].startswith("image/")
    assert server.client.get(f"/jobs/{job['id']}/video").content != film.read_bytes()
    server.ask("DELETE", f"/jobs/{job['id']}", 204)
    server.ask("DELETE", f"/faces/{kept['id']}", 204)
    assert server.ask("GET", "/faces") == []


def test_killed_in_the_middle_of_an_upload_and_of_a_render_it_goes_on(tmp_path):
    server = ApiServer(Home(tmp_path / "home"), "--workers", 1)
    try:
        _kill_and_go_on(server, tmp_path)
    finally:
        server.close()


def leave_half_made(home):
    """Leave what a kill between a job's note and its entry, or in its deletion, leaves."""
    served, name = home.root / "served", "0" * 24
    note = Note(entry_id=name, owner="tester", upload_id="0" * 32, title="a")
    left = [served / "jobs" / f"{name}.json", served / "results" / name / "video.mp4"]
    left[1].parent.mkdir()
    left[0].write_text(canonical(note))
    left[1].write_bytes(b"half")
    return left


def _kill_and_go_on(server, tmp_path):
    film = make_clip(tmp_path / "film.mp4", frames=700, options={"preset": "ultrafast"})
    data = film.read_bytes()
    upload = server.begin(film)
    server.send(upload, data[:5000], 0)
    server.kill()
    half_made = leave_half_made(server.home)
    server.start()
    assert not [path for path in half_made if path.exists()]
    here = server.ask("GET", f"/uploads/{upload}")
    assert (here["state"], here["received_bytes"]) == ("receiving", 5000)
    server.send(upload, data[5000:], 5000)
    job = server.submit(upload)
    server.await_state(job, "rendering")
    server.kill()
    server.start()
    assert server.ask("GET", f"/jobs/{job}")["state"] in ("queued", "rendering")
    done = server.events(job)[-1]
    assert done["state"] == "done", done["trouble"]
    (tmp_path / "back.mp4").write_bytes(server.client.get(f"/jobs/{job}/video").content)
    assert barcodes_of(tmp_path / "back.mp4") == list(range(700))
    if os.name == "posix":
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(60) == 0
