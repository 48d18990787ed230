"""The chunk map follows the video that is looked at and plays what is finished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fake_bridge import FakeBridge
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from sample_entries import CHUNK_FRAMES, RENDERING, sample_chunks, sample_render, sample_snapshot

from gui.chunks import chunk_map
from gui.chunks.chunk_map import ChunkMap
from gui.chunks.resting import Resting
from gui.chunks.strip import Strip
from orchestrator.desk.entries import EntryId
from orchestrator.errors import JobMissing, JournalBroken
from orchestrator.home import Home
from orchestrator.snapshot import ChunkState

FRAMES = 3620


@pytest.fixture
def bridge(qapp, tmp_path):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def made(qtbot, bridge):
    """The map of the sample's running render, 925 pixels wide."""
    shown = ChunkMap(bridge)
    qtbot.addWidget(shown)
    shown.resize(925, 60)
    shown.show()
    qtbot.waitExposed(shown)
    shown.draw(sample_snapshot())
    shown.look_at(RENDERING)
    return shown


@pytest.fixture
def journal(monkeypatch):
    """Stands in for the job's folder; what it answers can be set."""

    class Journal:
        answer: Resting | Exception = Resting(
            tuple(replace(c, state=ChunkState.STORED) for c in sample_chunks()), FRAMES, FRAMES
        )
        asked: list[str] = []  # noqa: RUF012  # made anew for each test

        def read(self, home, job_id):
            self.asked.append(job_id)
            if isinstance(self.answer, Exception):
                raise self.answer
            return self.answer

    stand_in = Journal()
    stand_in.asked = []
    monkeypatch.setattr(chunk_map, "read_resting", stand_in.read)
    return stand_in


def middle_of(strip: Strip, number: int) -> QPoint:
    cell = strip.cells[number]
    frame = (cell.start_frame + cell.end_frame) / 2
    return QPoint(round(frame * strip.width() / FRAMES), 18)


def later(snapshot, chunks):
    running = snapshot.running
    return replace(snapshot, running=replace(running, seen=replace(running.seen, chunks=chunks)))


def test_every_piece_of_the_running_render_is_a_cell(made):
    assert [cell.state for cell in made.strip.cells] == [c.state for c in sample_chunks()]


def test_a_video_that_never_rendered_has_no_map(made):
    made.look_at(EntryId("e-cast"))
    assert not made.isVisible()
    made.look_at(None)
    assert not made.isVisible()
    made.look_at(RENDERING)
    assert made.isVisible()


def test_a_click_plays_what_is_finished_and_nothing_else(qtbot, made):
    heard = []
    made.part_chosen.connect(lambda start, end: heard.append((start, end)))
    for number in range(len(made.strip.cells)):
        qtbot.mouseClick(made.strip, Qt.MouseButton.LeftButton, pos=middle_of(made.strip, number))
    whole = [(n * CHUNK_FRAMES, (n + 1) * CHUNK_FRAMES) for n in range(4)]
    assert heard == [*whole, (1200, 1400)]  # of the fifth two segments are finished


def test_arrows_walk_the_cells_and_enter_plays(qtbot, made):
    made.strip.setFocus()
    qtbot.keyClick(made.strip, Qt.Key.Key_Right)
    qtbot.keyClick(made.strip, Qt.Key.Key_Right)
    qtbot.keyClick(made.strip, Qt.Key.Key_Left)
    with qtbot.waitSignal(made.part_chosen) as heard:
        qtbot.keyClick(made.strip, Qt.Key.Key_Return)
    assert heard.args == [300, 600]
    qtbot.keyClick(made.strip, Qt.Key.Key_End)
    with qtbot.assertNotEmitted(made.part_chosen):
        qtbot.keyClick(made.strip, Qt.Key.Key_Return)


