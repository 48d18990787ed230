"""Save a bundle that helps to find a fault, without secrets and names."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter
from orchestrator.diagnostics import bundle_name, write_bundle
from orchestrator.errors import SettingsRefused
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.settings_file import load


def diagnostics(asked: Namespace, reporter: Reporter) -> Exit:
    """Write the bundle where it is wished, or into the folder one is in."""
    home = Home.default()
    to: Path = (asked.output or Path(bundle_name(datetime.now(UTC)))).absolute()
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
