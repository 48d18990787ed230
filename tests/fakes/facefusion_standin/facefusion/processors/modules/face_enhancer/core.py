"""Lighten a face."""

import numpy as np

from facefusion import inference_manager
from facefusion.face_selector import select_faces


def get_inference_pool():
    return inference_manager.get_inference_pool("face_enhancer")


def process_frame(inputs):
    frame = np.array(inputs["temp_vision_frame"])
    for face in select_faces(
        inputs["reference_vision_frame"],
        inputs["source_vision_frames"],
        inputs["target_vision_frames"],
    ):
        left, top, right, bottom = (round(float(side)) for side in face.bounding_box)
        frame[top:bottom, left:right] |= 64
    return frame, inputs["temp_vision_mask"]
