"""Name what can go wrong on a worker, so that each fault is handled by its name.

WorkerError
├── SourceUnreadable      the piece does not decode to the frames that were ordered
├── BlobCorrupt           bytes in the store do not match their digest
├── BlobMissing           the store does not hold what the order names
├── StoreUnavailable      the store does not answer
├── QueueUnavailable      the queue does not answer
│   └── QueueGone         there is no such queue
├── ClaimLost             the claim ran out and another may hold the chunk
├── DiskFull              no room for the segment
├── OutOfMemory           the engine or the encoder asked for more than there is
├── EncoderRefused        the encoder does not take the settings
├── EngineFailed          the engine could not render a frame
├── ContentRefused        the engine's own content check does not allow the source
└── OrderRefused          the order is for another build, engine or contract
"""

from __future__ import annotations

from typing import ClassVar


class WorkerError(Exception):
    """A fault with a stable name, a sentence for a person, and what to do about it."""

    reason: ClassVar[str] = "worker_error"
    retry: ClassVar[bool] = False
    """Whether trying the same chunk again, here or elsewhere, can help."""
    advice: ClassVar[str] = "Send the job's diagnostics to the developers."

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class SourceUnreadable(WorkerError):
    """The piece does not decode to the frames that were ordered."""

    reason = "source_unreadable"
    advice = "Check that the source plays to its end; re-export it if it does not."


class BlobCorrupt(WorkerError):
    """Bytes in the store do not match their digest; the bad copy was not used."""

    reason = "blob_corrupt"
    retry = True
    advice = "The copy is staged again by resuming the job."


class BlobMissing(WorkerError):
    """The store does not hold what the order names."""

    reason = "blob_missing"
    retry = True
    advice = "The copy is staged again by resuming the job."


class StoreUnavailable(WorkerError):
    """The store does not answer; nothing was written."""

    reason = "store_unavailable"
    retry = True
    advice = "Check the disk or the network, then resume the job."


class QueueUnavailable(WorkerError):
    """The queue does not answer; no message was taken or lost."""

    reason = "queue_unavailable"
    retry = True
    advice = "Check the disk or the network, then resume the job."


class QueueGone(QueueUnavailable):
    """There is no such queue: who made it has removed it, or its address is wrong."""


class ClaimLost(WorkerError):
    """The claim ran out and another worker may hold the chunk; stored segments stay."""

    reason = "claim_lost"
    retry = True
    advice = "Nothing to do: the chunk is rendered by whoever holds it now."


class DiskFull(WorkerError):
    """There is no room for the segment; what was stored before is whole."""

    reason = "disk_full"
    retry = True
    advice = "Free some space, then resume the job."


class OutOfMemory(WorkerError):
    """The engine or the encoder asked for more memory than there is."""

    reason = "out_of_memory"
    retry = True
    advice = "Use fewer workers at once, then resume the job."


class EncoderRefused(WorkerError):
    """The encoder does not take the settings."""

    reason = "encoder_refused"
    advice = "Choose another encoder or preset."


class EngineFailed(WorkerError):
    """The engine could not render a frame."""

    reason = "engine_failed"
    retry = True


class ContentRefused(WorkerError):
    """The engine's own content check does not allow the source; nothing of it was rendered."""

    reason = "content_refused"
    advice = "Choose other material; the check cannot be turned off."


class OrderRefused(WorkerError):
    """The order is for another build, engine or contract than this agent's."""

    reason = "order_refused"
    advice = "Resume the job with the version of the app that planned it, or plan it anew."
