"""Keep what was seen of sources: reports, scans, thumbnails; nothing is looked at twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from orchestrator.casting import Correction, corrected
from orchestrator.desk.cards import Seat
from orchestrator.desk.entries import Entry, Facts
from orchestrator.errors import CastingRefused, SourceRefused
from orchestrator.faces.people import Person, Scan
from orchestrator.home import Home
from orchestrator.media.guarded import make_thumbnail
from orchestrator.media.report import FrameIndex, SourceReport
from orchestrator.prepare import Seen, find_people, kept_scan, look_at, scan_folder
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, digest_of, from_text
from remote_worker.contract.records import Digest

Share = Callable[[int, int], None]
_SCANS_AT_HAND = 24
_SEEN_AT_HAND = 8
THUMBNAIL_PX = 320


@dataclass(frozen=True, slots=True)
class Looks:
    """One source's scan, with what the user put right, and where its crops lie."""

    scan: Scan
    folder: Path

    def crops(self, person: Person) -> tuple[Path, ...]:
        """Return the pictures of a person, the best first."""
        return tuple(self.folder / crop for crop in person.crops)


@dataclass(frozen=True, slots=True)
class _Kept:
    report: SourceReport
    index: FrameIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeptSeat:
    """What cards need of a person; a scan holds a hundred times as much."""

    person_id: str
    unsure: bool
    embedding: tuple[float, ...]
    crops: tuple[str, ...]
    frames: int
    appearances: int


@dataclass(frozen=True, slots=True)
class _KeptSeats:
    seats: tuple[_KeptSeat, ...]


class Shelf:
    """Finds what was seen before in memory or on disk; safe to use from any thread."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._scans: OrderedDict[tuple[Digest, tuple[Correction, ...]], Looks] = OrderedDict()
        self._seen: OrderedDict[str, Seen] = OrderedDict()

    def seen(self, source: Path) -> Seen:
        """Return what a source is; probed only when its size or time changed since.

        Raises:
            SourceRefused: it cannot be rendered.
            OSError: it is not there.
        """
        facts = source.stat()
        name = digest_of([str(source.absolute()), facts.st_size, facts.st_mtime_ns])
        with self._lock:
            if name in self._seen:
                return self._seen[name]
        seen = self._read_or_look(source, self._home.cache / f"seen-{name}.json")
        with self._lock:
            self._seen[name] = seen
            while len(self._seen) > _SEEN_AT_HAND:
                self._seen.popitem(last=False)
        return seen

    def people(self, digest: Digest, corrections: tuple[Correction, ...] = ()) -> Looks | None:
        """Return who was found in a source, corrections applied; None before it was scanned."""
        key = (digest, corrections)
        with self._lock:
            if key in self._scans:
                self._scans.move_to_end(key)
                return self._scans[key]
        folder = scan_folder(self._home, (digest,))
        scan = kept_scan(folder)
        if scan is None:
            return None
        return self._have_at_hand(key, Looks(_put_right(scan, corrections), folder))

    def seats(self, entry: Entry) -> tuple[Seat, ...]:
        """Return who is in an entry that was looked at, as far as cards need it.

        Raises:
            SourceRefused: what was found was deleted since; it has to be looked at again.
        """
        facts = entry.facts
        if facts is None:
            raise _scan_missing()
        folder = scan_folder(self._home, (facts.digest,))
        path = folder / f"seats-{digest_of(entry.corrections)[:32]}.json"
        try:
            kept = from_text(_KeptSeats, path.read_bytes())
        except (OSError, ContractError):
            kept = self._read_seats(facts.digest, entry.corrections)
            write_whole(path, [canonical(kept).encode()])
        return tuple(_seat(entry, facts, folder, seat) for seat in kept.seats)

    def find(self, seen: Seen, share: Share, cancelled: threading.Event) -> Scan:
        """Return who is in a source, looking through it unless that was done before.

        Raises:
            SecondUnitError: a model is missing, or the source cannot be read.
            Cancelled: ``cancelled`` was set.
        """
        scan, folder = find_people(self._home, (seen,), share, cancelled)
        self._have_at_hand((seen.report.digest, ()), Looks(scan, folder))
        return scan

    def thumbnail(self, digest: Digest) -> Path:
        """Return where the thumbnail of a source lies, or will."""
        return self._home.cache / "thumbnails" / f"{digest}.jpg"

    def draw_thumbnail(self, seen: Seen) -> None:
        """Make the thumbnail of a source unless it is there.

        Raises:
            SourceRefused: no frame can be read.
        """
        path = self.thumbnail(seen.report.digest)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_thumbnail(seen.report, seen.index, path, THUMBNAIL_PX)

    def _have_at_hand(self, key: tuple[Digest, tuple[Correction, ...]], looks: Looks) -> Looks:
        with self._lock:
            self._scans[key] = looks
            self._scans.move_to_end(key)
            while len(self._scans) > _SCANS_AT_HAND:
                self._scans.popitem(last=False)
        return looks

    def _read_seats(self, digest: Digest, corrections: tuple[Correction, ...]) -> _KeptSeats:
        looks = self.people(digest, corrections)
        if looks is None:
            raise _scan_missing()
        return _KeptSeats(tuple(_kept_seat(person) for person in looks.scan.people))

    def _read_or_look(self, source: Path, kept: Path) -> Seen:
        try:
            read = from_text(_Kept, kept.read_bytes())
            return Seen(read.report, read.index)
        except (OSError, ContractError):
            seen = look_at(source)
            write_whole(kept, [canonical(_Kept(seen.report, seen.index)).encode()])
            return seen


def facts_of(report: SourceReport, scan: Scan) -> Facts:
    """Return what the queue shows of a source."""
    video = report.video
    return Facts(
        digest=report.digest,
        width_px=video.picture.shown_width_px,
        height_px=video.picture.shown_height_px,
        frame_rate=video.frame_rate,
        frame_count=video.frame_count,
        duration=video.duration,
        codec=video.codec,
        people=sum(not person.unsure for person in scan.people),
        notices=report.notices,
    )


def _kept_seat(person: Person) -> _KeptSeat:
    return _KeptSeat(
        person_id=person.person_id,
        unsure=person.unsure,
        embedding=person.embedding,
        crops=person.crops,
        frames=sum(a.end_frame - a.start_frame for a in person.appearances),
        appearances=len(person.appearances),
    )


def _seat(entry: Entry, facts: Facts, folder: Path, kept: _KeptSeat) -> Seat:
    return Seat(
        entry_id=entry.entry_id,
        digest=facts.digest,
        person_id=kept.person_id,
        unsure=kept.unsure,
        embedding=kept.embedding,
        crops=tuple(str(folder / crop) for crop in kept.crops),
        seconds=float(kept.frames / facts.frame_rate) if facts.frame_rate else 0.0,
        appearances=kept.appearances,
    )


def _scan_missing() -> SourceRefused:
    return SourceRefused(
        "scan_missing", "What was found in this video was deleted since.", "Look at it again."
    )


def _put_right(scan: Scan, corrections: tuple[Correction, ...]) -> Scan:
    """Apply what fits: a source that was scanned anew by newer models may have other people."""
    for correction in corrections:
        try:
            scan = corrected(scan, (correction,))
        except CastingRefused:
            return scan  # rendering says so; the window shows the people as far as they go
    return scan
