"""Name in plain words what the stage shows: people, where a picture comes from, what is hard."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.stage.geometry import Mode
from gui.stage.rows import CalledBy
from orchestrator.desk.hard_frames import Why
from orchestrator.preview.scene import Made


def person_name(called: CalledBy, *, unsure: bool) -> str:
    """Return what a person is called on the stage."""
    if called.name:
        return called.name
    if unsure:
        return QCoreApplication.translate("Stage", "Not sure who")
    return QCoreApplication.translate("Stage", "Person {0}").format(called.number)


def worn_name(name: str, worn: str) -> str:
    """Return a person's name with the face that is put on, if any."""
    if not worn:
        return name
    return QCoreApplication.translate("Stage", "{0} as {1}").format(name, worn)


def made_words(made: Made, engine: str, stands_in_for: str = "") -> str:
    """Return where the picture that is shown comes from; an engine may stand in for another."""
    match made:
        case "source":
            return QCoreApplication.translate("Stage", "Source")
        case "rendered":
            return QCoreApplication.translate("Stage", "Rendered")
    if stands_in_for:
        said = QCoreApplication.translate("Stage", "Preview by {0}: {1} is not installed here")
        return said.format(engine_words(engine, first=True), engine_words(stands_in_for))
    said = QCoreApplication.translate("Stage", "Preview by the {0} engine on this computer")
    return said.format(engine_words(engine))


def engine_words(engine: str, *, first: bool = False) -> str:
    """Return the name of an engine as it stands in a sentence; ``first``: as a name."""
    if engine == "classic" and first:
        return QCoreApplication.translate("Stage", "Classic")
    if engine == "classic":
        return QCoreApplication.translate("Stage", "classic")
    return {"facefusion": "FaceFusion"}.get(engine, engine)


def side_words(*, after: bool) -> str:
    """Return the name of a side."""
    if after:
        return QCoreApplication.translate("Stage", "After")
    return QCoreApplication.translate("Stage", "Before")


def mode_words(mode: Mode) -> str:
    """Return the name of a way to look at the two sides."""
    match mode:
        case "after":
            return QCoreApplication.translate("Stage", "After")
        case "before":
            return QCoreApplication.translate("Stage", "Before")
        case "wipe":
            return QCoreApplication.translate("Stage", "Wipe")
    return QCoreApplication.translate("Stage", "Side by side")


def why_words(why: Why) -> str:
    """Return why a frame is hard."""
    match why:
        case "small":
            return QCoreApplication.translate("Stage", "small face")
        case "turned":
            return QCoreApplication.translate("Stage", "turned away")
        case "edge":
            return QCoreApplication.translate("Stage", "at the edge")
        case "close_by":
            return QCoreApplication.translate("Stage", "two faces close together")
        case "plain":
            return QCoreApplication.translate("Stage", "nothing hard about it")
    return QCoreApplication.translate("Stage", "moves fast")
