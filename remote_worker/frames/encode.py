"""Encode frames into one closed-GOP MP4 whose times are the source's own."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import IO, cast

import av
from av.packet import Packet
from av.video.frame import PictureType

from remote_worker.contract.records import EncoderSettings, Picture
from remote_worker.errors import EncoderRefused, OutOfMemory
from remote_worker.frames.encoders import check_settings, configure, given_format, keep_quiet
from remote_worker.frames.order import decoding_time, reorder_depth
from remote_worker.frames.priority import use_ordinary_priority
from remote_worker.frames.whole import WholeFile

_BUFFER_BYTES = 1 << 20
_LOWEST_RATE, _HIGHEST_RATE = Fraction(1, 100), Fraction(240)
"""Encoders refuse rates beyond these; the rate only guides them, it decides no time."""


class SegmentWriter:
    """One segment being encoded; use from one thread at a time.

    :meth:`finish` may run in another thread than :meth:`write` did, so that the next
    segment's frames are already encoded while this one flushes.  Leaving the ``with`` block
    without :meth:`finish` leaves nothing on disk.

    Frames are of the picture's size; their ``pts`` are in the source's ``time_base`` and rise.

    Raises:
        EncoderRefused: the encoder does not take the settings.
        DiskFull: no room; nothing is left.
        OutOfMemory: the encoder asked for more memory than there is.
    """

    def __init__(
        self,
        to: Path,
        *,
        encoder: EncoderSettings,
        picture: Picture,
        time_base: Fraction,
        frame_rate: Fraction,
        first_pts: int,
    ) -> None:
        check_settings(encoder, picture)
        self._time_base, self._first_pts = time_base, first_pts
        self._tail = max(1, round(1 / (frame_rate * time_base)))
        self._pts: list[int] = []
        self._packets: list[Packet[av.VideoStream]] = []
        self._format, self._picture = given_format(encoder, picture), picture
        self._file = WholeFile(to)
        try:
            self._open(encoder, min(max(frame_rate, _LOWEST_RATE), _HIGHEST_RATE))
        except BaseException:
            self._file.drop()
            raise

    def _open(self, encoder: EncoderSettings, frame_rate: Fraction) -> None:
        keep_quiet(encoder.encoder)
        self._container = av.open(
            cast(IO[bytes], self._file),
            "w",
            format="mp4",
            container_options={"fflags": "+bitexact"},  # no library name, no date
            buffer_size=_BUFFER_BYTES,
        )
        stream = cast(av.VideoStream, self._container.add_stream(encoder.encoder, rate=frame_rate))
        # The muxer's clock is the time base's denominator (doubled while under 10,000),
        # so each tick of the source is a whole number of its ticks.
        stream.time_base = self._time_base
        configure(stream.codec_context, encoder, self._picture, self._time_base, frame_rate)
        self._stream = stream
        with _faults_named(encoder.encoder):
            self._container.start_encoding()
        if encoder.encoder == "libsvtav1":
            use_ordinary_priority()

    def write(self, frame: av.VideoFrame) -> None:
        """Encode one frame; blocks while the encoder is busy.  The frame is left as it was."""
        pts = self._checked_pts(frame)
        given = frame if frame.format.name == self._format else frame.reformat(format=self._format)
        was = given.pts, given.time_base, given.pict_type
        given.pts, given.time_base = pts, self._time_base
        given.pict_type = PictureType.NONE  # how the source coded it must not decide
        try:
            self._encode(given)
        finally:
            given.pts, given.time_base, given.pict_type = was
        self._pts.append(pts)

    @property
    def frames_written(self) -> int:
        """How many frames were encoded so far."""
        return len(self._pts)

    def finish(self) -> int:
        """Flush, put the file in its place whole and return the number of frames in it."""
        if not self.frames_written:
            self.abort()
            raise EncoderRefused("A segment without a frame cannot be written.")
        try:
            self._encode(None)
            if sorted(packet.pts or 0 for packet in self._packets) != self._pts:
                raise EncoderRefused(f"{self._stream.codec_context.name} lost or moved a frame.")
            with _faults_named(self._stream.codec_context.name):
                self._mux()
                self._container.close()
            self._file.keep()
        finally:
            self.abort()
        return self.frames_written

    def abort(self) -> None:
        """Leave nothing on disk but a finished file; safe to perform twice."""
        self._file.drop()

    def __enter__(self) -> SegmentWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.abort()

    def _checked_pts(self, frame: av.VideoFrame) -> int:
        if (frame.width, frame.height) != (self._picture.width_px, self._picture.height_px):
            wanted = f"{self._picture.width_px}x{self._picture.height_px}"
            raise EncoderRefused(f"A frame is {frame.width}x{frame.height}, not {wanted}.")
        earliest = self._pts[-1] + 1 if self._pts else 0
        if frame.pts is None or frame.pts - self._first_pts < earliest:
            raise EncoderRefused(f"Frame {self.frames_written} of the segment has no later time.")
        return frame.pts - self._first_pts

    def _mux(self) -> None:
        """Write all packets, timed by the frames; held until now because that takes them all."""
        pts = self._pts
        rank = {stamp: at for at, stamp in enumerate(pts)}
        ranks = [rank[packet.pts or 0] for packet in self._packets]
        depth = reorder_depth(ranks)
        for at, (packet, shown) in enumerate(zip(self._packets, ranks, strict=True)):
            packet.dts = decoding_time(pts, depth, at)
            packet.duration = pts[shown + 1] - pts[shown] if shown + 1 < len(pts) else self._tail
            packet.stream = self._stream
            self._container.mux_one(packet)

    def _encode(self, frame: av.VideoFrame | None) -> None:
        with _faults_named(self._stream.codec_context.name):
            self._packets += self._stream.codec_context.encode_lazy(frame)


@contextlib.contextmanager
def _faults_named(encoder: str) -> Iterator[None]:
    try:
        yield
    except (MemoryError, av.MemoryError) as error:
        raise OutOfMemory(f"{encoder} asked for more memory than there is.") from error
    except (av.FFmpegError, ValueError) as error:
        raise EncoderRefused(f"{encoder} does not take the settings or a frame: {error}") from error
