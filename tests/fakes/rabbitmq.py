"""Run the system's own RabbitMQ on a port of this machine, in a folder that a test knows."""

from __future__ import annotations

import contextlib
import datetime
import ipaddress
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pika
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pika.exceptions import AMQPError

from remote_worker.queues.rabbitmq import RabbitPlace

_SERVER = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")
_EPMD = shutil.which("epmd")
_START_S = 90.0


def why_not() -> str:
    """Return why there can be no server here; empty when there can."""
    if sys.platform == "win32":
        return "Windows has no RabbitMQ of this kind"
    return "" if _SERVER.exists() and _EPMD else "Debian's rabbitmq-server is not installed"


class Peers:
    """What the servers of one cluster share: their names, a cookie, and who knows their ports."""

    def __init__(self, count: int) -> None:
        stem = secrets.token_hex(4)
        self.names = [f"n{stem}-{number}@localhost" for number in range(count)]
        self._left = list(self.names)
        self.cookie = secrets.token_hex(10).upper()
        self.password = secrets.token_urlsafe(12) + "/@:%"
        self.port = _free_port()
        self._epmd = subprocess.Popen(
            [str(_EPMD), "-port", str(self.port), "-address", "127.0.0.1"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def take_name(self) -> str:
        return self._left.pop(0)

    def close(self) -> None:
        self._epmd.kill()
        self._epmd.wait(30)


class RabbitServer:
    """A server that a test may stop, freeze and start again; its data stays in between."""

    def __init__(self, folder: Path, *, peers: Peers | None = None, **more: str) -> None:
        """Run in ``folder``; ``more`` are settings of the server's."""
        self.folder, self._more = folder, more
        folder.mkdir(parents=True)
        self.port, self.tls_port = _free_port(), _free_port()
        self._dist_port = _free_port()
        self._peers = peers or Peers(1)
        self.user, self.password = "studio", self._peers.password
        self._node = self._peers.take_name()
        cookie = folder / ".erlang.cookie"
        cookie.write_text(self._peers.cookie)
        cookie.chmod(0o400)
        self.ca_file = make_certificates(folder)
        (folder / "plugins").write_text("[].")
        (folder / "password").write_text(self.password)
        (folder / "rabbitmq.conf").write_text(self._settings())
        self._server: subprocess.Popen[bytes] | None = None

    def place(self, name: str, *, tls: bool = False) -> RabbitPlace:
        scheme, port = ("amqps", self.tls_port) if tls else ("amqp", self.port)
        return RabbitPlace(
            name=name,
            url=f"{scheme}://{self.user}@127.0.0.1:{port}/",
            secret=f"file:{self.folder / 'password'}",
            ca_file=str(self.ca_file) if tls else "",
        )

    def start(self) -> None:
        self.begin()
        self.wait_until_up()

    def begin(self) -> None:
        with (self.folder / "output.txt").open("ab") as output:
            self._server = subprocess.Popen(
                [str(_SERVER)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=os.environ | self._environment(),
                start_new_session=True,
            )

    def wait_until_up(self) -> None:
        assert self._server is not None
        deadline_s = time.monotonic() + _START_S
        while not self._answers():
            told = (self.folder / "output.txt").read_text(errors="replace")[-2000:]
            assert self._server.poll() is None, told
            assert time.monotonic() < deadline_s, told
            threading.Event().wait(0.1)

    def wait_until_known(self, place: RabbitPlace) -> None:
        """Wait until new queues are on disk: 3.10 takes a second to write their names."""
        (names,) = (self.folder / "data").glob("*/quorum/*/names.dets")
        wanted = [f"_{place.name}.{kind}".encode() for kind in ("urgent", "batch", "dead")]
        deadline_s = time.monotonic() + _START_S
        while not all(name in names.read_bytes() for name in wanted):
            assert time.monotonic() < deadline_s
            threading.Event().wait(0.1)

    def stop(self) -> None:
        """End it as a machine that loses power does."""
        if self._server is not None:
            with contextlib.suppress(ProcessLookupError):  # it ended by itself
                self.signal(signal.SIGKILL)
            self._server.wait(30)
            self._server = None

    def signal(self, number: int) -> None:
        assert self._server is not None
        os.killpg(self._server.pid, number)

    def close(self) -> None:
        self.stop()
        self._peers.close()

    def _answers(self) -> bool:
        asked = pika.ConnectionParameters(
            "127.0.0.1",
            self.port,
            credentials=pika.PlainCredentials(self.user, self.password),
            socket_timeout=5,
            stack_timeout=10,
        )
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5):
                pass
            pika.BlockingConnection(asked).close()
        except (AMQPError, OSError):
            return False
        return True

    def _settings(self) -> str:
        tls = {name: self.folder / f"{name}.pem" for name in ("authority", "server", "key")}
        lines = {
            "listeners.tcp.1": f"127.0.0.1:{self.port}",
            "listeners.ssl.1": f"127.0.0.1:{self.tls_port}",
            "ssl_options.cacertfile": tls["authority"],
            "ssl_options.certfile": tls["server"],
            "ssl_options.keyfile": tls["key"],
            "default_user": self.user,
            "default_pass": self.password,
            "disk_free_limit.absolute": "1MB",
            "log.console": "true",
            "log.console.level": "warning",
            "log.file": "false",
            **self._more,
        }
        if len(self._peers.names) > 1:
            lines["cluster_formation.peer_discovery_backend"] = "classic_config"
            for number, name in enumerate(self._peers.names, 1):
                lines[f"cluster_formation.classic_config.nodes.{number}"] = name
        return "".join(f"{name} = {value}\n" for name, value in lines.items())

    def _environment(self) -> dict[str, str]:
        folder = self.folder
        return {
            "HOME": str(folder),
            "ERL_CRASH_DUMP": str(folder / "crash.dump"),
            "ERL_EPMD_PORT": str(self._peers.port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "RABBITMQ_NODENAME": self._node,
            "RABBITMQ_DIST_PORT": str(self._dist_port),
            "RABBITMQ_CONFIG_FILE": str(folder / "rabbitmq.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_PID_FILE": str(folder / "pid"),
            # The machine's cores are for the tests: no scheduler spins while it waits.
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "+S 1:1 +sbwt none",
        }


@contextmanager
def rabbit_server(folder: Path, **more: str) -> Iterator[RabbitServer]:
    """Run a server until the end."""
    server = RabbitServer(folder, **more)
    try:
        server.start()
        yield server
    finally:
        server.close()


@contextmanager
def rabbit_cluster(folder: Path, count: int) -> Iterator[list[RabbitServer]]:
    """Run ``count`` servers that are one until the end."""
    peers = Peers(count)
    servers = [RabbitServer(folder / str(number), peers=peers) for number in range(count)]
    try:
        for server in servers:  # one after the other: who is first makes the cluster
            server.start()
        yield servers
    finally:
        for server in servers:
            server.stop()
        peers.close()


def make_certificates(folder: Path) -> Path:
    """Write an authority, and a server's key and certificate by it; return the authority's."""
    authority_key, key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    authority = _certificate("authority", authority_key, "authority", authority_key, server=False)
    server = _certificate("server", key, "authority", authority_key, server=True)
    pem = serialization.Encoding.PEM
    (folder / "authority.pem").write_bytes(authority.public_bytes(pem))
    (folder / "server.pem").write_bytes(server.public_bytes(pem))
    (folder / "key.pem").write_bytes(
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return folder / "authority.pem"


def _certificate(
    subject: str,
    key: ec.EllipticCurvePrivateKey,
    issuer: str,
    signer: ec.EllipticCurvePrivateKey,
    *,
    server: bool,
) -> x509.Certificate:
    now = datetime.datetime.now(datetime.UTC)
    names = [x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    return (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=not server, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
