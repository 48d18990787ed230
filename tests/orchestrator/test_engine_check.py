"""FaceFusion's own content check decides once over the whole video, here or at the first worker."""

from __future__ import annotations

import threading
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from orchestrator.content_clip import fitted
from orchestrator.desk.entries import Entry, EntryId, Look
from orchestrator.desk.turn import Hearers, Means, Turn
from orchestrator.errors import ContentRefused, LicencesNotAccepted, RequestRefused
from orchestrator.facefusion.errors import EngineNotInstalled
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import list_jobs, read_record
from orchestrator.licences import accept, to_accept
from orchestrator.prepare import Wish, prepare
from orchestrator.runner import drive
from remote_worker.check import (
    CheckVerdict,
    frames_to_look_at,
    looks_in,
    refusal,
    require_allowed,
    stored_verdict,
    verdict_on,
)
from remote_worker.contract.records import ContentCheck, Digest, TimeRange
from remote_worker.engines.facefusion.installation import VARIABLE
from remote_worker.errors import BlobMissing, EngineFailed
from remote_worker.errors import ContentRefused as RefusedByEngine
from remote_worker.stores import blob_key, check_key
from remote_worker.stores.folder import FolderStore
from tests.fakes.facefusion_home import STAND_IN, hold_to_pins, install, scene
from tests.fakes.fleets import FakeFleet

RATE = 8
SIZE_PX = (160, 96)
SETTINGS = (("processors", "face_enhancer"),)
GREEN = np.full((SIZE_PX[1], SIZE_PX[0], 3), (0, 220, 0), np.uint8)
"""What the stub models of the check take for explicit."""


@pytest.fixture(scope="module")
def installation(tmp_path_factory):
    """The stand-in, laid out as an installation; nobody finds it until the variable names it."""
    folder = tmp_path_factory.mktemp("engine") / "facefusion"
    install(STAND_IN, folder)
    return folder


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    hold_to_pins(monkeypatch)
    home = Home(tmp_path / "home")
    accept(home, to_accept("facefusion", SETTINGS, ()))
    return home


def a_video(folder: Path, seconds: int, green: range = range(0)) -> Path:
    """Write a video that is explicit, as the stubs see it, in the seconds of ``green``."""
    path = folder / "video.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"g": str(RATE)})
        stream.width, stream.height, stream.pix_fmt = *SIZE_PX, "yuv420p"
        for index in range(seconds * RATE):
            pixels = GREEN if index // RATE in green else scene(index, *SIZE_PX)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def wished(source: Path, **more: object) -> Wish:
    wish = Wish(source=source, engine="facefusion", settings=SETTINGS, workers=1)
    return replace(wish, **more)


# -- which frames, and what follows ------------------------------------------------------------


class Judge:
    """An engine that calls chosen looks explicit."""

    def __init__(self, explicit=(), silent=False):
        self.explicit, self.silent = set(explicit), silent
        self.seen = []

    def judge(self, frames):
        for frame in frames:
            self.seen.append(frame)
            if not self.silent:
                yield frame.index in self.explicit


def test_the_frames_are_those_that_upstream_looks_at():
    assert list(frames_to_look_at(61, Fraction(30000, 1001))) == [0, 29, 58]
    assert list(frames_to_look_at(5, Fraction(1, 2))) == [0, 1, 2, 3, 4]
    assert list(frames_to_look_at(0, Fraction(30))) == []


def a_check():
    return ContentCheck(Digest("a" * 64), Digest("b" * 64), frames=3)


def a_clip(folder: Path, count: int) -> Path:
    from orchestrator.content_clip import _write

    path = folder / "clip.nut"
    frames = (np.full((36, 64, 3), number, np.uint8) for number in range(count))
    _write(path, frames, [number * 1001 for number in range(count)], Fraction(1, 1000))
    return path


def test_a_clip_gives_its_frames_to_the_last_bit_and_when_they_were(tmp_path):
    looks = list(looks_in(a_clip(tmp_path, 4)))
    assert [look.pixels[3, 5].tolist() for look in looks] == [[n] * 3 for n in range(4)]
    assert [look.time for look in looks] == [Fraction(n * 1001, 1000) for n in range(4)]


def test_frames_are_fitted_as_upstream_fits_them_for_its_first_model():
    wide = np.random.default_rng(5).integers(0, 255, (720, 1280, 3), dtype=np.uint8)
    assert np.array_equal(fitted(wide), cv2.resize(wide, (640, 360)))
    small = wide[:100, :200]
    assert fitted(small) is small


