"""Hear from the platform that it takes this host back: by EC2's metadata, or by a signal."""

from __future__ import annotations

import json
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

METADATA_URL = "http://169.254.169.254"
POLL_S = 1.0
"""AWS advises 5 s; sooner leaves more of the two minutes to the segment in hand."""
_TIMEOUT_S = 2.0
_TOKEN_S = 21_600
_LONGEST_GRACE_S = 120.0
"""A notice never comes earlier: a longer grace is told by a clock that is wrong."""
_ANSWER_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Sign:
    """What the platform said."""

    taken_back_in_s: float | None
    """Seconds until the host is taken back; None for a recommendation to move elsewhere."""


class SignalNotices:
    """The agent's :class:`~remote_worker.agent.Notices` in a container: SIGTERM tells it."""

    def __init__(self, grace_s: float) -> None:
        """Take a signal for a notice that the host is taken back in ``grace_s``."""
        self._grace_s, self._told = grace_s, threading.Event()

    def tell(self) -> None:
        """Say that the signal came; safe in its handler, as only :meth:`wait` waits for it."""
        self._told.set()

    def wait(self, timeout_s: float) -> Sign | None:
        """Return the notice once the signal came, or None after ``timeout_s``."""
        return Sign(self._grace_s) if self._told.wait(timeout_s) else None


class Metadata:
    """Asks the metadata service; every answer comes within seconds or not at all."""

    def __init__(self, url: str = METADATA_URL) -> None:
        self._url, self._token = url, ""

    def get(self, path: str) -> str | None:
        """Return what lies at ``path``; None when there is nothing, or nobody answers."""
        for _ in range(2):
            try:
                return self._ask("GET", path, {"X-aws-ec2-metadata-token": self._fresh_token()})
            except urllib.error.HTTPError as error:
                error.close()
                if error.code != 401:
                    return None  # 404: nothing is said
                self._token = ""
            except (OSError, ValueError):
                return None
        return None

    def _fresh_token(self) -> str:
        if not self._token:
            asked = {"X-aws-ec2-metadata-token-ttl-seconds": str(_TOKEN_S)}
            self._token = self._ask("PUT", "latest/api/token", asked)
        return self._token

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> str:
        request = urllib.request.Request(  # noqa: S310  # the address is ours, http on purpose
            f"{self._url}/{path}", method=method, headers=headers
        )
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S) as answer:  # noqa: S310  # as above
            return str(answer.read(_ANSWER_BYTES).decode("utf-8", "replace"))


class SpotNotices:
    """The agent's :class:`~remote_worker.agent.Notices` on a spot instance."""

    def __init__(
        self,
        metadata: Metadata | None = None,
        *,
        poll_s: float = POLL_S,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._metadata = metadata or Metadata()
        self._poll_s, self._now = poll_s, now
        self._recommended = False
        self._over = threading.Event()

    def wait(self, timeout_s: float) -> Sign | None:
        """Return what is said first, or None after ``timeout_s``; a recommendation once only."""
        give_up_s = time.monotonic() + timeout_s
        while True:
            sign = self._look()
            left_s = give_up_s - time.monotonic()
            if sign is not None or left_s <= 0:
                return sign
            self._over.wait(min(self._poll_s, left_s))

    def _look(self) -> Sign | None:
        action = self._metadata.get("latest/meta-data/spot/instance-action")
        if action is not None and (grace_s := self._grace_s(action)) is not None:
            return Sign(grace_s)
        if self._recommended:
            return None
        advice = self._metadata.get("latest/meta-data/events/recommendations/rebalance")
        self._recommended = advice is not None
        return Sign(None) if self._recommended else None

    def _grace_s(self, action: str) -> float | None:
        """Return the seconds that are left; 0 when a notice is there but cannot be read."""
        try:
            told = json.loads(action)
            if told.get("action") not in ("terminate", "stop", "hibernate"):
                return None
            until = datetime.fromisoformat(str(told["time"]).replace("Z", "+00:00"))
            left_s = (until - self._now()).total_seconds()
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            print(f"a notice that cannot be read: {error}", file=sys.stderr)  # noqa: T201  # the host's log
            return 0.0
        return min(_LONGEST_GRACE_S, max(0.0, left_s))
