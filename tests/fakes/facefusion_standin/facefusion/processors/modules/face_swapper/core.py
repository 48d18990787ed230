"""Turn a face's colours round and tint it by the source's picture."""

import numpy as np

from facefusion import inference_manager, mischief
from facefusion.face_creator import get_static_faces
from facefusion.face_selector import select_faces


def get_inference_pool():
    return inference_manager.get_inference_pool("face_swapper")


def process_frame(inputs):
    mischief.maybe("frame")
    frame = np.array(inputs["temp_vision_frame"])
    sources = inputs["source_vision_frames"]
    faces = select_faces(inputs["reference_vision_frame"], sources, inputs["target_vision_frames"])
    if get_static_faces(sources):
        tint = np.mean([source.reshape(-1, 3).mean(axis=0) for source in sources], axis=0) / 4
        for face in faces:
            left, top, right, bottom = (round(float(side)) for side in face.bounding_box)
            part = frame[top:bottom, left:right]
            part[:] = (part[..., (1, 2, 0)] * 0.75 + tint).astype(np.uint8)
    return frame, inputs["temp_vision_mask"]
