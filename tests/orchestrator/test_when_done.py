"""When the queue is done, what was wished for happens, once and without a shell."""

from __future__ import annotations

import os
import sys
import textwrap
import time
from pathlib import Path

import psutil
import pytest

from orchestrator.desk.entries import Entry, EntryId, EntryState
from orchestrator.errors import WhenDoneFailed
from orchestrator.home import Home
from orchestrator.settings import Settings
from orchestrator.when_done import (
    Nothing,
    Notify,
    RunCommand,
    Sleep,
    _sleep_words,
    command_log,
    decide,
    start,
    tell_system,
    try_out,
)

WORDS = ("tool", "--flag")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def entry(state: EntryState) -> Entry:
    return Entry(
        entry_id=EntryId(state), source="/a.mp4", added_at="2026-01-01T00:00:00+00:00", state=state
    )


def script(tmp_path: Path, text: str) -> tuple[str, ...]:
    path = tmp_path / "script.py"
    path.write_text(textwrap.dedent(text), "utf-8")
    return (sys.executable, str(path))


@pytest.mark.parametrize(
    ("wish", "states", "then"),
    [
        ("nothing", ("done",), Nothing()),
        ("notify", ("done", "failed", "done"), Notify(2, 1)),
        ("sleep", ("done",), Sleep()),
        ("sleep", ("failed",), Sleep()),
        ("sleep", ("cancelled",), Nothing()),
        ("sleep", ("stopped", "cancelled"), Nothing()),
        ("sleep", (), Nothing()),
        ("command", ("done", "cancelled"), RunCommand(WORDS, 1, 0)),
    ],
)
def test_what_is_done_depends_on_the_wish_and_on_whether_anything_ended_by_itself(
    wish, states, then
) -> None:
    settings = Settings(when_done=wish, when_done_command=WORDS)
    assert decide(settings, [entry(state) for state in states]) == then


def test_a_command_that_was_never_entered_is_not_run() -> None:
    assert decide(Settings(when_done="command"), [entry("done")]) == Nothing()


def test_words_reach_the_program_as_they_are_and_no_shell_sees_them(
    home: Home, tmp_path: Path
) -> None:
    words = script(tmp_path, "import sys; print(ascii(sys.argv[1:]))")
    odd = ("$HOME", "; echo hacked", "a b", "", "*", "影片", '"quoted"', "`id`", "%PATH%")
    tried = try_out(home, (*words, *odd), wait_s=30)
    assert tried.status == 0
    assert tried.said.strip() == ascii(list(odd))


def test_a_command_learns_how_it_went_and_its_words_are_logged(home: Home, tmp_path: Path) -> None:
    words = script(
        tmp_path,
        """
        import os, sys
        print(os.environ["SECONDUNIT_DONE"], os.environ["SECONDUNIT_FAILED"])
        print("to stderr", file=sys.stderr)
        sys.exit(7)
        """,
    )
    started = start(home, RunCommand(words, done=4, failed=2))
    assert started.process.wait(30) == 7
    assert command_log(home).read_text("utf-8").split() == ["4", "2", "to", "stderr"]


def test_a_command_that_goes_on_is_not_waited_for_and_is_in_a_session_of_its_own(
    home: Home, tmp_path: Path
) -> None:
    words = script(tmp_path, "import time; print('begun', flush=True); time.sleep(600)")
    started = start(home, RunCommand(words, 1, 0))
    try:
        assert started.process.poll() is None
        if os.name != "nt":
            assert os.getsid(started.process.pid) == started.process.pid != os.getsid(0)
    finally:
        started.process.kill()
        started.process.wait(30)


def test_a_trial_says_that_the_command_still_runs(home: Home, tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    words = script(
        tmp_path,
        f"import os, time; open({str(pid_file)!r}, 'w').write(str(os.getpid())); time.sleep(600)",
    )
    assert try_out(home, words, wait_s=2).status is None
    deadline_s = time.monotonic() + 30
    while not (pid_file.exists() and pid_file.read_text("utf-8")):
        assert time.monotonic() < deadline_s, "it did not begin"
        time.sleep(0.05)
    child = psutil.Process(int(pid_file.read_text("utf-8")))
    child.kill()
    child.wait(30)


@pytest.mark.parametrize("program", ["/no/such/program", "no-such-program-anywhere", "", "a\x00b"])
def test_a_program_that_is_not_there_is_told(home: Home, program: str) -> None:
    with pytest.raises(WhenDoneFailed):
        start(home, RunCommand((program,), 1, 0))
    with pytest.raises(WhenDoneFailed):
        start(home, RunCommand((), 1, 0))


def test_a_folder_or_a_file_that_is_no_program_is_told(home: Home, tmp_path: Path) -> None:
    plain = tmp_path / "plain.txt"
    plain.write_text("hello", "utf-8")
    for path in (tmp_path, plain):
        with pytest.raises(WhenDoneFailed, match="could not be started"):
            start(home, RunCommand((str(path),), 1, 0))


def test_the_system_that_refuses_is_quoted(tmp_path: Path) -> None:
    tell_system(script(tmp_path, "print('asleep')"))
    refuses = script(tmp_path, "import sys; sys.exit('Access denied by policy')")
    with pytest.raises(WhenDoneFailed, match="Access denied by policy"):
        tell_system(refuses)
    with pytest.raises(WhenDoneFailed, match="could not be started"):
        tell_system(("/no/such/systemctl", "suspend"))


def test_a_system_that_does_not_answer_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestrator.when_done._ANSWER_S", 0.5)
    with pytest.raises(WhenDoneFailed, match="did not answer"):
        tell_system(script(tmp_path, "import time; time.sleep(600)"))


def test_each_system_has_its_own_word_for_sleep() -> None:
    both = {"systemctl": "/usr/bin/systemctl", "loginctl": "/usr/bin/loginctl"}
    assert _sleep_words("macos", both.get) == ("/usr/bin/pmset", "sleepnow")
    assert _sleep_words("other", both.get) == ("/usr/bin/systemctl", "suspend")
    assert _sleep_words("other", {"loginctl": "/bin/loginctl"}.get) == ("/bin/loginctl", "suspend")
    assert _sleep_words("other", {}.get) is None
