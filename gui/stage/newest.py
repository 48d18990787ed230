"""Ask one question at a time off the Qt thread, and of those that wait only the newest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from gui.bridge import Bridge
from gui.words.errors import told_of

Q = TypeVar("Q")
A = TypeVar("A")


class Newest(Generic[Q, A]):
    """Answers come in order; a question that a newer one overtook is never asked."""

    def __init__(
        self, bridge: Bridge, call: Callable[[Q], A], then: Callable[[Q, A], None]
    ) -> None:
        """Prepare; ``call`` runs off the Qt thread, ``then`` on it."""
        self._bridge, self._call, self._then = bridge, call, then
        self._waiting: list[Q] = []
        self._asking = False

    def ask(self, question: Q) -> None:
        """Ask now, or as soon as the question that is under way is answered."""
        self._waiting = [question]
        if not self._asking:
            self._next()

    def forget(self) -> None:
        """Drop the question that waits."""
        self._waiting.clear()

    def _next(self) -> None:
        if not self._waiting:
            return
        question = self._waiting.pop()
        self._asking = True
        self._bridge.run(
            lambda: self._call(question),
            lambda answer: self._on_answer(question, answer),
            self._on_error,
        )

    def _on_answer(self, question: Q, answer: A) -> None:
        self._asking = False
        self._then(question, answer)
        self._next()

    def _on_error(self, error: Exception) -> None:
        self._asking = False
        self._bridge.troubled.emit(*told_of(error))
        self._next()
