"""Keep who is told of what: addresses in a file of their own, secrets in the password store."""

from __future__ import annotations

import ipaddress
import re
import urllib.parse
from dataclasses import dataclass, replace
from email.utils import getaddresses
from pathlib import Path
from typing import Literal

from orchestrator.errors import NotSaved, RequestRefused, SettingsRefused
from orchestrator.home import Home
from orchestrator.notify.tidings import OCCASIONS, Occasion
from orchestrator.notify.words import MailLanguage
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text

Security = Literal["starttls", "tls", "none"]
PORTS: dict[Security, int] = {"starttls": 587, "tls": 465, "none": 25}
_FILE = "notify.json"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_ADDRESS = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+")
_LONGEST_URL = 2000
MOST = 20
"""Receivers in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """A program that is told by HTTPS."""

    name: str
    url: str
    occasions: tuple[Occasion, ...] = OCCASIONS
    language: MailLanguage = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """People who are told by e-mail."""

    name: str
    to: tuple[str, ...]
    sender: str
    smtp: str = ""
    """Host of the mail server; empty: through SES in ``ses_region``."""
    port: int = 587
    security: Security = "starttls"
    user: str = ""
    """At the mail server; empty: no password is sent."""
    ses_region: str = ""
    occasions: tuple[Occasion, ...] = OCCASIONS
    language: MailLanguage = "en"


Receiver = Webhook | Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class Receivers:
    """Everybody who is told."""

    version: int = 1
    webhooks: tuple[Webhook, ...] = ()
    mails: tuple[Mail, ...] = ()

    @property
    def all(self) -> tuple[Receiver, ...]:
        """Webhooks, then mails."""
        return (*self.webhooks, *self.mails)

    def named(self, name: str) -> Receiver | None:
        """Return one by name, or None."""
        return next((each for each in self.all if each.name == name), None)

    def wishing(self, occasion: Occasion) -> tuple[Receiver, ...]:
        """Return those who asked to be told of this."""
        return tuple(each for each in self.all if occasion in each.occasions)


def receivers_path(home: Home) -> Path:
    """Return where receivers are kept."""
    return home.root / _FILE


def load_receivers(home: Home) -> Receivers:
    """Return everybody who is told; nobody where nothing is set.

    Raises:
        SettingsRefused: the file is a newer version's, or damaged; it is left as it is.
    """
    try:
        return from_text(Receivers, receivers_path(home).read_bytes())
    except FileNotFoundError:
        return Receivers()
    except (OSError, ContractError) as error:
        raise SettingsRefused(
            f"Who is to be notified cannot be read ({getattr(error, 'reason', error)}).",
            f"Move {_FILE} away to begin anew; it was left as it is.",
        ) from error


def save_receivers(home: Home, receivers: Receivers) -> None:
    """Write who is told, in one durable step.

    Raises:
        NotSaved: it could not be written; what was there is untouched.
    """
    try:
        write_whole(receivers_path(home), [canonical(receivers).encode()])
    except OSError as error:
        raise NotSaved(
            f"Who is to be notified could not be written ({error.strerror or error}).",
            "Check the disk, then set it again.",
        ) from error


def with_receiver(receivers: Receivers, one: Receiver) -> Receivers:
    """Return ``receivers`` with one more, or another in place of the one of that name.

    Raises:
        RequestRefused: it cannot be told that way, or there are too many.
    """
    _require_sound(one)
    others = without_receiver(receivers, one.name)
    if len(others.all) >= MOST:
        raise RequestRefused(f"There are {MOST} receivers already.", "Remove one first.")
    if isinstance(one, Webhook):
        return replace(others, webhooks=(*others.webhooks, one))
    return replace(others, mails=(*others.mails, one))


def without_receiver(receivers: Receivers, name: str) -> Receivers:
    """Return ``receivers`` without the one of that name."""
    return replace(
        receivers,
        webhooks=tuple(each for each in receivers.webhooks if each.name != name),
        mails=tuple(each for each in receivers.mails if each.name != name),
    )


def free_name(receivers: Receivers, kind: Literal["webhook", "mail"]) -> str:
    """Return a name that nobody has."""
    taken = {each.name for each in receivers.all}
    return next(name for n in range(1, MOST + 2) if (name := f"{kind}-{n}") not in taken)


def secret_name(receiver: Receiver) -> str:
    """Return under which name the receiver's secret is kept in the password store."""
    return f"notify-{receiver.name}"


def needs_secret(receiver: Receiver) -> bool:
    """Return whether nothing can be told without a secret."""
    return isinstance(receiver, Webhook) or bool(receiver.user)


def is_loopback(host: str) -> bool:
    """Return whether a host is this computer, by its name alone."""
    if host.lower() in ("localhost", "localhost."):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _require_sound(one: Receiver) -> None:
    if not _NAME.fullmatch(one.name):
        raise RequestRefused(f"{one.name!r} cannot be a name.", "Use a to z, 0 to 9 and dashes.")
    if not one.occasions:
        raise RequestRefused("It is told of nothing.", "Choose at least one occasion.")
    if isinstance(one, Webhook):
        require_url(one.url)
    else:
        _require_mail(one)


def require_url(url: str) -> urllib.parse.SplitResult:
    """Return the parts of an address that a webhook may go to.

    Raises:
        RequestRefused: it is none, is not encrypted, or holds a password.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        port_is_sound = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_is_sound = urllib.parse.urlsplit(""), False
    is_url = parts.scheme in ("https", "http") and bool(parts.hostname) and port_is_sound
    if not is_url or len(url) > _LONGEST_URL or not url.isprintable() or " " in url:
        raise RequestRefused("This is no web address.", "Write https:// and the rest of it.")
    if parts.username is not None or parts.password is not None:
        raise RequestRefused(
            "The address holds a user or a password.",
            "Leave it out: each message is signed, so the receiver knows who sent it.",
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise RequestRefused(
            "Messages go out encrypted only.", "Use https://; http:// is for this computer alone."
        )
    return parts


def _require_mail(mail: Mail) -> None:
    if not mail.to or not mail.sender:
        raise RequestRefused(
            "It is not clear who writes to whom.", "Name at least one receiver, and the sender."
        )
    for address in (*mail.to, mail.sender):
        if not _is_one_address(address):
            raise RequestRefused(f"{address!r} is no mail address.", "Write name@example.org.")
    if bool(mail.smtp) == bool(mail.ses_region):
        raise RequestRefused(
            "It is not clear how mail goes out.", "Name a mail server, or a region of SES."
        )
    if mail.smtp and not 1 <= mail.port <= 65535:
        raise RequestRefused(f"{mail.port} is no port.", "587 and 465 are usual.")
    if mail.user and mail.security == "none":
        raise RequestRefused(
            "A password is never sent unencrypted.", "Choose STARTTLS or TLS, or no user."
        )


def _is_one_address(text: str) -> bool:
    found = getaddresses([text])
    return len(found) == 1 and bool(_ADDRESS.fullmatch(found[0][1])) and text.isprintable()
