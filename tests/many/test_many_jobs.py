"""Many mixed jobs over many killed workers end as one undisturbed local render does."""

import random
import sys
import threading
import time

import pytest

from remote_worker.queues import Depth
from tests.many.mixed import mixed_work
from tests.many.places import KEYS, KINDS
from tests.many.workers import fleet, torment

EMPTY = Depth(waiting=0, claimed=0, dead=0)
_SETTLE_S = 20.0


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    seed = random.randrange(10**6)
    folder = tmp_path_factory.mktemp("few")
    return seed, mixed_work(folder, random.Random(seed), jobs=6, video_chunks=3)


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    seed = random.randrange(10**6)
    folder = tmp_path_factory.mktemp("many")
    return seed, mixed_work(folder, random.Random(seed), jobs=200, video_chunks=40)


def rabbit_for(kind, request):
    return request.getfixturevalue("rabbit") if kind == "rabbitmq" else None


def story(work, seed, kind, rabbit, folder, **asked):
    print(f"seed {seed}, {kind}: {len(work.orders)} chunks")  # noqa: T201  # to be told anew by it
    chance = random.Random(seed)
    with KINDS[kind](folder, rabbit) as place:
        work.send(place.store, place.queue, chance)
        with fleet(folder, asked["workers"], place) as workers:
            hit = torment(workers, chance, kills=asked["kills"], freezes=asked["freezes"])
            codes = [worker.finish() for worker in workers]
            for worker in workers:
                worker.listen()
        failures = [told for worker in workers for told in worker.failures]
        assert (codes, failures) == ([0] * len(workers), []), f"seed {seed}"
        assert hit >= asked["at_least"], f"seed {seed}"
        assert work.differences(place.store) == [], f"seed {seed}"
        assert set(place.store.keys("")) == work.expected_keys() | place.extra_keys, f"seed {seed}"
        assert settled(place.queue) == EMPTY, f"seed {seed}"
        assert place.queue.dead_letters() == (), f"seed {seed}"
    print(f"seed {seed}, {kind}: {hit} kills and freezes")  # noqa: T201  # as above


def settled(queue):
    deadline_s = time.monotonic() + _SETTLE_S
    while (depth := queue.depth()) != EMPTY and time.monotonic() < deadline_s:
        threading.Event().wait(0.1)
    return depth


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_jobs_over_killed_workers_end_as_the_local_render_does(few, kind, tmp_path, request):
    seed, work = few
    rabbit = rabbit_for(kind, request)
    story(work, seed, kind, rabbit, tmp_path, workers=3, kills=2, freezes=0, at_least=1)


@pytest.mark.nightly
@pytest.mark.timeout(1800)
@pytest.mark.skipif(sys.platform == "win32", reason="no process is frozen there")
@pytest.mark.parametrize("kind", KINDS)
def test_two_hundred_jobs_over_sixteen_killed_workers_end_so_too(many, kind, tmp_path, request):
    seed, work = many
    rabbit = rabbit_for(kind, request)
    story(work, seed, kind, rabbit, tmp_path, workers=16, kills=40, freezes=8, at_least=30)
