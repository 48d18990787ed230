"""Start the program twice for real: one window a home, whatever happens."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from gui.single import OneWindow, server_name, take_or_raise
from orchestrator.home import Home

_START_S = 40.0
_STORY = """
import sys, json
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from gui.single import OneWindow, take_or_raise
from orchestrator.home import Home

home = Home(Path(sys.argv[1]))
one = OneWindow(home)
taken = take_or_raise(one, home, [Path(name) for name in sys.argv[2:]])
print(json.dumps({"taken": taken}), flush=True)
if taken:
    app = QCoreApplication([])
    one.listen()
    one.asked.connect(lambda paths: print(json.dumps([str(p) for p in paths]), flush=True))
    app.exec()
"""


class Start:
    """One start of the program, up to where it knows whether it is the first."""

    def __init__(self, home: Path, *files: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", _STORY, str(home), *files], stdout=subprocess.PIPE, text=True
        )

    def says(self) -> object:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        return json.loads(line) if line else None


@pytest.fixture
def starts(tmp_path: Path) -> Iterator[list[Start]]:
    made: list[Start] = []
    yield made
    for start in made:
        start.process.kill()
        start.process.wait(_START_S)
        if start.process.stdout is not None:
            start.process.stdout.close()


def test_a_second_start_gives_its_files_to_the_first_and_ends(
    tmp_path: Path, starts: list[Start]
) -> None:
    starts.append(Start(tmp_path))
    assert starts[0].says() == {"taken": True}
    starts.append(Start(tmp_path, "/videos/one.mp4", "/videos/two.mp4"))
    assert starts[1].says() == {"taken": False}
    assert starts[1].process.wait(_START_S) == 0
    assert starts[0].says() == ["/videos/one.mp4", "/videos/two.mp4"]


def test_of_two_starts_at_once_exactly_one_is_the_window(
    tmp_path: Path, starts: list[Start]
) -> None:
    starts += [Start(tmp_path) for _ in range(4)]
    said = [start.says() for start in starts]
    assert said.count({"taken": True}) == 1
    assert said.count({"taken": False}) == 3


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL; the lock is the same there")
def test_a_window_that_was_killed_is_taken_over(tmp_path: Path, starts: list[Start]) -> None:
    starts.append(Start(tmp_path))
    assert starts[0].says() == {"taken": True}
    starts[0].process.send_signal(signal.SIGKILL)
    starts[0].process.wait(_START_S)
    starts.append(Start(tmp_path))
    assert starts[1].says() == {"taken": True}
    starts.append(Start(tmp_path, "/videos/after.mp4"))
    assert starts[2].says() == {"taken": False}
    assert starts[1].says() == ["/videos/after.mp4"]


def test_each_home_has_a_window_of_its_own(tmp_path: Path, starts: list[Start]) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    starts += [Start(tmp_path / "a"), Start(tmp_path / "b")]
    assert [start.says() for start in starts] == [{"taken": True}, {"taken": True}]


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be frozen there")
def test_a_holder_that_does_not_answer_is_said_to_be_there(
    tmp_path: Path, starts: list[Start], monkeypatch: pytest.MonkeyPatch
) -> None:
    starts.append(Start(tmp_path))
    assert starts[0].says() == {"taken": True}
    starts[0].process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr("gui.single._FIND_EACH_OTHER_S", 0.5)
    monkeypatch.setattr("gui.single._ANSWER_MS", 100)
    home = Home(tmp_path)
    assert take_or_raise(OneWindow(home), home, []) is None


@pytest.mark.parametrize("words", [b"\n", b"nonsense\n", b'{"open": 5}\n', b"[" * 5000 + b"\n"])
def test_words_that_no_start_says_open_nothing(qtbot: QtBot, tmp_path: Path, words: bytes) -> None:
    home = Home(tmp_path)
    one = OneWindow(home)
    assert one.take()
    one.listen()
    heard: list[object] = []
    one.asked.connect(heard.append)
    socket = QLocalSocket()
    socket.connectToServer(server_name(home))
    socket.write(words)
    qtbot.waitUntil(lambda: socket.bytesAvailable() > 0, timeout=5000)
    assert not heard
    socket.abort()
    one.release()
