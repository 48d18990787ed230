"""From dropped photos to a face in the library, as a person goes through it."""

from dataclasses import replace

import pytest
from casting_samples import PreparingByColour, photo
from fake_bridge import FakeBridge
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from gui.faces.adding import AddingCard
from gui.faces.library import FaceLibrary
from orchestrator import prepare
from orchestrator.demo.footage import FACE_TO_PUT_ON, demo_portrait
from orchestrator.home import Home
from orchestrator.sources import require_consent, statement


@pytest.fixture
def no_models(monkeypatch):
    monkeypatch.setattr(prepare, "prepare_photo", PreparingByColour())


@pytest.fixture
def library(tmp_path, qapp):
    made = FaceLibrary(FakeBridge(Home(tmp_path / "home")))
    made.load()
    return made


@pytest.fixture
def adding(library, qtbot):
    made = AddingCard(library)
    qtbot.addWidget(made)
    made.resize(320, 600)
    made.show()
    return made


def left_over(library):
    return [path.name for path in library._bridge.home.faces.iterdir() if "checked" in path.name]


def test_a_photo_becomes_a_face_once_consent_is_stated(no_models, adding, library, tmp_path, qtbot):
    adding.take([photo(tmp_path, "grace_hopper.png")])
    assert adding.step() == "form"
    assert adding._form.name.text() == "Grace hopper"
    assert not adding._add.isEnabled()
    adding._form.choose("licensed")
    assert statement("licensed") in adding._form._statement.text()
    assert not adding._add.isEnabled()
    adding._form.agreed.click()
    adding._form.stated_by.setText("Ada")
    assert adding._add.isEnabled()
    with qtbot.waitSignal(adding.added) as told:
        adding._add.click()
    (view,) = library.faces()
    assert told.args == [view.face_id]
    require_consent(view.face)
    assert view.face.consent.stated_by == "Ada"
    assert left_over(library) == []


def test_return_adds_the_face_from_any_field_once_nothing_is_missing(
    no_models, adding, library, tmp_path, qtbot
):
    adding.take([photo(tmp_path, "grace.png")])
    qtbot.keyClick(adding._form.name, Qt.Key.Key_Return)
    assert adding.step() == "form"
    assert not library.faces()
    adding._form.choose("self")
    adding._form.agreed.click()
    adding._form.stated_by.setText("Ada")
    with qtbot.waitSignal(adding.added):
        adding._form.agreed.setFocus()
        qtbot.keyClick(adding._form.agreed, Qt.Key.Key_Return)


def test_another_basis_has_other_words_so_its_tick_is_taken_off(no_models, adding, tmp_path):
    adding.take([photo(tmp_path, "a.png")])
    adding._form.choose("self")
    adding._form.agreed.setChecked(True)
    adding._form.choose("permission")
    assert not adding._form.agreed.isChecked()
    assert not adding._add.isEnabled()


def test_a_draft_is_kept_without_consent(no_models, adding, library, tmp_path):
    adding.take([photo(tmp_path, "a.png")])
    adding._draft.click()
    assert library.faces()[0].lack == "consent"


def test_of_two_faces_a_person_says_which(no_models, adding, library, tmp_path, monkeypatch):
    adding.take([photo(tmp_path, "both.png", "#00ff00")])
    assert adding.step() == "which"
    monkeypatch.setattr(adding._library._open(), "_prepare", _one_face_of_a_part)
    adding._which.picked.emit(1)
    adding._which_ok.click()
    assert adding.step() == "form"
    assert len(adding._kept) == 1
    adding.cancel()
    assert left_over(library) == []


def _one_face_of_a_part(path, to):
    return replace(PreparingByColour()(path, to), face_count=1)


@pytest.mark.parametrize(("colour", "said"), [("red", "No face"), ("black", "explicit")])
def test_a_photo_that_cannot_be_used_says_why(no_models, adding, tmp_path, colour, said):
    adding.take([photo(tmp_path, "bad.png", colour)])
    assert adding.step() == "trouble"
    assert said in adding._trouble.words.text()
    assert adding._advice.text()


def test_of_several_photos_the_good_ones_are_kept_and_the_bad_one_is_told(
    no_models, adding, library, tmp_path
):
    adding.take([photo(tmp_path, "a.png"), photo(tmp_path, "bad.png", "red")])
    assert adding.step() == "form"
    assert adding._form_trouble.isVisible()
    assert len(adding._kept) == 1


def test_cancelling_keeps_nothing(no_models, adding, library, tmp_path, qtbot):
    adding.take([photo(tmp_path, "a.png")])
    with qtbot.waitSignal(adding.left):
        adding.cancel()
    assert library.faces() == ()
    assert left_over(library) == []


def test_a_picture_is_pasted(no_models, adding, library):
    image = QImage(200, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    adding.take_pasted(image)
    assert adding.step() == "form"
    assert adding._form.name.text() == ""
    library.close()


def test_a_real_portrait_is_checked_and_kept(adding, library, tmp_path):
    """The models look at it, in their guarded child."""
    path = tmp_path / "hopper.jpg"
    path.write_bytes(demo_portrait(FACE_TO_PUT_ON))
    adding.take([path])
    assert adding.step() == "form"
    assert adding._kept[0].found.hints == ()
    adding._form.choose("licensed")
    adding._form.agreed.setChecked(True)
    adding._form.stated_by.setText("Ada")
    adding._add.click()
    (view,) = library.faces()
    assert view.lack == ""
    assert view.name == "Hopper"
