"""Ask one question at a time off the Qt thread, and of those that wait only the newest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from gui.bridge import Bridge
from gui.words.errors import told
from orchestrator.desk.entries import Trouble
from orchestrator.desk.troubles import trouble_of

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
        self._bridge.run(lambda: self._answer(question), lambda a: self._on_answer(question, a))

    def _answer(self, question: Q) -> A | Trouble:
        try:
            return self._call(question)
        except Exception as error:  # told in words, whatever it was
            return trouble_of(self._bridge.home, error)

    def _on_answer(self, question: Q, answer: A | Trouble) -> None:
        self._asking = False
        if isinstance(answer, Trouble):
            self._bridge.troubled.emit(*told(answer.code, answer.sentence, answer.advice))
        else:
            self._then(question, answer)
        self._next()
