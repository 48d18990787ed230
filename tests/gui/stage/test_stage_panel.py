"""Test the stage as a whole: what it shows of an entry, and what it makes of the user's wishes."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from gui.stage.panel import StagePanel
from gui.stage.player import Pictures
from orchestrator.desk.entries import Entry, EntryCast, Trouble
from orchestrator.desk.snapshot import DeskSnapshot, Doing
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.preview.scene import StoredPart
from tests.gui.fake_bridge import FakeBridge
from tests.gui.stage.fake_stage import (
    RED,
    LoaderOnPaper,
    PlayerOnPaper,
    an_entry,
    an_image,
)

CAST = (EntryCast(person_id="p1", face_id="f1"),)


class BridgeThatWaits(FakeBridge):
    """Errands run when the test says so, in the order it says."""

    def __init__(self, home: Home) -> None:
        super().__init__(home)
        self.waiting: list[tuple[Any, Any, Any]] = []
        self.waits = False

    def run(self, call: Any, then: Any = None, otherwise: Any = None) -> None:
        if self.waits:
            self.waiting.append((call, then, otherwise))
        else:
            super().run(call, then, otherwise)

    def finish(self, place: int = 0) -> None:
        """Run one errand that waits."""
        self._run_in_place(*self.waiting.pop(place))


class Stage:
    """A panel with all that is around it."""

    def __init__(self, qtbot: QtBot, home: Home) -> None:
        self.bridge = BridgeThatWaits(home)
        self.player = PlayerOnPaper(self.bridge)
        self.loader = LoaderOnPaper()
        self.panel = StagePanel(self.bridge, player=self.player, loader=self.loader)
        qtbot.addWidget(self.panel)
        self.bridge.changed.connect(self.panel.draw)
        self.panel.resize(900, 640)
        self.panel.show()

    def put(self, *entries: Entry, **changed: Any) -> None:
        """Let the queue stand so."""
        self.bridge.show(DeskSnapshot(loaded=True, entries=entries, **changed))

    def open(self, entry: Entry) -> None:
        """Look at one entry."""
        self.put(entry)
        self.panel.look_at(entry.entry_id)

    @property
    def entry(self) -> Entry:
        """The first entry of the queue."""
        return self.bridge.snapshot.entries[0]

    @property
    def said(self) -> str:
        """What stands in the picture's place; empty while the picture does."""
        message = self.panel._message
        return message.sentence if message.isVisible() else ""


@pytest.fixture
def stage(qtbot: QtBot, tmp_path: Path) -> Stage:
    return Stage(qtbot, Home(tmp_path))


# -- what is shown -----------------------------------------------------------------------


def test_without_a_video_it_says_how_to_get_one(stage: Stage) -> None:
    stage.put()
    assert stage.said == "No video yet"
    stage.put(an_entry())
    assert stage.said == "No video is selected"


def test_a_video_that_is_looked_at_says_what_is_being_done(stage: Stage) -> None:
    new = an_entry(state="new", facts=None)
    stage.put(new, looking=Doing(new.entry_id, "finding faces", 50, 100))
    stage.panel.look_at(new.entry_id)
    assert stage.said == "Finding faces… 50 %"
    stage.put(new)
    assert stage.said == "This video waits to be looked at"


def test_a_refused_video_says_why_and_can_be_looked_at_again(stage: Stage) -> None:
    why = Trouble("unknown", "It holds no picture.", "Export it again.")
    stage.open(an_entry(state="refused", facts=None, trouble=why))
    assert stage.said == "It holds no picture."
    button = stage.panel._message.findChild(QAbstractButton)
    assert button is not None
    button.click()
    assert stage.entry.state == "new"


