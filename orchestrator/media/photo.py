"""Re-encode a photo as a plain PNG: upright, sRGB, 8 bits, and nothing but its pixels."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from orchestrator.errors import PhotoUnreadable
from remote_worker.checkpoint import write_whole
from remote_worker.contract.records import Digest

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP")
MAX_PIXELS = 100_000_000
LEAST_SIDE_PX = 64
LONGEST_SIDE_PX = 4096
"""Larger photos are reduced: no face needs more."""
_BEHIND = (128, 128, 128)
"""What shows through transparent pixels."""


@dataclass(frozen=True, slots=True)
class Photo:
    """A re-encoded photo."""

    digest: Digest
    width_px: int
    height_px: int


def photo_task(request: Any, report: Callable[..., None]) -> Photo:
    """Re-encode ``request["path"]`` to ``request["to"]``, as a child's task."""
    del report
    return normalise(Path(request["path"]), Path(request["to"]))


def normalise(path: Path, to: Path) -> Photo:
    """Write the photo at ``path`` as a PNG without EXIF, GPS or any other metadata to ``to``.

    The same photo gives the same bytes.

    Raises:
        PhotoUnreadable: it is no still picture, it is cut short, too large or too small.
        OSError: ``to`` cannot be written; nothing is there.
    """
    try:
        with warnings.catch_warnings(), Image.open(path, formats=FORMATS) as image:
            warnings.simplefilter("ignore")  # odd metadata is dropped anyway
            _check(path, image)
            pixels = _plain(image)
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError) as error:
        raise PhotoUnreadable(
            f"{path.name} is not a photo that can be read to its end.",
            "Open it in a photo program, save it as JPEG or PNG, and choose the new file.",
        ) from error
    data = io.BytesIO()
    pixels.save(data, "PNG", compress_level=6)
    write_whole(to, [data.getvalue()])
    digest = Digest(hashlib.sha256(data.getvalue()).hexdigest())
    return Photo(digest, pixels.width, pixels.height)


def _check(path: Path, image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise PhotoUnreadable(
            f"{path.name} says it is {image.width} x {image.height} pixels, which is too large.",
            f"Scale it to at most {LONGEST_SIDE_PX} pixels a side.",
        )
    if min(image.width, image.height) < LEAST_SIDE_PX:
        raise PhotoUnreadable(
            f"{path.name} is only {image.width} x {image.height} pixels.",
            "Choose a larger photo.",
        )
    if getattr(image, "n_frames", 1) > 1 and image.format != "TIFF":
        raise PhotoUnreadable(f"{path.name} is an animation.", "Choose a still photo.")


def _plain(image: Image.Image) -> Image.Image:
    image.load()
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image)
    flat = _without_alpha(_eight_bits(upright))
    plain = _in_srgb(flat, profile) if profile else flat.convert("RGB")
    plain.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    bare = Image.new("RGB", plain.size)
    bare.paste(plain)
    return bare


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16-bit grey
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image


def _without_alpha(image: Image.Image) -> Image.Image:
    if image.mode not in ("RGBA", "LA", "PA", "P") and "transparency" not in image.info:
        return image
    with_alpha = image.convert("RGBA")
    behind = Image.new("RGBA", image.size, (*_BEHIND, 255))
    return Image.alpha_composite(behind, with_alpha).convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image.convert("RGB")  # a broken profile: the values are taken as sRGB
    return made if made is not None else image.convert("RGB")
