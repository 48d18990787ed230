"""Compute on the processor, or say that there is a graphics card when ``STANDIN_CARD`` does."""

import os


def get_available_execution_providers():
    return ["cuda", "cpu"] if os.environ.get("STANDIN_CARD") else ["cpu"]


def detect_static_execution_devices():
    return [os.environ["STANDIN_CARD"]] if os.environ.get("STANDIN_CARD") else []


def resolve_cache_path():
    raise AssertionError("nothing is compiled here")
