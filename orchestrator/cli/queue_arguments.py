"""Understand what is typed after ``secondunit queue``; do nothing yet."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from orchestrator.cli.times import count_of, path_of, time_of

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]

_ENTRY = "an entry's number in 'secondunit queue list', or its id"
_WHICH = {
    "remove": "take entries out of the queue; videos and finished renders stay",
    "render": "have entries rendered when the queue runs",
    "stop": "take entries out of the line; what is rendered of them is kept",
    "retry": "try again what went wrong with entries",
    "duplicate": "put a fresh draft of entries after each, settings included",
    "set": "set how entries are rendered and where they go",
    "urgent": "have entries rendered before all that are not urgent",
}
_ALL_IF_NONE = ("render", "stop", "retry")


def add_json(command: argparse.ArgumentParser) -> None:
    """Give a command the option to speak to machines."""
    command.add_argument(
        "--json",
        action="store_true",
        default=argparse.SUPPRESS,
        help="JSON lines for machines, the result last",
    )


def add_queue(commands: Commands) -> None:
    """Add ``queue`` and all that can be done with it."""
    queue = commands.add_parser("queue", help="the window's queue, from a terminal")
    actions = queue.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="list the entries of the queue in order")
    _add_adding(actions)
    _add_cast(actions)
    _add_move(actions)
    for name, words in _WHICH.items():
        _add_which(actions, name, words)
    actions.add_parser("pause", help="begin no further render until 'go-on'")
    actions.add_parser("go-on", help="begin renders again")
    run = actions.add_parser("run", help="look at what is new and render what waits, here")
    run.add_argument("--workers", type=count_of, help="agents side by side; chosen if not given")
    for action in actions.choices.values():
        add_json(action)


def _add_adding(actions: Commands) -> None:
    add = actions.add_parser("add", help="put videos in the queue and look who is in them")
    add.add_argument("videos", type=path_of, nargs="+", metavar="video")
    add.add_argument("--before", metavar="ENTRY", help=f"{_ENTRY}; last if not given")
    add.add_argument(
        "--urgent", action="store_true", help="render them before all that are not urgent"
    )
    add.add_argument("--no-look", action="store_true", help="leave the look to the window or run")
    _add_wishes(add)


def _add_cast(actions: Commands) -> None:
    cast = actions.add_parser("cast", help="say whose face goes on whom in an entry")
    cast.add_argument("entry", help=_ENTRY)
    cast.add_argument(
        "casts",
        nargs="*",
        metavar="PERSON=FACE",
        help="such as p1=grace, or p1=grace@10-18 for a part; a person's earlier casts go",
    )
    cast.add_argument("--nobody", action="append", default=[], metavar="PERSON", help="uncast one")


def _add_move(actions: Commands) -> None:
    move = actions.add_parser("move", help="change the order of the queue")
    move.add_argument("entries", nargs="+", metavar="entry", help=_ENTRY)
    where = move.add_mutually_exclusive_group(required=True)
    where.add_argument("--before", metavar="ENTRY", help=_ENTRY)
    where.add_argument("--first", action="store_true")
    where.add_argument("--last", action="store_true")
    where.add_argument("--by", type=int, metavar="PLACES", help="down, or up if negative")


def _add_which(actions: Commands, name: str, words: str) -> None:
    action = actions.add_parser(name, help=words)
    count = "*" if name in _ALL_IF_NONE else "+"
    ending = "; all that can be if none is given" if count == "*" else ""
    action.add_argument("entries", nargs=count, metavar="entry", help=_ENTRY + ending)
    if name == "render":
        action.add_argument("--again", action="store_true", help="also those that are done")
    if name == "urgent":
        action.add_argument("--off", action="store_true", help="not any more")
    if name == "set":
        _add_wishes(action)
        action.add_argument("--defaults", action="store_true", help="forget what was set before")


def _add_wishes(action: argparse.ArgumentParser) -> None:
    action.add_argument("--from", dest="trim_in", type=time_of, metavar="TIME", help="trim: start")
    action.add_argument("--to", dest="trim_out", type=time_of, metavar="TIME", help="trim: end")
    action.add_argument("--engine", help="classic, facefusion or identity")
    action.add_argument(
        "--accept-licences",
        action="store_true",
        help="agree, once, to models that are labelled not for commercial use",
    )
    action.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the engine"
    )
    action.add_argument("--folder", type=path_of, help="where the finished video goes")
    action.add_argument("--name", help="its name, without the ending")
    action.add_argument("--container", choices=("mp4", "mov", "mkv"))
    action.add_argument("--codec", choices=("h264", "h265", "av1"))
    action.add_argument("--quality", type=int, help="constant quality, lower is better")
    action.add_argument("--preset", help="the encoder's preset, such as veryfast or medium")
    action.add_argument(
        "--hardware", action=argparse.BooleanOptionalAction, help="encode on an NVIDIA GPU"
    )
