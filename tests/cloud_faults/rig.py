"""Set an account of the test cloud up, and render small jobs of barcoded frames in it."""

from __future__ import annotations

import ensurepip
import hashlib
import io
import sys
import tarfile
import time
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import boto3

from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.fleet import Wanted
from orchestrator.fleet.ec2.launch import Pool
from orchestrator.fleet.ec2.run import Choice, in_the_cloud
from orchestrator.fleet.ec2.setup import Account, SetUp, who_am_i
from orchestrator.jobs import JobRecord
from orchestrator.places import PlaceFor
from orchestrator.transfer.ssh import KeyPair, new_key_pair
from remote_worker.contract.records import Digest
from tests.cloud.region import Region
from tests.cloud.visitor import DEEP_LEARNING

REGION = "us-east-1"
FRAME_S = 0.02
SLOW = f"""import threading
from remote_worker.engines import identity
plain = identity.IdentityEngine.render
def slow(self, frames, wanted, casting):
    for rendered in plain(self, frames, wanted, casting):
        threading.Event().wait({FRAME_S})
        yield rendered
identity.IdentityEngine.render = slow
"""
NOTHING: Mapping[str, object] = MappingProxyType({})
KEY = "shared/wheelhouse.tar"


class Rig:
    """One account that is set up; a job keeps its key over restarts, as a keyring would."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.clients = Clients(boto3.Session(region_name=REGION), REGION)
        self.account: Account = who_am_i(self.clients)
        self.set_up = SetUp(self.clients, self.account)
        self.steps = list(self.set_up.make())
        # moto reads no conditions: "nothing in the clear" would be "nothing" to it
        self.clients("s3").delete_bucket_policy(Bucket=self.account.bucket)
        wheelhouse = slow_wheelhouse()
        self.wheelhouse = Digest(hashlib.sha256(wheelhouse).hexdigest())
        self.clients("s3").put_object(Bucket=self.account.bucket, Key=KEY, Body=wheelhouse)
        self._keys: dict[str, KeyPair] = {}
        self._lasting = {each.id for each in region.left_behind()}

    def key_of(self, record: JobRecord) -> KeyPair:
        """Return the job's own key."""
        return self._keys.setdefault(record.job_id, new_key_pair())

    def pools(self) -> tuple[Pool, ...]:
        """Return a pool in each of the region's default subnets."""
        subnets = self.clients("ec2").describe_subnets()["Subnets"]
        return tuple(
            Pool(
                instance_type="g6.xlarge",
                zone=subnet["AvailabilityZone"],
                subnet_id=subnet["SubnetId"],
                spot_usd_per_hour=Decimal("0.26"),
                on_demand_usd_per_hour=Decimal("0.8048"),
            )
            for subnet in subnets[:3]
        )

    def place_for(self, *, choice: Mapping[str, object] = NOTHING, **wanted: object) -> PlaceFor:
        """Return how jobs get their place in this account."""
        image = self.clients("ssm").get_parameter(Name=DEEP_LEARNING)["Parameter"]["Value"]
        chosen = Choice(
            wanted=Wanted(pools=self.pools(), **{"again_s": 0.5, **wanted}),  # type: ignore[arg-type]
            image_id=image,
            user="ubuntu",
            disk_gib=64,
            life_s=3600.0,
            idle_s=900.0,
            hold_s=6.0,
            wheelhouse_digest=self.wheelhouse,
            wheelhouse_key=KEY,
            python=f"{sys.prefix}/bin/python",
            endpoint_url=self.region.endpoint_url,
        )
        address = self.region.client_address
        return in_the_cloud(
            self.clients,
            self.account,
            replace(chosen, **choice),  # type: ignore[arg-type]
            self.key_of,
            address,
        )

    def wait_until_all_ended(self, within_s: float = 15.0) -> None:
        """Wait until no instance lives or bills: one that is going takes a moment to be gone."""
        give_up_s = time.monotonic() + within_s
        while alive := self.region.alive():
            assert time.monotonic() < give_up_s, alive
            time.sleep(0.05)

    def check_nothing_is_left(self) -> None:
        """Check that no job left anything in the account; what the set-up made stays."""
        left = self.region.left_behind("bucket", "security-group", "role", "instance-profile")
        mine = [each for each in left if each.id not in self._lasting]
        assert not mine, mine


def slow_wheelhouse() -> bytes:
    """Return a wheelhouse of pip and one package that lets the identity engine take its time.

    Hosts see this machine's own packages; the worker itself is shipped as it is.
    """
    bundled = Path(ensurepip.__file__).parent / "_bundled"
    pip = next(bundled.glob("pip-*.whl"))
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        for name, data in ((pip.name, pip.read_bytes()), _slow_wheel()):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def _slow_wheel() -> tuple[str, bytes]:
    made = io.BytesIO()
    info = "second_unit_slow-1.0.dist-info"
    files = {
        "sitecustomize.py": SLOW,
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: second-unit-slow\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(made, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(zipfile.ZipInfo(name), text)  # a fixed time: the same bytes each time
    return "second_unit_slow-1.0-py3-none-any.whl", made.getvalue()