def test_a_ready_video_is_shown_with_its_people(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    assert stage.said == ""
    assert stage.player.scene is not None
    stage.player.show_picture(0)
    assert "Person 1 as Grace" in stage.panel.canvas.accessibleDescription()


def test_while_nobody_is_cast_the_source_is_shown_alone(stage: Stage) -> None:
    stage.open(an_entry())
    assert stage.panel.canvas.mode == "before"
    assert stage.player.last("sides") == ("sides", True, False)
    stage.put(an_entry(casts=CAST))
    assert stage.panel.canvas.mode == "wipe"
    assert stage.player.last("sides") == ("sides", True, True)


def test_pictures_that_cannot_be_prepared_say_why_and_are_tried_again(stage: Stage) -> None:
    stage.loader.failing = SecondUnitError("The model is missing.", "Install it.")
    stage.open(an_entry(casts=CAST))
    assert stage.said == "The model is missing."
    stage.loader.failing = None
    button = stage.panel._message.findChild(QAbstractButton)
    assert button is not None
    button.click()
    assert stage.said == ""
    assert stage.player.scene is not None


def test_an_entry_that_is_removed_leaves_nothing_behind(stage: Stage) -> None:
    stage.open(an_entry())
    stage.put()
    assert stage.said == "No video yet"
    assert stage.player.scene is None
    assert stage.panel.timeline.track.state is None


def test_a_scene_that_comes_too_late_is_never_shown(stage: Stage) -> None:
    one, two = an_entry("e1", casts=CAST), an_entry("e2", casts=CAST)
    stage.put(one, two)
    stage.bridge.waits = True
    stage.panel.look_at(one.entry_id)
    stage.bridge.finish()  # its people; now its scene is made
    stage.panel.look_at(two.entry_id)
    while stage.bridge.waiting:  # newest first: the old one comes last
        stage.bridge.finish(-1)
    shown = [asked[1].source for asked in stage.player.asked if asked[0] == "show" and asked[1]]
    assert shown == [two.source]


def test_of_two_castings_the_older_never_overwrites_the_newer(stage: Stage) -> None:
    stage.open(an_entry())
    stage.bridge.waits = True
    stage.put(an_entry(casts=CAST))
    newer = an_entry(casts=(EntryCast(person_id="p2", face_id="f1"),))
    stage.put(newer)
    while stage.bridge.waiting:
        stage.bridge.finish(-1)
    assert stage.loader.scenes_made[-1].casts == newer.casts
    rows = stage.panel.timeline.track.state
    assert rows is not None
    assert [row.worn for row in rows.rows] == [(), ("Grace",)]


@pytest.mark.parametrize(
    "changed",
    [
        {"casts": CAST},
        {"look": replace(an_entry().look, settings=(("keep_mouth", "on"),))},
    ],
    ids=["casting", "look"],
)
def test_pictures_are_made_anew_when_the_wish_changes(
    stage: Stage, changed: dict[str, Any]
) -> None:
    stage.open(an_entry())
    made = len(stage.loader.scenes_made)
    stage.put(an_entry(**changed))
    assert len(stage.loader.scenes_made) == made + 1


@pytest.mark.parametrize(
    "changed",
    [{"trim_in": Fraction(1)}, {"state": "queued"}, {"added_at": "2026-02-01T00:00:00+00:00"}],
    ids=["trim", "state", "nothing that is seen"],
)
def test_pictures_stay_when_nothing_of_them_changes(stage: Stage, changed: dict[str, Any]) -> None:
    stage.open(an_entry(casts=CAST))
    made = len(stage.loader.scenes_made)
    stage.put(an_entry(casts=CAST, **changed))
    assert len(stage.loader.scenes_made) == made


def test_the_playhead_stays_when_the_casting_changes(stage: Stage, qtbot: QtBot) -> None:
    stage.open(an_entry())
    stage.panel.go_to(120)
    stage.put(an_entry(casts=CAST))
    assert stage.panel.frame() == 120
    qtbot.waitUntil(lambda: stage.player.last("go to") == ("go to", 120), timeout=2000)


def test_another_video_begins_at_its_begin(stage: Stage) -> None:
    one, two = an_entry("e1"), an_entry("e2")
    stage.put(one, two)
    stage.panel.look_at(one.entry_id)
    stage.panel.go_to(120)
    stage.panel.look_at(two.entry_id)
    assert stage.panel.frame() == 0


def test_segments_are_shown_as_they_are_finished(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.loader.parts = (StoredPart("/store/s1.mp4", 0, 100),)
    stage.put(an_entry(casts=CAST, state="rendering", job_id="j1"))
    assert stage.player.last("stored") == ("stored", stage.loader.parts)


def test_the_faces_that_are_outlined_are_those_of_the_picture_that_is_seen(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.player.show_picture(60)
    assert "Person 2" in stage.panel.canvas.accessibleDescription()
    stage.panel.go_to(250)  # its picture is not there yet
    assert "Person 2" in stage.panel.canvas.accessibleDescription()
    stage.player.show_picture(250)
    assert "Person 2" not in stage.panel.canvas.accessibleDescription()


def test_the_line_begins_across_a_face_that_is_replaced_until_the_user_moves_it(
    stage: Stage,
) -> None:
    stage.open(an_entry(casts=CAST))
    stage.player.show_picture(60)
    assert stage.panel.canvas.wipe == pytest.approx(0.2)  # the face is from 0.1 to 0.3
    stage.panel.canvas.move_wipe(0.9)
    stage.put(an_entry(casts=(EntryCast(person_id="p2", face_id="f1"),)))
    stage.player.show_picture(61)
    assert stage.panel.canvas.wipe == pytest.approx(0.9)


def test_faces_that_are_found_too_late_are_not_drawn_on_another_frame(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.bridge.waits = True
    stage.player.show_picture(60)
    stage.player.show_picture(250)
    stage.bridge.finish()  # those of frame 60, where there are two
    assert "Person 2" not in stage.panel.canvas.accessibleDescription()
    stage.bridge.finish()
    assert "Faces: Person 1 as Grace." in stage.panel.canvas.accessibleDescription()


def test_what_cannot_be_shown_is_said_on_the_picture(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.player.failed.emit("The frame cannot be read.", "Skip it.")
    assert "The frame cannot be read. Skip it." in stage.panel.canvas.accessibleDescription()
    stage.player.show_picture(3)
    assert "cannot be read" not in stage.panel.canvas.accessibleDescription()


# -- what the user does ------------------------------------------------------------------


def place(stage: Stage, frame: int) -> QPoint:
    """Return where a frame begins in the timeline's ruler."""
    state = stage.panel.timeline.track.state
    assert state is not None
    return QPoint(round(state.x_of(frame)), 10)


def drag(panel: StagePanel, start: QPoint, end: QPoint) -> None:
    track = panel.timeline.track
    QTest.mousePress(track, Qt.MouseButton.LeftButton, pos=start)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(end),
        track.mapToGlobal(QPointF(end)),
        Qt.MouseButton.LeftButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(track, event)
    QTest.mouseRelease(track, Qt.MouseButton.LeftButton, pos=end)


def test_pulling_a_handle_trims_the_entry(stage: Stage) -> None:
    stage.open(an_entry())
    drag(stage.panel, place(stage, 0) - QPoint(4, 0), place(stage, 60))
    assert stage.entry.trim_in == Fraction(2)
    assert stage.entry.trim_out is None
    drag(stage.panel, place(stage, 300) + QPoint(4, 0), place(stage, 240))
    assert (stage.entry.trim_in, stage.entry.trim_out) == (Fraction(2), Fraction(8))


def test_keys_trim_at_the_playhead(stage: Stage) -> None:
    stage.open(an_entry())
    stage.panel.go_to(30)
    QTest.keyClick(stage.panel, Qt.Key.Key_I)
    stage.panel.go_to(149)
    QTest.keyClick(stage.panel, Qt.Key.Key_O)
    assert (stage.entry.trim_in, stage.entry.trim_out) == (Fraction(1), Fraction(5))
    stage.panel.go_to(200)  # beyond the end: the end makes room
    stage.panel.trim_in_here()
    assert (stage.entry.trim_in, stage.entry.trim_out) == (Fraction(200, 30), None)


def test_a_video_that_renders_cannot_be_trimmed(stage: Stage) -> None:
    stage.open(an_entry(state="rendering"))
    stage.panel.go_to(30)
    stage.panel.trim_in_here()
    assert stage.entry.trim_in is None
    assert not stage.panel._transport.button("begin here").isEnabled()


def test_scrubbing_asks_for_the_first_and_the_last_place_at_once(
    stage: Stage, qtbot: QtBot
) -> None:
    stage.open(an_entry())
    qtbot.waitUntil(lambda: not stage.panel._playback._between.isActive(), timeout=2000)
    stage.player.asked.clear()
    for frame in range(10, 60):
        stage.panel.go_to(frame)
    assert stage.player.asked == [("go to", 10)]
    qtbot.waitUntil(lambda: stage.player.last("go to") == ("go to", 59), timeout=2000)
    assert stage.panel.frame() == 59


def test_an_echo_of_an_older_place_does_not_move_the_playhead_back(stage: Stage) -> None:
    stage.open(an_entry())
    stage.panel.go_to(10)
    stage.panel.go_to(90)  # waits its moment
    stage.player.position_changed.emit(10)
    assert stage.panel.frame() == 90


@pytest.mark.parametrize(
    ("key", "modifier", "frame"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 101),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 99),
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 130),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, 70),
        (Qt.Key.Key_L, Qt.KeyboardModifier.NoModifier, 130),
        (Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, 70),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 299),
    ],
)
def test_keys_move_the_playhead(
    stage: Stage, key: Qt.Key, modifier: Qt.KeyboardModifier, frame: int
) -> None:
    stage.open(an_entry())
    stage.panel.go_to(100)
    QTest.keyClick(stage.panel, key, modifier)
    assert stage.panel.frame() == frame