def test_the_keys_that_walk_are_not_the_windows_while_the_map_has_them(made):
    for key, is_ours in ((Qt.Key.Key_Left, True), (Qt.Key.Key_Home, True), (Qt.Key.Key_I, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Qt.KeyboardModifier.NoModifier)
        event.setAccepted(False)
        QApplication.sendEvent(made.strip, event)
        assert event.isAccepted() is is_ours


def test_a_screen_reader_hears_the_cell_that_is_walked_to(qtbot, made):
    made.strip.setFocus()
    qtbot.keyClick(made.strip, Qt.Key.Key_End)
    assert made.strip.accessibleDescription().endswith("Waiting")
    qtbot.keyClick(made.strip, Qt.Key.Key_Home)
    assert "Rendered and checked" in made.strip.accessibleDescription()


def test_pointing_tells_the_frame_and_leaving_tells_none(qtbot, made):
    heard = []
    made.frame_hovered.connect(heard.append)
    qtbot.mouseMove(made.strip, middle_of(made.strip, 4))
    qtbot.waitUntil(lambda: bool(heard))
    assert 1340 <= heard[-1] <= 1360
    QApplication.sendEvent(made.strip, QEvent(QEvent.Type.Leave))
    assert heard[-1] == -1


def test_a_cell_and_a_mark_say_what_they_are(made):
    strip = made.strip
    at = middle_of(strip, 5)
    event = QHelpEvent(QEvent.Type.ToolTip, at, strip.mapToGlobal(at))
    QApplication.sendEvent(strip, event)
    assert "Being rendered by worker 3" in QToolTip.text()
    mark = QPoint(round(1640 * strip.width() / FRAMES), 3)
    QApplication.sendEvent(strip, QHelpEvent(QEvent.Type.ToolTip, mark, strip.mapToGlobal(mark)))
    assert QToolTip.text().startswith("Worker 2 went away here")
    QToolTip.hideText()


def test_progress_paints_one_cell_and_not_the_map(qtbot, made):
    painted = []
    made.strip.paintEvent = lambda event: painted.append(event.rect())
    qtbot.waitUntil(lambda: not made.strip.testAttribute(Qt.WidgetAttribute.WA_PendingUpdate))
    painted.clear()
    chunks = sample_chunks()
    more = (*chunks[:5], replace(chunks[5], frames_done=140), *chunks[6:])
    made.draw(later(sample_snapshot(), more))
    qtbot.waitUntil(lambda: bool(painted))
    assert max(rect.width() for rect in painted) < made.strip.width() / 8


def test_a_snapshot_without_news_paints_nothing(qtbot, made):
    painted = []
    snapshot = sample_snapshot()
    made.draw(snapshot)
    qtbot.waitUntil(lambda: not made.strip.testAttribute(Qt.WidgetAttribute.WA_PendingUpdate))
    made.strip.paintEvent = lambda event: painted.append(event.rect())
    made.draw(replace(snapshot, undo="move"))
    QApplication.processEvents()
    assert painted == []


def test_a_render_at_rest_is_read_from_its_journal_once(made, journal):
    made.look_at(EntryId("e-stopped"))
    made.draw(sample_snapshot())
    first = len(journal.asked)
    entries = sample_snapshot().entries
    snapshot = replace(sample_snapshot(), entries=entries)
    made.draw(snapshot)
    made.draw(replace(snapshot, undo="move"))
    assert journal.asked[0] == "20260313-184455-ef56"
    assert len(journal.asked) <= first + 1
    assert {cell.state for cell in made.strip.cells} == {ChunkState.STORED}


def test_when_a_render_ends_its_map_stays_until_the_journal_was_read(made, journal, bridge):
    kept = []
    bridge.run = lambda call, then=None, otherwise=None: kept.append((call, then))
    done = replace(sample_snapshot().entries[0], state="done")
    after = replace(sample_snapshot(), running=None, entries=(done, *sample_snapshot().entries[1:]))
    made.draw(after)
    assert made.isVisible()
    assert made.strip.cells[4].state is ChunkState.RENDERING
    call, then = kept[0]
    then(call())
    assert made.strip.cells[4].state is ChunkState.STORED


def test_an_answer_that_comes_late_does_not_show_another_videos_pieces(made, journal, bridge):
    kept = []
    bridge.run = lambda call, then=None, otherwise=None: kept.append((call, then))
    made.look_at(EntryId("e-stopped"))
    made.look_at(EntryId("e-cast"))
    call, then = kept[0]
    then(call())
    assert not made.isVisible()


def test_a_job_whose_folder_is_gone_has_no_map(made, journal):
    journal.answer = JobMissing("There is no such job.", "")
    made.look_at(EntryId("e-stopped"))
    assert not made.isVisible()


def test_a_journal_that_cannot_be_read_is_told(made, journal):
    journal.answer = JournalBroken("The journal is damaged.", "Render again.")
    made.look_at(EntryId("e-stopped"))
    assert made.isVisible()
    assert not made.strip.isVisible()
    assert any("journal is damaged" in label.text() for label in made.findChildren(QLabel))


def test_a_narrow_map_says_its_legend_in_numbers(qtbot, made):
    def said():
        return {label.text() for label in made.findChildren(QLabel) if label.isVisible()}

    assert "Waiting: 6" in said()
    made.resize(420, 60)
    qtbot.waitUntil(lambda: "Waiting: 6" not in said())
    assert "6" in said()
    assert made.minimumSizeHint().width() <= 420


def test_five_thousand_pieces_are_a_few_hundred_cells(made):
    chunk = sample_chunks(FRAMES)[0]
    many = tuple(
        replace(chunk, chunk_id=f"c{n}", start_frame=n, end_frame=n + 1, frames_done=1)
        for n in range(FRAMES)
    )
    made.draw(later(sample_snapshot(), many))
    assert len(made.strip.cells) <= made.strip.width() / 2
    assert made.strip.cells[-1].end_frame == FRAMES


def test_a_trimmed_render_lies_where_it_is_in_the_video(made):
    part = sample_chunks()[6:9]
    made.draw(later(sample_snapshot(), part))
    assert made.strip.cells[0].start_frame == 1800
    left = made.strip._rect_of(0).left()
    assert left == pytest.approx(1800 / FRAMES * made.strip.width(), abs=1)


def test_marks_stay_when_the_render_comes_to_rest(made, journal):
    assert sample_render().interrupted_at
    rested = replace(sample_snapshot().entries[0], state="stopped")
    made.draw(replace(sample_snapshot(), running=None, entries=(rested,)))
    assert any("Interrupted: 1" in label.text() for label in made.findChildren(QLabel))
