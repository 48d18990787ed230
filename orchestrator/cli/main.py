"""Run one ``secondunit`` command and turn what became of it into an exit status."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module

from orchestrator.cli import arguments
from orchestrator.cli.exits import Exit, status_of
from orchestrator.cli.report import Reporter, reporter_for
from orchestrator.crash import write_report
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from remote_worker.errors import WorkerError

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
    "watch": "orchestrator.cli.watch:watch",
    "notify": "orchestrator.cli.notify:notify",
    "serve": "orchestrator.cli.serve:serve",
    "queue": "orchestrator.cli.queueing:queue",
    "cloud": "orchestrator.cli.cloud:cloud",
    "kubernetes": "orchestrator.cli.kubernetes:kubernetes",
    "manifest": "orchestrator.cli.manifest:manifest",
    "engine": "orchestrator.cli.engine:engine",
    "doctor": "orchestrator.cli.doctor:doctor",
    "diagnostics": "orchestrator.cli.diagnostics:diagnostics",
    "settings": "orchestrator.cli.settings:settings",
    "presets": "orchestrator.cli.presets:presets",
    "demo": "orchestrator.demo.run:demo",
}
"""Where each command is; imported when asked for, so that ``--help`` is quick."""

_CHECK_THE_DISK = "Check the disk and the folder's permissions, then try again."
_ADVICE = {
    errno.ENOSPC: "Free some space on that disk, then try again; what was finished is kept.",
    errno.EDQUOT: "Free some of what you may use there, then try again; what was finished is kept.",
    errno.EACCES: "Choose a place you may write to, or change the rights of that one.",
    errno.EROFS: "Choose a place that can be written to.",
    errno.ENAMETOOLONG: "Choose a shorter name.",
    errno.ENOTDIR: "Choose a folder; a file is in the place of one.",
    errno.EEXIST: "Choose another name; something else has this one.",
}
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
    except WorkerError as error:
        reporter.problem(error.reason, error.sentence, error.advice)
        return int(Exit.FAILED)
    except KeyboardInterrupt:
        reporter.say("stopped; nothing that was finished is lost")
        return int(Exit.STOPPED)
    except BrokenPipeError:
        _close_quietly()
        return int(Exit.DONE)
    except OSError as error:
        place = error.filename2 or error.filename  # of a copy, the copy
        name = f"{place}: " if place else ""
        advice = _ADVICE.get(error.errno or 0, _CHECK_THE_DISK)
        reporter.problem("file_unusable", f"{name}{error.strerror or error}.", advice)
        return int(Exit.FAILED)
    except Exception as error:  # a fault of ours: it is written down, not thrown at the user
        _tell_of_crash(error, reporter)
        return int(Exit.CRASHED)


def _close_quietly() -> None:
    """Let nobody write to a pipe whose reader has gone, as in ``secondunit jobs | head``."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


def _tell_of_crash(error: Exception, reporter: Reporter) -> None:
    try:
        where = str(write_report(Home.default(), error))
    except OSError:
        traceback.print_exception(error)
        where = "above; it could not be written to the disk"
    reporter.problem(
        "crashed",
        f"Second Unit has made a mistake ({type(error).__name__}). What was finished is kept.",
        f"Try again; if it happens again, send the report: {where}",
    )


def _command(name: str) -> Command:
    module, function = COMMANDS[name].split(":")
    command: Command = getattr(import_module(module), function)
    return command


if __name__ == "__main__":
    sys.exit(main())
