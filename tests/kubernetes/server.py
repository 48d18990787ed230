"""Answer as an API server does, over HTTP: Jobs, pods, logs, ConfigMaps, Secrets, reviews."""

from __future__ import annotations

import json
import re
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import yaml

from tests.kubernetes.controllers import Controllers, now
from tests.kubernetes.kubelet import stamp
from tests.kubernetes.rules import change_problems, problems

Object = dict[str, Any]
KINDS = {
    "jobs": "Job", "pods": "Pod", "configmaps": "ConfigMap", "secrets": "Secret",
    "persistentvolumeclaims": "PersistentVolumeClaim", "serviceaccounts": "ServiceAccount",
    "priorityclasses": "PriorityClass", "storageclasses": "StorageClass", "events": "Event",
}  # fmt: skip
_OF_ALL = ("priorityclasses", "storageclasses")
_PATH = re.compile(
    r"/(?:(?:api/v1|apis/batch/v1)/namespaces/(?P<namespace>[^/]+)|apis/scheduling.k8s.io/v1"
    r"|apis/storage.k8s.io/v1)"
    r"/(?P<plural>[a-z]+)"
    r"(?:/(?P<name>[^/]+))?(?:/(?P<part>[a-z]+))?"
)
TOKEN = "of-the-test"  # noqa: S105  # no secret: the test's own server knows it
OWNER_TOKEN = "of-the-owner"  # noqa: S105  # as above
NAMESPACE = "studio"


class Refusal(Exception):
    """An answer that is none of 200."""

    def __init__(self, status: int, reason: str, message: str) -> None:
        super().__init__(message)
        self.status, self.reason = status, reason