def test_a_tenth_is_allowed_and_more_is_refused_with_its_times(tmp_path):
    clip = a_clip(tmp_path, 20)
    assert verdict_on(Digest("a" * 64), clip, Judge({3, 4})).allowed
    more = verdict_on(Digest("a" * 64), clip, Judge({3, 4, 9}))
    assert not more.allowed
    assert more.frames_looked_at == 20
    assert [(float(r.start), float(r.end)) for r in more.ranges] == [(3.003, 5.005), (9.009, 10.01)]
    assert "(0:03-0:05, 0:09-0:10)" in refusal(more.ranges)


def test_times_of_an_hour_and_many_ranges_are_told_shortly():
    told = refusal([TimeRange(Fraction(s), Fraction(s + 1)) for s in range(3600, 3640, 4)])
    assert "1:00:00-1:00:01" in told
    assert told.count("-") == 6
    assert "..." in told


def test_what_was_not_judged_is_an_error_and_never_a_yes(tmp_path):
    clip = a_clip(tmp_path, 3)
    with pytest.raises(EngineFailed, match="0 of 3"):
        verdict_on(Digest("a" * 64), clip, Judge(silent=True))
    with pytest.raises(EngineFailed, match="no content check"):
        verdict_on(Digest("a" * 64), clip, object())


def test_a_verdict_is_made_once_and_read_ever_after(tmp_path):
    store, check = FolderStore(tmp_path / "store"), a_check()
    judge = Judge()
    assert require_allowed(check, store, lambda: a_clip(tmp_path, 3), judge, lambda: False)
    assert len(judge.seen) == 3
    assert require_allowed(check, store, lambda: pytest.fail("asked again"), judge, lambda: False)
    assert len(judge.seen) == 3


def test_a_worker_that_is_to_end_gives_no_verdict(tmp_path):
    store, check = FolderStore(tmp_path / "store"), a_check()
    assert not require_allowed(check, store, lambda: a_clip(tmp_path, 3), Judge(), lambda: True)
    with pytest.raises(BlobMissing):
        store.get(check_key(check.check_id))


def test_a_verdict_that_cannot_be_read_is_made_anew(tmp_path):
    store, check = FolderStore(tmp_path / "store"), a_check()
    store.put(check_key(check.check_id), b'{"allowed":true}')
    with pytest.raises(RefusedByEngine, match="explicit"):
        require_allowed(check, store, lambda: a_clip(tmp_path, 3), Judge({0}), lambda: False)
    assert isinstance(stored_verdict(store, check.check_id), CheckVerdict)


# -- on this machine ---------------------------------------------------------------------------


def test_what_is_explicit_is_refused_here_before_there_is_a_job(
    home, tmp_path, installation, monkeypatch
):
    monkeypatch.setenv(VARIABLE, str(installation))
    source = a_video(tmp_path, 5, green=range(2, 4))
    with pytest.raises(ContentRefused, match=r"0:02-0:04") as caught:
        prepare(home, wished(source, elsewhere=True))
    assert "cannot be turned off" in caught.value.advice
    assert list_jobs(home) == ()
    assert list(home.scans.glob("clip-*")) == []


def test_what_was_checked_here_is_not_left_to_a_worker(home, tmp_path, installation, monkeypatch):
    monkeypatch.setenv(VARIABLE, str(installation))
    record = read_record(home, prepare(home, wished(a_video(tmp_path, 2))))
    assert record.check is None
    assert not record.clip_path(home).exists()
    assert dict(record.plan.work.engine.settings)["model_set"]
    outcome = drive(home, record.job_id, fleet_for=FakeFleet())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault


def test_an_engine_that_is_not_here_is_missed_before_anything_is_done(home, tmp_path):
    for name in ("voice", "model_set", "reference_photo"):
        settings = (*SETTINGS, (name, "a" * 64))
        with pytest.raises(RequestRefused, match=name):
            prepare(home, wished(tmp_path / "none.mp4", settings=settings))
    with pytest.raises(EngineNotInstalled, match="not installed"):
        prepare(home, wished(a_video(tmp_path, 1)))
    assert list_jobs(home) == ()


def test_licences_are_agreed_to_before_anything_is_done(tmp_path):
    home = Home(tmp_path / "another")
    with pytest.raises(LicencesNotAccepted, match=r"Non-Commercial \(InsightFace\)"):
        prepare(home, wished(tmp_path / "not-even-there.mp4", elsewhere=True))


