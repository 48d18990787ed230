"""Say why nothing can be changed or rendered now, and what the Render button says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from gui.faces.views import FaceView
from gui.inspector.wishes import Lacking
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import Doing

_tr = QCoreApplication.translate


def lack_sentence(lacking: Lacking, faces: Mapping[str, FaceView]) -> str:
    """Return what is missing before a render can begin, as an order; empty when nothing is."""
    face = faces.get(lacking.face_id or "")
    name = face.name if face is not None else ""
    return {
        "": "",
        "nothing": _tr("Render", "Choose a video first"),
        "looking": _tr("Render", "Still looking at the video"),
        "refused": _tr("Render", "This video cannot be rendered"),
        "busy": _tr("Render", "It is in the line already"),
        "nobody": _tr("Render", "There is nobody to replace"),
        "face": _tr("Render", "Choose a face first"),
        "face_gone": _tr("Render", "Choose another face: one was removed"),
        "photos": _tr("Render", "Add the photos of {0} again").format(name),
        "consent": _tr("Render", "Say who agreed to {0}'s face").format(name),
        "other": _tr("Render", "Choose a face in every video"),
    }[lacking.lack]


def locked_sentence(chosen: Sequence[Entry]) -> str:
    """Return why nothing of the selected videos can be changed; empty when it can."""
    states = {entry.state for entry in chosen}
    if "rendering" in states:
        return _tr(
            "Inspector",
            "This video is being rendered. What is finished is kept, and used again where it "
            "still fits.",
        )
    if "queued" in states:
        return _tr("Inspector", "This video waits for its turn, so its settings are fixed.")
    return ""


def unlock_words(chosen: Sequence[Entry]) -> str:
    """Return what the button says that makes a change possible."""
    if any(entry.state == "rendering" for entry in chosen):
        return _tr("Inspector", "Stop rendering to change it")
    return _tr("Inspector", "Take it out of the line to change it")


def looking_sentence(entry: Entry, looking: Doing | None) -> str:
    """Return what is being found out about a new video."""
    if looking is None or looking.entry_id != entry.entry_id:
        return _tr("Inspector", "This video is looked at soon: who is in it?")
    return {
        "probing": _tr("Inspector", "Reading the video…"),
        "picturing": _tr("Inspector", "Reading the video…"),
        "finding faces": _tr("Inspector", "Finding out who is in it…"),
        "checking content": _tr("Inspector", "Checking the content…"),
        "preparing": _tr("Inspector", "Preparing…"),
    }[looking.work]