class MiniCluster(Controllers):
    """A cluster of real processes behind an API server's own words."""

    def __init__(self, folder: Path, *, lost_s: float = 2.0) -> None:
        super().__init__(folder / "pods", lost_s=lost_s)
        self.calls: list[tuple[str, str]] = []
        self.owner_calls: list[tuple[str, str]] = []
        self.forbidden: set[tuple[str, str]] = set()
        """Verb and plural that the sign-in may not do; the owner may do everything."""
        self.policies: dict[str, str] = {}
        """What a policy says of every new object of a kind that it refuses."""
        self.volumes = folder / "volumes"
        self.away = False
        self.flaky = 0
        """So many further answers are a fault of the server's."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        self._server = server
        self.url = f"http://127.0.0.1:{server.server_address[1]}"
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        super().close()
        self._server.shutdown()
        self._server.server_close()

    def write_kubeconfig(self, path: Path, context: str = "studio", *, token: str = TOKEN) -> Path:
        """Write a kubeconfig with one context that leads here."""
        cluster = {"name": "mini", "cluster": {"server": self.url}}
        user = {"name": "me", "user": {"token": token}}
        inner = {"cluster": "mini", "user": "me", "namespace": NAMESPACE}
        path.write_text(
            yaml.safe_dump(
                {
                    "apiVersion": "v1",
                    "kind": "Config",
                    "clusters": [cluster],
                    "users": [user],
                    "contexts": [{"name": context, "context": inner}],
                    "current-context": context,
                }
            )
        )
        return path

    def left(self) -> list[str]:
        """Return what is still there that Second Unit made; classes are their owner's."""
        with self.lock:
            return [
                f"{kind} {name}"
                for (kind, name), each in self.objects.items()
                if each["metadata"].get("labels", {}).get("app.kubernetes.io/name") == "secondunit"
                and kind != "PriorityClass"
            ]

    # -- requests ------------------------------------------------------------------------

    def answer(
        self, method: str, path: str, query: dict[str, str], body: Object, *, by_owner: bool = False
    ) -> Object:
        """Return what is answered to a request for objects."""
        if path == "/version":
            return {"major": "1", "minor": "33+"}
        if path.endswith("/selfsubjectaccessreviews"):
            asked = body["spec"]["resourceAttributes"]
            what = "/".join(filter(None, (asked["resource"], asked.get("subresource"))))
            allowed = by_owner or (asked["verb"], what) not in self.forbidden
            return body | {"status": {"allowed": allowed}}
        kind, name = self._what(path)
        if not by_owner:
            self._require_right(method, path, name)
        with self.lock:
            match method:
                case "GET" if name:
                    return self._one(kind, name)
                case "GET":
                    return self._several(kind, query)
                case "POST":
                    return self._create(kind, query, body)
                case "PATCH":
                    return self._patch(kind, name, body)
                case "DELETE":
                    self._one(kind, name)
                    self.delete(kind, name, body.get("gracePeriodSeconds"))
                    return {"kind": "Status", "status": "Success"}
        raise Refusal(405, "MethodNotAllowed", method)

    def log_of(self, name: str) -> Any:
        """Return the log of a pod's container."""
        self._require_right("GET", f"/api/v1/namespaces/{NAMESPACE}/pods/{name}/log", name)
        with self.lock:
            pod = self._one("Pod", name)
            container = self.containers.get(pod["metadata"]["uid"])
            node = self.nodes.get(pod["spec"].get("nodeName", ""))
            if node is not None and node.lost:
                raise Refusal(500, "InternalError", "dial tcp: i/o timeout")
            if container is None:
                raise Refusal(400, "BadRequest", 'container "agent" is waiting to start')
            return container.log

    def _what(self, path: str) -> tuple[str, str]:
        found = _PATH.fullmatch(path)
        if found is None or found["plural"] not in KINDS:
            raise Refusal(404, "NotFound", f"the server could not find {path}")
        is_of_all = found["plural"] in _OF_ALL
        if found["namespace"] != (None if is_of_all else NAMESPACE):
            raise Refusal(404, "NotFound", f"the server could not find {path}")
        return KINDS[found["plural"]], found["name"] or ""

    def _require_right(self, method: str, path: str, name: str) -> None:
        found = _PATH.fullmatch(path)
        assert found is not None
        verbs = {"GET": "get" if name else "list", "POST": "create"}
        verb = verbs.get(method, method.lower())
        plural = f"{found['plural']}/{found['part']}" if found["part"] else found["plural"]
        if (verb, plural) in self.forbidden:
            raise Refusal(403, "Forbidden", f'User "me" cannot {verb} resource "{plural}"')

    def _one(self, kind: str, name: str) -> Object:
        found = self.objects.get((kind, name))
        if found is None:
            raise Refusal(404, "NotFound", f'{kind.lower()}s "{name}" not found')
        return found

    def _several(self, kind: str, query: dict[str, str]) -> Object:
        labels = filter(None, query.get("labelSelector", "").split(","))
        wanted = [each.partition("=") for each in labels]
        about = dict(each.split("=") for each in query.get("fieldSelector", "").split(",") if each)
        items = [
            each
            for (its_kind, _), each in sorted(self.objects.items())
            if its_kind == kind
            and all(
                key in each["metadata"].get("labels", {})
                and (not equals or each["metadata"]["labels"][key] == value)
                for key, equals, value in wanted
            )
            and all(
                each["involvedObject"][key.removeprefix("involvedObject.")] == value
                for key, value in about.items()
            )
        ]
        begin, limit = int(query.get("continue", "0")), int(query["limit"])
        further = str(begin + limit) if len(items) > begin + limit else ""
        return {"items": items[begin : begin + limit], "metadata": {"continue": further}}

    def _create(self, kind: str, query: dict[str, str], body: Object) -> Object:
        namespace = None if kind == "PriorityClass" else NAMESPACE
        if body.get("kind") != kind or body["metadata"].get("namespace") != namespace:
            raise Refusal(400, "BadRequest", "the object is not of this address")
        if wrong := problems(body):
            raise Refusal(422, "Invalid", "; ".join(wrong))
        key = (kind, body["metadata"]["name"])
        if key in self.objects:
            raise Refusal(409, "AlreadyExists", f'{kind.lower()}s "{key[1]}" already exists')
        if kind in self.policies:
            raise Refusal(403, "Forbidden", self.policies[kind])
        if query.get("dryRun") == "All":
            return body
        made = json.loads(json.dumps(body))
        made["metadata"] |= {"uid": str(uuid.uuid4()), "creationTimestamp": now()}
        if kind == "Job":
            made["status"] = {}
        if kind == "PersistentVolumeClaim":
            made |= self._provisioned(made)
        self.objects[key] = made
        return made

    def _provisioned(self, claim: Object) -> Object:
        """Return how a claim is bound to a volume, as a class's provisioner does."""
        folder = self.volumes / claim["metadata"]["name"]
        folder.mkdir(parents=True)
        folder.chmod(0o777)
        spec = claim["spec"]
        status = {"phase": "Bound", "accessModes": spec["accessModes"]}
        status["capacity"] = spec["resources"]["requests"]
        return {"status": status, "folder": str(folder)}

    def _patch(self, kind: str, name: str, change: Object) -> Object:
        before = self._one(kind, name)
        after = _merged(before, change)
        plain = {key: value for key, value in after.items() if key != "status"}
        was = {key: value for key, value in before.items() if key != "status"}
        if wrong := change_problems(was, plain):
            raise Refusal(422, "Invalid", "; ".join(wrong))
        self.objects[(kind, name)] = after
        return after


