"""Let AWS itself end each instance: one schedule an instance, that fires once."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from botocore.exceptions import ClientError

from orchestrator.cloud_errors import CloudError, CloudRefused, CloudUnreachable, Throttled
from orchestrator.fleet.ec2 import names
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.faults import code_of, named
from orchestrator.fleet.ec2.setup import Account

PATIENCE_S = 60.0
_PAUSE_S = 2.0
_LATEST_S = 60.0
"""A schedule in the past never fires: whoever is late gets a minute."""
_GONE = ("ResourceNotFoundException",)
_THERE = ("ConflictException",)
_log = logging.getLogger(__name__)


class Expiry:
    """Makes and removes the schedules that terminate instances; use from any thread."""

    def __init__(
        self,
        clients: Clients,
        account: Account,
        *,
        patience_s: float = PATIENCE_S,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], object] | None = None,
    ) -> None:
        self._clients, self._account = clients, account
        self._patience_s, self._clock = patience_s, clock
        self._pause = pause or threading.Event().wait

    def arm(self, instance_id: str, ends_at: datetime) -> None:
        """Have the instance terminated at that time, whatever becomes of this machine.

        Safe to perform again; a role that was made a moment ago is waited for.

        Raises:
            CloudError: AWS does not take the schedule; the instance has no such end.
        """
        give_up_s = self._clock() + self._patience_s
        while True:
            try:
                self._create(instance_id, ends_at)
                return
            except (CloudUnreachable, Throttled, CloudRefused) as error:
                is_final = isinstance(error, CloudRefused) and "role" not in error.advice.lower()
                if is_final or self._clock() >= give_up_s:
                    raise
            self._pause(_PAUSE_S)

    def disarm(self, instance_id: str) -> None:
        """Remove the schedule; safe to perform twice.  What is left is for the next sweep."""
        try:
            self.remove(names.schedule_name(instance_id))
        except CloudError as error:
            _log.warning("%s The schedule fires in vain, and is gone then.", error.sentence)

    def remove(self, name: str) -> None:
        """Remove a schedule by its name; safe to perform twice.

        Raises:
            CloudError: AWS does not answer, or refuses.
        """
        with named("removing an instance's schedule"):
            try:
                self._clients("scheduler").delete_schedule(
                    Name=name, GroupName=names.SCHEDULE_GROUP
                )
            except ClientError as error:
                if code_of(error) not in _GONE:
                    raise

    def _create(self, instance_id: str, ends_at: datetime) -> None:
        with named("scheduling an instance's end"):
            try:
                self._clients("scheduler").create_schedule(
                    **request(self._account, instance_id, ends_at)
                )
            except ClientError as error:
                if code_of(error) not in _THERE:
                    raise


def request(account: Account, instance_id: str, ends_at: datetime) -> dict[str, object]:
    """Return the CreateSchedule request: once, at that time in UTC, then gone."""
    soonest = datetime.now(UTC) + timedelta(seconds=_LATEST_S)
    at = max(ends_at.astimezone(UTC), soonest)
    partition = account.partition
    return {
        "Name": names.schedule_name(instance_id),
        "GroupName": names.SCHEDULE_GROUP,
        "ClientToken": names.client_token("schedule", instance_id, at.isoformat()),
        "ScheduleExpression": f"at({at:%Y-%m-%dT%H:%M:%S})",
        "ScheduleExpressionTimezone": "UTC",
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "ActionAfterCompletion": "DELETE",
        "Target": {
            "Arn": f"arn:{partition}:scheduler:::aws-sdk:ec2:terminateInstances",
            "RoleArn": f"arn:{partition}:iam::{account.account_id}:role/{names.SCHEDULER_ROLE}",
            "Input": json.dumps({"InstanceIds": [instance_id]}),
        },
    }
