"""A child that goes wrong in any way ends with a stated error and leaves nothing behind."""

import json
import math
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import misbehaving
import psutil
import pytest
from misbehaving import Numbers
from PIL import Image

from orchestrator import errors
from orchestrator.errors import (
    JobBusy,
    ModelMissing,
    NoRoom,
    PhotoUnreadable,
    SecondUnitError,
    SourceRefused,
)
from orchestrator.media import child, guard
from orchestrator.media.guard import Cancelled, Limits, call
from orchestrator.media.photo import Photo

HERE = Path(__file__).parent
DEADLINE_S = 60.0
MIB = 1024**2
LIMITS = Limits(memory_bytes=600 * MIB, wall_s=DEADLINE_S, stall_s=DEADLINE_S)
posix = pytest.mark.skipif(os.name != "posix", reason="this system has no such signals")


@pytest.fixture(autouse=True)
def nothing_is_left(monkeypatch):
    """Let children find the tasks, and look after each test for what they left."""
    monkeypatch.setenv("PYTHONPATH", str(HERE))
    own = psutil.Process()
    before, threads = set(own.children()), set(threading.enumerate())
    yield
    assert set(own.children()) <= before
    assert set(threading.enumerate()) <= threads


class Clock:
    """The clock of this process, set forward at will."""

    def __init__(self):
        self.skipped_s = 0.0

    def monotonic(self):
        return time.monotonic() + self.skipped_s

    def skip(self, seconds):
        self.skipped_s += seconds


@pytest.fixture
def clock(monkeypatch):
    """Return the clock that the guard reads."""
    made = Clock()
    monkeypatch.setattr(guard, "time", made)
    return made


def run(task, request=None, *, limits=LIMITS, **more):
    return call(task, request or {}, Numbers, limits=limits, program=misbehaving.MODULE, **more)


def refused(task, request=None, *, kind=SourceRefused, **more):
    with pytest.raises(kind) as caught:
        run(task, request, **more)
    assert type(caught.value) is kind
    assert caught.value.sentence
    assert caught.value.advice
    return caught.value


def wait_until(true):
    deadline_s = time.monotonic() + DEADLINE_S
    while not true():
        assert time.monotonic() < deadline_s, "it never came to be"
        threading.Event().wait(0.02)


def is_gone(pid):
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_a_reply_comes_back_with_every_report_in_order():
    heard = []
    reply = run("answer", {"count": 3, "reports": 300}, on_progress=heard.append)
    assert reply == Numbers((0, 1, 2))
    assert heard == list(range(300))


def test_an_index_of_many_hours_comes_back_whole():
    assert len(run("answer", {"count": 1_500_000}).numbers) == 1_500_000


def test_a_long_request_arrives_whole(tmp_path):
    assert run("answer", {"count": 1, "more": "é" * 2_000_000}) == Numbers((0,))


def test_what_a_library_prints_is_no_word_of_the_child():
    assert run("print_to_stdout") == Numbers((1,))


def test_a_flood_of_warnings_is_drained():
    assert run("flood_the_other_stream") == Numbers((1,))


@pytest.mark.parametrize("task", ["segfault", "abort", "die_of_signal"])
@posix
def test_a_child_that_dies_of_a_signal_is_a_refusal(task):
    error = refused(task)
    assert error.code == "crashed"
    assert "status -" in error.sentence


def test_a_child_that_just_leaves_is_a_refusal():
    assert refused("leave").code == "crashed"


def test_a_fault_nobody_foresaw_keeps_its_words_out_of_the_sentence():
    error = refused("fail")
    assert error.code == "crashed"
    assert "Traceback" not in error.sentence
    assert any("the decoder gave up" in note for note in error.__notes__)


def test_a_task_that_is_not_listed_is_not_run():
    assert refused("os:abort").code == "crashed"


def test_a_child_that_eats_memory_is_ended():
    request = {"bytes": LIMITS.memory_bytes + 50 * MIB}  # far from what the system refuses
    assert refused("eat_memory", request).code == "needs_too_much_memory"


@posix
def test_a_child_that_asks_for_all_memory_is_refused_it():
    assert refused("ask_for_all_memory").code == "needs_too_much_memory"


def test_a_child_that_says_nothing_is_ended():
    error = refused("hang", limits=Limits(wall_s=DEADLINE_S, stall_s=2.0))
    assert error.code == "too_slow"


def test_a_child_that_never_comes_to_an_end_is_ended_though_it_talks(clock):
    heard = []

    def listen(progress):
        heard.append(progress)
        clock.skip(20.0)

    limits = Limits(wall_s=1000.0, stall_s=DEADLINE_S)
    assert refused("talk_forever", limits=limits, on_progress=listen).code == "too_slow"
    assert 30 < len(heard) <= 51


@posix
def test_a_child_that_uses_up_its_processor_time_is_ended():
    limits = Limits(wall_s=DEADLINE_S, stall_s=DEADLINE_S, cpu_s=1.0)
    assert refused("spin", limits=limits).code == "too_slow"


