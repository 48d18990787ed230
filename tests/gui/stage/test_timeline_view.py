"""Test what is drawn on the timeline and done on it with the mouse and with keys."""

from __future__ import annotations

import time
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.stage.rows import CalledBy, PersonRow
from gui.stage.timeline import TimelineView
from gui.stage.track_state import HEAD_PX, ROW_PX, RULER_PX, TrackState
from orchestrator.desk.timeline import Timeline
from tests.gui.stage.fake_stage import an_index

LEFT = Qt.MouseButton.LeftButton


def a_row(number: int, *runs: tuple[int, int], **changed: Any) -> PersonRow:
    return PersonRow(
        person_id=f"p{number}",
        unsure=False,
        called=CalledBy(number),
        hue=number,
        crop=None,
        runs=runs,
        **changed,
    )


ROWS = (
    a_row(1, (0, 100), (200, 300), cast_runs=((0, 100),), worn=("Grace",)),
    a_row(2, (150, 260)),
)


@pytest.fixture
def view(qtbot: QtBot) -> TimelineView:
    made = TimelineView()
    qtbot.addWidget(made)
    made.resize(HEAD_PX + 12 + 600, 120)
    made.show()
    made.set_video(Timeline(300, (), an_index(300)), ROWS)
    return made


def state_of(view: TimelineView) -> TrackState:
    assert view.track.state is not None
    return view.track.state


def at_frame(view: TimelineView, frame: float, y: int) -> QPoint:
    return QPoint(round(HEAD_PX + frame * 2), y)


def drag(view: TimelineView, start: QPoint, end: QPoint) -> None:
    track = view.track
    QTest.mousePress(track, LEFT, pos=start)
    for step in range(1, 5):
        at = QPointF(start + (end - start) * step / 4)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            at,
            track.mapToGlobal(at),
            LEFT,
            LEFT,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(track, event)
    QTest.mouseRelease(track, LEFT, pos=end)


def wheel(view: TimelineView, at: QPoint, notches: int, modifier: Qt.KeyboardModifier) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.track.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003  # Qt takes no names here
    )
    QApplication.sendEvent(view.track, event)


def test_a_click_in_the_ruler_goes_there(view: TimelineView) -> None:
    frames: list[int] = []
    view.frame_asked.connect(frames.append)
    QTest.mouseClick(view.track, LEFT, pos=at_frame(view, 120.5, 8))
    assert frames == [120]


def test_dragging_the_playhead_goes_through_the_frames(view: TimelineView) -> None:
    frames: list[int] = []
    held: list[bool] = []
    view.frame_asked.connect(frames.append)
    view.held.connect(held.append)
    drag(view, at_frame(view, 40.5, 8), at_frame(view, 80.5, 8))
    assert frames == [40, 50, 60, 70, 80]
    assert held == [True, False]


def test_a_click_on_a_bar_goes_there_and_picks_the_person(view: TimelineView) -> None:
    frames: list[int] = []
    people: list[object] = []
    view.frame_asked.connect(frames.append)
    view.person_picked.connect(people.append)
    second = RULER_PX + ROW_PX + 12
    QTest.mouseClick(view.track, LEFT, pos=at_frame(view, 200.5, second))
    assert (frames, people) == ([200], ["p2"])
    QTest.mouseClick(view.track, LEFT, pos=at_frame(view, 20.5, second))
    assert people == ["p2"]  # nothing of theirs is there


def test_a_click_on_a_name_picks_and_lets_go(view: TimelineView) -> None:
    people: list[object] = []
    view.person_picked.connect(people.append)
    view.person_picked.connect(view.set_highlight)
    QTest.mouseClick(view.track, LEFT, pos=QPoint(60, RULER_PX + 10))
    QTest.mouseClick(view.track, LEFT, pos=QPoint(60, RULER_PX + 10))
    assert people == ["p1", None]


def test_pulling_the_first_handle_trims_the_begin(view: TimelineView) -> None:
    asked: list[tuple[int, int]] = []
    frames: list[int] = []
    view.trim_asked.connect(lambda start, end: asked.append((start, end)))
    view.frame_asked.connect(frames.append)
    drag(view, QPoint(HEAD_PX - 4, 10), at_frame(view, 60, 10))
    assert asked == [(60, 300)]
    assert frames[-1] == 60  # the first frame that stays is shown while pulling


def test_handles_never_pass_each_other(view: TimelineView) -> None:
    asked: list[tuple[int, int]] = []
    view.trim_asked.connect(lambda start, end: asked.append((start, end)))
    view.set_trim((100, 200))
    drag(view, at_frame(view, 200, 10) + QPoint(4, 0), at_frame(view, 20, 10))
    drag(view, at_frame(view, 100, 10) - QPoint(4, 0), at_frame(view, 290, 10))
    assert asked == [(100, 101), (100, 101)]
    view.set_trim((100, 200))
    drag(view, at_frame(view, 100, 10) - QPoint(4, 0), at_frame(view, 290, 10))
    assert asked[-1] == (199, 200)


