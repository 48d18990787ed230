"""Give packets decoding times that follow from when their frames are shown, and nothing else.

Encoders' own are not used: they fall apart where segments meet, and x265 leaves them
unset in segments of one or two frames.
"""

from __future__ import annotations

from collections.abc import Sequence


def reorder_depth(ranks: Sequence[int]) -> int:
    """Return by how many frames decoding must run ahead of showing.

    ``ranks`` tells of each packet, in decoding order, which frame in order of showing it is.
    """
    return max(at - rank for at, rank in enumerate(ranks))


def decoding_time(pts: Sequence[int], depth: int, at: int) -> int:
    """Return the decoding time of packet ``at``: when the frame ``depth`` earlier is shown.

    ``pts`` are all presentation times, rising; ``depth`` is less than their count.  The
    times rise with ``at`` and none is later than its packet's presentation time.
    """
    if at >= depth:
        return pts[at - depth]
    # Before the first frame, as far apart as the last frames are: so the track lasts as
    # long counted in decoding times as in presentation times, and players that count
    # either way show the last frame to its end.
    return pts[0] - (pts[-1] - pts[at - depth - 1])
