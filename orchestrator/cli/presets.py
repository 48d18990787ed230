"""List presets, take them in, give them away and remove them."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.presets import ENDING, Preset, Presets


@dataclass(frozen=True, slots=True)
class PresetLine:
    """One preset as a command shows it."""

    name: str
    built_in: bool
    container: str
    codec: str
    quality: int | None
    settings: dict[str, str]


def presets(asked: Namespace, reporter: Reporter) -> Exit:
    """Do one thing with the presets."""
    kept = Presets(Home.default())
    match asked.action:
        case "list":
            _require(asked, 0)
            _list(kept, reporter)
        case "import":
            _require(asked, 1)
            preset = kept.import_file(Path(asked.names[0]))
            _say(reporter, preset, f"Kept as {preset.name}.")
        case "export":
            _require(asked, 2)
            _export(kept, reporter, asked.names[0], Path(asked.names[1]))
        case _:
            _require(asked, 1)
            preset = kept.get(asked.names[0])
            kept.remove(preset.name)
            _say(reporter, preset, f"Removed {preset.name}.")
    return Exit.DONE


def _list(kept: Presets, reporter: Reporter) -> None:
    lines = tuple(map(_line, kept.list()))
    for path in kept.unreadable():
        reporter.say(f"{path} holds no preset that this version can use.")
    reporter.result(lines, lambda console: _print(console, lines))


def _export(kept: Presets, reporter: Reporter, name: str, to: Path) -> None:
    to = to if to.suffix == ENDING else to.with_name(f"{to.name}{ENDING}")
    if to.exists():
        raise RequestRefused(f"{to} is there already.", "Choose another name.")
    kept.export(name, to)
    _say(reporter, kept.get(name), f"Written to {to}.")


def _say(reporter: Reporter, preset: Preset, words: str) -> None:
    reporter.result(_line(preset), lambda console: console.print(words, markup=False))


def _line(preset: Preset) -> PresetLine:
    output = preset.output
    return PresetLine(
        preset.name,
        preset.built_in,
        output.container,
        output.codec,
        output.quality,
        dict(preset.look.settings),
    )


def _print(console: Console, lines: tuple[PresetLine, ...]) -> None:
    rows = [
        (
            line.name,
            f"{line.container}, {line.codec}",
            "default" if line.quality is None else str(line.quality),
            " ".join(f"{name}={value}" for name, value in line.settings.items()),
            "came with the app" if line.built_in else "",
        )
        for line in lines
    ]
    console.print(table("", ("preset", "file", "quality", "look", ""), rows))


def _require(asked: Namespace, count: int) -> None:
    """Refuse a command line with too much or too little on it."""
    if len(asked.names) != count:
        wanted = {"list": "", "import": " FILE", "export": " NAME FILE", "remove": " NAME"}
        raise RequestRefused(
            f"'presets {asked.action}' is not typed like that.",
            f"Type 'secondunit presets {asked.action}{wanted[asked.action]}'.",
        )
