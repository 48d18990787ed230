"""Fetch one large file over HTTP: resumable, bounded in tries, checked, whole or not there.

Standard library only, as a fresh host has nothing else.
"""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import http.client
import ipaddress
import random
import shutil
import socket
import ssl
import threading
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from remote_worker.contract.records import Digest
from remote_worker.engines.facefusion.installation import ProvisionFailed

Share = Callable[[int, int | None], None]
"""Hears how many bytes of how many (None: nobody said) are there."""
_PART_BYTES = 1 << 18
_QUIET_S = 30.0
"""A server that sends nothing for so long is asked again."""
_TRIES = 6
"""In a row without one new byte; then the next address is tried."""
_TRIES_NAMELESS = 2
"""Where nobody knows the host's name there is no network, and waiting is long."""
_LONGEST_PAUSE_S = 20.0
_SPARE_BYTES = 64 << 20
_GONE = (401, 403, 404, 410, 451)
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT) if hasattr(errno, "EDQUOT") else (errno.ENOSPC,)


class NetworkFailed(ProvisionFailed):
    """Nobody sends the file; what had arrived is kept and used next time."""

    reason = "engine_network"
    retry = True
    advice = "Check the connection, or choose a mirror or a folder, then go on: nothing is lost."


class NotThere(NetworkFailed):
    """No address has the file."""

    reason = "engine_not_there"
    advice = "Choose another mirror, or a folder that holds the file, then go on."


class WrongFile(ProvisionFailed):
    """What was sent is another file than the one that is named; it was thrown away."""

    reason = "engine_wrong_file"
    advice = "Try another mirror. If it stays, the file was changed where it is published."


class NoSpace(ProvisionFailed):
    """The disk is full; what had arrived is kept."""

    reason = "engine_no_space"
    advice = "Free some space, then go on: what has arrived is used."


class Stopped(ProvisionFailed):
    """It was cancelled; what had arrived is kept."""

    reason = "engine_stopped"
    advice = "Go on whenever you like."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One file that is asked for."""

    file: str
    urls: tuple[str, ...]
    digest: Digest | None
    """None: it is held to ``crc32`` of ``crc_urls`` instead, and only over TLS."""
    about_bytes: int | None = None
    crc_urls: tuple[str, ...] = ()
    by_content: bool = False
    """Whether whoever asks checks what is in the file: an archive's bytes are nobody's word."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long one waits; tests wait less."""

    quiet_s: float = _QUIET_S
    tries: int = _TRIES
    longest_pause_s: float = _LONGEST_PAUSE_S


def download(
    wanted: Wanted,
    to: Path,
    parts: Path,
    share: Share,
    stop: threading.Event,
    patience: Patience | None = None,
) -> Digest:
    """Have the file at ``to``, whole and checked; return its digest.

    Args:
        wanted: what, and where it is asked for.
        to: where it goes; nothing is there before it is checked.
        parts: folder that keeps what has arrived, also over a kill; on the disk of ``to``.
        share: hears how far it is.
        stop: set from another thread to give up.
        patience: how long one waits.

    Raises:
        NetworkFailed: nobody sends it.
        WrongFile: it is another file.
        NoSpace: the disk is full.
        Stopped: ``stop`` was set.
    """
    parts.mkdir(parents=True, exist_ok=True)
    part = parts / f"{wanted.digest or 'unknown'}-{wanted.file}.part"
    line = _Line(wanted, part, share, stop, patience or Patience())
    for attempt in (1, 2):
        begun = part.exists()
        _from_anywhere(line)
        digest = _digests(line)
        if digest is not None:
            to.parent.mkdir(parents=True, exist_ok=True)
            part.replace(to)
            return digest
        part.unlink()
        if not begun or attempt == 2:  # a part of an earlier day may be another file's
            break
    raise WrongFile(f"{wanted.file} arrived, but it is not the file it should be.")


def crc32_of(path: Path) -> str:
    """Return a file's CRC32 as FaceFusion writes it: eight hex digits."""
    value = 0
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            value = zlib.crc32(data, value)
    return format(value, "08x")


def require_space(folder: Path, needed_bytes: int) -> None:
    """Return when the disk of ``folder`` has room for so much more.

    Raises:
        NoSpace: it has not.
    """
    free_bytes = shutil.disk_usage(folder).free
    if free_bytes < needed_bytes + _SPARE_BYTES:
        raise NoSpace(
            f"FaceFusion needs about {(needed_bytes >> 20) + 1} MiB more in {folder}, "
            f"which has {free_bytes >> 20} MiB free."
        )


@contextlib.contextmanager
def full_disk_named(what: str) -> Iterator[None]:
    """Name a full disk; other faults of the system pass.

    Raises:
        NoSpace: there is no room for ``what``.
    """
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise NoSpace(f"There is no room on the disk for {what}.") from error
        raise


