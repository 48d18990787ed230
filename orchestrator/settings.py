"""Say what a user can set of the app, each with its default; no file, no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Appearance = Literal["system", "dark", "light"]
Language = Literal["system", "en", "zh_CN"]
WhenDone = Literal["nothing", "notify", "sleep", "command"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFolder:
    """A folder whose new videos are put in the queue by themselves."""

    path: str
    preset: str | None = None
    """Name of the preset they get; None for the defaults."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is set, for this user on this machine; secrets are never among it."""

    version: int = 1
    appearance: Appearance = "system"
    language: Language = "system"
    simple: bool = True
    """Whether the window shows only what a first video needs."""
    notify: bool = True
    """Whether the desktop is told when a render ends."""
    sound: bool = False
    """Whether a notification makes a sound."""
    workers: int | None = None
    """Agents side by side on this machine; None: as many as suit it."""
    output_folder: str | None = None
    """Where finished videos of new entries go; None: beside the source."""
    when_done: WhenDone = "nothing"
    when_done_command: tuple[str, ...] = ()
    """Program and arguments; started without a shell."""
    watch_folders: tuple[WatchFolder, ...] = ()
    shortcuts: tuple[tuple[str, str], ...] = ()
    """Command's id and key sequence in Qt's portable spelling; only what differs from the
    defaults; an empty sequence for a command without a key."""
    accepted_licences: tuple[str, ...] = ()
    """Labels of models that forbid commercial use and that the user has agreed to, each with
    who gave it, such as ``Non-Commercial (InsightFace)``."""
