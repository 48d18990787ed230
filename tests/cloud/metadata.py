"""Serve each instance its metadata, version 2, on a socket inside its own network."""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import threading
import time
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from moto.iam.models import iam_backends

from tests.cloud.clocks import Scale
from tests.cloud.compute import Compute, Host
from tests.cloud.credentials import Credentials
from tests.cloud.guard import Guard

_LONGEST_TTL_S = 21600


class Metadata:
    """The metadata service of all instances."""

    def __init__(self, compute: Compute, scale: Scale) -> None:
        self.compute = compute
        self.scale = scale
        self.credentials = Credentials(scale)
        self.guard = Guard()
        self.breaks: dict[str, int] = {}
        """Instance id to the status that its metadata answers everything with."""

    def serve(self, host: Host, listener_fd: int) -> None:
        """Answer on the listener until the machine is gone."""
        server = _Server(socket.socket(fileno=listener_fd), host, self)
        threading.Thread(target=server.serve_until_gone, daemon=True, name=host.id).start()

    def answer(self, host: Host, path: str) -> str | None:
        """The text at a path, or None when there is nothing."""
        path = path.partition("?")[0].strip("/")
        version, _, rest = path.partition("/")
        if version not in ("latest", "2021-07-15", "2024-10-17"):
            return None
        if rest == "user-data":
            return host.spec.user_data_bytes().decode() or None
        if rest == "dynamic/instance-identity/document":
            return json.dumps(self._document(host), indent=2)
        if not rest.startswith("meta-data"):
            return None
        return _look_up(self._tree(host), rest.removeprefix("meta-data").strip("/"))

    def _document(self, host: Host) -> dict[str, Any]:
        return {
            "accountId": host.instance.owner_id,
            "architecture": host.instance.architecture,
            "availabilityZone": host.instance.placement.zone,
            "imageId": host.spec.image_id,
            "instanceId": host.id,
            "instanceType": host.spec.instance_type,
            "pendingTime": host.instance.launch_time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "privateIp": host.address,
            "region": host.backend.region_name,
            "version": "2017-09-30",
        }

    def _tree(self, host: Host) -> dict[str, Any]:
        zone = host.instance.placement.zone
        tree: dict[str, Any] = {
            "ami-id": host.spec.image_id,
            "hostname": host.instance.private_dns_name,
            "instance-id": host.id,
            "instance-life-cycle": host.spec.lifecycle,
            "instance-type": host.spec.instance_type,
            "local-ipv4": host.address,
            "public-ipv4": host.address,
            "mac": "02:53:00:00:00:01",
            "placement": {"availability-zone": zone, "region": host.backend.region_name},
            "security-groups": "\n".join(g.name for g in self.compute.groups_of(host)),
            "iam": self._iam(host),
            "spot": {},
            "events": {"recommendations": {}},
        }
        if host.spec.key_name:
            key = host.backend.describe_key_pairs(key_names=[host.spec.key_name])[0].public_key
            tree["public-keys"] = {"0": {"openssh-key": str(key).strip()}}
        if host.instance.metadata_options.instance_metadata_tags == "enabled":
            pairs = {one["key"]: one["value"] for one in host.instance.get_tags()}
            tree["tags"] = {"instance": pairs}
        if host.notice:
            tree["spot"] = {
                "instance-action": json.dumps(host.notice),
                "termination-time": host.notice["time"],
            }
        if host.rebalance:
            said = json.dumps({"noticeTime": host.rebalance})
            tree["events"]["recommendations"]["rebalance"] = said
        return tree

    def _iam(self, host: Host) -> dict[str, Any]:
        profile = host.instance.iam_instance_profile
        if not profile:
            return {}
        backend = iam_backends[host.instance.owner_id]["aws"]
        with contextlib.suppress(Exception):  # a profile deleted since: no credentials
            found = backend.get_instance_profile_by_arn(profile["Arn"])
            info = {
                "Code": "Success",
                "InstanceProfileArn": found.arn,
                "InstanceProfileId": found.id,
            }
            roles = {role.name: self._credentials(host, role.name) for role in found.roles}
            return {"info": json.dumps(info), "security-credentials": roles}
        return {}

    def _credentials(self, host: Host, role: str) -> str:
        ttl_s = self.compute.knobs.credentials_ttl_s
        keys = self.credentials.for_instance(host.id, ttl_s)
        self.guard.limit_to_role(keys.access_key, role, host.id)
        return json.dumps(
            {
                "Code": "Success",
                "LastUpdated": keys.issued_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
                "Type": "AWS-HMAC",
                "AccessKeyId": keys.access_key,
                "SecretAccessKey": keys.secret_key,
                "Token": keys.token,
                "Expiration": keys.expires_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        )


def _look_up(tree: dict[str, Any], path: str) -> str | None:
    """A leaf's text, or a folder's names as the service lists them."""
    here: Any = tree
    for word in path.split("/") if path else ():
        if not isinstance(here, dict) or word not in here:
            return None
        here = here[word]
    if not isinstance(here, dict):
        return str(here)
    if not here:
        return None
    folders = (f"{name}/" if isinstance(one, dict) else name for name, one in here.items())
    return "\n".join(folders)


class _Server(ThreadingHTTPServer):
    """One instance's metadata; the listener was made in the instance's network."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, listener: socket.socket, host: Host, metadata: Metadata) -> None:
        super().__init__(("169.254.169.254", 80), _Handler, bind_and_activate=False)
        self.socket.close()
        self.socket = listener
        self.host, self.metadata = host, metadata

    def serve_until_gone(self) -> None:
        """Serve; look twice a second whether there is still somebody to serve."""
        self.timeout = 0.5
        while not self.host.gone:
            self.handle_request()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a host that died while it was answered."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_PUT(self) -> None:
        """Hand out a session token."""
        try:
            ttl_s = int(self.headers.get("X-aws-ec2-metadata-token-ttl-seconds", ""))
        except ValueError:
            return self._say(400, "")
        if self.path != "/latest/api/token" or not 1 <= ttl_s <= _LONGEST_TTL_S:
            return self._say(400, "")
        if "X-Forwarded-For" in self.headers:
            return self._say(403, "")
        if self._is_broken():
            return None
        token = secrets.token_urlsafe(40)
        self.server.host.metadata_tokens[token] = time.monotonic() + ttl_s
        return self._say(200, token, {"X-aws-ec2-metadata-token-ttl-seconds": str(ttl_s)})

    def do_GET(self) -> None:
        """Answer what is asked, with the token if the instance's options require one."""
        if self.path == "/_cloud/time-scale":
            return self._say(200, json.dumps(self.server.metadata.scale.factor))
        if self._is_broken():
            return None
        if not self._may_ask():
            return self._say(401, "")
        text = self.server.metadata.answer(self.server.host, self.path)
        return self._say(404, "") if text is None else self._say(200, text)

    def _is_broken(self) -> bool:
        status = self.server.metadata.breaks.get(self.server.host.id)
        if status:
            self._say(status, "")
        return bool(status)

    def _may_ask(self) -> bool:
        host = self.server.host
        token = self.headers.get("X-aws-ec2-metadata-token")
        if token is None:
            return bool(host.instance.metadata_options.http_tokens != "required")
        return host.metadata_tokens.get(token, 0.0) > time.monotonic()

    def _say(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        body = text.encode()
        self.send_response(status)
        for name, value in {"Content-Type": "text/plain", **(headers or {})}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Keep quiet; polling once a second is what agents do."""


def time_of_day(moment: datetime | None = None) -> str:
    """A time as the metadata writes it."""
    return (moment or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
