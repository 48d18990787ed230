"""The player shows what was asked for last, in time, and never holds up the Qt thread."""

import time
from fractions import Fraction

import pytest
from fake_bridge import FakeBridge
from PySide6.QtGui import QColor
from watchdog import Watchdog

from gui.stage.player import Player
from orchestrator.home import Home
from orchestrator.media.guarded import probe_source
from orchestrator.media.report import FrameIndex
from orchestrator.preview.scene import (
    Ask,
    Failed,
    Play,
    PlayEnded,
    Proof,
    ProofReady,
    Scene,
    SceneSource,
    SeekTrouble,
    Share,
    Shown,
    StoredPart,
    Troubles,
)
from remote_worker.contract.records import Digest
from tests.clips import make_clip
from tests.fakes.pictures import plain_picture

FRAMES = 60
PICTURE = plain_picture(1920, 1080)


def a_scene(name="a.mp4", *, frames=FRAMES, rate=60, **more):
    index = FrameIndex(Fraction(1, rate), tuple(range(frames)), (0,))
    source = SceneSource(
        path=name, digest=Digest(name), stream_index=0, picture=PICTURE, index=index
    )
    return Scene(source=source, cast=None, **more)


class ViewerOnPaper:
    """Writes down what it is told; a test says what it answers."""

    def __init__(self, hear, on_end):
        self.hear, self.on_end = hear, on_end
        self.scenes, self.asked, self.stopped, self.parts = [], [], [], []
        self.taken_of = {}
        self.is_closed = False

    def show(self, scene):
        self.scenes.append(scene)

    def refresh(self, stored):
        self.parts.append(tuple(stored))

    def ask(self, question):
        self.asked.append(question)

    def taken(self, number, count):
        self.taken_of[number] = count

    def stop(self, number):
        self.stopped.append(number)

    def close(self):
        self.is_closed = True

    def last(self, kind, side=None):
        """Return the newest question of a kind."""
        found = [q for q in self.asked if isinstance(q, kind)]
        return [q for q in found if side is None or q.side == side][-1]

    def answer(self, ask, made="source", *, missed=False):
        """Give a picture whose blue says the frame."""
        self.hear(shown(ask.number, ask.frame, ask.side, made, missed=missed))

    def give(self, play, frames):
        """Give the pictures of frames of a play."""
        for frame in frames:
            for side in play.sides:
                self.hear(shown(play.number, frame, side))


def shown(number, frame, side, made="source", *, missed=False):
    pixels = bytes((frame, 10 if side == "before" else 200, 30)) * (5 * 3)
    return Shown(number, frame, side, made, 5, 3, missed, pixels)


@pytest.fixture
def stage(qtbot, tmp_path):
    """Return a player, its viewer on paper, and the signals it gave."""
    made = Stage(FakeBridge(Home(tmp_path)))
    yield made
    made.player.close()


class Stage:
    def __init__(self, bridge):
        self.player = Player(bridge, viewer_for=self._viewer)
        self.pictures, self.positions, self.playing, self.failures = [], [], [], []
        self.busy, self.others = [], []
        player = self.player
        player.picture.connect(self.pictures.append)
        player.position_changed.connect(self.positions.append)
        player.playing_changed.connect(self.playing.append)
        player.failed.connect(lambda *told: self.failures.append(told))
        player.busy_changed.connect(self.busy.append)
        player.proof_share.connect(lambda *told: self.others.append(("proof share", *told)))
        player.share.connect(lambda *told: self.others.append(("share", *told)))
        player.proof_ready.connect(lambda *told: self.others.append(("proof", *told)))
        player.troubles_found.connect(lambda found: self.others.append(("troubles", found)))

    def _viewer(self, hear, on_end):
        self.viewer = ViewerOnPaper(hear, on_end)
        return self.viewer

    def settle(self, qtbot):
        """Have everything that was emitted arrive."""
        qtbot.wait(1)

    def frames(self):
        return [(p.frame, p.before is not None, p.after is not None) for p in self.pictures]


# -- single frames ---------------------------------------------------------------------------


def test_a_scene_is_shown_at_once_both_sides(stage, qtbot):
    stage.player.show(a_scene())
    viewer = stage.viewer
    assert len(viewer.scenes) == 1
    viewer.answer(viewer.last(Ask, "before"))
    viewer.answer(viewer.last(Ask, "after"), "preview", missed=True)
    qtbot.waitUntil(lambda: len(stage.pictures) == 2)
    assert stage.frames() == [(0, True, False), (0, True, True)]
    last = stage.pictures[-1]
    assert (last.made, last.missed) == ("preview", True)
    assert last.before.pixelColor(0, 0) == QColor(30, 10, 0)
    assert last.after.pixelColor(4, 2) == QColor(30, 200, 0)


