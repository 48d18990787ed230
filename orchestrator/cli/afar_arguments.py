"""Understand what is typed after ``watch``, ``notify`` and ``serve``; do nothing yet."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from orchestrator.cli.cloud_arguments import usd
from orchestrator.cli.queue_arguments import add_json

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_afar(commands: Commands) -> None:
    """Add the commands by which one hears of renders from elsewhere."""
    _add_watch(commands)
    _add_notify(commands)
    _add_serve(commands)


def _add_watch(commands: Commands) -> None:
    watch = commands.add_parser("watch", help="show a job live, from any computer, by its address")
    watch.add_argument(
        "address", help="s3://BUCKET/PREFIX#JOB, FOLDER#JOB, or a job of this machine ('last')"
    )
    watch.add_argument("--once", action="store_true", help="show how it stands now, and end")
    watch.add_argument("--all", action="store_true", help="show every chunk")


def _add_notify(commands: Commands) -> None:
    notify = commands.add_parser("notify", help="have webhooks and mail tell how renders end")
    actions = notify.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="show who is told, of what, and what is still to be sent")
    webhook = actions.add_parser("webhook", help="tell an address by HTTPS, signed")
    webhook.add_argument("url", help="https://…; http:// only on this computer")
    _add_wishes(webhook)
    mail = actions.add_parser("mail", help="tell by e-mail, through SMTP or SES")
    mail.add_argument("--to", required=True, action="append", metavar="ADDRESS")
    mail.add_argument("--from", dest="sender", required=True, metavar="ADDRESS")
    mail.add_argument("--smtp", metavar="HOST", help="a mail server; its password is asked for")
    mail.add_argument("--port", type=int, help="587 with starttls, 465 with tls, if not given")
    mail.add_argument("--security", choices=("starttls", "tls", "none"), default="starttls")
    mail.add_argument("--user", default="", help="at the mail server; none: no password is sent")
    mail.add_argument("--ses", metavar="REGION", help="through Amazon SES in place of a server")
    _add_wishes(mail)
    remove = actions.add_parser("remove", help="tell one no more")
    remove.add_argument("name", help="as 'list' shows it")
    test = actions.add_parser("test", help="send a test to one, or to all, and wait for the answer")
    test.add_argument("name", nargs="?", help="as 'list' shows it; all if not given")
    actions.add_parser("send", help="send what is still to be sent, now")
    verify = actions.add_parser("verify", help="check a webhook that arrived, for who receives it")
    verify.add_argument("--id", required=True, help="the webhook-id header")
    verify.add_argument("--timestamp", required=True, help="the webhook-timestamp header")
    verify.add_argument("--signature", required=True, help="the webhook-signature header")
    verify.add_argument("body", type=Path, metavar="FILE", help="the body as it arrived")
    for action in actions.choices.values():
        add_json(action)


def _add_wishes(action: argparse.ArgumentParser) -> None:
    action.add_argument(
        "--on",
        action="append",
        choices=("done", "failed", "budget", "attention"),
        help="of what; again for more; all four if not given",
    )
    action.add_argument("--language", choices=("en", "zh_CN"), default="en")


def _add_serve(commands: Commands) -> None:
    serve = commands.add_parser("serve", help="take renders over HTTP, for a web page or a script")
    _add_tokens(serve)
    serve.add_argument("--host", default="127.0.0.1", help="this computer only, if not given")
    serve.add_argument("--port", type=int, default=8787, help="0: any that is free")
    serve.add_argument("--tls-certificate", type=Path, metavar="FILE")
    serve.add_argument("--tls-key", type=Path, metavar="FILE")
    serve.add_argument(
        "--behind-proxy",
        action="store_true",
        help="a proxy before it does TLS; without this or TLS only this computer is served",
    )
    serve.add_argument("--workers", type=int, help="agents side by side; chosen if not given")
    serve.add_argument("--most-upload-gib", type=int, default=20, help="largest video")
    serve.add_argument("--most-kept-gib", type=int, default=200, help="uploads and videos in all")
    serve.add_argument("--most-jobs", type=int, default=200, help="renders that wait or are kept")
    _add_places(serve)


def _add_tokens(serve: argparse.ArgumentParser) -> None:
    actions = serve.add_subparsers(dest="action", metavar="ACTION")
    token = actions.add_parser("token", help="make a token for one who may ask; it is shown once")
    token.add_argument("name", help="whose it is; they see only their own renders")
    token.add_argument("--places", help="good for these only, such as 'here'; all if not given")
    tokens = actions.add_parser("tokens", help="list the tokens by name")
    revoke = actions.add_parser("revoke", help="let a token open nothing any more")
    revoke.add_argument("token_id", help="as 'tokens' lists it")
    for action in (token, tokens, revoke):
        add_json(action)


def _add_places(serve: argparse.ArgumentParser) -> None:
    serve.add_argument(
        "--places",
        default="here",
        help="where renders may be asked for, commas between: here, aws or aws:REGION, kubernetes"
        " or kubernetes:CONTEXT; here only, if not given",
    )
    serve.add_argument(
        "--most-usd", type=usd, metavar="X", help="most that one render may cost in the account"
    )
    serve.add_argument(
        "--most-instances", type=int, default=4, help="machines side by side, for one render"
    )
