"""Understand what is typed after ``secondunit``; do nothing yet."""

from __future__ import annotations

import argparse
from importlib import metadata
from pathlib import Path

from orchestrator.cli.afar_arguments import add_afar
from orchestrator.cli.cloud_arguments import add_cloud, add_where
from orchestrator.cli.engine_arguments import add_engine
from orchestrator.cli.examples import EXAMPLES
from orchestrator.cli.kubernetes_arguments import add_kubernetes
from orchestrator.cli.parser import NotUnderstood, Parser, show_examples
from orchestrator.cli.queue_arguments import add_json, add_queue
from orchestrator.cli.report import reporter_for
from orchestrator.cli.times import count_of, path_of, time_of
from orchestrator.sources import BASES, statement

EXITS = """exit status:
  0 done   1 failed, can be resumed   2 not understood   3 refused at the door
  4 consent missing, for a face or to licences   5 something is missing here (see doctor)
  6 stopped, can be resumed   7 cancelled   70 a fault in the program"""
_NOT_UNDERSTOOD = 2


def parse(argv: list[str]) -> argparse.Namespace:
    """Return the parsed command line; exits with status 2 and a sentence if it is not one."""
    try:
        return _parser().parse_args(argv)
    except NotUnderstood as error:
        reporter = reporter_for(as_json="--json" in argv)
        reporter.problem("not_understood", error.sentence, error.advice)
        raise SystemExit(_NOT_UNDERSTOOD) from error


def _parser() -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = Parser(
        prog="secondunit",
        description="Cast faces into video and render them in pieces that survive anything.",
        epilog=EXITS,
    )
    parser.add_argument("--version", action="version", version=metadata.version("secondunit"))
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_looking(commands)
    _add_source(commands)
    _add_render(commands)
    _add_jobs(commands)
    add_queue(commands)
    add_cloud(commands)
    add_kubernetes(commands)
    add_afar(commands)
    add_engine(commands)
    _add_rest(commands)
    _add_settings(commands)
    for name, command in commands.choices.items():
        add_json(command)
        show_examples(command, EXAMPLES.get(name, ()))
    parser.set_defaults(json=False)
    return parser


