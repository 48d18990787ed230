"""Know which access keys have expired; moto takes any for ever."""

from __future__ import annotations

import secrets
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tests.cloud.clocks import Appointment, Scale


@dataclass(frozen=True, slots=True)
class Keys:
    """Temporary credentials as an instance's metadata hands them out."""

    access_key: str
    secret_key: str
    token: str
    issued_at: datetime
    expires_at: datetime


class Credentials:
    """Temporary access keys and when each of them ends."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._ends: dict[str, Appointment] = {}
        self._ended: set[str] = set()
        self._instances: dict[str, tuple[Keys, Appointment]] = {}
        self._lock = threading.Lock()

    def learn(self, access_key: str, expires_at: datetime) -> None:
        """Take note of keys that STS has made."""
        with self._lock:
            self._ends[access_key] = Appointment.at(expires_at)

    def expire(self, access_key: str) -> None:
        """Let keys be over from now on."""
        with self._lock:
            self._ended.add(access_key)

    def expire_instances(self) -> list[str]:
        """Let all that instances were handed be over; they get new ones when they ask."""
        with self._lock:
            keys = [one.access_key for one, _ in self._instances.values()]
            self._ended.update(keys)
            self._instances.clear()
        return keys

    def revive(self, access_key: str) -> None:
        """Let keys count again, as after a new sign-in under the same name."""
        with self._lock:
            self._ended.discard(access_key)

    def has_expired(self, access_key: str) -> bool:
        """Whether a call signed with these keys has to be refused."""
        if access_key in self._ended:
            return True
        end = self._ends.get(access_key)
        return end is not None and end.is_due(self._scale)

    def for_instance(self, instance_id: str, ttl_s: float) -> Keys:
        """What the instance's metadata says: new keys in the last fifth of the old ones' life."""
        with self._lock:
            there = self._instances.get(instance_id)
            if there is not None and not self._is_late(there[1], ttl_s):
                return there[0]
            now = datetime.now(UTC)
            keys = Keys(
                "ASIA" + secrets.token_hex(8).upper(),
                secrets.token_urlsafe(30),
                secrets.token_urlsafe(120),
                now,
                now + timedelta(seconds=ttl_s),
            )
            end = Appointment.at(keys.expires_at)
            self._instances[instance_id] = (keys, end)
            self._ends[keys.access_key] = end
            return keys

    def _is_late(self, end: Appointment, ttl_s: float) -> bool:
        lasts_s = self._scale.to_wall_s(ttl_s)
        return time.time() > end.asked_at + 0.8 * lasts_s
