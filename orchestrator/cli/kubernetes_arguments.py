"""Understand what is typed after ``secondunit kubernetes`` and ``manifest``; do nothing yet."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

from orchestrator.cli.queue_arguments import add_json

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_CONTEXT = "a context of the kubeconfig; the cluster in use if not given"
_TEXTS = {
    "namespace": "where the agents run",
    "image": "of the agent, by digest: REGISTRY/NAME@sha256:…",
    "bucket": "that pieces and segments are kept in",
    "prefix": "put before all keys in the bucket, ends in a slash",
    "region": "of bucket and queue",
    "store-endpoint-url": "of a service that speaks as S3 does; AWS itself if not",
    "claim": "a PersistentVolumeClaim to keep pieces and segments on, instead of a bucket",
    "engine-claim": "a PersistentVolumeClaim that FaceFusion is installed on; '-': none",
    "claim-folder": "where this machine mounts the same volume",
    "queue-endpoint-url": "of SQS, or amqps://user@host:port/vhost of RabbitMQ",
    "ca-file": "PEM of who signs the certificates of storage and queue; '-': as usual",
    "manifests-folder": "that manifests are written to where others apply them; '-': the job's",
    "secret": "a Secret there that pods take keys from; '-': one made of kept keys",
    "service-account": "whose workload identity pods have; '-': none",
    "cpu": "that each agent asks for, such as 2",
    "memory": "that each agent has, such as 12Gi",
    "shared-memory": "of that, for /dev/shm, such as 1Gi",
    "scratch": "disk that each agent has, such as 30Gi",
    "priority-class": "a PriorityClass of the pods; '-': none",
    "urgent-priority-class": "the one of urgent jobs' pods; '-': as all others",
}


def add_kubernetes(commands: Commands) -> None:
    """Add ``kubernetes`` and ``manifest``."""
    kubernetes = commands.add_parser("kubernetes", help="clusters that videos can be rendered in")
    actions = kubernetes.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="list the contexts of the kubeconfig, and what is set up")
    _add_set(actions)
    keys = actions.add_parser("keys", help="keep the keys that pods reach storage and queue with")
    keys.add_argument("context", nargs="?", default="", help=_CONTEXT)
    keys.add_argument("--queue-password", action="store_true", help="only RabbitMQ's password")
    keys.add_argument("--forget", action="store_true", help="delete what is kept")
    doctor = actions.add_parser("doctor", help="examine rights, names, storage and queue")
    doctor.add_argument("context", nargs="?", default="", help=_CONTEXT)
    _add_engine(actions)
    sweep = actions.add_parser("sweep", help="remove what is left of jobs that are over")
    sweep.add_argument("context", nargs="?", default="", help=_CONTEXT)
    sweep.add_argument("--yes", action="store_true", help="do it; without it only tell what goes")
    sweep.add_argument(
        "--everything", action="store_true", help="also of jobs that this machine does not know"
    )
    classes = actions.add_parser(
        "priority-classes", help="print the PriorityClasses by which urgent jobs go before others"
    )
    classes.add_argument("context", nargs="?", default="", help=_CONTEXT)
    _add_rights(actions)
    forget = actions.add_parser("forget", help="forget a cluster; nothing in it is touched")
    forget.add_argument("context")
    for action in actions.choices.values():
        add_json(action)
    _add_manifest(commands)


def _add_set(actions: Commands) -> None:
    chosen = actions.add_parser("set", help="choose what a cluster renders with, and use it")
    chosen.add_argument("context", help="of the kubeconfig")
    chosen.add_argument(
        "--nodes",
        choices=("gke", "eks", "karpenter", "ack", "own"),
        help="how spot nodes are told from others there",
    )
    chosen.add_argument(
        "--applied-by", choices=("app", "others"), help="who has the cluster make the pods"
    )
    chosen.add_argument("--store", choices=("s3", "claim"))
    chosen.add_argument("--queue", choices=("sqs", "rabbitmq"))
    for name, told in _TEXTS.items():
        chosen.add_argument(f"--{name}", help=told)
    chosen.add_argument("--gpus", type=_number, metavar="N", help="that each agent has; 0: none")
    chosen.add_argument("--pods", type=_number, metavar="N", help="side by side, at most")
    chosen.add_argument(
        "--on-demand-pods", type=_number, metavar="N", help="at most, as a fallback"
    )
    chosen.add_argument(
        "--grace-s", type=_number, metavar="S", help="a pod is given to end; 0: as is usual there"
    )
    chosen.add_argument(
        "--spot-label", action="append", metavar="KEY=VALUE", help="of spot nodes; again for more"
    )
    chosen.add_argument(
        "--on-demand-label", action="append", metavar="KEY=VALUE", help="of the fallback's nodes"
    )
    chosen.add_argument(
        "--spot-toleration",
        action="append",
        metavar="KEY[=VALUE][:EFFECT]",
        help="of spot nodes' taints; again for more",
    )


def _add_engine(actions: Commands) -> None:
    engine = actions.add_parser(
        "engine",
        help="install FaceFusion on the volume of --engine-claim; goes on where it stopped",
    )
    engine.add_argument("context", nargs="?", default="", help=_CONTEXT)
    engine.add_argument(
        "--bring",
        action="store_true",
        help="first bring what is installed here, and the pods' packages, to the cluster's storage",
    )
    engine.add_argument(
        "--again",
        dest="anew",
        action="store_true",
        help="read every byte on the volume, also where all is known to be there",
    )
    _add_what_is_installed(engine)


def _add_what_is_installed(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "--make-claim", default="", metavar="SIZE", help="make the claim where there is none: 20Gi"
    )
    command.add_argument(
        "--storage-class", default="", help="of that claim; the cluster's default if not given"
    )
    command.add_argument(
        "--access-mode",
        default="ReadWriteMany",
        metavar="MODE",
        help="of that claim: ReadWriteMany, a file share for pods of all nodes, or ReadWriteOnce, a"
        " disk for those of one node",
    )
    command.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="with the models for this setting; again for more",
    )
    command.add_argument(
        "--model", action="append", default=[], metavar="NAME", help="with this; again for more"
    )
    command.add_argument(
        "--mirror", default="", metavar="URL", help="ask this before where things are published"
    )
    command.add_argument(
        "--flavour", choices=("cpu", "cuda12", "cuda13"), default="", help="chosen if not given"
    )
    command.add_argument(
        "--accept-licences",
        action="store_true",
        help="you have read the licences; most models are not for commercial use",
    )


def _add_rights(actions: Commands) -> None:
    rights = actions.add_parser("rights", help="print the Role of who renders in a cluster")
    rights.add_argument("context", nargs="?", default="", help=_CONTEXT)
    rights.add_argument(
        "--applied-by-others",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="only to watch what others apply; as is set for the cluster if not given",
    )
    for option, kind in (("user", "User"), ("group", "Group"), ("account", "ServiceAccount")):
        rights.add_argument(
            f"--{option}",
            dest="subject",
            action="append",
            type=partial(_subject, kind),
            metavar="NAME",
            help=f"a {kind} that is given it; again for more",
        )


def _subject(kind: str, name: str) -> tuple[str, str]:
    return kind, name


def _add_manifest(commands: Commands) -> None:
    manifest = commands.add_parser(
        "manifest", help="print the manifests of a job's agents, for those who apply them otherwise"
    )
    manifest.add_argument(
        "job",
        nargs="?",
        default="last",
        help="a job's id or the start of it; or 'engine': what installs FaceFusion on its volume",
    )
    manifest.add_argument("--cluster", default="", metavar="CONTEXT", help=_CONTEXT)
    manifest.add_argument("--pods", type=_number, metavar="N", help="spot pods side by side")
    manifest.add_argument("--on-demand-pods", type=_number, metavar="N", help="0: no such Job")
    manifest.add_argument(
        "--keda", action="store_true", help="a ScaledJob for KEDA instead of the spot Job"
    )
    manifest.add_argument(
        "--urgent", action="store_true", help="as an urgent job's, whether or not this one is"
    )
    manifest.add_argument("--image", default="", help="another one than the cluster's")
    manifest.add_argument(
        "--validate", action="store_true", help="have the cluster say that it takes them, too"
    )
    _add_what_is_installed(manifest.add_argument_group("for 'engine'"))


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) > 10_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)
