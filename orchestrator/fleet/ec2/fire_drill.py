"""Show on the smallest instances that each layer ends what it has to end, without the others."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

from orchestrator.cloud_errors import CloudError
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.expiry import Expiry
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.policy import SMALLEST
from orchestrator.fleet.ec2.setup import Account
from orchestrator.fleet.ec2.sweep import sweep
from orchestrator.fleet.ec2.termination import terminate
from orchestrator.fleet.ec2.user_data import ROOT, user_data
from remote_worker.bucket import Place
from remote_worker.first import FirstPlan

Layer = Literal["first order", "watchdog", "schedule", "sweep"]
LAYERS: tuple[Layer, ...] = ("first order", "watchdog", "schedule", "sweep")
WORDS: Mapping[Layer, str] = {
    "first order": "the host's first order, to shut itself down",
    "watchdog": "the watchdog on the host, when nobody uses it",
    "schedule": "a schedule of AWS, whatever the host and this machine do",
    "sweep": "the sweep of this machine",
}
IMAGE = "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id"
USD_PER_HOUR = Decimal("0.0052")
"""Of the smallest instance, on demand; spot is not asked, as the drill must not wait for it."""
LIFE_S = 120.0
PATIENCE_S = 600.0
_BACKSTOP_S = 1800.0
"""Each host of a drill ends itself after so long, should this machine not live to do it."""
_LOOK_S = 2.0
_GONE = ("shutting-down", "terminated")


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillLine:
    """What became of one layer's instance."""

    layer: Layer
    instance_id: str
    """Empty: it could not be launched."""
    ended_after_s: float | None
    """From its launch; None: the layer did not end it in time, and the drill did."""
    reason: str
    """AWS's word for what ended it."""
    trouble: str = ""

    @property
    def holds(self) -> bool:
        """Whether the layer did what it is for."""
        return self.ended_after_s is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReport:
    """What a drill showed."""

    at: str
    region: str
    lines: tuple[DrillLine, ...]
    usd: Decimal
    """About what it cost."""

    @property
    def holds(self) -> bool:
        """Whether every layer ended its instance."""
        return all(line.holds for line in self.lines)


@dataclass(slots=True)
class _Host:
    layer: Layer
    job_id: str
    instance_id: str = ""
    launched_s: float = 0.0
    ended_s: float | None = None
    reason: str = ""
    trouble: str = ""


