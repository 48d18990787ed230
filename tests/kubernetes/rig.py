"""Render small jobs of barcoded frames in the mini-cluster, as a desktop would."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import boto3

from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.fleet import Patience
from orchestrator.fleet.kubernetes.line import KEY_ID, SECRET_KEY, Keys
from orchestrator.fleet.kubernetes.manifests import Pace
from orchestrator.fleet.kubernetes.run import Wanted, in_a_cluster
from orchestrator.home import Home
from orchestrator.job import Phase
from orchestrator.jobs import JobRecord, read_state
from orchestrator.places import PlaceFor
from orchestrator.secrets import Secret
from orchestrator.snapshot import Snapshot
from remote_worker.contract.coding import from_text
from remote_worker.contract.records import SegmentRecord
from remote_worker.stores import segment_key
from remote_worker.stores.folder import FolderStore
from tests.faults.stories import Original, codes_in
from tests.kubernetes.server import MiniCluster

BUCKET, REGION = "studio-bucket", "us-east-1"
QUICK = Patience(
    look_s=0.2, silent_s=20.0, hopeless_s=1.0, doubtful_s=2.0, node_s=3.0, spot_s=1.0, away_s=3.0
)
"""Stories are told faster than life."""
PACE = Pace(hold_s=2.0, idle_s=3.0, heartbeat_s=0.5, poll_s=1.0)
KEYS: Keys = {KEY_ID: Secret("testing"), SECRET_KEY: Secret("testing")}


@dataclass
class Rig:
    """One desktop and its cluster."""

    mini: MiniCluster
    api: Api
    cluster: Cluster
    services: str
    wanted: Wanted = field(default_factory=lambda: Wanted(pace=PACE, patience=QUICK))

    def place_for(self, **chosen: Any) -> PlaceFor:
        """Return how jobs get their place; ``chosen`` is changed of the cluster."""
        return in_a_cluster(self.api, replace(self.cluster, **chosen), KEYS, self.wanted)

    def check_whole(self, original: Original, home: Home, record: JobRecord) -> None:
        """Check the video and the segments, and that nothing of the job is left anywhere."""
        self.check_video(original, home, record)
        self.check_nothing_is_left()

    def check_video(self, original: Original, home: Home, record: JobRecord) -> None:
        """Check the video and the segments."""
        output = Path(record.request.output_path)
        assert read_state(home, record.job_id).job.phase is Phase.DONE
        assert hashlib.sha256(output.read_bytes()).hexdigest() == original.digest, "other bytes"
        shown = list(codes_in(output, original.band_px))
        assert shown == list(range(record.plan.work.frame_count)), "a frame is lost or moved"
        ours, theirs = FolderStore(home.store), FolderStore(original.home.store)
        for chunk in record.plan.chunks:
            for ref in chunk.segments:
                key = segment_key(ref.segment_id)
                assert _blob(ours, key) == _blob(theirs, key), f"{key} has other bytes"

    def check_nothing_is_left(self) -> None:
        """Check that no job left anything: in the cluster, the queues, or the bucket."""
        assert not self.mini.left(), self.mini.left()
        assert not self.mini.running()
        sqs = boto3.client("sqs", endpoint_url=self.services, region_name=REGION)
        assert not sqs.list_queues().get("QueueUrls")
        s3 = boto3.client("s3", endpoint_url=self.services, region_name=REGION)
        kept = s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        assert not kept, [each["Key"] for each in kept]


def _blob(store: FolderStore, key: str) -> str:
    return from_text(SegmentRecord, store.get(key)).blob


class When:
    """Does something once, when so many frames are rendered."""

    def __init__(self, frames: int, do: Callable[[], None]) -> None:
        self._frames, self._do = frames, do
        self.done = False
        self.most_leases = 0

    def __call__(self, seen: Snapshot) -> None:
        self.most_leases = max(self.most_leases, len(seen.leases))
        if not self.done and seen.frames_done >= self._frames:
            self.done = True
            self._do()


def wait_for(what: Callable[[], object], within_s: float = 15.0) -> None:
    """Wait until something is so."""
    give_up_s = time.monotonic() + within_s
    while not what():
        assert time.monotonic() < give_up_s, "it never came"
        time.sleep(0.02)
