"""Speak with the hypervisor: one process of the server's, asked and answered in messages."""

from __future__ import annotations

import itertools
import json
import queue
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.cloud.hypervisor import MESSAGE_BYTES

_ROOT = Path(__file__).resolve().parents[2]
_ANSWER_S = 60.0


class HostTrouble(Exception):
    """The hypervisor could not do what it was asked."""


class Link:
    """The hypervisor's process and the socket to it; safe from any thread."""

    def __init__(self, slot: int, lock_fd: int, port: int, on_gone: Callable[..., None]) -> None:
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._on_gone = on_gone
        self._ids = itertools.count(1)
        self._waiting: dict[int, queue.SimpleQueue[tuple[dict[str, Any], list[int]]]] = {}
        self._lock = threading.Lock()
        command = [sys.executable, "-m", "tests.cloud.hypervisor"]
        command += [str(theirs.fileno()), str(slot), str(port)]
        self._process = subprocess.Popen(
            command, pass_fds=[theirs.fileno(), lock_fd], cwd=_ROOT, stdin=subprocess.DEVNULL
        )
        theirs.close()
        if not self._socket.recv(MESSAGE_BYTES):
            raise HostTrouble("the hypervisor did not start; its words are in the server's log")
        self._gone: queue.SimpleQueue[dict[str, Any] | threading.Event] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True, name="hypervisor").start()
        threading.Thread(target=self._tell, daemon=True, name="gone").start()

    def ask(self, verb: str, **arguments: Any) -> dict[str, Any]:
        """Ask and wait for the answer.

        Raises:
            HostTrouble: it could not be done.
        """
        answer, fds = self.ask_for_fds(verb, **arguments)
        if fds:
            raise HostTrouble(f"{verb} answered with descriptors")
        return answer

    def ask_for_fds(self, verb: str, **arguments: Any) -> tuple[dict[str, Any], list[int]]:
        """As :meth:`ask`, with the descriptors that came along, now the caller's."""
        number = next(self._ids)
        box: queue.SimpleQueue[tuple[dict[str, Any], list[int]]] = queue.SimpleQueue()
        self._waiting[number] = box
        order = json.dumps({"id": number, "verb": verb, "with": arguments})
        with self._lock:
            self._socket.send(order.encode())
        try:
            answer, fds = box.get(timeout=_ANSWER_S)
        except queue.Empty:
            raise HostTrouble(f"no answer to {verb}") from None
        if "trouble" in answer:
            raise HostTrouble(answer["trouble"])
        return answer, fds

    def _listen(self) -> None:
        while True:
            data, fds, _, _ = socket.recv_fds(self._socket, MESSAGE_BYTES, 4)
            if not data:
                return
            message = json.loads(data)
            if "re" in message:
                self._waiting.pop(message["re"]).put((message, fds))
            else:
                self._gone.put(message)

    def _tell(self) -> None:
        while True:
            message = self._gone.get()
            if isinstance(message, threading.Event):
                message.set()
                continue
            self._on_gone(message["host_id"], message["how"])

    def flush(self) -> None:
        """Wait until all that has ended so far has been told."""
        heard = threading.Event()
        self._gone.put(heard)
        heard.wait(_ANSWER_S)

    def close(self) -> None:
        """End all hosts and the hypervisor; return when they are gone."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._process.wait(timeout=30)
