"""Set an account of the test cloud up, and render small jobs of barcoded frames in it."""

from __future__ import annotations

import hashlib
import io
import json
import sys
import tarfile
import time
import urllib.request
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

import boto3

from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.fleet import Wanted
from orchestrator.fleet.ec2.launch import TAG_TOKEN, Pool
from orchestrator.fleet.ec2.lease import Patience
from orchestrator.fleet.ec2.run import Choice, in_the_cloud
from orchestrator.fleet.ec2.setup import Account, SetUp, who_am_i
from orchestrator.home import Home
from orchestrator.jobs import JobRecord
from orchestrator.places import Place, PlaceFor
from orchestrator.transfer.ssh import KeyPair, new_key_pair
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import ChunkOrder, Digest, SegmentRecord
from remote_worker.stores import Store, blob_key, order_key, segment_key
from remote_worker.stores.folder import FolderStore
from tests.cloud.region import Region
from tests.cloud.specs import is_offered
from tests.cloud.visitor import DEEP_LEARNING
from tests.faults.stories import Original

REGION = "us-east-1"
KEY = "shared/wheelhouse.tar"
TYPE = "g6.xlarge"
QUICK = Patience(boot_s=60.0, heartbeat_s=0.7, line_silent_s=3.0, connect_s=3.0, silent_s=5.0)
"""A silent death is known within about 8 s: stories are told faster than life."""
FRAME_S = 0.03
SLOW = """import threading
from remote_worker.engines import identity
plain = identity.IdentityEngine.render
def slow(self, frames, wanted, casting):
    for rendered in plain(self, frames, wanted, casting):
        threading.Event().wait(FRAME_S)
        yield rendered
identity.IdentityEngine.render = slow
"""
NOTHING: Mapping[str, object] = MappingProxyType({})


class Rig:
    """One account that is set up, as one desktop sees it; jobs keep their key over restarts."""

    def __init__(
        self,
        region: Region,
        keys: Mapping[str, KeyPair] = MappingProxyType({}),
        *,
        frame_s: float = FRAME_S,
    ) -> None:
        """Look at the account; :meth:`set_up` makes what lasts in it."""
        self.region, self.keys = region, dict(keys)
        self.clients = Clients(boto3.Session(region_name=REGION), REGION)
        self.account: Account = who_am_i(self.clients)
        self.wheelhouse_tar = slow_wheelhouse(frame_s)
        self.wheelhouse = Digest(hashlib.sha256(self.wheelhouse_tar).hexdigest())
        self._lasting: set[str] = set()

    def set_up(self) -> Rig:
        """Make what every job needs; all else in the account is a job's to clear."""
        list(SetUp(self.clients, self.account).make())
        # moto reads no conditions: "nothing in the clear" would be "nothing" to it
        self.clients("s3").delete_bucket_policy(Bucket=self.account.bucket)
        self.clients("s3").put_object(Bucket=self.account.bucket, Key=KEY, Body=self.wheelhouse_tar)
        self._lasting = {each.id for each in self.region.left_behind()}
        return self

    def key_of(self, record: JobRecord) -> KeyPair:
        """Return the job's own key."""
        return self.keys.setdefault(record.job_id, new_key_pair())

    def pools(self) -> tuple[Pool, ...]:
        """Return a pool in each of the first three zones that sell the type.

        Subnets have names of chance: the order of those would name a zone now and then in which
        nothing is ever to be had, whatever a test gives there.
        """
        subnets = self.clients("ec2").describe_subnets()["Subnets"]
        return tuple(
            Pool(
                instance_type=TYPE,
                zone=subnet["AvailabilityZone"],
                subnet_id=subnet["SubnetId"],
                spot_usd_per_hour=Decimal("0.26"),
                on_demand_usd_per_hour=Decimal("0.8048"),
            )
            for subnet in sorted(subnets, key=lambda each: str(each["AvailabilityZone"]))
            if is_offered(REGION, TYPE, subnet["AvailabilityZone"])
        )[:3]

    def zones(self) -> list[tuple[str, str]]:
        """Return type and zone of every pool, as the test cloud takes them."""
        return [(pool.instance_type, pool.zone) for pool in self.pools()]

    def choice(self, **wanted: Any) -> Choice:
        """Return what every job here is run with."""
        image = self.clients("ssm").get_parameter(Name=DEEP_LEARNING)["Parameter"]["Value"]
        return Choice(
            wanted=Wanted(**{"pools": self.pools(), "again_s": 0.5, "patience_s": 60.0, **wanted}),
            image_id=image,
            user="ubuntu",
            disk_gib=64,
            life_s=3600.0,
            idle_s=900.0,
            hold_s=4.0,
            patience=QUICK,
            wheelhouse_digest=self.wheelhouse,
            wheelhouse_key=KEY,
            python=f"{sys.prefix}/bin/python",
            endpoint_url=self.region.endpoint_url,
        )

    def place_for(
        self,
        original: Original | None = None,
        *,
        choice: Mapping[str, Any] = NOTHING,
        address: Callable[[], str] | None = None,
        **wanted: Any,
    ) -> PlaceFor:
        """Return how jobs get their place; with ``original`` its bytes are held to."""
        chosen = replace(self.choice(**wanted), **choice)
        my_address = address or self.region.client_address
        plain = in_the_cloud(self.clients, self.account, chosen, self.key_of, my_address)

        def place_for(home: Home, record: JobRecord, run: int) -> Place:
            place = plain(home, record, run)

            def tidy() -> None:
                if original is not None:
                    check_stored(original, record, place.store)
                place.tidy()

            return replace(place, tidy=tidy)

        return place_for

    def wait_until_all_ended(self, within_s: float = 15.0) -> None:
        """Wait until no instance lives or bills: one that is going takes a moment to be gone."""
        give_up_s = time.monotonic() + within_s
        while alive := self.region.alive():
            assert time.monotonic() < give_up_s, alive
            time.sleep(0.05)

    def check_nothing_is_left(self) -> None:
        """Check that no job left anything in the account; what the set-up made stays."""
        mine = [each for each in self.region.left_behind() if each.id not in self._lasting]
        assert not mine, mine
        groups = self.clients("ec2").describe_security_groups()["SecurityGroups"]
        doors = [each["IpPermissions"] for each in groups if each["GroupName"] != "default"]
        assert not any(doors), doors
        assert not self.clients("sqs").list_queues().get("QueueUrls")
        pages = self.clients("s3").list_objects_v2(Bucket=self.account.bucket)
        kept = [each["Key"] for each in pages.get("Contents", ())]
        assert kept == [KEY], kept

    def check_nothing_was_launched_twice(self) -> None:
        """Check that each launch that was asked for made one instance at most."""
        tokens = [host.tags.get(TAG_TOKEN, host.instance_id) for host in self.region.hosts()]
        assert len(set(tokens)) == len(tokens), tokens


