"""Find the few steps that lead from the rows that are shown to those that should be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from orchestrator.desk.entries import Entry

MOST_STEPS = 32
"""More would take longer, one by one, than showing everything anew."""


@dataclass(frozen=True, slots=True)
class Removed:
    """Rows ``first`` to ``last``, both included, go."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Moved:
    """Rows ``first`` to ``last``, both included, go to where ``to`` is now, above them."""

    first: int
    last: int
    to: int


@dataclass(frozen=True, slots=True)
class Inserted:
    """``entries`` come in so that the first of them is row ``at``."""

    at: int
    entries: tuple[Entry, ...]


Step = Removed | Moved | Inserted


def steps(old: Sequence[Entry], new: Sequence[Entry]) -> list[Step] | None:
    """Return what to do to ``old``, in order, to have the ids of ``new``; None if it is much."""
    if len(old) == len(new) and all(
        a is b or a.entry_id == b.entry_id for a, b in zip(old, new, strict=True)
    ):
        return []
    found: list[Step] = []
    now = list(old)
    for step in _all_steps(now, new):
        found.append(step)
        if len(found) > MOST_STEPS:
            return None
        apply(now, step)
    return found


def apply(rows: list[Entry], step: Step) -> None:
    """Do one step to ``rows``."""
    match step:
        case Removed(first, last):
            del rows[first : last + 1]
        case Moved(first, last, to):
            block = rows[first : last + 1]
            del rows[first : last + 1]
            rows[to:to] = block
        case Inserted(at, entries):
            rows[at:at] = entries


def changed(old: Sequence[Entry], new: Sequence[Entry]) -> list[tuple[int, int]]:
    """Return runs of rows, both ends included, whose entries are other objects than before."""
    rows = [n for n, (a, b) in enumerate(zip(old, new, strict=True)) if a is not b]
    return list(runs(rows))


def _all_steps(now: list[Entry], new: Sequence[Entry]) -> Iterator[Step]:
    """Yield step after step; ``now`` is expected to have each one done before the next."""
    wanted = {entry.entry_id for entry in new}
    gone = [n for n, entry in enumerate(now) if entry.entry_id not in wanted]
    for first, last in reversed(list(runs(gone))):
        yield Removed(first, last)
    here = {entry.entry_id for entry in now}
    yield from _moves(now, [entry for entry in new if entry.entry_id in here])
    fresh = [n for n, entry in enumerate(new) if entry.entry_id not in here]
    for first, last in runs(fresh):
        yield Inserted(first, tuple(new[first : last + 1]))


def _moves(now: list[Entry], wanted: Sequence[Entry]) -> Iterator[Step]:
    for at, entry in enumerate(wanted):
        if now[at].entry_id == entry.entry_id:
            continue
        first = next(n for n in range(at, len(now)) if now[n].entry_id == entry.entry_id)
        last = first
        while (
            last + 1 < len(now) and now[last + 1].entry_id == wanted[at + last + 1 - first].entry_id
        ):
            last += 1
        yield Moved(first, last, at)


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of consecutive ones of rising ``numbers``."""
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            yield first, last
            first = last = number
    if first is not None and last is not None:
        yield first, last
