"""Sweep the account, show what jobs have cost, and drill what holds the cost."""

from __future__ import annotations

import signal
import threading
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from types import FrameType

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.cloud import Cloud
from orchestrator.errors import RequestRefused
from orchestrator.fleet.ec2.account import Signed
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.fire_drill import LIFE_S, WORDS, DrillReport
from orchestrator.fleet.ec2.receipt import Receipt, receipts, spent_usd
from orchestrator.fleet.ec2.sweep import SweepReport, jobs_here, judged, kept_of, note_swept
from orchestrator.fleet.ec2.sweep import sweep as sweep_account
from orchestrator.fleet.ec2.things import Thing, look
from orchestrator.home import Home

_PERCENT = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What the receipts of this machine come to."""

    receipts: tuple[Receipt, ...]
    month: str
    month_usd: Decimal
    """What is spent in this month, jobs that still run included."""


def sweep(asked: Namespace, reporter: Reporter) -> Exit:
    """Remove what is left of jobs; the status is FAILED while something may still cost."""
    home = Home.default()
    account = Cloud(home)
    signed = account.sign_in()
    regions = _regions(signed, everywhere=asked.everywhere)
    here = jobs_here(home)
    with reporter.doing("sweeping") as step:
        if asked.dry_run:
            report = _told(signed, regions, here, everything=asked.everything)
        else:
            report = sweep_account(
                signed.clients,
                signed.account,
                regions,
                here,
                everything=asked.everything,
                share=step,
            )
            note_swept(home, report)
    reporter.result(report, lambda console: _print_sweep(console, report, dry=asked.dry_run))
    return Exit.DONE if report.is_clean else Exit.FAILED


def show_receipts(asked: Namespace, reporter: Reporter) -> Exit:
    """List receipts, or show one whole."""
    home, now = Home.default(), datetime.now(UTC)
    found = tuple(each for each in receipts(home) if each.job_id.startswith(asked.job))
    if asked.job and not found:
        raise RequestRefused(
            f"There is no receipt of {asked.job!r}.", "'cloud receipts' lists all."
        )
    month = f"{now:%Y-%m}"
    costs = Costs(receipts=found, month=month, month_usd=spent_usd(home, month, now))
    if asked.job and len(found) == 1:
        reporter.result(found[0], lambda console: print_receipt(console, found[0]))
    else:
        reporter.result(costs, lambda console: _print_costs(console, costs))
    return Exit.DONE if all(each.proof.holds for each in found) else Exit.FAILED


def drill(asked: Namespace, reporter: Reporter) -> Exit:
    """Show that each layer ends its instance; the status is FAILED when one does not."""
    if not asked.yes:
        said = (
            f"With --yes four of the smallest instances are launched. Each has one layer only and"
            f" {LIFE_S / 60:.0f} minutes to live; it costs about a tenth of a cent."
        )
        reporter.result({"drilled": False}, lambda console: console.print(said, markup=False))
        return Exit.DONE
    cancelled = threading.Event()
    said = "stopping: the drill's instances are terminated"
    with reporter.doing("fire drill") as step, ending_on_ctrl_c(cancelled, reporter, said):
        report = Cloud(Home.default()).drill(step, cancelled)
    reporter.result(report, lambda console: _print_drill(console, report))
    if cancelled.is_set():
        return Exit.STOPPED
    return Exit.DONE if report.holds else Exit.FAILED


def print_receipt(console: Console, receipt: Receipt) -> None:
    """Print a receipt whole."""
    rows = [
        (
            line.instance_type,
            line.zone,
            line.market,
            f"{line.seconds} s",
            dollars(line.usd),
            line.how or "not seen to end",
        )
        for line in receipt.instances
    ]
    console.print(table("", ("instance", "zone", "market", "billed", "cost", "ended"), rows))
    saved = f"{receipt.saved_share * _PERCENT:.0f} % less than on demand" if receipt.usd else ""
    console.print(
        f"{receipt.job_id}: {dollars(receipt.usd)}"
        f" ({dollars(receipt.on_demand_usd)} on demand; {saved or 'nothing was billed'}),"
        f" {receipt.interruptions} interruptions.",
        markup=False,
    )
    _print_proof(console, receipt)


def dollars(amount: Decimal) -> str:
    """Return an amount as it is read, to a cent, or exactly where it is less."""
    return f"${amount:.2f}" if amount >= 1 or not amount else f"${amount:.4f}"


def _print_proof(console: Console, receipt: Receipt) -> None:
    proof = receipt.proof
    if proof.holds:
        where = ", ".join(proof.regions)
        console.print(f"Nothing of it is left in {where}, as AWS said at {proof.at}.", markup=False)
    for thing in proof.left:
        console.print(f"left: {thing.kind} {thing.id} in {thing.region}", markup=False)
    for sentence in proof.unseen:
        console.print(f"not seen: {sentence}", markup=False)
    if not proof.holds:
        console.print("Run 'secondunit cloud sweep' to be sure.")


def _print_costs(console: Console, costs: Costs) -> None:
    if not costs.receipts:
        console.print("There are no receipts yet; each render in the account leaves one.")
        return
    rows = [
        (
            each.job_id,
            str(len(each.instances)),
            dollars(each.usd),
            dollars(each.on_demand_usd),
            str(each.interruptions),
            "all gone" if each.proof.holds else f"{len(each.proof.left)} left, or not seen",
        )
        for each in costs.receipts
    ]
    columns = ("job", "instances", "cost", "on demand", "interruptions", "left")
    console.print(table("", columns, rows))
    console.print(f"{costs.month}: {dollars(costs.month_usd)} so far.", markup=False)


def _regions(signed: Signed, *, everywhere: bool) -> tuple[str, ...]:
    used = (*signed.settings.regions_used, signed.account.region)
    if not everywhere:
        return tuple(dict.fromkeys(used))
    with named("listing the regions"):
        answer = signed.clients("ec2").describe_regions()
    found = tuple(sorted(each["RegionName"] for each in answer["Regions"]))
    return tuple(dict.fromkeys((*used, *found)))


def _told(
    signed: Signed, regions: Sequence[str], here: dict[str, bool], *, everything: bool
) -> SweepReport:
    """Return the report of a sweep that removes nothing; ``removed`` is what would go."""
    found = look(signed.clients, signed.account, regions)
    each = judged(found, here, datetime.now(UTC), everything=everything)
    return SweepReport(
        at=found.at,
        regions=found.regions,
        removed=tuple(thing for thing, why in each if why == "left over"),
        failed=(),
        kept=kept_of(each),
        set_up=found.set_up,
        unseen=found.unseen,
    )


def _print_sweep(console: Console, report: SweepReport, *, dry: bool) -> None:
    verb = "would go" if dry else "removed"
    rows = [(verb, *_cells(thing)) for thing in report.removed]
    rows += [("failed", *_cells(each.thing)) for each in report.failed]
    rows += [(_why(each.why), *_cells(each.thing)) for each in report.kept]
    if rows:
        console.print(table("", ("", "what", "which", "region", "job"), rows))
    for each in report.failed:
        console.print(f"{each.thing.kind} {each.thing.id}: {each.sentence}", markup=False)
    for sentence in report.unseen:
        console.print(f"not seen: {sentence}", markup=False)
    where = ", ".join(report.regions)
    lasting = ", ".join(dict.fromkeys(thing.kind for thing in report.set_up)) or "nothing"
    left = "Nothing else of Second Unit is" if report.is_clean else "More may be"
    console.print(f"{left} in {where}; the set-up has: {lasting}.", markup=False)


def _why(why: str) -> str:
    return "in use" if why == "living" else "unknown job, kept"


def _cells(thing: Thing) -> tuple[str, str, str, str]:
    return thing.kind, thing.id, thing.region or "everywhere", thing.job_id


def _print_drill(console: Console, report: DrillReport) -> None:
    rows = [
        (
            "holds" if line.holds else "DOES NOT HOLD",
            WORDS[line.layer],
            "" if line.ended_after_s is None else f"after {line.ended_after_s:.0f} s",
            line.trouble or line.reason,
        )
        for line in report.lines
    ]
    console.print(table("", ("", "layer", "ended its instance", "AWS says"), rows))
    console.print(f"The drill cost about {dollars(report.usd)}. Nothing of it is left.")


@contextmanager
def ending_on_ctrl_c(cancelled: threading.Event, reporter: Reporter, said: str) -> Iterator[None]:
    """Let Ctrl-C end what was launched before the command ends."""

    def on_signal(number: int, frame: FrameType | None) -> None:
        del number, frame
        cancelled.set()
        reporter.say(said)

    before = signal.signal(signal.SIGINT, on_signal)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
