"""Give entries ids that no other entry has and that rise in the order of their making."""

from __future__ import annotations

import secrets
import threading
import time

from orchestrator.desk.entries import EntryId

_lock = threading.Lock()
_last_ns = 0


def new_entry_id() -> EntryId:
    """Return an id that no other entry has."""
    (made,) = new_entry_ids(1)
    return made


def new_entry_ids(count: int) -> tuple[EntryId, ...]:
    """Return ``count`` ids; each is greater than those before it, whatever the clock does."""
    global _last_ns  # noqa: PLW0603  # one row of ids a process
    with _lock:
        first_ns = max(time.time_ns(), _last_ns + 1)
        _last_ns = first_ns + count
    return tuple(EntryId(f"{first_ns + n:016x}{secrets.token_hex(4)}") for n in range(count))
