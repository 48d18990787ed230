"""Say when the frames of a source are shown; pure."""

from __future__ import annotations

from fractions import Fraction

from orchestrator.media.report import FrameIndex


def time_of(index: FrameIndex, frame: int) -> Fraction:
    """Return the exact seconds from the first frame to the beginning of ``frame``.

    The number of frames gives the end of the last, as far as an index tells; numbers beyond
    either end are taken for the end.
    """
    pts = index.pts
    at = min(max(frame, 0), len(pts))
    if at < len(pts):
        return (pts[at] - pts[0]) * index.time_base
    last = pts[-1] - pts[-2] if len(pts) > 1 else 0
    return (pts[-1] + last - pts[0]) * index.time_base
