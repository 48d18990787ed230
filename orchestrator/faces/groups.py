"""Group tracks into people by what their faces look like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from orchestrator.faces.identity import Embedding, unit

SAME = 0.38
"""Mean distance of two groups' faces under which they are one person.

Distances of unit vectors as measured: one person in other light, size, blur, and turned by up
to about 30 degrees: at most 0.33; two people: at least 0.41."""
SURELY_SAME = 0.33
SURELY_OTHER = 0.41
_LEAST_S = 0.5
"""A person seen for less, who is nearly like another, is not surely a new one."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of one track when people are made of tracks."""

    source: int
    start_frame: int
    end_frame: int
    seconds: float
    embeddings: tuple[Embedding, ...]
    """Of the clearest faces, at least one when the track ``tells``."""
    tells: bool
    """Whether the faces are clear enough to say whose they are."""


@dataclass(frozen=True, slots=True)
class Group:
    """Places of tracks that are one person, or of those nobody is sure about."""

    members: tuple[int, ...]
    embedding: tuple[float, ...]
    unsure: bool


def group(looks: Sequence[Look]) -> tuple[Group, ...]:
    """Return every track in one group: people by time on screen, then the unsure ones if any.

    Two tracks that are on screen together are never one person.
    """
    telling = [number for number, look in enumerate(looks) if look.tells]
    people = [[telling[n] for n in members] for members in _linked([looks[n] for n in telling])]
    people, doubtful = _without_doubtful(looks, people)
    rest = [number for number, look in enumerate(looks) if not look.tells] + doubtful
    unsure = [number for number in sorted(rest) if not _joins(looks, people, number)]
    people.sort(key=lambda members: (-_seconds(looks, members), min(members)))
    found = [Group(tuple(sorted(m)), _mean(looks, m), unsure=False) for m in people]
    return (*found, Group(tuple(unsure), (), unsure=True)) if unsure else tuple(found)


def _linked(looks: Sequence[Look]) -> list[list[int]]:
    """Return groups by average linkage, stopped at :data:`SAME`."""
    members = [[number] for number in range(len(looks))]
    if not looks:
        return members
    apart = _distances(looks)
    nearest = apart.min(axis=1)
    while nearest.min() < SAME:
        kept = int(nearest.argmin())
        gone = int(apart[kept].argmin())
        kept, gone = min(kept, gone), max(kept, gone)
        _merge(apart, kept, gone, len(members[kept]), len(members[gone]))
        members[kept] += members[gone]
        members[gone] = []
        nearest = apart.min(axis=1)
    return [group for group in members if group]


def _merge(
    apart: NDArray[np.float64], kept: int, gone: int, kept_count: int, gone_count: int
) -> None:
    mean = (apart[kept] * kept_count + apart[gone] * gone_count) / (kept_count + gone_count)
    mean[[kept, gone]] = np.inf
    apart[kept], apart[:, kept] = mean, mean
    apart[gone], apart[:, gone] = np.inf, np.inf


def _distances(looks: Sequence[Look]) -> NDArray[np.float64]:
    """Return the mean distance of each two tracks' faces; infinite where seen together."""
    rows = np.concatenate([np.stack(look.embeddings) for look in looks])
    counts = [len(look.embeddings) for look in looks]
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    every = np.sqrt(np.clip(2 - 2 * rows @ rows.T, 0, None))
    sums = np.add.reduceat(np.add.reduceat(every, starts, axis=0), starts, axis=1)
    apart = sums / np.outer(counts, counts)
    apart[_seen_together(looks)] = np.inf
    np.fill_diagonal(apart, np.inf)
    return np.asarray(apart)


def _seen_together(looks: Sequence[Look]) -> NDArray[np.bool_]:
    source = np.array([look.source for look in looks])
    start = np.array([look.start_frame for look in looks])
    end = np.array([look.end_frame for look in looks])
    together: NDArray[np.bool_] = (
        (source[:, None] == source)
        & (start[:, None] < end[None, :])
        & (start[None, :] < end[:, None])
    )
    return together


def _without_doubtful(
    looks: Sequence[Look], people: list[list[int]]
) -> tuple[list[list[int]], list[int]]:
    """Return the people, and the tracks of those hardly seen and hardly unlike another."""
    sure, doubtful = [], []
    for members in people:
        others = [other for other in people if other is not members]
        near = min((_apart(looks, members, other) for other in others), default=np.inf)
        if _seconds(looks, members) < _LEAST_S and near < SURELY_OTHER:
            doubtful += members
        else:
            sure.append(members)
    return (sure, doubtful) if sure else (people, [])


def _joins(looks: Sequence[Look], people: list[list[int]], number: int) -> bool:
    """Put an unclear track with the one person it surely is, if there is one."""
    if not looks[number].embeddings:
        return False
    ways = sorted((_apart(looks, members, [number]), n) for n, members in enumerate(people))
    for distance, place in ways[:1]:
        together = any(_overlaps(looks[number], looks[member]) for member in people[place])
        if distance < SURELY_SAME and not together:
            people[place].append(number)
            return True
    return False


def _overlaps(a: Look, b: Look) -> bool:
    return a.source == b.source and a.start_frame < b.end_frame and b.start_frame < a.end_frame


def _apart(looks: Sequence[Look], left: Sequence[int], right: Sequence[int]) -> float:
    a = np.stack([row for number in left for row in looks[number].embeddings])
    b = np.stack([row for number in right for row in looks[number].embeddings])
    return float(np.sqrt(np.clip(2 - 2 * a @ b.T, 0, None)).mean())


def _seconds(looks: Sequence[Look], members: Sequence[int]) -> float:
    return sum(looks[number].seconds for number in members)


def _mean(looks: Sequence[Look], members: Sequence[int]) -> tuple[float, ...]:
    rows = [row for number in members if looks[number].tells for row in looks[number].embeddings]
    return tuple(float(value) for value in unit(np.mean(rows, axis=0)))
