"""Say on a slot whose face a person gets, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.cast.casting_of import Slot
from gui.faces.face_slot import FaceSlot
from gui.faces.library import FaceLibrary
from gui.faces.views import FaceView
from gui.words.amounts import listed
from gui.words.settings_names import hint_name

translate = QCoreApplication.translate


def show_on(slot: FaceSlot, state: Slot, library: FaceLibrary, invitation: str) -> None:
    """Draw what a slot holds."""
    if state.kind == "empty":
        slot.show_empty(invitation)
        slot.setAccessibleName(invitation)
        return
    views = [library.face(face_id) for face_id in state.face_ids]
    if state.kind == "face":
        _show_one(slot, views[0])
        return
    names = listed([view.name if view else gone_words() for view in views])
    slot.show_faces(
        tuple(view.picture if view else None for view in views),
        names if len(views) > 1 else translate("Slot", "{0} in places").format(names),
    )
    slot.setAccessibleName(translate("Slot", "Several: {0}").format(names))


def _show_one(slot: FaceSlot, view: FaceView | None) -> None:
    if view is None:
        slot.show_face(None, gone_words(), translate("Slot", "Choose another one."), "warning")
        slot.setAccessibleName(gone_words())
        return
    second, tone = second_line(view)
    slot.show_face(view.picture, view.name, second, tone)
    told = translate("Slot", "{0}, {1}").format(view.name, second) if second else view.name
    slot.setAccessibleName(told)
    slot.setToolTip(told)


def second_line(view: FaceView) -> tuple[str, str]:
    """Return what is to be said beneath a face's name, and in which colour."""
    if view.lack == "consent":
        return translate("Slot", "Consent is missing"), "warning"
    if view.lack == "photos":
        return translate("Slot", "The photos are missing"), "danger"
    if view.all_hints:
        return listed([hint_name(hint) for hint in view.all_hints]), "muted"
    return "", ""


def gone_words() -> str:
    """Return what is said of a face that was removed from the library."""
    return translate("Slot", "A removed face")
