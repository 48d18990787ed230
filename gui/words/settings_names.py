"""Name settings, codecs, bases of consent and hints about photos in plain words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from orchestrator.jobs import Container
from orchestrator.sources import DEMO_STATED_BY, Basis, PhotoHint
from remote_worker.contract.records import Codec

translate = QCoreApplication.translate

HINT_ICONS: dict[PhotoHint, str] = {
    "too_small": "warning",
    "too_dark": "warning",
    "too_bright": "warning",
    "flat": "info",
    "blurred": "warning",
    "turned": "info",
    "two_faces": "people",
}


def hint_sentence(hint: PhotoHint) -> str:
    """Return what a hint means and what would be better."""
    return {
        "too_small": translate(
            "Hints", "The face is small in this photo. A larger one shows more."
        ),
        "too_dark": translate("Hints", "The face is dark. A photo in better light looks better."),
        "too_bright": translate("Hints", "The face is overexposed. A darker photo shows more."),
        "flat": translate("Hints", "The face has hardly any contrast."),
        "blurred": translate("Hints", "The face is blurred. A sharper photo looks better."),
        "turned": translate(
            "Hints", "The face is turned away. A photo from the front looks better."
        ),
        "two_faces": translate("Hints", "There are several faces. The largest one is taken."),
    }[hint]


def hint_name(hint: PhotoHint) -> str:
    """Return a hint in a word or two."""
    return {
        "too_small": translate("Hints", "Small"),
        "too_dark": translate("Hints", "Dark"),
        "too_bright": translate("Hints", "Overexposed"),
        "flat": translate("Hints", "Little contrast"),
        "blurred": translate("Hints", "Blurred"),
        "turned": translate("Hints", "Turned away"),
        "two_faces": translate("Hints", "Several faces"),
    }[hint]


def basis_name(basis: Basis) -> str:
    """Return the choice that a person makes."""
    return {
        "self": translate("Consent", "This is me"),
        "permission": translate("Consent", "I have this person's consent"),
        "licensed": translate("Consent", "The portrait is free to use"),
    }[basis]


def basis_statement(basis: Basis) -> str:
    """Return the statement that is agreed to, in the language in use; English is recorded."""
    return {
        "self": translate(
            "Consent", "I am this person, and I agree to my face being put into videos."
        ),
        "permission": translate(
            "Consent", "I have this person's consent to put their face into videos."
        ),
        "licensed": translate(
            "Consent",
            "This portrait is in the public domain or licensed for this use, "
            "and I do not use it to deceive or to harm.",
        ),
    }[basis]


def basis_short(basis: Basis) -> str:
    """Return on what a consent rests, after a name and before a day."""
    return {
        "self": translate("Consent", "their own face"),
        "permission": translate("Consent", "with permission"),
        "licensed": translate("Consent", "licensed portrait"),
    }[basis]


def stated_by_said(stated_by: str) -> str:
    """Return who made a statement; what the app stated of its demo in the language in use."""
    if stated_by == DEMO_STATED_BY:
        return translate("Consent", "Second Unit, by the demo's attribution")
    return stated_by


def day(stated_at: str) -> str:
    """Return the day of an ISO 8601 moment as it is written where the user lives."""
    try:
        moment = datetime.fromisoformat(stated_at).astimezone()
    except ValueError:
        return stated_at[:10]
    date = QDate(moment.year, moment.month, moment.day)
    return QLocale().toString(date, QLocale.FormatType.ShortFormat)


def setting_name(name: str) -> str:
    """Return the name of a setting of the classic engine."""
    return {
        "blend": translate("Settings", "Strength"),
        "colour_match": translate("Settings", "Match the light"),
        "keep_eyes": translate("Settings", "Keep the eyes"),
        "keep_mouth": translate("Settings", "Keep teeth and tongue"),
        "reshape": translate("Settings", "Face shape"),
        "sharpness": translate("Settings", "Sharpness"),
    }.get(name, name)


def setting_hint(name: str) -> str:
    """Return what a setting of the classic engine does."""
    return {
        "blend": translate("Settings", "How much of the new face is put on: none to all of it."),
        "colour_match": translate(
            "Settings", "How the new face takes on the light and the colours of the scene."
        ),
        "keep_eyes": translate(
            "Settings", "The person's own eyes stay, so that they look where they looked."
        ),
        "keep_mouth": translate(
            "Settings", "What is inside an open mouth stays the person's own, so that talk fits."
        ),
        "reshape": translate(
            "Settings", "How far eyes, nose and mouth take on the shape of the new face."
        ),
        "sharpness": translate(
            "Settings", "Detail of the new face. Too much of it stands out from the video."
        ),
    }.get(name, "")


def choice_name(name: str, choice: str) -> str:
    """Return one choice of a setting."""
    return {
        ("colour_match", "light"): translate("Settings", "Each part of the face"),
        ("colour_match", "tone"): translate("Settings", "One tone"),
        ("colour_match", "off"): translate("Settings", "Not at all"),
        ("keep_eyes", "on"): translate("Settings", "Yes"),
        ("keep_eyes", "off"): translate("Settings", "No"),
        ("keep_mouth", "auto"): translate("Settings", "When it is open"),
        ("keep_mouth", "on"): translate("Settings", "Always"),
        ("keep_mouth", "off"): translate("Settings", "Never"),
    }.get((name, choice), choice)


def engine_name(engine: str) -> str:
    """Return the name of an engine."""
    return {
        "classic": translate("Settings", "Classic – quick, no graphics card"),
        "facefusion": translate("Settings", "FaceFusion – its models and quality"),
    }.get(engine, engine)


def engine_hint() -> str:
    """Return how to choose between the engines."""
    return translate(
        "Settings",
        "Classic comes with Second Unit and runs anywhere. FaceFusion makes new faces with models"
        " of its own, best on a graphics card; most of them are not for commercial use.",
    )


def percent(number: float) -> str:
    """Return a number that is a percentage."""
    return translate("Settings", "{0} %").format(round(number))


def codec_name(codec: Codec) -> str:
    """Return a codec with what it is good for."""
    return {
        "h264": translate("Output", "H.264 – plays everywhere"),
        "h265": translate("Output", "H.265 – smaller files"),
        "av1": translate("Output", "AV1 – smallest files, slow"),
    }[codec]


def container_name(container: Container) -> str:
    """Return a kind of file."""
    return {"mp4": "MP4", "mov": "QuickTime MOV", "mkv": "Matroska MKV"}[container]


QUALITY_STEPS: tuple[tuple[int, Callable[[], str]], ...] = (
    (10, lambda: translate("Output", "Low")),
    (5, lambda: translate("Output", "Medium")),
    (0, lambda: translate("Output", "High")),
    (-6, lambda: translate("Output", "Best")),
)
"""How far from the encoder's own number, where less is better, and what that is called."""


def quality_name(quality: int, usual: int) -> str:
    """Return the word for a quality, given the encoder's own number."""
    step = min(QUALITY_STEPS, key=lambda step: abs(quality - usual - step[0]))
    return step[1]()


def preset_name(name: str, *, built_in: bool) -> str:
    """Return a preset's name; those that came with the app are named in the language in use."""
    own = {
        "Balanced": translate("Presets", "Balanced"),
        "Best quality": translate("Presets", "Best quality"),
        "Small file": translate("Presets", "Small file"),
        "Fast draft": translate("Presets", "Fast draft"),
        "Archive (MKV, H.265)": translate("Presets", "Archive (MKV, H.265)"),
        "FaceFusion": translate("Presets", "FaceFusion"),
        "FaceFusion, faces enhanced": translate("Presets", "FaceFusion, faces enhanced"),
    }
    return own.get(name, name) if built_in else name


def person_name(name: str, number: int) -> str:
    """Return what a person is called: by the user, or by number."""
    return name or translate("People", "Person {0}").format(number)
