"""Show what a video is, and who is in it."""

from __future__ import annotations

import shutil
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import RequestRefused
from orchestrator.faces.people import Person
from orchestrator.home import Home
from orchestrator.media.report import SourceReport
from orchestrator.prepare import Seen, find_people, look_at


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person as a command shows them; no embedding leaves the program."""

    person: str
    unsure: bool
    on_screen_s: float
    appearances: tuple[tuple[int, int], ...]
    """Ranges of frames, the end excluded."""
    times_s: tuple[tuple[float, float], ...]
    """The same in seconds, about, from the first frame."""
    crops: tuple[str, ...]


def probe(asked: Namespace, reporter: Reporter) -> Exit:
    """Print a source's report, with what is odd about it."""
    with reporter.doing("probing"):
        seen = look_at(asked.video)
    reporter.result(seen.report, lambda console: _print_report(console, seen.report))
    return Exit.DONE


def faces(asked: Namespace, reporter: Reporter) -> Exit:
    """Print the people found in one or several sources."""
    home = Home.default()
    if asked.crops is not None:
        _make(asked.crops)  # that it cannot be is said before anybody waits
    with reporter.doing("probing"):
        seen = tuple(look_at(path) for path in asked.videos)
    with reporter.doing("finding faces") as step:
        scan, folder = find_people(home, seen, step)
    people = tuple(_line(person, seen, folder) for person in scan.people)
    if asked.crops is not None:
        _copy_crops(people, asked.crops)
    reporter.result(people, lambda console: _print_people(console, people))
    return Exit.DONE


def _line(person: Person, seen: tuple[Seen, ...], folder: Path) -> PersonLine:
    rates = {str(each.report.digest): each.report.video.frame_rate for each in seen}
    shown_s = sum(
        (
            Fraction(a.end_frame - a.start_frame) / rates[a.source_digest]
            for a in person.appearances
        ),
        Fraction(0),
    )
    return PersonLine(
        person=person.person_id,
        unsure=person.unsure,
        on_screen_s=round(float(shown_s), 2),
        appearances=tuple((a.start_frame, a.end_frame) for a in person.appearances),
        times_s=tuple(
            (
                round(float(a.start_frame / rates[a.source_digest]), 2),
                round(float(a.end_frame / rates[a.source_digest]), 2),
            )
            for a in person.appearances
        ),
        crops=tuple(str(folder / crop) for crop in person.crops),
    )


def _make(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise RequestRefused(f"{folder} is a file.", "Name a folder for the crops.")
    folder.mkdir(parents=True, exist_ok=True)


def _copy_crops(people: tuple[PersonLine, ...], folder: Path) -> None:
    for person in people:
        for number, crop in enumerate(person.crops, start=1):
            shutil.copyfile(crop, folder / f"{person.person}-{number}.png")


def _print_report(console: Console, report: SourceReport) -> None:
    video = report.video
    picture = video.picture
    rate = f"{float(video.frame_rate):.3f} frames/s{' (variable)' if video.variable_rate else ''}"
    rows = [
        ("file", report.path),
        ("digest", report.digest),
        ("video", f"{video.codec}, {video.bit_depth} bit, {rate}"),
        ("picture", f"{picture.shown_width_px} x {picture.shown_height_px}"),
        ("length", f"{video.frame_count} frames, {float(video.duration):.3f} s"),
    ]
    rows += [(t.kind, f"{t.codec} {t.language} {t.title}".strip()) for t in report.others]
    if report.chapter_count:
        rows.append(("chapters", str(report.chapter_count)))
    console.print(table("", ("", ""), rows))
    for notice in report.notices:
        console.print(f"note ({notice.code}): {notice.text}", markup=False)


def _print_people(console: Console, people: tuple[PersonLine, ...]) -> None:
    if not people:
        console.print("No faces were found.")
        return
    rows = [
        (
            person.person + (" (unsure)" if person.unsure else ""),
            f"{person.on_screen_s:.1f} s",
            _ranges(person.times_s),
            _ranges(person.appearances),
            person.crops[0] if person.crops else "",
        )
        for person in people
    ]
    console.print(table("", ("person", "on screen", "seconds", "frames", "clearest face"), rows))


def _ranges(ranges: Sequence[tuple[float, float]]) -> str:
    shown = ", ".join(f"{start:g}-{end:g}" for start, end in ranges[:6])
    more = len(ranges) - 6
    return f"{shown} and {more} more" if more > 0 else shown
