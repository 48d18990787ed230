"""Kill the program at random instants of everything it does; nothing of the queue is lost."""

from __future__ import annotations

import random
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from subprocess import TimeoutExpired

import psutil
import pytest

from orchestrator.desk.book import Book, book_path
from orchestrator.desk.desk import new_entries
from orchestrator.desk.entries import Entry, OnceLooked
from orchestrator.jobs import journal_path
from orchestrator.prepare import faces_of
from orchestrator.sources import Consent, statement
from tests.clips import make_clip
from tests.e2e.footage import BESIDE, FRAMES, NAME, PHOTO, undated
from tests.e2e.screen import why_not
from tests.e2e.window import SLOW_S, Window, processes_of
from tests.faults.stories import BAND_PX, codes_in

pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not()),
]
SEED = 20_26
MOMENTS = ("start-up", "scanning", "casting", "rendering", "assembling")
_RANK = ("new", "ready", "queued", "rendering", "done")
_LASTS_S = {"start-up": 2.0, "scanning": 3.0}
_SEGMENTS = 3


class Story:
    """A queue of one video that is cast and rendered by itself, and one that is left alone."""

    def __init__(self, win: Window, files: Path, chance: random.Random) -> None:
        self.win, self.files, self._chance = win, files, chance
        self.done: Counter[str] = Counter()
        self._prepare()
        self._seen = win.entries()
        assert [entry.state for entry in self._seen] == ["new", "new"]

    def tell(self, moments: tuple[str, ...]) -> None:
        """Kill the program at these moments, then let it finish."""
        for moment in moments:
            self.win.start()
            self._kill_in(moment)
            self._check_nothing_lost()
        self.win.start()
        self.win.await_states("done", "ready")
        self._check_nothing_lost()
        assert self.win.leave() == 0

    def _kill_in(self, moment: str) -> None:
        process, is_on = self.win.process, getattr(self, "_is_" + moment.replace("-", "_"))
        assert process is not None
        give_up_s = time.monotonic() + SLOW_S
        while not is_on() and not self._is_past(moment):
            assert process.poll() is None, self.win.said()
            assert time.monotonic() < give_up_s, f"never {moment}: {self.win.states()}"
            time.sleep(0.01)
        with suppress(TimeoutExpired):
            process.wait(
                self._chance.random() * {"start-up": 2.0, "scanning": 3.0}.get(moment, 0.4)
            )
        self.done[moment if is_on() else "between"] += 1
        self.win.kill()

    def _check_nothing_lost(self) -> None:
        """Whatever was once in the queue is in it, and as far as it was."""
        now = self.win.entries()
        for before, after in zip(self._seen, now, strict=True):
            assert (after.entry_id, after.source, after.once_looked and "") == (
                before.entry_id, before.source, after.once_looked and "",
            )  # fmt: skip
            assert _RANK.index(after.state) >= _RANK.index(before.state)
            assert not before.casts or after.casts == before.casts
            assert before.job_id in (None, after.job_id)
        self._seen = now

    # -- which moment it is ------------------------------------------------------------------

    def _entry(self) -> Entry:
        return self.win.entries()[0]

    def _is_start_up(self) -> bool:
        return True

    def _is_scanning(self) -> bool:
        return (
            self._entry().state == "new"
            and book_path(self.win.home).with_name("desk.sqlite-wal").exists()
        )

    def _is_casting(self) -> bool:
        return self._entry().state in ("ready", "queued")

    def _is_rendering(self) -> bool:
        job = self._entry().job_id
        begun = job is not None and journal_path(self.win.home, job).exists()
        return begun and self.win.segments() < _SEGMENTS

    def _is_assembling(self) -> bool:
        return self._entry().state == "rendering" and self.win.segments() == _SEGMENTS

    def _is_past(self, moment: str) -> bool:
        furthest = {"start-up": 0, "scanning": 0, "casting": 2, "rendering": 3, "assembling": 3}
        return _RANK.index(self._entry().state) > furthest[moment]

    def _prepare(self) -> None:
        home, files = self.win.home, self.files
        now = datetime.now(UTC).isoformat(timespec="seconds")
        words = statement("licensed")
        consent = Consent(stated_by="a test", basis="licensed", statement=words, stated_at=now)
        face = faces_of(home).add("Grace", [files / PHOTO], consent)
        once = OnceLooked(cast_face=face.face_id, render=True)
        nobody = make_clip(files / "nobody.mp4", frames=30)
        book = Book(book_path(home))
        book.write([*new_entries([files / NAME], once_looked=once), *new_entries([nobody])])
        book.close()


def check_result(story: Story, undisturbed: str) -> None:
    """Check what came out of it all, and that nothing is left running or half-written."""
    output = story.files / BESIDE
    assert list(codes_in(output, BAND_PX)) == list(range(FRAMES))
    assert undated(output) == undisturbed
    names = {NAME, BESIDE, PHOTO, "nobody.mp4"}
    assert {path.name for path in story.files.iterdir()} == names
    psutil.wait_procs(processes_of(story.win), timeout=30)
    assert not [process.cmdline() for process in processes_of(story.win)]


def test_three_kills_lose_nothing(win: Window, files: Path, undisturbed: str) -> None:
    chance = random.Random(SEED)
    story = Story(win, files, chance)
    story.tell(("scanning", "casting", chance.choice(("rendering", "assembling"))))
    check_result(story, undisturbed)


@pytest.mark.nightly
@pytest.mark.timeout(5400)
@pytest.mark.parametrize("seed", range(5))
def test_twenty_kills_lose_nothing(win: Window, files: Path, undisturbed: str, seed: int) -> None:
    chance = random.Random(SEED * 100 + seed)
    moments = sorted(chance.choices(MOMENTS, k=4), key=MOMENTS.index)
    story = Story(win, files, chance)
    story.tell(tuple(moments))
    print(f"seed {SEED * 100 + seed}: killed {dict(story.done)}")  # noqa: T201  # for nightly's log
    check_result(story, undisturbed)