def test_a_listener_that_takes_longer_than_a_silence_ends_nothing(clock):
    limits = Limits(wall_s=10_000.0, stall_s=DEADLINE_S)
    request = {"count": 1, "reports": 3}
    assert run("answer", request, limits=limits, on_progress=lambda _: clock.skip(100.0))


def test_a_line_without_end_is_a_refusal(monkeypatch):
    monkeypatch.setattr(guard, "LONGEST_LINE_BYTES", MIB)
    error = refused("flood_without_lines")
    assert error.code == "crashed"
    assert "without end" in error.sentence


def test_a_flood_of_reports_waits_until_it_is_heard():
    own = psutil.Process()
    cancelled = threading.Event()

    def listen(progress):
        before_bytes = own.memory_info().rss
        threading.Event().wait(1.0)  # long enough to read hundreds of MiB
        assert own.memory_info().rss - before_bytes < 50 * MIB
        cancelled.set()

    refused("flood_with_lines", kind=Cancelled, on_progress=listen, cancelled=cancelled)


@pytest.mark.parametrize(
    "garbage",
    [
        b"not JSON",
        b"\xff\xfe\x00\xd8",
        b"7",
        b"[" * 100_000,
        b'{"reply":{"numbers":' + b"9" * 5000 + b"}}",
        b'{"refused":7}',
        b'{"refused":{"kind":"NoRoom"}}',
        b'{"refused":{"kind":7,"code":[],"sentence":{},"advice":null}}',
        b'{"reply":{"numbers":[1,"2"]}}',
        b'{"reply":{"numbers":[1],"more":2}}',
        b'{"reply":null}',
    ],
    ids=lambda garbage: garbage[:24],
)
def test_garbage_is_a_refusal(garbage):
    assert refused("write_garbage", {"hex": garbage.hex()}).code == "crashed"


@pytest.mark.parametrize("name", ["SystemExit", "re", "__name__", "Exception", "annotations", ""])
def test_a_child_cannot_name_what_is_raised(name):
    said = {"kind": name, "code": "c", "sentence": "s", "advice": "a"}
    line = json.dumps({"refused": said}).encode()
    assert refused("write_garbage", {"hex": line.hex()}).code == "c"


def test_an_answer_of_another_shape_is_a_refusal():
    assert refused("answer_otherwise").code == "crashed"


@posix
def test_a_child_that_closes_its_output_and_goes_on_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(guard, "_END_S", 1.0)
    assert refused("close_everything", {"to": str(tmp_path / "pid")}).code == "crashed"
    assert is_gone(int((tmp_path / "pid").read_text()))


@pytest.mark.parametrize("task", ["say_where", "hang_without_letting_go"])
def test_a_cancelled_child_is_gone(task, tmp_path):
    if task == "hang_without_letting_go" and os.name != "posix":
        pytest.skip("there is no such call")
    cancelled = threading.Event()
    with pytest.raises(Cancelled):
        run(
            task,
            {"to": str(tmp_path / "pid")},
            cancelled=cancelled,
            on_progress=lambda _: cancelled.set(),
        )
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_child_is_gone_when_its_listener_fails(tmp_path):
    def fail(progress):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run("say_where", {"to": str(tmp_path / "pid")}, on_progress=fail)
    assert is_gone(int((tmp_path / "pid").read_text()))


def test_a_listener_that_fails_under_a_flood_leaves_no_thread():
    def fail(progress):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run("flood_with_lines", on_progress=fail)


def test_a_child_that_never_reads_its_request_is_ended(tmp_path, monkeypatch):
    (tmp_path / "deaf.py").write_text(f"import time\ntime.sleep({misbehaving.FOREVER_S})\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    request = {"more": "x" * 4 * MIB}
    with pytest.raises(SourceRefused) as caught:
        call("any", request, Numbers, limits=Limits(stall_s=2.0), program="deaf")
    assert caught.value.code == "too_slow"


def test_a_program_that_is_not_there_is_a_refusal():
    with pytest.raises(SourceRefused) as caught:
        call("any", {}, Numbers, program="no_such_program_at_all")
    assert caught.value.code == "crashed"


def test_a_request_that_is_no_json_starts_no_child():
    with pytest.raises(ValueError, match="JSON"):
        run("answer", {"count": math.nan})


@posix
@pytest.mark.parametrize("task", ["leave_one_behind_and_die", "leave_one_behind_and_answer"])
def test_what_a_child_started_ends_with_it(task, tmp_path):
    request = {"to": str(tmp_path / "pid")}
    if task.endswith("answer"):
        assert run(task, request) == Numbers((1,))
    else:
        assert refused(task, request).code == "crashed"
    wait_until(lambda: is_gone(int((tmp_path / "pid").read_text())))


@posix
def test_what_a_child_started_in_another_session_ends_with_it(tmp_path):
    cancelled = threading.Event()
    refused(
        "leave_one_of_another_session_and_hang",
        {"to": str(tmp_path / "pid")},
        kind=Cancelled,
        on_progress=lambda _: cancelled.set(),
        cancelled=cancelled,
    )
    wait_until(lambda: is_gone(int((tmp_path / "pid").read_text())))


def test_a_child_ends_when_its_parents_end_of_the_pipe_closes(tmp_path):
    arguments = ["say_where", str(2**30), "60"]
    with subprocess.Popen(
        [sys.executable, "-m", misbehaving.MODULE, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(HERE)},
    ) as process:
        process.stdin.write(json.dumps({"to": str(tmp_path / "pid")}).encode() + b"\n")
        process.stdin.flush()
        assert b"here" in process.stdout.readline()
        process.stdin.close()
        assert process.wait(timeout=DEADLINE_S) == child.PARENT_GONE


PARENT = """
import sys
from misbehaving import MODULE, Numbers
from orchestrator.media.guard import call
call(sys.argv[1], {"to": sys.argv[2]}, Numbers, on_progress=print, program=MODULE)
"""


@pytest.mark.parametrize("task", ["say_where", "hang_without_letting_go"])
def test_a_child_ends_with_a_parent_that_is_killed(task, tmp_path):
    if task == "hang_without_letting_go" and sys.platform != "linux":
        pytest.skip("only Linux ends a child that never lets go")
    parent = subprocess.Popen(
        [sys.executable, "-u", "-c", PARENT, task, str(tmp_path / "pid")],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(HERE)},
    )
    with parent:
        try:
            assert parent.stdout.readline().strip() == b"here"
        finally:
            parent.kill()
    pid = int((tmp_path / "pid").read_text())
    wait_until(lambda: is_gone(pid))


