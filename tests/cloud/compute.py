"""Keep the instances: start their hosts, follow their ends, hold their doors."""

from __future__ import annotations

import contextlib
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from moto.core.types import Base64EncodedString
from moto.core.utils import utcnow
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models.instance_types import INSTANCE_TYPES
from moto.ec2.models.instances import InstanceState, StateReason

from tests.cloud import specs, userdata
from tests.cloud.console import tell
from tests.cloud.hypervisor import STATE
from tests.cloud.link import HostTrouble, Link
from tests.cloud.market import Market, Pool, Refused, quota_code
from tests.cloud.specs import Spec
from tests.cloud.wiring import Network

BY_USER = ("Client.UserInitiatedShutdown", "User initiated shutdown")
BY_ITSELF = ("Client.InstanceInitiatedShutdown", "Instance initiated shutdown")
BY_AWS = ("Server.SpotInstanceTermination", "Spot instance termination")

_BOOTS_S = 60.0
_FREE_S = 3600.0
_ROOT = Path(__file__).resolve().parents[2]
_GPU_TOOL = """#!/bin/sh
# Answers as the instance type's GPU would; there is none behind it.
for word in "$@"; do case "$word" in --query-gpu=*) asked=${{word#--query-gpu=}} ;; esac; done
[ -n "$asked" ] || {{ echo "NVIDIA-SMI 595.91.07 Driver Version: 595.91.07"; exit 0; }}
line=""
for one in $(echo "$asked" | tr , ' '); do
  case "$one" in
  name|gpu_name) value="NVIDIA {name}" ;;
  driver_version) value="595.91.07" ;;
  memory.total) value="{mib} MiB" ;;
  memory.used) value="0 MiB" ;;
  memory.free) value="{mib} MiB" ;;
  utilization.gpu) value="0 %" ;;
  *) value="[N/A]" ;;
  esac
  line="${{line:+$line, }}$value"
done
echo "$line"
"""


@dataclass(slots=True)
class Knobs:
    """What a test may turn before it launches; all have a value that keeps tests quick."""

    boot_s: float = 0.0
    """From the launch to the start of the host."""
    settle_s: float = 0.0
    """How long a new instance is not yet found by the API."""
    disk_bytes: int = 2 << 30
    credentials_ttl_s: float = 3600.0
    """Life of what an instance profile hands out, scaled."""
    quota_lag_s: float = 0.0
    """How long an ended instance still counts against its quota."""
    reuse_addresses: bool = False
    """Whether a new host gets the address of the one that ended last."""


@dataclass(slots=True)
class SpotRequest:
    """The record that AWS keeps of a spot request."""

    request_id: str
    pool: Pool
    tags: dict[str, str]
    max_usd: float
    state: str = "active"
    code: str = "fulfilled"
    words: str = "Your Spot request is fulfilled."
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def become(self, state: str, code: str, words: str) -> None:
        """Change the status."""
        self.state, self.code, self.words = state, code, words
        self.updated_at = datetime.now(UTC)


@dataclass(slots=True)
class Host:
    """One instance and the machine behind it."""

    instance: Any
    """Moto's record of it."""
    backend: Any
    spec: Spec
    address: str
    launched_at: float
    spot: SpotRequest | None = None
    fleet_id: str | None = None
    usd_per_hour: Decimal = Decimal(0)
    """What it costs: the spot price at its launch, or the on-demand price."""
    ran_at: float | None = None
    """When it began to run, by the clock on the wall; None: not yet."""
    ended_at: float | None = None
    started: bool = False
    """Whether the hypervisor has been asked to run it."""
    gone: bool = False
    """Whether the machine is gone, whatever the API says."""
    ending: tuple[str, str] | None = None
    """Why it ends, once somebody wants it to."""
    notice: dict[str, str] | None = None
    rebalance: str | None = None
    metadata_tokens: dict[str, float] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The instance's id."""
        return str(self.instance.id)

    @property
    def is_over(self) -> bool:
        """Whether the API calls it terminated."""
        return bool(self.instance.state == "terminated")

    @property
    def billed_s(self) -> float:
        """The seconds that AWS charges so far: none for what it took in the first hour."""
        if self.ran_at is None:
            return 0.0
        lasted_s = (self.ended_at or time.time()) - self.ran_at
        taken = self.spot is not None and self.ending == BY_AWS
        return 0.0 if taken and lasted_s < _FREE_S else lasted_s


