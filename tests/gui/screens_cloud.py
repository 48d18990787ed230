"""Bring the window to every state that an account of AWS gives it, and take a picture of each."""

from __future__ import annotations

import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from shown_desks import real, rendering, working
from studio import Screen, Studio

from gui.cloud.account import CloudAccount
from gui.cloud.compare_regions import RegionsDialog
from gui.cloud.drill import DrillDialog
from gui.cloud.wizard import ConnectWizard
from gui.settings.dialog import SettingsDialog
from orchestrator.cloud import Connection, GpuQuota, Quote, QuoteFor
from orchestrator.cloud_errors import CapacityRefused
from orchestrator.cloud_regions import RegionQuote
from orchestrator.desk.entries import EntryId, Receipt, ReceiptLine, Where
from orchestrator.desk.rented import Machine, Rented

sys.path.insert(0, str(Path(__file__).parent / "cloud"))
from fake_cloud import MISSING, READY, FakeCloud

_USD = Decimal
_THERE = Where(kind="aws", instances=2, budget_usd=_USD("1.50"))
_ZONES = ("us-east-2a", "us-east-2b", "us-east-2a")
QUOTE = Quote(
    least_s=360.0, most_s=540.0, least_usd=_USD("0.21"), most_usd=_USD("0.34"),
    on_demand_usd=_USD("0.92"), budget_usd=_USD("1.50"),
    others=tuple(
        QuoteFor(instances=count, least_s=1080 / count, most_s=1620 / count,
                 least_usd=_USD("0.20"), most_usd=_USD("0.31"))
        for count in (1, 2, 3)
    ),
)  # fmt: skip
MACHINES = tuple(
    Machine(
        lease_id=f"lease-{number}", instance_id=f"i-0{number}", instance_type="g6.xlarge",
        zone=_ZONES[number - 1], market="spot", usd_per_hour=_USD("0.26"), state=state,
    )
    for number, state in ((1, "alive"), (2, "alive"), (3, "interrupted"))
)  # fmt: skip
RENTED = Rented(
    machines=MACHINES, usd=_USD("0.07"), usd_per_hour=_USD("0.52"), budget_usd=_USD("1.50"),
    interruptions=1, may_leave=True,
)  # fmt: skip
RECEIPT = Receipt(
    usd=_USD("0.19"), on_demand_usd=_USD("0.60"), seconds=2680, interruptions=1,
    looked_at="2026-03-14T10:12:00+00:00",
    lines=tuple(
        ReceiptLine(instance_type="g6.xlarge", zone=zone, market="spot", seconds=893,
                    usd=_USD("0.063"), how=how)
        for zone, how in zip(_ZONES, ("released", "released", "interrupted"), strict=True)
    ),
)  # fmt: skip


def _region(name: str, spot: str, hours: str, score: int | None, **more: Any) -> RegionQuote:
    usd, hours_s = _USD(spot) * _USD(hours), 3600 * float(hours)
    return RegionQuote(
        region=name, instance_type="g6.xlarge", zone=f"{name}a", spot_usd_per_hour=_USD(spot),
        on_demand_usd_per_hour=_USD("0.80"), score=score, seconds=(hours_s, 1.3 * hours_s),
        usd=(usd + _USD("0.03"), usd + _USD("0.09")), **more,
    )  # fmt: skip


REGION_QUOTES = (
    _region("us-west-2", "0.24", "0.25", 9),
    _region("us-east-2", "0.26", "0.25", 8, is_set_up=True),
    _region("eu-north-1", "0.31", "0.25", 3, is_set_up=True),
    _region("ap-northeast-1", "0.44", "1.2", None),
    RegionQuote(
        region="eu-south-2",
        trouble="This account may have no GPU spot instance in eu-south-2 yet. Ask AWS for more in"
        " the account’s settings, or choose another region.",
    ),
    RegionQuote(
        region="sa-east-1",
        trouble="AWS cannot be reached. It is tried again; what runs goes on.",
    ),
)


def connected(studio: Studio, **answers: Any) -> FakeCloud:
    """Let the window have an account that answers as told."""
    cloud = FakeCloud()
    more = {"quote": QUOTE, "sweep": _swept(), "quota": _quota(vcpus=12, instances=3)}
    cloud.answers.update(more | answers)
    studio.bridge.cloud = cloud  # type: ignore[assignment]  # a stand-in with the same methods
    studio.places.account.look()
    studio.settle(0.3)
    return cloud


def disconnected(studio: Studio) -> None:
    """Let the window have no account again."""
    studio.bridge.cloud = FakeCloud(Connection())  # type: ignore[assignment]  # as above
    studio.places.account.look()
    studio.settle(0.3)


