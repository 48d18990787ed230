"""The board as a person uses it: cast once for all videos, join, part, name, undo."""

from dataclasses import replace

import pytest
from casting_samples import (
    CONSENT,
    PreparingByColour,
    card,
    digest,
    photo,
    seat,
    two_videos,
    video,
)
from fake_bridge import FakeBridge
from PySide6.QtCore import QCoreApplication, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from gui.cast.bar import AppearanceBar
from gui.cast.board import CastBoard
from gui.cast.places import Places
from gui.cast.split_dialog import SplitDialog
from gui.cast.whereabouts import Whereabouts
from gui.faces.drops import face_mime
from gui.faces.library import FaceLibrary
from orchestrator import prepare
from orchestrator.casting import Correction
from orchestrator.desk.cards import named
from orchestrator.desk.snapshot import DeskSnapshot
from orchestrator.errors import CastingRefused
from orchestrator.home import Home


@pytest.fixture(autouse=True)
def no_models(monkeypatch):
    monkeypatch.setattr(prepare, "prepare_photo", PreparingByColour())


@pytest.fixture(autouse=True)
def scans(monkeypatch):
    """Say where people appear, as their scans would; refuse what a test names."""
    found = Whereabouts(((30, 90), (120, 150)), ((30, 90), (120, 150)))
    refused = []

    def try_correction(self, entry, correction, then, otherwise):
        if entry.entry_id in refused:
            otherwise(CastingRefused("they meet", "undo"))
        else:
            then()

    monkeypatch.setattr(Places, "of", lambda self, entry, person_id: found)
    monkeypatch.setattr(Places, "try_correction", try_correction)
    return refused


@pytest.fixture
def bridge(tmp_path, qapp):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def library(bridge, tmp_path):
    made = FaceLibrary(bridge)
    made.load()
    made.add("Grace", [photo(tmp_path, "grace.png")], CONSENT)
    return made


@pytest.fixture
def board(bridge, library, qtbot):
    made = CastBoard(bridge, library)
    qtbot.addWidget(made)
    made.resize(1100, 700)
    made.show()
    bridge.changed.connect(made.draw)
    return made


def grace(library):
    return library.faces()[0].face_id


def drop(slot, face_id):
    mime = face_mime(face_id)
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    slot.dropEvent(event)


def drag_onto(widget, face_id):
    """Drag a face over a widget, and let go if it is welcome; return whether it was."""
    mime = face_mime(face_id)
    at, copy = QPointF(20, 120), Qt.DropAction.CopyAction
    none = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(at, copy, mime, *none)
    enter.ignore()
    QCoreApplication.sendEvent(widget, enter)
    if enter.isAccepted():
        QCoreApplication.sendEvent(widget, QDropEvent(at, copy, mime, *none))
    return enter.isAccepted()


def test_before_there_is_anybody_it_says_why(board, bridge):
    board.draw(DeskSnapshot())
    assert "Opening" in board._empty.text()
    bridge.show(DeskSnapshot(loaded=True))
    assert "Nobody is here yet" in board._empty.text()
    bridge.show(DeskSnapshot(loaded=True, entries=(video("a", "new"),)))
    assert "Finding out" in board._empty.text()
    bridge.show(DeskSnapshot(loaded=True, entries=(video("a"),)))
    assert "No face was found" in board._empty.text()


def test_a_face_that_is_dropped_once_is_put_on_in_all_videos(board, bridge, library):
    bridge.show(two_videos())
    drop(board.card_of(0).slot, grace(library))
    assert [entry.casts[0].face_id for entry in bridge.snapshot.entries] == [grace(library)] * 2
    assert board.card_of(0).slot.words()[0] == "Grace"
    board.card_of(0).slot.cleared.emit()
    assert [entry.casts for entry in bridge.snapshot.entries] == [(), ()]


def test_a_face_can_be_dropped_anywhere_on_a_card(board, bridge, library):
    bridge.show(two_videos())
    drag_onto(board.card_of(1), grace(library))
    assert bridge.snapshot.entries[0].casts[0].person_id == "p2"


def test_unsure_faces_take_no_drop(board, bridge, library):
    bridge.show(two_videos())
    assert not drag_onto(board.card_of(2), grace(library))
    assert all(entry.casts == () for entry in bridge.snapshot.entries)


def test_a_dropped_photo_is_taken_in_and_cast(board, bridge, library, tmp_path):
    bridge.show(two_videos())
    board.card_of(1).slot.photos_dropped.emit((photo(tmp_path, "eileen.png"),))
    adding = board.intake.adding()
    assert board.intake.isVisible()
    adding._form.choose("self")
    adding._form.stated_by.setText("Eileen")
    adding._form.agreed.setChecked(True)
    adding._add.click()
    eileen = next(view for view in library.faces() if view.name == "Eileen")
    assert bridge.snapshot.entries[0].casts[0].face_id == eileen.face_id
    assert bridge.snapshot.entries[0].casts[0].person_id == "p2"
    assert not board.intake.isVisible()


def test_unsure_faces_are_at_the_end_and_take_no_face(board, bridge):
    bridge.show(two_videos())
    last = board.card_of(2)
    assert last.card.unsure
    assert not last.slot.isVisible()
    assert last._why.isVisible()


def test_people_of_two_videos_are_joined_and_parted_again_by_undo(board, bridge):
    apart = (card(1, seat("a", "p1", 8.0)), card(2, seat("b", "p1", 6.0)))
    bridge.show(replace(two_videos(), cards=apart))
    assert not board._merge.isVisible()
    for each in apart:
        board.pick(each.card_id, on=True)
    board._merge.click()
    assert bridge.desk.put_right_now.links == ((f"{digest('a')}:p1", f"{digest('b')}:p1"),)
    assert not board._merge.isVisible()
    assert "joining" in board._undo.text()
    board._undo.click()
    assert bridge.desk.put_right_now.links == ()
    assert not board._undo.isEnabled()


