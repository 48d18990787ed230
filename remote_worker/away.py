"""End the fleet that replaces lost hosts, once there is nothing left to do and no desktop.

Standard library only, as all that a host does before its environment is there.
"""

from __future__ import annotations

import hashlib
import json
import sys
import urllib.parse
import urllib.request
from datetime import UTC, datetime

from remote_worker.bucket import BucketFailed, Credentials, role_credentials, signed_headers
from remote_worker.errors import BlobMissing, WorkerError
from remote_worker.stores import Store

_VERSION = "2016-11-15"
_TIMEOUT_S = 30.0


def end_fleet(store: Store, key: str, endpoint_url: str = "") -> bool:
    """Delete the fleet that the desktop noted under ``key``; return whether it is going.

    Whoever deletes it does so for all its hosts: no further one is launched and paid for.
    """
    try:
        note = json.loads(store.get(key))
        fleet_id, region = str(note["fleet_id"]), str(note["region"])
        _delete(fleet_id, region, endpoint_url, role_credentials())
    except (BlobMissing, WorkerError, BucketFailed, OSError, ValueError, KeyError) as error:
        # It has its own end: AWS deletes it when the time that the budget pays for is over.
        print(f"the fleet could not be ended: {error}", file=sys.stderr)  # noqa: T201  # the host's log
        return False
    return True


def _delete(fleet_id: str, region: str, endpoint_url: str, credentials: Credentials) -> None:
    asked = {
        "Action": "DeleteFleets",
        "Version": _VERSION,
        "FleetId.1": fleet_id,
        "TerminateInstances": "true",
    }
    body = urllib.parse.urlencode(asked).encode()
    url = f"{endpoint_url.rstrip('/') or f'https://ec2.{region}.amazonaws.com'}/"
    plain = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
    digest = hashlib.sha256(body).hexdigest()
    now = datetime.now(UTC)
    headers = signed_headers("POST", url, plain, digest, credentials, region, now, service="ec2")
    request = urllib.request.Request(url, data=body, method="POST", headers=headers)  # noqa: S310  # made of our own words
    with urllib.request.urlopen(request, timeout=_TIMEOUT_S):  # noqa: S310  # made of our own words
        return
