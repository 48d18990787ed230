"""Say in words why something did not work, whatever it was."""

from __future__ import annotations

from orchestrator.crash import write_report
from orchestrator.desk.entries import Trouble
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from remote_worker.errors import WorkerError


def trouble_of(home: Home, error: BaseException) -> Trouble:
    """Return what the user is told of ``error``; a fault of the program is written down."""
    match error:
        case SecondUnitError():
            return Trouble(error.code, error.sentence, error.advice)
        case WorkerError():
            return Trouble(error.reason, error.sentence, error.advice)
        case FileNotFoundError():
            return Trouble(
                "source_missing",
                "The video is not there any more.",
                "Put it back where it was and try again, or remove it from the queue.",
            )
        case OSError():
            reason = error.strerror or str(error)
            advice = "Check the disk and the file's permissions, then try again."
            return Trouble("source_unreadable", f"The video cannot be read: {reason}.", advice)
        case _:
            return _fault_of_program(home, error)


def _fault_of_program(home: Home, error: BaseException) -> Trouble:
    try:
        where = str(write_report(home, error))
    except OSError:
        where = "nowhere: the report could not be written"
    return Trouble(
        "fault",
        f"Second Unit made a mistake ({type(error).__name__}).",
        f"What was finished is kept; try again. The report is {where}.",
    )
