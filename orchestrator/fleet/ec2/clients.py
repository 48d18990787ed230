"""Make the SDK's clients, each with its deadlines and bounded retries."""

from __future__ import annotations

import io
import threading
from typing import Any

import boto3
from botocore.config import Config
from botocore.loaders import Loader, create_loader

from orchestrator.transfer.bandwidth import LINE, slowed

_CONFIG = Config(
    connect_timeout=10,
    read_timeout=40,
    retries={"mode": "standard", "max_attempts": 5},
    user_agent_extra="second-unit",
)
"""``standard`` retries wait longer each time, with jitter, and have a quota of their own."""


_QUICK = Config(
    connect_timeout=2,
    read_timeout=3,
    retries={"mode": "standard", "max_attempts": 1},
    user_agent_extra="second-unit",
)
"""For whoever has other things to do than to wait."""


_DESCRIPTIONS: Loader = create_loader()
"""What the SDK knows of each service, read once: EC2's alone takes a fifth of a second."""


class Clients:
    """Clients of one region by one sign-in, made when first asked for; use from any thread."""

    def __init__(self, session: boto3.Session, region: str) -> None:
        self._session, self.region = session, region
        # Each sign-in is a session of its own, which would read all of it anew.
        core = session._session  # there is no other way in
        core.register_component("data_loader", _DESCRIPTIONS)
        self._made: dict[str, Any] = {}
        self._lock = threading.Lock()  # making a client is not thread-safe, using one is

    def __call__(self, service: str, region: str | None = None) -> Any:
        """Return the client of a service, in another region than ours if one is named."""
        return self._client(service, region or self.region, _CONFIG)

    def quick(self, service: str) -> Any:
        """Return a client that fails within seconds rather than try for long."""
        return self._client(service, self.region, _QUICK)

    def elsewhere(self, region: str) -> Clients:
        """Return the clients of another region by the same sign-in."""
        return self if region == self.region else Clients(self._session, region)

    def _client(self, service: str, region: str, config: Config) -> Any:
        name = f"{service}@{region} {id(config)}"
        with self._lock:
            if name not in self._made:
                made = self._session.client(service, region_name=region, config=config)
                if service == "s3":
                    made.meta.events.register_last("request-created.s3", _hold_to_the_limit)
                self._made[name] = made
            return self._made[name]


def _hold_to_the_limit(request: Any, operation_name: str, **_: object) -> None:
    """Send an object no faster than this machine may; the request is signed by now."""
    body = request.data
    if operation_name not in ("PutObject", "UploadPart") or LINE.up.is_open or not body:
        return
    request.data = slowed(
        io.BytesIO(body) if isinstance(body, bytes | bytearray) else body, LINE.up
    )
