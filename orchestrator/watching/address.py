"""Understand where a job can be watched: ``s3://bucket/prefix#job``, a folder, or a job here."""

from __future__ import annotations

import contextlib
import urllib.parse
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from orchestrator.errors import JobMissing, RequestRefused
from orchestrator.home import Home
from orchestrator.jobs import find_job
from remote_worker.checkpoint import write_whole
from remote_worker.config import StoreConfig
from remote_worker.contract.records import JobId
from remote_worker.stores import Store
from remote_worker.stores.folder import FolderStore

Addressing = Literal["", "path", "virtual"]
_FILE = "address"
_HOW = (
    "Write s3://BUCKET/PREFIX#JOB (with ?endpoint=https://… for another service, ?region=… for "
    "another region, ?addressing=path where the bucket is no part of the host's name, ?ca=FILE of "
    "whose certificates are trusted), a store's folder with #JOB, or the id of a job of this "
    "machine."
)
_S3_ASKED = frozenset({"endpoint", "region", "addressing", "ca"})
_ADDRESSINGS = ("", "path", "virtual")


@dataclass(frozen=True, slots=True)
class Address:
    """Which store, and which job in it."""

    store: StoreConfig
    job_id: JobId | None
    """None: whichever job the store has, if it is only one."""
    text: str
    """As it is shown again."""


def parse_address(text: str, home: Home) -> Address:
    """Return what is meant by ``text``; nothing is asked of a store.

    Raises:
        RequestRefused: it is no address.
        JobMissing: it names a job of this machine that there is not.
    """
    place, _, job = text.partition("#")
    job_id = JobId(job) if job else None
    if "://" in place:
        return Address(_s3(place), job_id, text)
    if job_id is not None or Path(place).is_dir():
        if not place:
            raise _unknown(text)
        return Address(StoreConfig(kind="folder", root=str(Path(place).absolute())), job_id, text)
    try:
        found = find_job(home, place)
    except JobMissing as error:
        raise JobMissing(error.sentence, _HOW) from error
    noted = noted_address(home, found)
    if noted is not None:
        return parse_address(noted, home)
    return Address(StoreConfig(kind="folder", root=str(home.store)), found, text)


def config_of(store: Store) -> StoreConfig | None:
    """Return how another computer opens a store, or None where it cannot be told."""
    if isinstance(store, FolderStore):
        return StoreConfig(kind="folder", root=str(store.root))
    bucket = getattr(store, "bucket", None)  # its module needs the SDK, which takes long
    if bucket is None:
        return None
    return StoreConfig(
        kind="s3",
        bucket=bucket.name,
        prefix=bucket.prefix,
        region=bucket.region or "",
        endpoint_url=bucket.endpoint_url or "",
        addressing=cast(Addressing, bucket.addressing),
        ca_file=bucket.ca_file,
    )


def note_address(home: Home, job_id: JobId, store: Store) -> str | None:
    """Keep in a job's folder where it can be watched, and return that; None if nobody can tell."""
    config = config_of(store)
    if config is None:
        return None
    address = address_of(config, job_id)
    with contextlib.suppress(OSError):  # it is of use to people only
        write_whole(home.job(job_id) / _FILE, [address.encode()])
    return address


def noted_address(home: Home, job_id: JobId) -> str | None:
    """Return where a job that runs elsewhere can be watched, or None while nobody noted it."""
    try:
        text = (home.job(job_id) / _FILE).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return text if "#" in text else None


def address_of(store: StoreConfig, job_id: JobId) -> str:
    """Return the address of a job in a store, as :func:`parse_address` understands it."""
    if store.kind == "folder":
        return f"{store.root}#{job_id}"
    asked = {
        "endpoint": store.endpoint_url,
        "region": store.region,
        "addressing": store.addressing,
        "ca": store.ca_file,
    }
    query = urllib.parse.urlencode({name: value for name, value in asked.items() if value})
    place = f"s3://{store.bucket}/{store.prefix.strip('/')}".rstrip("/")
    return f"{place}{'?' if query else ''}{query}#{job_id}"


def _s3(place: str) -> StoreConfig:
    try:
        parts = urllib.parse.urlsplit(place)
        asked = urllib.parse.parse_qs(parts.query, strict_parsing=bool(parts.query))
    except ValueError as error:
        raise _unknown(place) from error
    if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or set(asked) - _S3_ASKED:
        raise _unknown(place)
    addressing = asked.get("addressing", [""])[0]
    if addressing not in _ADDRESSINGS:
        raise _unknown(place)
    prefix = parts.path.strip("/")
    return StoreConfig(
        kind="s3",
        bucket=parts.netloc,
        prefix=f"{prefix}/" if prefix else "",
        region=asked.get("region", [""])[0],
        endpoint_url=asked.get("endpoint", [""])[0],
        addressing=cast(Addressing, addressing),
        ca_file=asked.get("ca", [""])[0],
    )


def _unknown(text: str) -> RequestRefused:
    return RequestRefused(f"{text[:200]!r} is no address of a job.", _HOW)
