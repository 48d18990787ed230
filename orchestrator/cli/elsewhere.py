"""Render elsewhere from a terminal: the same job, on machines rented for it or on a cluster's."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Literal

from rich.console import Console

from orchestrator.cli.report import Reporter, Step
from orchestrator.cloud import Cloud
from orchestrator.desk.elsewhere import Elsewhere, read_where
from orchestrator.desk.entries import Receipt, Where
from orchestrator.desk.rented import Asks
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.snapshot import Snapshot
from orchestrator.transfer.bandwidth import LINE
from remote_worker.contract.records import JobId

HERE = Where()
_WENT = {
    "interrupted": "taken back by AWS",
    "expired": "ended as their time by the budget was over",
    "ended": "shut down by themselves",
    "terminated": "terminated by somebody",
    "lost": "not reached any more",
}


def where_of(home: Home, asked: Namespace) -> Where:
    """Return where a video is to be rendered; what is not said is as the limits say.

    Raises:
        RequestRefused: options of the account are given for a render on this machine.
        SettingsRefused: the limits cannot be read.
    """
    given = (
        asked.region,
        asked.cluster,
        asked.applied_by_others,
        asked.manifests,
        asked.instances,
        asked.budget_usd,
        asked.fall_back,
        asked.deadline,
    )
    if asked.on == "here":
        if asked.bandwidth is not None or any(each not in ("", None) for each in given):
            raise RequestRefused(
                "These options are for a render elsewhere.",
                "Add '--on aws' or '--on kubernetes', or drop them.",
            )
        return HERE
    if asked.on == "kubernetes":
        return _in_a_cluster(home, asked)
    from orchestrator.fleet.ec2.account import load_cloud  # with it comes the SDK

    if asked.bandwidth is not None:
        LINE.hold(asked.bandwidth or None)
    if asked.applied_by_others is not None or asked.manifests:
        raise RequestRefused(
            "Only in a cluster pods are applied by others.",
            "Add '--on kubernetes', or drop --applied-by-others and --manifests.",
        )
    limits = load_cloud(home).settings.limits
    return Where(
        kind="aws",
        region=_region(home, asked),
        instances=asked.instances or limits.instances,
        budget_usd=limits.job_usd if asked.budget_usd is None else asked.budget_usd or None,
        fall_back=limits.fall_back if asked.fall_back is None else asked.fall_back,
        within_s=asked.deadline,
    )


def _in_a_cluster(home: Home, asked: Namespace) -> Where:
    """Return how a video is rendered in a cluster; what is not said is as the cluster has it."""
    if asked.deadline is not None:
        raise RequestRefused(
            "A cluster's own autoscaler decides when its nodes come.", "Drop --deadline."
        )
    if asked.region or asked.budget_usd is not None:
        raise RequestRefused(
            "A cluster has no region and no prices here.", "Drop --region and --budget-usd."
        )
    from orchestrator.fleet.kubernetes.cluster import find_cluster

    cluster = find_cluster(home, asked.cluster)
    return Where(
        kind="kubernetes",
        cluster=cluster.context,
        instances=asked.instances or cluster.pods,
        fall_back=bool(asked.fall_back),
        applied_by=_applied_by(asked, cluster.applied_by),
        manifests=_folder(asked.manifests),
    )


def _applied_by(asked: Namespace, usual: Literal["app", "others"]) -> Literal["app", "others"]:
    by: Literal["app", "others"] = usual
    if asked.applied_by_others is not None:
        by = "others" if asked.applied_by_others else "app"
    if asked.manifests and by == "app":
        raise RequestRefused(
            "Manifests are written where others apply them.", "Add --applied-by-others."
        )
    return by


def _folder(typed: str) -> str:
    """Return the folder as it is found from anywhere."""
    return typed if typed in ("", "-") else str(Path(typed).absolute())


def _region(home: Home, asked: Namespace) -> str:
    """Return where to render: of several regions that are named, where it costs least now.

    Raises:
        CloudError: nothing is to be had in any of them, or AWS does not answer.
    """
    named = [each for each in asked.region.split(",") if each]
    if len(named) < 2:
        return named[0] if named else ""
    from orchestrator.cloud_regions import cheapest

    where = Where(kind="aws", instances=asked.instances or 1, fall_back=bool(asked.fall_back))
    return cheapest(Cloud(home).sign_in, where, named)


def machines_of(home: Home, job_id: JobId, reporter: Reporter) -> tuple[Where, Elsewhere | None]:
    """Return where a job runs, and the machines there, ready for it; None: this machine.

    Raises:
        SecondUnitError: nobody is signed in, or AWS does not answer.
    """
    where = read_where(home, job_id)
    if where.kind == "here":
        return where, None
    machines = Cloud(home).places(where)
    with reporter.doing("preparing") as step:
        machines.prepare(home, step)
    return where, machines


def clear_away(home: Home, job_id: JobId) -> None:
    """Remove what a job that is over has in the account.

    Raises:
        SecondUnitError: it could not be; 'secondunit cloud sweep' does it later.
    """
    where = read_where(home, job_id)
    if where.kind != "here":
        Cloud(home).places(where).clear(home, job_id)


def asking(asks: Asks) -> str:
    """Return what is asked of whoever applies a job's manifests, in words."""
    how = ", which names new Jobs: those before are over" if asks.what == "apply again" else ""
    until = datetime.fromisoformat(asks.until).astimezone()
    seen = (
        "" if asks.sees_pods else " The pods cannot be read from here: what they leave in the"
        " storage shows how far they are, some seconds later ('secondunit kubernetes rights')."
    )  # fmt: skip
    return (
        f"waiting until {until:%Y-%m-%d %H:%M} for somebody to apply {asks.manifests}{how}.{seen}"
    )


