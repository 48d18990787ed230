"""Keep the settings on disk: whole, readable by older and newer versions, never lost silently.

A field that this version does not know is left in the file as it is, so that going back to an
older version and forth again loses nothing.  ``version`` rises only when a field changes its
meaning; a file of a higher version is neither read nor written.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

from orchestrator.errors import NotSaved, SettingsRefused
from orchestrator.home import Home
from orchestrator.settings import Settings
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, from_plain, to_plain

VERSION = 1
_FILE = "settings.json"
_MOST_BYTES = 1 << 20
Tell = Callable[[str, str], None]
"""Hears a sentence and an advice for the user."""
_log = logging.getLogger(__name__)


def settings_path(home: Home) -> Path:
    """Return where the settings lie."""
    return home.root / _FILE


def load(home: Home, tell: Tell | None = None) -> Settings:
    """Return the settings; the defaults where there are none or they cannot be read.

    What cannot be read is kept aside as ``settings.broken-N.json``, and ``tell`` hears of it.

    Raises:
        SettingsRefused: a newer version of the app wrote them; the file is left as it is.
    """
    path = settings_path(home)
    try:
        data = _read(path)
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        _say(tell, f"The settings cannot be read ({error.strerror}).", "Check the folder's rights.")
        return Settings()
    plain = _plain(data)
    if plain is None:
        _set_aside(path, data, tell, "The settings file is damaged, so the defaults are in force.")
        return Settings()
    _require_known(plain)
    return _settings(path, data, plain, tell)


def save(home: Home, settings: Settings) -> None:
    """Write the settings in one durable step; fields that are not known here stay as they are.

    Raises:
        SettingsRefused: the file is a newer version's; it is left as it is.
        NotSaved: it could not be written; what was there is untouched.
    """
    path = settings_path(home)
    try:
        there = _plain(_read(path)) if path.exists() else None
        _require_known(there or {})
        known = {field.name for field in fields(Settings)}
        strange = {name: value for name, value in (there or {}).items() if name not in known}
        plain = {**strange, **to_plain(settings)}
        text = json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        write_whole(path, [text.encode()])
    except OSError as error:
        raise NotSaved(
            f"The settings could not be written ({error.strerror or type(error).__name__}).",
            "They are in force until the app ends. Check the disk, then change one again.",
        ) from error


class Keeper:
    """Saves the settings one time after the other, so that the last one set is the last written.

    :meth:`note` returns at once; :meth:`write` runs on any other thread, as often as one likes.
    """

    def __init__(self, home: Home) -> None:
        """Keep settings in ``home``; nothing is written yet."""
        self._home = home
        self._writing = threading.Lock()
        self._noting = threading.Lock()
        self._newest: Settings | None = None

    def note(self, settings: Settings) -> None:
        """Say what is to be written next."""
        with self._noting:  # never held while the disk is waited for
            self._newest = settings

    def write(self) -> None:
        """Write what was noted last, unless that is done.

        Raises:
            SettingsRefused, NotSaved: see :func:`save`.
        """
        with self._writing:
            with self._noting:
                settings, self._newest = self._newest, None
            if settings is not None:
                save(self._home, settings)


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_MOST_BYTES + 1)


def _plain(data: bytes) -> dict[str, Any] | None:
    """Return the fields in ``data``, or None when it is no settings file."""
    if len(data) > _MOST_BYTES:
        return None
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return None
    version = plain.get("version") if isinstance(plain, dict) else None
    whole = isinstance(version, int) and not isinstance(version, bool) and version >= 1
    return plain if whole else None


def _require_known(plain: dict[str, Any]) -> None:
    version = plain.get("version", VERSION)
    if version > VERSION:
        raise SettingsRefused(
            f"The settings were written by a newer version of Second Unit ({version}).",
            "Use that version, or move settings.json away to begin with the defaults.",
        )


def _settings(path: Path, data: bytes, plain: dict[str, Any], tell: Tell | None) -> Settings:
    """Return the settings in ``plain``; a value that does not fit gives way to its default."""
    values, misfits = dict[str, Any](), list[str]()
    for name in (field.name for field in fields(Settings) if field.name in plain):
        try:
            values[name] = getattr(from_plain(Settings, {name: plain[name]}), name)
        except ContractError:
            misfits.append(name)
    if misfits:
        _set_aside(path, data, tell, f"Some settings are not readable: {', '.join(misfits)}.")
    return Settings(**values)


def _set_aside(path: Path, data: bytes, tell: Tell | None, sentence: str) -> None:
    """Keep a copy; one that is there already, from an earlier start, is enough."""
    number = 1
    while (aside := path.with_name(f"settings.broken-{number}.json")).exists():
        if aside.read_bytes() == data:
            break
        number += 1
    try:
        write_whole(aside, [data])
    except OSError as error:
        _say(tell, sentence, f"A copy could not be kept ({error.strerror}).")
        return
    _say(tell, sentence, f"What was there is kept as {aside.name}, beside settings.json.")


def _say(tell: Tell | None, sentence: str, advice: str) -> None:
    _log.warning("%s %s", sentence, advice)
    if tell is not None:
        tell(sentence, advice)
