"""A photo becomes a plain PNG of its pixels, or is refused with a sentence."""

import io
import os
import random
import struct
import warnings
import zlib

import numpy as np
import pytest
from PIL import Image, ImageCms

from orchestrator.errors import PhotoUnreadable
from orchestrator.media.photo import BEHIND, LONGEST_SIDE_PX, normalise

SEED = 20261123
RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 40), (20, 40, 210), (250, 250, 250)
CORNERS = (RED, GREEN, BLUE, WHITE)
"""Top left, top right, bottom left, bottom right."""
GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def four_corners(width_px=120, height_px=80):
    image = Image.new("RGB", (width_px, height_px))
    half = (width_px // 2, height_px // 2)
    for number, colour in enumerate(CORNERS):
        image.paste(Image.new("RGB", half, colour), (number % 2 * half[0], number // 2 * half[1]))
    return image


def corners_of(image):
    right, bottom = image.width - 12, image.height - 12
    return [image.getpixel(at) for at in ((12, 12), (right, 12), (12, bottom), (right, bottom))]


def saved(image, kind, **options):
    data = io.BytesIO()
    image.save(data, kind, **options)
    return data.getvalue()


def png(width_px, height_px, *, bits, colour_type, rows, more=b""):
    def part(name, data):
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width_px, height_px, bits, colour_type, 0, 0, 0)
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            part(b"IHDR", header),
            more and part(b"tRNS", more),
            part(b"IDAT", zlib.compress(rows)),
            part(b"IEND", b""),
        )
    )


@pytest.fixture
def made(tmp_path):
    """Return a function that gives the PNG that a photo's bytes become."""

    def make(data):
        (tmp_path / "photo").write_bytes(data)
        told = normalise(tmp_path / "photo", tmp_path / "made.png")
        image = Image.open(tmp_path / "made.png")
        image.load()
        assert (image.format, image.mode) == ("PNG", "RGB")
        assert image.size == (told.width_px, told.height_px)
        return image

    return make


@pytest.fixture
def refused(tmp_path):
    """Return a function that gives the sentence with which a photo's bytes are refused."""

    def refuse(data):
        (tmp_path / "holiday.jpg").write_bytes(data)
        with pytest.raises(PhotoUnreadable) as caught:
            normalise(tmp_path / "holiday.jpg", tmp_path / "made.png")
        assert not (tmp_path / "made.png").exists()
        assert caught.value.advice
        assert caught.value.sentence.startswith("holiday.jpg ")
        return caught.value.sentence

    return refuse


