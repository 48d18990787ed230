"""Say who is told how renders end, try it, and send what is still to be sent."""

from __future__ import annotations

import getpass
import sys
import time
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console

from orchestrator.cli.exits import Exit
from orchestrator.cli.report import Reporter, table
from orchestrator.errors import RequestRefused
from orchestrator.home import Home
from orchestrator.notify.keys import Keys, is_given
from orchestrator.notify.notifier import Notifier, Told
from orchestrator.notify.outbox import Outbox
from orchestrator.notify.receivers import (
    PORTS,
    Mail,
    Receiver,
    Receivers,
    Webhook,
    free_name,
    load_receivers,
    save_receivers,
    with_receiver,
    without_receiver,
)
from orchestrator.notify.signing import new_secret, verify
from orchestrator.notify.tidings import OCCASIONS
from orchestrator.secrets import Secret

_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiverLine:
    """One receiver as a list shows it; of a webhook's address only the host, as it may be a key."""

    name: str
    kind: str
    where: str
    occasions: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One message as a list shows it."""

    receiver: str
    occasion: str
    title: str
    state: str
    tries: int
    said: str


@dataclass(frozen=True, slots=True)
class NotifyLines:
    """Who is told, and what was or will be."""

    receivers: tuple[ReceiverLine, ...]
    deliveries: tuple[DeliveryLine, ...]


def notify(asked: Namespace, reporter: Reporter) -> Exit:
    """Do what is asked of notification."""
    home = Home.default()
    match asked.action:
        case "webhook":
            return _add_webhook(home, asked, reporter)
        case "mail":
            return _add_mail(home, asked, reporter)
        case "remove":
            return _remove(home, asked.name, reporter)
        case "test":
            return _test(home, asked.name, reporter)
        case "send":
            return _send(home, reporter)
        case "verify":
            return _verify(asked, reporter)
    lines = _lines(home)
    reporter.result(lines, lambda console: _print(console, lines))
    return Exit.DONE


def _add_webhook(home: Home, asked: Namespace, reporter: Reporter) -> Exit:
    receivers = load_receivers(home)
    same = next((each for each in receivers.webhooks if each.url == asked.url), None)
    webhook = Webhook(
        name=same.name if same is not None else free_name(receivers, "webhook"),
        url=asked.url,
        occasions=tuple(asked.on or OCCASIONS),
        language=asked.language,
    )
    after = with_receiver(receivers, webhook)
    shown = ""
    if same is None and not is_given(webhook):
        secret = new_secret()
        Keys().keep(webhook, secret)
        shown = secret.reveal()  # the one time: whoever receives needs it to check
    save_receivers(home, after)
    reporter.result(
        {"name": webhook.name, "secret": shown},
        lambda console: _print_webhook(console, webhook, shown),
    )
    return Exit.DONE


def _print_webhook(console: Console, webhook: Webhook, shown: str) -> None:
    console.print(f"{webhook.name} is told. Try it: secondunit notify test {webhook.name}")
    if shown:
        console.print("Its secret, which is shown this once and checks the signature:")
        console.print(shown, markup=False, soft_wrap=True)


def _add_mail(home: Home, asked: Namespace, reporter: Reporter) -> Exit:
    receivers = load_receivers(home)
    mail = Mail(
        name=free_name(receivers, "mail"),
        to=tuple(asked.to),
        sender=asked.sender,
        smtp=asked.smtp or "",
        port=asked.port or PORTS[asked.security],
        security=asked.security,
        user=asked.user,
        ses_region=asked.ses or "",
        occasions=tuple(asked.on or OCCASIONS),
        language=asked.language,
    )
    after = with_receiver(receivers, mail)
    if mail.user and not is_given(mail):
        Keys().keep(mail, _typed_password(mail))
    save_receivers(home, after)
    said = f"{mail.name} is told. Try it: secondunit notify test {mail.name}"
    reporter.result({"name": mail.name}, lambda console: console.print(said, markup=False))
    return Exit.DONE


def _typed_password(mail: Mail) -> Secret:
    """Return the password as it is typed, or piped in; never from the command line."""
    if sys.stdin.isatty():
        return Secret(getpass.getpass(f"Password of {mail.user} at {mail.smtp}: "))
    return Secret(sys.stdin.readline().rstrip("\r\n"))


def _remove(home: Home, name: str, reporter: Reporter) -> Exit:
    receivers = load_receivers(home)
    receiver = _named(receivers, name)
    save_receivers(home, without_receiver(receivers, name))
    Outbox(home).forget(name)
    Keys().forget(receiver)
    reporter.result(
        {"removed": name}, lambda console: console.print(f"{name} is told no more.", markup=False)
    )
    return Exit.DONE


def _test(home: Home, name: str | None, reporter: Reporter) -> Exit:
    receivers = load_receivers(home)
    wanted = receivers.all if name is None else (_named(receivers, name),)
    if not wanted:
        raise RequestRefused(
            "Nobody is told yet.", "Add one with 'secondunit notify webhook' or '… mail'."
        )
    notifier = Notifier(home)
    told = []
    with reporter.doing("sending") as step:
        for number, receiver in enumerate(wanted):
            step(number, len(wanted), receiver.name)
            told.append(notifier.test(receiver))
    return _tell(told, reporter)


def _send(home: Home, reporter: Reporter) -> Exit:
    notifier = Notifier(home)
    notifier.hurry()
    with reporter.doing("sending"):
        told = notifier.send_due()
    return _tell(told, reporter)


def _tell(told: Sequence[Told], reporter: Reporter) -> Exit:
    def lines(console: Console) -> None:
        if not told:
            console.print("There was nothing to send.")
        for each in told:
            said = "was told" if each.state == "sent" else f"{each.sentence} {each.advice}"
            console.print(f"{each.receiver}: {said}", markup=False)

    reporter.result(tuple(told), lines)
    return Exit.DONE if all(each.state == "sent" for each in told) else Exit.FAILED


def _verify(asked: Namespace, reporter: Reporter) -> Exit:
    headers = {
        "webhook-id": asked.id,
        "webhook-timestamp": asked.timestamp,
        "webhook-signature": asked.signature,
    }
    prompt = "The webhook's secret: "
    typed = getpass.getpass(prompt) if sys.stdin.isatty() else sys.stdin.readline()
    message_id = verify(Secret(typed.strip()), headers, asked.body.read_bytes(), now_s=time.time())
    reporter.result({"id": message_id}, lambda console: console.print("It is genuine."))
    return Exit.DONE


def _named(receivers: Receivers, name: str) -> Receiver:
    found = receivers.named(name)
    if found is None:
        raise RequestRefused(
            f"Nobody called {name!r} is told.", "'secondunit notify list' shows who is."
        )
    return found


def _lines(home: Home) -> NotifyLines:
    deliveries = Outbox(home).list()
    return NotifyLines(
        tuple(receiver_line(each) for each in load_receivers(home).all),
        tuple(
            DeliveryLine(
                receiver=each.receiver,
                occasion=each.tiding.occasion,
                title=each.tiding.title,
                state=each.state,
                tries=each.tries,
                said=each.said,
            )
            for each in deliveries
        ),
    )


def receiver_line(each: Receiver) -> ReceiverLine:
    """Return a receiver as a list shows it."""
    if isinstance(each, Webhook):
        where = "/".join(each.url.split("/", 3)[:3]) + "/…"
    else:
        where = f"{', '.join(each.to)} through {each.smtp or f'SES in {each.ses_region}'}"
    return ReceiverLine(
        name=each.name,
        kind="webhook" if isinstance(each, Webhook) else "mail",
        where=where,
        occasions=each.occasions,
        language=each.language,
    )


def _print(console: Console, lines: NotifyLines) -> None:
    if not lines.receivers:
        console.print("Nobody is told; 'secondunit notify webhook URL' adds one.")
        return
    rows = [(r.name, r.where, ", ".join(r.occasions), r.language) for r in lines.receivers]
    console.print(table("", ("name", "where", "of what", "language"), rows))
    shown = lines.deliveries[:_SHOWN]
    if shown:
        rows = [(d.receiver, d.state, d.occasion, d.title) for d in shown]
        console.print()
        console.print(table("", ("to", "state", "occasion", "video"), rows))
    for each in shown:
        if each.said:
            console.print(f"{each.receiver}: {each.said} ({each.tries} tries)", markup=False)
