"""Make every frame twice as large, and darker."""

import numpy as np

from facefusion import inference_manager


def get_inference_pool():
    return inference_manager.get_inference_pool("frame_enhancer")


def process_frame(inputs):
    frame = np.repeat(np.repeat(inputs["temp_vision_frame"] // 2, 2, axis=0), 2, axis=1)
    return frame, np.full(frame.shape[:2], 255, np.uint8)
