"""Show a job live from any computer that reaches its store, and find it again after an outage."""

from __future__ import annotations

import random
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.text import Text

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import PLAIN_PERIOD_S, Reporter, table
from orchestrator.errors import JobMissing
from orchestrator.home import MIB, Home
from orchestrator.watching.address import parse_address
from orchestrator.watching.reading import Reader, open_reader
from orchestrator.watching.view import JobView, TaskView, WorkerView
from remote_worker.errors import WorkerError

_PERIOD_S = {True: 2.0, False: 5.0}
"""Between two looks, for a folder and for a service."""
_A_WORKER_S = 0.05
"""Each worker costs a call: of many, looks are further apart."""
_LONGEST_S = 60.0
_TASKS_SHOWN = 14
_STATUS = {"done": Exit.DONE, "failed": Exit.FAILED, "stopped": Exit.STOPPED}
_WORKER_COLUMNS = ("worker", "state", "heard", "frames/s", "done", "failed", "GPU", "machine")
_TASK_COLUMNS = (
    "chunk", "frames", "state", "worker", "began", "attempts", "interrupted", "frames/s", "GPU",
    "cost",
)  # fmt: skip
Show = Callable[[JobView], None]
Pause = Callable[[float], None]


def watch(asked: Namespace, reporter: Reporter) -> Exit:
    """Show how a job stands until it is over, or once."""
    address = parse_address(asked.address, Home.default())
    is_folder = address.store.kind == "folder"
    reader = _opened(lambda: open_reader(address), reporter, time.sleep, patient=not asked.once)
    if asked.once:
        seen = reader.look()
        reporter.result(seen, lambda console: console.print(drawn(seen, all_tasks=asked.all)))
        return _status(seen)
    with _showing(asked, reporter) as show:
        seen = follow(reader, show, reporter, period_s=_PERIOD_S[is_folder])
    reporter.result(seen, lambda console: console.print(drawn(seen, all_tasks=asked.all)))
    return _status(seen)


def follow(
    reader: Reader,
    show: Show,
    reporter: Reporter,
    *,
    period_s: float,
    pause: Pause = time.sleep,
) -> JobView:
    """Show a job until it is over, and return it as it was last.

    Raises:
        JobMissing: nobody has left word of it; once it was seen, that it was cleared away.
    """
    outages, seen = 0, None
    while seen is None or not seen.is_over:
        try:
            seen = reader.look()
            show(seen)
            if outages:
                reporter.say("the store answers again")
            outages = 0
        except WorkerError as error:
            outages = _wait_out(error, outages, reporter, pause)
            continue
        except JobMissing:
            if seen is None:
                raise
            reporter.say("the job's place was cleared away: it is done or was cancelled")
            return seen
        if not seen.is_over:
            pause(max(period_s, _A_WORKER_S * len(seen.workers)))
    return seen


def _wait_out(error: WorkerError, outages: int, reporter: Reporter, pause: Pause) -> int:
    if not error.retry:
        raise error
    if not outages:
        reporter.say(f"{error.sentence} Trying again until it answers; Ctrl-C ends watching.")
    longest_s = min(_LONGEST_S, 2.0 ** min(outages, 10))
    pause(longest_s * (0.5 + random.random() / 2))  # noqa: S311  # jitter, no secret
    return outages + 1


def _opened(
    opening: Callable[[], Reader], reporter: Reporter, pause: Pause, *, patient: bool
) -> Reader:
    outages = 0
    while True:
        try:
            return opening()
        except WorkerError as error:
            if not patient:
                raise
            outages = _wait_out(error, outages, reporter, pause)


@contextmanager
def _showing(asked: Namespace, reporter: Reporter) -> Iterator[Show]:
    """Give what shows a look: a screen that is drawn anew, JSON lines, or a line now and then."""
    if asked.json:
        yield lambda seen: _json_line(reporter, seen)
    elif sys.stderr.isatty():
        console = Console(stderr=True, highlight=False)
        with Live(console=console, auto_refresh=False, transient=True) as live:
            yield lambda seen: live.update(drawn(seen, all_tasks=asked.all), refresh=True)
    else:
        said_s = [float("-inf")]
        yield lambda seen: _plain_line(reporter, seen, said_s)


def _json_line(reporter: Reporter, seen: JobView) -> None:
    with reporter.doing(f"job {seen.job_id}") as step:
        step(seen.frames_done, seen.frames_total, _headline(seen))


def _plain_line(reporter: Reporter, seen: JobView, said_s: list[float]) -> None:
    now_s = time.monotonic()
    if now_s - said_s[0] >= PLAIN_PERIOD_S or seen.is_over:
        said_s[0] = now_s
        reporter.say(_headline(seen))


