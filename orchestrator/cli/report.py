"""Tell a terminal, a pipe or a machine how a command is going, each in its own way."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, TextIO

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table
from rich.text import Text

from remote_worker.contract.coding import to_plain

PLAIN_PERIOD_S = 2.0
"""Seconds between two progress lines when nobody watches a terminal."""


_PIPE_COLUMNS = 4096
_WHOLE = ("id", "job")
"""Columns of what is copied: other columns are broken before them."""


class Step(Protocol):
    """Hears how far the work is."""

    def __call__(self, done: int, total: int, detail: str = "") -> None:
        """Show that ``done`` of ``total`` is done, with a few words about it."""
        ...


class Reporter(Protocol):
    """Where a command says what it does; results go to stdout, the rest to stderr."""

    def doing(self, label: str) -> AbstractContextManager[Step]:
        """Return a context manager that gives a :data:`Step` for work called ``label``."""
        ...

    def say(self, text: str) -> None:
        """Say one line that is of use now."""
        ...

    def problem(self, reason: str, sentence: str, advice: str) -> None:
        """Say what went wrong, what state that left, and what to do."""
        ...

    def result(self, value: Any, lines: Callable[[Console], None]) -> None:
        """Give the command's answer: ``value`` to a machine, ``lines`` to a person."""
        ...


def reporter_for(
    *, as_json: bool, out: TextIO | None = None, err: TextIO | None = None
) -> Reporter:
    """Return the reporter that fits where the output goes."""
    out, err = out or sys.stdout, err or sys.stderr
    if as_json:
        return MachineReporter(out)
    if err.isatty():
        return TerminalReporter(out, err)
    return PlainReporter(out, err)


class MachineReporter:
    """JSON lines on stdout: ``progress`` and ``say`` as they come, ``result`` last."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._clock = _Seldom(0.2)

    @contextmanager
    def doing(self, label: str) -> Iterator[Step]:
        """Give a step that prints a ``progress`` object, five times a second at most."""

        def step(done: int, total: int, detail: str = "") -> None:
            if self._clock.is_due() or done >= total:
                self._line(progress={"of": label, "done": done, "total": total, "detail": detail})

        yield step

    def say(self, text: str) -> None:
        """Print a ``say`` object."""
        self._line(say=text)

    def problem(self, reason: str, sentence: str, advice: str) -> None:
        """Print an ``error`` object."""
        self._line(error={"reason": reason, "sentence": sentence, "advice": advice})

    def result(self, value: Any, lines: Callable[[Console], None]) -> None:
        """Print a ``result`` object."""
        del lines
        self._line(result=to_plain(value))

    def _line(self, **fields: Any) -> None:
        print(json.dumps(fields, ensure_ascii=False), file=self._out, flush=True)


class PlainReporter:
    """Plain lines: no colour, no cursor movement, a progress line now and then."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._err = err
        self._console = Console(file=out, no_color=True, highlight=False, width=_width(out))

    @contextmanager
    def doing(self, label: str) -> Iterator[Step]:
        """Give a step that prints a line every two seconds, and one at the end."""
        seldom, last = _Seldom(PLAIN_PERIOD_S), ""

        def step(done: int, total: int, detail: str = "") -> None:
            nonlocal last
            line = f"{label}: {done * 100 // max(total, 1)} % ({done}/{total}) {detail}".rstrip()
            if line != last and (seldom.is_due() or done >= total):
                print(line, file=self._err, flush=True)
                last = line

        print(f"{label} ...", file=self._err, flush=True)
        yield step

    def say(self, text: str) -> None:
        """Print the line on stderr."""
        print(text, file=self._err, flush=True)

    def problem(self, reason: str, sentence: str, advice: str) -> None:
        """Print the sentence and the advice on stderr."""
        print(f"error ({reason}): {sentence}", file=self._err)
        print(f"  what to do: {advice}", file=self._err, flush=True)

    def result(self, value: Any, lines: Callable[[Console], None]) -> None:
        """Print the lines on stdout."""
        del value
        lines(self._console)


class TerminalReporter:
    """A bar that moves while work goes on, and colours where they help."""

    def __init__(self, out: TextIO, err: TextIO) -> None:
        self._console = Console(file=out, highlight=False)
        self._errors = Console(file=err, highlight=False)

    @contextmanager
    def doing(self, label: str) -> Iterator[Step]:
        """Give a step that moves a progress bar."""
        columns = (
            TextColumn("{task.description:<12}"),
            BarColumn(bar_width=32),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[detail]}"),
        )
        with Progress(*columns, console=self._errors) as bar:
            task: TaskID = bar.add_task(label, total=None, detail="")

            def step(done: int, total: int, detail: str = "") -> None:
                bar.update(task, completed=done, total=max(total, 1), detail=detail)

            yield step

    def say(self, text: str) -> None:
        """Print the line."""
        self._errors.print(text, markup=False)

    def problem(self, reason: str, sentence: str, advice: str) -> None:
        """Print the sentence in red and the advice below it."""
        self._errors.print(f"error ({reason}): {sentence}", style="bold red", markup=False)
        self._errors.print(f"  what to do: {advice}", markup=False)

    def result(self, value: Any, lines: Callable[[Console], None]) -> None:
        """Print the lines."""
        del value
        lines(self._console)


def table(title: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    """Return a table with a header line and no frame."""
    made = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    made.show_header = any(columns)
    for column in columns:
        made.add_column(column, overflow="fold", no_wrap=column in _WHOLE)
    for row in rows:
        made.add_row(*(Text(cell) for cell in row))  # a name may look like markup
    return made


class _Seldom:
    """Says yes at most once in a period."""

    def __init__(self, period_s: float) -> None:
        self._period_s = period_s
        self._next_s = 0.0

    def is_due(self) -> bool:
        now_s = time.monotonic()
        if now_s < self._next_s:
            return False
        self._next_s = now_s + self._period_s
        return True


def _width(out: TextIO) -> int | None:
    """Return the columns of lines; none is broken where a program reads them."""
    return None if out.isatty() else _PIPE_COLUMNS
