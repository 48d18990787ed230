"""Choose faces as the settings say."""

from facefusion import state_manager
from facefusion.face_creator import get_static_faces


def select_faces(reference, sources, targets):
    faces = get_static_faces([targets[len(targets) // 2]])
    return faces if state_manager.get_item("face_selector_mode") == "many" else faces[:1]
