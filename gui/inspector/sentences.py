"""Say why nothing can be changed or rendered now, and what the Render button says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from gui.faces.views import FaceView
from gui.inspector.wishes import Lacking
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import Doing

translate = QCoreApplication.translate


def lack_sentence(lacking: Lacking, faces: Mapping[str, FaceView]) -> str:
    """Return what is missing before a render can begin, as an order; empty when nothing is."""
    face = faces.get(lacking.face_id or "")
    name = face.name if face is not None else ""
    return {
        "": "",
        "nothing": translate("Render", "Choose a video first"),
        "looking": translate("Render", "Still looking at the video"),
        "refused": translate("Render", "This video cannot be rendered"),
        "busy": translate("Render", "It is in the line already"),
        "nobody": translate("Render", "There is nobody to replace"),
        "face": translate("Render", "Choose a face first"),
        "face_gone": translate("Render", "Choose another face: one was removed"),
        "photos": translate("Render", "Add the photos of {0} again").format(name),
        "consent": translate("Render", "Say who agreed to {0}'s face").format(name),
        "other": translate("Render", "Choose a face in every video"),
    }[lacking.lack]


def locked_sentence(chosen: Sequence[Entry]) -> str:
    """Return why nothing of the selected videos can be changed; empty when it can."""
    states = {entry.state for entry in chosen}
    if "rendering" in states:
        return translate(
            "Inspector",
            "This video is being rendered. What is finished is kept, and used again where it "
            "still fits.",
        )
    if "queued" in states:
        return translate("Inspector", "This video waits for its turn, so its settings are fixed.")
    return ""


def unlock_words(chosen: Sequence[Entry]) -> str:
    """Return what the button says that makes a change possible."""
    if any(entry.state == "rendering" for entry in chosen):
        return translate("Inspector", "Stop rendering to change it")
    return translate("Inspector", "Take it out of the line to change it")


def looking_sentence(entry: Entry, looking: Doing | None) -> str:
    """Return what is being found out about a new video."""
    if looking is None or looking.entry_id != entry.entry_id:
        return translate("Inspector", "This video is looked at soon: who is in it?")
    return {
        "probing": translate("Inspector", "Reading the video…"),
        "picturing": translate("Inspector", "Reading the video…"),
        "finding faces": translate("Inspector", "Finding out who is in it…"),
        "checking content": translate("Inspector", "Checking the content…"),
        "preparing": translate("Inspector", "Preparing…"),
    }[looking.work]
