"""The engine that changes nothing."""

import numpy as np
import pytest
from engine_footage import FrameOfFootage

from remote_worker.engines import Casting
from remote_worker.engines.registry import engine_kind


def test_every_wanted_frame_is_left_as_it_is_without_a_look():
    kind = engine_kind("identity")
    engine = kind.open(kind.describe({}), {})
    frames = [FrameOfFootage(index, np.zeros((4, 4, 3), np.uint8)) for index in range(5, 12)]
    rendered = list(engine.render(iter(frames), range(6, 10), Casting((), {})))
    engine.close()
    engine.close()
    assert [one.index for one in rendered] == [6, 7, 8, 9]
    assert all(one.pixels is None and not one.missed for one in rendered)
    assert [frame.asked for frame in frames] == [0] * 7


def test_it_has_no_settings():
    with pytest.raises(ValueError, match="blend"):
        engine_kind("identity").describe({"blend": "1"})
