"""Hear what runs in a pod by the pod's log, which is laid again from where it broke."""

from __future__ import annotations

import math
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Generic, TypeVar

from orchestrator.cloud_errors import CloudError
from orchestrator.fleet.kubernetes.api import Api, Missing
from remote_worker.contract.coding import ContractError
from remote_worker.contract.messages import Message, decode

T = TypeVar("T")
_LINE_SILENT_S = 60.0
"""A log that brings nothing for so long is asked for anew."""
_AGAIN_S = 1.0
_OVERLAP_S = 5
"""Asked for once more after a break: the cluster counts whole seconds, by its own clock."""
_WORDS_KEPT = 20


class PodLog(Generic[T]):
    """Follows one pod's log in a thread of its own.

    Pods have no line of their own to this machine: what an agent says goes to its log, and the
    API server hands it on over the connection that there is anyway.  What is lost with a node is
    not missed, since the queue and the store hold the truth.
    """

    def __init__(
        self,
        api: Api,
        pod: str,
        hear: Callable[[T], None],
        read: Callable[[str], T],
        *,
        clock: Callable[[], float] = time.monotonic,
        again_s: float = _AGAIN_S,
    ) -> None:
        """Prepare; ``hear`` is called from the thread that :meth:`start` begins.

        ``read`` makes of a line what is heard, and raises ContractError where it is none.
        """
        self._api, self._pod, self._hear, self._read = api, pod, hear, read
        self._clock, self._again_s = clock, again_s
        self._words: deque[str] = deque(maxlen=_WORDS_KEPT)
        self._last_stamp: tuple[str, str] = ("", "")
        self._line_s: float | None = None
        """When the last line came; None before the first."""
        self._heard_s = clock()
        self._pod_ended, self._over = threading.Event(), threading.Event()
        self.trouble: CloudError | None = None
        """Why the log cannot be read now; None while it can."""
        self._thread = threading.Thread(target=self._follow, name=f"log {pod}", daemon=True)

    def start(self) -> None:
        """Begin to follow."""
        self._thread.start()

    @property
    def silent_s(self) -> float:
        """For how long nothing was heard."""
        return self._clock() - self._heard_s

    def excuse(self) -> None:
        """Count silence from now: this machine itself was not there."""
        self._heard_s = self._clock()

    @property
    def is_done(self) -> bool:
        """Whether everything that there is was heard."""
        return not self._thread.is_alive()

    @property
    def last_words(self) -> str:
        """What the agent wrote that was no message, for people."""
        return "\n".join(self._words)

    def pod_has_ended(self) -> None:
        """Have it that what is in the log now is all."""
        self._pod_ended.set()

    def hang_up(self) -> None:
        """Follow no more; what is being waited for is not waited out."""
        self._over.set()
        self._pod_ended.set()

    def _follow(self) -> None:
        while not self._over.is_set():
            ended = self._pod_ended.is_set()  # asked first: what came before that is read now
            try:
                self._read_on()
                self.trouble = None
            except Missing:
                return
            except CloudError as error:
                self.trouble = error
            if ended:
                return
            self._pod_ended.wait(self._again_s)

    def _read_on(self) -> None:
        since_s = None
        if self._line_s is not None:
            since_s = math.ceil(self._clock() - self._line_s) + _OVERLAP_S
        for line in self._api.lines(self._pod, since_s=since_s, silent_s=_LINE_SILENT_S):
            if self._over.is_set():
                return
            stamp, _, words = line.partition(" ")
            if _order_of(stamp) <= self._last_stamp:
                continue  # heard before the line broke
            self._last_stamp = _order_of(stamp)
            self._heard_s = self._line_s = self._clock()
            self._understand(words)

    def _understand(self, words: str) -> None:
        try:
            self._hear(self._read(words))
        except ContractError:
            self._words.append(words)  # of a library, or a trace


class Voice(PodLog[Message]):
    """The log of an agent."""

    def __init__(
        self,
        api: Api,
        pod: str,
        hear: Callable[[Message], None],
        *,
        clock: Callable[[], float] = time.monotonic,
        again_s: float = _AGAIN_S,
    ) -> None:
        """Prepare; ``hear`` is called from the thread that :meth:`start` begins."""
        super().__init__(api, pod, hear, decode, clock=clock, again_s=again_s)


def _order_of(stamp: str) -> tuple[str, str]:
    """Return a time of one pod's log as what sorts; its fraction may be cut at its last digit."""
    seconds, _, fraction = stamp.partition(".")
    digits = "".join(each for each in fraction[:9] if each.isdecimal())
    return seconds.rstrip("Z"), digits.ljust(9, "0")