def check_stored(original: Original, record: JobRecord, store: Store) -> None:
    """Check that workers stored the undisturbed render's segments and no other bytes."""
    here = FolderStore(original.home.store)
    whole: dict[str, str] = {}
    for chunk in original.record.plan.chunks:
        for ref in chunk.segments:
            key = segment_key(ref.segment_id)
            whole[key] = from_text(SegmentRecord, here.get(key)).blob
    for key in store.keys("segments/"):
        blob = from_text(SegmentRecord, store.get(key)).blob
        assert whole[key] == blob, f"{key} is stored with other bytes"
    staged = {digest for digest, _ in (*record.photos, *record.models)}
    for chunk in record.plan.chunks:
        if store.has(order_key(chunk.chunk_id)):
            order = from_text(ChunkOrder, store.get(order_key(chunk.chunk_id)))
            staged.add(order.piece.digest)
    known = {blob_key(Digest(digest)) for digest in {*whole.values(), *staged}}
    more = set(store.keys("blobs/")) - known
    assert not more, f"bytes that no undisturbed render makes: {more}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a desktop sees of the region: where its services are, and its own address."""

    endpoint_url: str
    check_ip_url: str

    def client_address(self) -> str:
        """Return the address that this machine is seen under."""
        with urllib.request.urlopen(self.check_ip_url, timeout=5) as answer:  # noqa: S310  # ours
            return str(answer.read().decode().strip())


def write_words(rig: Rig, path: Path, choice: Mapping[str, Any] = NOTHING) -> None:
    """Write what another process needs to be the same desktop."""
    keys = {name: [key.private_pem, key.public_line] for name, key in rig.keys.items()}
    urls = [rig.region.endpoint_url, rig.region.check_ip_url]
    path.write_text(json.dumps({"region": urls, "keys": keys, "choice": dict(choice)}))


def read_words(path: Path) -> tuple[Rig, dict[str, Any]]:
    """Return the desktop that was written down, and what is chosen there."""
    words = json.loads(path.read_text())
    keys = {name: KeyPair(*pair) for name, pair in words["keys"].items()}
    return Rig(Seen(*words["region"]), keys), words["choice"]  # type: ignore[arg-type]


def slow_wheelhouse(frame_s: float = FRAME_S) -> bytes:
    """Return a wheelhouse of one package that lets the identity engine take its time.

    Hosts see this machine's own packages; the worker itself is shipped as it is.
    """
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        name, data = _slow_wheel(frame_s)
        entry = tarfile.TarInfo(name)
        entry.size = len(data)
        tar.addfile(entry, io.BytesIO(data))
    return made.getvalue()


def _slow_wheel(frame_s: float) -> tuple[str, bytes]:
    made = io.BytesIO()
    info = "second_unit_slow-1.0.dist-info"
    files = {
        "sitecustomize.py": SLOW.replace("FRAME_S", str(frame_s)),
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: second-unit-slow\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    with zipfile.ZipFile(made, "w") as wheel:
        for name, text in files.items():
            wheel.writestr(zipfile.ZipInfo(name), text)  # a fixed time: the same bytes each time
    return "second_unit_slow-1.0-py3-none-any.whl", made.getvalue()
