"""Open the test cloud, break it on purpose, and ask what is left: the tests' side of it."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from tests.cloud.cells import Cells
from tests.cloud.kernel import NEW_NETWORK, enter
from tests.cloud.policies import Ask

ACCESS_KEY = "AKIATESTCLOUD0000001"
ACCOUNT = "123456789012"
NETWORKS = ("127.0.0.1", "::1", "10.99.0.0/16")
"""What tests that use the cloud may connect to."""

_ROOT = Path(__file__).resolve().parents[2]
_PROBE = """
mount -t tmpfs probe /mnt
mkdir /mnt/up /mnt/work /mnt/root
mount -t overlay -o lowerdir=/,upperdir=/mnt/up,workdir=/mnt/work probe /mnt/root
ip link add probe0 type veth peer name probe1
ip link add probe2 type bridge
tc qdisc add dev probe0 root tbf rate 1mbit burst 32000 latency 200ms
nft 'table netdev probe { chain out { type filter hook egress device "probe0" priority 0; }; }'
"""
"""All that a host needs of the kernel, tried in namespaces that are gone at once."""
_START_S = 60.0
_ANSWER_S = 90.0
_PROGRAMS = {"ip": "iproute2", "tc": "iproute2", "nft": "nftables", "sshd": "openssh-server",
             "ssh-keygen": "openssh-client", "sudo": "sudo", "nsenter": "util-linux",
             "curl": "curl"}  # fmt: skip


def why_not() -> str | None:
    """Why the test cloud cannot run here, in one sentence, or None."""
    if sys.platform != "linux":
        return "the test cloud's hosts are Linux namespaces"
    if os.geteuid() != 0:
        return "the test cloud needs root, to make network namespaces"
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
    missing = [name for name in _PROGRAMS if shutil.which(name, path=path) is None]
    if missing:
        packages = " ".join(sorted({_PROGRAMS[name] for name in missing}))
        return f"the test cloud needs {', '.join(missing)} (Debian: apt-get install {packages})"
    probe = [
        "unshare",
        "--net",
        "--mount",
        "--pid",
        "--uts",
        "--ipc",
        "--fork",
        "sh",
        "-ec",
        _PROBE,
    ]
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        probe, check=False, capture_output=True, timeout=30, text=True, env=environment
    )
    if done.returncode:
        return f"the test cloud may not make hosts here: {done.stderr.strip()[-200:]}"
    return Cells.why_not()


class CloudTrouble(Exception):
    """The cloud could not do what a test asked of it."""


@dataclass(frozen=True, slots=True)
class HostView:
    """One instance as the test cloud sees it."""

    instance_id: str
    instance_type: str
    zone: str
    lifecycle: str
    address: str
    state: str
    reason: str
    """Why it ended, in AWS's code; empty while it runs."""
    alive: bool
    """Whether there is a machine, whatever the API says."""
    user: str
    fleet_id: str | None
    notice: Mapping[str, str] | None
    tags: Mapping[str, str]
    usd_per_hour: Decimal = Decimal(0)
    billed_s: float = 0.0
    """Real seconds that AWS charges so far; none for what it took back in its first hour."""

    @property
    def cost_usd(self) -> Decimal:
        """What AWS charges for it so far, its disks and traffic apart."""
        return self.usd_per_hour * Decimal(str(self.billed_s)) / 3600


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was not tidied away."""

    kind: str
    id: str
    region: str


class Laptop:
    """A network of its own on the cloud's bridge: the desktop, with a cable to cut."""

    def __init__(self, region: Region, name: str, pid: int, address: str) -> None:
        self.region, self.name, self.address = region, name, address
        self._pid = pid

    def argv(self, command: Sequence[str]) -> list[str]:
        """The command as one that runs in the laptop's network."""
        return ["nsenter", f"--net=/proc/{self._pid}/ns/net", *command]

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Be in the laptop's network: this thread, and the threads it starts meanwhile."""
        here = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{self._pid}/ns/net", os.O_RDONLY)
        try:
            enter(there, NEW_NETWORK)
            yield
        finally:
            enter(here, NEW_NETWORK)
            os.close(here)
            os.close(there)

    def cut(self) -> None:
        """Let nothing through, silently."""
        self.region.cut(self.name)

    def heal(self) -> None:
        """Make the cable as new."""
        self.region.heal(self.name)

    def slow(self, *, down_mbit: float | None = None, up_mbit: float | None = None) -> None:
        """Limit the rates, as the laptop sees them."""
        self.region.slow(self.name, down_mbit=down_mbit, up_mbit=up_mbit)

    def lose(self, percent: float) -> None:
        """Lose this share of the packets, both ways."""
        self.region.lose(self.name, percent)


