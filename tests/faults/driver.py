"""Drive a job in a process of its own: as the app does, but a dead worker is replaced sooner."""

from __future__ import annotations

import sys
from pathlib import Path

from orchestrator.errors import SecondUnitError
from orchestrator.fleet import Fleet, Tell
from orchestrator.fleet.local import LocalFleet, LocalPlace
from orchestrator.home import Home
from orchestrator.job import (
    Phase,
)
from orchestrator.jobs import JobRecord
from orchestrator.runner import drive
from remote_worker.contract.records import JobId


def main(home: str, job_id: str, workers: str, hold_s: str, silent_s: str) -> int:
    def fleet_for(place: Home, record: JobRecord, queue: Path, tell: Tell) -> Fleet:
        folder = place.job(record.job_id) / "workers"
        found = LocalPlace(folder, queue, place.store, float(hold_s), float(silent_s))
        return LocalFleet(found, tell)

    try:
        last = drive(
            Home(Path(home)), JobId(job_id), workers=int(workers), fleet_for=fleet_for
        ).last
    except SecondUnitError as error:
        print(f"{error.code}: {error}", file=sys.stderr)  # noqa: T201  # the story reads it
        return 3
    print(f"{last.phase.value}: {last.fault}", file=sys.stderr)  # noqa: T201  # the story reads it
    return 0 if last.phase is Phase.DONE else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