def drawn(seen: JobView, *, all_tasks: bool = False) -> RenderableType:
    """Return a job as a page: a headline, the workers, the tasks."""
    parts: list[RenderableType] = [Text(_headline(seen))]
    if seen.fault:
        parts.append(Text(seen.fault))
    if not seen.is_driven and not seen.is_over:
        parts.append(Text(_driver_words(seen)))
    if seen.workers:
        parts += [Text(""), table("", _WORKER_COLUMNS, [_worker_row(w) for w in seen.workers])]
    shown = seen.tasks if all_tasks else _of_interest(seen.tasks)
    if shown:
        parts += [Text(""), table("", _TASK_COLUMNS, [_task_row(task) for task in shown])]
    if len(shown) < len(seen.tasks):
        parts.append(Text(f"{len(seen.tasks) - len(shown)} more chunks; --all shows them"))
    return Group(*parts)


def _of_interest(tasks: tuple[TaskView, ...]) -> tuple[TaskView, ...]:
    """Return what is rendered, went wrong or was interrupted, then the newest of the rest."""
    live = [t for t in tasks if t.state in ("rendering", "failed", "buried") or t.interruptions]
    others = sorted((t for t in tasks if t not in live), key=lambda t: t.began_at, reverse=True)
    chosen = {t.chunk_id for t in (*live, *others)[:_TASKS_SHOWN]}
    return tuple(t for t in tasks if t.chunk_id in chosen)


def _headline(seen: JobView) -> str:
    name = f"{Path(seen.title).name} ({seen.job_id})" if seen.title else str(seen.job_id)
    share = f"{seen.frames_done * 100 // max(seen.frames_total, 1)} %" if seen.frames_total else ""
    words = [f"{name}: {seen.phase}", f"{share} {seen.frames_done}/{seen.frames_total} frames"]
    if seen.frames_per_s:
        words.append(f"{seen.frames_per_s:.1f} frames/s")
    if seen.left_s is not None and not seen.is_over:
        words.append(f"about {_time(seen.left_s)} left")
    if seen.interruptions:
        words.append(f"{seen.interruptions} interruptions")
    if seen.usd or seen.usd_per_hour:
        cap = f" of ${seen.budget_usd}" if seen.budget_usd is not None else ""
        words.append(f"${seen.usd}{cap}, ${seen.usd_per_hour}/h")
    return ", ".join(words)


def _driver_words(seen: JobView) -> str:
    if seen.driver_heard_s is None:
        return "Whoever drives the job has left no word; this is what its workers say."
    return (
        f"Whoever drives the job was last heard {_time(seen.driver_heard_s)} ago; workers go on, "
        "and the video is put together when it is back."
    )


def _worker_row(each: WorkerView) -> tuple[str, ...]:
    gpu = ", ".join(_gpu(g.busy_percent, g.memory_used_bytes) for g in each.gpus)
    price = f" ${each.usd_per_hour}/h" if each.usd_per_hour is not None else ""
    return (
        each.agent_id,
        each.state,
        f"{_time(each.heard_s)} ago",
        f"{each.frames_per_s:.1f}" if each.frames_per_s else "",
        str(each.done),
        str(each.failed),
        gpu or ("absent" if each.gpu_absent else ""),
        f"{each.machine}{price}",
    )


def _task_row(each: TaskView) -> tuple[str, ...]:
    frames = "" if each.start_frame is None else f"{each.start_frame}-{each.end_frame}"
    return (
        each.chunk_id[:8],
        frames,
        each.state,
        each.worker,
        each.began_at[11:19],
        str(each.attempts or ""),
        str(each.interruptions or ""),
        f"{each.frames_per_s:.1f}" if each.frames_per_s else "",
        _gpu(each.gpu_percent, each.gpu_memory_bytes),
        _usd(each.usd),
    )


def _gpu(percent: float | None, memory_bytes: int | None) -> str:
    words = [f"{percent:.0f} %"] if percent is not None else []
    words += [f"{memory_bytes // MIB} MiB"] if memory_bytes is not None else []
    return " ".join(words)


def _usd(usd: Decimal | None) -> str:
    return "" if usd is None else f"${usd}"


def _time(seconds: float) -> str:
    whole = int(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes = whole // 60
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def _status(seen: JobView) -> Exit:
    """Return how the job ended; one that goes on was shown, which was all that was asked."""
    if seen.phase == "cancelled":
        return Exit.CANCELLED
    return _STATUS.get(seen.phase, Exit.DONE)
