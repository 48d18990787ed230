"""List, read, set and reset what the window has as settings."""

from __future__ import annotations

import json
from argparse import Namespace
from dataclasses import asdict, fields, replace
from typing import Any

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import NotSaved, RequestRefused
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.settings_file import load, save
from remote_worker.contract.coding import ContractError, from_plain, to_plain

_FIXED = ("version",)


def settings(asked: Namespace, reporter: Reporter) -> Exit:
    """Do one thing with the settings; a window that is open has its own and saves those."""
    home = Home.default()
    now = load(home, lambda sentence, _: reporter.say(sentence))
    match asked.action:
        case "list":
            _require(asked, name=False, value=False)
            _tell(reporter, now, _names())
        case "get":
            _require(asked, name=True, value=False)
            _tell(reporter, now, (_known(asked.name),))
        case "set":
            _require(asked, name=True, value=True)
            _change(home, reporter, now, _known(asked.name), _value(asked.name, asked.value))
        case _:
            _require(asked, name=True, value=False)
            name = _known(asked.name)
            _change(home, reporter, now, name, getattr(Settings(), name))
    return Exit.DONE


def _change(home: Home, reporter: Reporter, now: Settings, name: str, value: Any) -> None:
    changed = replace(now, **{name: value})
    try:
        save(home, changed)
    except NotSaved as error:
        raise NotSaved(error.sentence, "Nothing was changed. Check the disk, try again.") from error
    _tell(reporter, changed, (name,))


def _tell(reporter: Reporter, now: Settings, names: tuple[str, ...]) -> None:
    plain = to_plain(now)
    told = {name: plain[name] for name in names}
    defaults = asdict(Settings())

    def lines(console: Console) -> None:
        rows = [
            (name, json.dumps(value, ensure_ascii=False), _mark(now, name, defaults))
            for name, value in told.items()
        ]
        console.print(table("", ("setting", "value", ""), rows))

    reporter.result(told, lines)


def _mark(now: Settings, name: str, defaults: dict[str, Any]) -> str:
    return "" if getattr(now, name) == defaults[name] else "changed"


def _value(name: str, typed: str) -> Any:
    """Return what is typed as the setting's kind: a word as it is, anything else as JSON."""
    for plain in _readings(typed):
        try:
            return getattr(from_plain(Settings, {name: plain}), name)
        except ContractError:
            continue
    raise RequestRefused(
        f"{typed!r} is not a value of {name}.",
        "'secondunit settings list' shows how values look; lists are typed as JSON.",
    )


def _readings(typed: str) -> list[Any]:
    try:
        return [typed, json.loads(typed)]
    except (ValueError, RecursionError):
        return [typed]


def _known(name: str) -> str:
    if name not in _names():
        raise RequestRefused(f"There is no setting {name!r}.", f"There are {', '.join(_names())}.")
    return name


def _names() -> tuple[str, ...]:
    return tuple(field.name for field in fields(Settings) if field.name not in _FIXED)


def _require(asked: Namespace, *, name: bool, value: bool) -> None:
    """Refuse a command line with too much or too little on it."""
    if (asked.name is not None, asked.value is not None) != (name, value):
        wanted = f"{asked.action}{' NAME' if name else ''}{' VALUE' if value else ''}"
        raise RequestRefused(
            f"'settings {asked.action}' is not typed like that.",
            f"Type 'secondunit settings {wanted}'.",
        )
