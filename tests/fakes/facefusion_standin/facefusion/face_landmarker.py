"""Stand for a part that has a model."""

from facefusion import inference_manager


def get_inference_pool():
    return inference_manager.get_inference_pool("face_landmarker")