def test_keys_choose_modes_and_move_the_line(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    modes = []
    for key in (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_4, Qt.Key.Key_3):
        QTest.keyClick(stage.panel, key)
        modes.append(stage.panel.canvas.mode)
    assert modes == ["after", "before", "side by side", "wipe"]
    before = stage.panel.canvas.wipe
    QTest.keyClick(stage.panel, Qt.Key.Key_BracketRight)
    assert stage.panel.canvas.wipe == pytest.approx(before + 0.02)


def test_playing_stays_within_the_trim(stage: Stage) -> None:
    stage.open(an_entry(trim_in=Fraction(1), trim_out=Fraction(5)))
    QTest.keyClick(stage.panel, Qt.Key.Key_Space)
    assert stage.player.last("play") == ("play", 30, 150, False)
    QTest.keyClick(stage.panel, Qt.Key.Key_K)
    assert stage.player.last("pause") == ("pause",)
    stage.panel.go_to(60)
    stage.panel.play_pause()
    assert stage.player.last("play") == ("play", 60, 150, False)


def test_a_loop_begins_where_the_playhead_is(stage: Stage) -> None:
    stage.open(an_entry())
    stage.panel.go_to(60)
    stage.panel.toggle_loop()
    stage.panel.play_pause()
    assert stage.player.asked[-2:] == [("play", 0, 300, True), ("go to", 60)]


def test_appearances_of_the_highlighted_person_are_jumped_through(stage: Stage) -> None:
    stage.open(an_entry())
    stage.panel.next_appearance()  # nobody is highlighted: the first person
    assert stage.panel.frame() == 150
    stage.panel.highlight("p2")
    stage.panel.previous_appearance()
    assert stage.panel.frame() == 50


def test_a_click_on_a_face_highlights_the_person_everywhere(stage: Stage, qtbot: QtBot) -> None:
    stage.open(an_entry(casts=CAST))
    stage.player.show_picture(60)
    layout = stage.panel.canvas.layout_now
    picture = layout.pictures[0]
    at = QPointF(picture.left + 0.7 * picture.width, picture.top + 0.4 * picture.height)
    with qtbot.waitSignal(stage.panel.person_picked, timeout=500) as heard:
        QTest.mouseClick(stage.panel.canvas, Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert heard.args == ["p2"]
    state = stage.panel.timeline.track.state
    assert state is not None
    assert state.highlight == "p2"


def test_a_proof_clip_is_rendered_then_played_over_and_over(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.go_to(100)
    stage.panel.proof_clip()
    assert stage.player.last("proof") == ("proof", 70, 130)
    stage.player.proof_share.emit(30, 60)
    assert stage.panel._strip.works
    stage.player.proof_ready.emit(70, 130)
    assert stage.player.last("play") == ("play", 70, 130, True)
    assert stage.panel._strip.isHidden()


def test_a_proof_can_be_given_up(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.proof_clip()
    button = stage.panel._strip.findChild(QAbstractButton)
    assert button is not None
    button.click()
    assert stage.player.last("cancel") == ("cancel",)
    stage.player.proof_ready.emit(0, 60)  # it was done at that very moment
    assert stage.player.last("play") is None


def test_nothing_is_proved_while_nobody_is_cast(stage: Stage) -> None:
    stage.open(an_entry())
    stage.panel.proof_clip()
    stage.panel.seek_trouble()
    stage.panel.show_hardest()
    assert {asked[0] for asked in stage.player.asked} & {"proof", "seek"} == set()
    assert not stage.panel._transport.button("proof").isEnabled()


def test_trouble_is_sought_within_the_trim_and_gone_through(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST, trim_in=Fraction(1)))
    stage.panel.seek_trouble()
    assert stage.player.last("seek") == ("seek", 30, 300)
    stage.player.troubles_found.emit(((40, 42), (90, 120)))
    assert stage.panel.frame() == 40
    stage.panel.next_trouble()
    assert stage.panel.frame() == 90
    stage.panel.next_trouble()  # there is none
    assert stage.panel.frame() == 90
    stage.panel.previous_trouble()
    assert stage.panel.frame() == 40
    assert "2 places" in stage.panel._strip.words


def test_finding_no_trouble_is_said(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.seek_trouble()
    stage.player.troubles_found.emit(())
    assert stage.panel._strip.words == "No trouble: every cast face was found."


def test_trouble_of_an_older_casting_is_forgotten(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.seek_trouble()
    stage.player.troubles_found.emit(((40, 42),))
    stage.put(an_entry(casts=(EntryCast(person_id="p2", face_id="f1"),)))
    state = stage.panel.timeline.track.state
    assert state is not None
    assert state.troubles == ()


def test_the_sheet_draws_frames_one_after_the_other_and_leads_back(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.go_to(17)
    stage.panel.show_hardest()
    cells = stage.panel._sheet.cells
    assert cells
    first = cells[0].hard.frame
    assert stage.player.last("go to") == ("go to", first)
    stage.player.picture.emit(Pictures(first, an_image(RED), None, "source", missed=False))
    assert not cells[0].is_drawn  # it is only half there
    stage.player.show_picture(first)
    assert cells[0].is_drawn
    assert stage.player.last("go to") == ("go to", cells[1].hard.frame)
    stage.player.failed.emit("This one cannot be drawn.", "")
    assert stage.player.last("go to") == ("go to", cells[2].hard.frame)
    assert stage.panel.frame() == 17
    QTest.keyClick(stage.panel, Qt.Key.Key_Escape)
    assert stage.panel.canvas.isVisible()
    assert stage.panel.frame() == 17


def test_a_cell_of_the_sheet_leads_to_its_frame(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.show_hardest()
    cell = stage.panel._sheet.cells[2]
    cell.click()
    assert stage.panel.canvas.isVisible()
    assert stage.panel.frame() == cell.hard.frame


def test_a_part_that_is_played_shows_the_rendered_side(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    stage.panel.set_mode("before")
    stage.panel.play_part(100, 200)
    assert stage.panel.canvas.mode == "after"
    assert stage.player.last("play") == ("play", 100, 200, False)


def test_where_to_go_in_a_video_can_be_said_before_it_is_there(stage: Stage) -> None:
    one, two = an_entry("e1"), an_entry("e2")
    stage.put(one, two)
    stage.panel.look_at(one.entry_id)
    stage.bridge.waits = True
    stage.panel.look_at(two.entry_id)
    stage.panel.go_to(120)
    while stage.bridge.waiting:
        stage.bridge.finish()
    assert stage.panel.frame() == 120
    assert stage.player.last("go to") == ("go to", 120)


def test_a_part_that_is_asked_for_too_early_is_played_once_the_video_is_there(
    stage: Stage,
) -> None:
    stage.put(an_entry(casts=CAST))
    stage.bridge.waits = True
    stage.panel.look_at(stage.entry.entry_id)
    stage.panel.play_part(100, 200)
    assert stage.player.last("play") is None
    while stage.bridge.waiting:
        stage.bridge.finish()
    assert stage.player.last("play") == ("play", 100, 200, False)


def test_the_simple_view_shows_fewer_buttons_and_its_keys_still_work(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    sought = stage.panel._transport.button("seek trouble")
    assert not sought.isVisible()  # simple is how the app begins
    QTest.keyClick(stage.panel, Qt.Key.Key_I)
    stage.panel.seek_trouble()
    assert stage.player.last("seek") is not None
    stage.bridge.change_settings(lambda settings: replace(settings, simple=False))
    assert sought.isVisible()
    assert stage.panel._transport.button("begin here").isVisible()


def test_everything_is_named_for_screen_readers(stage: Stage) -> None:
    stage.open(an_entry(casts=CAST))
    focusable = [
        widget
        for widget in stage.panel.findChildren(QAbstractButton)
        if widget.isVisible() and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]
    assert focusable
    assert all(widget.accessibleName() for widget in focusable)
    for named in (stage.panel, stage.panel.canvas, stage.panel.timeline.track):
        assert named.accessibleName()