def wizard(studio: Studio) -> None:
    """Show every step of the wizard, as it is first and when it found something."""
    cloud = FakeCloud(Connection())
    cloud.answers["quota"] = _quota(vcpus=0, instances=0)
    studio.bridge.cloud = cloud  # type: ignore[assignment]  # as above
    shown = ConnectWizard(CloudAccount(studio.bridge, studio.window), studio.window)
    shown.show()
    studio.settle(0.3)
    studio.shoot("aws-wizard-sign-in", shown)
    shown.sign_in.choose("keys")
    studio.shoot("aws-wizard-keys", shown)
    for number, name in enumerate(("check", "quota", "set-up"), start=1):
        shown.show_step(number)
        studio.settle(0.3)
        studio.shoot(f"aws-wizard-{name}", shown)
    shown.close()
    disconnected(studio)


def account_page(studio: Studio) -> None:
    """Show the account's page in every state, and the drill."""
    states = {
        "ready": READY,
        "not-set-up": replace(READY, state="not set up"),
        "signed-out": replace(READY, state="signed out"),
        "away": replace(READY, state="away"),
    }
    cloud = connected(studio, examine=(MISSING,))
    account = studio.places.account
    dialog = SettingsDialog(studio.bridge, studio.window.commands, studio.window, account=account)
    dialog.open_page("aws")
    dialog.show()
    for name, state in states.items():
        cloud.now = state
        account.take(state)
        studio.settle(0.4)
        studio.shoot(f"settings-aws-{name}", dialog)
    dialog.close()
    dialog.deleteLater()
    studio.shoot_window("aws-drill", DrillDialog(studio.places.account, studio.window))
    disconnected(studio)


def where(studio: Studio) -> None:
    """Show what the inspector says of renting: a quote, and one that there is none of."""
    cloud = connected(studio)
    for name, answer in (
        ("quoted", QUOTE),
        ("refused", CapacityRefused("AWS has none of these now.", "Try another region.")),
    ):
        cloud.answers["quote"] = answer
        desk = working(studio)
        entries = tuple(
            replace(each, where=replace(_THERE, instances=2 + (name == "refused")))
            if each.entry_id == "r-ready" else each
            for each in desk.entries
        )  # fmt: skip
        studio.show(replace(desk, entries=entries), EntryId("r-ready"))
        studio.settle(1.0)
        studio.shoot_tall(f"inspector-aws-{name}", studio.places.inspector, 380, 1500)
    disconnected(studio)


def regions(studio: Studio) -> None:
    """Show what a video takes and costs in each region: while they are asked, and then."""
    cloud = connected(studio)
    entry = real(studio, "r-ready", where=_THERE)

    def asking(video: Any, names: Any, tell: Any, cancelled: Any) -> tuple[RegionQuote, ...]:
        del video, names
        for each in REGION_QUOTES[1:4]:
            tell(each)
        cancelled.wait(20.0)
        return ()

    for name, compare in (("asking", asking), ("compared", lambda *_: REGION_QUOTES)):
        cloud.compare = compare  # type: ignore[attr-defined]  # answers in parts
        dialog = RegionsDialog(studio.places.account, entry, studio.window)
        dialog.show()
        studio.settle(0.6)
        studio.shoot(f"aws-regions-{name}", dialog)
        dialog.close()
    disconnected(studio)


def rented(studio: Studio) -> None:
    """Show a render on instances: the meter, the light, the pieces, and its receipt."""
    connected(studio)
    desk = working(studio)
    assert desk.running is not None
    running = replace(desk.running, rented=RENTED, seen=rendering(studio))
    entries = tuple(
        replace(each, where=_THERE) if each.entry_id == "r-rendering" else each
        for each in (*desk.entries[:3], real(studio, "r-done", state="done", receipt=RECEIPT),
                     *desk.entries[4:])
    )  # fmt: skip
    shown = replace(desk, running=running, entries=entries)
    studio.show(shown, EntryId("r-rendering"))
    studio.places.stage.go_to(20)
    studio.until_still()
    studio.shoot("window-aws-rendering")
    studio.show(shown, EntryId("r-done"))
    studio.until_still()
    studio.shoot("window-aws-receipt")
    disconnected(studio)


def _quota(vcpus: int, instances: int) -> GpuQuota:
    return GpuQuota(region="us-east-2", vcpus=vcpus, instances=instances)


def _swept() -> Any:
    nothing: dict[str, Any] = {"removed": (), "failed": (), "kept": (), "unseen": ()}
    return SimpleNamespace(**nothing, regions=("us-east-2",))


CLOUD_SCREENS: tuple[Screen, ...] = (wizard, account_page, where, regions, rented)
