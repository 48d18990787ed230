"""Render a video: settle what is asked for, then drive the job and show how far it is."""

from __future__ import annotations

import re
from argparse import Namespace
from fractions import Fraction

from orchestrator.cli.driving import drive_here
from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.prepare import Wish, WishedCast, prepare

_CAST = re.compile(r"(?P<person>[^=]+)=(?P<face>.+?)(@(?P<start>[\d.]*)-(?P<end>[\d.]*))?")


def render(asked: Namespace, reporter: Reporter) -> Exit:
    """Prepare a job and drive it in this process."""
    home = Home.default()
    job_id = prepare(home, _wish(asked), reporter.doing)
    reporter.say(f"job {job_id}")
    return drive_here(home, job_id, None, reporter)


def _wish(asked: Namespace) -> Wish:
    return Wish(
        source=asked.video,
        output=asked.output,
        casts=tuple(_cast(text) for text in asked.cast),
        trim_in=asked.trim_in,
        trim_out=asked.trim_out,
        engine=asked.engine,
        settings=tuple(_setting(text) for text in asked.set),
        codec=asked.codec,
        quality=asked.quality,
        preset=asked.preset,
        hardware=asked.hardware,
        workers=asked.workers,
        segment_frames=asked.segment_frames,
        replace_output=asked.force,
    )


def _cast(text: str) -> WishedCast:
    found = _CAST.fullmatch(text)
    try:
        if found is None:
            raise ValueError(text)
        start, end = found["start"], found["end"]
        return WishedCast(
            person_id=found["person"],
            face=found["face"],
            start=Fraction(start) if start else None,
            end=Fraction(end) if end else None,
        )
    except ValueError as error:
        raise RequestRefused(
            f"--cast {text} is not understood.", "Write PERSON=FACE, or PERSON=FACE@10-18.5."
        ) from error


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise RequestRefused(f"--set {text} is not understood.", "Write NAME=VALUE.")
    return name, value
