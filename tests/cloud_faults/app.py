"""Be the app in a process of its own, to be killed: drive one job in the test cloud."""

from __future__ import annotations

import sys
from pathlib import Path

from orchestrator.errors import SecondUnitError
from orchestrator.fleet.ec2.faults import named
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.runner import drive
from remote_worker.contract.records import JobId
from tests.cloud_faults.rig import read_words


def main(words: str, home: str, job_id: str) -> int:
    try:
        with named("looking around"):
            rig, choice = read_words(Path(words))
            place_for = rig.place_for(choice=choice)
        last = drive(Home(Path(home)), JobId(job_id), place_for=place_for).last
    except SecondUnitError as error:
        print(f"{error.code}: {error}", file=sys.stderr)  # noqa: T201
        return 6
    print(f"{last.phase.value}: {last.fault}", file=sys.stderr)  # noqa: T201
    return 0 if last.phase is Phase.DONE else 5


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
