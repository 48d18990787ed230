"""Remember how one signs in to AWS and what may be spent there; no secret is among it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from orchestrator.cloud_errors import CredentialsMissing
from orchestrator.errors import NotSaved, SettingsRefused
from orchestrator.fleet.ec2.clients import Clients
from orchestrator.fleet.ec2.setup import Account, who_am_i
from orchestrator.fleet.ec2.sign_in import (
    Way,
    session_of,
    way_of_plain,
    way_to_plain,
)
from orchestrator.home import Home
from orchestrator.secrets import Secrets
from orchestrator.transfer.bandwidth import LINE
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, from_plain, to_plain

VERSION = 1
_FILE = "cloud.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may be spent, and what is done when spot cannot be had."""

    job_usd: Decimal | None = None
    """Most that one job may cost; None: no cap but the month's."""
    month_usd: Decimal | None = None
    """Most that all jobs of a calendar month (UTC) may cost."""
    instances: int = 2
    """Instances side by side, at most."""
    fall_back: bool = False
    """Whether an on-demand instance is taken when spot has none in time."""
    up_mbit_per_s: Decimal | None = None
    down_mbit_per_s: Decimal | None = None
    """What this machine may send and receive for rented ones; None: all that the line takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloudSettings:
    """What is chosen of the user's account, on this machine."""

    version: int = VERSION
    region: str = ""
    """Where work is done; empty until one is chosen."""
    regions_used: tuple[str, ...] = ()
    """Everywhere that anything was ever made: what a sweep looks through."""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class Cloud:
    """The settings and the way to sign in, as they lie in one file."""

    settings: CloudSettings
    way: Way | None
    """None until one was chosen."""


@dataclass(frozen=True, slots=True)
class Signed:
    """An account that answers to the chosen sign-in."""

    clients: Clients
    account: Account
    settings: CloudSettings


def cloud_path(home: Home) -> Path:
    """Return where the choice lies."""
    return home.root / _FILE


def load_cloud(home: Home) -> Cloud:
    """Return what was chosen; nothing yet where there is no file.

    Raises:
        SettingsRefused: it cannot be read, or a newer version wrote it; it is left as it is.
    """
    try:
        plain = json.loads(cloud_path(home).read_bytes())
    except FileNotFoundError:
        return Cloud(CloudSettings(), None)
    except (OSError, ValueError) as error:
        raise _unreadable() from error
    if not isinstance(plain, dict) or plain.get("version") != VERSION:
        raise _unreadable()
    return _cloud(plain)


def save_cloud(home: Home, cloud: Cloud) -> None:
    """Write the choice in one durable step.

    Raises:
        NotSaved: it could not be written; what was there is untouched.
    """
    plain = to_plain(cloud.settings)
    plain["sign_in"] = way_to_plain(cloud.way) if cloud.way is not None else None
    try:
        home.root.mkdir(parents=True, exist_ok=True)
        write_whole(cloud_path(home), [(json.dumps(plain, indent=1) + "\n").encode()])
    except OSError as error:
        raise NotSaved(
            f"The choice of account could not be written ({error.strerror}).", "Check the disk."
        ) from error


def change(home: Home, how: Callable[[CloudSettings], CloudSettings]) -> CloudSettings:
    """Change the settings in the file and return them.

    Raises:
        SettingsRefused, NotSaved: see :func:`load_cloud` and :func:`save_cloud`.
    """
    cloud = load_cloud(home)
    changed = replace(cloud, settings=how(cloud.settings))
    if changed != cloud:
        save_cloud(home, changed)
    return changed.settings


def note_region(home: Home, region: str) -> None:
    """Remember, before anything is made in a region, that a sweep has to look there.

    Raises:
        SettingsRefused, NotSaved: nothing may be made there then.
    """
    change(home, lambda now: replace(now, regions_used=_with(now.regions_used, region)))


def sign_in(home: Home, secrets: Secrets, *, region: str = "") -> Signed:
    """Return the account of the chosen sign-in, asked who it is.

    Raises:
        CloudError: nobody is signed in, no region is chosen, or AWS does not answer.
        SettingsRefused, SecretsUnavailable: the choice or the keys cannot be read.
    """
    cloud = load_cloud(home)
    if cloud.way is None:
        raise CredentialsMissing(
            "No AWS account is connected yet.", "Connect one: 'secondunit cloud sign-in'."
        )
    return signed_by(cloud.way, cloud.settings, secrets, region=region)


def signed_by(way: Way, settings: CloudSettings, secrets: Secrets, *, region: str = "") -> Signed:
    """Return the account that answers to ``way``.

    Raises:
        CloudError: it does not work, no region is chosen, or AWS does not answer.
        SecretsUnavailable: the keys cannot be read.
    """
    LINE.limit(settings.limits.up_mbit_per_s, settings.limits.down_mbit_per_s)
    session = session_of(way, region or settings.region, secrets)
    chosen = session.region_name
    if not chosen:
        raise CredentialsMissing(
            "No AWS region is chosen.", "Name one, such as --region us-east-2."
        )
    clients = Clients(session, chosen)
    return Signed(clients, who_am_i(clients), replace(settings, region=chosen))


def _cloud(plain: dict[str, Any]) -> Cloud:
    told = plain.pop("sign_in", None)
    try:
        settings = from_plain(CloudSettings, plain)
    except ContractError as error:
        raise _unreadable() from error
    return Cloud(settings, way_of_plain(told) if told is not None else None)


def _unreadable() -> SettingsRefused:
    return SettingsRefused(
        "The choice of AWS account cannot be read, or a newer version wrote it.",
        f"Move {_FILE} away and sign in again; then sweep, as regions may be forgotten.",
    )


def _with(regions: tuple[str, ...], region: str) -> tuple[str, ...]:
    return regions if region in regions else (*regions, region)