def near(one, other, most=14):
    difference = np.abs(np.asarray(one, int) - np.asarray(other, int)).max()
    return difference <= most


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP"])
def test_every_kind_that_is_taken_keeps_its_colours(made, kind):
    assert near(corners_of(made(saved(four_corners(), kind))), CORNERS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_of_any_orientation_stands_upright(made, kind, orientation):
    upright = four_corners()
    backwards = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    lies = upright if backwards is None else upright.transpose(backwards)
    stands = made(saved(lies, kind, exif=exif))
    assert stands.size == upright.size
    assert near(corners_of(stands), CORNERS)


def test_nothing_but_pixels_is_kept(made, tmp_path):
    exif = Image.Exif()
    exif[MAKER] = "SecretCamera"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (52.0, 30.0, 15.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photo = saved(
        four_corners(),
        "JPEG",
        exif=exif,
        icc_profile=profile,
        comment=b"SecretComment",
        dpi=(72, 72),
    )
    assert b"SecretCamera" in photo
    image = made(photo)
    assert not image.info
    assert not image.getexif()
    data = (tmp_path / "made.png").read_bytes()
    assert b"Secret" not in data
    assert [
        name for name in (b"eXIf", b"iCCP", b"tEXt", b"iTXt", b"pHYs", b"tIME") if name in data
    ] == []


def test_the_same_photo_gives_the_same_bytes(tmp_path):
    (tmp_path / "photo").write_bytes(saved(four_corners(), "JPEG"))
    one = normalise(tmp_path / "photo", tmp_path / "one.png")
    other = normalise(tmp_path / "photo", tmp_path / "other.png")
    assert one == other
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "other.png").read_bytes()


def swapped_profile():
    """Return an sRGB profile whose red and blue have changed places."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = data.index(b"rXYZ"), data.index(b"bXYZ")
    data[red : red + 4], data[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(data)


def test_the_colours_are_those_that_the_profile_means(made):
    photo = saved(four_corners(), "PNG", icc_profile=swapped_profile())
    meant = [colour[::-1] for colour in CORNERS]
    assert near(corners_of(made(photo)), meant, most=3)


@pytest.mark.parametrize(
    "profile",
    [b"no profile at all" * 20, swapped_profile()[:300], b"\0" * 128],
    ids=["text", "cut", "empty"],
)
def test_a_broken_profile_costs_no_photo(made, profile):
    photo = saved(four_corners(), "PNG", icc_profile=profile)
    assert near(corners_of(made(photo)), CORNERS, most=3)


def test_a_profile_for_other_colours_than_the_photos_costs_no_photo(made):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert near(
        corners_of(made(saved(four_corners(), "PNG", icc_profile=profile))), CORNERS, most=3
    )


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_grey_shows_through_transparent_pixels(made, mode):
    image = Image.new(mode, (100, 100), (255,) * (len(mode) - 1) + (0,))
    image.paste((255,) * (len(mode) - 1) + (255,), (50, 0, 100, 100))
    flat = made(saved(image, "PNG"))
    assert flat.getpixel((10, 10)) == BEHIND
    assert flat.getpixel((90, 10)) == (255, 255, 255)


def test_a_palette_photo_with_a_transparent_colour_is_flattened(made):
    image = four_corners().quantize(8)
    image.info["transparency"] = image.getpixel((12, 12))
    flat = made(saved(image, "PNG", transparency=image.getpixel((12, 12))))
    assert near(corners_of(flat), (BEHIND, *CORNERS[1:]))


def test_a_cmyk_photo_keeps_its_colours(made):
    assert near(
        corners_of(made(saved(four_corners().convert("CMYK"), "JPEG", quality=95))), CORNERS
    )
    assert near(corners_of(made(saved(four_corners().convert("CMYK"), "TIFF"))), CORNERS)


def test_a_16_bit_grey_photo_keeps_its_brightness(made):
    ramp = np.linspace(0, 65535, 128 * 128).astype(np.uint16).reshape(128, 128)
    expected = (ramp >> 8).astype(int)
    for kind in ("PNG", "TIFF"):
        grey = np.asarray(made(saved(Image.fromarray(ramp), kind)))
        assert near(grey, expected[..., None].repeat(3, axis=2), most=1)


def test_a_16_bit_photo_with_a_transparent_value_keeps_its_brightness(made):
    value = struct.pack(">H", 200 * 256)
    rows = (b"\0" + value * 100) * 100
    photo = png(100, 100, bits=16, colour_type=0, rows=rows, more=value)
    assert made(photo).getpixel((50, 50)) == (200, 200, 200)


def test_a_16_bit_colour_photo_keeps_its_colours(made):
    rows = (b"\0" + struct.pack(">HHH", 65535, 32768, 256) * 100) * 100
    assert made(png(100, 100, bits=16, colour_type=2, rows=rows)).getpixel((50, 50)) == (
        255,
        128,
        1,
    )


def test_a_bilevel_photo_is_black_and_white(made):
    image = Image.new("1", (100, 100), 1)
    image.paste(0, (0, 0, 50, 100))
    flat = made(saved(image, "PNG"))
    assert (flat.getpixel((10, 10)), flat.getpixel((90, 10))) == ((0, 0, 0), (255, 255, 255))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF", "MPO"])
def test_of_several_pictures_the_first_is_used(made, kind):
    others = [Image.new("RGB", (120, 80), (0, 0, 0))] * 2
    photo = saved(four_corners(), kind, save_all=True, append_images=others)
    assert near(corners_of(made(photo)), CORNERS)


def test_a_large_photo_is_reduced(made):
    image = made(saved(Image.new("RGB", (LONGEST_SIDE_PX * 2, 200), RED), "PNG"))
    assert image.size == (LONGEST_SIDE_PX, 100)
    assert image.getpixel((50, 50)) == RED


def test_a_tiny_photo_is_refused(refused):
    assert "only 1 x 1 pixels" in refused(saved(Image.new("RGB", (1, 1)), "PNG"))
    assert "only 63 x 100 pixels" in refused(saved(Image.new("RGB", (63, 100)), "BMP"))


@pytest.mark.parametrize("side_px", [10_001, 13_000, 100_000, 2_000_000_000])
def test_a_photo_that_says_it_is_huge_is_refused_before_it_is_read(refused, side_px):
    assert "too large" in refused(png(side_px, side_px, bits=8, colour_type=2, rows=b"\0"))


def test_a_huge_photo_is_refused_where_warnings_are_errors(refused):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "too large" in refused(png(11_000, 11_000, bits=8, colour_type=2, rows=b"\0"))


def ftyp(brand):
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0mif1" + brand + b"\0" * 2000


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (ftyp(b"heic"), "a HEIC photo"),
        (ftyp(b"mif1"), "a HEIC photo"),
        (ftyp(b"avif"), "an AVIF photo"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "an SVG drawing"),
        (
            b"8BPS\0\1" + b"\0" * 6 + struct.pack(">HIIHH", 3, 100, 100, 8, 3),
            "a Photoshop document",
        ),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\xff\x0a" + b"\0" * 100, "a JPEG XL photo"),
        (saved(four_corners(), "JPEG2000"), "a JPEG 2000 photo"),
    ],
)
def test_a_picture_of_a_kind_that_is_not_taken_is_named(refused, data, what):
    assert refused(data) == f"holiday.jpg is {what}, which cannot be read here."


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", bytes(3000)]
)
def test_what_is_no_photo_is_refused(refused, data):
    refused(data)


def test_eps_is_refused_without_starting_a_program(refused):
    refused(saved(four_corners(), "EPS"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_a_photo_that_is_cut_short_is_refused(refused, kind):
    noise = np.random.default_rng(SEED).integers(0, 255, (100, 100, 3), np.uint8)
    photo = saved(Image.fromarray(noise), kind)
    for share in (0.2, 0.5, 0.9):
        refused(photo[: int(len(photo) * share)])


@pytest.mark.parametrize("mode", ["F", "I"])
def test_32_bit_measurements_are_refused(refused, mode):
    assert "32-bit measurements" in refused(saved(Image.new(mode, (100, 100)), "TIFF"))


@pytest.mark.parametrize("exif", [b"II*\0\x08\0\0\0\xff\xff" + b"\xff" * 40, b"garbage" * 9])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_broken_exif_costs_no_photo(made, kind, exif):
    photo = saved(four_corners(), kind, exif=b"Exif\0\0" + exif)
    assert near(corners_of(made(photo)), CORNERS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "BMP", "GIF"])
def test_damaged_bytes_give_a_photo_or_a_sentence_and_nothing_else(tmp_path, kind):
    rng = random.Random(SEED)
    whole = saved(four_corners(70, 66), kind)
    for number in range(60):
        data = bytearray(whole)
        for _ in range(rng.randint(1, 8)):
            data[rng.randrange(min(len(data), rng.choice((40, 200, len(data)))))] = rng.randrange(
                256
            )
        (tmp_path / "photo").write_bytes(data)
        try:
            normalise(tmp_path / "photo", tmp_path / "made.png")
        except PhotoUnreadable:
            continue
        except BaseException as error:
            error.add_note(f"seed {SEED}, {kind}, number {number}")
            raise


def test_what_is_not_there_or_no_file_is_refused(tmp_path):
    for path in (tmp_path / "gone.jpg", tmp_path):
        with pytest.raises(PhotoUnreadable, match="is not a file"):
            normalise(path, tmp_path / "made.png")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.jpg")
    with pytest.raises(PhotoUnreadable, match="is not a file"):
        normalise(tmp_path / "pipe.jpg", tmp_path / "made.png")


def test_a_place_that_cannot_be_written_is_not_the_photos_fault(tmp_path):
    (tmp_path / "photo").write_bytes(saved(four_corners(), "PNG"))
    with pytest.raises(OSError, match="gone"):
        normalise(tmp_path / "photo", tmp_path / "gone" / "made.png")
