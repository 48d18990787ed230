"""Interrupted and uninterrupted renders of one plan give the same bytes, whoever is killed."""

from __future__ import annotations

import functools
import random
from collections import Counter

import pytest

from tests.faults.kills import Killer
from tests.faults.stories import Original, check_result, classic_original, identity_original, twin

SEED = 20_26


@pytest.fixture(scope="module")
def original_of(tmp_path_factory):
    """Give the job of an engine, rendered once in peace when it is first asked for."""
    folder = tmp_path_factory.mktemp("originals")

    @functools.cache
    def made(engine: str) -> Original:
        if engine == "classic":
            return classic_original(folder / engine, frames=60, segment_frames=6)
        return identity_original(
            folder / engine, frames=320, segment_frames=10, seed=SEED, preset="slower"
        )

    return made


def tell(original: Original, folder, *, seed: int, workers: int, kills: int, through_cli: bool):
    home, record = twin(original, folder, workers=workers)
    killer = Killer(home, record, workers, kills, random.Random(seed), through_cli)
    try:
        killer.run()
        frames = check_result(original, home, record)
    except BaseException:
        print(f"seed {seed}, {workers} workers, killed {dict(killer.done)}")  # noqa: T201
        raise
    return killer.done + killer.phases + Counter(frames=frames)


@pytest.mark.parametrize(
    ("engine", "workers", "through_cli"),
    [("identity", 1, True), ("identity", 2, False), ("classic", 4, False)],
)
def test_kills_change_no_byte(original_of, tmp_path, engine, workers, through_cli):
    done = tell(
        original_of(engine),
        tmp_path / "story",
        seed=SEED + workers,
        workers=workers,
        kills=4,
        through_cli=through_cli,
    )
    assert done["agent"] + done["orchestrator"] >= 3


@pytest.mark.nightly
@pytest.mark.timeout(5400)
def test_two_hundred_kills_change_no_byte(original_of, tmp_path):
    total: Counter[str] = Counter()
    for number in range(200):
        engine, workers = ("identity", "classic")[number % 2], (1, 2, 4)[number // 2 % 3]
        seed = SEED * 1000 + number
        through_cli = number % 5 == 0
        done = tell(
            original_of(engine),
            tmp_path / f"story-{number}",
            seed=seed,
            workers=workers,
            kills=14,
            through_cli=through_cli,
        )
        total += done + Counter(stories=1)
        print(f"seed {seed}: {engine}, {workers} workers, cli {through_cli}: {dict(done)}")  # noqa: T201
        if total["agent"] + total["orchestrator"] >= 200 and number >= 11:
            break
    print(f"first seed {SEED * 1000}: {dict(total)}: 0 frames lost, doubled or moved; same bytes")  # noqa: T201
    assert total["agent"] + total["orchestrator"] >= 200
