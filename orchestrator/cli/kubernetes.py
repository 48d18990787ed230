"""Choose, examine and clear up the clusters that videos can be rendered in."""

from __future__ import annotations

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.kubernetes_engine import engine
from orchestrator.cli.report import Reporter, table
from orchestrator.cloud import Cloud
from orchestrator.errors import RequestRefused
from orchestrator.fleet.kubernetes.api import Api, contexts
from orchestrator.fleet.kubernetes.applied import way_into
from orchestrator.fleet.kubernetes.authorities import authorities_of
from orchestrator.fleet.kubernetes.cluster import (
    AppliedBy,
    Cluster,
    Toleration,
    change_cluster,
    find_cluster,
    forget_cluster,
    keys_name,
    load_clusters,
)
from orchestrator.fleet.kubernetes.doctor import examine
from orchestrator.fleet.kubernetes.handover import require_folder
from orchestrator.fleet.kubernetes.line import (
    KEY_ID,
    QUEUE_PASSWORD,
    SECRET_KEY,
    keep_keys,
    kept_keys,
)
from orchestrator.fleet.kubernetes.manifests import to_yaml
from orchestrator.fleet.kubernetes.rights import binding, rights_of, role
from orchestrator.fleet.kubernetes.run import require_ready
from orchestrator.fleet.kubernetes.sweep import is_doomed, look, sweep
from orchestrator.fleet.kubernetes.urgency import lacking_classes, with_names
from orchestrator.home import Home
from orchestrator.secrets import Secret

Action = Callable[[Namespace, Reporter], Exit]
_EMPTY = "-"
"""What is typed to have nothing chosen."""


def kubernetes(asked: Namespace, reporter: Reporter) -> Exit:
    """Do one thing with a cluster."""
    return _ACTIONS[asked.action](asked, reporter)


def _list(asked: Namespace, reporter: Reporter) -> Exit:
    del asked
    known = {each.context: each for each in load_clusters(Home.default())}
    names = (*known, *(each for each in contexts() if each not in known))

    def lines(console: Console) -> None:
        rows = [(name, *_described(known.get(name))) for name in names]
        if rows:
            console.print(table("", ("context", "namespace", "nodes", "storage", "queue"), rows))
        else:
            console.print("There is no kubeconfig here, and no cluster is set up.")

    reporter.result([known.get(name, Cluster(context=name)) for name in names], lines)
    return Exit.DONE


def _described(cluster: Cluster | None) -> tuple[str, str, str, str]:
    if cluster is None:
        return "not set up", "", "", ""
    storage = cluster.bucket if cluster.store == "s3" else cluster.claim
    return cluster.namespace, cluster.nodes, storage, cluster.queue


def _set(asked: Namespace, reporter: Reporter) -> Exit:
    # Whoever only hands manifests over needs no way into the cluster: any name will do for it.
    by_others = asked.applied_by == "others" or _is_by_others(asked.context)
    if asked.context not in contexts() and not by_others:
        raise RequestRefused(
            f"The kubeconfig has no context {asked.context}.",
            "'secondunit kubernetes list' lists those it has.",
        )
    chosen = change_cluster(Home.default(), asked.context, lambda now: _changed(now, asked))
    try:
        require_ready(chosen)
    except RequestRefused as error:
        reporter.say(f"Not ready yet: {error.sentence} {error.advice}")
    reporter.result(chosen, lambda console: console.print(f"{chosen.context} is kept."))
    return Exit.DONE


def _is_by_others(context: str) -> bool:
    known = load_clusters(Home.default())
    return any(each.context == context and each.applied_by == "others" for each in known)


def _changed(now: Cluster, asked: Namespace) -> Cluster:
    """Return the cluster with what was typed; what was not stays."""
    typed: dict[str, Any] = {
        field.name: value
        for field in fields(Cluster)
        if field.name != "context" and (value := getattr(asked, field.name, None)) is not None
    }
    typed = {name: "" if value == _EMPTY else value for name, value in typed.items()}
    for name in ("ca_file", "manifests_folder"):  # found from anywhere
        if typed.get(name):
            typed[name] = str(Path(typed[name]).absolute())
    authorities_of(typed.get("ca_file", ""))
    if typed.get("manifests_folder"):
        require_folder(typed["manifests_folder"])
    if asked.spot_label is not None:
        typed["spot_labels"] = tuple(_label(each) for each in asked.spot_label)
    if asked.on_demand_label is not None:
        typed["on_demand_labels"] = tuple(_label(each) for each in asked.on_demand_label)
    if asked.spot_toleration is not None:
        typed["spot_tolerations"] = tuple(_toleration(each) for each in asked.spot_toleration)
    return replace(now, **typed)


