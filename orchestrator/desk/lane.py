"""Do one thing at a time beside the desk's own thread, and never keep the process alive for it."""

from __future__ import annotations

import threading
from collections.abc import Callable

Post = Callable[[Callable[[], None]], None]
"""Has something done on the desk's own thread, soon."""


class Lane:
    """Runs one call at a time on a thread of its own; used from the desk's thread."""

    def __init__(self, name: str, post: Post) -> None:
        """Prepare; ``post`` takes the word that the call has ended."""
        self._name, self._post = name, post
        self.is_busy = False

    def begin(self, call: Callable[[], Callable[[], None]]) -> None:
        """Run ``call``, then what it returned on the desk's thread; the lane must be free."""
        self.is_busy = True
        threading.Thread(target=self._run, args=(call,), name=self._name, daemon=True).start()

    def _run(self, call: Callable[[], Callable[[], None]]) -> None:
        try:
            then = call()
        except BaseException as error:  # it is raised where it can be told
            failed = error
            self._post(lambda: self._fail(failed))
            return
        self._post(lambda: self._end(then))

    def _end(self, then: Callable[[], None]) -> None:
        self.is_busy = False
        then()

    def _fail(self, error: BaseException) -> None:
        self.is_busy = False
        raise error