def test_a_trim_that_may_not_change_does_not(view: TimelineView) -> None:
    asked: list[object] = []
    view.trim_asked.connect(lambda *trim: asked.append(trim))
    view.set_can_trim(False)
    drag(view, QPoint(HEAD_PX - 4, 10), at_frame(view, 60, 10))
    assert asked == []
    assert state_of(view).trim == (0, 300)


def test_a_click_on_a_triangle_goes_to_where_the_trouble_begins(view: TimelineView) -> None:
    frames: list[int] = []
    view.set_troubles(((90, 91), (200, 240)))
    view.frame_asked.connect(frames.append)
    QTest.mouseClick(view.track, LEFT, pos=at_frame(view, 220, RULER_PX + 8))
    QTest.mouseClick(view.track, LEFT, pos=at_frame(view, 92, RULER_PX + 8))
    assert frames == [200, 90]


def test_ctrl_and_wheel_zoom_time_at_the_pointer(view: TimelineView) -> None:
    at = at_frame(view, 100, 40)
    wheel(view, at, 6, Qt.KeyboardModifier.ControlModifier)
    axis = state_of(view).axis
    assert axis.seen_s < 10 / 3
    assert axis.seconds_at(at.x()) == pytest.approx(100 / 30, abs=0.02)
    wheel(view, at, -20, Qt.KeyboardModifier.ControlModifier)
    assert state_of(view).axis.shown_s is None


def test_the_timeline_follows_the_playhead_when_it_leaves_what_is_seen(
    view: TimelineView,
) -> None:
    wheel(view, at_frame(view, 0, 40), 10, Qt.KeyboardModifier.ControlModifier)
    view.set_frame(290)
    axis = state_of(view).axis
    assert axis.start_s <= 290 / 30 <= axis.end_s


def test_keys_go_from_person_to_person(view: TimelineView) -> None:
    people: list[object] = []
    view.person_picked.connect(people.append)
    view.person_picked.connect(view.set_highlight)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(view.track, key)
    assert people == ["p1", "p2", "p2", "p1"]
    assert "Person 1 as Grace" in view.track.accessibleDescription()


def test_many_people_are_folded_away_until_they_are_wanted(qtbot: QtBot) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(800, 230)
    view.show()
    rows = tuple(a_row(n, (n, n + 50)) for n in range(1, 19))
    view.set_video(Timeline(300, (), an_index(300)), rows)
    assert len(state_of(view).shown_rows) == 6
    assert state_of(view).folded_away == 12
    QTest.mouseClick(view.track, LEFT, pos=QPoint(40, RULER_PX + 6 * ROW_PX + 10))
    assert state_of(view).folded_away == 0
    wheel(view, QPoint(400, 100), -3, Qt.KeyboardModifier.NoModifier)
    assert state_of(view).first_row > 0


def test_a_person_that_is_folded_away_is_unfolded_when_highlighted(view: TimelineView) -> None:
    view.set_rows(tuple(a_row(n, (n, n + 50)) for n in range(1, 19)))
    view.set_highlight("p15")
    assert state_of(view).folded_away == 0


def test_the_playhead_and_the_trim_are_told_to_screen_readers(view: TimelineView) -> None:
    view.set_trim((30, 270))
    view.set_frame(60)
    assert view.track.accessibleName() == "Timeline"
    told = view.track.accessibleDescription()
    assert "0:02.00 · frame 60" in told
    assert "Rendered from frame 30 to 269" in told


def test_only_where_the_playhead_was_and_is_is_painted(view: TimelineView) -> None:
    view.set_frame(10)
    QTest.qWait(20)
    stills = view.track._still.cacheKey()
    view.set_frame(200)
    view.track.grab()
    assert view.track._still.cacheKey() == stills


@pytest.mark.parametrize("frames", [1, 10, 400_000])
def test_short_and_very_long_videos_are_drawn(qtbot: QtBot, frames: int) -> None:
    view = TimelineView()
    qtbot.addWidget(view)
    view.resize(900, 160)
    runs = tuple((n, min(n + 7, frames)) for n in range(0, frames, 11))
    view.set_video(Timeline(frames, (), an_index(frames)), (a_row(1, *runs),))
    began_s = time.thread_time()
    view.set_frame(frames - 1)
    view.track.grab()
    assert time.thread_time() - began_s < 5  # computing; far above what it takes


def test_nothing_is_drawn_without_a_video(view: TimelineView) -> None:
    view.set_video(None)
    view.set_frame(5)
    view.track.grab()
    QTest.mouseClick(view.track, LEFT, pos=QPoint(300, 10))
    assert view.track.accessibleDescription() == ""
