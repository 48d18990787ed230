"""Say what was found of what a render needs, in the language in use."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802  # lupdate seeks this name
    """Mark ``text`` for the translators; it is translated where it is shown."""
    del context
    return text


_NAMES = {
    "python": QT_TRANSLATE_NOOP("Health", "Python"),
    "machine": QT_TRANSLATE_NOOP("Health", "This computer"),
    "engines": QT_TRANSLATE_NOOP("Health", "Engines"),
    "facefusion": QT_TRANSLATE_NOOP("Health", "FaceFusion"),
    "media": QT_TRANSLATE_NOOP("Health", "Media library"),
    "hardware encoders": QT_TRANSLATE_NOOP("Health", "Graphics card encoders"),
    "storage": QT_TRANSLATE_NOOP("Health", "Storage"),
}
_PATTERNS = (
    (r"Python (\S+) on (.+)", QT_TRANSLATE_NOOP("Health", "Python {0} on {1}")),
    (
        r"(\d+) processors, (\d+) GiB of memory",
        QT_TRANSLATE_NOOP("Health", "{0} processors, {1} GiB of memory"),
    ),
    (r"(.+), ([\d.]+) GiB free", QT_TRANSLATE_NOOP("Health", "{0}, {1} GiB free")),
    (r"good, (.+)", QT_TRANSLATE_NOOP("Health", "whole, licence {0}")),
    (r"missing, (.+)", QT_TRANSLATE_NOOP("Health", "missing, licence {0}")),
    (r"corrupt, (.+)", QT_TRANSLATE_NOOP("Health", "damaged, licence {0}")),
    (r"not installed", QT_TRANSLATE_NOOP("Health", "not installed")),
    (
        r"no NVIDIA encoder here; videos are encoded on the processor",
        QT_TRANSLATE_NOOP("Health", "no NVIDIA encoder here; videos are encoded on the processor"),
    ),
    (
        r"(\w+), onnxruntime (\S+), (\d+) models",
        QT_TRANSLATE_NOOP("Health", "{0}, onnxruntime {1}, {2} models"),
    ),
    (
        r"install it under Settings, Engine, or by '(.+)'",
        QT_TRANSLATE_NOOP("Health", "install it under Settings, Engine, or by “{0}”"),
    ),
    (
        r"models of the default settings are missing: (.+)",
        QT_TRANSLATE_NOOP("Health", "models of the default settings are missing: {0}"),
    ),
    (r"run '(.+)'", QT_TRANSLATE_NOOP("Health", "run “{0}” in the program's folder")),
    (
        r"free some space, or set SECONDUNIT_HOME",
        QT_TRANSLATE_NOOP("Health", "free some space, or set SECONDUNIT_HOME"),
    ),
)
"""What the look says, and how it is said to people; what is in no row is said as it is."""


def name_said(name: str) -> str:
    """Return the name of a thing that was looked at."""
    if name.startswith("model "):
        model = QCoreApplication.translate("Health", "Model {0}")
        return model.format(name.removeprefix("model "))
    known = _NAMES.get(name)
    return QCoreApplication.translate("Health", known) if known else name


def found_said(words: str) -> str:
    """Return what was found, or what one can do about it."""
    for pattern, known in _PATTERNS:
        found = re.fullmatch(pattern, words)
        if found is not None:
            return QCoreApplication.translate("Health", known).format(*found.groups())
    return words