class Region:
    """The control of one running test cloud; every fault is a method with its name."""

    def __init__(self, words: Mapping[str, Any], log: str) -> None:
        self._log = Path(log)
        self.endpoint_url: str = words["endpoint"]
        self.slot: int = words["slot"]
        self.check_ip_url = f"{self.endpoint_url}/_cloud/checkip"
        """What answers as checkip.amazonaws.com does."""
        self._control: str = words["control"]
        self._laptops: dict[str, Laptop] = {}

    def environment(self, region: str = "us-east-1") -> dict[str, str]:
        """What a process needs in its environment to use this cloud and nothing else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": ACCESS_KEY,
            "AWS_SECRET_ACCESS_KEY": "test-cloud",
            "AWS_DEFAULT_REGION": region,
            "AWS_REGION": region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",
        }

    def reset(self, seed: int | None = None) -> None:
        """Start over with a clean account; every host is gone when this returns.

        A seed decides the market's prices and all ids; without one only ids differ.
        """
        self._laptops.clear()
        self._ask("reset", seed=seed)

    # What is there.

    def hosts(self) -> list[HostView]:
        """All instances of this account, the ended ones too, in order of launch."""
        rows = self._ask("hosts")
        return [HostView(**{**one, "usd_per_hour": Decimal(one["usd_per_hour"])}) for one in rows]

    def host(self, instance: str) -> HostView:
        """One instance."""
        return next(one for one in self.hosts() if one.instance_id == instance)

    def alive(self) -> list[HostView]:
        """The instances that AWS would bill, or that are still machines."""
        over = ("terminated", "stopped")
        return [one for one in self.hosts() if one.state not in over or one.alive]

    def wait_for(self, instance: str, state: str, timeout_s: float = 20.0) -> HostView:
        """Wait until the API says that an instance is in a state."""
        end = time.monotonic() + timeout_s
        while (host := self.host(instance)).state != state:
            if time.monotonic() > end:
                said = self.console(instance)[-2000:]
                raise CloudTrouble(f"{instance} is {host.state}, not {state}; console: {said}")
            time.sleep(0.02)
        return host

    def left_behind(self, *ignoring: str) -> list[Left]:
        """What is still there that should not be, without the kinds that are ignored."""
        found = [Left(**one) for one in self._ask("left_behind")]
        return [one for one in found if one.kind not in ignoring]

    def console(self, instance: str) -> str:
        """What the host said: its boot, its sshd, its user-data scripts."""
        return str(self._ask("console", instance=instance))

    def log(self) -> str:
        """What the cloud's own processes had to complain of."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    def calls(self) -> list[dict[str, Any]]:
        """Every API call since the reset: service, action, access_key, source, status, code,
        and asks: what it needed to be allowed.
        """
        return list(self._ask("calls"))

    def fired(self) -> list[tuple[str, str]]:
        """The schedules that have fired: name, and "done" or the error."""
        return [(name, how) for name, how in self._ask("fired")]

    # How quick, how slow.

    def time_scale(self, factor: float) -> None:
        """Let `factor` seconds of the cloud pass in one of ours: schedules, fleet expiry,
        `shutdown +N`, and the life of credentials."""
        self._ask("time_scale", factor=factor)

    def boot_takes(self, seconds: float) -> None:
        """How long an instance is pending before its host starts."""
        self._ask("knob", boot_s=seconds)

    def settle_takes(self, seconds: float) -> None:
        """How long the API does not find a new instance (eventual consistency)."""
        self._ask("knob", settle_s=seconds)

    def quota_lags(self, seconds: float) -> None:
        """How long what has ended still counts against its quota."""
        self._ask("knob", quota_lag_s=seconds)

    def disk_has(self, size_bytes: int) -> None:
        """The size of the disks of hosts launched from now on."""
        self._ask("knob", disk_bytes=size_bytes)

    def credentials_last(self, seconds: float) -> None:
        """The life of what instance profiles hand out from now on."""
        self._ask("knob", credentials_ttl_s=seconds)

    def reuse_addresses(self) -> None:
        """Give a replacement the address of the host that ended last."""
        self._ask("knob", reuse_addresses=True)

    # What happens to instances.

    def interrupt(self, instance: str, notice_s: float = 120.0) -> None:
        """Take a spot instance after a notice of so many real seconds; 0: without one."""
        self._ask("interrupt", instance=instance, notice_s=notice_s)

    def rebalance(self, instance: str) -> None:
        """Recommend to leave an instance; it may never be taken."""
        self._ask("rebalance", instance=instance)

    def kill(self, instance: str, *, silent: bool = True) -> None:
        """Take an instance at once. Silent: not even its kernel says goodbye to connections."""
        self._ask("kill", instance=instance, silent=silent)

    def crash(self, instance: str, *, silent: bool = True) -> None:
        """Let the machine die while AWS goes on calling it running, and billing it."""
        self._ask("crash", instance=instance, silent=silent)

    def freeze(self, instance: str) -> None:
        """Stop every process of the host; its kernel still acknowledges what it is sent."""
        self._ask("freeze", instance=instance, frozen=True)

    def thaw(self, instance: str) -> None:
        """Let a frozen host go on."""
        self._ask("freeze", instance=instance, frozen=False)

    def fill_disk(self, instance: str) -> None:
        """Let the host's disk have no free byte."""
        self._ask("disk", instance=instance, full=True)

    def free_disk(self, instance: str) -> None:
        """Give the disk its size again."""
        self._ask("disk", instance=instance, full=False)

    def break_metadata(self, instance: str, status: int = 500) -> None:
        """Let the instance's metadata answer all with an error status; 0 heals it."""
        self._ask("break_metadata", instance=instance, status=status)

    # What happens to cables: of instances, and of laptops by their name.

    def cut(self, host: str, *, only: str = "both") -> None:
        """Let nothing through, silently: "in", "out", "both", the "cloud" or the "desktop"."""
        changes = {
            "both": {"cut_in": True, "cut_out": True},
            "in": {"cut_in": True},
            "out": {"cut_out": True},
            "cloud": {"cut_from_cloud": True},
            "desktop": {"cut_from_desktop": True},
        }
        self._ask("line", host=host, **changes[only])

    def heal(self, host: str) -> None:
        """Take back every cut, loss and limit of a cable."""
        names = ("cut_in", "cut_out", "cut_from_cloud", "cut_from_desktop")
        well = dict.fromkeys(names, False)
        self._ask("line", host=host, **well, lost_permille=0, rate_in_kbit=None, rate_out_kbit=None)

    def lose(self, host: str, percent: float) -> None:
        """Lose this share of the packets, both ways."""
        self._ask("line", host=host, lost_permille=round(10 * percent))

    def slow(
        self, host: str, *, down_mbit: float | None = None, up_mbit: float | None = None
    ) -> None:
        """Limit the rates, as the host sees them; None: no limit."""
        rates = {"rate_in_kbit": down_mbit, "rate_out_kbit": up_mbit}
        kbit = {name: None if rate is None else round(1000 * rate) for name, rate in rates.items()}
        self._ask("line", host=host, **kbit)

    def move_client(self, *, drop: bool = False) -> str:
        """Give the tests' own machine another address for new connections, as when a laptop
        changes networks; with `drop` the old address dies, and what stood on it hangs."""
        return str(self._ask("move_client", drop=drop))

    def client_address(self) -> str:
        """The address that instances see; what checkip would say."""
        return str(self._ask("client_address"))

    @contextmanager
    def laptop(self, name: str = "laptop") -> Iterator[Laptop]:
        """A desktop with an address and a cable of its own."""
        words = self._ask("laptop", name=name)
        laptop = self._laptops[name] = Laptop(self, name, words["pid"], words["address"])
        try:
            yield laptop
        finally:
            if self._laptops.pop(name, None):
                self._ask("end_laptop", name=name)

    # What happens in the market.

    def run_out(
        self,
        instance_type: str,
        zone: str,
        *,
        lifecycle: str = "spot",
        code: str = "InsufficientInstanceCapacity",
    ) -> None:
        """Let a pool have no instance; `code` is what it answers with."""
        self._ask("run_out", instance_type=instance_type, zone=zone, lifecycle=lifecycle, code=code)

    def give(
        self,
        instance_type: str,
        zone: str,
        count: int | None = None,
        *,
        lifecycle: str = "spot",
    ) -> None:
        """Let a pool have `count` more instances, or as many as are asked."""
        self._ask("give", instance_type=instance_type, zone=zone, lifecycle=lifecycle, count=count)

    def price(self, instance_type: str, zone: str, usd: float, *, ago_s: float = 0.0) -> None:
        """Let a spot price have changed some time ago."""
        self._ask("price", instance_type=instance_type, zone=zone, usd=usd, ago_s=ago_s)

    def on_demand(self, instance_type: str, usd: float, region: str = "us-east-1") -> None:
        """Set an on-demand price."""
        self._ask("on_demand", instance_type=instance_type, region=region, usd=usd)

    def score(self, instance_type: str, zone: str, score: int) -> None:
        """Set a placement score, 1 to 10."""
        self._ask("score", instance_type=instance_type, zone=zone, score=score)

    def quota(self, code: str, vcpus: float, region: str = "us-east-1") -> None:
        """Set a quota; tests have 256 vCPUs of each until then."""
        self._ask("quota", code=code, region=region, vcpus=vcpus)

    def decide_quota(self, code: str, status: str = "APPROVED") -> None:
        """Let AWS answer the open requests: CASE_OPENED, APPROVED, DENIED, CASE_CLOSED."""
        self._ask("decide_quota", code=code, status=status)

    # What happens to calls. Actions: "RunInstances", "s3.PutObject", "*".

    def throttle(self, action: str, times: int = 1, *, code: str = "", source: str = "") -> None:
        """Refuse the next calls as too many, in the service's own words."""
        self._ask("fault", kind="throttle", action=action, times=times, code=code, source=source)

    def lose_answer(self, action: str, times: int = 1, *, source: str = "") -> None:
        """Do what is asked, then cut the connection before the answer.

        An SDK asks again by itself, with the same token; set `times` above its attempts to
        let the caller see the loss.
        """
        self._ask("fault", kind="lose answer", action=action, times=times, source=source)

    def lose_request(self, action: str, times: int = 1, *, source: str = "") -> None:
        """Cut the connection and do nothing."""
        self._ask("fault", kind="lose request", action=action, times=times, source=source)

    def delay(self, action: str, seconds: float, times: int = 1, *, source: str = "") -> None:
        """Answer the next calls late."""
        self._ask("fault", kind="delay", action=action, times=times, seconds=seconds, source=source)

    def heal_api(self) -> None:
        """Take all faults of calls back."""
        self._ask("heal_api")

    def expire_credentials(self, access_key: str = ACCESS_KEY) -> None:
        """Let a key be over: by default the one that tests sign with."""
        self._ask("expire", access_key=access_key)

    def expire_instance_credentials(self) -> list[str]:
        """Let all that instances hold be over at once; their metadata has new ones."""
        return list(self._ask("expire", access_key=None))

    def revive_credentials(self, access_key: str = ACCESS_KEY) -> None:
        """Let an expired key count again, as after a new sign-in."""
        self._ask("revive", access_key=access_key)

    def limit(self, *policies: str | Mapping[str, Any], access_key: str = ACCESS_KEY) -> None:
        """Hold a key to these policy documents from now on; the tests' own is else free.

        Instances are always held to their role's policies, and sessions of STS to their
        role's or their maker's and to the session's.
        """
        self._ask("limit", access_key=access_key, documents=list(policies))

    def unlimit(self, access_key: str = ACCESS_KEY) -> None:
        """Let a key do everything again."""
        self._ask("limit", access_key=access_key, documents=None)

    def asks(self, access_key: str = ACCESS_KEY) -> list[Ask]:
        """All that the calls of a key have needed to be allowed, each once."""
        found: dict[str, Ask] = {}
        for call in self.calls():
            for one in call["asks"] if call["access_key"] == access_key else ():
                context = {key: tuple(values) for key, values in one["context"].items()}
                found[json.dumps(one, sort_keys=True)] = Ask(
                    one["action"], one["resource"], context
                )
        return list(found.values())

    def _ask(self, verb: str, **arguments: Any) -> Any:
        line = _ControlLine(self._control)
        try:
            line.request("POST", f"/{verb}", json.dumps(arguments))
            answer = json.loads(line.getresponse().read())["answer"]
        finally:
            line.close()
        if isinstance(answer, dict) and "trouble" in answer:
            raise CloudTrouble(answer["trouble"])
        return answer


class _ControlLine(http.client.HTTPConnection):
    """HTTP over a socket in the file system: reached from inside a laptop's network too."""

    def __init__(self, path: str) -> None:
        super().__init__("control", timeout=_ANSWER_S)
        self._path = path

    def connect(self) -> None:
        """Connect to the path, not to the name."""
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


@contextmanager
def open_region() -> Iterator[Region]:
    """Start a test cloud and end it, whatever happens; also usable outside of pytest."""
    reason = why_not()
    if reason:
        raise CloudTrouble(reason)
    environment = {**os.environ, "PATH": f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"}
    with tempfile.NamedTemporaryFile() as log, _server(environment, log) as process:
        yield Region(_first_words(process, log), log.name)


@contextmanager
def _server(environment: dict[str, str], log: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.cloud.server"],
        cwd=_ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()  # by which it knows
        try:
            process.wait(timeout=_START_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()


def _first_words(process: subprocess.Popen[bytes], log: IO[bytes]) -> dict[str, Any]:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        log.seek(0)
        raise CloudTrouble(f"the test cloud did not start:\n{log.read().decode()[-4000:]}")
    words: dict[str, Any] = json.loads(line)
    return words