def test_the_undo_key_takes_back_what_was_done_last(board, bridge, library, qtbot):
    bridge.show(two_videos())
    board._rename(board.shown()[0], "Captain")
    qtbot.keyClick(board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bridge.desk.put_right_now.names == {}
    qtbot.keyClick(board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bridge.desk.orders[-1] == ("undo", None)


def test_a_name_of_an_earlier_session_is_taken_back(board, bridge):
    bridge.desk.put_right(lambda now: named(now, [f"{digest('a')}:p1"], "Captain"), "name")
    bridge.show(replace(two_videos(), put_right_undo="name"))
    assert "naming" in board._undo.text()
    board._undo.click()
    assert bridge.desk.put_right_now.names == {}
    assert not board._undo.isEnabled()


def test_people_of_one_video_are_joined_by_a_correction(board, bridge):
    bridge.show(two_videos())
    board.pick(board.shown()[0].card_id, on=True)
    board.pick(board.shown()[1].card_id, on=True)
    board.merge_picked()
    (entry, _) = bridge.snapshot.entries
    assert entry.corrections == (Correction(kind="merge", people=("p1", "p2")),)


def test_people_who_are_seen_together_cannot_be_joined(board, bridge, scans):
    scans.append("a")
    bridge.show(two_videos())
    board.pick(board.shown()[0].card_id, on=True)
    board.pick(board.shown()[1].card_id, on=True)
    board.merge_picked()
    assert bridge.snapshot.entries[0].corrections == ()
    assert board._trouble.isVisible()
    assert "together" in board._trouble.words.text()


def test_a_name_typed_on_a_card_is_the_persons_in_all_videos(board, bridge, qtbot):
    bridge.show(two_videos())
    name = board.card_of(0)._name
    assert name.placeholderText() == "Person 1"
    name.setText(" Captain ")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert bridge.desk.put_right_now.names == {
        f"{digest('a')}:p1": "Captain",
        f"{digest('b')}:p1": "Captain",
    }


def test_one_videos_person_is_taken_out_of_a_card(board, bridge):
    bridge.show(two_videos())
    menu = board.menu_of(board.shown()[0])
    part = next(action for action in menu.actions() if "b.mp4" in action.text())
    part.trigger()
    assert bridge.desk.put_right_now.alone == (f"{digest('b')}:p1",)


def test_moments_are_split_off_within_one_video(board, bridge, qtbot):
    many = card(1, seat("a", "p1", appearances=2))
    bridge.show(replace(two_videos(), cards=(many,)))
    menu = board.menu_of(many)
    next(action for action in menu.actions() if "moments" in action.text()).trigger()
    (dialog,) = board.findChildren(SplitDialog)
    assert not dialog._ok.isEnabled()
    with qtbot.waitSignal(board.jump_asked) as told:
        dialog._list.setCurrentRow(1)
    assert told.args == ["a", 120]
    dialog._list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog._ok.click()
    assert bridge.snapshot.entries[0].corrections == (
        Correction(kind="split", people=("p1",), places=(1,)),
    )


def test_a_click_on_a_bar_goes_to_that_appearance(board, bridge, qtbot):
    bridge.show(two_videos())
    bar = board.card_of(0)._videos[1]._bar
    with qtbot.waitSignal(board.jump_asked) as told:
        qtbot.keyClick(bar, Qt.Key.Key_Right)
    assert told.args == ["b", 30]


def test_a_bar_gives_the_frame_or_the_nearest_appearance(qtbot):
    bar = AppearanceBar()
    qtbot.addWidget(bar)
    bar.resize(300, 16)
    bar.show_ranges(((30, 90), (120, 150)), 300)
    assert bar.frame_at(60) == 60
    assert bar.frame_at(290) == 120


def test_hundreds_of_cards_make_few_widgets_and_all_can_be_reached(board, bridge):
    many = tuple(card(n, seat("a", f"p{n}", 500.0 - n)) for n in range(1, 401))
    bridge.show(replace(two_videos(), cards=many))
    assert len(board._grid.cards()) < 40
    board._grid.reveal(399)
    assert board.card_of(399).card == many[399]
    assert len(board._grid.cards()) + len(board._grid._spare) < 60


def test_cards_are_chosen_by_key_and_kept_while_they_scroll(board, bridge, qtbot):
    many = tuple(card(n, seat("a", f"p{n}", 500.0 - n)) for n in range(1, 101))
    bridge.show(replace(two_videos(), cards=many))
    qtbot.keyClick(board.card_of(0), Qt.Key.Key_Space)
    board._grid.reveal(99)
    board._grid.reveal(0)
    assert board.card_of(0)._pick.isChecked()
    assert not board.card_of(1)._pick.isChecked()


def test_a_face_is_given_to_all_chosen_cards(board, bridge, library):
    bridge.show(two_videos())
    board.pick(board.shown()[0].card_id, on=True)
    board.pick(board.shown()[1].card_id, on=True)
    board._list.face_chosen.emit(grace(library))
    assert {c.person_id for c in bridge.snapshot.entries[0].casts} == {"p1", "p2"}


def test_progress_draws_no_card_anew(board, bridge, monkeypatch):
    bridge.show(two_videos())
    drawn = []
    monkeypatch.setattr(board, "_redraw", lambda: drawn.append(1))
    bridge.show(replace(bridge.snapshot, paused=True))
    assert drawn == []
