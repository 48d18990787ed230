"""Say what one entry of the queue is: a source, what is wished of it, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NewType

from orchestrator.casting import Correction
from orchestrator.jobs import Container
from orchestrator.media.report import Notice
from remote_worker.contract.records import Codec, Digest, JobId

EntryId = NewType("EntryId", str)


EntryState = Literal[
    "new", "refused", "ready", "queued", "rendering", "stopped", "failed", "cancelled", "done"
]
"""Where an entry stands.

``new``: nobody has looked at the source yet.  ``refused``: it cannot be rendered.  ``ready``: a
draft that can be cast.  ``queued``: the user pressed Render and it waits for its turn.
``rendering``: it has its turn.  ``stopped``: it rests and goes on where it was when it is queued
again.  ``failed``, ``cancelled``, ``done``: it came to an end.
"""

DRAFT: frozenset[EntryState] = frozenset({"ready", "stopped", "failed", "cancelled", "done"})
"""States in which what is wished of an entry may be changed."""
WAITING: frozenset[EntryState] = frozenset({"new", "ready", "queued"})
"""States in which an entry waits for its turn, or may yet come to wait for it."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why something did not work, in words; ``code`` is stable."""

    code: str
    sentence: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a look at a source told."""

    digest: Digest
    width_px: int
    height_px: int
    frame_rate: Fraction
    frame_count: int
    duration: Fraction
    """Seconds."""
    codec: str
    people: int
    """Found in it, the unsure group not counted."""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCast:
    """One person of the source, the source face to put on, and when, in seconds."""

    person_id: str
    face_id: str
    start: Fraction | None = None
    end: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Which engine renders, and how."""

    engine: str = "classic"
    settings: tuple[tuple[str, str], ...] = ()
    """Only those that differ from the engine's own defaults; sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """What kind of file is made and where."""

    folder: str | None = None
    """None: beside the source."""
    name: str | None = None
    """Without its ending; None: the source's with ``-secondunit``."""
    container: Container = "mp4"
    codec: Codec = "h264"
    quality: int | None = None
    """None: the encoder's own default."""
    preset: str | None = None
    hardware: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """Which machines render; those of the user's own account are rented for the render."""

    kind: Literal["here", "aws", "kubernetes"] = "here"
    region: str = ""
    """Empty: the account's own."""
    cluster: str = ""
    """The context of a cluster; empty: the one in use."""
    applied_by: Literal["", "app", "others"] = ""
    """Who has a cluster make the pods; empty: as is set for the cluster."""
    manifests: str = ""
    """The folder that manifests are written to where others apply them; ``-``: they are printed;
    empty: as is set for the cluster."""
    instances: int = 2
    """Side by side, at most."""
    budget_usd: Decimal | None = None
    """Most that this video may cost; None: what the account allows."""
    fall_back: bool = False
    """Whether a machine at the full price is taken when no cheaper one can be had."""
    keep_going: bool = False
    """Whether what is taken away is replaced also while this machine is switched off."""
    within_s: float | None = None
    """How soon it is to be done, from when it begins; None: there is no deadline.  Until then a
    dear machine is waited out, and one at the full price taken only when time calls for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine:
    """What one rented machine came to."""

    instance_type: str
    zone: str
    market: str
    """``spot`` or ``on-demand``."""
    seconds: int
    usd: Decimal
    how: str
    """How it ended, such as ``released`` or ``interrupted``; empty while it lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a render on rented machines came to, all its runs together."""

    usd: Decimal
    on_demand_usd: Decimal
    """What the same seconds had cost at the full price."""
    seconds: int
    """Of all machines together."""
    interruptions: int
    lines: tuple[ReceiptLine, ...] = ()
    left: tuple[str, ...] = ()
    """What of it is still there, as those say who rented it out."""
    looked_at: str = ""
    """When they were asked, UTC, ISO 8601; empty: they could not be."""

    @property
    def is_all_gone(self) -> bool:
        """Whether it is proven that nothing is left."""
        return bool(self.looked_at) and not self.left


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a finished render gave."""

    output_path: str
    digest: Digest
    frame_count: int
    missed_frames: int
    """Frames that kept a cast person's own face, which was not found there."""
    seconds: float
    """From its turn's begin to its end, this time."""
    finished_at: str
    """UTC, ISO 8601."""
    rendered_frames: int = 0
    """Of all frames, those that this turn rendered; the others were there from before."""


WhichPerson = Literal["longest", "leftmost", "largest"]
"""Who of a source is meant before anybody knows who is in it: longest on screen, most left, or
whose face is the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnceLooked:
    """What is done by itself as soon as a source was looked at."""

    cast_face: str | None = None
    """The source face that ``which`` person gets if nobody is cast until then."""
    which: WhichPerson = "longest"
    render: bool = False
    """Whether it is rendered then, if somebody is cast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the queue."""

    entry_id: EntryId
    source: str
    added_at: str
    """UTC, ISO 8601."""
    state: EntryState = "new"
    facts: Facts | None = None
    """None until it was looked at; of the last look while it is looked at again."""
    casts: tuple[EntryCast, ...] = ()
    corrections: tuple[Correction, ...] = ()
    """What the user put right about who is who, in order."""
    look: Look = field(default_factory=Look)
    output: Output = field(default_factory=Output)
    trim_in: Fraction | None = None
    """Seconds from the first frame; None for the beginning."""
    trim_out: Fraction | None = None
    job_id: JobId | None = None
    """The job it became; None before, and again after a change that needs another."""
    output_path: str | None = None
    """What the job writes; None while there is no job."""
    trouble: Trouble | None = None
    result: Result | None = None
    once_looked: OnceLooked | None = None
    """None: it becomes a draft and waits for the user."""
    where: Where = field(default_factory=Where)
    receipt: Receipt | None = None
    """Of its last render on rented machines, however that ended."""
    urgent: bool = False
    """Whether it is rendered before all waiting ones that are not."""
