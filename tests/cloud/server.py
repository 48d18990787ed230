"""Run the test cloud: moto with its gaps filled, before real hosts on this machine."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

os.environ["MOTO_EC2_LOAD_DEFAULT_AMIS"] = "false"  # before moto is imported: we have our own

from moto.core.base_backend import BackendDict
from moto.core.model_instances import reset_model_data
from moto.core.utils import utcnow
from moto.ec2.models import ec2_backends
from moto.ec2.models.amis import AmiBackend
from moto.moto_api._internal import mock_random
from moto.moto_server.werkzeug_app import (
    DomainDispatcherApplication,
    MotoRequestHandler,
    create_backend_app,
)
from moto.ssm.models import Parameter, ParameterDict
from werkzeug.serving import make_server

from tests.cloud import answers, ec2, guard, hypervisor, schedules
from tests.cloud.calls import Asked, Call
from tests.cloud.clocks import Scale
from tests.cloud.compute import BY_AWS, Compute, Host
from tests.cloud.console import tell
from tests.cloud.fleets import Fleets
from tests.cloud.gate import Fault, Gate
from tests.cloud.guard import Guard
from tests.cloud.images import IMAGES
from tests.cloud.leftovers import left_behind
from tests.cloud.link import HostTrouble, Link
from tests.cloud.market import Market, Pool
from tests.cloud.metadata import Metadata, time_of_day
from tests.cloud.schedules import Schedules
from tests.cloud.tokens import Tokens
from tests.cloud.wiring import Network

_TICK_S = 0.1
_LAPTOP = {"layers": [], "visible": [], "disk_bytes": 0, "plan": {}, "environment": {},
           "user": "", "keys": [], "python": "", "laptop": True, "stage": ""}  # fmt: skip


class Cloud:
    """The whole cloud; methods named ``do_*`` are what the control object can ask."""

    def __init__(self, slot: int) -> None:
        self.network = Network(slot)
        self.scale = Scale()
        self.market = Market(0)
        self.compute = Compute(self.network, self.market)
        self.account = ec2.Account()
        self.account.compute = self.compute
        self.metadata = Metadata(self.compute, self.scale)
        self.gate = Gate(DomainDispatcherApplication(create_backend_app))
        self.schedules: Schedules
        self.port = 0
        self._laptops: dict[str, str] = {}
        self._clients = 0
        self._wire_together()
        self._start_over(0)

    def _wire_together(self) -> None:
        self.compute.on_booted = self.metadata.serve
        self.gate.check_ip = self._check_ip
        self.gate.after += [self._open_doors_after, self._learn_credentials_after]
        answers.install(self.gate, lambda: self.market)
        ec2.take_over(self.account)
        guard.answer_by(lambda: self.gate.guard)
        schedules.answer_as_aws(lambda: self.account.tokens)
        AmiBackend._load_amis = ec2.load_images  # type: ignore[method-assign, assignment] # ours
        ParameterDict._check_loading_status = _load_parameters  # type: ignore[method-assign] # ours

    def _start_over(self, seed: int) -> None:
        self.market = Market(seed)
        self.scale.factor = 1.0
        self.compute.reset(self.market)
        self.account.tokens = Tokens()
        self.account.fleets = Fleets(self.compute, self.scale)
        self.metadata.credentials = self.gate.credentials = type(self.metadata.credentials)(
            self.scale
        )
        self.gate.guard = self.metadata.guard = Guard()
        self.metadata.breaks.clear()
        self.gate.faults.waiting.clear()
        self.gate.calls.clear()
        self.schedules = Schedules(self.scale, lambda: self.endpoint_url, self.gate.guard)
        self._laptops.clear()

    @property
    def endpoint_url(self) -> str:
        """Where hosts and tests alike reach every service."""
        return f"http://{self.network.endpoint}:{self.port}"

    def serve(self, lock_fd: int) -> None:
        """Start the hypervisor, say that all is ready, and serve until stdin closes."""
        server = make_server(
            "0.0.0.0",  # noqa: S104 - the bridge is not there yet
            0,
            self.gate,
            threaded=True,
            request_handler=_Quiet,
        )
        self.port = server.server_port
        path = hypervisor.STATE / str(self.network.slot) / "control"
        control = make_server(
            f"unix://{path}", 0, self._control, threaded=True, request_handler=_Quiet
        )
        self.compute.environment = {"AWS_ENDPOINT_URL": self.endpoint_url}
        link = Link(self.network.slot, lock_fd, self.port, self.compute.on_gone)
        self.compute.link = link
        for one in (server, control):
            threading.Thread(target=one.serve_forever, daemon=True).start()
        threading.Thread(target=self._tick, daemon=True, name="clock").start()
        _ = ec2_backends["123456789012"]["us-east-1"]  # the slow import, before anybody waits
        words = {"endpoint": self.endpoint_url, "control": str(path)}
        sys.stdout.write(json.dumps({**words, "slot": self.network.slot}) + "\n")
        sys.stdout.flush()
        sys.stdin.read()
        link.close()

    def _tick(self) -> None:
        wait = threading.Event()
        while not wait.wait(_TICK_S):
            try:
                self.account.fleets.mind()
                self.schedules.mind()
            except Exception as error:  # the clock must go on; the log has it
                tell(f"clock: {error!r}")

    def _open_doors_after(self, call: Call, _: Asked, __: bytes) -> None:
        if call.service == "ec2" and (
            "SecurityGroup" in call.action or call.action.startswith("Modify")
        ):
            self.compute.open_all_doors()

    def _learn_credentials_after(self, call: Call, asked: Asked, body: bytes) -> None:
        if call.service != "sts" or b"<Expiration>" not in body:
            return
        text = body.decode()
        key = text.partition("<AccessKeyId>")[2].partition("<")[0]
        ends = text.partition("<Expiration>")[2].partition("<")[0]
        self.gate.credentials.learn(key, datetime.fromisoformat(ends))
        self.gate.guard.learn_session(call.access_key, key, call.action, asked)

    def _check_ip(self, source: str) -> str:
        """What checkip.amazonaws.com says to the tests' machine, or to a host."""
        own = source in ("127.0.0.1", self.network.endpoint)
        return self.do_client_address() if own else source

    def _control(self, environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        """Take orders from the tests: on a socket in the file system, out of hosts' reach."""
        verb = environ["PATH_INFO"].strip("/")
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        try:
            answer = getattr(self, f"do_{verb}")(**json.loads(body or b"{}"))
        except Exception as error:
            answer = {"trouble": f"{verb}: {error!r}"}
        said = json.dumps({"answer": answer}, default=str).encode()
        start("200 OK", [("Content-Length", str(len(said)))])
        return [said]

    def do_client_address(self) -> str:
        """The address that hosts see the tests' machine at."""
        return self.network.client(self._clients)

    def do_reset(self, seed: int | None) -> dict[str, Any]:
        """An account as on its first day; every host is gone before the answer."""
        with self.compute.lock:
            for host in self.compute.hosts.values():
                host.ending = host.ending or ("", "")
            self.account.fleets = Fleets(self.compute, self.scale)
        self.compute.wait_for_boots()
        answer = self.compute.link.ask("clear")
        self.compute.link.flush()
        with self.compute.lock:
            for host in self.compute.hosts.values():
                host.gone = True
            BackendDict.reset()
            reset_model_data()
            self._start_over(seed or 0)
        for console in (hypervisor.STATE / str(self.network.slot)).glob("*.console"):
            console.unlink()
        if seed is not None:
            mock_random.seed(seed)  # ids repeat too
        if self._clients:
            self.do_move_client(0, drop=True)
        return answer

    def do_knob(self, **values: Any) -> None:
        """Turn knobs of :class:`tests.cloud.compute.Knobs`."""
        for name, value in values.items():
            if not hasattr(self.compute.knobs, name):
                raise ValueError(f"no knob {name}")
            setattr(self.compute.knobs, name, value)

    def do_time_scale(self, factor: float) -> None:
        """How many seconds of the cloud pass in one of ours."""
        self.scale.factor = factor

    def do_hosts(self) -> list[dict[str, Any]]:
        """All hosts, the ended ones too."""
        with self.compute.lock:
            return [_words(self.compute, one) for one in self.compute.hosts.values()]

    def do_interrupt(self, instance: str, notice_s: float) -> None:
        """Give notice, and take the instance when it is over."""
        host = self._host(instance)
        if notice_s > 0:
            end = utcnow() + timedelta(seconds=notice_s)
            host.notice = {"action": "terminate", "time": time_of_day(end)}
            if host.spot:
                host.spot.become(
                    "active", "marked-for-termination", "The instance is to be terminated."
                )
        timer = threading.Timer(max(0.0, notice_s), self._take, [host])
        timer.daemon = True
        timer.start()

    def _take(self, host: Host) -> None:
        if self.compute.hosts.get(host.id) is host:
            self.compute.end(host, BY_AWS)

    def do_rebalance(self, instance: str) -> None:
        """Recommend to move away."""
        self._host(instance).rebalance = time_of_day()

    def do_kill(self, instance: str, silent: bool = True) -> None:
        """Take the instance without a word; the API knows at once."""
        self.compute.end(self._host(instance), BY_AWS, how="silent" if silent else "crash")

    def do_crash(self, instance: str, silent: bool = True) -> None:
        """Let the machine die while the API goes on calling it running."""
        how = "silent" if silent else "crash"
        self.compute.link.ask("end", host_id=instance, how=how)

    def do_freeze(self, instance: str, frozen: bool) -> None:
        """Stop or resume all processes of the instance."""
        self.compute.link.ask("freeze", host_id=instance, frozen=frozen)

    def do_line(self, host: str, **changes: Any) -> None:
        """Change the cable of an instance or laptop."""
        self.compute.link.ask("line", host_id=host, **changes)

    def do_disk(self, instance: str, full: bool) -> None:
        """Fill the disk, or free it."""
        size = self.compute.knobs.disk_bytes
        self.compute.link.ask("disk", host_id=instance, full=full, disk_bytes=size)

    def do_break_metadata(self, instance: str, status: int) -> None:
        """Let the metadata answer everything with an HTTP status; 0 heals it."""
        self.metadata.breaks[instance] = status

    def do_run_out(self, instance_type: str, zone: str, lifecycle: str, code: str) -> None:
        """Let a pool have nothing more."""
        self.market.run_out(Pool(instance_type, zone, lifecycle), code)

    def do_give(self, instance_type: str, zone: str, lifecycle: str, count: int | None) -> None:
        """Let a pool have some, or endlessly many, again."""
        self.market.give(Pool(instance_type, zone, lifecycle), count)

    def do_price(self, instance_type: str, zone: str, usd: float, ago_s: float) -> None:
        """Change a spot price as of some time ago."""
        when = datetime.now(UTC) - timedelta(seconds=ago_s)
        self.market.set_price(instance_type, zone, usd, when)

    def do_on_demand(self, instance_type: str, region: str, usd: float) -> None:
        """Set an on-demand price."""
        self.market.set_on_demand(instance_type, region, usd)

    def do_score(self, instance_type: str, zone: str, score: int) -> None:
        """Set a placement score."""
        self.market.set_score(instance_type, zone, score)

    def do_quota(self, code: str, region: str, vcpus: float) -> None:
        """Set a quota."""
        self.market.set_quota(code, region, vcpus)

    def do_decide_quota(self, code: str, status: str) -> None:
        """Let the open requests for a quota come to a status; APPROVED raises it."""
        for one in self.market.quota_requests:
            if one.code == code and one.status in ("PENDING", "CASE_OPENED"):
                one.status = status
                if status == "APPROVED":
                    self.market.set_quota(code, one.region, one.desired)

    def do_fault(self, **fault: Any) -> None:
        """Put a fault of the API in force."""
        self.gate.faults.add(Fault(**fault))

    def do_heal_api(self) -> None:
        """Take all faults of the API back."""
        with self.gate.faults.lock:
            self.gate.faults.waiting.clear()

    def do_expire(self, access_key: str | None) -> list[str]:
        """Let keys be over: the named ones, or all that instances hold."""
        if access_key is None:
            return self.gate.credentials.expire_instances()
        self.gate.credentials.expire(access_key)
        return [access_key]

    def do_revive(self, access_key: str) -> None:
        """Let expired keys count again."""
        self.gate.credentials.revive(access_key)

    def do_calls(self) -> list[dict[str, Any]]:
        """All calls that were made, oldest first."""
        return [asdict(one) for one in list(self.gate.calls)]

    def do_limit(self, access_key: str, documents: list[Any] | None) -> None:
        """Hold a key to policies, or to none."""
        if documents is None:
            self.gate.guard.unlimit(access_key)
        else:
            self.gate.guard.limit(access_key, documents)

    def do_fired(self) -> list[schedules.Fired]:
        """The schedules that have fired, and how that went."""
        return self.schedules.fired

    def do_left_behind(self) -> list[dict[str, str]]:
        """What the account still holds."""
        with self.compute.lock:
            return left_behind(self.account.fleets)

    def do_console(self, instance: str) -> str:
        """What a host has said on its console."""
        path = self.compute.console_path(instance)
        return open(path, encoding="utf-8", errors="replace").read() if os.path.exists(path) else ""  # noqa: PTH123, PTH110 - one line

    def do_move_client(self, number: int | None = None, drop: bool = False) -> str:
        """Give the tests' machine another address."""
        old = self._clients
        self._clients = (old + 1) % 7 if number is None else number
        dropped = old if drop and old != self._clients else None
        answer = self.compute.link.ask("move_client", number=self._clients, drop=dropped)
        return str(answer["address"])

    def do_laptop(self, name: str) -> dict[str, Any]:
        """Make a network namespace of its own address on the same bridge."""
        address = self.network.laptop(len(self._laptops))
        console = self.compute.console_path(name)
        order = {"host_id": name, "address": address, "console": console, **_LAPTOP}
        answer, fds = self.compute.link.ask_for_fds("launch", **order)
        for fd in fds:
            os.close(fd)
        self.compute.link.ask("line", host_id=name, allowed=None)
        self._laptops[name] = address
        return {"pid": answer["pid"], "address": address}

    def do_end_laptop(self, name: str) -> None:
        """Remove a laptop's namespace."""
        self.compute.link.ask("end", host_id=name, how="silent")

    def _host(self, instance: str) -> Host:
        return self.compute.hosts[instance]


def _words(compute: Compute, host: Host) -> dict[str, Any]:
    return {
        "instance_id": host.id,
        "instance_type": host.spec.instance_type,
        "zone": host.instance.placement.zone,
        "lifecycle": host.spec.lifecycle,
        "address": host.address,
        "state": host.instance.state,
        "reason": host.instance.state_reason.code,
        "alive": host.started and not host.gone,
        "user": compute.user_of(host),
        "fleet_id": host.fleet_id,
        "notice": host.notice,
        "usd_per_hour": host.usd_per_hour,
        "billed_s": host.billed_s,
        "tags": {tag["key"]: tag["value"] for tag in host.instance.get_tags()},
    }


def _load_parameters(self: ParameterDict, key: str) -> None:
    """Know the public parameters of our own images, once per region."""
    if self.latest_amis_loaded or not str(key or "").startswith("/aws/service/"):
        return
    self.latest_amis_loaded = True
    made_of: Any = Parameter  # moto's own loader makes them so; its types say it cannot be
    common = {"description": None, "allowed_pattern": None, "keyid": None, "version": 1,
              "last_modified_date": utcnow(), "parameter_type": "String"}  # fmt: skip
    for image in IMAGES:
        for name in image.parameters:
            values = {"account_id": self.account_id, "name": name, "data_type": "aws:ec2:image",
                      "value": image.image_id(self.region_name), **common}  # fmt: skip
            made = made_of(**values)
            dict.setdefault(self, name, []).append(made)


class _Quiet(MotoRequestHandler):
    """Writes no line per request; the gate keeps the calls."""

    def log_request(self, *_: object) -> None:
        """Say nothing."""


def main() -> None:
    """Take a slot, sweep what killed clouds left, and serve."""
    slot, lock_fd = hypervisor.take_slot()
    hypervisor.sweep_others()
    hypervisor.sweep(slot)
    (hypervisor.STATE / str(slot) / "stage").mkdir(parents=True)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # it ends when the tests close its stdin
    try:
        Cloud(slot).serve(lock_fd)
    except HostTrouble as error:
        sys.exit(f"test cloud: {error}")
    finally:
        hypervisor.sweep(slot)
    os._exit(0)  # daemon threads may be in the middle of an answer


if __name__ == "__main__":
    main()
