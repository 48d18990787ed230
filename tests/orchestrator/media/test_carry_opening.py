"""A source is opened for carrying as it is opened for decoding: itself and nothing else."""

import av
import pytest

from orchestrator.media.carry import open_source
from tests.clips import make_clip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nsecret.ts\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile secret.mp4\n"),
    ],
)
def test_a_list_of_other_files_is_not_followed(tmp_path, name, text):
    make_clip(tmp_path / "secret.mp4", frames=12)
    (tmp_path / name).write_text(text)
    with pytest.raises(av.FFmpegError):
        open_source(str(tmp_path / name))