# -- at the first worker -----------------------------------------------------------------------


def test_the_first_worker_checks_and_the_clip_goes_when_the_job_is_done(
    home, tmp_path, installation, monkeypatch
):
    record = read_record(home, prepare(home, wished(a_video(tmp_path, 2), elsewhere=True)))
    assert record.check is not None
    assert record.clip_path(home).is_file()
    monkeypatch.setenv(VARIABLE, str(installation))
    outcome = drive(home, record.job_id, fleet_for=FakeFleet())
    assert outcome.last.phase is Phase.DONE, outcome.last.fault
    store = FolderStore(home.store)
    verdict = stored_verdict(store, record.check.check_id)
    assert verdict is not None
    assert verdict.allowed
    assert verdict.frames_looked_at == 2
    assert not record.clip_path(home).exists()
    assert not store.has(blob_key(record.check.clip))


def test_a_refusal_ends_the_job_as_such_and_nobody_is_asked_again(
    home, tmp_path, installation, monkeypatch
):
    source = a_video(tmp_path, 5, green=range(1, 3))
    wish = wished(source, elsewhere=True, segment_frames=8, workers=2)
    record = read_record(home, prepare(home, wish))
    monkeypatch.setenv(VARIABLE, str(installation))
    seen = []
    outcome = drive(home, record.job_id, workers=1, fleet_for=FakeFleet(), watch=seen.append)
    assert (5, 5) in [each.checked for each in seen]
    assert outcome.last.phase is Phase.FAILED
    assert outcome.last.fault.reason == "content_refused"
    assert "0:01-0:03" in outcome.last.fault.sentence
    assert outcome.last.frames_done == 0
    again = FakeFleet()
    assert drive(home, record.job_id, fleet_for=again).last.fault == outcome.last.fault
    assert again.requested == []
    monkeypatch.setenv(VARIABLE, str(tmp_path / "nowhere"))
    with pytest.raises(ContentRefused, match="0:01-0:03"):
        prepare(home, replace(wish, output=tmp_path / "another.mp4"))


def test_cancelling_while_it_is_checked_leaves_nothing(home, tmp_path, installation, monkeypatch):
    from orchestrator.media.guard import Cancelled

    monkeypatch.setenv(VARIABLE, str(installation))
    cancelled = threading.Event()
    source = a_video(tmp_path, 2)

    def judged(*given):
        cancelled.set()
        return

    monkeypatch.setattr("orchestrator.engine_check.verdict_on", judged)
    with pytest.raises(Cancelled):
        prepare(home, wished(source), cancelled=cancelled)
    assert list(home.scans.glob("clip-*")) == []
    assert list_jobs(home) == ()


# -- from the queue ----------------------------------------------------------------------------


def a_turn(home, source, fleet):
    entry = Entry(
        entry_id=EntryId("e1"),
        source=str(source),
        added_at="2026-01-01T00:00:00+00:00",
        state="rendering",
        look=Look(engine="facefusion", settings=SETTINGS),
    )
    hearers = Hearers(
        working=lambda *_: None,
        named=lambda job_id: None,
        entered=lambda job_id, path: None,
        seen=lambda *_: None,
    )
    return Turn(home, entry, hearers, Means(fleet_for=fleet, workers=1)).go()


def test_the_queue_renders_what_needs_nobody_and_tells_a_refusal_as_one(
    home, tmp_path, installation, monkeypatch
):
    monkeypatch.setenv(VARIABLE, str(installation))
    ended = a_turn(home, a_video(tmp_path, 2), FakeFleet())
    assert ended.state == "done", ended.trouble
    assert ended.result.frame_count == 2 * RATE
    refused = a_turn(home, a_video(tmp_path, 4, green=range(1, 3)), FakeFleet())
    assert refused.state == "failed"
    assert refused.trouble.code == "content_refused"
    assert "0:01-0:03" in refused.trouble.sentence


def test_the_queue_says_what_is_missing_and_what_was_not_agreed_to(home, tmp_path):
    missing = a_turn(home, a_video(tmp_path, 1), FakeFleet())
    assert (missing.state, missing.trouble.code) == ("failed", "engine_not_installed")
    another = Home(tmp_path / "another")
    unagreed = a_turn(another, a_video(tmp_path, 1), FakeFleet())
    assert (unagreed.state, unagreed.trouble.code) == ("failed", "licences_not_accepted")