def _merged(before: Any, change: Any) -> Any:
    if not isinstance(change, dict) or not isinstance(before, dict):
        return change
    made = dict(before)
    for key, value in change.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = _merged(before.get(key), value)
    return made


def _handler(cluster: MiniCluster) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def do(self) -> None:
            url = urlsplit(self.path)
            query = {key: value[0] for key, value in parse_qs(url.query).items()}
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length) or b"{}")
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            by_owner = token == OWNER_TOKEN
            calls = cluster.owner_calls if by_owner else cluster.calls
            calls.append((self.command, url.path))
            try:
                if cluster.away or cluster.flaky > 0:
                    cluster.flaky -= 1
                    raise Refusal(503, "ServiceUnavailable", "the server is away in this test")
                if token not in (TOKEN, OWNER_TOKEN):
                    raise Refusal(401, "Unauthorized", "Unauthorized")
                if url.path.endswith("/log"):
                    self._follow(url.path.split("/")[-2], query)
                    return
                answer = cluster.answer(self.command, url.path, query, body, by_owner=by_owner)
                self._send(200, answer)
            except Refusal as refusal:
                said = {"kind": "Status", "status": "Failure", "message": str(refusal)}
                self._send(refusal.status, said | {"reason": refusal.reason})

        do_GET = do_POST = do_PATCH = do_DELETE = do  # noqa: N815  # the library's names

        def _send(self, status: int, answer: Object) -> None:
            with cluster.lock:
                data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def _follow(self, name: str, query: dict[str, str]) -> None:
            log = cluster.log_of(name)
            since_s = time.time() - float(query.get("sinceSeconds", "1e9"))
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                for at_s, text in _lines(log):
                    if at_s >= since_s:
                        line = f"{stamp(at_s)} {text}\n".encode()
                        self.wfile.write(b"%x\r\n%b\r\n" % (len(line), line))
                        self.wfile.flush()
                self.wfile.write(b"0\r\n\r\n")
            except OSError:
                self.close_connection = True  # whoever followed has hung up

    return Handler


def _lines(log: Any) -> Iterator[tuple[float, str]]:
    place = 0
    while True:
        with log.changed:
            while place >= len(log.lines) and not log.ended:
                log.changed.wait(1.0)
            fresh, over = log.lines[place:], log.ended
        yield from fresh
        place += len(fresh)
        if over and place >= len(log.lines):
            return


@contextmanager
def mini_cluster(folder: Path, *, lost_s: float = 2.0) -> Iterator[MiniCluster]:
    """Run a cluster for one test; nothing of it stays."""
    cluster = MiniCluster(folder, lost_s=lost_s)
    try:
        yield cluster
    finally:
        cluster.close()