class FireDrill:
    """One drill; :meth:`run` takes minutes, and leaves nothing behind whatever happens."""

    def __init__(
        self,
        clients: Clients,
        account: Account,
        living: Mapping[str, bool],
        *,
        life_s: float = LIFE_S,
        idle_s: float | None = None,
        patience_s: float = PATIENCE_S,
        endpoint_url: str = "",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; ``living`` are this machine's jobs, which the sweep of the drill spares."""
        self._clients, self._account, self._living = clients, account, living
        self._life_s, self._idle_s = life_s, life_s if idle_s is None else idle_s
        self._patience_s, self._endpoint_url, self._clock = patience_s, endpoint_url, clock
        self._expiry = Expiry(clients, account)
        began = f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
        self._hosts = [_Host(layer, f"{began}-drill-{layer.replace(' ', '-')}") for layer in LAYERS]
        self.cancelled = threading.Event()
        """Set to end the drill now: what it launched is terminated."""

    def run(self, share: Callable[[int, int, str], None] | None = None) -> DrillReport:
        """Launch, wait, and tell; ``share`` hears how many layers have ended theirs.

        Raises:
            CloudError: nothing could be launched, or AWS does not answer.
        """
        at = datetime.now(UTC).isoformat(timespec="seconds")
        try:
            self._launch_all()
            self._wait(share)
        finally:
            self._clear()
        return DrillReport(
            at=at,
            region=self._account.region,
            lines=tuple(self._line(host) for host in self._hosts),
            usd=self._usd(),
        )

    # -- launching -----------------------------------------------------------------------

    def _launch_all(self) -> None:
        with named("looking for the drill's image"):
            image = self._clients("ssm").get_parameter(Name=IMAGE)["Parameter"]["Value"]
        last: CloudError | None = None
        for host in self._hosts:
            try:
                self._launch(host, image)
            except CloudError as error:
                host.trouble, last = f"{error.sentence} {error.advice}", error
        if last is not None and not any(host.instance_id for host in self._hosts):
            raise last

    def _launch(self, host: _Host, image: str) -> None:
        ends_at = datetime.now(UTC) + timedelta(seconds=_BACKSTOP_S)
        tags = names.tags(host.job_id, ends_at=ends_at.isoformat(timespec="seconds"))
        with named("launching the smallest instance"):
            made = self._clients("ec2").run_instances(
                MinCount=1,
                MaxCount=1,
                ImageId=image,
                InstanceType=SMALLEST,
                ClientToken=names.client_token("drill", host.job_id),
                UserData=self._script(host.layer),
                InstanceInitiatedShutdownBehavior="terminate",
                MetadataOptions={"HttpTokens": "required"},
                BlockDeviceMappings=[
                    {
                        "DeviceName": "/dev/sda1",
                        "Ebs": {"Encrypted": True, "DeleteOnTermination": True},
                    }
                ],
                TagSpecifications=[
                    {"ResourceType": kind, "Tags": tags} for kind in ("instance", "volume")
                ],
            )
        host.instance_id = made["Instances"][0]["InstanceId"]
        host.launched_s = self._clock()
        if host.layer == "schedule":
            soon = datetime.now(UTC) + timedelta(seconds=self._life_s)
            self._expiry.arm(host.instance_id, soon)

    def _script(self, layer: Layer) -> str:
        """Return what a host is told: as in a render, but only what its layer needs."""
        if layer == "watchdog":
            return user_data(self._plan(life_s=_BACKSTOP_S, idle_s=self._idle_s))
        life_s = self._life_s if layer == "first order" else _BACKSTOP_S
        told = user_data(self._plan(life_s=life_s, idle_s=_BACKSTOP_S))
        first_lines = told.split("\n")[:2]  # "#!" and the order; the watchdog is left out
        return "\n".join((*first_lines, ""))

    def _plan(self, *, life_s: float, idle_s: float) -> FirstPlan:
        place = Place(
            name=self._account.bucket,
            region=self._account.region,
            endpoint_url=self._endpoint_url,
        )
        return FirstPlan(
            root=ROOT,
            prefix="jobs/drill/",
            place=place,
            idle_s=idle_s,
            life_s=life_s,
            publish_host_key=False,
        )

    # -- waiting -------------------------------------------------------------------------

    def _wait(self, share: Callable[[int, int, str], None] | None) -> None:
        give_up_s = self._clock() + self._patience_s
        launched = [host for host in self._hosts if host.instance_id]
        is_swept = False
        while not self.cancelled.is_set() and self._clock() < give_up_s:
            self._look(launched)
            done = [host for host in launched if host.ended_s is not None]
            if share is not None:
                waiting = ", ".join(each.layer for each in launched if each.ended_s is None)
                share(len(done), len(launched), waiting)
            if len(done) == len(launched):
                return
            if not is_swept:
                self._sweep()
                is_swept = True
            self.cancelled.wait(_LOOK_S)

    def _look(self, launched: list[_Host]) -> None:
        by_id = {host.instance_id: host for host in launched}
        wanted = [{"Name": "instance-id", "Values": list(by_id)}]
        with named("looking at the drill's instances"):
            answer = self._clients("ec2").describe_instances(Filters=wanted)
        for reservation in answer["Reservations"]:
            for each in reservation["Instances"]:
                host = by_id[each["InstanceId"]]
                if host.ended_s is None and each["State"]["Name"] in _GONE:
                    host.ended_s, host.reason = self._clock(), _reason(each)

    def _sweep(self) -> None:
        """Sweep as an app does that is started after another was killed in the drill."""
        jobs = {host.job_id: host.layer != "sweep" for host in self._hosts}
        sweep(self._clients, self._account, [self._account.region], {**self._living, **jobs})

    # -- ending --------------------------------------------------------------------------

    def _clear(self) -> None:
        left = tuple(h.instance_id for h in self._hosts if h.instance_id and h.ended_s is None)
        try:
            terminate(self._clients, left)
        finally:
            for host in self._hosts:
                if host.layer == "schedule" and host.instance_id:
                    self._expiry.disarm(host.instance_id)

    def _line(self, host: _Host) -> DrillLine:
        seconds = None if host.ended_s is None else host.ended_s - host.launched_s
        return DrillLine(
            layer=host.layer,
            instance_id=host.instance_id,
            ended_after_s=seconds,
            reason=host.reason,
            trouble=host.trouble,
        )

    def _usd(self) -> Decimal:
        now_s = self._clock()
        seconds = sum(
            max(60.0, (host.ended_s or now_s) - host.launched_s)
            for host in self._hosts
            if host.instance_id
        )
        return (USD_PER_HOUR * Decimal(int(seconds)) / 3600).quantize(Decimal("0.0001"))


def _reason(described: dict[str, Any]) -> str:
    return str(described.get("StateReason", {}).get("Code") or "terminated")
