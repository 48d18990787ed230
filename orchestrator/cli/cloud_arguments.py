"""Understand what is typed after ``secondunit cloud``; do nothing yet."""

from __future__ import annotations

import argparse
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.cli.queue_arguments import add_json
from orchestrator.cli.times import duration_of
from orchestrator.transfer.bandwidth import LEAST_MBIT_PER_S, MOST_MBIT_PER_S

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_MOST_USD = Decimal(100_000)


def add_cloud(commands: Commands) -> None:
    """Add ``cloud`` and all that can be done with the user's account."""
    cloud = commands.add_parser("cloud", help="the AWS account that videos can be rendered in")
    actions = cloud.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_sign_in(actions)
    actions.add_parser("status", help="say who is signed in, where, and whether all is set up")
    actions.add_parser("doctor", help="examine sign-in, rights, quotas, network and set-up")
    policy = actions.add_parser("policy", help="print the IAM policy that the sign-in needs")
    policy.add_argument("--account", metavar="ID", help="for an account that is not signed in")
    actions.add_parser("setup", help="make what lasts: bucket, security group, roles, schedules")
    remove = actions.add_parser("remove", help="take the set-up away, the bucket with all in it")
    remove.add_argument("--yes", action="store_true", help="do it; without it only tell what goes")
    _add_quota(actions)
    _add_limits(actions)
    _add_quote(actions)
    _add_sweep(actions)
    receipts = actions.add_parser("receipts", help="list what jobs have cost and what is left")
    receipts.add_argument("job", nargs="?", default="", help="a job's id or the start of it")
    drill = actions.add_parser("fire-drill", help="show that each layer ends its instance")
    drill.add_argument("--yes", action="store_true", help="launch four of the smallest instances")
    _add_bake(actions)
    images = actions.add_parser("images", help="list the account's own images")
    images.add_argument("--forget", metavar="ID", default="", help="remove one and its disk")
    actions.add_parser("key-forget", help="forget the sign-in, and access keys that are kept")
    for action in actions.choices.values():
        add_json(action)


def add_where(render: argparse.ArgumentParser) -> None:
    """Add where a video is rendered, to a command that renders one."""
    where = render.add_argument_group("where")
    where.add_argument(
        "--on",
        choices=("here", "aws", "kubernetes"),
        default="here",
        help="this machine, the AWS account, or a cluster",
    )
    where.add_argument(
        "--cluster", default="", metavar="CONTEXT", help="of the kubeconfig; the one in use if not"
    )
    where.add_argument(
        "--applied-by-others",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="write the manifests of the pods for Argo CD, Flux or kubectl, and wait for these;"
        " nothing is made, changed or deleted in the cluster; as is set for it if not given",
    )
    where.add_argument(
        "--manifests",
        metavar="FOLDER",
        default="",
        help="that they are written to, '-' to print them; the job's own if not given",
    )
    where.add_argument(
        "--region",
        default="",
        help="of the account; of several, by commas, the cheapest now; the chosen one if not given",
    )
    where.add_argument(
        "--instances", type=_count, metavar="N", help="or pods, side by side; as is set if not"
    )
    where.add_argument(
        "--budget-usd", type=usd, metavar="X", help="most that it may cost; 'cloud limits' if not"
    )
    where.add_argument(
        "--fall-back",
        action=argparse.BooleanOptionalAction,
        default=None,
        help="take what is on demand when spot has none in time",
    )
    where.add_argument(
        "--deadline",
        type=duration_of,
        metavar="TIME",
        help="have it done within so long, such as 2h30m: until then dear spot instances are"
        " waited out, and with --fall-back on demand is bought only when time calls for it;"
        " without, it is tried for and not promised",
    )

    where.add_argument(
        "--bandwidth",
        type=mbit,
        metavar="X",
        help="most that this render sends, and receives, in Mbit/s; 0: no limit",
    )


