"""The model tells a list of exactly what changed, and keeps Qt's rules."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from sample_entries import RENDERING, many_entries, sample_entries, sample_running

from gui.queue.model import MIME, QueueModel
from gui.queue.rows import Standing
from gui.queue.standing import Stander
from orchestrator.desk import changes
from orchestrator.desk.entries import EntryId
from orchestrator.desk.snapshot import DeskSnapshot


@pytest.fixture
def model(qapp, qtmodeltester):
    made = QueueModel()
    tester = QAbstractItemModelTester(
        made, QAbstractItemModelTester.FailureReportingMode.Fatal, made
    )
    made.show(sample_entries(), Standing())
    qtmodeltester.check(made)
    yield made
    del tester


def heard(model):
    """Return a list that fills with the rows that are told to have changed."""
    rows: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda top, bottom: rows.append((top.row(), bottom.row())))
    return rows


def ids(model):
    return [entry.entry_id for entry in model.entries]


def test_the_model_shows_the_queue_in_its_order(model):
    assert ids(model) == [entry.entry_id for entry in sample_entries()]


@pytest.mark.parametrize(
    "change",
    [
        lambda e: changes.moved(e, {e[3].entry_id, e[9].entry_id}, e[0].entry_id),
        lambda e: changes.moved(e, {e[0].entry_id}, None),
        lambda e: changes.removed(e, {e[2].entry_id, e[3].entry_id, e[8].entry_id}),
        lambda e: changes.duplicated(
            e, {e[1].entry_id, e[5].entry_id}, [EntryId("x1"), EntryId("x2")]
        ),
        lambda e: (),
    ],
)
def test_it_follows_every_change_by_qts_rules(model, change):
    after = change(sample_entries())
    model.show(after, Standing())
    assert ids(model) == [entry.entry_id for entry in after]


def test_only_the_row_whose_entry_is_another_one_is_told(model):
    entries, standing = sample_entries(), Standing()
    model.show(entries, standing)
    rows = heard(model)
    same = changes.trimmed(entries, EntryId("e-cast"), None, None)
    model.show(same, standing)
    assert rows == []
    model.show(changes.cast(same, EntryId("e-cast"), "p2", ()), standing)
    assert rows == [(6, 6)]


def test_progress_tells_only_the_running_row(model):
    entries = sample_entries()
    stander = Stander()
    first = DeskSnapshot(entries=entries, loaded=True, running=sample_running())
    model.show(entries, stander.standing(first, {}))
    rows = heard(model)
    later = replace(first, running=sample_running())
    model.show(entries, stander.standing(later, {}))
    assert rows == [(0, 0)]


def test_a_snapshot_with_nothing_new_tells_nothing(model):
    entries = sample_entries()
    stander = Stander()
    snapshot = DeskSnapshot(entries=entries, loaded=True, running=sample_running())
    model.show(entries, stander.standing(snapshot, {}))
    rows = heard(model)
    model.show(entries, stander.standing(snapshot, {}))
    assert rows == []


def test_what_is_selected_stays_so_when_it_moves(model, qapp):
    selection = QItemSelectionModel(model)
    select = QItemSelectionModel.SelectionFlag.Select
    for row in (3, 4):
        selection.select(model.index(row), select)
    entries = changes.moved(sample_entries(), {EntryId("e-looking")}, None)
    model.show(entries, Standing())
    chosen = {model.entries[index.row()].entry_id for index in selection.selectedIndexes()}
    assert chosen == {"e-looking", "e-new"}


def test_a_queue_in_quite_another_order_is_still_shown_whole(qapp, qtmodeltester):
    made = QueueModel()
    entries = many_entries(400)
    made.show(entries, Standing())
    made.show(tuple(reversed(entries)), Standing())
    assert ids(made) == [entry.entry_id for entry in reversed(entries)]


def test_the_filter_hides_and_shows_without_losing_the_order(model):
    model.filter("trouble", "")
    assert ids(model) == ["e-refused", "e-notallowed", "e-failed"]
    model.filter("all", "pier")
    assert ids(model) == ["e-done"]
    model.filter("all", "")
    assert ids(model) == [entry.entry_id for entry in sample_entries()]


def test_a_video_that_is_done_leaves_the_filter_of_those_to_do(model):
    model.filter("todo", "")
    assert RENDERING in ids(model)
    model.show(changes.ended(sample_entries(), RENDERING, "done"), Standing())
    assert RENDERING not in ids(model)


def test_a_row_says_all_to_a_screen_reader_and_its_path_as_a_tip(model):
    index = model.index(6)
    spoken = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Two at the table.mp4, Ready – 2 faces cast, 2 people, 1:02"
    assert "/home/ada/Videos/Two at the table.mp4" in model.data(index, Qt.ItemDataRole.ToolTipRole)


def test_a_drag_carries_the_ids_in_the_queues_order(model):
    carried = model.mimeData([model.index(5), model.index(2)])
    assert bytes(carried.data(MIME).data()).decode().split("\n") == ["e-queued", "e-uncast"]
