"""Ask a cluster's API server: plain objects in and out, faults by our own names."""

from __future__ import annotations

import json
import os
import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from orchestrator.cloud_errors import (
    CloudError,
    CloudRefused,
    CloudUnreachable,
    CredentialsExpired,
    CredentialsMissing,
    PermissionMissing,
    QuotaTooSmall,
    Throttled,
)

if TYPE_CHECKING:
    from kubernetes.client import ApiClient

Manifest = dict[str, Any]
T = TypeVar("T")
_TIMEOUT_S = (5.0, 30.0)
"""To connect, and to answer."""
_TRIES = 4
_PAUSE_S = 0.4
_CONNECTIONS = 64
"""Kept open at most: one for each log that is read, and some for questions."""
_MANY = 500
"""Objects an answer; the rest is asked for after them."""
KINDS = {
    "Job": ("/apis/batch/v1", "jobs"),
    "Pod": ("/api/v1", "pods"),
    "ConfigMap": ("/api/v1", "configmaps"),
    "Secret": ("/api/v1", "secrets"),
    "PersistentVolumeClaim": ("/api/v1", "persistentvolumeclaims"),
    "ServiceAccount": ("/api/v1", "serviceaccounts"),
    "ScaledJob": ("/apis/keda.sh/v1alpha1", "scaledjobs"),
    "PriorityClass": ("/apis/scheduling.k8s.io/v1", "priorityclasses"),
    "StorageClass": ("/apis/storage.k8s.io/v1", "storageclasses"),
    "Event": ("/api/v1", "events"),
}
_OF_NO_NAMESPACE = frozenset({"PriorityClass", "StorageClass"})
_OF_POLICY = ("admission webhook", "violates PodSecurity", "ValidatingAdmissionPolicy")
"""What a refusal says that is a policy's, and not for want of a right."""


class Missing(CloudRefused):
    """There is no such object."""


class Exists(CloudRefused):
    """There is an object of that name already."""


def kubeconfig_files() -> tuple[Path, ...]:
    """Return the kubeconfig files that there are on this machine; quick, and asks nobody."""
    named = os.environ.get("KUBECONFIG", "")
    paths = [Path(each) for each in named.split(os.pathsep) if each]
    return tuple(each for each in paths or [Path.home() / ".kube" / "config"] if each.is_file())


def contexts() -> tuple[str, ...]:
    """Return the contexts of this user's kubeconfig, the current one first.

    Raises:
        CredentialsMissing: it cannot be read.
    """
    if not kubeconfig_files():
        return ()
    from kubernetes import config

    with _kubeconfig():
        read = cast(
            Callable[[str], tuple[list[Manifest], Manifest | None]],
            config.list_kube_config_contexts,
        )
        known, current = read(_files())
    names = [str(each["name"]) for each in known]
    first = str(current["name"]) if current else ""
    return tuple(sorted(names, key=lambda each: (each != first, each)))


