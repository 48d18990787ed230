"""Fire EventBridge Scheduler's one-time schedules, with their universal targets."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import boto3
from botocore import xform_name
from moto.iam.models import iam_backends
from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule, scheduler_backends
from moto.scheduler.responses import EventBridgeSchedulerResponse

from tests.cloud.clocks import Appointment, Scale
from tests.cloud.console import tell
from tests.cloud.guard import ACCOUNT, Guard
from tests.cloud.tokens import Tokens

_AT = re.compile(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)")
_UNIVERSAL = re.compile(r"arn:aws:scheduler:::aws-sdk:([a-z0-9]+):([A-Za-z0-9]+)")
ACCESS_KEY = "AKIASCHEDULER"
"""How the keys begin that schedules call with; no fault of a test is meant for them."""
Fired = tuple[str, str]
"""A schedule's name, and "done" or what went wrong."""


class Schedules:
    """Looks at the schedules that moto keeps, and does what is due."""

    def __init__(self, scale: Scale, endpoint: Callable[[], str], guard: Guard) -> None:
        self._scale = scale
        self._endpoint = endpoint
        self._guard = guard
        self._appointments: dict[tuple[str, str, float], Appointment] = {}
        self.fired: list[Fired] = []

    def mind(self) -> None:
        """Fire what is due; called several times a second."""
        for region, backend, schedule in list(_all()):
            due = _due(schedule)
            if due is None or schedule.state != "ENABLED":
                continue
            key = (schedule.arn, schedule.schedule_expression, schedule.creation_date)
            appointment = self._appointments.setdefault(key, Appointment.at(due))
            if appointment.is_due(self._scale):
                self._retire(backend, schedule)
                firing = threading.Thread(target=self._fire, args=(region, schedule), daemon=True)
                firing.start()

    def _retire(self, backend: EventBridgeSchedulerBackend, schedule: Schedule) -> None:
        if schedule.action_after_completion == "DELETE":
            backend.delete_schedule(schedule.group_name, schedule.name)
        else:
            schedule.state = "DISABLED"  # AWS leaves it; ours must not fire again

    def _fire(self, region: str, schedule: Schedule) -> None:
        target = _UNIVERSAL.fullmatch(schedule.target["Arn"])
        if target is None:
            self.fired.append((schedule.name, f"no such target: {schedule.target['Arn']}"))
            return
        service, action = target.groups()
        role = schedule.target["RoleArn"].rpartition("/")[2]
        access_key = f"{ACCESS_KEY}{schedule.name}"
        self._guard.limit_to_role(access_key, role, schedule.name)
        try:
            client = boto3.client(
                service,
                region_name=region,
                endpoint_url=self._endpoint(),
                aws_access_key_id=access_key,
                aws_secret_access_key="none",  # noqa: S106 - moto asks for one
            )
            getattr(client, xform_name(action))(**_arguments(client, action, schedule))
        except Exception as error:  # AWS retries and then drops it; the test can read why
            self.fired.append((schedule.name, repr(error)))
            tell(f"schedule {schedule.name}: {error!r}")
        else:
            self.fired.append((schedule.name, "done"))


def answer_as_aws(tokens: Callable[[], Tokens]) -> None:
    """Let CreateSchedule want a role that it may take, and know its client tokens."""
    moto = EventBridgeSchedulerResponse.create_schedule

    def create_schedule(self: EventBridgeSchedulerResponse) -> str:
        asked = json.loads(self.body)
        _check_role(asked["Target"]["RoleArn"])
        place = ("CreateSchedule", self.region, self.uri)
        made: str = tokens().once(place, asked.get("ClientToken"), asked, lambda: moto(self))
        return made

    EventBridgeSchedulerResponse.create_schedule = create_schedule  # type: ignore[method-assign] # ours


def _check_role(arn: str) -> None:
    """Refuse a role that is not there, or that trusts somebody else.

    Raises:
        ValidationException: in AWS's words.
    """
    for role in iam_backends[ACCOUNT]["aws"].roles.values():
        if role.arn == arn and "scheduler.amazonaws.com" in role.assume_role_policy_document:
            return
    raise ValidationException(
        "The execution role you provide must allow AWS EventBridge Scheduler to assume the role."
    )


def _arguments(client: Any, action: str, schedule: Schedule) -> dict[str, Any]:
    """The target's input, its names spelled as this SDK spells them."""
    said: dict[str, Any] = json.loads(schedule.target.get("Input") or "{}")
    operation = client.meta.method_to_api_mapping[xform_name(action)]
    shape = client.meta.service_model.operation_model(operation).input_shape
    names = {name.lower(): name for name in (shape.members if shape else {})}
    return {names.get(name.lower(), name): value for name, value in said.items()}


def _all() -> Iterator[tuple[str, EventBridgeSchedulerBackend, Schedule]]:
    for _, region, one in list(scheduler_backends.iter_backends()):
        backend: Any = one
        for group in list(backend.schedule_groups.values()):
            for schedule in list(group.schedules.values()):
                yield region, backend, schedule


def _due(schedule: Schedule) -> datetime | None:
    found = _AT.fullmatch(schedule.schedule_expression)
    if found is None:
        return None  # rate and cron expressions are not needed here
    zone = schedule.schedule_expression_timezone
    local = datetime.fromisoformat(found.group(1)).replace(tzinfo=ZoneInfo(zone))
    return local.astimezone(UTC)
