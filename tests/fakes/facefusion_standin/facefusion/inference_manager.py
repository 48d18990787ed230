"""Hold loaded models; there are none that compute."""

import os

from facefusion import mischief


class Session:
    """A model that says what it runs on."""

    def get_providers(self):
        if os.environ.get("STANDIN_CARD") == "works":
            return ["CUDAExecutionProvider", "CPUExecutionProvider"]
        return ["CPUExecutionProvider"]


def get_inference_pool(name):
    mischief.maybe("load")
    return {name: Session()}
