"""Re-encode a photo as a plain PNG: upright, sRGB, 8 bits, and nothing but its pixels."""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from orchestrator.errors import PhotoUnreadable
from remote_worker.checkpoint import write_whole
from remote_worker.contract.records import Digest

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF")
MAX_PIXELS = 100_000_000
LEAST_SIDE_PX = 64
LONGEST_SIDE_PX = 4096
"""Larger photos are reduced: no face needs more."""
BEHIND = (128, 128, 128)
"""What shows through transparent pixels."""
_SEE_THROUGH = ("RGBA", "RGBa", "LA", "La", "PA")
_MEASURED = ("I", "F")
"""32-bit numbers of which no file says how bright they are."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What sets a picture upright, by its EXIF orientation."""
_SNIFFED_BYTES = 512
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_BRANDS = dict.fromkeys(_HEIC, "a HEIC photo") | dict.fromkeys((b"avif", b"avis"), "an AVIF photo")
_BEGINNINGS = {
    b"8BPS": "a Photoshop document",
    b"%PDF": "a PDF document",
    b"\xff\x0a": "a JPEG XL photo",
    b"\0\0\0\x0cJXL ": "a JPEG XL photo",
    b"\0\0\0\x0cjP  ": "a JPEG 2000 photo",
}
_SAVE_AS = "Open it in a photo program, save it as JPEG or PNG, and choose the new file."
_BROKEN = (
    OSError, ValueError, SyntaxError, EOFError, struct.error, ArithmeticError, LookupError,
    TypeError, AttributeError, RecursionError, NotImplementedError,
)  # fmt: skip
"""What the decoders are known to raise for damaged bytes; no memory is not damage."""


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

    The same photo gives the same bytes.  Of an animation, and of a file with several
    pictures, the first is used.

    Raises:
        PhotoUnreadable: it is no picture, it is cut short, too large or too small.
        OSError: ``to`` cannot be written; nothing is there.
    """
    pixels = _read(path)
    data = io.BytesIO()
    pixels.save(data, "PNG", compress_level=6)
    write_whole(to, [data.getvalue()])
    digest = Digest(hashlib.sha256(data.getvalue()).hexdigest())
    return Photo(digest, pixels.width, pixels.height)


def _read(path: Path) -> Image.Image:
    beginning = _beginning(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata is dropped anyway
            with Image.open(path, formats=FORMATS) as image:
                _check(path, image)
                return _plain(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(path, f"more than {MAX_PIXELS // 1_000_000} million") from error
    except UnidentifiedImageError as error:
        raise _of_another_kind(path, beginning) from error
    except _BROKEN as error:
        raise PhotoUnreadable(
            f"{path.name} is damaged or cut short: it is not a photo that can be read to its end.",
            _SAVE_AS,
        ) from error


def _beginning(path: Path) -> bytes:
    try:
        if not path.is_file():  # a pipe would be waited for
            raise PhotoUnreadable(f"{path.name} is not a file.", "Choose a photo.")
        with path.open("rb") as file:
            return file.read(_SNIFFED_BYTES)
    except OSError as error:
        raise PhotoUnreadable(
            f"{path.name} cannot be opened ({error.strerror}).",
            "Check that the file is there and that you may read it.",
        ) from error


def _of_another_kind(path: Path, beginning: bytes) -> PhotoUnreadable:
    kind = _BRANDS.get(beginning[8:12]) if beginning[4:8] == b"ftyp" else None
    for start, name in _BEGINNINGS.items():
        kind = name if beginning.startswith(start) else kind
    if b"<svg" in beginning.lower():
        kind = "an SVG drawing"
    if kind is None:
        return PhotoUnreadable(f"{path.name} is not a photo that can be read.", _SAVE_AS)
    return PhotoUnreadable(f"{path.name} is {kind}, which cannot be read here.", _SAVE_AS)


def _check(path: Path, image: Image.Image) -> None:
    if image.width * image.height > MAX_PIXELS:
        raise _too_large(path, f"{image.width} x {image.height}")
    if min(image.width, image.height) < LEAST_SIDE_PX:
        raise PhotoUnreadable(
            f"{path.name} is only {image.width} x {image.height} pixels.",
            "Choose a larger photo.",
        )
    if image.mode in _MEASURED:
        raise PhotoUnreadable(
            f"{path.name} holds 32-bit measurements instead of colours.", _SAVE_AS
        )


def _too_large(path: Path, size: str) -> PhotoUnreadable:
    return PhotoUnreadable(
        f"{path.name} says it is {size} pixels, which is too large.",
        f"Scale it to at most {LONGEST_SIDE_PX} pixels a side.",
    )


def _plain(image: Image.Image) -> Image.Image:
    image.load()
    profile = image.info.get("icc_profile")
    flat = _without_alpha(_eight_bits(image))
    flat.thumbnail((LONGEST_SIDE_PX, LONGEST_SIDE_PX), Image.Resampling.LANCZOS)
    plain = _in_srgb(flat, profile) if profile else flat.convert("RGB")
    upright = _upright(image, plain)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    return bare


def _eight_bits(image: Image.Image) -> Image.Image:
    if not image.mode.startswith("I;16"):
        return image
    return image.convert("I").point(lambda value: value / 256).convert("L")


def _without_alpha(image: Image.Image) -> Image.Image:
    if image.mode == "P" or image.mode in _SEE_THROUGH or "transparency" in image.info:
        behind = Image.new("RGBA", image.size, (*BEHIND, 255))
        return Image.alpha_composite(behind, _with_alpha(image)).convert("RGB")
    return image


def _with_alpha(image: Image.Image) -> Image.Image:
    return image.convert("LA").convert("RGBA") if image.mode == "La" else image.convert("RGBA")


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        made = ImageCms.profileToProfile(
            image, own, ImageCms.createProfile("sRGB"), outputMode="RGB"
        )
    except (ImageCms.PyCMSError, *_BROKEN):
        return image.convert("RGB")  # a broken profile: the values are taken as sRGB
    return made if made is not None else image.convert("RGB")


def _upright(image: Image.Image, plain: Image.Image) -> Image.Image:
    try:
        turn = _TURNS.get(image.getexif().get(ExifTags.Base.Orientation, 1))
    except _BROKEN:
        return plain  # broken metadata: the picture is taken as it lies
    return plain if turn is None else plain.transpose(turn)
