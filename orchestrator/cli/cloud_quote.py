"""Say before a render in the account how long it takes and what it costs."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.quote_curve import Pick, curve, picks, sentence_of
from orchestrator.cli.report import Reporter, table
from orchestrator.cloud import Cloud
from orchestrator.cloud_choice import LINES, offered, work_of
from orchestrator.cloud_pasts import read_pasts
from orchestrator.cloud_regions import RegionQuote, compare
from orchestrator.desk.entries import Entry, EntryId, Facts, Where
from orchestrator.fleet.ec2.offers import Offer
from orchestrator.fleet.ec2.quote import learn, quotes
from orchestrator.home import Home
from orchestrator.prepare import look_at


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLine:
    """What a video takes and costs with so many instances; ranges are low and high."""

    video: str
    instances: int
    seconds: tuple[float, float]
    usd: tuple[Decimal, Decimal]
    on_demand_usd: Decimal
    """At most."""
    is_guess: bool
    """Whether no earlier job has told how quick such an instance is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The offer of now, and what comes of it."""

    instance_type: str
    gpu: str
    zone: str
    spot_usd_per_hour: Decimal | None
    on_demand_usd_per_hour: Decimal
    lines: tuple[QuoteLine, ...]
    picks: tuple[Pick, ...] = ()
    """What a deadline or a budget calls for, where one was given."""


def quote(asked: Namespace, reporter: Reporter) -> Exit:
    """Print a quote for each video and number of instances that is worth it."""
    home = Home.default()
    with reporter.doing("probing"):
        entries = [_entry(path) for path in asked.videos]
    if asked.compare:
        return _compare(home, entries[0], asked.compare, reporter)
    with reporter.doing("asking AWS for prices"):
        signed = Cloud(home).sign_in(asked.region)
        limits = signed.settings.limits
        where = Where(kind="aws", instances=limits.instances, fall_back=limits.fall_back)
        best = offered(signed, where)[0]
    made = {entry.source: _lines(home, entry, best) for entry in entries}
    told = Told(
        instance_type=best.type.instance_type,
        gpu=best.type.gpu,
        zone=best.subnet.zone,
        spot_usd_per_hour=best.spot_usd_per_hour,
        on_demand_usd_per_hour=best.on_demand_usd_per_hour,
        lines=tuple(line for lines in made.values() for line in lines),
        picks=tuple(
            pick
            for video, lines in made.items()
            for pick in picks(video, lines, asked.deadline, asked.budget_usd)
        ),
    )
    reporter.result(told, lambda console: _print(console, told))
    return Exit.DONE


def _compare(home: Home, entry: Entry, regions: list[str], reporter: Reporter) -> Exit:
    """Print what the first video takes and costs in each region."""
    cloud = Cloud(home)
    limits = cloud.sign_in().settings.limits
    where = Where(kind="aws", instances=limits.instances, fall_back=limits.fall_back)
    with reporter.doing("asking AWS for prices"):
        found = compare(home, cloud.sign_in, replace(entry, where=where), regions)
    reporter.result(found, lambda console: _print_regions(console, found))
    return Exit.DONE if any(not each.trouble for each in found) else Exit.NOT_READY


def _print_regions(console: Console, found: tuple[RegionQuote, ...]) -> None:
    rows = [
        (
            each.region,
            each.instance_type,
            "" if each.score is None else f"{each.score} of 10",
            f"{_minutes(each.seconds[0])} to {_minutes(each.seconds[1])}",
            f"${each.usd[0]:.2f} to ${each.usd[1]:.2f}",
            "yes" if each.is_set_up else "not yet",
        )
        for each in found
        if not each.trouble
    ]
    columns = ("region", "instance", "likely", "minutes", "cost", "set up")
    if rows:
        console.print(table("", columns, rows))
    for each in found:
        if each.trouble:
            console.print(f"{each.region}: {each.trouble}", markup=False)


def _entry(path: Path) -> Entry:
    report = look_at(path).report
    video = report.video
    facts = Facts(
        digest=report.digest,
        width_px=video.picture.shown_width_px,
        height_px=video.picture.shown_height_px,
        frame_rate=video.frame_rate,
        frame_count=video.frame_count,
        duration=video.duration,
        codec=video.codec,
        people=0,
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Entry(entry_id=EntryId("quote"), source=str(path), added_at=now, facts=facts)


def _lines(home: Home, entry: Entry, offer: Offer) -> list[QuoteLine]:
    """Return the quotes for one instance, two and so on: what both lines lie between."""
    learned = learn(read_pasts(home), offer.type.instance_type, offer.type.speed)
    made: list[QuoteLine] = []
    for instances in range(1, 17):
        wished = replace(entry, where=replace(entry.where, instances=instances))
        quick, slow = (
            quotes(work_of(wished), line, offer, learned, most=instances) for line in LINES
        )
        if len(quick) < instances:
            break  # even a quick line feeds no more
        best, worst = quick[-1], slow[-1]
        made.append(
            QuoteLine(
                video=entry.source,
                instances=instances,
                seconds=(best.seconds[0], max(best.seconds[1], worst.seconds[1])),
                usd=(min(best.usd[0], worst.usd[0]), max(best.usd[1], worst.usd[1])),
                on_demand_usd=max(best.on_demand_usd[1], worst.on_demand_usd[1]),
                is_guess=best.is_guess,
            )
        )
    return made


def _print(console: Console, told: Told) -> None:
    spot = "no spot" if told.spot_usd_per_hour is None else f"${told.spot_usd_per_hour:.4f} spot"
    console.print(
        f"{told.instance_type} ({told.gpu}) in {told.zone}: {spot},"
        f" ${told.on_demand_usd_per_hour:.4f} on demand, an hour.",
        markup=False,
    )
    rows = [
        (
            Path(line.video).name,
            str(line.instances),
            f"{_minutes(line.seconds[0])} to {_minutes(line.seconds[1])}",
            f"${line.usd[0]:.2f} to ${line.usd[1]:.2f}",
            f"${line.on_demand_usd:.2f}",
        )
        for line in told.lines
    ]
    columns = ("video", "instances", "minutes", "cost", "on demand, at most")
    console.print(table("", columns, rows))
    for video in dict.fromkeys(line.video for line in told.lines):
        _print_curve(console, told, video)
    if any(line.is_guess for line in told.lines):
        console.print("This is a first guess; renders in the account make it better.")


def _print_curve(console: Console, told: Told, video: str) -> None:
    """Print what less time costs, and what was asked for."""
    drawn = curve([line for line in told.lines if line.video == video])
    if drawn:
        console.print(f"{Path(video).name}: instances, time and cost at the most", markup=False)
        for each in drawn:
            console.print(each, markup=False, highlight=False)
        console.print("* nothing is both sooner and cheaper", markup=False)
    for pick in told.picks:
        if pick.video == video:
            console.print(sentence_of(pick), markup=False)


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f}" if seconds >= 600 else f"{seconds / 60:.1f}"