def left_of(home: Home, job_id: JobId, *, goes_on: bool) -> str:
    """Return what others have to remove of a job, in words; empty where that is nothing.

    ``goes_on``: whether it only rests.
    """
    if read_where(home, job_id).kind != "kubernetes":
        return ""
    from orchestrator.fleet.kubernetes.handover import what_is_left
    from orchestrator.fleet.kubernetes.manifests import kept_s

    path = what_is_left(home, job_id)
    if not path:
        return ""
    if goes_on:
        return (
            "The pods are left to whoever applied them: they go on with what waits in the queue."
            f" To end them, take {path} away from what is applied."
        )
    return (
        f"Agents are needed no more: take {path} away from what is applied (or 'kubectl delete -f'"
        f" it). Jobs that ended are removed by the cluster after {kept_s() // 3600} h, and made"
        " again by what still applies them; the ConfigMap stays until then."
    )


def _unwished(receipt: Receipt) -> str:
    """Return how instances went that were not let go: ``1 was taken back by AWS``."""
    counts = Counter(line.how for line in receipt.lines if line.how in _WENT)
    return ", ".join(
        f"{number} {'was' if number == 1 else 'were'} {_WENT[how]}"
        for how, number in counts.items()
    )


def with_cost(
    machines: Elsewhere, home: Home, job_id: JobId, step: Step
) -> Callable[[Snapshot], Step]:
    """Return what gives, for a look at the render, a step that also says the cost so far."""

    def costing(seen: Snapshot) -> Step:
        rented = machines.seen(home, job_id, seen)
        if rented is None or not rented.priced:
            return step
        cap = "" if rented.budget_usd is None else f" of ${rented.budget_usd}"
        cost = f", ${rented.usd:.4f}{cap}"
        return lambda done, total, detail="": step(done, total, f"{detail}{cost}")

    return costing


def print_cost(console: Console, receipt: Receipt) -> None:
    """Print what a render in the account came to."""
    console.print(
        f"It cost ${receipt.usd:.4f} on {len(receipt.lines)} instances; on demand it had been"
        f" ${receipt.on_demand_usd:.4f}.",
        markup=False,
    )
    if ends := _unwished(receipt):
        console.print(f"Of these, {ends}; what was finished was kept.", markup=False)
    for left in receipt.left:
        console.print(f"left: {left}; 'secondunit cloud sweep' removes it", markup=False)
    if not receipt.left and receipt.looked_at:
        console.print(f"Nothing of it is left in the account ({receipt.looked_at}).", markup=False)
