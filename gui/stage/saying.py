"""Say of an entry that cannot be shown why; no widgets."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from gui.words.errors import told
from gui.words.states import working
from orchestrator.desk.entries import Entry
from orchestrator.desk.snapshot import DeskSnapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What stands in the picture's place."""

    sign: str
    """An icon's name."""
    sentence: str
    advice: str = ""
    button: str = ""
    work: tuple[int, int] | None = None
    """How far work is, of how much (0 while nobody knows); None while none is done."""


def said_of(entry: Entry | None, snapshot: DeskSnapshot) -> Said | None:
    """Return what is said instead of a picture; None when the entry can be shown."""
    if entry is None:
        return _nothing(snapshot)
    if entry.state == "refused":
        return _refused(entry)
    if entry.facts is None:
        return _new(entry, snapshot)
    return None


def failed(sentence: str, advice: str) -> Said:
    """Return what is said of an entry whose pictures could not be prepared."""
    button = QCoreApplication.translate("Stage", "Try again")
    return Said(sign="warning", sentence=sentence, advice=advice, button=button)


def _nothing(snapshot: DeskSnapshot) -> Said:
    if not snapshot.loaded:
        return Said(
            sign="clock",
            sentence=QCoreApplication.translate("Stage", "Opening the queue…"),
            work=(0, 0),
        )
    if not snapshot.entries:
        return Said(
            sign="film",
            sentence=QCoreApplication.translate("Stage", "No video yet"),
            advice=QCoreApplication.translate("Stage", "Drop a video anywhere on the window."),
        )
    return Said(
        sign="film",
        sentence=QCoreApplication.translate("Stage", "No video is selected"),
        advice=QCoreApplication.translate("Stage", "Select one in the queue to look at it."),
    )


def _refused(entry: Entry) -> Said:
    why = entry.trouble
    sentence, advice = told(why.code, why.sentence, why.advice) if why else ("", "")
    return Said(
        sign="error",
        sentence=sentence or QCoreApplication.translate("Stage", "This video cannot be rendered."),
        advice=advice,
        button=QCoreApplication.translate("Stage", "Look at it again"),
    )


def _new(entry: Entry, snapshot: DeskSnapshot) -> Said:
    doing = snapshot.looking
    if doing is None or doing.entry_id != entry.entry_id:
        return Said(
            sign="clock",
            sentence=QCoreApplication.translate("Stage", "This video waits to be looked at"),
            advice=QCoreApplication.translate("Stage", "It comes next, before other new videos."),
            work=(0, 0),
        )
    share = doing.done / doing.total if doing.total else None
    return Said(
        sign="clock",
        sentence=working(doing.work, share),
        advice=QCoreApplication.translate("Stage", "Then you can decide whose face goes on whom."),
        work=(doing.done, doing.total),
    )
