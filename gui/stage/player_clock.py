"""Tell the time of what is played: the sound's, made smooth, or the machine's own; no Qt."""

from __future__ import annotations

from collections.abc import Callable

_JUMP_S = 0.15
"""A sound that is further away than this is caught up with at once, otherwise little by little."""
_SHARE = 0.1


class Clock:
    """Counts seconds of what is played; held until :meth:`go`."""

    def __init__(self, monotonic_s: Callable[[], float]) -> None:
        """Count by ``monotonic_s``."""
        self._monotonic_s = monotonic_s
        self._position_s = 0.0
        self._since_s: float | None = None

    @property
    def is_held(self) -> bool:
        """Whether it stands still."""
        return self._since_s is None

    def now_s(self) -> float:
        """Return the seconds that were played."""
        if self._since_s is None:
            return self._position_s
        return self._position_s + self._monotonic_s() - self._since_s

    def go(self) -> None:
        """Count on."""
        if self._since_s is None:
            self._since_s = self._monotonic_s()

    def hold(self) -> None:
        """Stand still, because nothing is there to be played."""
        self._position_s, self._since_s = self.now_s(), None

    def set(self, position_s: float) -> None:
        """Go on from here."""
        self._position_s = position_s
        if self._since_s is not None:
            self._since_s = self._monotonic_s()

    def heard(self, position_s: float) -> None:
        """Take note of where the sound is: devices tell it in steps, so it is followed softly."""
        now_s = self.now_s()
        apart_s = position_s - now_s
        self.set(position_s if abs(apart_s) > _JUMP_S else now_s + apart_s * _SHARE)