class Compute:
    """All instances of the account; the lock guards them and moto's records of them."""

    def __init__(self, network: Network, market: Market) -> None:
        self.lock = threading.RLock()
        self.hosts: dict[str, Host] = {}
        self.knobs = Knobs()
        self.market = market
        self.network = network
        self.layers: dict[str, str] = {}
        """The layer behind each baked image."""
        self.environment: dict[str, str] = {}
        self.link: Link
        self.on_booted: Callable[[Host, int], None] = lambda host, fd: os.close(fd)
        self.on_over: Callable[[Host], None] = lambda host: None
        self._addresses = 0
        self._free: list[str] = []
        self._booting: list[Future[None]] = []
        self._boots = ThreadPoolExecutor(8, thread_name_prefix="boot")

    def reset(self, market: Market) -> None:
        """Forget every instance; the hosts must be gone already."""
        with self.lock:
            self.hosts, self.knobs, self.market, self.layers = {}, Knobs(), market, {}
            self._free.clear()

    def host(self, instance_id: str) -> Host:
        """The host of an instance that the API knows by now.

        Raises:
            EC2ClientError: InvalidInstanceID.NotFound, also while it is too new.
        """
        host = self.hosts.get(instance_id)
        if host is None or not self._has_settled(host):
            raise EC2ClientError(
                "InvalidInstanceID.NotFound", f"The instance ID '{instance_id}' does not exist"
            )
        return host

    def unsettled(self) -> set[str]:
        """The ids that the API does not find yet."""
        return {one.id for one in self.hosts.values() if not self._has_settled(one)}

    def _has_settled(self, host: Host) -> bool:
        return time.time() >= host.launched_at + self.knobs.settle_s

    def launch(
        self, backend: Any, spec: Spec, least: int, most: int, fleet_id: str | None = None
    ) -> list[Host]:
        """Launch between ``least`` and ``most`` instances in the first zone that has them.

        Raises:
            EC2ClientError: as AWS would say it.
        """
        specs.check(backend, spec)
        with self.lock:
            failure: Refused | None = None
            for zone, subnet_id in specs.zones_of(backend, spec):
                pool = Pool(spec.instance_type, zone, spec.lifecycle)
                try:
                    count = self._take(backend, spec, pool, least, most)
                except Refused as error:
                    failure = error
                    continue
                made = [self._make(backend, spec, pool, subnet_id, fleet_id) for _ in range(count)]
                break
            else:
                assert failure is not None
                raise EC2ClientError(failure.code, failure.words) from failure
        for host in made:
            self._booting.append(self._boots.submit(self._boot, host))
        return made

    def _take(self, backend: Any, spec: Spec, pool: Pool, least: int, most: int) -> int:
        if not specs.is_offered(backend.region_name, spec.instance_type, pool.zone):
            raise Refused(
                "Unsupported",
                f"Your requested instance type ({spec.instance_type}) is not supported in your "
                f"requested Availability Zone ({pool.zone}).",
            )
        if spec.lifecycle == "spot":
            self.market.check_price(pool, spec.max_usd)
        used = self._vcpus_used(backend.region_name, pool)
        wanted = spec.vcpus * least
        self.market.check_quota(pool, backend.region_name, used, wanted)
        while most > least:
            with contextlib.suppress(Refused):
                self.market.check_quota(pool, backend.region_name, used, spec.vcpus * most)
                break
            most -= 1
        return self.market.take(pool, most, least)

    def _vcpus_used(self, region: str, pool: Pool) -> int:
        code = quota_code(pool.instance_type, pool.lifecycle)
        return sum(
            one.spec.vcpus
            for one in self.hosts.values()
            if self._counts(one)
            and one.instance.state != "stopped"
            and one.backend.region_name == region
            and quota_code(one.spec.instance_type, one.spec.lifecycle) == code
        )

    def _counts(self, host: Host) -> bool:
        """Whether it uses its quota; AWS takes minutes to see that one is free."""
        return host.ended_at is None or time.time() < host.ended_at + self.knobs.quota_lag_s

    def _make(
        self, backend: Any, spec: Spec, pool: Pool, subnet_id: str, fleet_id: str | None
    ) -> Host:
        options = {
            "instance_type": spec.instance_type,
            "is_instance_type_default": False,
            "region_name": backend.region_name,
            "subnet_id": subnet_id,
            "key_name": spec.key_name,
            "security_group_ids": list(spec.group_ids) or [self._default_group(backend)],
            "tags": spec.tags,
            "instance_initiated_shutdown_behavior": spec.on_shutdown,
            "metadata_options": spec.metadata_options,
            "disable_api_termination": spec.keep_from_api,
        }
        if spec.lifecycle == "spot":
            options |= {"instance_market_options": "spot", "lifecycle": "spot"}
        if spec.block_devices:
            options["block_device_mappings"] = _with_defaults(spec.block_devices)
        user_data = Base64EncodedString(spec.user_data) if spec.user_data else None
        made = backend.run_instances(spec.image_id, 1, user_data, [], **options)
        instance = made.instances[0]
        instance._state = InstanceState("pending", 0)
        host = Host(
            instance,
            backend,
            spec,
            self._next_address(),
            time.time(),
            spot=self._request(spec, pool, instance),
            fleet_id=fleet_id,
            usd_per_hour=self._price(spec, pool),
        )
        if fleet_id:
            instance.add_tags({"aws:ec2:fleet-id": fleet_id})
        _give_address(instance, host.address)
        if spec.profile:
            backend.associate_iam_instance_profile(
                instance_id=instance.id,
                iam_instance_profile_name=spec.profile.get("Name"),
                iam_instance_profile_arn=spec.profile.get("Arn"),
            )
        self.hosts[instance.id] = host
        return host

    def _price(self, spec: Spec, pool: Pool) -> Decimal:
        if spec.lifecycle == "spot":
            return Decimal(str(self.market.spot_usd(spec.instance_type, pool.zone)))
        region = pool.zone[:-1]
        return Decimal(str(self.market.on_demand_usd(spec.instance_type, region, spec.vcpus)))

    def _default_group(self, backend: Any) -> str:
        return str(backend.get_default_security_group().id)

    def _request(self, spec: Spec, pool: Pool, instance: Any) -> SpotRequest | None:
        if spec.lifecycle != "spot":
            return None
        request = SpotRequest(
            f"sir-{secrets.token_hex(4)}",
            pool,
            dict(spec.tags.get("spot-instances-request", {})),
            spec.max_usd or self.market.on_demand_usd(spec.instance_type, pool.zone[:-1]),
        )
        instance.spot_instance_request_id = request.request_id
        if request.tags:
            instance.ec2_backend.create_tags([request.request_id], request.tags)
        return request

    def _next_address(self) -> str:
        if self.knobs.reuse_addresses and self._free:
            return self._free.pop()
        self._addresses += 1
        return self.network.address(self._addresses)

    def _boot(self, host: Host) -> None:
        """Run the machine; a host that was ended in the meantime is never run."""
        self._wait_for_boot(host)
        try:
            order = self._order(host)
            with self.lock:
                if host.ending:
                    return self._finish(host)
                host.started = True
            _, fds = self.link.ask_for_fds("launch", **order)
        except (HostTrouble, userdata.Unreadable, OSError) as error:
            tell(f"{host.id} does not boot: {error}")
            with self.lock:
                host.gone = True
                host.ending = host.ending or ("Server.InternalError", str(error))
                return self._finish(host)
        self.on_booted(host, fds[0])
        self.open_doors(host)
        with self.lock:
            host.ran_at = host.ran_at or time.time()
            if host.instance.state == "pending":
                host.instance._state = InstanceState("running", 16)
        if self._is_ending(host):  # it was asked to end before there was anything to end
            self.link.ask("end", host_id=host.id, how="orderly")
        return None

    def _wait_for_boot(self, host: Host) -> None:
        due_at = time.monotonic() + self.knobs.boot_s
        while time.monotonic() < due_at and not self._is_ending(host):
            time.sleep(0.01)

    def _is_ending(self, host: Host) -> bool:
        with self.lock:
            return host.ending is not None

    def wait_for_boots(self) -> None:
        """Wait until every boot that was begun has come to something."""
        wait(self._booting, timeout=_BOOTS_S)
        self._booting.clear()

    def _order(self, host: Host) -> dict[str, Any]:
        plan = userdata.read(host.spec.user_data_bytes())
        gpus = INSTANCE_TYPES[host.spec.instance_type].get("GpuInfo", {}).get("Gpus")
        if gpus:
            mib = gpus[0]["MemoryInfo"]["SizeInMiB"]
            plan["tools"] = {"nvidia-smi": _GPU_TOOL.format(name=gpus[0]["Name"], mib=mib)}
        layer = self.layers.get(host.spec.image_id)
        visible = [str(_ROOT), sys.prefix, sys.base_prefix]
        return {
            "host_id": host.id,
            "address": host.address,
            "stage": str(STATE / str(self.network.slot) / "stage"),
            "console": self.console_path(host.id),
            "layers": [layer] if layer else [],
            "visible": list(dict.fromkeys(visible)),
            "disk_bytes": self.knobs.disk_bytes,
            "plan": plan,
            "environment": self.environment,
            "user": self.user_of(host),
            "keys": [*self._key(host), *plan["authorized"]],
            "python": str(Path(sys.base_prefix) / "bin" / "python3"),
            "laptop": False,
        }

    def console_path(self, host_id: str) -> str:
        """Where a host's console is written."""
        return str(STATE / str(self.network.slot) / f"{host_id}.console")

    def user_of(self, host: Host) -> str:
        """The user that the image logs one in as."""
        image = host.backend.amis[host.spec.image_id]
        return "ec2-user" if "amazon linux" in (image.name or "").lower() else "ubuntu"

    def _key(self, host: Host) -> list[str]:
        if not host.spec.key_name:
            return []
        pairs = host.backend.describe_key_pairs(key_names=[host.spec.key_name])
        return [str(pairs[0].public_key).strip()]

    def end(self, host: Host, why: tuple[str, str], *, how: str = "orderly") -> InstanceState:
        """Let an instance end; return the state it had. Twice is as good as once."""
        with self.lock:
            before: InstanceState = host.instance._state
            if before.name in ("shutting-down", "terminated"):
                return before
            host.ending = why
            host.instance.state_reason = StateReason(f"{why[0]}: {why[1]}", why[0])
            host.instance._state = InstanceState("shutting-down", 32)
            if host.gone or (not host.started and before.name == "stopped"):
                self._finish(host)
                return before
            if not host.started:
                return before  # its boot finishes it
        self.link.ask("end", host_id=host.id, how=how)
        return before

    def on_gone(self, host_id: str, how: str) -> None:
        """Take note that a machine has ended: by order, by itself, or by accident."""
        with self.lock:
            host = self.hosts.get(host_id)
            if host is None:
                return
            host.gone = True
            if host.ending:
                self._finish(host)
            elif how == "poweroff" and host.instance.instance_initiated_shutdown_behavior == (
                "terminate"
            ):
                host.ending = BY_ITSELF
                self._finish(host)
            elif how == "poweroff":
                self._stop(host, BY_ITSELF)
            elif how == "stopped":
                self._stop(host, BY_USER)
            # else a crash: the API goes on calling it running, and it goes on billing

    def _stop(self, host: Host, why: tuple[str, str]) -> None:
        host.started = host.gone = False
        host.instance.stop()
        host.instance.state_reason = StateReason(f"{why[0]}: {why[1]}", why[0])

    def start(self, host: Host) -> None:
        """Boot a stopped instance again, on a fresh disk."""
        with self.lock:
            host.instance._state = InstanceState("pending", 0)
            host.instance.state_reason = StateReason()
        self._booting.append(self._boots.submit(self._boot, host))

    def _finish(self, host: Host) -> None:
        """Write down that an instance is over, its volumes with it."""
        if host.is_over or host.ending is None:
            return
        host.gone = True
        host.ended_at = time.time()
        code, words = host.ending
        host.instance.terminate()
        host.instance._reason = f"{words} ({utcnow():%Y-%m-%d %H:%M:%S} GMT)"
        host.instance.state_reason = StateReason(f"{code}: {words}", code)
        if self.knobs.reuse_addresses:
            self._free.append(host.address)
        if host.spot:
            taken = host.ending == BY_AWS
            host.spot.become(
                "closed",
                "instance-terminated-no-capacity" if taken else "instance-terminated-by-user",
                "Your Spot Instance was terminated.",
            )
        self.on_over(host)

    def open_doors(self, host: Host) -> None:
        """Tell the host's cable what its security groups let in."""
        with contextlib.suppress(HostTrouble):
            self.link.ask("line", host_id=host.id, allowed=list(self._allowed(host)))

    def open_all_doors(self) -> None:
        """Do so for every host: a group has changed."""
        with self.lock:
            alive = [one for one in self.hosts.values() if one.started and not one.gone]
        for host in alive:
            self.open_doors(host)

    def groups_of(self, host: Host) -> list[Any]:
        """The security groups that the instance is in."""
        return [group for nic in host.instance.nics.values() for group in nic.group_set]

    def _allowed(self, host: Host) -> Iterator[dict[str, Any]]:
        for group in self.groups_of(host):
            for rule in group.ingress_rules:
                for cidr in self._sources(host, rule):
                    yield {
                        "cidr": cidr,
                        "protocol": rule.ip_protocol,
                        "first": None if rule.from_port in (None, -1) else rule.from_port,
                        "last": None if rule.to_port in (None, -1) else rule.to_port,
                    }

    def _sources(self, host: Host, rule: Any) -> Iterator[str]:
        if rule.cidr_ipv4:
            yield rule.cidr_ipv4
        source = (rule.source_group or {}).get("GroupId")
        if source:
            for other in self.hosts.values():
                if any(group.id == source for group in self.groups_of(other)):
                    yield f"{other.address}/32"


def _with_defaults(devices: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    """The devices with what AWS assumes: the root goes with its instance, others stay."""
    filled = []
    for number, device in enumerate(devices):
        disk = {"VolumeSize": 8, "DeleteOnTermination": number == 0, **(device.get("Ebs") or {})}
        filled.append({"NoDevice": None, **device, "Ebs": disk})
    return filled


def _give_address(instance: Any, address: str) -> None:
    """Put the host's one address in all places where moto keeps one."""
    card = instance.nics[0]
    card.private_ip_address = card.public_ip = address
    card.private_ip_addresses = [{"Primary": True, "PrivateIpAddress": address}]
