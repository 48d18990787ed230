"""Pass short messages between a worker and its FaceFusion process: one JSON object a line.

Standard library only, as both sides import it.  Frames do not travel here, see ``slots``.

    worker says   with                                     FaceFusion's process answers
    open          setup                                    opened, or failed
    room          handle, count, height_px, width_px       room
    run           run, halo, photos, reference, voice      ready, or failed
    frame         index, slot, out, places                 frame, when it is made (or its fault),
                                                           with the places that are free again
    end           run, drop                                ended, after the frames in hand
    judge         slot, index                              judged
    close                                                  its end, as does the end of input

``failed`` has a reason and a sentence, see ``child.Reason``.  A frame's ``out`` is the place for
what is made of it; -1 says that it is a neighbour only.
"""

from __future__ import annotations

import json
import threading
from typing import IO, Any

Message = dict[str, Any]
LONGEST_BYTES = 1 << 20


class WireBroken(Exception):
    """The other side sent something that is no message, or there is no other side any more."""


class Sender:
    """Writes messages whole, from any thread."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Write to ``stream``."""
        self._stream = stream
        self._lock = threading.Lock()

    def send(self, kind: str, **fields: Any) -> None:
        """Write one message.

        Raises:
            WireBroken: nobody reads any more.
        """
        line = json.dumps({"kind": kind, **fields}, separators=(",", ":")).encode() + b"\n"
        try:
            with self._lock:
                self._stream.write(line)
                self._stream.flush()
        except (OSError, ValueError) as error:
            raise WireBroken("nobody reads any more") from error


def receive(stream: IO[bytes]) -> Message | None:
    """Return the next message of ``stream``; None at its end.

    Raises:
        WireBroken: what came is no message.
    """
    try:
        line = stream.readline(LONGEST_BYTES)
    except (OSError, ValueError):
        return None
    if not line.endswith(b"\n"):
        return None
    try:
        message = json.loads(line)
    except ValueError as error:
        raise WireBroken(f"no message: {line[:80]!r}") from error
    if not isinstance(message, dict) or not isinstance(message.get("kind"), str):
        raise WireBroken(f"no message: {line[:80]!r}")
    return message
