"""Say what a person should know of a source before rendering."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from orchestrator.media.report import Notice


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


SAID: Mapping[str, str] = {
    "rotated": QT_TRANSLATE_NOOP(
        "SourceNotices", "The video is stored turned; it is rendered upright."
    ),
    "odd_size": QT_TRANSLATE_NOOP(
        "SourceNotices", "An odd side is padded by one pixel; encoders need even sides."
    ),
    "pixel_shape": QT_TRANSLATE_NOOP(
        "SourceNotices", "Pixels are not square; their shape is kept."
    ),
    "interlaced": QT_TRANSLATE_NOOP(
        "SourceNotices", "The video is interlaced; it is rendered deinterlaced."
    ),
    "alpha_dropped": QT_TRANSLATE_NOOP(
        "SourceNotices", "Transparency is left out; videos for players have none."
    ),
    "chroma_reduced": QT_TRANSLATE_NOOP(
        "SourceNotices", "Colour detail is reduced to 4:2:0, as players expect."
    ),
    "hdr_converted": QT_TRANSLATE_NOOP("SourceNotices", "HDR is converted to standard range."),
    "ten_bit": QT_TRANSLATE_NOOP("SourceNotices", "Fine colour is kept as 10 bits."),
    "colour_guessed": QT_TRANSLATE_NOOP(
        "SourceNotices",
        "The file does not say how its colours are coded; they are taken as players do.",
    ),
    "truncated": QT_TRANSLATE_NOOP(
        "SourceNotices",
        "The file is cut short or damaged. What can be read of it is rendered.",
    ),
    "damaged": QT_TRANSLATE_NOOP("SourceNotices", "Some frames are damaged and left out."),
    "variable_rate": QT_TRANSLATE_NOOP(
        "SourceNotices", "Frames are shown for unequal times; all times are kept."
    ),
    "negative_start": QT_TRANSLATE_NOOP(
        "SourceNotices", "The video begins before zero; sound stays in step."
    ),
    "time_gap": QT_TRANSLATE_NOOP(
        "SourceNotices", "One frame stands for many seconds; it is kept so."
    ),
}
"""What a source's notice of a stable code says when its own English words do not do."""


def notice_said(notice: Notice) -> str:
    """Return a notice in the language in use: in its own words, with their numbers, in English."""
    known = SAID.get(notice.code)
    if known is None:
        return notice.text
    said = QCoreApplication.translate("SourceNotices", known)
    return notice.text if said == known else said
