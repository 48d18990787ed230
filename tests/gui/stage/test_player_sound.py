"""Sound is given to the device whole and in order, and its absence is no error."""

import socket

import pytest

from gui.stage import player_sound
from gui.stage.player_sound import Speaker, has_output

RATE_HZ = 48_000


class SinkOnPaper:
    """A device that takes a little at a time and plays what it took."""

    def __init__(self, takes=1000):
        self.takes, self.heard, self.volumes = takes, bytearray(), []

    def start(self):
        return self

    def bytesFree(self):  # noqa: N802  # Qt's name
        return self.takes

    def write(self, data):
        taken = data[: self.takes // 2]
        self.heard += taken
        return len(taken)

    def processedUSecs(self):  # noqa: N802  # Qt's name
        return len(self.heard) // 4 * 1_000_000 // RATE_HZ

    def setVolume(self, volume):  # noqa: N802  # Qt's name
        self.volumes.append(volume)

    def reset(self):
        self.takes = 0


@pytest.fixture
def sink(monkeypatch, qapp):
    made = SinkOnPaper()
    monkeypatch.setattr(player_sound, "_open_sink", lambda rate_hz: made)
    return made


def test_all_that_is_given_is_heard_in_order(sink, qtbot):
    speaker = Speaker(RATE_HZ)
    parts = [bytes([number]) * (700 + 4 * number) for number in range(6)]
    for part in parts[:3]:
        speaker.give(part)
    assert speaker.played_s() is None
    speaker.start()
    for part in parts[3:]:
        speaker.give(part)
    whole = b"".join(parts)
    qtbot.waitUntil(lambda: bytes(sink.heard) == whole, timeout=10_000)
    assert speaker.played_s() == pytest.approx(len(whole) / 4 / RATE_HZ, abs=0.05)
    speaker.end()
    speaker.join()
    assert not speaker.is_alive


def test_muting_keeps_time_and_silences(sink, qtbot):
    speaker = Speaker(RATE_HZ)
    speaker.set_muted(True)
    speaker.give(bytes(40_000))
    speaker.start()
    qtbot.waitUntil(lambda: bool(sink.heard) and sink.volumes == [0.0], timeout=10_000)
    speaker.set_muted(False)
    qtbot.waitUntil(lambda: sink.volumes == [0.0, 1.0], timeout=10_000)
    speaker.end()
    speaker.join()


def test_a_device_that_does_not_open_is_told_and_no_error(monkeypatch, qtbot):
    def none(rate_hz):
        raise RuntimeError("there is no sound device")

    monkeypatch.setattr(player_sound, "_open_sink", none)
    speaker = Speaker(RATE_HZ)
    speaker.give(bytes(400))
    speaker.start()
    qtbot.waitUntil(lambda: speaker.failed, timeout=10_000)
    assert speaker.played_s() is None
    speaker.end()
    speaker.join()


def test_a_speaker_that_was_never_started_needs_no_end():
    speaker = Speaker(RATE_HZ)
    speaker.end()
    speaker.join()
    assert not speaker.started


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="this system has no such sockets")
def test_a_machine_without_a_sound_server_is_not_asked_for_a_device(monkeypatch, tmp_path):
    monkeypatch.setattr(player_sound.sys, "platform", "linux")
    monkeypatch.setattr(player_sound.Path, "glob", lambda self, pattern: iter(()))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.delenv("PULSE_SERVER", raising=False)
    assert not player_sound._may_have_output()
    (tmp_path / "pulse").mkdir()
    (tmp_path / "pulse" / "native").touch()  # left behind by a server that is gone
    assert not has_output()
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "pipewire-0"))
        server.listen()
        assert player_sound._may_have_output()