@dataclass(frozen=True, slots=True)
class _Line:
    wanted: Wanted
    part: Path
    share: Share
    stop: threading.Event
    patience: Patience

    def have(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    def require_going(self) -> None:
        if self.stop.is_set():
            raise Stopped(f"The download of {self.wanted.file} was stopped.")


def _from_anywhere(line: _Line) -> None:
    """Bring the part to its full length from the first address that sends it."""
    if not line.wanted.urls:
        raise NotThere(f"{line.wanted.file} is not where it was looked for.")
    failures: list[NetworkFailed] = []
    for url in line.wanted.urls:
        try:
            return _from_one(line, url)
        except NetworkFailed as error:
            failures.append(error)
    kind = NotThere if all(isinstance(each, NotThere) for each in failures) else NetworkFailed
    raise kind(" ".join(dict.fromkeys(each.sentence for each in failures)))


def _from_one(line: _Line, url: str) -> None:
    host, tries = _require_safe(line.wanted, url), 0
    while True:
        line.require_going()
        had, nameless = line.have(), False
        try:
            if _send(line, url):
                return
            why = "it ended too soon"
        except urllib.error.HTTPError as error:
            error.close()
            if error.code == 416:  # we have all of it, or more than there is
                if error.headers.get("Content-Range", "").rpartition("/")[2] == str(had):
                    return
                line.part.unlink(missing_ok=True)
            elif error.code in _GONE:
                raise NotThere(f"{host} does not have {line.wanted.file} ({error.code}).") from None
            why = f"it answers {error.code}"
        except (OSError, http.client.HTTPException) as error:
            if isinstance(error, OSError) and error.errno in _NO_ROOM:
                raise NoSpace(f"There is no room on the disk for {line.wanted.file}.") from error
            why = str(getattr(error, "reason", error)) or type(error).__name__
            nameless = isinstance(getattr(error, "reason", error), socket.gaierror)
        tries = 1 if line.have() > had else tries + 1
        if tries >= (_TRIES_NAMELESS if nameless else line.patience.tries):
            raise NetworkFailed(f"{host} does not send {line.wanted.file}: {why}.")
        _pause(line, tries)


def _pause(line: _Line, tries: int) -> None:
    pause_s = min(line.patience.longest_pause_s, 0.5 * 2**tries)
    line.stop.wait(random.uniform(pause_s / 2, pause_s))  # noqa: S311  # jitter, no secret


def _send(line: _Line, url: str) -> bool:
    """Add what the server sends to the part; return whether that is all of it."""
    had = line.have()
    headers = {"User-Agent": "SecondUnit", "Accept-Encoding": "identity"}
    headers |= {"Range": f"bytes={had}-"} if had else {}
    request = urllib.request.Request(url, headers=headers)  # noqa: S310  # _require_safe saw it
    wait_s, trust = line.patience.quiet_s, _trust()
    with urllib.request.urlopen(request, timeout=wait_s, context=trust) as answer:  # noqa: S310  # as above
        _require_safe(line.wanted, answer.geturl())
        if had and answer.status != 206:
            had = 0  # it knows no ranges, and begins anew
        total = _total(answer, had)
        if total is not None:
            require_space(line.part.parent, total - had)
        with line.part.open("ab" if had else "wb") as file:
            while data := _read(answer):
                line.require_going()
                file.write(data)
                file.flush()  # what a kill leaves is what was told
                had += len(data)
                line.share(had, total or line.wanted.about_bytes)
    return total is None or had >= total


@functools.cache
def _trust() -> ssl.SSLContext:
    """Return what certificates are held to: the system's, with certifi's where that is there."""
    context = ssl.create_default_context()
    with contextlib.suppress(ImportError, OSError):  # some Pythons on desktops know none
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _read(answer: http.client.HTTPResponse) -> bytes:
    try:
        return answer.read1(_PART_BYTES)
    except http.client.IncompleteRead as error:
        return error.partial


def _total(answer: http.client.HTTPResponse, had: int) -> int | None:
    span = answer.headers.get("Content-Range", "")
    if answer.status == 206 and "/" in span:
        told = span.rpartition("/")[2]
        return int(told) if told.isdigit() else None
    length = answer.headers.get("Content-Length", "")
    return had + int(length) if length.isdigit() else None


def _digests(line: _Line) -> Digest | None:
    """Return the part's digest when it is the wanted file; None when it is another."""
    with line.part.open("rb") as file:
        digest = Digest(hashlib.file_digest(file, "sha256").hexdigest())
    if line.wanted.digest is not None:
        return digest if digest == line.wanted.digest else None
    if line.wanted.by_content:
        return digest
    return digest if crc32_of(line.part) == _published_crc(line) else None


def _published_crc(line: _Line) -> str:
    """Return the CRC32 that is published for the file.

    Raises:
        NetworkFailed: nobody says it; the file cannot be trusted then.
    """
    small = line.part.with_name(f"{line.part.name}.crc")
    for url in line.wanted.crc_urls:
        about = Wanted(file=f"{line.wanted.file}.hash", urls=(url,), digest=None)
        small.unlink(missing_ok=True)
        with contextlib.suppress(NetworkFailed):  # the next place may have it
            _from_one(_Line(about, small, _unheard, line.stop, line.patience), url)
            told = small.read_text(encoding="ascii", errors="replace").strip().lower()
            small.unlink()
            if len(told) == 8:
                return told
    raise NetworkFailed(f"Nobody says the checksum of {line.wanted.file}, so it is not used.")


def _unheard(have: int, total: int | None) -> None:
    del have, total


def _require_safe(wanted: Wanted, url: str) -> str:
    """Return the host of an address that may be asked.

    A file whose digest is known may come from anywhere.  One that is held to a published
    checksum only may not be changed on the way, so it comes over TLS (or from this machine).

    Raises:
        NetworkFailed: the address is of another kind.
    """
    told = urllib.parse.urlsplit(url)
    safe = told.scheme == "https" or (told.scheme == "http" and _is_here(told.hostname or ""))
    if safe or (told.scheme == "http" and wanted.digest is not None):
        return told.netloc
    raise NetworkFailed(
        f"{told.scheme}://{told.netloc} is not a place {wanted.file} may come from."
    )


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
