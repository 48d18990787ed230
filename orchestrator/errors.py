"""Name what can go wrong on the desktop, so that each fault is handled by its name.

SecondUnitError
├── ModelMissing          a model file that is needed is not installed
├── ModelCorrupt          a model file's bytes are not those it should have
└── PhotoUnreadable       a photo is not a picture that can be read
"""

from __future__ import annotations

import re


class SecondUnitError(Exception):
    """A fault with a sentence for a person, and advice on what to do about it."""

    def __init__(self, sentence: str, advice: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.advice = advice
        self.code = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(self).__name__).lower()
        """Stable name of the fault for machines, such as ``model_missing``."""


class ModelMissing(SecondUnitError):
    """A model file that is needed is not installed; nothing was begun."""


class ModelCorrupt(SecondUnitError):
    """A model file's bytes are not those that the manifest names; it was not opened."""


class PhotoUnreadable(SecondUnitError):
    """A photo is not a picture that can be read; nothing of it was kept."""