class Api:
    """One namespace of one cluster, with the rights of the user's kubeconfig; any thread."""

    def __init__(self, context: str, namespace: str, *, client: ApiClient | None = None) -> None:
        """Read the kubeconfig; nothing is asked of the cluster yet.

        Raises:
            CredentialsMissing: the kubeconfig has no such context, or cannot be read.
        """
        self.namespace = namespace
        self._client = client or _client_of(context)

    def find(self, kind: str, labels: str = "", *, fields: str = "") -> list[Manifest]:
        """Return all objects of a kind with certain labels, or fields.

        Raises:
            CloudError: the API server does not answer, or refuses.
        """
        asked, further = {"limit": str(_MANY)}, ""
        asked |= {"labelSelector": labels} if labels else {}
        asked |= {"fieldSelector": fields} if fields else {}
        found: list[Manifest] = []
        while True:
            query = asked | ({"continue": further} if further else {})
            answer = self._ask("GET", self._path(kind), query=query, again=True)
            found += answer.get("items") or []
            further = answer.get("metadata", {}).get("continue") or ""
            if not further:
                return found

    def get(self, kind: str, name: str) -> Manifest:
        """Return one object.

        Raises:
            Missing: there is none of that name.
            CloudError: the API server does not answer, or refuses.
        """
        return self._ask("GET", self._path(kind, name), again=True)

    def create(self, manifest: Manifest, *, dry_run: bool = False) -> None:
        """Make an object; with ``dry_run`` only have the API server say whether it would.

        Raises:
            Exists: there is one of that name.
            CloudError: it was not made, or nobody knows; asking again is safe.
        """
        query = {"fieldValidation": "Strict"} | ({"dryRun": "All"} if dry_run else {})
        self._ask("POST", self._path(str(manifest["kind"])), body=manifest, query=query)

    def patch(self, kind: str, name: str, change: Manifest) -> None:
        """Change some fields of an object.

        Raises:
            CloudError: it was not changed, or nobody knows; asking again is safe.
        """
        self._ask("PATCH", self._path(kind, name), body=change, again=True)

    def delete(self, kind: str, name: str, *, grace_s: int | None = None) -> None:
        """Delete an object and what it owns; one that is gone is no fault.

        Raises:
            CloudError: it was not deleted, or nobody knows; asking again is safe.
        """
        body: Manifest = {"propagationPolicy": "Background"}
        if grace_s is not None:
            body["gracePeriodSeconds"] = grace_s
        try:
            self._ask("DELETE", self._path(kind, name), body=body, again=True)
        except Missing:
            return

    def lines(self, pod: str, *, since_s: int | None, silent_s: float) -> Iterator[str]:
        """Yield the lines of a pod's log as they come, each after its time and a space.

        Raises:
            Missing: the pod is gone.
            CloudError: the line broke, or nothing came for ``silent_s``.
        """
        query = {"follow": "true", "timestamps": "true", "container": "agent"}
        query |= {"sinceSeconds": str(since_s)} if since_s is not None else {}
        path = f"{self._path('Pod', pod)}/log"
        with _named():
            answer = self._raw("GET", path, query=query, timeout_s=(_TIMEOUT_S[0], silent_s))
            try:
                if answer.status >= 300:
                    raise _fault(answer.status, answer.read())
                yield from _lines(answer)
            finally:
                answer.close()

    def may(self, verb: str, resource: str) -> bool:
        """Return whether this sign-in may do something in the namespace.

        Raises:
            CloudError: the API server does not say.
        """
        name, _, part = resource.partition("/")
        group = "batch" if name == "jobs" else ""
        asked = {"namespace": self.namespace, "verb": verb, "group": group, "resource": name}
        asked |= {"subresource": part} if part else {}
        body = {
            "apiVersion": "authorization.k8s.io/v1",
            "kind": "SelfSubjectAccessReview",
            "spec": {"resourceAttributes": asked},
        }
        path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
        answer = self._ask("POST", path, body=body, again=True)
        return bool(answer.get("status", {}).get("allowed"))

    def version(self) -> tuple[int, int]:
        """Return the version of Kubernetes, such as (1, 33).

        Raises:
            CloudError: the API server does not answer.
        """
        answer = self._ask("GET", "/version", again=True)
        digits = [
            "".join(c for c in str(answer.get(part, "0")) if c.isdigit()) or "0"
            for part in ("major", "minor")
        ]
        return int(digits[0]), int(digits[1])

    def _path(self, kind: str, name: str = "") -> str:
        root, plural = KINDS[kind]
        where = "" if kind in _OF_NO_NAMESPACE else f"/namespaces/{self.namespace}"
        return f"{root}{where}/{plural}" + (f"/{name}" if name else "")

    def _ask(
        self,
        method: str,
        path: str,
        *,
        body: Manifest | None = None,
        query: Mapping[str, str] | None = None,
        again: bool = False,
    ) -> Manifest:
        """Return the answer; with ``again`` it is asked for anew while that can help."""
        tries = _TRIES if again else 1

        def ask() -> Manifest:
            with _named():
                answer = self._raw(method, path, body=body, query=query or {})
                data = answer.read()
                if answer.status >= 300:
                    raise _fault(answer.status, data)
                read: Manifest = json.loads(data or b"{}")
                return read

        return _patiently(ask, tries)

    def _raw(
        self,
        method: str,
        path: str,
        *,
        body: Manifest | None = None,
        query: Mapping[str, str],
        timeout_s: tuple[float, float] = _TIMEOUT_S,
    ) -> Any:
        headers = {"Accept": "application/json, */*"}
        if body is not None:
            merge = "application/merge-patch+json"
            headers["Content-Type"] = merge if method == "PATCH" else "application/json"
        asked = self._client.param_serialize(
            method,
            path,
            query_params=list(query.items()),
            header_params=headers,
            body=body,
            auth_settings=["BearerToken"],
        )
        answer = self._client.call_api(*asked, _request_timeout=timeout_s)
        return answer.response


