"""Measure faces and render footage for the engine tests."""

from dataclasses import dataclass

import cv2
import numpy as np

from remote_worker.contract.records import Box, Digest, FaceTrack
from remote_worker.detection.faces import FaceDetector
from remote_worker.detection.mesh import FaceMesh
from remote_worker.engines import Casting

ASTRONAUT, DRIVER = Digest("a" * 64), Digest("d" * 64)


@dataclass
class FrameOfFootage:
    """A frame that counts how often its pixels were asked for."""

    index: int
    picture: np.ndarray
    asked: int = 0

    @property
    def pixels(self):
        self.asked += 1
        return self.picture


class Looking:
    """The checked models, opened for the tests' own measurements."""

    def __init__(self, models):
        self.detector = FaceDetector(models["face-detector"])
        self.mesh = FaceMesh(models["face-mesh"])
        self.models = models
        self._identity_model = str(models["face-identity"])

    def face(self, picture):
        return max(self.detector.detect(picture), key=lambda face: face.width)

    def points(self, picture):
        return self.mesh.fit(picture, self.face(picture)).points

    def identity(self, picture):
        """Return the 128 numbers of the largest face, from a picture of three times the size."""
        import _dlib_pybind11 as dlib

        if not hasattr(self, "_embed"):
            self._embed = dlib.face_recognition_model_v1(self._identity_model)
        large = cv2.resize(picture, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC)
        face, points = self.face(large), self.points(large)
        corners = [dlib.point(*map(round, points[n, :2].tolist())) for n in (263, 362, 33, 133, 2)]
        box = dlib.rectangle(*map(round, (face.left, face.top, face.right, face.bottom)))
        shape = dlib.full_object_detection(box, dlib.points(corners))
        rgb = np.ascontiguousarray(large[:, :, ::-1])
        return np.array(self._embed.compute_face_descriptor(rgb, shape))

    def track(self, pictures, photos, *, first=0, every=5):
        """Return a track through ``pictures``, each of which shows one face."""
        boxes = []
        for at in sorted({*range(0, len(pictures), every), len(pictures) - 1}):
            face = self.face(pictures[at])
            height, width = pictures[at].shape[:2]
            boxes.append(
                Box(
                    first + at,
                    face.left / width,
                    face.top / height,
                    face.right / width,
                    face.bottom / height,
                )
            )
        return FaceTrack(
            start_frame=first,
            end_frame=first + len(pictures),
            boxes=tuple(boxes),
            photos=photos,
        )


def render(engine, pictures, tracks, photos, *, first=0, wanted=None):
    """Return what ``engine`` makes of ``pictures``, the first of which is frame ``first``."""
    frames = [FrameOfFootage(first + at, picture) for at, picture in enumerate(pictures)]
    wanted = range(first, first + len(pictures)) if wanted is None else wanted
    return list(engine.render(iter(frames), wanted, Casting(tuple(tracks), photos)))
