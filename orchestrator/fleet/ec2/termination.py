"""End instances, and write down of those that nobody held how and when they went."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from orchestrator.cloud_errors import CloudError
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.ending import GONE_STATES, ended_at, is_gone, loss_of
from orchestrator.fleet.ec2.faults import named
from orchestrator.fleet.ec2.ledger import EndedInstance, Ending, Launched, Ledger, end_of

_END_S = 300.0
_END_IN_HURRY_S = 60.0
_UNKNOWN_S = 30.0
"""EC2 may not know an instance for so long after its launch."""
_LOOK_S = 1.0


def see_off(
    clients: Clients, ledger: Ledger, launched: Launched, hurry: threading.Event | None = None
) -> None:
    """End an instance that no lease holds; one that went meanwhile is told as it went.

    Raises:
        CloudError: AWS does not answer; it stays in the ledger as alive.
    """
    found = describe(clients, [launched.instance_id]).get(launched.instance_id, {})
    if not is_gone(found):
        terminate(clients, (launched.instance_id,), hurry=hurry)
    note_end(ledger, launched, found)


def note_end(ledger: Ledger, launched: Launched, found: dict[str, Any]) -> None:
    """Write down how and when an instance went, by what EC2 said of it; nothing: it forgot it."""
    now, ends_at = datetime.now(UTC), end_of(ledger.lines, launched)
    how: Ending = "released"
    at = now
    if not found or is_gone(found):
        how, at = loss_of(found, ends_at, now), ended_at(found, ends_at, now)
    told = at.isoformat(timespec="seconds")
    ledger.write(EndedInstance(instance_id=launched.instance_id, how=how, at=told))


def describe(clients: Clients, instance_ids: list[str]) -> dict[str, dict[str, Any]]:
    """Return what EC2 says of those instances that it knows.

    Raises:
        CloudError: AWS does not answer.
    """
    if not instance_ids:
        return {}
    wanted = [{"Name": "instance-id", "Values": instance_ids}]
    with named("looking at the instances"):
        pages = clients("ec2").get_paginator("describe_instances").paginate
        return {
            each["InstanceId"]: each
            for page in pages(Filters=wanted)
            for reservation in page["Reservations"]
            for each in reservation["Instances"]
        }


def terminate(
    clients: Clients,
    instance_ids: tuple[str, ...],
    clock: Callable[[], float] = time.monotonic,
    hurry: threading.Event | None = None,
) -> None:
    """Terminate instances and return once AWS says that they are going.

    Only these are touched.  Asked again until it is so: a call that got no answer may not
    have been heard, and a sign-in that is over may be renewed.

    Raises:
        CloudError: AWS does not answer, or refuses, for minutes; the other layers end them.
    """
    began_s, waiting = clock(), hurry or threading.Event()
    left = list(instance_ids)
    while left:
        try:
            left = _still_there(clients, left)
        except CloudError as error:
            waited_s = clock() - began_s
            if "NotFound" in error.sentence and len(left) == 1 and waited_s > _UNKNOWN_S:
                return  # not too new to be known: gone for an hour, and forgotten
            if waited_s > (_END_IN_HURRY_S if waiting.is_set() else _END_S):
                raise
        if left:
            threading.Event().wait(_LOOK_S / 4 if waiting.is_set() else _LOOK_S)


def _still_there(clients: Clients, instance_ids: list[str]) -> list[str]:
    """Terminate instances and return those of which EC2 does not say so yet."""
    with named("terminating instances"):
        ec2 = clients("ec2")
        ec2.terminate_instances(InstanceIds=instance_ids)
        answer = ec2.describe_instances(InstanceIds=instance_ids)
    states = {
        each["InstanceId"]: each["State"]["Name"]
        for reservation in answer["Reservations"]
        for each in reservation["Instances"]
    }
    return [each for each in instance_ids if states.get(each) not in GONE_STATES]
