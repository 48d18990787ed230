"""Name what can happen to a job, and what follows from it: plain words, kept in its journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NewType

from remote_worker.contract.records import ChunkId

LeaseId = NewType("LeaseId", str)
Loss = Literal["interrupted", "expired", "ended", "terminated", "lost"]
"""How a worker's host went: the platform took it back; its time was over, as the budget or its
limit says; it shut itself down; somebody ended it; or nobody knows, as it fell silent."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something did not go on: a stable reason, a sentence, and what to do."""

    reason: str
    sentence: str
    advice: str


@dataclass(frozen=True, slots=True)
class Begun:
    """The user started or resumed the job; whatever ran before runs no more."""

    workers: int


@dataclass(frozen=True, slots=True)
class ChunkStaged:
    """A chunk's piece and order are in the store and its message in the queue."""

    chunk_id: ChunkId


@dataclass(frozen=True, slots=True)
class StagingFailed:
    """A chunk could not be staged."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class LeaseReady:
    """A worker said hello."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class LeaseNoticed:
    """The platform takes a worker's host back soon; it finishes what it has in hand."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class LeaseOutpriced:
    """A cheaper host than a worker's is there: it takes over as soon as its worker is ready."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class LeaseLost:
    """A worker is gone without a word, or has missed its heartbeats for too long."""

    lease_id: LeaseId
    how: Loss = "lost"


@dataclass(frozen=True, slots=True)
class LeaseEnded:
    """A worker said goodbye: it was told to, or the queue was empty."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class LeaseRefused:
    """The fleet cannot give a worker, and trying again will not help."""

    lease_id: LeaseId
    fault: Fault


@dataclass(frozen=True, slots=True)
class ChunkClaimed:
    """A worker took a chunk from the queue."""

    lease_id: LeaseId
    chunk_id: ChunkId


@dataclass(frozen=True, slots=True)
class SegmentFinished:
    """A segment of a chunk is in the store."""

    chunk_id: ChunkId
    reused: bool
    segment_id: str = ""
    agent_id: str = ""
    """Who said so, of what: an agent that is heard again from its first word says it again."""


@dataclass(frozen=True, slots=True)
class ChunkStored:
    """Every segment of a chunk is in the store."""

    chunk_id: ChunkId


@dataclass(frozen=True, slots=True)
class ChunkBuried:
    """A chunk was given up after its last attempt."""

    chunk_id: ChunkId
    fault: Fault


@dataclass(frozen=True, slots=True)
class ChunkFetched:
    """A chunk's segments are here and are what they should be."""

    chunk_id: ChunkId


@dataclass(frozen=True, slots=True)
class ChunkSpoiled:
    """A chunk that was said to be stored is not there whole; it has to be made again."""

    chunk_id: ChunkId


@dataclass(frozen=True, slots=True)
class Assembled:
    """The finished video is written and was read back."""


@dataclass(frozen=True, slots=True)
class AssemblyFailed:
    """The finished video could not be made; the segments stay."""

    fault: Fault


@dataclass(frozen=True, slots=True)
class StopAsked:
    """The user wants the job at rest, to go on another time."""


@dataclass(frozen=True, slots=True)
class CancelAsked:
    """The user does not want the job any more."""


Event = (
    Begun
    | ChunkStaged
    | StagingFailed
    | LeaseReady
    | LeaseNoticed
    | LeaseOutpriced
    | LeaseLost
    | LeaseEnded
    | LeaseRefused
    | ChunkClaimed
    | SegmentFinished
    | ChunkStored
    | ChunkBuried
    | ChunkFetched
    | ChunkSpoiled
    | Assembled
    | AssemblyFailed
    | StopAsked
    | CancelAsked
)


@dataclass(frozen=True, slots=True)
class StageChunks:
    """Put these chunks' pieces and orders into the store and enqueue them, in order."""

    chunk_ids: tuple[ChunkId, ...]


@dataclass(frozen=True, slots=True)
class RequestLease:
    """Ask the fleet for one worker under this id; safe to perform twice."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class DrainLease:
    """Tell a worker to finish the segment in hand, give its claim back and end."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class FinishLease:
    """Tell a worker that no more chunks come, so that it ends when the queue is empty."""

    lease_id: LeaseId


@dataclass(frozen=True, slots=True)
class FetchChunk:
    """Check that a stored chunk's segments are there, and bring them here."""

    chunk_id: ChunkId


@dataclass(frozen=True, slots=True)
class AssembleVideo:
    """Join all segments and put back everything else of the source."""


Effect = StageChunks | RequestLease | DrainLease | FinishLease | FetchChunk | AssembleVideo
Effects = tuple[Effect, ...]
