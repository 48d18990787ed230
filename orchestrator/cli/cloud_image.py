"""Make, list and forget machine images of the user's own, from which instances begin sooner."""

from __future__ import annotations

import threading
from argparse import Namespace
from decimal import Decimal

from rich.console import Console

from orchestrator.cli.cloud_money import dollars, ending_on_ctrl_c
from orchestrator.cli.exits import Exit
from orchestrator.cli.licences import settle
from orchestrator.cli.report import Reporter, table
from orchestrator.cloud import Cloud, OwnImage
from orchestrator.home import Home


def bake(asked: Namespace, reporter: Reporter) -> Exit:
    """Make an image on an instance that is launched for it and ended after."""
    home, cancelled = Home.default(), threading.Event()
    if asked.engine:
        settle(home, asked.engine, (), reporter, accepts=asked.accept_licences)
    said = "stopping: the instance is terminated, and no image stays"
    with reporter.doing("making an image") as step, ending_on_ctrl_c(cancelled, reporter, said):
        made = Cloud(home).bake(step, cancelled, engine=asked.engine)
    if made is None:
        return Exit.STOPPED
    reporter.result(
        made,
        lambda console: console.print(
            f"{made.image_id} is there; from now on instances begin from it.", markup=False
        ),
    )
    return Exit.DONE


def images(asked: Namespace, reporter: Reporter) -> Exit:
    """List the account's own images, or forget one."""
    cloud = Cloud(Home.default())
    if asked.forget:
        with reporter.doing("forgetting the image"):
            cloud.forget_image(asked.forget)
    with reporter.doing("asking AWS"):
        found = cloud.images()
    reporter.result(found, lambda console: _print(console, found))
    return Exit.DONE


def _print(console: Console, found: tuple[OwnImage, ...]) -> None:
    if not found:
        console.print("There is none; 'secondunit cloud bake' makes one.")
        return
    rows = [
        (
            each.image_id,
            each.made_at[:10],
            f"{each.disk_gib} GiB",
            "with FaceFusion" if each.has_engine else "",
            "in use" if each.fits else "of another version",
        )
        for each in found
    ]
    console.print(table("", ("image", "made", "disk", "", ""), rows))
    most = sum((each.usd_per_month for each in found), Decimal(0))
    console.print(f"Keeping them costs at most {dollars(most)} a month.", markup=False)
