"""A stretch is given in order, both sides in step, with its sound, and never too far ahead."""

import queue
from fractions import Fraction

import numpy as np
import psutil
import pytest
from preview_watching import STORED_CODE, Watcher, a_part, a_scene, pixels_of, with_parts

from orchestrator.preview.playing import PICTURES_AHEAD
from orchestrator.preview.scene import PlayEnded, Shown, Sound
from orchestrator.preview.sound import RATE_HZ, SoundReader
from orchestrator.preview.times import time_of
from tests.clips import read_barcode


@pytest.fixture(scope="module")
def watcher():
    with Watcher() as made:
        yield made


def code(shown):
    return read_barcode(pixels_of(shown))


def test_both_sides_come_in_step_through_parts_and_gaps(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=60)
    parts = [a_part(scene, tmp_path, 10, 20, missed=(12,)), a_part(scene, tmp_path, 30, 45)]
    watcher.show(with_parts(scene, *parts))
    pictures, _ = watcher.until_played(watcher.play(5, 50))
    stored = {*range(10, 20), *range(30, 45)}
    assert [(p.frame, p.side) for p in pictures] == [
        (frame, side) for frame in range(5, 50) for side in ("before", "after")
    ]
    for shown in pictures:
        made = "rendered" if shown.side == "after" and shown.frame in stored else "source"
        assert shown.made == made
        assert code(shown) == shown.frame + (STORED_CODE if made == "rendered" else 0)
        assert shown.missed is (made == "rendered" and shown.frame == 12)


def test_a_part_that_is_finished_while_playing_is_shown(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=120)
    watcher.show(scene)
    number = watcher.play(0, 120, sides=("after",))
    shown, taken = watcher.next(Shown), 1
    watcher.viewer.refresh([a_part(scene, tmp_path, 60, 100)])
    watcher.ask(0)
    while shown.frame < 119:
        watcher.viewer.taken(number, taken)
        shown = watcher.next(Shown)
        if shown.number == number:
            taken += 1
            if shown.frame in range(60, 100):
                assert shown.made == "rendered"


@pytest.mark.parametrize("sides", [("before",), ("before", "after")])
def test_no_more_pictures_come_than_may_be_ahead(watcher, tmp_path, sides):
    watcher.show(a_scene(tmp_path, frames=200, rate=60))
    number = watcher.play(0, 200, sides=sides)
    taken = given = 0
    for allowed in (0, 7, 8, 30):
        watcher.viewer.taken(number, allowed)
        taken = allowed
        while given < (taken * len(sides) + PICTURES_AHEAD):
            given += watcher.next(Shown).number == number
        with pytest.raises(queue.Empty):
            watcher.next(Shown, within_s=0.3)
    watcher.viewer.stop(number)


def test_slow_frames_are_not_given_minutes_ahead(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=30, rate=1, audio_tracks=1))
    number = watcher.play(0, 30, sides=("before",))
    assert [watcher.next(Shown).frame for _ in range(2)] == [0, 1]
    with pytest.raises(queue.Empty):
        watcher.next(Shown, within_s=0.5)
    watcher.viewer.stop(number)


def test_memory_stays_bounded_when_nothing_is_taken(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=300, width=1280, height=720))
    watcher.get(0)
    child = psutil.Process(watcher.viewer.pid)
    before = child.memory_info().rss
    number = watcher.play(0, 300, loop=True)
    while watcher.next(Shown).frame < 10:
        pass
    watcher.until_silent()
    assert child.memory_info().rss - before < 200 << 20
    watcher.viewer.stop(number)


def test_a_stopped_stretch_ends_and_a_newer_one_is_given(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=200))
    old = watcher.play(0, 200)
    watcher.next(Shown)
    new = watcher.play(100, 110)
    pictures, _ = watcher.until_played(new)
    assert [p.frame for p in pictures[::2]] == list(range(100, 110))
    watcher.viewer.taken(old, 50)
    with pytest.raises(queue.Empty):
        watcher.next(Shown, within_s=0.3)


