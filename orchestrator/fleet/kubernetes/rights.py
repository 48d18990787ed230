"""Say which rights in a cluster a render needs, and write them as a Role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from orchestrator.fleet.kubernetes import names
from orchestrator.fleet.kubernetes.cluster import Cluster
from orchestrator.fleet.kubernetes.manifests import Manifest

Right = tuple[str, str]
"""A verb and what it is for, such as ``get`` and ``pods/log``."""
OWN: tuple[Right, ...] = (
    ("create", "jobs"), ("list", "jobs"), ("patch", "jobs"), ("delete", "jobs"),
    ("list", "pods"), ("delete", "pods"), ("get", "pods/log"),
    ("create", "configmaps"), ("patch", "configmaps"), ("list", "configmaps"),
    ("delete", "configmaps"),
)  # fmt: skip
"""Where the app has the cluster make the Jobs."""
SECRETS: tuple[Right, ...] = (
    ("create", "secrets"), ("patch", "secrets"), ("list", "secrets"), ("delete", "secrets"),
)  # fmt: skip
"""As well, where it makes the pods' Secret."""
READING: tuple[Right, ...] = (("list", "pods"), ("get", "pods/log"))
"""Where others apply the Jobs: a render is followed closely, and does without them too."""
SubjectKind = Literal["User", "Group", "ServiceAccount"]
_RBAC = "rbac.authorization.k8s.io"


def rights_of(cluster: Cluster, *, makes_secret: bool) -> tuple[Right, ...]:
    """Return what a render in a cluster needs, named objects that it looks for included."""
    if cluster.applied_by == "others":
        return READING
    wanted = OWN + (SECRETS if makes_secret else ())
    named = (
        (cluster.secret, "secrets"),
        (cluster.claim if cluster.store == "claim" else cluster.engine_claim,
         "persistentvolumeclaims"),
        (cluster.service_account, "serviceaccounts"),
    )  # fmt: skip
    return wanted + tuple(("get", what) for name, what in named if name)


def role(cluster: Cluster, rights: tuple[Right, ...]) -> Manifest:
    """Return the Role that has certain rights in a cluster's namespace, and no others."""
    verbs: dict[str, list[str]] = {}
    for verb, what in rights:
        verbs.setdefault(what, []).append(verb)
    rules = [
        {"apiGroups": ["batch" if what == "jobs" else ""], "resources": [what], "verbs": each}
        for what, each in verbs.items()
    ]
    return _object(cluster, "Role") | {"rules": rules}


def binding(cluster: Cluster, subjects: Sequence[tuple[SubjectKind, str]]) -> Manifest:
    """Return what gives the Role to somebody; a ServiceAccount is one of the same namespace."""
    named = []
    for kind, name in subjects:
        is_account = kind == "ServiceAccount"
        where = {"namespace": cluster.namespace} if is_account else {"apiGroup": _RBAC}
        named.append({"kind": kind, "name": name} | where)
    given = {"apiGroup": _RBAC, "kind": "Role", "name": _name(cluster)}
    return _object(cluster, "RoleBinding") | {"subjects": named, "roleRef": given}


def _object(cluster: Cluster, kind: str) -> Manifest:
    return {
        "apiVersion": f"{_RBAC}/v1",
        "kind": kind,
        "metadata": {
            "name": _name(cluster),
            "namespace": cluster.namespace,
            "labels": {names.APP: names.APP_VALUE},
        },
    }


def _name(cluster: Cluster) -> str:
    return "secondunit-watches" if cluster.applied_by == "others" else "secondunit-renders"
