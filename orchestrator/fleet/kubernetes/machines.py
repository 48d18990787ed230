"""Be the cluster's pods for one video: what the desk asks for, from the pieces there are."""

from __future__ import annotations

import contextlib
import time
from decimal import Decimal

from orchestrator.desk.entries import Receipt, Where
from orchestrator.desk.rented import Machine, Rented
from orchestrator.errors import SecondUnitError
from orchestrator.fleet.ec2.lid import LidAnswer, LidState, can_close_laptop
from orchestrator.fleet.kubernetes.api import Api
from orchestrator.fleet.kubernetes.applied import AppliedRun, require_by_reference, way_into
from orchestrator.fleet.kubernetes.cluster import Cluster, at_urgency, find_cluster
from orchestrator.fleet.kubernetes.handover import (
    Applied,
    note_applied,
    read_applied,
    require_folder,
)
from orchestrator.fleet.kubernetes.line import Keys, kept_keys
from orchestrator.fleet.kubernetes.run import ClusterRun, Wanted, in_a_cluster, require_ready
from orchestrator.home import Home
from orchestrator.job import LeaseState
from orchestrator.jobs import JobRecord
from orchestrator.places import Place
from orchestrator.prepare import Share
from orchestrator.secrets import Secrets
from orchestrator.snapshot import ChunkState, Snapshot
from orchestrator.staged import Staged
from remote_worker.contract.records import JobId

_AT_REST = (ChunkState.STORED, ChunkState.FETCHED, ChunkState.BURIED)
_LOOK_S = 0.5
"""How often it is looked what is staged; it is asked for more often."""


class Pods:
    """See :class:`~orchestrator.desk.elsewhere.Elsewhere`."""

    def __init__(
        self,
        home: Home,
        secrets: Secrets,
        where: Where,
        *,
        api: Api | None = None,
        wanted: Wanted | None = None,
    ) -> None:
        """Read what is chosen; what cannot work is said before anything is made.

        Raises:
            SecondUnitError: no cluster is set up, or something of it is not chosen yet.
        """
        self._where = where
        self._cluster: Cluster = find_cluster(home, where.cluster)
        self._keys: Keys = kept_keys(secrets, self._cluster)
        require_ready(self._cluster)
        self._by_others = (where.applied_by or self._cluster.applied_by) == "others"
        if self._by_others:
            require_by_reference(self._cluster, self._keys)
            if folder := self._folder():
                require_folder(folder)
        self._api = api or way_into(self._cluster, may_lack=self._by_others)
        self._applied: AppliedRun | None = None
        self._wanted = wanted or Wanted(fall_back=where.fall_back)
        self._staged: Staged | None = None
        self._lid, self._seen_s = LidAnswer("no machine yet"), float("-inf")

    def prepare(self, home: Home, share: Share) -> None:
        """Ask the cluster whether it is there: the image brings all that a render needs."""
        del home
        share(0, 1)
        if not self._by_others:  # else it is not this machine that needs to reach it
            self._reached().version()
        share(1, 1)

    def place(self, home: Home, record: JobRecord, run: int) -> Place:
        """Return where the job runs in the cluster."""
        if not self._is_for_others(home, record.job_id, is_new=run == 1):
            place_for = in_a_cluster(self._reached(), self._cluster, self._keys, self._wanted)
            return place_for(home, record, run)
        self._applied = self._applied_run(record.job_id, urgent=record.request.urgent)
        pods = self._where.instances
        return self._applied.place(home, record, pods=pods, folder=self._folder())

    def _folder(self) -> str:
        """Return where manifests are written to; empty: the job's own folder."""
        wanted = self._where.manifests or self._cluster.manifests_folder
        return "" if wanted == "-" else wanted

    def _applied_run(self, job_id: JobId, *, urgent: bool = False) -> AppliedRun:
        cluster = at_urgency(self._cluster, urgent=urgent)
        return AppliedRun(self._api, cluster, job_id, self._keys, self._wanted)

    def _is_for_others(self, home: Home, job_id: JobId, *, is_new: bool) -> bool:
        """Return whether others apply the job's Jobs; what it began with holds to its end."""
        noted = read_applied(home, job_id)
        if noted is None and is_new:
            noted = Applied(by="others" if self._by_others else "app")
            note_applied(home, job_id, noted)
        return noted is not None and noted.by == "others"

    def _reached(self) -> Api:
        return self._api or Api(self._cluster.context, self._cluster.namespace)

    def seen(self, home: Home, job_id: JobId, now: Snapshot) -> Rented | None:
        """Return the pods that serve the job; what they cost, the cluster does not say."""
        if time.monotonic() - self._seen_s >= _LOOK_S:
            self._seen_s = time.monotonic()
            with contextlib.suppress(SecondUnitError, OSError):  # what was seen last stays
                self._lid = self._looked(home, job_id, now)
        return Rented(
            machines=tuple(
                self._machine(str(lease_id))
                for lease_id, state in now.leases
                if state is not LeaseState.REQUESTED
            ),
            interruptions=now.interruptions,
            may_leave=self._lid.may_close,
            why_stay="" if self._lid.may_close else self._lid.why,
            priced=False,
            asks=None if self._applied is None else self._applied.asks,
        )

    def _machine(self, lease_id: str) -> Machine:
        return Machine(
            lease_id=lease_id,
            instance_id=lease_id,
            instance_type=self._cluster.context,
            zone=self._cluster.namespace,
            market="spot",
            usd_per_hour=Decimal(0),
        )

    def _looked(self, home: Home, job_id: JobId, now: Snapshot) -> LidAnswer:
        """Return whether the laptop may be closed."""
        if self._staged is None:
            self._staged = Staged(home, job_id)
        unfinished = {each.chunk_id for each in now.chunks if each.state not in _AT_REST}
        return can_close_laptop(
            LidState(
                in_the_cloud=True,
                at_rest=now.phase.is_terminal,
                staged=unfinished <= self._staged.chunks(),
                unfinished=len(unfinished),
                machines_ready=self._ready(now),
                machines_kept=True,  # the Job replaces what is taken
                left_s=now.left_s,
                paid_s=None,
            )
        )

    def _ready(self, now: Snapshot) -> int:
        """Return how many pods render; those that others make come without this machine."""
        if self._applied is not None:
            return 1
        return sum(state is LeaseState.READY for _, state in now.leases)

    def receipt(self, home: Home, job_id: JobId) -> Receipt | None:
        """Return None: nobody bills a pod by itself."""
        del home, job_id
        return None  # the contract returns a receipt

    def clear(self, home: Home, job_id: JobId) -> None:
        """Remove the job's queue and storage, and what this app itself put into the cluster."""
        if self._is_for_others(home, job_id, is_new=self._by_others):
            self._applied_run(job_id).clear()
            return
        ClusterRun(self._reached(), self._cluster, job_id, self._keys, self._wanted).clear()
