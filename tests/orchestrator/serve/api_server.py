"""Run the API in a process of its own and talk to it as a script would."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from orchestrator.home import Home
from orchestrator.serve.tokens import Tokens
from tests.faults.kills import await_no_process_of, start_cli

DEADLINE_S = 120.0


class ApiServer:
    """A server over one home; it can be killed and started again."""

    def __init__(self, home: Home, *options: object) -> None:
        self.home, self._options = home, options
        self.token = Tokens(home).make("tester").reveal()
        self.start()

    def start(self) -> None:
        log = self.home.root / "orchestrator.log"
        said = log.stat().st_size if log.exists() else 0
        self.process = start_cli(self.home, "serve", "--port", 0, *self._options)
        url = self._await(lambda: re.search(r"serving at (\S+?)\"", self._log()[said:]))
        self.client = httpx.Client(
            base_url=f"{url[1]}/v1", headers=self.headers(self.token), timeout=60
        )

    def headers(self, token: str) -> dict[str, str]:
        return {"authorization": f"Bearer {token}"}

    def kill(self) -> None:
        """End it without a word, with everything it started left behind."""
        self.client.close()
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        self.client.close()
        if self.process.poll() is None:
            self.process.terminate()
            assert self.process.wait(60) == 0, self._log()[-2000:]
        await_no_process_of(self.home)

    def ask(self, method: str, path: str, status: int = 200, **more: Any) -> Any:
        answer = self.client.request(method, path, **more)
        assert answer.status_code == status, (answer.status_code, answer.text)
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, status: int, **more: Any) -> str:
        """Ask for what is refused; return the stable name of why."""
        answer = self.client.request(method, path, **more)
        assert answer.status_code == status, (answer.status_code, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"
        told = answer.json()
        assert told["status"] == status
        assert told["detail"].endswith(".")
        assert told["advice"]
        return str(told["code"])

    def begin(self, path: Path, kind: str = "video", **other: Any) -> str:
        data = path.read_bytes()
        wish = {
            "kind": kind,
            "title": path.name,
            "size_bytes": len(data),
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        return str(self.ask("POST", "/uploads", 201, json=wish | other)["id"])

    def send(self, upload: str, data: bytes, offset: int) -> Any:
        headers = {"upload-offset": str(offset)}
        return self.ask("PATCH", f"/uploads/{upload}", content=data, headers=headers)

    def upload(self, path: Path, kind: str = "video") -> str:
        upload = self.begin(path, kind)
        assert self.send(upload, path.read_bytes(), 0)["state"] == "whole"
        return upload

    def submit(self, upload: str, **wish: Any) -> str:
        wish = {"source": upload, "look": {"engine": "identity"}} | wish
        return str(self.ask("POST", "/jobs", 201, json=wish)["id"])

    def await_state(self, job: str, *states: str) -> Any:
        def state() -> Any:
            now = self.ask("GET", f"/jobs/{job}")
            assert now["state"] in states or not now["is_over"], now
            return now if now["state"] in states else None

        return self._await(state, 0.1)

    def events(self, job: str) -> list[Any]:
        """Watch a job to its end; return every state that was told."""
        with self.client.stream("GET", f"/jobs/{job}/events") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            data = (line[6:] for line in answer.iter_lines() if line.startswith("data: "))
            return [json.loads(each) for each in data]

    def _await(self, what: Callable[[], Any], every_s: float = 0.02) -> Any:
        until_s = time.monotonic() + DEADLINE_S
        while time.monotonic() < until_s:
            found = what()
            if found:
                return found
            assert self.process.poll() is None, self._log()[-3000:]
            time.sleep(every_s)
        raise AssertionError(f"it never came to that: {self._log()[-3000:]}")

    def _log(self) -> str:
        return (self.home.root / "orchestrator.log").read_text(errors="replace")
