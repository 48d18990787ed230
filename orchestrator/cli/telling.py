"""Tell those who asked of an end, from a terminal that is about to end itself."""

from __future__ import annotations

from orchestrator.cli.report import Reporter
from orchestrator.errors import SecondUnitError
from orchestrator.home import Home
from orchestrator.notify.notifier import Notifier
from orchestrator.notify.tidings import Tiding

_SEND_S = 30.0
"""About so long a command goes on to tell; what is left is sent by whatever runs next."""


def tell_of(home: Home, tiding: Tiding | None, reporter: Reporter) -> None:
    """Tell everybody who asked; a render is no failure because nobody could be told."""
    if tiding is None:
        return
    notifier = Notifier(home)
    notifier.note(tiding)
    send_rest(notifier, reporter)


def send_rest(notifier: Notifier, reporter: Reporter) -> None:
    """Send what is due, and say what was not taken."""
    try:
        told = notifier.send_due(for_s=_SEND_S)
    except SecondUnitError as error:
        reporter.say(f"{error.sentence} {error.advice}")
        return
    for each in told:
        if each.state == "waiting":
            reporter.say(f"{each.receiver} is told later: {each.sentence}")
        elif each.state == "given up":
            reporter.say(f"{each.receiver} was not told: {each.sentence} {each.advice}")
