"""Enter jobs in the book without a video: planned, and with what happened to them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from orchestrator.events import Event
from orchestrator.home import Home
from orchestrator.jobs import JobRecord, RenderRequest, journal_path, write_record
from orchestrator.journal import Journal
from orchestrator.media.report import FrameIndex, SourceReport, VideoTrack
from orchestrator.plan import Work, plan
from remote_worker.contract.records import (
    Digest,
    EncoderSettings,
    EngineSpec,
    JobId,
)
from tests.fakes.pictures import plain_picture

_FRAMES = 300
_BASE = Fraction(1, 30)
_PICTURE = plain_picture(96, 64)
_DIGEST = Digest("a" * 64)


def enter_job(
    home: Home,
    job_id: str,
    *,
    source: str = "/films/a.mp4",
    output: str = "/films/a-secondunit.mp4",
    events: Sequence[Event] = (),
) -> JobRecord:
    """Put one job with its journal in the book of ``home``."""
    record = JobRecord(
        job_id=JobId(job_id),
        made_at="2026-01-01T10:00:00+00:00",
        request=_request(source, output),
        report=_report(source),
        plan=plan(_work(), workers=1),
        photos=(),
        models=(),
        piece_folder_bytes=1,
    )
    write_record(home, record, FrameIndex(_BASE, pts=tuple(range(_FRAMES)), keyframes=(0,)))
    journal = Journal(journal_path(home, record.job_id))
    for event in events:
        journal.append(event)
    journal.close()
    return record


def _request(source: str, output: str) -> RenderRequest:
    return RenderRequest(
        source_path=source,
        output_path=output,
        container="mp4",
        start_frame=0,
        end_frame=_FRAMES,
        casts=(),
        workers=1,
        segment_frames=100,
    )


def _report(source: str) -> SourceReport:
    video = VideoTrack(
        stream_index=0,
        codec="h264",
        coded_width_px=96,
        coded_height_px=64,
        bit_depth=8,
        pixel_format="yuv420p",
        time_base=_BASE,
        frame_rate=Fraction(30),
        variable_rate=False,
        frame_count=_FRAMES,
        promised_frames=_FRAMES,
        start=Fraction(0),
        duration=Fraction(10),
        picture=_PICTURE,
    )
    return SourceReport(
        path=source,
        size_bytes=1,
        modified_ns=1,
        digest=_DIGEST,
        container="mp4",
        video=video,
        others=(),
        chapter_count=0,
        notices=(),
    )


def _work() -> Work:
    return Work(
        source_digest=_DIGEST,
        time_base=_BASE,
        frame_rate=Fraction(30),
        frame_count=_FRAMES,
        start_frame=0,
        end_frame=_FRAMES,
        picture=_PICTURE,
        engine=EngineSpec(name="classic", digest=Digest("b" * 64), halo_frames=3),
        encoder=EncoderSettings(
            codec="h264", encoder="libx264", quality=18, preset="veryfast", threads=1, build="PyAV"
        ),
        tracks=(),
    )