def test_pictures_live_longer_than_what_they_were_made_of(stage, qtbot):
    stage.player.show(a_scene())
    for frame in range(30):
        stage.player.go_to(frame)
        stage.viewer.answer(stage.viewer.last(Ask, "before"))
    qtbot.waitUntil(lambda: len(stage.pictures) == 30)
    for pictures in stage.pictures:
        assert pictures.before.pixelColor(2, 1).blue() == pictures.frame


def test_an_answer_to_an_older_question_never_replaces_a_newer_one(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.go_to(5)
    old = stage.viewer.last(Ask, "after")
    stage.player.go_to(9)
    stage.viewer.answer(stage.viewer.last(Ask, "before"))
    stage.viewer.answer(old)
    stage.viewer.answer(stage.viewer.last(Ask, "after"))
    qtbot.waitUntil(lambda: len(stage.pictures) == 2)
    stage.settle(qtbot)
    assert stage.frames() == [(9, True, False), (9, True, True)]


def test_while_scrubbing_what_comes_in_between_is_shown(stage, qtbot):
    stage.player.show(a_scene())
    for frame in (5, 6, 7):
        stage.player.go_to(frame)
        if frame == 6:
            between = stage.viewer.last(Ask, "before")
    stage.viewer.answer(between)
    qtbot.waitUntil(lambda: len(stage.pictures) == 1)
    assert stage.pictures[0].frame == 6
    assert stage.player.frame == 7


def test_another_scene_forgets_the_questions_about_the_last(stage, qtbot):
    stage.player.show(a_scene("a.mp4"))
    stage.player.go_to(20)
    old = stage.viewer.last(Ask, "before")
    stage.player.show(a_scene("b.mp4"))
    assert stage.player.frame == 0
    stage.viewer.answer(old)
    stage.viewer.answer(stage.viewer.last(Ask, "before"))
    qtbot.waitUntil(lambda: len(stage.pictures) == 1)
    assert stage.pictures[0].frame == 0


def test_another_casting_keeps_the_playhead_and_equal_scenes_are_not_shown_again(stage):
    stage.player.show(a_scene())
    stage.player.go_to(20)
    stage.player.show(a_scene())
    assert len(stage.viewer.scenes) == 1
    with_part = a_scene(stored=(StoredPart("p.mp4", 0, 30),))
    stage.player.show(with_part)
    assert stage.viewer.parts == [with_part.stored]
    assert stage.player.frame == 20


def test_a_part_that_is_finished_under_the_playhead_is_asked_for(stage):
    stage.player.show(a_scene())
    stage.player.go_to(20)
    asked = len(stage.viewer.asked)
    stage.player.refresh_stored([StoredPart("p.mp4", 40, 50)])
    assert len(stage.viewer.asked) == asked
    stage.player.refresh_stored([StoredPart("p.mp4", 10, 30), StoredPart("q.mp4", 40, 50)])
    assert stage.viewer.last(Ask, "after").frame == 20
    assert len(stage.viewer.asked) == asked + 2


def test_the_playhead_stays_within_the_video(stage):
    stage.player.show(a_scene())
    stage.player.go_to(10_000)
    assert stage.player.frame == FRAMES - 1
    stage.player.step(-10_000)
    assert stage.player.frame == 0
    stage.player.step(3)
    assert stage.positions == [0, FRAMES - 1, 0, 3]


def test_only_the_sides_that_are_looked_at_are_asked_for(stage):
    stage.player.set_sides(before=False, after=True)
    stage.player.show(a_scene())
    assert [q.side for q in stage.viewer.asked] == ["after"]
    stage.player.set_sides(before=True, after=True)
    assert [q.side for q in stage.viewer.asked] == ["after", "before", "after"]


def test_a_larger_picture_is_asked_for_once_the_size_has_settled(stage, qtbot):
    stage.player.show(a_scene())
    asked = len(stage.viewer.asked)
    for width in range(1300, 1900, 10):
        stage.player.set_size(width)
    qtbot.waitUntil(lambda: len(stage.viewer.asked) == asked + 2)
    assert stage.viewer.last(Ask).longest_px >= 1890
    stage.player.set_size(300)
    qtbot.wait(200)
    assert len(stage.viewer.asked) == asked + 2


def test_a_question_that_takes_a_while_is_told_until_it_is_answered(stage, qtbot):
    stage.player.show(a_scene())
    qtbot.waitUntil(lambda: stage.busy == [True])
    stage.viewer.answer(stage.viewer.last(Ask, "before"))
    stage.settle(qtbot)
    assert stage.busy == [True]
    stage.viewer.answer(stage.viewer.last(Ask, "after"))
    qtbot.waitUntil(lambda: stage.busy == [True, False])


def test_only_the_newest_question_that_fails_is_told(stage, qtbot):
    stage.player.show(a_scene())
    old = stage.viewer.last(Ask, "after")
    stage.player.go_to(4)
    new = stage.viewer.last(Ask, "after")
    stage.viewer.hear(Failed(old.number, "Old.", "No."))
    stage.viewer.hear(Failed(new.number, "New.", "Do this."))
    qtbot.waitUntil(lambda: len(stage.failures) > 0)
    stage.settle(qtbot)
    assert stage.failures == [("New.", "Do this.")]


def test_the_words_of_the_previews_own_failures_are_in_full_sentences(stage, qtbot):
    stage.player.show(a_scene())
    for code in ("preview_ended", "preview_hung", "preview_too_large"):
        stage.player.go_to(len(code))
        stage.viewer.hear(Failed(stage.viewer.last(Ask, "after").number, "?", "?", code))
    qtbot.waitUntil(lambda: len(stage.failures) == 1)
    assert all(text.endswith(".") for text in stage.failures[0])


def test_a_viewer_that_ends_for_good_is_told(stage, qtbot):
    stage.player.show(a_scene())
    stage.viewer.on_end("It ended.", "Start again.")
    qtbot.waitUntil(lambda: stage.failures == [("It ended.", "Start again.")])


# -- playing ---------------------------------------------------------------------------------


def test_a_stretch_is_played_in_time_and_ends_on_its_last_frame(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.play(10, 30)
    play = stage.viewer.last(Play)
    assert (play.start_frame, play.end_frame, play.first_frame) == (10, 30, 10)
    assert not play.sound
    began = time.monotonic()
    stage.viewer.give(play, range(10, 30))
    stage.viewer.hear(PlayEnded(play.number))
    qtbot.waitUntil(lambda: stage.playing == [True, False], timeout=5000)
    assert time.monotonic() - began >= 20 / 60 - 0.01
    frames = [f for f, *_ in stage.frames()]
    assert frames == sorted(set(frames))
    assert stage.viewer.taken_of[play.number] == 20
    assert stage.player.frame == 29
    assert stage.viewer.last(Ask, "after").frame == 29


def test_frames_that_come_too_late_are_dropped_and_counted_as_taken(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.play(0, 60)
    play = stage.viewer.last(Play)
    stage.viewer.give(play, range(2))
    qtbot.waitUntil(lambda: [f for f, *_ in stage.frames()][-1:] == [1])
    time.sleep(0.12)  # the Qt thread is held up: its own doing, not the viewer's
    stage.viewer.give(play, range(2, 20))
    qtbot.waitUntil(lambda: stage.viewer.taken_of.get(play.number) == 20, timeout=5000)
    assert len(stage.pictures) <= 20


def test_when_pictures_run_out_time_stands_still(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.play(0, 60)
    play = stage.viewer.last(Play)
    stage.viewer.give(play, range(3))
    qtbot.waitUntil(lambda: stage.viewer.taken_of.get(play.number) == 3)
    qtbot.wait(300)
    stage.viewer.give(play, range(3, 12))
    qtbot.waitUntil(lambda: stage.viewer.taken_of.get(play.number) == 12)
    frames = [f for f, *_ in stage.frames()]
    assert len([f for f in frames if f >= 3]) >= 5, "they were dropped as if they were late"


def test_a_loop_is_played_over_and_over_until_it_is_paused(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.play(10, 14, loop=True)
    play = stage.viewer.last(Play)
    assert play.loop
    for _ in range(3):
        stage.viewer.give(play, range(10, 14))
    qtbot.waitUntil(lambda: stage.viewer.taken_of.get(play.number) == 12)
    assert stage.playing == [True]
    stage.player.pause()
    assert play.number in stage.viewer.stopped
    assert stage.playing == [True, False]
    assert stage.viewer.last(Ask, "before").frame == stage.player.frame


def test_going_somewhere_while_playing_goes_on_from_there(stage):
    stage.player.show(a_scene())
    stage.player.play(10, 40, loop=True)
    old = stage.viewer.last(Play)
    stage.player.go_to(25)
    new = stage.viewer.last(Play)
    assert old.number in stage.viewer.stopped
    assert (new.start_frame, new.end_frame, new.first_frame, new.loop) == (10, 40, 25, True)
    stage.player.go_to(50)
    after = stage.viewer.last(Play)
    assert (after.start_frame, after.end_frame, after.first_frame) == (50, 60, 50)
    assert stage.playing == [True]


def test_a_step_pauses(stage):
    stage.player.show(a_scene())
    stage.player.play(10, 40)
    stage.player.step(1)
    assert not stage.player.playing
    assert stage.player.frame == 11
    assert stage.viewer.last(Ask, "before").frame == 11


def test_pictures_of_a_stretch_that_was_stopped_are_not_shown(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.play(10, 40)
    play = stage.viewer.last(Play)
    stage.player.pause()
    stage.viewer.give(play, range(10, 20))
    qtbot.wait(50)
    assert stage.pictures == []


def test_a_stretch_that_cannot_be_played_is_told_and_ends(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.play(10, 40)
    stage.viewer.hear(Failed(stage.viewer.last(Play).number, "No.", "Try."))
    qtbot.waitUntil(lambda: stage.failures == [("No.", "Try.")])
    assert stage.playing == [True, False]


def test_nothing_is_played_of_nothing(stage):
    stage.player.play()
    stage.player.go_to(3)
    stage.player.pause()
    stage.player.proof(0, 5)
    assert not stage.player.playing
    assert stage.playing == []


# -- what takes a while ----------------------------------------------------------------------


def test_a_proof_tells_how_far_it_is_and_when_it_can_be_played(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.proof(10, 30)
    proof = stage.viewer.last(Proof)
    assert (proof.start_frame, proof.end_frame) == (10, 30)
    stage.viewer.hear(Share(proof.number, 5, 20))
    stage.viewer.hear(ProofReady(proof.number, 10, 30))
    qtbot.waitUntil(lambda: len(stage.others) == 2)
    assert stage.others == [("proof share", 5, 20), ("proof", 10, 30)]


def test_trouble_is_told_and_what_was_cancelled_is_not(stage, qtbot):
    stage.player.show(a_scene())
    stage.player.seek_trouble(0, 60)
    first = stage.viewer.last(SeekTrouble)
    stage.player.cancel()
    assert first.number in stage.viewer.stopped
    stage.viewer.hear(Troubles(first.number, ((1, 2),)))
    stage.player.seek_trouble(0, 60)
    second = stage.viewer.last(SeekTrouble)
    stage.viewer.hear(Share(second.number, 30, 60))
    stage.viewer.hear(Troubles(second.number, ((3, 9),)))
    qtbot.waitUntil(lambda: len(stage.others) == 2)
    assert stage.others == [("share", 30, 60), ("troubles", ((3, 9),))]


def test_closing_closes_the_viewer_and_what_still_comes_is_not_shown(stage, qtbot):
    stage.player.show(a_scene())
    ask = stage.viewer.last(Ask, "before")
    stage.player.close()
    assert stage.viewer.is_closed
    stage.viewer.answer(ask)
    qtbot.wait(20)
    assert stage.pictures == []


# -- with the real viewer --------------------------------------------------------------------


@pytest.fixture
def real(qtbot, tmp_path):
    made = Player(FakeBridge(Home(tmp_path / "home")))
    yield made
    made.close()


def scene_of_clip(path):
    report, index = probe_source(path)
    source = SceneSource(
        path=str(path),
        digest=report.digest,
        stream_index=report.video.stream_index,
        picture=report.video.picture,
        index=index,
        has_sound=any(track.kind == "audio" for track in report.others),
    )
    return Scene(source=source, cast=None)


@pytest.mark.alone
def test_a_real_clip_is_scrubbed_and_played_without_holding_up_the_window(real, qtbot, tmp_path):
    clip = make_clip(tmp_path / "c.mp4", frames=60, width=1280, height=720, audio_tracks=1)
    scene = scene_of_clip(clip)
    pictures, failures = [], []
    real.picture.connect(pictures.append)
    real.failed.connect(lambda *told: failures.append(told))
    real.show(scene)
    qtbot.waitUntil(lambda: any(p.after is not None for p in pictures), timeout=20_000)
    with Watchdog() as dog:
        for frame in range(0, 60, 2):
            real.go_to(frame)
            qtbot.wait(5)
        qtbot.waitUntil(lambda: pictures[-1].frame == 58, timeout=20_000)
        pictures.clear()
        real.play(0, 60)
        qtbot.waitUntil(lambda: not real.playing, timeout=20_000)
    dog.require(0.05)
    frames = [p.frame for p in pictures if p.before is not None and p.after is not None]
    assert frames == sorted(frames)
    assert len(frames) > 20
    assert real.frame == 59
    assert failures == []


def test_without_a_device_sound_is_said_to_be_none(real, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("gui.stage.player_sound._may_have_output", lambda: False)
    real.show(scene_of_clip(make_clip(tmp_path / "c.mp4", frames=12, audio_tracks=1)))
    qtbot.wait(100)
    assert real.sound_state() == "none"
    real.set_muted(True)
    real.set_muted(False)
