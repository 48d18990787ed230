"""Name what can go wrong when FaceFusion is installed, checked, removed or seeded."""

from __future__ import annotations

from orchestrator.errors import SecondUnitError


class EngineInstallFailed(SecondUnitError):
    """A part could not be had or laid out; what had arrived is kept and used next time."""

    def __init__(self, sentence: str, advice: str, code: str = "") -> None:
        super().__init__(sentence, advice)
        self.code = code or self.code


class EngineNotInstalled(SecondUnitError):
    """FaceFusion is not installed where it was looked for; nothing was changed."""


class EngineUnsupported(SecondUnitError):
    """FaceFusion cannot run on such a system; nothing was changed."""


class EngineLicenceOpen(SecondUnitError):
    """The licences of what is to be installed were not accepted; nothing was fetched."""
