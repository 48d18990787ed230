"""What the preview shows with a face put on is what the render will give."""

import queue
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from preview_watching import Watcher, a_part, pixels_of, with_parts

from orchestrator.desk.scenes import scene_of
from orchestrator.preview.scene import Failed, Proof, ProofReady, SeekTrouble, Share, Troubles
from orchestrator.preview.swap import casting_of, opened
from remote_worker.contract.records import Box
from remote_worker.frames.decode import decode_range

FRAMES = 75


@pytest.fixture(scope="module")
def watcher():
    with Watcher() as made:
        yield made


@pytest.fixture
def scene(studio, entry_of):
    """Return the clip with the left person cast from half a second to two seconds."""
    cast = {"person_id": "p1", "face_id": studio.face.face_id}
    made = scene_of(
        studio.home,
        studio.shelf,
        entry_of({**cast, "start": Fraction(1, 2), "end": Fraction(2)}),
    )
    assert made.cast is not None
    return made


@pytest.fixture(scope="session")
def rendered():
    """Return what gives a run of frames as the engine makes them in a render."""
    known = {}

    def frames(scene, run):
        if run not in known:
            source = scene.source
            engine = opened(scene.cast)
            decoded = decode_range(
                Path(source.path),
                time_base=source.index.time_base,
                first_frame=0,
                pts=source.index.pts,
                wanted=range(max(run.start - 3, 0), min(run.stop + 3, FRAMES)),
                picture=source.picture,
                stream_index=source.stream_index,
            )
            made = engine.render(decoded, run, casting_of(scene.cast))
            known[run] = {each.index: each.pixels for each in made}
            engine.close()
        return known[run]

    return frames


def is_swapped(watcher, frame):
    after = watcher.get(frame, "after")
    before = watcher.get(frame, "before")
    return after, not np.array_equal(pixels_of(after), pixels_of(before))


def test_single_frames_are_made_as_in_a_run_whatever_the_order(watcher, scene, rendered):
    run = range(28, 36)
    right = rendered(scene, run)
    watcher.show(scene)
    for frame in (30, 31, 32, 35, 28, 29, 33, 34):
        shown = watcher.get(frame, "after")
        assert (shown.made, shown.missed) == ("preview", False)
        assert np.array_equal(pixels_of(shown), right[frame])


def test_where_nobody_is_cast_the_source_is_shown(watcher, scene):
    watcher.show(scene)
    for frame in (0, 14, 60, 74):
        shown, differs = is_swapped(watcher, frame)
        assert shown.made == "source"
        assert not differs
    shown, differs = is_swapped(watcher, 30)
    assert differs


def test_a_frame_that_is_left_for_another_is_not_finished(watcher, scene):
    watcher.show(scene)
    for frame in range(20, 58, 3):
        watcher.ask(frame, "after")
    last = watcher.number
    numbers = []
    while last not in numbers:
        answer = watcher.next()
        assert not isinstance(answer, Failed), answer
        numbers.append(answer.number)
    assert numbers == sorted(numbers)
    assert len(numbers) < 6


def test_a_proof_tells_how_far_it_is_and_is_played_then(watcher, scene, rendered):
    watcher.show(scene)
    watcher.number += 1
    watcher.viewer.ask(Proof(watcher.number, 10, 24, 480))
    shares = []
    while isinstance(answer := watcher.next(Share, ProofReady, Failed), Share):
        shares.append((answer.done, answer.total))
    assert answer == ProofReady(watcher.number, 10, 24)
    assert shares[0] == (0, 14)
    assert shares[-1] == (14, 14)
    assert shares == sorted(shares)
    pictures, _ = watcher.until_played(watcher.play(10, 26, sides=("after",), longest_px=480), 1)
    made = {p.frame: p.made for p in pictures}
    assert made == {f: "preview" if 15 <= f < 24 else "source" for f in range(10, 26)}
    single = watcher.get(20, "after", longest_px=480)
    played = next(p for p in pictures if p.frame == 20)
    assert np.abs(pixels_of(single).astype(int) - pixels_of(played)).mean() < 1


def test_a_proof_is_forgotten_with_its_casting(watcher, scene):
    watcher.show(scene)
    watcher.number += 1
    watcher.viewer.ask(Proof(watcher.number, 20, 23, 480))
    watcher.next(ProofReady)
    watcher.show(replace(scene, cast=replace(scene.cast, tracks=())))
    assert watcher.get(21, "after", longest_px=480).made == "source"


def test_a_proof_can_be_given_up(watcher, scene):
    watcher.show(scene)
    watcher.number += 1
    watcher.viewer.ask(Proof(watcher.number, 15, 60, 480))
    while watcher.next(Share).done == 0:
        pass
    watcher.viewer.stop(watcher.number)
    with pytest.raises(queue.Empty):
        watcher.next(ProofReady, within_s=1.0)
    pictures, _ = watcher.until_played(watcher.play(50, 55, sides=("after",)), 1)
    assert {p.made for p in pictures} == {"source"}


def nowhere(track):
    """Return a track that expects its face where there is none."""
    boxes = tuple(Box(box.frame, 0.0, 0.85, 0.06, 0.98) for box in track.boxes)
    return replace(track, boxes=boxes)


def test_trouble_is_found_where_a_cast_face_is_not(watcher, scene, tmp_path):
    (track,) = scene.cast.tracks
    first = replace(track, start_frame=15, end_frame=30)
    lost = nowhere(replace(track, start_frame=30, end_frame=42))
    last = replace(track, start_frame=42, end_frame=60)
    troubled = replace(scene, cast=replace(scene.cast, tracks=(first, lost, last)))
    stored = a_part(scene, tmp_path, 0, 10, missed=(3, 4))
    watcher.show(with_parts(troubled, stored))
    watcher.number += 1
    watcher.viewer.ask(SeekTrouble(watcher.number, 0, 50))
    found = watcher.next(Troubles, Failed)
    assert found == Troubles(watcher.number, ((3, 5), (30, 42)))
    shown = watcher.get(35, "after")
    assert shown.missed
    assert not watcher.get(25, "after").missed


def test_another_build_of_the_engine_is_refused_in_words(watcher, scene):
    other = replace(scene.cast, engine=replace(scene.cast.engine, digest="0" * 64))
    watcher.show(replace(scene, cast=other))
    failed = watcher.get(30, "after")
    assert isinstance(failed, Failed)
    assert failed.code == "order_refused"
    assert watcher.get(30, "before").frame == 30