@pytest.mark.parametrize(
    ("what", "kind", "code"),
    [
        ("model", ModelMissing, "model_missing"),
        ("photo", PhotoUnreadable, "photo_unreadable"),
        ("room", NoRoom, "no_room"),
        ("busy", JobBusy, "job_busy"),
        ("source", SourceRefused, "no_video"),
        ("own", PhotoUnreadable, "photo_unreadable"),
        ("plain", SourceRefused, "second_unit_error"),
        ("worker", SourceRefused, "source_unreadable"),
        ("full", NoRoom, "no_room"),
    ],
)
def test_a_fault_keeps_its_kind_and_its_words(what, kind, code):
    error = refused("refuse", {"what": what}, kind=kind)
    assert error.code == code


def test_every_fault_of_the_desktop_can_be_said_by_a_child():
    kinds = [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type)
        and issubclass(kind, SecondUnitError)
        and kind is not SecondUnitError
    ]
    assert len(kinds) > 10
    for kind in kinds:
        words = ("why", "What.", "Do.") if issubclass(kind, SourceRefused) else ("What.", "Do.")
        error = kind(*words)
        said = {
            "kind": child._kind(error),
            "code": error.code,
            "sentence": "What.",
            "advice": "Do.",
        }
        rebuilt = guard._refusal(said)
        assert type(rebuilt) is kind
        assert (rebuilt.code, rebuilt.sentence, rebuilt.advice) == (error.code, "What.", "Do.")


def test_a_name_that_is_no_text_can_be_told_and_printed():
    assert (
        "is broken"
        in refused("refuse", {"what": "name"}, kind=PhotoUnreadable).sentence.encode().decode()
    )


@posix
def test_the_system_holds_a_child_to_its_limits():
    limits = Limits(memory_bytes=600 * MIB, wall_s=DEADLINE_S, cpu_s=1234.5)
    core, address_space, cpu_s = run("tell_surroundings", limits=limits).numbers
    assert (core, cpu_s) == (0, 1235)
    assert address_space == 600 * MIB * 8 or sys.platform == "darwin"


def test_without_a_figure_a_child_has_every_core_for_the_whole_time():
    assert Limits(wall_s=10.0).most_cpu_s == 10 * (os.cpu_count() or 1)
    assert Limits(wall_s=10.0, cpu_s=0.0).most_cpu_s == 1


@posix
def test_the_terminals_interrupt_is_the_parents_to_answer(tmp_path):
    groups = []

    def listen(progress):
        pid = int((tmp_path / "pid").read_text())
        groups.append((os.getpgid(pid), pid))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run("say_where", {"to": str(tmp_path / "pid")}, on_progress=listen)
    assert groups[0][0] == groups[0][1] != os.getpgrp()
    assert signal.getsignal(signal.SIGINT) is not None


def test_a_photo_goes_through_the_childs_hands(tmp_path):
    Image.new("RGB", (100, 80), (200, 10, 10)).save(tmp_path / "photo.jpg")
    made = call(
        "photo", {"path": str(tmp_path / "photo.jpg"), "to": str(tmp_path / "made.png")}, Photo
    )
    assert (made.width_px, made.height_px) == (100, 80)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems want names to be text")
def test_an_unreadable_photo_is_unreadable_here_too(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.jpg")
    path.write_bytes(b"no photo")
    with pytest.raises(PhotoUnreadable) as caught:
        call("photo", {"path": str(path), "to": str(tmp_path / "made.png")}, Photo)
    assert caught.value.code == "photo_unreadable"
