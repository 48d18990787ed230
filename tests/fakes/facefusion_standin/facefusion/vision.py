"""Read pictures once."""

from functools import lru_cache


@lru_cache(maxsize=64)
def read_static_image(path):
    return path
