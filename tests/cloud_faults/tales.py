"""Tell a story of faults by its seed, with the real app, and check what is to hold after it."""

from __future__ import annotations

import hashlib
import json
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import JobRecord, read_state
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import SegmentRecord
from remote_worker.stores import segment_key
from remote_worker.stores.folder import FolderStore
from tests.cloud.mischief import CLOUD_KINDS, INSTANCE_KINDS, Mischief, story
from tests.cloud_faults.rig import Rig, write_words
from tests.faults.stories import Original, twin

REPOSITORY = Path(__file__).parents[2]
TALE_S = 150.0
LENGTH_S = 10.0
"""In which everything bad happens: about two boots and the render."""
_RESUMES = 4
"""A job may come to rest with a reason so often; the user resumes it."""
_PAUSE_S = 2.0


@dataclass(frozen=True, slots=True)
class Tale:
    """What a seed decides."""

    seed: int
    deeds: int
    kills_at_s: tuple[float, ...]
    """When the app is killed and started again, counted from its start before."""
    workers: int


def tale(seed: int) -> Tale:
    """Return the tale of a seed."""
    chance = random.Random(f"tale {seed}")
    kills = chance.choice((0, 0, 1, 1, 2))
    return Tale(
        seed=seed,
        deeds=chance.randint(2, 5),
        kills_at_s=tuple(chance.uniform(0.5, 9.0) for _ in range(kills)),
        workers=chance.choice((1, 1, 2)),
    )


def tell(rig: Rig, original: Original, folder: Path, told: Tale) -> list[str]:
    """Tell a tale; return what happened in it.

    Raises:
        AssertionError: something that is to hold did not.
    """
    home, record = twin(original, folder, workers=told.workers)
    rig.key_of(record)
    words = folder / "words.json"
    write_words(rig, words)
    deeds = story(told.seed, LENGTH_S, told.deeds, (*INSTANCE_KINDS, *CLOUD_KINDS))
    with Mischief(rig.region, deeds, pools=rig.zones()) as mischief:
        app = App(words, home, record, folder / "app.log")
        try:
            app.live(told.kills_at_s)
        except AssertionError as error:
            raise AssertionError(_words(told, mischief.done, error, folder)) from error
        finally:
            app.end()
    try:
        check_whole(rig, original, home, record)
    except AssertionError as error:
        raise AssertionError(_words(told, mischief.done, error, folder)) from error
    return [*mischief.done, *(f"{at:.2f} app killed" for at in told.kills_at_s)]


class App:
    """The app's process, started again whenever it ended before its job was done."""

    def __init__(self, words: Path, home: Home, record: JobRecord, log: Path) -> None:
        self._home, self._record = home, record
        self._argv = [sys.executable, "-m", "tests.cloud_faults.app", str(words)]
        self._argv += [str(home.root), record.job_id]
        self._log = log
        self._began_s = time.monotonic()
        self.process = self.start()

    def start(self) -> subprocess.Popen[bytes]:
        """Start the app."""
        with self._log.open("ab") as log:
            return subprocess.Popen(self._argv, cwd=REPOSITORY, stdout=log, stderr=log)

    def live(self, kills_at_s: tuple[float, ...]) -> None:
        """Kill and restart it as told, then let it come to its end."""
        for at_s in kills_at_s:
            try:
                self.process.wait(at_s)
            except subprocess.TimeoutExpired:
                self.kill()
            self.process = self.start()
        for _ in range(_RESUMES):
            left_s = self._began_s + TALE_S - time.monotonic()
            assert left_s > 0, "not done in time"
            try:
                status = self.process.wait(left_s)
            except subprocess.TimeoutExpired as error:
                raise AssertionError("not done in time") from error
            if status == 0:
                return
            assert status in (5, 6), f"the app ended with {status}"
            time.sleep(_PAUSE_S)  # a user reads the reason
            self.process = self.start()
        raise AssertionError("not done after so many resumes")

    def kill(self) -> None:
        """Kill it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """See that it is gone."""
        if self.process.poll() is None:
            self.kill()


def check_whole(rig: Rig, original: Original, home: Home, record: JobRecord) -> None:
    """Check the video, the segments, and that nothing is left in the account."""
    output = Path(record.request.output_path)
    assert read_state(home, record.job_id).job.phase is Phase.DONE
    assert hashlib.sha256(output.read_bytes()).hexdigest() == original.digest, "other bytes"
    ours, theirs = FolderStore(home.store), FolderStore(original.home.store)
    for chunk in record.plan.chunks:
        for ref in chunk.segments:
            key = segment_key(ref.segment_id)
            assert _blob(ours, key) == _blob(theirs, key), f"{key} has other bytes"
    rig.wait_until_all_ended()
    rig.check_nothing_is_left()
    rig.check_nothing_was_launched_twice()


def _blob(store: FolderStore, key: str) -> str:
    return from_text(SegmentRecord, store.get(key)).blob


def _words(told: Tale, done: list[str], error: AssertionError, folder: Path) -> str:
    log = (folder / "app.log").read_text(errors="replace")[-3000:]
    journal = next(folder.glob("home/jobs/*/launches.jsonl"), None)
    launches = journal.read_text()[-2000:] if journal else ""
    happened = json.dumps(done, indent=1)
    return f"{error}\nseed {told.seed}: {told}\n{happened}\n--- app\n{log}\n--- ledger\n{launches}"


def seeds(count: int) -> list[int]:
    """Return so many seeds; SECONDUNIT_SEEDS names others, by commas."""
    named = os.environ.get("SECONDUNIT_SEEDS", "")
    return [int(seed) for seed in named.split(",")] if named else list(range(1, count + 1))
