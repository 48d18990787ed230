"""Compute on the processor."""


def get_available_execution_providers():
    return ["cpu"]


def detect_static_execution_devices():
    return []


def resolve_cache_path():
    raise AssertionError("nothing is compiled here")