def _label(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise RequestRefused(f"{text} is no label.", "Write KEY=VALUE.")
    return key, value


def _toleration(text: str) -> Toleration:
    told, _, effect = text.partition(":")
    key, _, value = told.partition("=")
    if not key or effect not in ("", "NoSchedule", "PreferNoSchedule", "NoExecute"):
        raise RequestRefused(f"{text} is no toleration.", "Write KEY=VALUE:NoSchedule, or KEY.")
    return Toleration(key=key, value=value, effect=effect)


def _keys(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    cluster, secrets = find_cluster(home, asked.context), Cloud(home).secrets
    if asked.forget:
        secrets.remove(keys_name(cluster))
    else:
        kept = dict(kept_keys(secrets, cluster))
        keep_keys(secrets, cluster, kept | _typed(asked.queue_password))
    names = sorted(kept_keys(secrets, cluster))
    said = f"Kept for {cluster.context}: {', '.join(names) or 'nothing'}."
    reporter.result({"kept": names}, lambda console: console.print(said, markup=False))
    return Exit.DONE


def _typed(only_password: bool) -> dict[str, Secret]:  # an option's own value
    """Return keys from the terminal, unseen, or from a pipe, one a line."""
    if only_password:
        return {QUEUE_PASSWORD: _unseen("password of the queue: ")}
    key_id = input("access key id: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    return {KEY_ID: Secret(key_id), SECRET_KEY: _unseen("secret access key: ")}


def _unseen(prompt: str) -> Secret:
    typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    return Secret(typed.strip())


def _doctor(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    cluster = find_cluster(home, asked.context)
    keys = kept_keys(Cloud(home).secrets, cluster)
    with reporter.doing("asking the cluster") as step:
        api = way_into(cluster, may_lack=cluster.applied_by == "others")
        findings = examine(api, cluster, keys, step)

    def lines(console: Console) -> None:
        rows = [(f.state, f.name, f.found) for f in findings]
        console.print(table("", ("", "what", "found"), rows))
        for finding in findings:
            if finding.advice:
                console.print(f"{finding.name}: {finding.advice}", markup=False)

    reporter.result(findings, lines)
    return Exit.NOT_READY if any(f.state == "missing" for f in findings) else Exit.DONE


def _sweep(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    cluster = find_cluster(home, asked.context)
    api = Api(cluster.context, cluster.namespace)
    with reporter.doing("looking"):
        found = look(api, home)
        doomed = [each for each in found if is_doomed(each, everything=asked.everything)]
        if asked.yes:
            sweep(api, home, everything=asked.everything)

    def lines(console: Console) -> None:
        rows = [(each.kind, each.name, each.why) for each in found]
        if rows:
            console.print(table("", ("kind", "name", "why it is there"), rows))
        said = "were removed" if asked.yes else "would be removed with --yes"
        console.print(f"{len(doomed)} of {len(found)} {said}.")

    reporter.result({"found": found, "removed": len(doomed) if asked.yes else 0}, lines)
    return Exit.DONE


def _priority_classes(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    cluster = find_cluster(home, asked.context)
    with reporter.doing("asking the cluster"):
        found = lacking_classes(Api(cluster.context, cluster.namespace), cluster)
    if found:
        named = with_names(cluster)
        reporter.say(
            "Whoever runs the cluster applies these; then 'secondunit kubernetes set"
            f" {cluster.context} --priority-class {named.priority_class}"
            f" --urgent-priority-class {named.urgent_priority_class}' has pods take them."
        )
    else:
        reporter.say("The cluster has both classes already.")
    text = to_yaml(found) if found else ""
    reporter.result(found, lambda console: console.out(text, highlight=False, end=""))
    return Exit.DONE


def _rights(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    cluster = find_cluster(home, asked.context)
    if asked.applied_by_others is not None:
        by: AppliedBy = "others" if asked.applied_by_others else "app"
        cluster = replace(cluster, applied_by=by)
    keys = kept_keys(Cloud(home).secrets, cluster)
    found = [role(cluster, rights_of(cluster, makes_secret=bool(keys) and not cluster.secret))]
    if asked.subject:
        found.append(binding(cluster, asked.subject))
    else:
        reporter.say("Nobody is given the Role yet: name them by --user, --group or --account.")
    text = to_yaml(found)
    reporter.result(found, lambda console: console.out(text, highlight=False, end=""))
    return Exit.DONE


def _forget(asked: Namespace, reporter: Reporter) -> Exit:
    home = Home.default()
    cluster = find_cluster(home, asked.context)
    Cloud(home).secrets.remove(keys_name(cluster))
    forget_cluster(home, asked.context)
    reporter.result(
        {"forgotten": asked.context},
        lambda console: console.print(f"{asked.context} is forgotten."),
    )
    return Exit.DONE


_ACTIONS: dict[str, Action] = {
    "list": _list,
    "set": _set,
    "keys": _keys,
    "doctor": _doctor,
    "engine": engine,
    "sweep": _sweep,
    "priority-classes": _priority_classes,
    "rights": _rights,
    "forget": _forget,
}
