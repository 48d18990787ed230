"""Describe plain pictures for tests."""

from fractions import Fraction

from remote_worker.contract.records import Colour, Picture


def picture_of(width_px, height_px, matrix=1, pixel_format="yuv420p", rotation_deg=0):
    """Return a picture that shows this size, padded to even, in the colours of ``matrix``."""
    colour = Colour(matrix, matrix, matrix, full_range=False)
    return Picture(
        width_px=width_px + width_px % 2,
        height_px=height_px + height_px % 2,
        shown_width_px=width_px,
        shown_height_px=height_px,
        rotation_deg=rotation_deg,
        mirrored=False,
        sample_aspect_ratio=Fraction(1),
        deinterlace=False,
        tone_map="",
        source_colour=colour,
        colour=colour,
        pixel_format=pixel_format,
    )
