"""The queue on the left does what its keys, menu, buttons and drops say."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QMenu, QPushButton, QToolButton
from sample_entries import (
    LONG_NAME,
    RENDERING,
    draw_thumbnails,
    entry,
    many_entries,
    sample_entries,
)

from gui.queue.details import DetailsCard
from gui.queue.header import QueueHeader
from gui.queue.menu import menu_for
from gui.queue.model import MIME, QueueModel
from gui.queue.pages import QueuePage, TroubleStrip, UndoStrip
from gui.queue.panel import QueuePanel
from gui.queue.rename import RenameDialog
from gui.queue.view import QueueView
from gui.speaking import Speaking
from orchestrator.desk.entries import WAITING, EntryId, Trouble, Where
from orchestrator.desk.snapshot import DeskSnapshot
from remote_worker.contract.records import JobId

QUEUE_TROUBLE = Trouble("queue_broken", "It cannot be kept.", "Free some space.")


def view_of(panel) -> QueueView:
    return panel.findChild(QueueView)


def rows_of(panel) -> QueueModel:
    return panel.findChild(QueueModel)


def order(bridge):
    return [each.entry_id for each in bridge.snapshot.entries]


def press(qtbot, panel, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(view_of(panel), key, modifier)


def also_select(panel, entry_id):
    model = rows_of(panel)
    row = next(n for n, e in enumerate(model.entries) if e.entry_id == entry_id)
    flag = QItemSelectionModel.SelectionFlag.Select
    view_of(panel).selectionModel().select(view_of(panel).index_of(row), flag)


def said_of(panel, entry_id):
    model = rows_of(panel)
    row = next(n for n, e in enumerate(model.entries) if e.entry_id == entry_id)
    return model.row(row).line


# -- selection -------------------------------------------------------------------------------


def test_what_renders_is_selected_when_the_queue_is_opened(panel):
    assert panel.selected() == (RENDERING,)


def test_a_video_that_is_dropped_into_an_empty_queue_is_selected(qtbot, bridge):
    panel = QueuePanel(bridge)
    qtbot.addWidget(panel)
    bridge.changed.connect(panel.draw)
    bridge.show(DeskSnapshot(loaded=True))
    with qtbot.waitSignal(panel.selection_changed) as heard:
        bridge.show(DeskSnapshot(loaded=True, entries=sample_entries()[3:5]))
    assert heard.args == [("e-looking",)]


def test_a_video_that_comes_in_later_does_not_take_the_selection(panel, bridge):
    panel.select(EntryId("e-done"))
    more = (*bridge.snapshot.entries, entry("e-more", "More.mp4"))
    bridge.show(replace(bridge.snapshot, entries=more))
    assert panel.selected() == ("e-done",)


def test_after_a_removal_its_neighbour_is_selected(qtbot, panel):
    panel.select(EntryId("e-cast"))
    press(qtbot, panel, Qt.Key.Key_Delete)
    assert panel.selected() in {("e-uncast",), ("e-nobody",)}


def test_selecting_a_hidden_video_lets_the_filter_go(panel):
    panel.findChild(QComboBox).setCurrentIndex(2)
    assert len(rows_of(panel).entries) == 2
    panel.select(EntryId("e-failed"))
    assert panel.selected() == ("e-failed",)


def test_the_selection_outlives_a_queue_that_is_shown_anew(qtbot, bridge):
    panel = QueuePanel(bridge)
    qtbot.addWidget(panel)
    bridge.changed.connect(panel.draw)
    entries = many_entries(300)
    bridge.show(DeskSnapshot(loaded=True, entries=entries))
    panel.select(EntryId("e100"))
    also_select(panel, "e7")
    bridge.show(DeskSnapshot(loaded=True, entries=tuple(reversed(entries))))
    assert set(panel.selected()) == {"e7", "e100"}


# -- keys ------------------------------------------------------------------------------------


def test_alt_and_arrows_move_what_is_selected_and_keep_it_selected(qtbot, panel, bridge):
    panel.select(EntryId("e-cast"))
    press(qtbot, panel, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert order(bridge).index("e-cast") == 5
    press(qtbot, panel, Qt.Key.Key_End, Qt.KeyboardModifier.AltModifier)
    assert order(bridge)[-1] == "e-cast"
    press(qtbot, panel, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert order(bridge)[0] == "e-cast"
    assert panel.selected() == ("e-cast",)


def test_several_move_together(qtbot, panel, bridge):
    panel.select(EntryId("e-cast"))
    also_select(panel, "e-done")
    press(qtbot, panel, Qt.Key.Key_Home, Qt.KeyboardModifier.AltModifier)
    assert order(bridge)[:2] == ["e-cast", "e-done"]


def test_delete_removes_and_undo_is_one_press_away(qtbot, panel, bridge):
    panel.select(EntryId("e-cast"))
    press(qtbot, panel, Qt.Key.Key_Delete)
    assert "e-cast" not in order(bridge)
    strip = panel.findChild(UndoStrip)
    assert strip.isVisible()
    qtbot.mouseClick(strip.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert ("undo", None) in bridge.desk.orders
    assert not strip.isVisible()


def test_the_offer_to_undo_goes_once_something_else_was_done(panel, bridge):
    panel.select(EntryId("e-cast"))
    panel.do("remove")
    bridge.show(replace(bridge.snapshot, undo="remove"))
    assert panel.findChild(UndoStrip).isVisible()
    bridge.show(replace(bridge.snapshot, undo="move"))
    assert not panel.findChild(UndoStrip).isVisible()


def test_enter_renders_what_is_cast_and_plays_what_is_done(qtbot, panel, bridge):
    panel.select(EntryId("e-cast"))
    press(qtbot, panel, Qt.Key.Key_Return)
    assert ("queue", ("e-cast",)) in bridge.desk.orders
    panel.select(EntryId("e-done"))
    with qtbot.waitSignal(panel.play_asked) as heard:
        press(qtbot, panel, Qt.Key.Key_Return)
    assert heard.args == ["e-done"]


def test_typing_a_name_goes_to_it(qtbot, panel):
    qtbot.keyClicks(view_of(panel), "nig")
    assert panel.selected() == ("e-stopped",)


def test_control_a_selects_all(qtbot, panel):
    press(qtbot, panel, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(panel.selected()) == len(sample_entries())


def test_a_key_that_cannot_do_anything_does_nothing(qtbot, panel, bridge):
    press(qtbot, panel, Qt.Key.Key_Delete)  # what renders stays
    press(qtbot, panel, Qt.Key.Key_F2)
    assert bridge.desk.orders == []


# -- what the window calls -------------------------------------------------------------------


def test_the_window_hears_when_something_else_can_be_done(qtbot, panel):
    assert not panel.can("remove")
    with qtbot.waitSignal(panel.can_changed):
        panel.select(EntryId("e-cast"))
    assert panel.can("remove")
    assert panel.can("render")


def test_duplicating_keeps_the_settings_and_makes_a_draft(panel, bridge):
    panel.select(EntryId("e-done"))
    panel.do("duplicate")
    at = order(bridge).index("e-done")
    done, copy = bridge.snapshot.entries[at : at + 2]
    assert (copy.casts, copy.state, copy.result) == (done.casts, "ready", None)
    assert copy.entry_id != done.entry_id


def test_trying_again_looks_at_the_refused_and_queues_the_failed(panel, bridge):
    panel.select(EntryId("e-refused"))
    also_select(panel, "e-failed")
    panel.do("retry")
    states = {e.entry_id: e.state for e in bridge.snapshot.entries}
    assert (states["e-refused"], states["e-failed"]) == ("new", "queued")


def test_rendering_again_queues_a_finished_video(panel, bridge):
    panel.select(EntryId("e-done"))
    panel.do("again")
    assert bridge.snapshot.entry(EntryId("e-done")).state == "queued"


def test_cancelling_takes_the_waiting_out_of_the_line_and_ends_the_running(panel, bridge):
    panel.select(EntryId("e-queued"))
    also_select(panel, RENDERING)
    panel.do("cancel")
    assert bridge.snapshot.entry(EntryId("e-queued")).state == "ready"
    assert ("cancel", RENDERING) in bridge.desk.orders


def test_render_in_a_paused_queue_goes_on(panel, bridge):
    rested = tuple(replace(e, state="queued") if e.state == "rendering" else e
                   for e in bridge.snapshot.entries)  # fmt: skip
    bridge.show(replace(bridge.snapshot, entries=rested, running=None, paused=True))
    panel.select(EntryId("e-cast"))
    panel.do("render")
    assert ("go_on", None) in bridge.desk.orders


def test_the_output_is_renamed_and_only_to_what_a_file_can_be_called(qtbot, panel, bridge):
    panel.select(EntryId("e-cast"))
    panel.do("rename")
    dialog = panel.findChild(RenameDialog)
    field = dialog.findChild(QLineEdit)
    field.setText("a/b")
    dialog.accept()
    assert bridge.desk.orders == []
    field.setText("Table, final")
    dialog.accept()
    assert bridge.snapshot.entry(EntryId("e-cast")).output.name == "Table, final"


def test_what_went_wrong_is_copied_with_its_advice(panel):
    panel.select(EntryId("e-failed"))
    panel.do("copy_error")
    copied = QGuiApplication.clipboard().text()
    assert "Harbour crane.mp4" in copied
    assert "212 MiB free" in copied
    assert "no_room" in copied


def test_the_address_of_a_render_elsewhere_is_copied_once_there_is_one(qtbot, panel, bridge):
    entry = bridge.snapshot.entry(EntryId("e-rendering"))
    elsewhere = replace(entry, where=Where(kind="aws"), job_id=JobId("job-7"))
    others = tuple(e for e in bridge.snapshot.entries if e.entry_id != entry.entry_id)
    bridge.show(replace(bridge.snapshot, entries=(elsewhere, *others)))
    panel.select(elsewhere.entry_id)
    with qtbot.waitSignal(bridge.troubled):
        panel.do("copy_address")
    bridge.home.job(JobId("job-7")).mkdir(parents=True)
    (bridge.home.job(JobId("job-7")) / "address").write_text("s3://b/jobs/job-7#job-7")
    panel.do("copy_address")
    assert QGuiApplication.clipboard().text() == "s3://b/jobs/job-7#job-7"


def test_a_file_that_is_gone_is_told_and_not_ignored(qtbot, panel, bridge):
    panel.select(EntryId("e-done"))
    with qtbot.waitSignal(bridge.troubled) as heard:
        panel.do("show")
    assert "Pier at noon-secondunit.mp4 is not in" in heard.args[0]


def test_the_menu_offers_what_can_be_done(panel):
    panel.select(EntryId("e-failed"))
    menu = menu_for(panel.offers, panel.do, panel)
    usable = [a.text() for a in menu.actions() if a.text() and a.isEnabled()]
    assert usable == [
        "Try again",
        "Urgent: render before the others",
        "Move to the top",
        "Move to the bottom",
        "Duplicate with its settings",
        "Rename the output…",
        "Show in folder",
        "Copy what went wrong",
        "Remove from the queue",
    ]


def urgent_in(panel):
    """Return what the menu says of it: whether it can be chosen, and is checked."""
    menu = menu_for(panel.offers, panel.do, panel, urgent=panel.is_urgent())
    action = next(a for a in menu.actions() if a.text().startswith("Urgent"))
    assert action.isCheckable()
    return action.isEnabled(), action.isChecked()


def test_an_urgent_video_goes_first_is_marked_and_can_be_so_no_more(panel, bridge):
    waiting = [e.entry_id for e in bridge.snapshot.entries if e.state in WAITING]
    panel.select(EntryId(waiting[-1]))
    assert urgent_in(panel) == (True, False)
    # Qt's own test of a key would leave Ctrl held for the tests that come after.
    control = Qt.KeyboardModifier.ControlModifier
    view_of(panel).keyPressEvent(QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_U, control))
    assert urgent_in(panel) == (True, True)
    now = [e.entry_id for e in bridge.snapshot.entries if e.state in WAITING]
    assert now == [waiting[-1], *waiting[:-1]]
    assert rows_of(panel).row(rows_of(panel).row_of(waiting[-1])).urgent
    also_select(panel, waiting[0])
    assert urgent_in(panel) == (True, False), "not all of them are"
    panel.toggle_urgent_selected()
    assert urgent_in(panel) == (True, True)
    panel.toggle_urgent_selected()
    assert not any(e.urgent for e in bridge.snapshot.entries)


def test_what_is_being_rendered_or_over_cannot_become_urgent(panel):
    for name in ("e-done", RENDERING):
        panel.select(EntryId(name))
        assert urgent_in(panel) == (False, False)


def test_the_menu_opens_by_key_and_goes_away(qtbot, panel):
    view_of(panel).menu_asked.emit(QPoint(10, 10))
    (menu,) = panel.findChildren(QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly)
    assert menu.isVisible()
    menu.close()
    qtbot.waitUntil(lambda: not panel.findChildren(
        QMenu, options=Qt.FindChildOption.FindDirectChildrenOnly))  # fmt: skip


# -- dragging --------------------------------------------------------------------------------


def drag(panel, carried: QMimeData, row: float, *, drop: bool = True) -> bool:
    """Drag over the list to the top of a row, and drop; return whether it is taken."""
    view = view_of(panel)
    rect = view.visualRect(view.index_of(0))
    at = QPoint(60, round(rect.top() + row * rect.height()))
    both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    button, plain = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(at), both, carried, button, plain)
    QApplication.sendEvent(view.viewport(), enter)
    if not enter.isAccepted():
        return False
    move = QDragMoveEvent(QPointF(at), both, carried, button, plain)
    QApplication.sendEvent(view.viewport(), move)
    if drop:
        event = QDropEvent(QPointF(at), both, carried, button, plain)
        QApplication.sendEvent(view.viewport(), event)
    return move.isAccepted()


def videos(panel, *ids) -> QMimeData:
    carried = QMimeData()
    carried.setData(MIME, "\n".join(ids).encode())
    return carried


def files(*names) -> QMimeData:
    carried = QMimeData()
    carried.setUrls([QUrl.fromLocalFile(str(name)) for name in names])
    return carried


def test_dragging_puts_videos_where_the_line_showed(panel, bridge):
    assert drag(panel, videos(panel, "e-cast", "e-nobody"), 2)
    assert order(bridge)[:5] == ["e-rendering", "e-resumes", "e-cast", "e-nobody", "e-queued"]


def test_the_line_is_seen_while_dragging_and_gone_after(panel):
    view = view_of(panel)
    before = view.grab().toImage()
    drag(panel, videos(panel, "e-cast"), 3, drop=False)
    assert view.grab().toImage() != before
    QApplication.sendEvent(view.viewport(), QDragLeaveEvent())
    assert view.grab().toImage() == before


def test_files_come_in_where_they_are_dropped(panel, bridge, tmp_path):
    output = str(tmp_path / "out")
    bridge.change_settings(lambda settings: replace(settings, output_folder=output))
    names = [tmp_path / "one.mp4", tmp_path / "two.mov"]
    assert drag(panel, files(*names), 1)
    fresh = bridge.snapshot.entries[1:3]
    assert [Path(e.source) for e in fresh] == names
    assert [e.output.folder for e in fresh] == [output, output]
    assert panel.selected() == (fresh[0].entry_id,)


def test_a_folder_brings_in_the_videos_that_are_in_it(panel, bridge, tmp_path):
    card = tmp_path / "card"
    card.mkdir()
    for name in ("b.mp4", "a.MOV", "notes.txt"):
        (card / name).write_bytes(b"x")
    drag(panel, files(card), 0)
    assert [Path(e.source).name for e in bridge.snapshot.entries[:2]] == ["a.MOV", "b.mp4"]


def test_a_folder_without_videos_is_told_and_adds_nothing(qtbot, panel, bridge, tmp_path):
    (tmp_path / "empty").mkdir()
    before = order(bridge)
    with qtbot.waitSignal(bridge.troubled):
        drag(panel, files(tmp_path / "empty"), 0)
    assert order(bridge) == before


def test_photos_are_left_to_the_window(panel, tmp_path):
    assert not drag(panel, files(tmp_path / "grace.jpg"), 0)
    assert not drag(panel, files(tmp_path / "grace.jpg", tmp_path / "one.mp4"), 0)


# -- header ----------------------------------------------------------------------------------


def run_button(panel) -> QPushButton:
    return panel.findChild(QueueHeader).findChild(QPushButton)


def test_the_main_button_says_what_it_will_do_and_does_it(qtbot, panel, bridge):
    assert run_button(panel).text() == "Pause after this piece"
    qtbot.mouseClick(run_button(panel), Qt.MouseButton.LeftButton)
    assert bridge.desk.orders == [("pause", None)]
    bridge.show(replace(bridge.snapshot, paused=True, stopping=True))
    assert not run_button(panel).isEnabled()
    assert run_button(panel).text() == "Finishing the piece…"


def test_render_all_renders_what_is_cast_and_nothing_else(qtbot, panel, bridge):
    entries = tuple(e for e in bridge.snapshot.entries if e.state in ("ready", "done"))
    bridge.show(DeskSnapshot(loaded=True, entries=entries))
    assert run_button(panel).text() == "Render 3 videos"
    qtbot.mouseClick(run_button(panel), Qt.MouseButton.LeftButton)
    assert ("queue", ("e-cast", "e-long", "e-rtl")) in bridge.desk.orders


def test_go_on_is_offered_when_the_queue_rests(qtbot, panel, bridge):
    entries = tuple(replace(e, state="queued") for e in bridge.snapshot.entries[:3])
    bridge.show(DeskSnapshot(loaded=True, entries=entries, paused=True))
    assert run_button(panel).text() == "Go on"
    qtbot.mouseClick(run_button(panel), Qt.MouseButton.LeftButton)
    assert bridge.desk.orders == [("go_on", None)]


def test_stopping_after_this_video_and_at_once_are_two_things(panel, bridge):
    stop = next(b for b in panel.findChildren(QToolButton) if b.accessibleName() == "Stop")
    after, at_once = stop.menu().actions()
    after.trigger()
    at_once.trigger()
    assert bridge.desk.orders == [("stop_after_current", None), ("stop_now", None)]


def test_what_happens_when_done_is_set_in_the_settings(panel, bridge):
    then = next(b for b in panel.findChildren(QToolButton) if b.text().startswith("When done"))
    sleep = next(a for a in then.menu().actions() if a.text() == "Put the computer to sleep")
    sleep.trigger()
    assert bridge.settings.when_done == "sleep"
    assert then.text() == "When done: sleep"


def test_a_command_is_only_offered_once_there_is_one(panel, bridge):
    then = next(b for b in panel.findChildren(QToolButton) if b.text().startswith("When done"))
    command = next(a for a in then.menu().actions() if a.text() == "Run my command")
    assert not command.isVisible()
    bridge.change_settings(lambda settings: replace(settings, when_done_command=("say", "done")))
    assert command.isVisible()


# -- other states ----------------------------------------------------------------------------


def shown_page(panel):
    page = panel.findChild(QueuePage)
    return page.findChildren(QPushButton)[0] if page.isVisible() else None


def test_an_empty_queue_says_how_to_fill_it(qtbot, panel, bridge):
    bridge.show(DeskSnapshot(loaded=True))
    button = shown_page(panel)
    assert button is not None
    with qtbot.waitSignal(panel.add_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_queue_that_is_being_opened_says_so(qtbot, bridge):
    panel = QueuePanel(bridge)
    qtbot.addWidget(panel)
    panel.show()
    panel.draw(DeskSnapshot())
    button = shown_page(panel)
    assert button is not None
    assert not button.isVisible()


def test_a_filter_that_hides_all_can_be_left_again(qtbot, panel):
    field = panel.findChild(QLineEdit)
    field.setText("no such name")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    button = shown_page(panel)
    assert button is not None
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(rows_of(panel).entries) == len(sample_entries())


def test_trouble_with_the_queue_itself_is_seen_until_it_is_over(panel, bridge):
    bridge.show(replace(bridge.snapshot, trouble=QUEUE_TROUBLE))
    assert panel.findChild(TroubleStrip).isVisible()
    bridge.show(replace(bridge.snapshot, trouble=None))
    assert not panel.findChild(TroubleStrip).isVisible()


def test_a_refused_video_shows_sentence_advice_and_a_way_on(qtbot, panel, bridge):
    panel.select(EntryId("e-notallowed"))
    card = panel.findChild(DetailsCard)
    assert card.isVisible()
    again = next(b for b in card.findChildren(QPushButton) if b.text() == "Try again")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    assert bridge.snapshot.entry(EntryId("e-notallowed")).state == "new"
    assert not card.isVisible()


def test_very_long_names_do_not_widen_the_panel(panel):
    panel.select(EntryId("e-long"))
    assert panel.minimumSizeHint().width() <= 340
    assert view_of(panel).horizontalScrollBar().maximum() == 0
    index = view_of(panel).currentIndex()
    assert html.escape(LONG_NAME) in index.data(Qt.ItemDataRole.ToolTipRole)


def test_a_name_that_looks_like_markup_is_shown_as_it_is(panel, bridge):
    odd = replace(bridge.snapshot.entry(EntryId("e-failed")), source="/home/ada/<b>bold</b>.mp4")
    bridge.show(replace(bridge.snapshot, entries=(odd,)))
    tip = view_of(panel).index_of(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;b&gt;bold" in tip


def test_every_control_has_a_name(panel):
    for kind in (QPushButton, QToolButton, QLineEdit, QComboBox, QueueView):
        for control in panel.findChildren(kind):
            if not control.isVisible() or isinstance(control.parent(), QLineEdit):
                continue  # the sign in a field is no control
            text = getattr(control, "text", str)()
            assert control.accessibleName() or text, control


def test_texts_follow_the_language_while_the_panel_is_shown(panel):
    spoken = [panel, *panel.findChildren(Speaking)]
    assert len(spoken) >= 7
    for view in spoken:
        view.retranslate()  # as a switch of the language does; no text may depend on an order


def test_thumbnails_are_read_for_rows_in_sight_and_no_others(qtbot, bridge):
    entries = many_entries(200)
    draw_thumbnails(bridge.home, sample_entries())
    panel = QueuePanel(bridge)
    qtbot.addWidget(panel)
    bridge.changed.connect(panel.draw)
    panel.resize(360, 700)
    panel.show()
    qtbot.waitExposed(panel)
    bridge.show(DeskSnapshot(loaded=True, entries=entries))
    shown_rows = view_of(panel).height() // 70 + 2
    panel.grab()
    qtbot.waitUntil(lambda: bridge.errands > 3)
    panel.grab()
    assert bridge.errands <= shown_rows + 30  # renders at rest are read too, one after the other


def test_the_chosen_video_stays_in_sight_when_details_take_its_room(qtbot, bridge, panel):
    view = view_of(panel)
    bridge.show(replace(bridge.snapshot, entries=many_entries(40)))
    view.select_ids([bridge.snapshot.entries[-1].entry_id])
    view.setCurrentIndex(view.index_of(39))
    view.scrollToBottom()
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(view.currentIndex())))
    panel.resize(panel.width(), panel.height() - 300)
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(view.currentIndex())))
    view.scrollToTop()
    panel.resize(panel.width(), panel.height() + 100)
    assert view.verticalScrollBar().value() == 0
