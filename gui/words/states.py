"""Say where a video of the queue, a piece of it, or the whole queue stands."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from gui.words import amounts
from orchestrator.desk.snapshot import Work
from orchestrator.job import Phase
from orchestrator.snapshot import ChunkState


def joined(*parts: str) -> str:
    """Return the parts that say something, one after the other."""
    said = [part for part in parts if part]
    line = said[0] if said else ""
    for part in said[1:]:
        line = QCoreApplication.translate("States", "{0} – {1}").format(line, part)
    return line


# -- before it renders ---------------------------------------------------------------------


def working(work: Work | str, share: float | None) -> str:
    """Return what is being done with a video, and how far that is.

    Work of a later version that has no words here yet is just work.
    """
    done = "" if share is None else amounts.percent(share)
    match work:
        case "probing":
            said = QCoreApplication.translate("States", "Reading the video… {0}")
        case "picturing":
            said = QCoreApplication.translate("States", "Drawing its picture… {0}")
        case "finding faces":
            said = QCoreApplication.translate("States", "Finding faces… {0}")
        case "checking content":
            said = QCoreApplication.translate("States", "Checking the content… {0}")
        case "preparing":
            said = QCoreApplication.translate("States", "Preparing… {0}")
        case "settling":
            said = QCoreApplication.translate("States", "Making sure that nothing is left in AWS…")
        case _:
            said = QCoreApplication.translate("States", "Working… {0}")
    return said.format(done).rstrip()


def not_looked_at(*, renders: bool = False) -> str:
    """Return what a video says that nobody has looked at yet."""
    if renders:
        return QCoreApplication.translate("States", "Waiting to be looked at, then renders")
    return QCoreApplication.translate("States", "Waiting to be looked at")


def ready(people: int, cast: int, *, needs_cast: bool = True, is_changed: bool = False) -> str:
    """Return what a draft says: who is in it and how many of them are cast.

    ``is_changed``: nobody gets another face, but the picture is worked on.
    """
    if not needs_cast and is_changed:
        return QCoreApplication.translate("States", "Ready – nobody gets another face")
    if not needs_cast:
        return QCoreApplication.translate("States", "Ready – every face stays as it is")
    if cast == 1:
        return QCoreApplication.translate("States", "Ready – 1 face cast")
    if cast:
        said = QCoreApplication.translate("States", "Ready – {0} faces cast")
        return said.format(amounts.count(cast))
    if not people:
        return QCoreApplication.translate("States", "Ready – no faces were found")
    return QCoreApplication.translate("States", "Ready – nobody is cast yet")


def look_at_it(reason: str) -> str:
    """Return what a draft says that something happened to."""
    return QCoreApplication.translate("States", "Please look: {0}").format(reason)


def urgent() -> str:
    """Return what is said of a video that goes before the others."""
    return QCoreApplication.translate("States", "Urgent")


def urgent_told() -> str:
    """Return the same as a sentence."""
    return QCoreApplication.translate("States", "Urgent: it is rendered before the others.")


# -- in line -------------------------------------------------------------------------------


def in_line(number: int, *, was_begun: bool, paused: bool) -> str:
    """Return what a video says that waits for its turn as the ``number``-th."""
    if paused and number == 1:
        if was_begun:
            return QCoreApplication.translate("States", "Paused – goes on where it was")
        return QCoreApplication.translate("States", "Next, once the queue goes on")
    if number == 1:
        if was_begun:
            return QCoreApplication.translate("States", "Next – goes on where it was")
        return QCoreApplication.translate("States", "Next in line")
    if was_begun:
        said = QCoreApplication.translate("States", "Waiting to go on, number {0} in line")
    else:
        said = QCoreApplication.translate("States", "Waiting, number {0} in line")
    return said.format(amounts.count(number))


# -- rendering -----------------------------------------------------------------------------


def beginning() -> str:
    """Return what a video says whose turn begins."""
    return QCoreApplication.translate("States", "Beginning…")


def rendering(
    phase: Phase, left_s: float | None, frames_per_s: float, *, short: bool = False
) -> str:
    """Return what a video says that renders and was not told to stop."""
    match phase:
        case Phase.RENDERING:
            return _rendering(left_s, frames_per_s, short=short)
        case Phase.RECOVERING:
            return QCoreApplication.translate(
                "States", "A worker went away – another one takes over…"
            )
        case Phase.ASSEMBLING | Phase.DONE:
            return assembling()
        case Phase.STOPPING | Phase.STOPPED:
            return finishing()
        case Phase.CANCELLING | Phase.CANCELLED:
            return QCoreApplication.translate("States", "Cancelling…")
        case _:
            return QCoreApplication.translate("States", "Starting to render…")


def _rendering(left_s: float | None, frames_per_s: float, *, short: bool) -> str:
    if left_s is None or frames_per_s <= 0:
        return QCoreApplication.translate("States", "Rendering – measuring the time left…")
    if short:
        said = QCoreApplication.translate("States", "Rendering – {0}")
        return said.format(amounts.left(left_s))
    said = QCoreApplication.translate("States", "Rendering – {0} – {1}")
    return said.format(amounts.left(left_s), amounts.speed(frames_per_s))


def to_be_applied(file: str, *, again: bool) -> str:
    """Return what a video says whose pods somebody else is to make, from a file."""
    if again:
        said = QCoreApplication.translate("States", "Its Jobs are over – have {0} applied again")
    else:
        said = QCoreApplication.translate("States", "Waiting for somebody to apply {0}")
    return said.format(file)


def assembling() -> str:
    """Return what a video says whose pieces are being joined."""
    return QCoreApplication.translate("States", "Putting the video together…")


def finishing() -> str:
    """Return what a video says that was told to rest."""
    return QCoreApplication.translate("States", "Finishing the piece in hand…")


# -- at rest -------------------------------------------------------------------------------


def stopped(share: float | None) -> str:
    """Return what a video says that rests, and how much of it is kept, if that is known."""
    if share is None:
        return QCoreApplication.translate("States", "Stopped – what is done is kept")
    if share <= 0:
        return QCoreApplication.translate("States", "Stopped before its first piece was done")
    said = QCoreApplication.translate("States", "Stopped – {0} is done and kept")
    return said.format(amounts.percent(share))


def cancelled() -> str:
    """Return what a video says whose render was given up."""
    return QCoreApplication.translate("States", "Cancelled")


def done(length: str, took_s: float, missed_frames: int) -> str:
    """Return what a finished video says."""
    if missed_frames == 1:
        return QCoreApplication.translate(
            "States", "Done – {0} – a face was missed in 1 frame"
        ).format(length)
    if missed_frames:
        said = QCoreApplication.translate("States", "Done – {0} – a face was missed in {1} frames")
        return said.format(length, amounts.count(missed_frames))
    said = QCoreApplication.translate("States", "Done – {0} – took {1}")
    return said.format(length, amounts.took(took_s))


def missed(missed_frames: int, frame_count: int) -> str:
    """Return what it means that a cast face was not found in some frames."""
    if not missed_frames:
        return QCoreApplication.translate("States", "Every cast face was found in every frame.")
    if missed_frames == 1:
        return QCoreApplication.translate(
            "States",
            "In 1 frame a cast face was not found; the person's own face is seen there.",
        )
    said = QCoreApplication.translate(
        "States",
        "In {0} of {1} frames a cast face was not found; the person's own face is seen there.",
    )
    return said.format(amounts.count(missed_frames), amounts.count(frame_count))


def refused(reason: str) -> str:
    """Return what a video says that cannot be rendered."""
    return QCoreApplication.translate("States", "Cannot be used: {0}").format(reason)


def failed(reason: str) -> str:
    """Return what a video says whose render came to a bad end."""
    return QCoreApplication.translate("States", "Failed: {0}").format(reason)


# -- pieces --------------------------------------------------------------------------------


def piece(state: ChunkState) -> str:
    """Return what one piece of a render says; the words of the map's legend."""
    match state:
        case ChunkState.WAITING:
            return QCoreApplication.translate("States", "Waiting")
        case ChunkState.RENDERING:
            return QCoreApplication.translate("States", "Being rendered")
        case ChunkState.STORED:
            return QCoreApplication.translate("States", "Rendered")
        case ChunkState.FETCHED:
            return QCoreApplication.translate("States", "Rendered and checked")
        case ChunkState.BURIED:
            return QCoreApplication.translate("States", "Failed")


def piece_name(state: ChunkState) -> str:
    """Return one word for the state of a piece, for a legend."""
    match state:
        case ChunkState.RENDERING:
            return QCoreApplication.translate("States", "Rendering")
        case ChunkState.FETCHED:
            return QCoreApplication.translate("States", "Checked")
        case _:
            return piece(state)


def worker(number: int) -> str:
    """Return what a worker is called on the map."""
    return QCoreApplication.translate("States", "worker {0}").format(number)


def interruption(number: int, where: str) -> str:
    """Return what a mark on the time axis says: a worker went away there."""
    said = QCoreApplication.translate(
        "States", "Worker {0} went away here ({1}). What was finished is kept; another went on."
    )
    return said.format(number, where)
