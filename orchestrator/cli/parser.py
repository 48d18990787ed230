"""Parse what is typed, say in one sentence what is wrong with it, and explain each command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    _Action = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    _Action = argparse._SubParsersAction  # generic for the type checker only

_WIDEST_NAME = 26
"""Columns for names in a list of commands or options, before their words begin on a new line."""


class NotUnderstood(Exception):
    """What was typed is no command; the sentence says why."""

    def __init__(self, sentence: str, command: str) -> None:
        """Keep the sentence and the command whose ``--help`` explains it."""
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = f"'{command} --help' shows how it is typed."


class _Explained(argparse.RawDescriptionHelpFormatter):
    """Help whose examples stay as they are written, with room for the longest command."""

    def __init__(self, prog: str, **given: Any) -> None:
        super().__init__(prog, **{"max_help_position": _WIDEST_NAME, **given})

    def add_argument(self, action: argparse.Action) -> None:
        """Make room for an argument; argparse forgets how far commands are indented."""
        super().add_argument(action)
        for each in self._iter_indented_subactions(action):
            length = len(self._format_action_invocation(each)) + self._current_indent
            self._action_max_length = max(self._action_max_length, length)


class _Commands(_Action):
    """Commands of a parser; the words that list one also begin its own help."""

    def add_parser(self, name: str, **given: Any) -> argparse.ArgumentParser:
        """Return the parser of a new command."""
        words = given.get("help") or ""
        given.setdefault("description", f"{words[:1].upper()}{words[1:]}.")
        return super().add_parser(name, **given)


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of ending the process, and whose parts do the same."""

    def __init__(self, **given: Any) -> None:
        """Make a parser that shows examples as they are written."""
        given.setdefault("formatter_class", _Explained)
        super().__init__(**given)
        self.register("action", "parsers", _Commands)

    def error(self, message: str) -> NoReturn:
        """Raise :class:`NotUnderstood` with argparse's message as a sentence."""
        sentence = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        raise NotUnderstood(f"{sentence}.", self.prog)


def show_examples(command: argparse.ArgumentParser, examples: tuple[str, ...]) -> None:
    """End the help of ``command`` with ``examples``, if there are any."""
    if examples:
        lines = "\n".join(f"  secondunit {each}" for each in examples)
        command.epilog = f"examples:\n{lines}"
