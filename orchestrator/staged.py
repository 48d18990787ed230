"""Know which chunks of a job are in its queue or beyond, from its journal where that grew."""

from __future__ import annotations

from orchestrator import events
from orchestrator.home import Home
from orchestrator.jobs import journal_path
from orchestrator.journal import read_events
from remote_worker.contract.records import ChunkId, JobId


class Staged:
    """The chunks that workers can take without this machine; used from one thread."""

    def __init__(self, home: Home, job_id: JobId) -> None:
        self._path = journal_path(home, job_id)
        self._read_to, self._chunks = -1, frozenset[ChunkId]()

    def chunks(self) -> frozenset[ChunkId]:
        """Return them; the journal is read again only when it has grown.

        Raises:
            SecondUnitError, OSError: the journal cannot be read.
        """
        size = self._path.stat().st_size
        if size != self._read_to:
            self._read_to, self._chunks = size, staged_in(read_events(self._path))
        return self._chunks


def staged_in(happened: tuple[events.Event, ...]) -> frozenset[ChunkId]:
    """Return the chunks that were put into a queue that lasts, and are not to be put anew."""
    staged: set[ChunkId] = set()
    for event in happened:
        match event:
            case events.ChunkStaged(chunk_id):
                staged.add(chunk_id)
            case events.ChunkBuried(chunk_id) | events.ChunkSpoiled(chunk_id):
                staged.discard(chunk_id)
    return frozenset(staged)
