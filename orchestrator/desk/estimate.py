"""Say about how long an entry will render, from what this machine rendered before."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from orchestrator.desk.entries import Entry, Facts, Result

_LEAST_FRAMES = 10
"""A turn that rendered fewer tells how long it takes to begin, not to render."""
_LATEST = 20
"""Only so many of the last renders count: the machine may be another by now."""


def frames_of(entry: Entry) -> int:
    """Return about how many frames an entry renders, its trim counted; 0 before a look."""
    facts = entry.facts
    if facts is None:
        return 0
    start, end = entry.trim_in or Fraction(0), entry.trim_out or facts.duration
    shown = max(Fraction(0), min(end, facts.duration) - start)
    whole = facts.duration or Fraction(1)
    return min(facts.frame_count, round(facts.frame_count * shown / whole))


def estimate_s(entry: Entry, done: Iterable[Entry]) -> float | None:
    """Return about how many seconds an entry takes, from begin to finished video.

    ``done`` are entries that may have been rendered here; those of the same engine and codec
    tell most, those of the same engine more than none.  None when nothing is known.
    """
    facts = entry.facts
    if facts is None:
        return None
    told = [(each, each.facts, each.result) for each in done]
    known = [(e, f, r) for e, f, r in told if f is not None and r is not None and _tells(r)]
    alike = [known_ for known_ in known if known_[0].look.engine == entry.look.engine]
    same = [a for a in alike if _encoding(a[0]) == _encoding(entry)] or alike
    latest = sorted(same, key=lambda each: each[2].finished_at)[-_LATEST:]
    seconds = sum(result.seconds for _, _, result in latest)
    pixels = sum(result.rendered_frames * _pixels(facts) for _, facts, result in latest)
    if not pixels:
        return None
    return seconds / pixels * frames_of(entry) * _pixels(facts)


def _tells(result: Result) -> bool:
    return result.rendered_frames >= _LEAST_FRAMES and result.seconds > 0


def _pixels(facts: Facts) -> int:
    return facts.width_px * facts.height_px


def _encoding(entry: Entry) -> tuple[str, bool]:
    return (entry.output.codec, entry.output.hardware)