def _add_quote(actions: Commands) -> None:
    quote = actions.add_parser("quote", help="say about how long videos take and what they cost")
    quote.add_argument("videos", type=Path, nargs="+", metavar="video")
    quote.add_argument("--region", default="", help="the chosen one if not given")
    quote.add_argument(
        "--deadline",
        type=duration_of,
        metavar="TIME",
        help="say how many instances are done within so long, such as 2h30m, for the least",
    )
    quote.add_argument(
        "--budget-usd", type=usd, metavar="X", help="say how many are fastest for so much"
    )
    quote.add_argument(
        "--compare", nargs="+", default=[], metavar="REGION", help="the first video in each of them"
    )


def _add_bake(actions: Commands) -> None:
    bake = actions.add_parser("bake", help="make an image from which instances begin sooner")
    bake.add_argument(
        "--engine", choices=("", "facefusion"), default="", help="install it on the image, too"
    )
    bake.add_argument(
        "--accept-licences",
        action="store_true",
        help="agree that models labelled not for commercial use are used",
    )


def _add_sign_in(actions: Commands) -> None:
    sign_in = actions.add_parser("sign-in", help="choose how to sign in to AWS, and where to work")
    sign_in.add_argument("--profile", default="", help="of ~/.aws; lists them if nothing is given")
    sign_in.add_argument(
        "--browser",
        action="store_true",
        help="first sign in at the profile's Identity Center page, when that sign-in is over",
    )
    sign_in.add_argument("--role", metavar="ARN", help="assume this role, from the profile")
    sign_in.add_argument("--external-id", default="", help="that the role asks for")
    sign_in.add_argument(
        "--keys",
        action="store_true",
        help="type access keys, which the system's password store keeps; from a pipe: two lines",
    )
    sign_in.add_argument(
        "--default", action="store_true", help="what the AWS tools find by themselves"
    )
    sign_in.add_argument("--region", default="", help="the profile's if not given")


def _add_quota(actions: Commands) -> None:
    quota = actions.add_parser(
        "quota", help="show how many GPUs the account may have; ask for more"
    )
    quota.add_argument(
        "--request", type=_count, metavar="N", help="ask AWS to allow N instances side by side"
    )
    quota.add_argument(
        "--wait", action="store_true", help="look every minute until AWS has decided"
    )


def _add_limits(actions: Commands) -> None:
    limits = actions.add_parser("limits", help="show or set what may be spent")
    limits.add_argument("--job-usd", type=usd, metavar="X", help="most for one video; 0: no cap")
    limits.add_argument("--month-usd", type=usd, metavar="X", help="most for a month; 0: no cap")
    limits.add_argument("--instances", type=_count, metavar="N", help="side by side, at most")
    limits.add_argument("--fall-back", action=argparse.BooleanOptionalAction, default=None)
    for way, words in (("up", "sent"), ("down", "received")):
        limits.add_argument(
            f"--{way}-mbit",
            type=mbit,
            metavar="X",
            help=f"most that is {words} for the account, in Mbit/s; 0: no limit",
        )


def _add_sweep(actions: Commands) -> None:
    sweep = actions.add_parser("sweep", help="remove what is left of jobs, in all regions in use")
    sweep.add_argument("--dry-run", action="store_true", help="tell, remove nothing")
    sweep.add_argument(
        "--everything",
        action="store_true",
        help="also what belongs to jobs that this machine does not know",
    )
    sweep.add_argument(
        "--everywhere", action="store_true", help="look through every region of the account"
    )


def usd(text: str) -> Decimal:
    """Return an amount of dollars.

    Raises:
        ArgumentTypeError: it is none.
    """
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount such as 2.50") from error
    if not amount.is_finite() or not 0 <= amount <= _MOST_USD:
        raise argparse.ArgumentTypeError(f"{text!r} is not an amount from 0 to {_MOST_USD}")
    return amount


def mbit(text: str) -> Decimal:
    """Return a rate in Mbit/s; 0 stands for no limit.

    Raises:
        ArgumentTypeError: it is none, or less than a line lives on.
    """
    try:
        rate = Decimal(text)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a rate such as 10") from error
    if not rate.is_finite() or (rate and not LEAST_MBIT_PER_S <= rate <= MOST_MBIT_PER_S):
        said = f"{text!r} is neither 0 nor a rate from {LEAST_MBIT_PER_S} to {MOST_MBIT_PER_S}"
        raise argparse.ArgumentTypeError(said)
    return rate


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to 1000")
    return int(text)
