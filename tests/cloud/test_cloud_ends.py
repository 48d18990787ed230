"""Nothing of a test cloud stays behind, however its tests end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import boto3
import pytest

from tests.cloud.cells import Cells
from tests.cloud.hypervisor import STATE, is_in_use, sweep_others
from tests.cloud.region import why_not
from tests.cloud.visitor import Visitor, eventually
from tests.cloud.wiring import Network

pytestmark = [
    pytest.mark.timeout(120),
    pytest.mark.allow_hosts(["127.0.0.1", "10.99.0.0/16"]),
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
]

NFT = shutil.which("nft", path="/usr/sbin:/sbin:/usr/bin:/bin") or "nft"
_ROOT = Path(__file__).resolve().parents[2]
_TESTS = """
import os, sys, time
from tests.cloud.region import open_region
from tests.cloud.visitor import Visitor
with open_region() as region:
    os.environ.update(region.environment())
    host = Visitor(region).launch_up("#!/bin/sh\\nsleep 3600\\n")
    print(region.slot, flush=True)
    time.sleep(600)
"""


def processes_below(pid: int) -> list[int]:
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            found += [int(stat.parent.name), *processes_below(int(stat.parent.name))]
    return found


def what_is_left(slot: int) -> list[str]:
    """What the kernel and the disk still have of a slot's dead cloud."""
    if is_in_use(slot):
        return []  # another cloud of this machine has taken it, and swept it first
    bridge = Network(slot).bridge
    links = [name for _, name in socket.if_nameindex()]
    left = [name for name in links if name.startswith(f"suc{slot}h") or name == bridge]
    tables = subprocess.check_output([NFT, "list", "tables"], text=True)
    left += [line for line in tables.splitlines() if line.endswith(bridge)]
    left += [str(path) for path in (STATE / str(slot), Cells(slot).folder) if path.exists()]
    return left


@pytest.fixture
def doomed(request):
    """A process that uses a cloud of its own and will be killed: it and its cloud's slot."""
    process = subprocess.Popen(
        [sys.executable, "-c", _TESTS], cwd=_ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        slot = int(process.stdout.readline())
        yield process, slot
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_killed_tests_take_their_cloud_with_them_and_no_other(region, doomed):
    process, slot = doomed
    host = Visitor(region).launch_up()
    assert slot != region.slot, "two clouds side by side"
    assert len(region.hosts()) == 1, "and they do not know each other"
    below = processes_below(process.pid)
    assert len(below) >= 4, "server, hypervisor, host, sshd"
    process.kill()
    assert eventually(lambda: not [one for one in below if _is_alive(one)], 40)
    assert eventually(lambda: not what_is_left(slot), 40), what_is_left(slot)
    assert Visitor(region, "eu-west-1").region.host(host.instance_id).alive


def test_a_killed_cloud_is_swept_by_the_next_one(doomed):
    process, slot = doomed
    below = processes_below(process.pid)
    os.kill(process.pid, signal.SIGSTOP)  # so that it cannot tidy up
    for one in sorted(below):  # server and hypervisor first: the others die with them
        if Path(f"/proc/{one}").exists():
            os.kill(one, signal.SIGKILL)
    assert eventually(lambda: not [one for one in below if _is_alive(one)], 40)
    # Sweeping is the first thing that a new cloud does.  It is tried again here because the
    # last thread of a killed process may hold the slot's lock a little longer.
    assert eventually(lambda: sweep_others() or not what_is_left(slot), 40), what_is_left(slot)


def _is_alive(pid: int) -> bool:
    try:
        return " Z " not in Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def test_a_reset_leaves_no_host_and_no_record(region):
    visitor = Visitor(region)
    region.boot_takes(0.2)
    visitor.ec2.run_instances(**visitor.asked(MinCount=3, MaxCount=3))
    region.reset()
    assert region.hosts() == []
    assert region.left_behind() == []
    assert boto3.client("ec2").describe_key_pairs()["KeyPairs"] == []
    cables = [name for _, name in socket.if_nameindex() if name.startswith(f"suc{region.slot}h")]
    assert cables == []
