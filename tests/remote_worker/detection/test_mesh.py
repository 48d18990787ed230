"""Meshes on faces: where they lie, however the face is turned."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from skimage import data

from orchestrator.models import find_models
from remote_worker.detection.faces import Detection, FaceDetector
from remote_worker.detection.mesh import FaceMesh
from remote_worker.errors import EngineFailed

NOSE, CHIN, BROW = 1, 152, 10


@pytest.fixture(scope="module")
def models():
    return find_models(["face-detector", "face-mesh"])


@pytest.fixture(scope="module")
def detector(models):
    return FaceDetector(models["face-detector"])


@pytest.fixture(scope="module")
def mesh(models):
    return FaceMesh(models["face-mesh"])


@pytest.fixture(scope="module")
def astronaut():
    return np.ascontiguousarray(data.astronaut()[:, :, ::-1])


def test_the_mesh_lies_on_the_face(detector, mesh, astronaut):
    (face,) = detector.detect(astronaut)
    found = mesh.fit(astronaut, face)
    assert found.points.shape == (468, 3)
    assert found.points.dtype == np.float32
    assert found.presence > 0.9
    assert np.abs(found.points[NOSE, :2] - face.points[2]).max() < 8
    assert found.points[BROW, 1] < face.points[0][1] < found.points[CHIN, 1]


@pytest.mark.parametrize("angle_deg", [-35, -15, 20, 40])
def test_a_turned_face_has_the_same_mesh_turned(detector, mesh, astronaut, angle_deg):
    (face,) = detector.detect(astronaut)
    upright = mesh.fit(astronaut, face).points[:, :2]
    turn = cv2.getRotationMatrix2D((225, 116), angle_deg, 1)
    turned = cv2.warpAffine(astronaut, turn, (512, 512), borderMode=cv2.BORDER_REFLECT)
    best = detector.detect(turned)[0]
    found = mesh.fit(turned, best).points[:, :2]
    expected = upright @ turn[:, :2].T + turn[:, 2]
    assert np.abs(found - expected).mean() < 0.03 * face.height


def test_a_detection_a_little_off_moves_the_mesh_little(detector, mesh, astronaut):
    (face,) = detector.detect(astronaut)
    exact = mesh.fit(astronaut, face).points
    off = replace(face, left=face.left - 9, right=face.right - 5, top=face.top + 7)
    assert np.abs(mesh.fit(astronaut, off).points[:, :2] - exact[:, :2]).mean() < 1.5


def test_following_a_face_by_a_frame_stays_on_it(detector, mesh, astronaut):
    (face,) = detector.detect(astronaut)
    before = mesh.fit(astronaut, face)
    moved = np.roll(astronaut, (3, 5), axis=(0, 1))
    after = mesh.follow(moved, before)
    assert np.abs(after.points[:, :2] - before.points[:, :2] - [5, 3]).mean() < 1.5


def test_where_there_is_no_face_the_mesh_says_so(mesh):
    nothing = Detection(
        100, 60, 200, 190, 0.9, ((130, 100), (170, 100), (150, 130), (135, 160), (165, 160))
    )
    plain = np.full((300, 300, 3), 90, np.uint8)
    assert mesh.fit(plain, nothing).presence < 0.5


def test_the_same_pixels_give_the_same_mesh(models, detector, mesh, astronaut):
    (face,) = detector.detect(astronaut)
    again = FaceMesh(models["face-mesh"])
    assert (again.fit(astronaut, face).points == mesh.fit(astronaut, face).points).all()


def test_a_face_half_out_of_the_frame_still_gets_a_mesh(detector, mesh, astronaut):
    cut = np.ascontiguousarray(astronaut[:, 205:])
    for face in detector.detect(cut):
        assert np.isfinite(mesh.fit(cut, face).points).all()


def test_a_file_that_is_no_mesh_is_refused_by_name(tmp_path):
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"not a net at all")
    with pytest.raises(EngineFailed, match=r"broken\.tflite"):
        FaceMesh(path)
