"""Know who may ask: bearer tokens of which only digests are kept."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import threading
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from orchestrator.errors import NotSaved, RequestRefused, SettingsRefused
from orchestrator.home import Home
from orchestrator.secrets import Secret
from remote_worker.checkpoint import write_whole
from remote_worker.contract.coding import ContractError, canonical, from_text

_TOKEN = re.compile(r"su_(?P<id>[0-9a-f]{12})_(?P<key>[A-Za-z0-9_-]{43})")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}")
_NOBODY = "0" * 64
MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One token as it is kept; it cannot be found out from this."""

    token_id: str
    name: str
    """Whose it is: all tokens of one name see the same renders."""
    digest: str
    """SHA-256 of its secret half, which is 256 random bits: nothing slower is needed."""
    made_at: str
    """UTC, ISO 8601."""
    places: tuple[str, ...] = ()
    """Where renders may be asked for with it, such as ``here`` or ``aws:us-east-2``; none: at
    all places that the server offers."""


@dataclass(frozen=True, slots=True)
class _Kept:
    version: int = 1
    tokens: tuple[Token, ...] = ()


class Tokens:
    """The tokens in a home's file, which is read again when it changed."""

    def __init__(self, home: Home) -> None:
        """Use the file in ``home``."""
        self._path = served_folder(home) / "tokens.json"
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._tokens: dict[str, Token] = {}

    def all(self) -> tuple[Token, ...]:
        """Return all tokens, the oldest first.

        Raises:
            SettingsRefused: the file cannot be read; nobody is let in.
        """
        return self._read().tokens

    def make(self, name: str, places: tuple[str, ...] = ()) -> Secret:
        """Return a new token for ``name``, good for ``places``; it is not shown again.

        Raises:
            RequestRefused: the name is none, or there are too many.
            NotSaved: it could not be written.
        """
        if not _NAME.fullmatch(name):
            raise RequestRefused(f"{name[:70]!r} cannot be a name.", "Use letters and digits.")
        token_id, key = secrets.token_hex(6), secrets.token_urlsafe(32)
        made = Token(
            token_id=token_id,
            name=name,
            digest=_digest(key),
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            places=places,
        )
        kept = self._read()
        if len(kept.tokens) >= MOST:
            raise RequestRefused(f"There are {MOST} tokens.", "Revoke some first.")
        self._write(replace(kept, tokens=(*kept.tokens, made)))
        return Secret(f"su_{token_id}_{key}")

    def revoke(self, token_id: str) -> Token:
        """Let a token open nothing any more, at once; return which it was.

        Raises:
            RequestRefused: there is none of this id.
            NotSaved: it could not be written; the token still opens.
        """
        kept = self._read()
        gone = next((each for each in kept.tokens if each.token_id == token_id), None)
        if gone is None:
            raise RequestRefused(
                f"There is no token {token_id[:20]!r}.", "'secondunit serve tokens' lists them."
            )
        left = tuple(each for each in kept.tokens if each is not gone)
        self._write(replace(kept, tokens=left))
        return gone

    def who(self, offered: str) -> Token | None:
        """Return whose token this is, or None; it takes as long for a wrong one as for a right.

        Raises:
            SettingsRefused: the file cannot be read; nobody is let in.
        """
        found = _TOKEN.fullmatch(offered)
        token_id, key = (found["id"], found["key"]) if found is not None else ("", "")
        token = self._known().get(token_id)
        wanted = token.digest if token is not None else _NOBODY
        is_right = hmac.compare_digest(wanted, _digest(key))
        return token if is_right and token is not None else None

    def _known(self) -> dict[str, Token]:
        """Return the tokens by id; one that was revoked elsewhere opens nothing from then on."""
        with self._lock:
            stamp = _stamp(self._path)
            if stamp is None or stamp != self._seen:
                self._tokens = {each.token_id: each for each in self._read().tokens}
                self._seen = stamp
            return self._tokens

    def _read(self) -> _Kept:
        try:
            return from_text(_Kept, self._path.read_bytes())
        except FileNotFoundError:
            return _Kept()
        except (OSError, ContractError) as error:
            raise SettingsRefused(
                f"The tokens cannot be read ({getattr(error, 'reason', error)}).",
                f"Move {self._path} away and make new ones; it was left as it is.",
            ) from error

    def _write(self, kept: _Kept) -> None:
        try:
            write_whole(self._path, [canonical(kept).encode()])
        except OSError as error:
            raise NotSaved(
                f"The tokens could not be written ({error.strerror or error}).",
                "Check the disk, then try again.",
            ) from error


def served_folder(home: Home) -> Path:
    """Return the folder of everything that came, or is given out, over HTTP."""
    folder = home.root / "served"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_mtime_ns, facts.st_ino