def test_a_loop_starts_over_where_the_stretch_starts(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=60, audio_tracks=1))
    number = watcher.play(20, 30, sides=("before",), loop=True, first_frame=26)
    frames, sound = [], []
    while len(frames) < 34:
        answer = watcher.next(Shown, Sound)
        if answer.number == number and isinstance(answer, Shown):
            frames.append(answer.frame)
            watcher.viewer.taken(number, len(frames))
        elif answer.number == number:
            sound.append(answer)
    watcher.viewer.stop(number)
    assert frames == [*range(26, 30), *range(20, 30), *range(20, 30), *range(20, 30)]
    lengths = [len(each.samples) // 4 for each in sound]
    starts = [round(each.start_s * RATE_HZ) for each in sound]
    ends = [start + length for start, length in zip(starts, lengths, strict=True)]
    first, last = 20 * RATE_HZ // 30, 30 * RATE_HZ // 30
    assert starts[0] == 26 * RATE_HZ // 30
    for end, start in zip(ends, starts[1:], strict=False):
        assert start == (first if end == last else end)
    assert ends.count(last) >= 3


def test_the_sound_is_whole_in_order_and_ahead_of_its_picture(watcher, tmp_path):
    scene = a_scene(tmp_path, frames=90, audio_tracks=2)
    watcher.show(scene)
    number = watcher.play(30, 75, sides=("before",))
    heard, frames = 0.0, 0
    sound = []
    while True:
        answer = watcher.next(Shown, Sound, PlayEnded)
        if answer.number != number:
            continue
        if isinstance(answer, PlayEnded):
            break
        if isinstance(answer, Sound):
            sound.append(answer)
            heard = answer.start_s + len(answer.samples) / 4 / RATE_HZ
        else:
            frames += 1
            watcher.viewer.taken(number, frames)
            frame_ends = float(time_of(scene.source.index, answer.frame + 1))
            assert heard >= frame_ends - 1e-6
    starts = [each.start_s for each in sound]
    ends = [each.start_s + len(each.samples) / 4 / RATE_HZ for each in sound]
    assert starts[0] == pytest.approx(1.0)
    assert ends[-1] == pytest.approx(2.5)
    assert starts[1:] == pytest.approx(ends[:-1])


def test_a_silent_source_has_pictures_only(watcher, tmp_path):
    watcher.show(a_scene(tmp_path, frames=20))
    pictures, sound = watcher.until_played(watcher.play(0, 20))
    assert len(pictures) == 40
    assert sound == []


# -- the sound itself ------------------------------------------------------------------------


def sound_of(folder, **clip):
    scene = a_scene(folder, frames=90, audio_tracks=1, **clip)
    return SoundReader(scene.source)


def pitch_hz(samples):
    """Return the pitch of a stretch of one channel, by its strongest frequency."""
    strength = np.abs(np.fft.rfft(samples.astype(float)))
    return float(np.argmax(strength) * RATE_HZ / len(samples))


def as_array(data):
    return np.frombuffer(data, np.int16).reshape(-1, 2)


def test_any_stretch_of_sound_is_the_same_whether_read_at_once_or_in_pieces(tmp_path):
    reader = sound_of(tmp_path)
    whole = as_array(reader.read(0, 2 * RATE_HZ))
    assert len(whole) == 2 * RATE_HZ
    assert pitch_hz(whole[RATE_HZ // 2 :, 0]) == pytest.approx(330, abs=2)
    pieces = [as_array(reader.read(at, at + 4800)) for at in range(48_000, 72_000, 4800)]
    joined = np.concatenate(pieces).astype(int)
    right = whole[48_000:72_000].astype(int)
    quiet = np.abs(joined - right)[2000:]  # a decoder settles after a seek
    assert np.percentile(quiet, 99) <= 200
    reader.close()


def test_where_a_track_has_nothing_there_is_silence(tmp_path):
    reader = sound_of(tmp_path, audio_s=0.5)
    after = as_array(reader.read(RATE_HZ, 2 * RATE_HZ))
    assert len(after) == RATE_HZ
    assert not after.any()
    before = as_array(reader.read(0, RATE_HZ // 4))
    assert before.any()
    reader.close()


def test_a_file_without_sound_or_without_anything_is_silence_too(tmp_path):
    scene = a_scene(tmp_path)
    reader = SoundReader(scene.source)
    assert not as_array(reader.read(0, 1000)).any()
    (tmp_path / "clip.mp4").unlink()
    gone = SoundReader(scene.source)
    assert not as_array(gone.read(500, 1500)).any()


def test_sound_is_in_step_with_a_source_that_begins_late(tmp_path):
    reader = sound_of(
        tmp_path,
        name="late.ts",
        pts=[900_000 + index * 3000 for index in range(90)],
        time_base=Fraction(1, 90_000),
    )
    assert not as_array(reader.read(0, 1000)).any()  # its sound is over before its first frame
    reader.close()
