"""Find patches of red and of blue."""

from collections import namedtuple

import numpy as np

from facefusion import face_store

Face = namedtuple("Face", ("bounding_box", "person"))
_STRONGER = 110
_LEAST_SAMPLES = 20


def get_many_faces(frames):
    return [face for frame in frames for face in _faces_of(frame)]


def _faces_of(frame):
    signed = frame.astype(int)
    for person, (own, other) in (("red", (2, 0)), ("blue", (0, 2))):
        there = signed[..., own] > np.maximum(signed[..., 1], signed[..., other]) + _STRONGER
        rows, columns = np.nonzero(there)
        if rows.size >= _LEAST_SAMPLES:
            box = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
            yield Face(np.array(box, float), person)


def get_static_faces(frames):
    many = []
    for frame in frames:
        key = frame.tobytes()
        if key not in face_store.FACES:
            face_store.FACES[key] = get_many_faces([frame])
        many += face_store.FACES[key]
    return many
