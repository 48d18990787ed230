"""Hold one line to one instance: strict about whom it speaks to, and never waiting for ever."""

from __future__ import annotations

import base64
import contextlib
import io
import re
import shlex
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

import paramiko
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from orchestrator.cloud_errors import ChannelBroken, CommandFailed, HostKeyMismatch

KEY_TYPE = "ssh-ed25519"
CONNECT_S = 15.0
COMMAND_S = 60.0
_PART_BYTES = 1 << 15
_LAST_WORDS_BYTES = 2000
_STATUS_S = 5.0
_NO_STATUS = -1
"""What paramiko tells of a command whose line was cut."""
_KEEPALIVE = (("TCP_KEEPIDLE", 5), ("TCP_KEEPINTVL", 2), ("TCP_KEEPCNT", 3))
"""A cut line is noticed after about 11 s; nothing else than this and a heartbeat notices one."""
_USER_TIMEOUT_MS = 20_000
_WORD = re.compile(r"[A-Za-z0-9_./:=@%+,-]+")
"""What a word of a command may be: ids and paths that the app makes, never a user's text."""
_ONLY = {
    "keys": [
        "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512",
        "rsa-sha2-256", "ssh-rsa",
    ],
    "ciphers": ["aes128-cbc", "aes192-cbc", "aes256-cbc", "3des-cbc"],
    "macs": [
        "hmac-sha1", "hmac-md5", "hmac-sha1-96", "hmac-md5-96", "hmac-sha2-256-etm@openssh.com",
        "hmac-sha2-512-etm@openssh.com",
    ],
}  # fmt: skip
"""Turned off: old signatures and ciphers, and what Terrapin (CVE-2023-48795) breaks."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """A job's own key, in memory only; ``repr`` shows no secret."""

    private_pem: str
    public_line: str
    """As in ``authorized_keys``."""

    def __repr__(self) -> str:
        return f"KeyPair({self.public_line})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """Where an instance is reached, and the one key that it must show."""

    host: str
    instance_id: str
    """What the key was published for; named in errors, so that a reused address is seen."""
    host_key: str
    """As in ``known_hosts``: type and base64."""
    user: str = "ubuntu"
    port: int = 22


def new_key_pair() -> KeyPair:
    """Return a fresh Ed25519 key pair."""
    return _pair_of(Ed25519PrivateKey.generate())


def key_pair_of(private_pem: str) -> KeyPair:
    """Return the key pair of a private key as :func:`new_key_pair` gave it.

    Raises:
        ValueError: it is no Ed25519 key.
    """
    key = serialization.load_ssh_private_key(private_pem.encode(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 key")
    return KeyPair(private_pem, _pair_of(key).public_line)


def _pair_of(key: Ed25519PrivateKey) -> KeyPair:
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.OpenSSH,
        serialization.NoEncryption(),
    )
    line = key.public_key().public_bytes(
        serialization.Encoding.OpenSSH, serialization.PublicFormat.OpenSSH
    )
    return KeyPair(pem.decode(), line.decode())


def parse_host_key(line: str) -> paramiko.PKey:
    """Return the Ed25519 host key on a line such as ``ssh-ed25519 AAAA...``.

    Raises:
        HostKeyMismatch: it is no such key.
    """
    kind, _, rest = line.strip().partition(" ")
    try:
        if kind != KEY_TYPE:
            raise ValueError(kind)
        blob = base64.b64decode(rest.split()[0], validate=True)
        return paramiko.PKey.from_type_string(KEY_TYPE, blob)
    except (ValueError, IndexError, paramiko.SSHException) as error:
        raise HostKeyMismatch(
            "What was published as the instance's key is no Ed25519 key.",
            "The instance is given up and another one is asked for.",
        ) from error


class Channel:
    """One connection to one instance; made anew for each, closed once, used from any thread."""

    def __init__(self, door: Door, key: KeyPair, *, connect_s: float = CONNECT_S) -> None:
        """Connect, or fail within about ``connect_s``.

        Raises:
            HostKeyMismatch: whoever answers has another key; nothing was sent to it.
            ChannelBroken: nobody answers, or our key is refused.
        """
        self.door = door
        self._client = paramiko.SSHClient()
        known = self._client.get_host_keys()
        known.add(_known_name(door), KEY_TYPE, parse_host_key(door.host_key))
        with _named(door):
            line = socket.create_connection((door.host, door.port), timeout=connect_s)
            try:
                _keep_alive(line)
                self._client.connect(
                    door.host,
                    port=door.port,
                    username=door.user,
                    pkey=paramiko.Ed25519Key.from_private_key(io.StringIO(key.private_pem)),
                    sock=line,
                    timeout=connect_s,
                    banner_timeout=connect_s,
                    auth_timeout=connect_s,
                    channel_timeout=connect_s,
                    compress=True,
                    allow_agent=False,
                    look_for_keys=False,
                    disabled_algorithms=_ONLY,
                )
            except BaseException:
                self._client.close()
                line.close()
                raise

    def run(
        self,
        argv: Sequence[str],
        *,
        timeout_s: float = COMMAND_S,
        silence_s: float | None = None,
    ) -> bytes:
        """Run a command of the app's own words; return what it wrote.

        With ``silence_s`` the command has to write something at least that often.

        Raises:
            ValueError: a word is not one that the app makes.
            ChannelBroken: it failed, or gave no answer in time.
        """
        give_up_s = time.monotonic() + timeout_s
        with _named(self.door), contextlib.closing(self._open(argv)) as session:
            session.shutdown_write()
            said = bytearray()
            while part := self._recv(session, give_up_s, silence_s or timeout_s):
                said += part
            status = session.recv_exit_status()
            if status != 0:
                words = session.recv_stderr(_LAST_WORDS_BYTES).decode("utf-8", "replace")
                raise CommandFailed(
                    f"Instance {self.door.instance_id} could not do what it was asked: {argv[0]}"
                    f" ended with status {status}: {words.strip()}",
                    "It is tried again, or another instance is asked for.",
                    status,
                )
            return bytes(said)

    def put(self, data: bytes, to: PurePosixPath) -> None:
        """Write a file on the instance, whole or not there.

        Raises:
            ValueError: the path is not one that the app makes.
            ChannelBroken: it could not be written.
        """
        name = _word(str(to))
        with _named(self.door), self._client.open_sftp() as sftp:
            sftp.get_channel().settimeout(COMMAND_S)
            with sftp.open(f"{name}.part", "wb") as file:
                file.set_pipelined(True)
                file.write(data)
            sftp.chmod(f"{name}.part", 0o600)
            sftp.posix_rename(f"{name}.part", name)

    def open_line(self, argv: Sequence[str]) -> Line:
        """Start a command that is spoken with for long; one line at a time is usual.

        Raises:
            ValueError: a word is not one that the app makes.
            ChannelBroken: it could not be started.
        """
        with _named(self.door):
            return Line(self._open(argv), self.door)

    def close(self) -> None:
        """Hang up; safe to perform twice."""
        self._client.close()

    def _open(self, argv: Sequence[str]) -> paramiko.Channel:
        command = shlex.join(_word(word) for word in argv)
        transport = self._client.get_transport()
        if transport is None:
            raise EOFError("the line is closed")
        session = transport.open_session(timeout=CONNECT_S)
        session.settimeout(COMMAND_S)
        session.exec_command(command)
        return session

    def _recv(self, session: paramiko.Channel, give_up_s: float, silence_s: float) -> bytes:
        left_s = min(silence_s, give_up_s - time.monotonic())
        if left_s <= 0:
            raise TimeoutError("no answer in time")
        session.settimeout(left_s)
        return bytes(session.recv(_PART_BYTES))


class Line:
    """A running command: bytes come from it and words go to it."""

    def __init__(self, session: paramiko.Channel, door: Door) -> None:
        self._session, self._door = session, door
        self._writing = threading.Lock()

    def parts(self, silence_s: float) -> Iterator[bytes]:
        """Yield what comes, until the command ends.

        Raises:
            ChannelBroken: the line broke, or nothing came for ``silence_s``.
        """
        with _named(self._door):
            self._session.settimeout(silence_s)
            while part := self._session.recv(_PART_BYTES):
                yield bytes(part)
            if self.exit_status() is None:
                raise EOFError("the line was cut")

    def exit_status(self) -> int | None:
        """Return how the command ended; None when the line broke before."""
        if not self._session.status_event.wait(_STATUS_S):
            return None
        status = int(self._session.recv_exit_status())
        return None if status == _NO_STATUS else status

    def say(self, words: bytes) -> None:
        """Send ``words`` to the command.

        Raises:
            ChannelBroken: the line broke.
        """
        with _named(self._door), self._writing:
            self._session.sendall(words)

    def close(self) -> None:
        """End the command's input and hang up; safe to perform twice, from any thread."""
        with contextlib.suppress(paramiko.SSHException, EOFError, OSError):
            self._session.close()  # it is closed here even where the other side cannot be told


def _word(word: str) -> str:
    if not _WORD.fullmatch(word) or ".." in word:
        raise ValueError(f"{word[:60]!r} is no word of the app's own")
    return word


def _known_name(door: Door) -> str:
    return door.host if door.port == 22 else f"[{door.host}]:{door.port}"


def _keep_alive(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _KEEPALIVE:
        if hasattr(socket, name):  # each system has its own few
            line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)


@contextlib.contextmanager
def _named(door: Door) -> Iterator[None]:
    try:
        yield
    except paramiko.BadHostKeyException as error:
        raise HostKeyMismatch(
            f"Whoever answers at {door.host} is not instance {door.instance_id}.",
            "Nothing was sent there. The instance is given up and another one is asked for.",
        ) from error
    except paramiko.AuthenticationException as error:
        raise _broken(door, "it refuses the job's key") from error
    except (paramiko.SSHException, EOFError, OSError) as error:
        raise _broken(door, str(error) or type(error).__name__) from error


def _broken(door: Door, why: str) -> ChannelBroken:
    return ChannelBroken(
        f"The line to instance {door.instance_id} broke: {why}.",
        "Its work goes on; the line is laid again by itself.",
    )
