"""Render a video: settle what is asked for, then drive the job and show how far it is."""

from __future__ import annotations

import functools
import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from orchestrator.cli.driving import drive_here
from orchestrator.cli.elsewhere import where_of
from orchestrator.cli.exits import Exit
from orchestrator.cli.from_facefusion import wish_from
from orchestrator.cli.licences import settle_licences
from orchestrator.cli.report import Reporter
from orchestrator.cli.times import time_of
from orchestrator.cloud import Cloud
from orchestrator.desk.elsewhere import write_where
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.prepare import Seen, Wish, WishedCast, WishedQuality, look_at, prepare

_PART = r"@(?P<start>[\d.:]*)-(?P<end>[\d.:]*)"
_CAST = re.compile(rf"(?P<person>[^=]+)=(?P<face>.+?)({_PART})?")
_QUALITY = re.compile(rf"(?P<quality>\d{{1,3}}){_PART}")


def render(asked: Namespace, reporter: Reporter) -> Exit:
    """Prepare a job and drive it in this process."""
    home = Home.default()
    where = where_of(home, asked)
    if where.kind != "here":
        Cloud(home).places(where)  # what does not work there is said before anything is made
    look = functools.cache(look_at)
    wish = _wish(home, asked, reporter, look)
    if where.kind != "here":
        wish = replace(wish, workers=where.instances, elsewhere=True)
    settle_licences(home, wish, reporter, accepts=asked.accept_licences)
    job_id = prepare(home, wish, reporter.doing, look=look)
    if where.kind != "here":
        write_where(home, job_id, where)
    reporter.say(f"job {job_id}")
    return drive_here(home, job_id, None, reporter)


def _wish(home: Home, asked: Namespace, reporter: Reporter, look: Callable[[Path], Seen]) -> Wish:
    wish = _typed(asked)
    if asked.from_facefusion is not None:
        return wish_from(home, asked, wish, reporter, look)
    if asked.video is None:
        raise RequestRefused("No video is named.", "Write 'secondunit render VIDEO ...'.")
    return wish


def _typed(asked: Namespace) -> Wish:
    return Wish(
        source=asked.video or Path(),
        output=asked.output,
        casts=tuple(cast_of(text) for text in asked.cast),
        trim_in=asked.trim_in,
        trim_out=asked.trim_out,
        engine=asked.engine,
        settings=tuple(setting_of(text) for text in asked.set),
        codec=asked.codec,
        quality=asked.quality,
        quality_at=tuple(_quality(text) for text in asked.quality_at),
        preset=asked.preset,
        hardware=asked.hardware,
        workers=asked.workers,
        segment_frames=asked.segment_frames,
        replace_output=asked.force,
        urgent=asked.urgent,
    )


def cast_of(text: str) -> WishedCast:
    """Return who is cast as whom and when, from ``p1=grace`` or ``p1=grace@10-18.5``.

    Raises:
        RequestRefused: it is not understood.
    """
    found = _CAST.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        start, end = _part(found)
        return WishedCast(person_id=found["person"], face=found["face"], start=start, end=end)
    except (ValueError, ArgumentTypeError) as error:
        raise RequestRefused(
            f"--cast {text} is not understood.", "Write PERSON=FACE, or PERSON=FACE@10-18.5."
        ) from error


def _quality(text: str) -> WishedQuality:
    found = _QUALITY.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        start, end = _part(found)
        return WishedQuality(quality=int(found["quality"]), start=start, end=end)
    except (ValueError, ArgumentTypeError) as error:
        raise RequestRefused(
            f"--quality-at {text} is not understood.", "Write QUALITY@START-END, as 14@10-18.5."
        ) from error


def _part(found: re.Match[str]) -> tuple[Fraction | None, Fraction | None]:
    """Return the start and end, in seconds, of a part such as ``@10-1:02.5``."""
    start, end = found["start"], found["end"]
    return time_of(start) if start else None, time_of(end) if end else None


def setting_of(text: str) -> tuple[str, str]:
    """Return a setting's name and value, from ``NAME=VALUE``.

    Raises:
        RequestRefused: it is not understood.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise RequestRefused(f"--set {text} is not understood.", "Write NAME=VALUE.")
    return name, value
