"""Launch through one ``maintain`` fleet, which replaces what is taken while nobody is here."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from orchestrator.cloud_errors import CapacityRefused, CloudRefused
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.launch import TAG_TOKEN, Launcher, Pool, in_s
from orchestrator.fleet.ec2.ledger import Asked, Launched, RefusedLaunch, unanswered
from orchestrator.fleet.ec2.names import Market
from orchestrator.fleet.ec2.termination import terminate
from remote_worker.stores import Store

LEASE = "fleet"
"""Under this lease the fleet itself is in the ledger; it is answered when it is ended."""
NOTE_KEY = "fleet.json"
"""Tells the last agent which fleet it has to end."""
_GOING_ON = ("submitted", "active", "modifying")


class KeptLauncher(Launcher):
    """Hands out the instances of one fleet, whichever run of the job began it."""

    def keep(self, capacity: int, store: Store) -> KeptLauncher:
        """Keep so many instances alive; ``store`` is where agents read which fleet it is."""
        self._capacity, self._store = capacity, store
        self._fleet_id = ""
        self._given: set[str] = set()
        return self

    def prepare(self) -> None:
        """Make nothing yet: the template says when the fleet ends, which its budget decides."""

    def launch(self, lease_id: str, pools: Sequence[Pool], market: Market) -> Launched:
        """Return an instance that AWS launched for the fleet and no lease has held yet.

        Raises:
            CapacityRefused: there is none now; AWS goes on trying.
            CloudError: AWS does not answer, or refuses.
        """
        asked = self._going_on() or self._ask(pools, market)
        self._begin(asked)
        known = {line.instance_id for line in self._ledger.lines if isinstance(line, Launched)}
        with self._lock:
            taken = known | self._given
            fresh = next((i for i in self._instances() if i["InstanceId"] not in taken), None)
            if fresh is None:
                raise CapacityRefused("There is no instance to be had now.", "AWS goes on trying.")
            self._given.add(fresh["InstanceId"])
        own = Asked(
            lease_id=lease_id,
            attempt=1,
            token=f"{asked.token}/{fresh['InstanceId']}",
            region=asked.region,
            pools=asked.pools,
            market=asked.market,
            template_id=asked.template_id,
            ends_at=asked.ends_at,
            at=asked.at,
        )
        launched = self._launched(own, fresh, list(pools))
        self._ledger.write(own)
        self._ledger.write(launched)
        return launched

    def settle(
        self,
        asked: Asked,  # noqa: ARG002  # what every launcher is given
        pools: Sequence[Pool],  # noqa: ARG002
    ) -> Launched:
        """Refuse: what the fleet launched is found among its instances.

        Raises:
            CapacityRefused: always.
        """
        raise CapacityRefused("The fleet's instances are handed out one by one.", "")

    def find(self, token: str) -> dict[str, Any] | None:  # noqa: ARG002
        """Return None: no single launch was asked for."""
        return None

    def end(
        self,
        asked: Asked,
        terminate: Callable[[str], None],  # noqa: ARG002  # what every launcher is given
    ) -> None:
        """End the fleet; its instances are ended by whoever holds them.

        Raises:
            CloudError: AWS does not answer.
        """
        if asked.lease_id == LEASE:
            self.stop()

    def stop(self) -> None:
        """Let AWS replace nothing any more, and end what no lease holds; the others go on.

        Raises:
            CloudError: AWS does not answer.
        """
        asked = self._fleet_asked()
        if asked is None:
            return
        if not _is_over(asked):  # else AWS has ended it, with all that was its
            self._begin(asked)
            with named("ending the fleet"):
                ec2 = self._clients("ec2")
                ec2.delete_fleets(FleetIds=[self._fleet_id], TerminateInstances=False)
            held = {line.instance_id for line in self._ledger.lines if isinstance(line, Launched)}
            spare = {each["InstanceId"] for each in self._instances()} - held - self._given
            terminate(self._clients, tuple(sorted(spare)))
        self._close(asked)

    def _going_on(self) -> Asked | None:
        """Return the fleet that AWS keeps full; one that has ended is written down as that.

        It ends when its time is over, and when its last agent had nothing left to do.
        """
        with self._asking:
            asked = self._fleet_asked()
            if asked is None or not (_is_over(asked) or self._has_ended(asked)):
                return asked
            self._close(asked)
            return None

    def _has_ended(self, asked: Asked) -> bool:
        self._begin(asked)
        with named("looking at the fleet"):
            found = self._clients("ec2").describe_fleets(FleetIds=[self._fleet_id])["Fleets"]
        return bool(found) and found[0]["FleetState"] not in _GOING_ON

    def _close(self, asked: Asked) -> None:
        self._fleet_id = ""
        self._ledger.write(
            RefusedLaunch(lease_id=LEASE, token=asked.token, reason="ended", at=asked.at)
        )

    def _fleet_asked(self) -> Asked | None:
        open_calls = unanswered(self._ledger.lines)
        return next((asked for asked in open_calls if asked.lease_id == LEASE), None)

    def _ask(self, pools: Sequence[Pool], market: Market) -> Asked:
        with self._asking:
            if (asked := self._fleet_asked()) is not None:
                return asked
            life_s = self._life_s(pools, market)
            made = [a for a in self._ledger.lines if isinstance(a, Asked) and a.lease_id == LEASE]
            ends_at = in_s(life_s)
            template_id = self._template_for(life_s, ends_at)
            asked = self._asked(LEASE, len(made) + 1, pools, market, life_s, template_id, ends_at)
            self._ledger.write(asked)
            return asked

    def _begin(self, asked: Asked) -> None:
        """Have the fleet; asked again it is the same one, by its token."""
        if self._fleet_id:
            return
        with named("beginning the fleet"):
            answer = self._clients("ec2").create_fleet(
                **kept_request(self.outfit.job_id, asked, self._capacity)
            )
        self._fleet_id = str(answer["FleetId"])
        note = {"fleet_id": self._fleet_id, "region": self._clients.region}
        self._store.put(NOTE_KEY, json.dumps(note).encode())

    def _instances(self) -> list[dict[str, Any]]:
        with named("looking at the fleet"):
            ec2 = self._clients("ec2")
            active = ec2.describe_fleet_instances(FleetId=self._fleet_id)["ActiveInstances"]
            ids = [each["InstanceId"] for each in active]
            if not ids:
                return []
            pages = ec2.get_paginator("describe_instances").paginate(
                Filters=[{"Name": "instance-id", "Values": ids}]
            )
            return [
                each
                for page in pages
                for reservation in page["Reservations"]
                for each in reservation["Instances"]
                if each["State"]["Name"] in ("pending", "running")
            ]


def _is_over(asked: Asked) -> bool:
    return bool(asked.ends_at) and datetime.fromisoformat(asked.ends_at) <= datetime.now(UTC)


def kept_request(job_id: str, asked: Asked, capacity: int) -> dict[str, Any]:
    """Return the CreateFleet request for a fleet that AWS keeps full until it ends by itself.

    Raises:
        CloudRefused: nothing says when it ends; such a fleet is never asked for.
    """
    if not asked.ends_at:
        raise CloudRefused("A fleet needs an end.", "Set a budget, then render again.")
    own = [*names.tags(job_id, LEASE, asked.ends_at), {"Key": TAG_TOKEN, "Value": asked.token}]
    return {
        "Type": "maintain",
        "ClientToken": asked.token,
        "ValidUntil": datetime.fromisoformat(asked.ends_at),
        "TerminateInstancesWithExpiration": True,
        "ReplaceUnhealthyInstances": False,
        "ExcessCapacityTerminationPolicy": "termination",
        "LaunchTemplateConfigs": [
            {
                "LaunchTemplateSpecification": {
                    "LaunchTemplateId": asked.template_id,
                    "Version": "$Latest",
                },
                "Overrides": [
                    {"InstanceType": kind, "SubnetId": subnet} for kind, subnet in asked.pools
                ],
            }
        ],
        "TargetCapacitySpecification": {
            "TotalTargetCapacity": capacity,
            "DefaultTargetCapacityType": asked.market,
        },
        "SpotOptions": {
            "AllocationStrategy": "price-capacity-optimized",
            "InstanceInterruptionBehavior": "terminate",
        },
        "TagSpecifications": [{"ResourceType": "fleet", "Tags": own}],
    }
