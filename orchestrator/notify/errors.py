"""Name what can go wrong when somebody is told, and whether trying again helps."""

from __future__ import annotations

from orchestrator.errors import SecondUnitError


class NotTold(SecondUnitError):
    """A receiver did not take a message; ``retry`` says whether it may take it later."""

    def __init__(self, sentence: str, advice: str, *, retry: bool, after_s: float = 0.0) -> None:
        super().__init__(sentence, advice)
        self.retry = retry
        self.after_s = after_s
        """How long the receiver wants to be left alone at least."""


class SignatureRefused(SecondUnitError):
    """A webhook is not what was signed, is too old, or came before; do not act on it."""
