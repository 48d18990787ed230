"""Keep client tokens as AWS does: the same asking twice is one doing."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from moto.ec2.exceptions import EC2ClientError

_LONGEST = 64


@dataclass(slots=True)
class _Kept:
    digest: str
    answer: Any


class Tokens:
    """The tokens of one account; whoever asks at the same time waits and gets the same."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, _Kept] = {}
        self._lock = threading.RLock()

    def once(
        self, place: Hashable, token: str | None, asked: dict[str, Any], do: Callable[[], Any]
    ) -> Any:
        """Return what ``do`` returns, or what it returned when asked the first time.

        ``place`` is where the token counts: a zone when the request names one (or a subnet,
        which is the same), else the region. A failure is not kept: the next call tries.
        """
        if token is None:
            return do()
        if len(token) > _LONGEST or not token.isascii():
            raise EC2ClientError("InvalidParameterValue", f"Invalid client token: {token}")
        digest = _digest(asked)
        with self._lock:
            kept = self._kept.get((place, token))
            if kept is None:
                kept = self._kept[place, token] = _Kept(digest, do())  # an error keeps nothing
            if kept.digest != digest:
                raise EC2ClientError(
                    "IdempotentParameterMismatch",
                    "Arguments on this idempotent request are inconsistent with arguments used "
                    f"in previous request(s): client token {token}",
                )
            return kept.answer


def _digest(asked: dict[str, Any]) -> str:
    said = {key: value for key, value in asked.items() if key not in ("ClientToken", "DryRun")}
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=str).encode()).hexdigest()
