"""Let the cloud's long waits pass faster than the clock on the wall."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime


class Scale:
    """How many seconds of the cloud pass in one of ours; a test may change it at any time."""

    def __init__(self) -> None:
        self.factor = 1.0

    def to_wall_s(self, cloud_s: float) -> float:
        """How long ``cloud_s`` of the cloud takes on the wall."""
        return cloud_s / self.factor


@dataclass(frozen=True, slots=True)
class Appointment:
    """A time in the cloud's future, measured from when it was asked for.

    A product says "in fifteen minutes" as a time of day by its own clock; scaled, that is
    fifteen minutes divided by the factor after the asking, whatever the time of day.
    """

    asked_at: float
    due_at: float

    @classmethod
    def at(cls, due: datetime) -> Appointment:
        """The appointment for a time of day, asked for now."""
        moment = due if due.tzinfo else due.replace(tzinfo=UTC)
        return cls(time.time(), moment.timestamp())

    def is_due(self, scale: Scale) -> bool:
        """Whether the scaled time has come."""
        return time.time() >= self.asked_at + scale.to_wall_s(self.due_at - self.asked_at)
