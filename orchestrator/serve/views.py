"""Show an entry of the queue as a job over HTTP; pure but for a file's size."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from orchestrator.cloud import Quote
from orchestrator.desk.entries import Entry, EntryCast, Receipt, Result, Trouble, Where
from orchestrator.desk.rented import Rented
from orchestrator.desk.snapshot import DeskSnapshot, Running
from orchestrator.home import Home
from orchestrator.serve import place_shapes, shapes
from orchestrator.serve.notes import Note
from orchestrator.serve.problems import without_paths

_CENT = Decimal("0.0001")
OVER = frozenset({"refused", "failed", "cancelled", "done"})


def job_of(entry: Entry, note: Note | None, seen: DeskSnapshot, home: Home) -> shapes.Job:
    """Return a job as it stands at one moment."""
    waiting = [e.entry_id for e in seen.entries if e.state in ("rendering", "queued")]
    rented = _rented(entry, seen)
    return shapes.Job(
        id=entry.entry_id,
        title=note.title if note is not None else "",
        source=note.upload_id if note is not None else "",
        state=entry.state,
        is_over=entry.state in OVER,
        paused=seen.paused,
        ahead=waiting.index(entry.entry_id) if entry.state == "queued" else None,
        made_at=entry.added_at,
        people=entry.facts.people if entry.facts is not None else None,
        casts=[_cast(each) for each in entry.casts],
        progress=_progress(entry, seen),
        trouble=_trouble(entry.trouble, home),
        result=_result(entry.result) if entry.state == "done" else None,
        usd=_usd(rented, entry.receipt),
        where=_where(entry.where),
        machines=None if rented is None else _machines(rented),
        receipt=None if entry.receipt is None else _receipt(entry.receipt),
    )


def _running(entry: Entry, seen: DeskSnapshot) -> Running | None:
    running = seen.running
    return running if running is not None and running.entry_id == entry.entry_id else None


def _rented(entry: Entry, seen: DeskSnapshot) -> Rented | None:
    running = _running(entry, seen)
    return running.rented if running is not None else None


def _usd(rented: Rented | None, receipt: Receipt | None) -> Decimal | None:
    if rented is not None and rented.priced:
        return rented.usd
    return receipt.usd if receipt is not None else None


def _progress(entry: Entry, seen: DeskSnapshot) -> shapes.Progress | None:
    running, name = _running(entry, seen), entry.entry_id
    if running is not None:
        now = running.seen
        return shapes.Progress(
            work=now.phase.value,
            done=now.frames_done,
            total=now.frames_total,
            frames_per_s=round(now.frames_per_s, 2),
            left_s=None if now.left_s is None else round(now.left_s, 1),
            interruptions=now.interruptions,
        )
    for doing in (seen.preparing, seen.looking):
        if doing is not None and doing.entry_id == name:
            return shapes.Progress(work=doing.work, done=doing.done, total=doing.total)
    return None


def _trouble(trouble: Trouble | None, home: Home) -> shapes.Trouble | None:
    if trouble is None:
        return None
    return shapes.Trouble(
        code=trouble.code,
        sentence=without_paths(trouble.sentence, home),
        advice=without_paths(trouble.advice, home),
    )


def _result(result: Result | None) -> shapes.JobResult | None:
    if result is None:
        return None
    return shapes.JobResult(
        frames=result.frame_count,
        missed_frames=result.missed_frames,
        seconds=round(result.seconds, 2),
        sha256=result.digest,
        size_bytes=_size(Path(result.output_path)),
        finished_at=result.finished_at,
    )


def _cast(each: EntryCast) -> shapes.Cast:
    return shapes.Cast(
        face=each.face_id,
        person=each.person_id,
        start=None if each.start is None else float(each.start),
        end=None if each.end is None else float(each.end),
    )


def _where(where: Where) -> place_shapes.WhereShown:
    is_here = where.kind == "here"
    return place_shapes.WhereShown(
        kind=where.kind,
        region=where.region if where.kind == "aws" else None,
        cluster=where.cluster if where.kind == "kubernetes" else None,
        instances=None if is_here else where.instances,
        budget_usd=None if is_here else where.budget_usd,
        fall_back=where.fall_back and not is_here,
        within_s=None if is_here else where.within_s,
    )


def _machines(rented: Rented) -> place_shapes.MachinesShown:
    return place_shapes.MachinesShown(
        machines=[
            place_shapes.MachineShown(
                type=each.instance_type,
                zone=each.zone,
                market=each.market,
                usd_per_hour=each.usd_per_hour if rented.priced else None,
                state=each.state,
            )
            for each in rented.machines
        ],
        usd_per_hour=rented.usd_per_hour if rented.priced else None,
        interruptions=rented.interruptions,
        goes_on_alone=rented.may_leave,
    )


def quote_of(quote: Quote, where: Where) -> place_shapes.QuoteShown:
    """Return what a job would take and cost there, as callers see it."""
    return place_shapes.QuoteShown(
        instances=where.instances,
        least_s=round(quote.least_s, 1),
        most_s=round(quote.most_s, 1),
        least_usd=_cents(quote.least_usd),
        most_usd=_cents(quote.most_usd),
        on_demand_usd=_cents(quote.on_demand_usd),
        budget_usd=where.budget_usd,
        others=[
            place_shapes.QuoteOf(
                instances=each.instances,
                least_s=round(each.least_s, 1),
                most_s=round(each.most_s, 1),
                least_usd=_cents(each.least_usd),
                most_usd=_cents(each.most_usd),
            )
            for each in quote.others
        ],
    )


def _cents(usd: Decimal) -> Decimal:
    return usd.quantize(_CENT)


def _receipt(receipt: Receipt) -> place_shapes.ReceiptShown:
    return place_shapes.ReceiptShown(
        usd=receipt.usd,
        on_demand_usd=receipt.on_demand_usd,
        seconds=receipt.seconds,
        interruptions=receipt.interruptions,
        is_all_gone=receipt.is_all_gone,
        left=len(receipt.left),
        looked_at=receipt.looked_at or None,
        machines=[
            place_shapes.ReceiptLineShown(
                type=line.instance_type,
                zone=line.zone,
                market=line.market,
                seconds=line.seconds,
                usd=line.usd,
                how=line.how,
            )
            for line in receipt.lines
        ],
    )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
