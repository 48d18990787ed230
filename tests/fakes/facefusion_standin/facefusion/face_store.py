"""Remember faces."""

FACES = {}


def clear_faces():
    FACES.clear()
