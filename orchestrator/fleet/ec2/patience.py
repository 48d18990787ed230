"""Wait for AWS to know what it was told, for so long and no longer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from orchestrator.cloud_errors import CloudUnreachable

_FIRST_PAUSE_S = 0.25
_LONGEST_PAUSE_S = 5.0


def wait_until(
    is_so: Callable[[], bool],
    patience_s: float,
    *,
    clock: Callable[[], float] = time.monotonic,
    pause: Callable[[float], object] | None = None,
) -> None:
    """Return once ``is_so`` says yes; asked at once, then after longer and longer pauses.

    Raises:
        CloudUnreachable: it did not within ``patience_s``.
    """
    pause = pause or threading.Event().wait
    give_up_s, pause_s = clock() + patience_s, _FIRST_PAUSE_S
    while not is_so():
        left_s = give_up_s - clock()
        if left_s <= 0:
            raise CloudUnreachable(
                f"AWS has not taken note within {patience_s:.0f} s of what it was told.",
                "Try again in a minute: what was made is found again.",
            )
        pause(min(pause_s, left_s))
        pause_s = min(_LONGEST_PAUSE_S, pause_s * 2)