def _add_looking(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    probe = commands.add_parser("probe", help="say what a video is and what is odd about it")
    probe.add_argument("video", type=path_of, help="a video file")
    faces = commands.add_parser("faces", help="find the people in one or several videos")
    faces.add_argument("videos", type=path_of, nargs="+", metavar="video", help="a video file")
    faces.add_argument("--crops", type=path_of, metavar="FOLDER", help="copy the face crops here")


def _add_source(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    add = commands.add_parser("add-face", help="keep a source face, with consent, for casting")
    add.add_argument("name", help="what you call this face, such as grace")
    add.add_argument(
        "photos", type=path_of, nargs="+", metavar="photo", help="of one person, the best first"
    )
    ways = "; ".join(f"{basis}: {statement(basis)!r}" for basis in BASES)
    add.add_argument(
        "--consent",
        choices=BASES,
        help=f"your statement; without it the face stays a draft. {ways}",
    )
    add.add_argument("--stated-by", metavar="NAME", help="who states it; you, if not given")
    add.add_argument(
        "--take-largest",
        action="store_true",
        help="a photo shows several faces: the largest is meant",
    )
    commands.add_parser("list-faces", help="list the source faces and their consent")
    remove = commands.add_parser("remove-face", help="delete a source face and its photos")
    remove.add_argument("name", help="the face's name or id, as in 'list-faces'")


def _add_render(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    render = commands.add_parser("render", help="put source faces on people of a video")
    render.add_argument("video", type=path_of, nargs="?", help="the video; it is never changed")
    render.add_argument(
        "--cast",
        action="append",
        default=[],
        metavar="PERSON=FACE",
        help="whose face goes on whom, such as p1=grace; for a part only: p1=grace@10-18"
        " (seconds); again for more people",
    )
    render.add_argument(
        "--output", type=path_of, help="the finished video; beside the source if not"
    )
    render.add_argument("--from", dest="trim_in", type=time_of, metavar="TIME", help="trim: start")
    render.add_argument("--to", dest="trim_out", type=time_of, metavar="TIME", help="trim: end")
    _add_engine_options(render)
    _add_from_facefusion(render)
    render.add_argument("--workers", type=count_of, help="agents side by side; chosen if not given")
    add_where(render)
    render.add_argument(
        "--urgent",
        action="store_true",
        help="go before what is not urgent, in a queue or a cluster that is shared",
    )
    render.add_argument("--force", action="store_true", help="replace the output if it is there")


def _add_engine_options(render: argparse.ArgumentParser) -> None:
    render.add_argument(
        "--engine", default="classic", help="classic (default), facefusion or identity"
    )
    render.add_argument(
        "--accept-licences",
        action="store_true",
        help="agree, once, to models that are labelled not for commercial use",
    )
    render.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the engine"
    )
    render.add_argument(
        "--codec", choices=("h264", "h265", "av1"), default="h264", help="h264 if not given"
    )
    render.add_argument("--quality", type=int, help="constant quality, lower is better")
    render.add_argument(
        "--quality-at",
        action="append",
        default=[],
        metavar="QUALITY@START-END",
        help="another quality for a part, such as 14@10-18.5 (seconds); again for more parts",
    )
    render.add_argument("--preset", help="the encoder's preset, such as veryfast or medium")
    render.add_argument(
        "--hardware", action="store_true", help="encode on an NVIDIA GPU; refused if there is none"
    )
    render.add_argument("--segment-frames", type=count_of, default=100, help=argparse.SUPPRESS)


def _add_from_facefusion(render: argparse.ArgumentParser) -> None:
    render.add_argument(
        "--from-facefusion",
        metavar="LINE",
        help="a FaceFusion command line, in quotes, of 2.x or 3.x; what is typed beside it goes"
        " first, and what is not taken over is told",
    )
    render.add_argument(
        "--face", metavar="NAME", help="the source face that stands for the line's --source"
    )
    render.add_argument(
        "--consent",
        choices=BASES,
        help="keep the line's --source as a source face, with your statement as in add-face",
    )


def _add_jobs(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("jobs", help="list the render jobs of this machine")
    resume = commands.add_parser("resume", help="go on with a job that was stopped or killed")
    resume.add_argument(
        "job",
        nargs="?",
        default="last",
        help="a job's id or the start of it; the newest if not given",
    )
    resume.add_argument("--workers", type=count_of, help="agents side by side")
    resume.add_argument(
        "--urgent",
        action=argparse.BooleanOptionalAction,
        help="go before what is not urgent from now on; as it was if not given",
    )
    cancel = commands.add_parser("cancel", help="end a job for good; finished segments are kept")
    cancel.add_argument("job", help="a job's id or the start of it; 'last' for the newest")


def _add_rest(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    commands.add_parser("doctor", help="say what is installed, what is missing, what to do")
    clean = commands.add_parser(
        "clean", help="delete ended jobs and the stored segments and scans that no open job needs"
    )
    clean.add_argument("--yes", action="store_true", help="delete; without it only tell how much")
    demo = commands.add_parser("demo", help="swap a face in the demo video, killed on the way")
    demo.add_argument(
        "--folder",
        type=path_of,
        default=Path("demo-out"),
        help="where it goes; demo-out if not given",
    )


def _add_settings(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    bundle = commands.add_parser(
        "diagnostics", help="save a bundle for finding a fault, without secrets and names"
    )
    bundle.add_argument("--output", type=path_of, metavar="FILE", help="here if not given")
    settings = commands.add_parser(
        "settings", help="list, get, set or reset the window's settings while it is closed"
    )
    settings.add_argument(
        "action",
        choices=("list", "get", "set", "reset"),
        nargs="?",
        default="list",
        help="list if not given",
    )
    settings.add_argument("name", nargs="?", metavar="NAME", help="as 'settings list' has it")
    settings.add_argument("value", nargs="?", metavar="VALUE", help="a word, or JSON")
    presets = commands.add_parser(
        "presets", help="list, import FILE, export NAME FILE or remove NAME"
    )
    presets.add_argument(
        "action",
        choices=("list", "import", "export", "remove"),
        nargs="?",
        default="list",
        help="list if not given",
    )
    presets.add_argument("names", nargs="*", metavar="NAME or FILE")
