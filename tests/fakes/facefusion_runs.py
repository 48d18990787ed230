"""Run the FaceFusion engine over painted scenes, and say what came of each frame."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from remote_worker.contract.records import Box, Digest, FaceTrack
from remote_worker.engines import Casting
from remote_worker.engines.facefusion.engine import Deadlines, FaceFusionEngine, Means
from remote_worker.engines.facefusion.kind import KIND
from tests.fakes.facefusion_home import BLUE, RED, layout_of, middle_of, photo, scene

WIDTH, HEIGHT = 320, 180
ONE, OTHER = Digest("1" * 64), Digest("2" * 64)
WAITING = Deadlines(open_s=120, prepare_s=60, first_frame_s=60, frame_s=60)


@dataclass(frozen=True)
class Painted:
    """One frame of a scene."""

    index: int
    pixels: np.ndarray


def painted(indices, colours=(RED, BLUE), size=(WIDTH, HEIGHT)):
    return [Painted(index, scene(index, *size, colours)) for index in indices]


def track_of(number, photos, frames=range(200), size=(WIDTH, HEIGHT)):
    """Return a track of face ``number`` of the scene."""
    boxes = []
    for index in frames:
        x, y = middle_of(index, number)
        wide, high = size[1] / size[0] / 7, 1 / 6
        boxes.append(Box(index, x - wide, y - high, x + wide, y + high))
    return FaceTrack(
        start_frame=frames[0], end_frame=frames[-1] + 1, boxes=tuple(boxes), photos=photos
    )


class Stage:
    """One layout of FaceFusion with photos, and a way to make it go wrong."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.folder = folder
        self.layout = layout_of(source, folder)
        self.photos = {
            ONE: photo(folder / "one.png", RED),
            OTHER: photo(folder / "other.png", BLUE),
        }
        self.mischief = folder / "mischief.json"
        self.engines: list[FaceFusionEngine] = []

    def goes_wrong(self, how, *, where="frame", after=0, times=1):
        plan = {"how": how, "where": where, "after": after, "times": times}
        self.mischief.write_text(json.dumps(plan))
        environment = {"STANDIN_MISCHIEF": str(self.mischief)}
        self.layout = replace(self.layout, environment=environment)

    def engine(self, means=None, blobs=None, **settings):
        means = means or Means(frames_at_once=2, deadlines=WAITING)
        engine = FaceFusionEngine(KIND.describe(settings), self.layout, blobs or {}, means)
        self.engines.append(engine)
        return engine

    def close(self):
        for engine in self.engines:
            engine.close()

    def casting(self, *tracks):
        return Casting(tuple(tracks), self.photos)

    def rendered(self, engine, wanted, *tracks, frames=None, colours=(RED, BLUE)):
        """Return what is made of each frame of ``wanted``, by index, with halo given."""
        halo = engine.spec.halo_frames
        around = range(max(wanted.start - halo, 0), wanted.stop + halo)
        given = painted(around, colours) if frames is None else frames
        made = list(engine.render(given, wanted, self.casting(*tracks)))
        assert [each.index for each in made] == list(wanted)
        return {each.index: each for each in made}


def changed_columns(before, rendered):
    """Return first and last column that differ; None where nothing does."""
    if rendered.pixels is None:
        return None
    columns = np.flatnonzero((before != rendered.pixels).any(axis=(0, 2)))
    return (int(columns[0]), int(columns[-1])) if columns.size else None


def same(one, other):
    """Whether two renders are the same to the last bit."""
    return one.keys() == other.keys() and all(
        one[index].missed == other[index].missed
        and (one[index].pixels is None) == (other[index].pixels is None)
        and (one[index].pixels is None or np.array_equal(one[index].pixels, other[index].pixels))
        for index in one
    )


def in_a_thread(perform):
    """Run ``perform`` in a thread that then ends."""
    errors = []

    def guarded():
        try:
            perform()
        except BaseException as error:  # it is raised again below
            errors.append(error)

    thread = threading.Thread(target=guarded)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
