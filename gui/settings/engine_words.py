"""Say what the parts of FaceFusion are for, and how far its installation is."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.words.amounts import size

if TYPE_CHECKING:
    from orchestrator.facefusion.install import Part
    from remote_worker.engines.facefusion.manifest import ModelFile
    from remote_worker.engines.facefusion.provision import Progress

_CONTEXT = "EngineWords"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


PURPOSES: Mapping[str, str] = {
    "the program": QT_TRANSLATE_NOOP("EngineWords", "The program"),
    "what it runs on": QT_TRANSLATE_NOOP("EngineWords", "What it runs on"),
    "content check": QT_TRANSLATE_NOOP("EngineWords", "Content check"),
    "tells age, gender and race for the selection": QT_TRANSLATE_NOOP(
        "EngineWords", "Tells age, gender and race for the selection"
    ),
    "finds faces": QT_TRANSLATE_NOOP("EngineWords", "Finds faces"),
    "places points on a face": QT_TRANSLATE_NOOP("EngineWords", "Places points on a face"),
    "masks what covers a face, and its parts": QT_TRANSLATE_NOOP(
        "EngineWords", "Masks what covers a face, and its parts"
    ),
    "tells people apart": QT_TRANSLATE_NOOP("EngineWords", "Tells people apart"),
    "changes age": QT_TRANSLATE_NOOP("EngineWords", "Changes age"),
    "removes the background": QT_TRANSLATE_NOOP("EngineWords", "Removes the background"),
    "keeps the expression": QT_TRANSLATE_NOOP("EngineWords", "Keeps the expression"),
    "edits a face": QT_TRANSLATE_NOOP("EngineWords", "Edits a face"),
    "restores a face": QT_TRANSLATE_NOOP("EngineWords", "Restores a face"),
    "swaps faces": QT_TRANSLATE_NOOP("EngineWords", "Swaps faces"),
    "colours frames": QT_TRANSLATE_NOOP("EngineWords", "Colours frames"),
    "enlarges frames": QT_TRANSLATE_NOOP("EngineWords", "Enlarges frames"),
    "moves lips to a voice": QT_TRANSLATE_NOOP("EngineWords", "Moves lips to a voice"),
    "takes a voice out of sound": QT_TRANSLATE_NOOP("EngineWords", "Takes a voice out of sound"),
}
"""By what the manifest says; every purpose in it is here."""
_STATES: Mapping[str, str] = {
    "good": QT_TRANSLATE_NOOP("EngineWords", "installed"),
    "missing": QT_TRANSLATE_NOOP("EngineWords", "missing"),
    "damaged": QT_TRANSLATE_NOOP("EngineWords", "damaged"),
}
_STEPS: Mapping[str, str] = {
    "looking": QT_TRANSLATE_NOOP("EngineWords", "Looking at what is here…"),
    "source": QT_TRANSLATE_NOOP("EngineWords", "Fetching the program"),
    "packages": QT_TRANSLATE_NOOP("EngineWords", "Fetching what it runs on"),
    "unpacking": QT_TRANSLATE_NOOP("EngineWords", "Unpacking…"),
    "models": QT_TRANSLATE_NOOP("EngineWords", "Fetching models"),
    "done": QT_TRANSLATE_NOOP("EngineWords", "Finishing…"),
}


def purpose(part: Part | ModelFile) -> str:
    """Return what a part is for."""
    return _tr(PURPOSES.get(part.purpose, part.purpose))


def state(part: Part) -> str:
    """Return how a part was found."""
    return _tr(_STATES[part.state])


def licence(part: Part | ModelFile) -> str:
    """Return a part's label, and that it is not for commercial use where that is so."""
    if part.commercial:
        return part.licence
    if part.licence == "Non-Commercial":
        return _tr(QT_TRANSLATE_NOOP("EngineWords", "Not for commercial use"))
    if part.licence == "Unknown":
        return _tr(QT_TRANSLATE_NOOP("EngineWords", "Unknown, so not for commercial use"))
    told = _tr(QT_TRANSLATE_NOOP("EngineWords", "{0}, not for commercial use"))
    return told.format(part.licence)


def offered(known: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the models that are not among ``known``, with what they are, by what they are for."""
    from remote_worker.engines.facefusion.manifest import manifest

    models = [model for name, model in manifest().items() if name not in known]
    models.sort(key=lambda model: (model.purpose, model.name))
    return tuple(
        (model.name, f"{purpose(model)}: {model.name} ({licence(model)})") for model in models
    )


def progress(told: Progress) -> str:
    """Return how far an installation is, in one line."""
    words = _tr(_STEPS[told.step])
    if told.step not in ("source", "packages", "models"):
        return words
    said = _tr(QT_TRANSLATE_NOOP("EngineWords", "{0}: {1} ({2} of {3})"))
    return said.format(words, told.file, size(told.done_bytes), size(told.total_bytes))


def _tr(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)
