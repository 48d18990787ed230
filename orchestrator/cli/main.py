"""Run one ``secondunit`` command and turn what became of it into an exit status."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module

from orchestrator.cli import arguments
from orchestrator.cli.exits import Exit, status_of
from orchestrator.cli.report import Reporter, reporter_for
from orchestrator.errors import SecondUnitError

COMMANDS = {
    "probe": "orchestrator.cli.look:probe",
    "faces": "orchestrator.cli.look:faces",
    "add-face": "orchestrator.cli.sources:add",
    "list-faces": "orchestrator.cli.sources:show",
    "remove-face": "orchestrator.cli.sources:remove",
    "render": "orchestrator.cli.render:render",
    "jobs": "orchestrator.cli.jobs:show",
    "resume": "orchestrator.cli.jobs:resume",
    "cancel": "orchestrator.cli.jobs:cancel",
    "clean": "orchestrator.cli.jobs:clean",
    "doctor": "orchestrator.cli.doctor:doctor",
    "demo": "orchestrator.demo.run:demo",
}
"""Where each command is; imported when asked for, so that ``--help`` is quick."""

Command = Callable[[Namespace, Reporter], Exit]


def main(argv: list[str] | None = None) -> int:
    """Run the command in ``argv`` (or the process's own) and return its exit status."""
    asked = arguments.parse(sys.argv[1:] if argv is None else argv)
    reporter = reporter_for(as_json=asked.json)
    try:
        return int(_command(asked.command)(asked, reporter))
    except SecondUnitError as error:
        reporter.problem(error.code, error.sentence, error.advice)
        return int(status_of(error))
    except KeyboardInterrupt:
        reporter.say("stopped; nothing that was finished is lost")
        return int(Exit.STOPPED)


def _command(name: str) -> Command:
    module, function = COMMANDS[name].split(":")
    command: Command = getattr(import_module(module), function)
    return command


if __name__ == "__main__":
    sys.exit(main())
