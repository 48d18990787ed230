"""Watch a preview child from a test: scenes of small clips, questions, and what comes back."""

import contextlib
import queue
import time
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np

from orchestrator.media.guarded import probe_source
from orchestrator.preview.scene import (
    Ask,
    Failed,
    Play,
    PlayEnded,
    Scene,
    SceneSource,
    Shown,
    Sound,
    StoredPart,
)
from orchestrator.preview.shrink import as_stored
from orchestrator.preview.viewer import Viewer
from remote_worker.frames.encoders import settings_for
from tests.clips import barcode, make_clip
from tests.fakes.encoded import encode_segment

WAIT_S = 60.0
LONGEST = 4096
STORED_CODE = 1000
"""What is added to the barcodes of frames that pretend to be rendered."""


def scene_of_clip(path, **more):
    """Return the scene of a clip in which nobody is cast."""
    report, index = probe_source(path)
    source = SceneSource(
        path=str(path),
        digest=report.digest,
        stream_index=report.video.stream_index,
        picture=report.video.picture,
        index=index,
        has_sound=any(track.kind == "audio" for track in report.others),
    )
    return Scene(source=source, cast=None, **more)


def a_scene(folder, name="clip.mp4", **clip):
    return scene_of_clip(make_clip(folder / name, **clip))


def a_part(scene, folder, start, end, *, missed=(), paint=barcode):
    """Encode a segment as workers do; its barcodes say that it is one."""
    source = scene.source
    picture, index = as_stored(source.picture), source.index
    path = folder / f"part-{start}.mp4"
    encode_segment(
        _frames(picture, index, range(start, end), paint),
        path,
        encoder=settings_for("h264", preset="ultrafast", quality=10, picture=picture),
        picture=picture,
        time_base=index.time_base,
        frame_rate=Fraction(30),
        first_pts=index.pts[start],
    )
    return StoredPart(str(path), start, end, missed)


def _frames(picture, index, numbers, paint):
    for number in numbers:
        pixels = paint(number + STORED_CODE, picture.width_px, picture.height_px)
        frame = av.VideoFrame.from_ndarray(pixels, "bgr24")
        frame = frame.reformat(format=picture.pixel_format, dst_colorspace="ITU709")
        frame.pts, frame.time_base = index.pts[number], index.time_base
        yield frame


def pixels_of(shown):
    return np.frombuffer(shown.pixels, np.uint8).reshape(shown.height_px, shown.width_px, 3)


class Watcher:
    """A viewer, and a queue of all that it says."""

    def __init__(self, **more):
        self.heard = queue.Queue()
        self.ended = queue.Queue()
        self.viewer = Viewer(self.heard.put, lambda *why: self.ended.put(why), **more)
        self.number = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.viewer.close()

    def show(self, scene):
        self.viewer.show(scene)

    def ask(self, frame, side="before", longest_px=LONGEST):
        self.number += 1
        self.viewer.ask(Ask(self.number, frame, side, longest_px))
        return self.number

    def play(self, start, end, *, sides=("before", "after"), **more):
        self.number += 1
        more = {"longest_px": LONGEST, **more}
        self.viewer.ask(Play(self.number, start, end, sides, **more))
        return self.number

    def next(self, *kinds, within_s=WAIT_S):
        """Return the next answer of these kinds."""
        until_s = time.monotonic() + within_s
        while True:
            answer = self.heard.get(timeout=max(until_s - time.monotonic(), 0.001))
            if not kinds or isinstance(answer, kinds):
                return answer

    def until_silent(self, for_s=0.5):
        """Return when nothing was said for a while."""
        with contextlib.suppress(queue.Empty):
            while True:
                self.heard.get(timeout=for_s)

    def answer(self, number):
        """Return what a question about one frame came to."""
        while True:
            answer = self.next(Shown, Failed)
            if answer.number == number:
                return answer

    def get(self, frame, side="before", longest_px=LONGEST):
        return self.answer(self.ask(frame, side, longest_px))

    def until_played(self, number, sides=2):
        """Take every frame of a play as it comes; return its pictures and its sound."""
        pictures, sound = [], []
        while True:
            answer = self.next(Shown, Sound, PlayEnded, Failed)
            if answer.number != number:
                continue
            if isinstance(answer, Sound):
                sound.append(answer)
            elif isinstance(answer, Shown):
                pictures.append(answer)
                self.viewer.taken(number, len(pictures) // sides)
            else:
                assert isinstance(answer, PlayEnded), answer
                return pictures, sound


def with_parts(scene, *parts):
    return replace(scene, stored=parts)
