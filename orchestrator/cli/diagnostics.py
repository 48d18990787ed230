"""Save a bundle that helps to find a fault, without secrets and names."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter
from orchestrator.diagnostics import bundle_name, write_bundle
from orchestrator.errors import RequestRefused, SettingsRefused
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.settings_file import load


def diagnostics(asked: Namespace, reporter: Reporter) -> Exit:
    """Write the bundle where it is wished, or into the folder one is in."""
    home = Home.default()
    to = _place_of(asked.output)
    try:
        settings = load(home, lambda sentence, _: reporter.say(sentence))
    except SettingsRefused as error:
        reporter.say(error.sentence)  # the bundle is of most use when something is wrong
        settings = Settings()
    with reporter.doing("looking") as step:
        names = write_bundle(home, settings, to, step)
    reporter.result(
        {"path": str(to), "files": names},
        lambda console: console.print(
            f"Saved {to} with {len(names)} files in it; nothing was sent.", markup=False
        ),
    )
    return Exit.DONE


def _place_of(wished: Path | None) -> Path:
    """Return the file to write; what is there already is never written over."""
    name = bundle_name(datetime.now(UTC))
    to = (wished or Path(name)).absolute()
    if to.is_dir():
        to /= name
    if to.exists():
        raise RequestRefused(f"{to} is there already.", "Choose another name.")
    if not to.parent.is_dir():
        raise RequestRefused(f"There is no folder {to.parent}.", "Make it, or choose another one.")
    return to
