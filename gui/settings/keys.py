"""Decide what a change of a command's key does: to it, and to the one that had the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gui.commands import Command, Group, group_title, keys_of, title_of
from orchestrator.settings import Settings


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One command as the list shows it."""

    command: Command
    title: str
    key: str
    """In Qt's portable spelling; empty when it has none."""
    is_default: bool


def key_rows(
    commands: Sequence[Command], settings: Settings, sought: str = ""
) -> tuple[tuple[Group, str, tuple[KeyRow, ...]], ...]:
    """Return groups of commands with their keys; those that fit what is ``sought``.

    Every word has to be in the title, the group or the key.
    """
    keys = keys_of(commands, dict(settings.shortcuts))
    words = sought.casefold().split()
    groups: dict[Group, list[KeyRow]] = {}
    for command in commands:
        key = keys[command.command_id]
        row = KeyRow(command, title_of(command), key, key == command.default_key)
        told = f"{row.title} {group_title(command.group)} {key}".casefold()
        if all(word in told for word in words):
            groups.setdefault(command.group, []).append(row)
    return tuple((group, group_title(group), tuple(rows)) for group, rows in groups.items())


def holder(commands: Sequence[Command], settings: Settings, key: str, but: str) -> Command | None:
    """Return the command that has ``key``, other than the one called ``but``; None if none has."""
    keys = keys_of(commands, dict(settings.shortcuts))
    others = (c for c in commands if c.command_id != but and key and keys[c.command_id] == key)
    return next(others, None)


def with_key(
    commands: Sequence[Command], settings: Settings, command_id: str, key: str
) -> Settings:
    """Return ``settings`` in which a command has ``key``; whoever had it has none then."""
    chosen = keys_of(commands, dict(settings.shortcuts)) | {command_id: key}
    other = holder(commands, settings, key, command_id)
    if other is not None:
        chosen[other.command_id] = ""
    return _with(commands, settings, chosen)


def with_default_key(commands: Sequence[Command], settings: Settings, command_id: str) -> Settings:
    """Return ``settings`` in which a command has the key that the app gave it."""
    default = next(c.default_key for c in commands if c.command_id == command_id)
    return with_key(commands, settings, command_id, default)


def _with(commands: Sequence[Command], settings: Settings, keys: dict[str, str]) -> Settings:
    """Keep what differs from the defaults, and keys of commands that this version has not."""
    known = {command.command_id for command in commands}
    strange = [pair for pair in settings.shortcuts if pair[0] not in known]
    changed = [
        (command.command_id, keys[command.command_id])
        for command in commands
        if keys[command.command_id] != command.default_key
    ]
    return replace(settings, shortcuts=tuple(sorted(strange + changed)))
