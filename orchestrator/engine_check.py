"""Have an engine's own content check decide on a source before any of it is rendered.

Where the engine is installed on this machine that is done here, before anybody pays; else the
frames to look at are written into a clip, and the first worker that needs the verdict makes it.
What was decided once is kept in the store of this machine.
"""

from __future__ import annotations

import contextlib
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from orchestrator.content import ContentRequest
from orchestrator.content_clip import LONGEST_PX, ClipRequest
from orchestrator.errors import ContentRefused
from orchestrator.home import Home
from orchestrator.media.guard import Cancelled
from orchestrator.media.guarded import make_check_clip
from orchestrator.media.report import SourceReport
from remote_worker.check import refusal, store_verdict, stored_verdict, verdict_on
from remote_worker.contract.coding import digest_of
from remote_worker.contract.records import CheckVerdict, ContentCheck, Digest, EngineSpec
from remote_worker.engines import Engine
from remote_worker.engines.registry import engine_kind
from remote_worker.errors import ContentRefused as RefusedByEngine
from remote_worker.errors import WorkerError
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore

Share = Callable[[int, int], None]
_VERSION = 1
_LEFT_S = 24 * 3600.0
"""A clip that nobody has written to for so long is nobody's."""
_OWN_CHECKS = ("facefusion",)
"""Engines that bring a content check of their own."""


@dataclass(frozen=True, slots=True)
class ClipAtHand:
    """A check that is left to the first worker, and the clip it is to look at."""

    check: ContentCheck
    path: Path


def has_own_check(engine: str) -> bool:
    """Whether an engine brings a content check of its own, which is made besides ours."""
    return engine in _OWN_CHECKS


def check_id_of(report: SourceReport, engine: EngineSpec, frame_count: int) -> Digest:
    """Return what names the verdict of an engine's own check on a source."""
    from remote_worker.engines.facefusion.installation import COMMIT

    rate = max(1, int(report.video.frame_rate))
    what = [_VERSION, engine.name, COMMIT, LONGEST_PX, report.digest, frame_count, rate]
    return Digest(digest_of(what))


def require_allowed_by_engine(
    home: Home,
    report: SourceReport,
    content: ContentRequest,
    engine: EngineSpec,
    models: Mapping[str, Path],
    share: Share,
    cancelled: threading.Event | None = None,
) -> ClipAtHand | None:
    """Return None when the engine's own check allows the source, or what a worker checks.

    Raises:
        ContentRefused: it does not allow it.
        SecondUnitError: the source cannot be read.
        Cancelled: ``cancelled`` was set.
    """
    check_id = check_id_of(report, engine, len(content.pts))
    store = FolderStore(home.store)
    verdict = stored_verdict(store, check_id)
    if verdict is not None:
        _require_allowed(verdict)
        return None
    clip = _clip(home, report, content, check_id, share, cancelled)
    try:
        verdict = _judged_here(clip, engine, models, share, cancelled or threading.Event())
    except BaseException:
        clip.path.unlink(missing_ok=True)
        raise
    if verdict is None:
        return clip
    clip.path.unlink(missing_ok=True)
    store_verdict(store, verdict)
    _require_allowed(verdict)
    return None


def bring_verdict(here: FolderStore, store: Store, check_id: Digest) -> None:
    """Keep a verdict that workers made on this machine too; without one nothing happens."""
    with contextlib.suppress(WorkerError):  # a store that is away: it is asked for another time
        verdict = stored_verdict(store, check_id)
        if verdict is not None:
            store_verdict(here, verdict)


def _require_allowed(verdict: CheckVerdict) -> None:
    if not verdict.allowed:
        raise ContentRefused(refusal(verdict.ranges), RefusedByEngine.advice)


def _clip(
    home: Home,
    report: SourceReport,
    content: ContentRequest,
    check_id: Digest,
    share: Share,
    cancelled: threading.Event | None,
) -> ClipAtHand:
    home.scans.mkdir(parents=True, exist_ok=True)
    _sweep(home.scans)
    path = home.scans / f"clip-{check_id}-{secrets.token_hex(8)}.nut"
    request = ClipRequest(content=content, frame_rate=report.video.frame_rate, to=str(path))
    try:
        made = make_check_clip(request, share, cancelled)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return ClipAtHand(ContentCheck(check_id, made.digest, made.frames), path)


def _sweep(folder: Path) -> None:
    """Remove clips that processes which were killed have left."""
    for left in folder.glob("clip-*.nut"):
        with contextlib.suppress(OSError):  # another process has just removed it
            if time.time() - left.stat().st_mtime > _LEFT_S:
                left.unlink()


def _judged_here(
    clip: ClipAtHand,
    engine: EngineSpec,
    models: Mapping[str, Path],
    share: Share,
    cancelled: threading.Event,
) -> CheckVerdict | None:
    """Return the verdict, or None where the engine cannot be had on this machine."""
    loaded: Engine | None = None
    try:
        loaded = engine_kind(engine.name).open(engine, models)
        return verdict_on(
            clip.check.check_id,
            clip.path,
            loaded,
            cancelled.is_set,
            lambda done: share(done, clip.check.frames),
        )
    except WorkerError:
        return None  # a worker has it, and renders nothing before its own check has allowed it
    finally:
        if loaded is not None:
            loaded.close()
        if cancelled.is_set():
            raise Cancelled("It was stopped on request.", "Render it again when you like.")
