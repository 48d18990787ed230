"""Name the build of the codec libraries, because another build makes other bytes."""

from __future__ import annotations

import functools

import av


@functools.cache
def media_build() -> str:
    """Return the build that decides an encoder's bytes, such as ``PyAV 18.1.0 (libavcodec ...)``.

    The wheels of one PyAV version carry the same x264, x265 and SVT-AV1 on every system, so
    its version stands for them; the two library versions tell a build against a system's own
    FFmpeg apart.
    """
    libraries = ", ".join(
        f"{name} {'.'.join(str(part) for part in av.library_versions[name])}"
        for name in ("libavcodec", "libavformat")
    )
    return f"PyAV {av.__version__} ({libraries})"
