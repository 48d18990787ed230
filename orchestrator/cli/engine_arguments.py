"""Understand what is typed after ``secondunit engine``."""

from __future__ import annotations

import argparse
from pathlib import Path

from orchestrator.cli.queue_arguments import add_json

_KINDS = ("cpu", "cuda12", "cuda13")


def add_engine(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``engine`` and what it can do."""
    engine = commands.add_parser(
        "engine", help="install FaceFusion, check or remove it, bring it to the account's bucket"
    )
    actions = engine.add_subparsers(dest="action", required=True, metavar="ACTION")
    _add_install(actions)
    check = actions.add_parser("check", help="read every byte of what is installed")
    check.add_argument("--quick", action="store_true", help="only look what is there")
    check.add_argument("--all", action="store_true", help="list every model that can be installed")
    remove = actions.add_parser("remove", help="remove all of it from this machine")
    remove.add_argument("--yes", action="store_true", help="remove; without it only tell how much")
    seed = actions.add_parser(
        "seed", help="bring what is installed to the account's bucket, for its instances"
    )
    seed.add_argument(
        "--packages",
        action="store_true",
        help="also the instances' own packages (2 GB); without it the first instance fetches them",
    )
    lock = actions.add_parser(
        "lock", help="print the digests of a folder's models, for whoever publishes this app"
    )
    lock.add_argument("models", type=Path, metavar="FOLDER")
    for action in (check, remove, seed):
        _add_folder(action)
    for action in actions.choices.values():
        add_json(action)


def _add_install(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    install = actions.add_parser(
        "install", help="install it, or what is missing; goes on where it stopped"
    )
    install.add_argument(
        "--from",
        dest="given",
        default="",
        metavar="PLACE",
        help="a folder with its parts, or the address of a mirror, which is asked first",
    )
    install.add_argument(
        "--offline", action="store_true", help="ask the internet for nothing that PLACE lacks"
    )
    install.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="with the models for this setting, such as face_enhancer_model=codeformer; again for"
        " more; those of the default settings are always installed",
    )
    install.add_argument(
        "--model",
        action="append",
        default=[],
        metavar="NAME",
        help="with this model; again for more",
    )
    install.add_argument("--flavour", choices=_KINDS, default="", help="chosen if not given")
    install.add_argument(
        "--tensorrt",
        type=Path,
        metavar="WHEEL",
        help="NVIDIA's wheel tensorrt_cu12_libs 10, kept for this machine or, for Linux, for"
        " instances too; it is not on the package index",
    )
    install.add_argument(
        "--accept-licences",
        action="store_true",
        help="you have read the licences; some models are not for commercial use",
    )
    _add_folder(install)


def _add_folder(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--folder", type=Path, help="where it is; SECONDUNIT_FACEFUSION_HOME if not given"
    )
