"""The library as a window: cards, one face, adding, removing, an empty start."""

from dataclasses import replace

import pytest
from casting_samples import CONSENT, PreparingByColour, photo, two_videos
from fake_bridge import FakeBridge
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QMessageBox, QPushButton

from gui.faces.dialog import FacesDialog
from gui.faces.drops import face_in, face_mime, is_wanted, photos_in
from gui.faces.library import FaceLibrary
from orchestrator import prepare
from orchestrator.desk.entries import EntryCast
from orchestrator.home import Home


@pytest.fixture(autouse=True)
def no_models(monkeypatch):
    monkeypatch.setattr(prepare, "prepare_photo", PreparingByColour())


@pytest.fixture
def bridge(tmp_path, qapp):
    return FakeBridge(Home(tmp_path / "home"))


@pytest.fixture
def library(bridge):
    made = FaceLibrary(bridge)
    made.load()
    return made


@pytest.fixture
def dialog(bridge, library, qtbot):
    made = FacesDialog(bridge, library)
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_faces_it_says_what_to_do(dialog):
    assert dialog._empty_title.isVisible()
    assert dialog._empty_add.isVisible()


def test_a_card_says_who_agreed_and_what_is_poor(dialog, library, tmp_path):
    library.add("Grace", [photo(tmp_path, "dark.png", "blue")], CONSENT)
    library.add("Nobody's", [photo(tmp_path, "a.png")], None)
    grace, draft = dialog._grid.card(0), dialog._grid.card(1)
    assert "Ada" in grace._state.words.text()
    assert grace._hint.words.text() == "Dark"
    assert "consent is missing" in draft._state.words.text()
    assert "Nobody's" in draft.accessibleName()


def test_a_face_is_opened_by_keys_and_consent_stated_there(dialog, library, tmp_path, qtbot):
    library.add("Grace", [photo(tmp_path, "a.png")], None)
    qtbot.keyClick(dialog._grid.card(0), Qt.Key.Key_Return)
    page = dialog._page
    assert page.isVisible()
    assert page._asking.isVisible()
    assert not page._given.isVisible()
    page._form.choose("permission")
    page._form.stated_by.setText("Ada")
    page._form.note.setText("Letter of 3 May")
    page._form.agreed.setChecked(True)
    page._state_it.click()
    assert library.faces()[0].lack == ""
    assert page._given.isVisible()
    assert "Ada" in page._by.text()
    assert "Letter of 3 May" in page._note.text()


def test_a_face_is_renamed_in_place(dialog, library, tmp_path, qtbot):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    dialog.open_face(library.faces()[0].face_id)
    dialog._page._name.setText("  Grace   Hopper ")
    qtbot.keyClick(dialog._page._name, Qt.Key.Key_Return)
    assert library.faces()[0].name == "Grace Hopper"
    assert dialog._page.isVisible()


def test_a_dropped_photo_is_added_to_the_face_that_is_shown(dialog, library, tmp_path):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    dialog.open_face(library.faces()[0].face_id)
    dialog.take([photo(tmp_path, "dark.png", "blue")])
    assert len(library.faces()[0].face.photos) == 2
    assert len(dialog._page._cells) == 2


def test_a_photo_that_cannot_be_added_is_told_on_the_page(dialog, library, tmp_path):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    dialog.open_face(library.faces()[0].face_id)
    dialog.take([photo(tmp_path, "none.png", "red")])
    assert dialog._page._trouble.isVisible()
    assert "No face" in dialog._page._trouble.words.text()
    assert not dialog._page._busy.isVisible()


def test_a_dropped_photo_becomes_a_new_face_from_the_grid(dialog, library, tmp_path, qtbot):
    dialog.take([photo(tmp_path, "grace.png")])
    assert dialog._adding.isVisible()
    dialog._adding._draft.click()
    assert [view.name for view in library.faces()] == ["Grace"]
    assert dialog._grid.isVisible()


def test_a_picture_is_pasted_by_the_key(dialog, library, qtbot):
    image = QImage(120, 120, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(dialog, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog._adding.step() == "form"
    library.close()


def answering(monkeypatch, words):
    """Press the button of that name in the next question, and note what was asked."""
    asked = []

    def run(box):
        asked.append(f"{box.text()} {box.informativeText()}")
        next(b for b in box.findChildren(QPushButton) if b.text() == words).click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", run)
    return asked


def test_removing_a_cast_face_asks_and_says_where_it_is_used(
    dialog, library, bridge, tmp_path, monkeypatch
):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    face_id = library.faces()[0].face_id
    casts = (EntryCast(person_id="p1", face_id=face_id),)
    now = two_videos()
    bridge.show(replace(now, entries=(replace(now.entries[0], casts=casts), now.entries[1])))
    asked = answering(monkeypatch, "Remove")
    dialog.open_face(face_id)
    dialog._page._remove.click()
    assert "1 video" in asked[0]
    assert library.faces() == ()
    assert bridge.snapshot.entries[0].casts == ()
    assert dialog._empty_title.isVisible()


def test_a_face_is_kept_when_the_user_says_so(dialog, library, tmp_path, monkeypatch):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    answering(monkeypatch, "Keep")
    dialog.open_face(library.faces()[0].face_id)
    dialog._page._remove.click()
    assert len(library.faces()) == 1


def test_a_face_that_is_being_rendered_is_not_removed(
    dialog, library, bridge, tmp_path, monkeypatch
):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    face_id = library.faces()[0].face_id
    casts = (EntryCast(person_id="p1", face_id=face_id),)
    now = two_videos()
    busy = replace(now.entries[0], state="rendering", casts=casts)
    bridge.show(replace(now, entries=(busy,)))
    asked = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: asked.append(box.text()))
    dialog.open_face(face_id)
    dialog._page._remove.click()
    assert "being rendered" in asked[0]
    assert len(library.faces()) == 1


def test_escape_goes_back_before_it_closes(dialog, library, tmp_path, qtbot):
    library.add("Grace", [photo(tmp_path, "a.png")], CONSENT)
    dialog.open_face(library.faces()[0].face_id)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert dialog._grid.isVisible()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_only_photos_and_faces_are_taken_from_a_drop():
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/x/a.JPG"), QUrl.fromLocalFile("/x/b.mp4")])
    assert [path.name for path in photos_in(mime)] == ["a.JPG"]
    assert is_wanted(mime)
    assert face_in(face_mime("abc")) == "abc"
    assert not is_wanted(QMimeData())


def test_many_faces_make_few_widgets(dialog, library, bridge, tmp_path):
    one = photo(tmp_path, "a.png")
    library.add("Face", [one], CONSENT)
    view = library.faces()[0]
    many = tuple(
        replace(view, face=replace(view.face, face_id=f"{n:032x}", name=f"Face {n:03}"))
        for n in range(400)
    )
    library._faces = many
    library.changed.emit()
    assert len(dialog._grid.cards()) < 60
    dialog._search.setText("Face 399")
    assert [v.name for v in dialog._shown] == ["Face 399"]


def test_the_arrows_walk_from_card_to_card(dialog, library, tmp_path, qtbot):
    for name in ("A", "B", "C"):
        library.add(name, [photo(tmp_path, f"{name}.png")], CONSENT)
    dialog._grid.reveal(0)
    qtbot.keyClick(dialog._grid.card(0), Qt.Key.Key_Right)
    assert dialog._grid._ground.focusWidget() is dialog._grid.card(1)
    assert dialog._grid.card(1).pos() != QPoint(0, 0)
