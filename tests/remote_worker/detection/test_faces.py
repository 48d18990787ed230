"""Faces found in pictures: where, how surely, and the same each time."""

import cv2
import numpy as np
import pytest
from skimage import data

from orchestrator.models import find_models
from remote_worker.detection.faces import Detection, FaceDetector
from remote_worker.errors import EngineFailed

FACE = (177, 53, 273, 180)


@pytest.fixture(scope="module")
def detector():
    return FaceDetector(find_models(["face-detector"])["face-detector"])


@pytest.fixture(scope="module")
def astronaut():
    return np.ascontiguousarray(data.astronaut()[:, :, ::-1])


def place(astronaut, *, width_px, height_px, face_px, left, top):
    """Return a frame of another picture with the astronaut's face, ``face_px`` tall, in it."""
    backdrop = np.ascontiguousarray(data.coffee()[:, :, ::-1])
    frame = cv2.resize(backdrop, (width_px, height_px))
    cut = astronaut[0:230, 100:330]
    side = round(230 * face_px / 127)
    frame[top : top + side, left : left + side] = cv2.resize(
        cut, (side, side), interpolation=cv2.INTER_AREA
    )
    return frame, (left + 122 / 230 * side, top + 116 / 230 * side)


def box(face: Detection):
    return np.array([face.left, face.top, face.right, face.bottom])


def test_a_face_is_found_where_it_is_with_its_points_in_order(detector, astronaut):
    (face,) = detector.detect(astronaut)
    assert np.abs(box(face) - FACE).max() < 12
    eye, other_eye, nose, mouth, other_mouth = face.points
    assert eye[0] < nose[0] < other_eye[0]
    assert mouth[0] < other_mouth[0]
    assert eye[1] < nose[1] < mouth[1]


def test_the_same_pixels_give_the_same_faces(detector, astronaut):
    again = FaceDetector(find_models(["face-detector"])["face-detector"])
    assert detector.detect(astronaut) == again.detect(astronaut) == detector.detect(astronaut)


@pytest.mark.parametrize("face_px", [43, 60, 100, 300, 560])
def test_faces_from_four_hundredths_of_the_picture_up_are_found_once(detector, astronaut, face_px):
    for left, top in ((40, 30), (811, 37), (420, 59)):
        frame, (x, y) = place(
            astronaut, width_px=1920, height_px=1080, face_px=face_px, left=left, top=top
        )
        (face,) = detector.detect(frame)
        assert abs((face.left + face.right) / 2 - x) < 0.2 * face_px
        assert abs((face.top + face.bottom) / 2 - y) < 0.2 * face_px


def test_a_shifted_picture_moves_the_box_and_keeps_its_size(detector, astronaut):
    boxes = []
    for shift in range(6):
        frame, _ = place(
            astronaut, width_px=1280, height_px=720, face_px=150, left=300 + shift, top=200
        )
        (face,) = detector.detect(frame)
        boxes.append(box(face) - [shift, 0, shift, 0])
    assert np.ptp(np.array(boxes), axis=0).max() < 0.04 * 150


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (700, 3), (33, 31)])
def test_odd_pictures_are_looked_at_without_a_fault(detector, size):
    assert detector.detect(np.full((*size, 3), 120, np.uint8)) == ()


def test_noise_and_things_have_no_faces(detector):
    random = np.random.default_rng(3)
    noise = random.integers(0, 256, (360, 640, 3), dtype=np.uint8)
    smooth = cv2.resize(random.integers(0, 256, (9, 16, 3), dtype=np.uint8), (640, 360))
    for picture in (noise, smooth, data.coffee(), data.chelsea(), np.zeros((90, 160, 3), np.uint8)):
        assert detector.detect(np.ascontiguousarray(picture)) == ()


def test_a_frame_that_may_not_be_written_to_is_enough(detector, astronaut):
    frame = astronaut.copy()
    frame.flags.writeable = False
    assert len(detector.detect(frame)) == 1


@pytest.mark.parametrize("content", [b"", b"not a net", b"\x08\x07" * 500])
def test_a_file_that_is_no_detector_is_refused_by_name(tmp_path, content):
    path = tmp_path / "broken.onnx"
    path.write_bytes(content)
    with pytest.raises(EngineFailed, match=r"broken\.onnx"):
        FaceDetector(path)