def _files() -> str:
    """Return the files as the client takes them; by itself it looks once, when it is imported."""
    return os.pathsep.join(str(each) for each in kubeconfig_files())


def _client_of(context: str) -> ApiClient:
    from kubernetes import client, config

    with _kubeconfig():
        chosen = client.Configuration()
        load: Callable[..., None] = config.load_kube_config
        load(_files(), context=context or None, client_configuration=chosen)
    chosen.connection_pool_maxsize = _CONNECTIONS
    chosen.retries = False  # ours are bounded, with jitter, and by what is asked
    return client.ApiClient(chosen)


@contextmanager
def _kubeconfig() -> Iterator[None]:
    from kubernetes.config import ConfigException

    try:
        yield
    except (ConfigException, OSError, ValueError, KeyError, TypeError) as error:
        raise CredentialsMissing(
            f"The kubeconfig cannot be used: {error}.",
            "See whether 'kubectl' works with the same context.",
        ) from error


def _patiently(ask: Callable[[], T], tries: int) -> T:
    for attempt in range(1, tries + 1):
        try:
            return ask()
        except (CloudUnreachable, Throttled):
            if attempt == tries:
                raise
        time.sleep(random.uniform(0, _PAUSE_S * 2**attempt))  # noqa: S311  # jitter, no secret
    raise AssertionError("the last try returns or raises")


@contextmanager
def _named() -> Iterator[None]:
    """Give what the client and the line throw one of our names."""
    from kubernetes.client.exceptions import ApiException
    from urllib3.exceptions import HTTPError

    try:
        yield
    except ApiException as error:
        raise _fault(error.status or 0, str(error.body or error.reason or "").encode()) from error
    except (HTTPError, OSError, ValueError) as error:
        raise CloudUnreachable(
            f"The cluster does not answer ({type(error).__name__}).",
            "Check the network, and whether the cluster is there; what runs in it goes on.",
        ) from error


def _fault(status: int, body: bytes) -> CloudError:
    try:
        told = json.loads(body)
        reason, message = str(told.get("reason", "")), str(told.get("message", ""))
    except (ValueError, AttributeError):
        reason, message = "", body[:200].decode("utf-8", "replace")
    said = f": {message}" if message else f" ({status})."
    if status == 401:
        return CredentialsExpired(
            "The sign-in to the cluster is over or does not work.",
            "Sign in again as your cluster's provider says; what runs goes on.",
        )
    if status == 403 and "exceeded quota" in message:
        return QuotaTooSmall(f"The namespace may have no more{said}", "Ask for a larger quota.")
    if status == 403 and any(each in message for each in _OF_POLICY):
        return CloudRefused(
            f"A policy of the cluster refuses this{said}",
            "Ask whoever runs the cluster to allow it, or for a namespace where it is allowed.",
        )
    if status == 403:
        return PermissionMissing(
            f"The cluster does not let you{said}",
            "Ask whoever runs it for the rights that 'secondunit kubernetes doctor' lists.",
            reason,
        )
    if status == 404:
        return Missing(f"The cluster has no such thing{said}", "Look whether it was deleted.")
    if status == 409 and reason == "AlreadyExists":
        return Exists(f"The cluster has that already{said}", "Try again.")
    if status == 429:
        return Throttled("The cluster wants to be asked less often.", "Try again in a while.")
    if status == 0 or status >= 500:
        return CloudUnreachable(
            f"The cluster does not answer{said}", "Try again; what runs in it goes on."
        )
    return CloudRefused(f"The cluster refuses this{said}", "See the cluster's own message.")


def _lines(answer: Any) -> Iterator[str]:
    """Yield the lines of an answer, whole ones only: what follows a break is asked for again."""
    rest = b""
    for part in answer.stream(amt=None, decode_content=True):
        *whole, rest = (rest + part).split(b"\n")
        for line in whole:
            yield line.decode("utf-8", "replace")
