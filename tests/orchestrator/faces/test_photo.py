"""Photos looked at before their face is put on anybody."""

import cv2
import numpy as np
import pytest
from skimage import data

from orchestrator.errors import PhotoUnreadable
from orchestrator.faces.photo import PHOTO_MODELS, look_at_photo
from orchestrator.models import find_models


@pytest.fixture(scope="module")
def models():
    return find_models(PHOTO_MODELS)


@pytest.fixture(scope="module")
def astronaut():
    return np.ascontiguousarray(data.astronaut()[:, :, ::-1])


@pytest.fixture
def look(tmp_path, models):
    def look_at(pixels):
        path = tmp_path / "photo.png"
        cv2.imwrite(str(path), pixels)
        return look_at_photo(path, models)

    return look_at


def test_a_good_photo_has_one_face_and_nothing_to_say(look, astronaut):
    found = look(cv2.resize(astronaut, None, fx=1.5, fy=1.5))
    (face,) = found.faces
    assert found.hints == ()
    assert 0.3 < face.box.left < face.box.right < 0.6
    assert np.isclose(np.linalg.norm(face.embedding), 1)


def test_a_photo_without_a_face_has_none_and_no_hints(look):
    found = look(np.ascontiguousarray(data.coffee()[:, :, ::-1]))
    assert found.faces == ()
    assert found.hints == ()


def test_two_faces_are_told_and_the_larger_is_first(look, astronaut):
    small = cv2.resize(astronaut, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA)
    canvas = np.full((512, 900, 3), 90, np.uint8)
    canvas[: small.shape[0], : small.shape[1]] = small
    canvas[:, 388:] = astronaut
    found = look(canvas)
    assert [face.box.left > 0.5 for face in found.faces] == [True, False]
    assert "two_faces" in found.hints


def test_a_small_dark_or_blurred_face_is_told(look, astronaut):
    assert "too_small" in look(cv2.resize(astronaut, None, fx=0.5, fy=0.5)).hints
    assert "too_dark" in look((astronaut * 0.15).astype(np.uint8)).hints
    large = cv2.resize(astronaut, None, fx=1.5, fy=1.5)
    assert "blurred" in look(cv2.GaussianBlur(large, (0, 0), 6)).hints
    bright = np.clip(large.astype(np.int16) + 190, 0, 255).astype(np.uint8)
    assert "too_bright" in look(bright).hints


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_a_file_that_is_no_picture_is_refused_by_name(tmp_path, models, content):
    path = tmp_path / "me.png"
    path.write_bytes(content)
    with pytest.raises(PhotoUnreadable) as caught:
        look_at_photo(path, models)
    assert "me.png" in caught.value.sentence
    assert caught.value.advice
