"""Be the user's account for views under test: answers are set, what was asked is kept."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from orchestrator.cloud import Caps, Connection, GpuQuota
from orchestrator.health import Finding

READY = Connection(
    state="ready",
    kind="profile",
    way="profile studio",
    account_id="123456789012",
    arn="arn:aws:iam::123456789012:user/ada",
    region="us-east-2",
    caps=Caps(job_usd=Decimal("1.50"), instances=3),
)
MISSING = Finding("permissions", "missing", "not allowed: ec2:CreateFleet", "give it the policy")


class FakeCloud:
    """Has the methods of a Cloud; an answer that is an exception is raised."""

    def __init__(self, connection: Connection = READY) -> None:
        self.now = connection
        self.is_chosen = connection.is_chosen
        self.asked: list[tuple[str, tuple[Any, ...]]] = []
        self.answers: dict[str, Any] = {
            "profiles": (
                SimpleNamespace(name="studio", kind="identity-center", region="eu-west-1"),
            ),
            "examine": (Finding("sign-in", "good", "user/ada"), MISSING),
            "quota": GpuQuota(region="us-east-2", vcpus=0, instances=0),
            "spent_usd": Decimal("3.21"),
            "images": (),
            "case_text": "Please raise it.",
            "policy": '{"Version": "2012-10-17"}',
        }
        self.secrets = SimpleNamespace(
            state=lambda: SimpleNamespace(kind="ready", back_end="Secret Service")
        )

    def connection(self) -> Connection:
        return self.now

    def set_up(self, step: Any) -> Connection:
        step("bucket")
        self.now = replace(self.now, state="ready")
        return self.now

    def forget(self) -> Connection:
        self.now = Connection()
        return self.now

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)

        def ask(*given: Any, **named: Any) -> Any:
            del named
            self.asked.append((name, given))
            answer = self.answers.get(name)
            if isinstance(answer, Exception):
                raise answer
            return answer

        return ask
