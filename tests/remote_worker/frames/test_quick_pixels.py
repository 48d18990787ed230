"""Reading a frame's pixels and finding what changed is quick by ways that change no value."""

import av
import numpy as np
import pytest
from av.video.reformatter import VideoReformatter

from remote_worker.frames import pixels
from remote_worker.frames.pixels import to_pixels
from tests.remote_worker.pictures import picture_of

SEED = 20


def noise(width, height, pixel_format, random):
    frame = av.VideoFrame(width, height, pixel_format)
    for plane in frame.planes:
        wide = pixel_format.endswith("10le")
        samples = np.frombuffer(plane, np.uint16 if wide else np.uint8)
        samples[:] = random.integers(0, 1024 if wide else 256, samples.shape)
    return frame


@pytest.mark.parametrize("pixel_format", ["yuv420p", "yuv420p10le"])
@pytest.mark.parametrize(("width", "height"), [(96, 64), (98, 66), (642, 362)])
@pytest.mark.parametrize("matrix", [1, 5, 9])
def test_pixels_by_way_of_planes_are_those_of_swscale(width, height, pixel_format, matrix):
    random = np.random.default_rng(SEED)
    frame = noise(width, height, pixel_format, random)
    picture = picture_of(width - 1, height - 1, matrix, pixel_format)
    plain = VideoReformatter().reformat(
        frame,
        format="bgr24",
        src_colorspace=matrix,
        src_color_range="MPEG",
        dst_color_range="JPEG",
        interpolation=pixels._EXACT,
        threads=1,
    )
    expected = plain.to_ndarray(format="bgr24")[: height - 1, : width - 1]
    made = to_pixels(frame, picture)
    assert np.array_equal(made, expected)
    assert made.flags.c_contiguous


def plainly_changed(before, after):
    rows = np.flatnonzero((before != after).any(axis=(1, 2)))
    columns = np.flatnonzero((before != after).any(axis=(0, 2)))
    height, width = before.shape[:2]
    left, top = int(columns[0]) & ~1, int(rows[0]) & ~1
    right, bottom = int(columns[-1]) + 1, int(rows[-1]) + 1
    return left, top, min(right + right % 2, width), min(bottom + bottom % 2, height)


def test_the_changed_region_is_the_smallest_even_one():
    random = np.random.default_rng(SEED)
    for _ in range(60):
        height, width = (int(side) for side in random.integers(1, 200, 2))
        before = random.integers(0, 256, (height, width, 3), dtype=np.uint8)
        after = before.copy()
        for _ in range(int(random.integers(1, 4))):
            at = tuple(int(random.integers(0, side)) for side in before.shape)
            after[at] ^= np.uint8(random.integers(1, 256))
        if np.array_equal(before, after):
            assert pixels._changed(before, after) is None
        else:
            assert pixels._changed(before, after) == plainly_changed(before, after)


def test_nothing_changed_is_nothing():
    before = np.zeros((130, 33, 3), np.uint8)
    assert pixels._changed(before, before.copy()) is None
