"""No encoder may keep the rest of the machine waiting."""

import os
import sys
from fractions import Fraction
from pathlib import Path

import pytest

from remote_worker.frames.encode import SegmentWriter
from remote_worker.frames.encoders import settings_for
from remote_worker.frames.priority import use_ordinary_priority
from tests.fakes.pictures import plain_picture

PICTURE = plain_picture(192, 128)
AS_ROOT_ON_LINUX = sys.platform == "linux" and os.geteuid() == 0


def policies():
    return {os.sched_getscheduler(int(entry.name)) for entry in Path("/proc/self/task").iterdir()}


@pytest.mark.skipif(not AS_ROOT_ON_LINUX, reason="only root on Linux may take such priority")
@pytest.mark.parametrize("codec", ["h264", "h265", "av1"])
def test_every_thread_is_an_ordinary_one_while_encoding(tmp_path, codec):
    with SegmentWriter(
        tmp_path / "s.mp4",
        encoder=settings_for(codec, picture=PICTURE),
        picture=PICTURE,
        time_base=Fraction(1, 30),
        frame_rate=Fraction(30),
        first_pts=0,
    ):
        assert policies() == {os.SCHED_OTHER}


@pytest.mark.skipif(not AS_ROOT_ON_LINUX, reason="only root on Linux may take such priority")
def test_what_took_priority_is_put_back():
    os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    assert use_ordinary_priority() == 1
    assert policies() == {os.SCHED_OTHER}
    assert use_ordinary_priority() == 0
