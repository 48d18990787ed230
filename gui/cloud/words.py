"""Say what rented machines do, cost and came to; no widget."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from gui.words import amounts
from gui.words.money import per_hour, usd, usd_range
from gui.words.states import joined
from orchestrator.desk.entries import Receipt
from orchestrator.desk.rented import Machine, Rented
from orchestrator.events import Loss
from orchestrator.job import Phase

if TYPE_CHECKING:
    from orchestrator.cloud import Quote


def meter(rented: Rented) -> str:
    """Return what a render has cost so far: ``$0.07 of $1.50``."""
    if not rented.priced:
        return ""
    if rented.budget_usd is None:
        return usd(rented.usd)
    said = QCoreApplication.translate("Cloud", "{0} of {1}")
    return said.format(usd(rented.usd), usd(rented.budget_usd))


def waiting(phase: Phase, last: Loss = "lost") -> str:
    """Return what a render says while it has no instance; nothing while it has one.

    ``last`` is how the instance went that was there before.
    """
    if phase is Phase.LEASING:
        return QCoreApplication.translate("Cloud", "Waiting for an instance…")
    if phase is Phase.STAGING:
        return QCoreApplication.translate("Cloud", "Uploading, and waiting for an instance…")
    if phase is Phase.RECOVERING:
        return _starting(last)
    return ""


def _starting(last: Loss) -> str:
    said = {
        "interrupted": QCoreApplication.translate(
            "Cloud", "AWS took an instance back – another starts…"
        ),
        "lost": QCoreApplication.translate(
            "Cloud", "An instance cannot be reached – another starts…"
        ),
    }
    ended = QCoreApplication.translate("Cloud", "An instance has ended – another starts…")
    return said.get(last, ended)


def fleet(rented: Rented) -> str:
    """Return who works, for the status line: ``AWS: 2 instances, $0.52 an hour``."""
    living = sum(each.state == "alive" for each in rented.machines)
    if not rented.priced:
        said = QCoreApplication.translate("Cloud", "Cluster: {0} pod(s) at work")
        return said.format(amounts.count(living))
    if not living:
        return QCoreApplication.translate("Cloud", "AWS: no instance yet")
    if living == 1:
        said = QCoreApplication.translate("Cloud", "AWS: 1 instance, {0}")
        return said.format(per_hour(rented.usd_per_hour))
    said = QCoreApplication.translate("Cloud", "AWS: {0} instances, {1}")
    return said.format(amounts.count(living), per_hour(rented.usd_per_hour))


def machine(each: Machine) -> str:
    """Return what one machine is: ``g6.xlarge spot in us-east-2a, $0.26 an hour``."""
    if not each.usd_per_hour:
        said = QCoreApplication.translate("Cloud", "A pod in {0}, namespace {1}")
        return said.format(each.instance_type, each.zone)
    if each.market == "spot":
        said = QCoreApplication.translate("Cloud", "{0} spot in {1}, {2}")
    else:
        said = QCoreApplication.translate("Cloud", "{0} on demand in {1}, {2}")
    return said.format(each.instance_type, each.zone, per_hour(each.usd_per_hour))


def gone_here(each: Machine, where: str) -> str:
    """Return what a mark on the time axis says: an instance went away there."""
    if each.state == "interrupted":
        said = QCoreApplication.translate(
            "Cloud",
            "AWS took {0} in {1} back here ({2}). What was finished is kept; another went on.",
        )
    elif each.state in ("expired", "ended", "terminated"):
        said = QCoreApplication.translate(
            "Cloud", "{0} in {1} was ended here ({2}). What was finished is kept; another went on."
        )
    else:
        said = QCoreApplication.translate(
            "Cloud", "{0} in {1} went away here ({2}). What was finished is kept; another went on."
        )
    return said.format(each.instance_type, each.zone, where)


def light(rented: Rented) -> tuple[str, str]:
    """Return whether the laptop can be closed, and why or why not; nothing while unknown."""
    if rented.may_leave and not rented.priced:
        return (
            QCoreApplication.translate("Cloud", "You can close the laptop now"),
            QCoreApplication.translate(
                "Cloud",
                "The render goes on in the cluster to its end. Open Second Unit again to get "
                "the video.",
            ),
        )
    if rented.may_leave:
        return (
            QCoreApplication.translate("Cloud", "You can close the laptop now"),
            QCoreApplication.translate(
                "Cloud",
                "The render goes on in AWS to its end. Open Second Unit again to get the video.",
            ),
        )
    if not rented.why_stay:
        return "", ""
    return (
        QCoreApplication.translate("Cloud", "Please leave this computer on"),
        _why_stay(rented.why_stay),
    )


def _why_stay(why: str) -> str:
    said = {
        "uploading": QCoreApplication.translate("Cloud", "The video is still being uploaded."),
        "no machine yet": QCoreApplication.translate("Cloud", "No instance has begun to work yet."),
        "not replaced": QCoreApplication.translate(
            "Cloud",
            "An instance that AWS takes back would not be replaced. “Keep going without me” has "
            "AWS do that.",
        ),
        "short of time": QCoreApplication.translate(
            "Cloud", "The budget may be used up before the render is done."
        ),
    }
    return said.get(why, "")


def gone(hows: Sequence[Loss]) -> tuple[str, str]:
    """Return sentence and advice when instances went away, the last of them as said."""
    last = hows[-1] if hows else "lost"
    alike = [how for how in hows if how == last]
    if len(alike) > 1 and last == "interrupted":
        said = QCoreApplication.translate("Cloud", "AWS took {0} instances back.")
        sentence = said.format(amounts.count(len(alike)))
    elif len(alike) > 1 and last == "lost":
        said = QCoreApplication.translate("Cloud", "{0} instances cannot be reached any more.")
        sentence = said.format(amounts.count(len(alike)))
    else:
        sentence = _gone_said(last)
    if last == "expired":
        return sentence, QCoreApplication.translate(
            "Cloud", "What is finished is kept. If the budget does not pay for another, raise it."
        )
    return sentence, QCoreApplication.translate(
        "Cloud", "A replacement is starting. Nothing is lost."
    )


def _gone_said(how: Loss) -> str:
    said: dict[Loss, str] = {
        "interrupted": QCoreApplication.translate("Cloud", "AWS took an instance back."),
        "expired": QCoreApplication.translate(
            "Cloud", "An instance has ended, as its time by the budget was over."
        ),
        "ended": QCoreApplication.translate("Cloud", "An instance has shut itself down."),
        "terminated": QCoreApplication.translate(
            "Cloud", "Somebody terminated an instance in the account."
        ),
        "lost": QCoreApplication.translate("Cloud", "An instance cannot be reached any more."),
    }
    return said[how]


def quote(found: Quote) -> str:
    """Return what renders would take and cost: ``about 6–9 min, $0.21–0.34``, and on demand."""
    said = QCoreApplication.translate("Cloud", "{0}, {1}, on demand {2}").format(
        time_range(found.least_s, found.most_s),
        usd_range(found.least_usd, found.most_usd),
        usd(found.on_demand_usd),
    )
    if found.budget_usd is None or found.most_usd <= found.budget_usd:
        return said
    if found.least_usd > found.budget_usd:
        warning = QCoreApplication.translate(
            "Cloud", "The budget of {0} will not do: what is finished by then is kept."
        )
    else:
        warning = QCoreApplication.translate("Cloud", "The budget of {0} may not be enough.")
    return joined(said, warning.format(usd(found.budget_usd)))


def other_quotes(found: Quote) -> str:
    """Return a line for each number of instances, for a tip."""
    one = QCoreApplication.translate("Cloud", "1 instance: {0}, {1}")
    more = QCoreApplication.translate("Cloud", "{0} instances: {1}, {2}")
    lines = []
    for each in found.others:
        told = (
            time_range(each.least_s, each.most_s),
            usd_range(each.least_usd, each.most_usd),
        )
        count = amounts.count(each.instances)
        lines.append(one.format(*told) if each.instances == 1 else more.format(count, *told))
    return "\n".join(lines)


def time_range(least_s: float, most_s: float) -> str:
    """Return how long renders would take: ``about 6–9 min``."""
    low, high = max(1, round(least_s / 60)), max(1, round(most_s / 60))
    if low == high or most_s >= 3600:
        return (
            amounts.about(most_s)
            if low == high
            else QCoreApplication.translate("Cloud", "{0} to {1}").format(
                amounts.about(least_s), amounts.took(most_s)
            )
        )
    said = QCoreApplication.translate("Cloud", "about {0}–{1} min")
    return said.format(amounts.count(low), amounts.count(high))


def paid(receipt: Receipt) -> str:
    """Return what a render came to: ``$0.21 for 15 min on 2 instances``."""
    count = len(receipt.lines)
    if count == 1:
        said = QCoreApplication.translate("Cloud", "{0} for {1} on 1 instance")
        return said.format(usd(receipt.usd), amounts.took(receipt.seconds))
    said = QCoreApplication.translate("Cloud", "{0} for {1} on {2} instances")
    return said.format(usd(receipt.usd), amounts.took(receipt.seconds), amounts.count(count))


def saved(receipt: Receipt) -> str:
    """Return what was saved; nothing when nothing was."""
    if receipt.on_demand_usd <= receipt.usd or not receipt.on_demand_usd:
        return ""
    share = float((receipt.on_demand_usd - receipt.usd) / receipt.on_demand_usd)
    said = QCoreApplication.translate("Cloud", "{0} less than on demand ({1})")
    return said.format(amounts.percent(share), usd(receipt.on_demand_usd))


def taken_back(receipt: Receipt) -> str:
    """Return how often AWS took an instance back."""
    if not receipt.interruptions:
        return QCoreApplication.translate("Cloud", "None")
    if receipt.interruptions == 1:
        return QCoreApplication.translate("Cloud", "1, made up for by itself")
    said = QCoreApplication.translate("Cloud", "{0}, made up for by themselves")
    return said.format(amounts.count(receipt.interruptions))


def proof(receipt: Receipt) -> tuple[str, bool]:
    """Return what AWS says is left of a render, and whether that is nothing."""
    if receipt.is_all_gone:
        return QCoreApplication.translate("Cloud", "Everything is gone, AWS says"), True
    if not receipt.looked_at:
        return QCoreApplication.translate("Cloud", "AWS could not be asked what is left"), False
    said = QCoreApplication.translate("Cloud", "Still there: {0}")
    return said.format(", ".join(receipt.left)), False


def instance_lines(receipt: Receipt) -> str:
    """Return a line for each instance, for a tip."""
    return "\n".join(
        joined(
            QCoreApplication.translate("Cloud", "{0} in {1}").format(each.instance_type, each.zone),
            amounts.took(each.seconds),
            usd(each.usd),
            _how(each.how),
        )
        for each in receipt.lines
    )


def _how(how: str) -> str:
    said = {
        "released": QCoreApplication.translate("Cloud", "ended when it was done"),
        "moved": QCoreApplication.translate("Cloud", "ended when a cheaper one took over"),
        "interrupted": QCoreApplication.translate("Cloud", "taken back by AWS"),
        "expired": QCoreApplication.translate("Cloud", "ended when its time was over"),
        "ended": QCoreApplication.translate("Cloud", "shut itself down"),
        "terminated": QCoreApplication.translate("Cloud", "terminated by somebody"),
        "lost": QCoreApplication.translate("Cloud", "lost, and ended"),
        "swept": QCoreApplication.translate("Cloud", "ended by a sweep"),
    }
    return said.get(how, "")
