"""Open media from one local file and from nothing else."""

from __future__ import annotations

from pathlib import Path

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

FORMATS = (
    "matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,mpegvideo,flv,asf,nut,ogg,gif,"
    "ivf,mxf,wav,h264,hevc,av1,obu,m4v,y4m,yuv4mpegpipe,dv,vob"
)
"""Demuxers that read the file they are given and open no other file and no address."""
MAX_PIXELS = 8192 * 8192


def open_media(path: Path) -> InputContainer:
    """Open a local media file for reading.

    The absolute ``file:`` address and the two lists keep names such as ``concat:`` or a
    playlist from reaching any other file or the network.

    Raises:
        av.FFmpegError: the file is not there or is not media of a format in :data:`FORMATS`.
    """
    return av.open(
        f"file:{path.absolute()}",
        "r",
        options={
            "protocol_whitelist": "file",
            "format_whitelist": FORMATS,
            "max_streams": "256",
        },
        metadata_errors="replace",
    )


def first_video(container: InputContainer, stream_index: int | None = None) -> VideoStream:
    """Return the stream at ``stream_index``, or the first that is video and not a picture.

    Raises:
        LookupError: there is none.
    """
    for stream in container.streams.video:
        if stream_index is not None and stream.index != stream_index:
            continue
        if stream_index is None and stream.disposition & Disposition.attached_pic:
            continue
        return stream
    raise LookupError("no video track")
