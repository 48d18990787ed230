"""Understand where a job can be watched: ``s3://bucket/prefix#job``, a folder, or a job here."""

from __future__ import annotations

import urllib.parse
from dataclasses import dataclass
from pathlib import Path

from orchestrator.errors import JobMissing, RequestRefused
from orchestrator.home import Home
from orchestrator.jobs import find_job
from remote_worker.config import StoreConfig
from remote_worker.contract.records import JobId

_HOW = (
    "Write s3://BUCKET/PREFIX#JOB (with ?endpoint=https://… for another service, ?region=… for "
    "another region), a store's folder with #JOB, or the id of a job of this machine."
)
_S3_ASKED = frozenset({"endpoint", "region"})


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
    return Address(StoreConfig(kind="folder", root=str(home.store)), found, text)


def address_of(store: StoreConfig, job_id: JobId) -> str:
    """Return the address of a job in a store, as :func:`parse_address` understands it."""
    if store.kind == "folder":
        return f"{store.root}#{job_id}"
    asked = {"endpoint": store.endpoint_url, "region": store.region}
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
    prefix = parts.path.strip("/")
    return StoreConfig(
        kind="s3",
        bucket=parts.netloc,
        prefix=f"{prefix}/" if prefix else "",
        region=asked.get("region", [""])[0],
        endpoint_url=asked.get("endpoint", [""])[0],
    )


def _unknown(text: str) -> RequestRefused:
    return RequestRefused(f"{text[:200]!r} is no address of a job.", _HOW)
