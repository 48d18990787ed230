"""Hold loaded models; there are none that compute."""

from facefusion import mischief


def get_inference_pool(name):
    mischief.maybe("load")
    return {name: object()}
